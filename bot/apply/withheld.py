"""A message whose content the channel withheld becomes an entry in the officers' list, once."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from bot.apply import Env, on
from bot.apply.questions import question_passed
from conversations.events import QuestionPassed
from conversations.events.talks import AnonymousWrote, MessageWithheld
from conversations.understand import show_phone
from conversations.unread import ANONYMOUS
from locales import N_, gettext
from models.tables import Ticket

TOPIC = "withheld"
TOLD = N_(
    "{who}: Zalo không chuyển nội dung tin của người này (tệp, video, hoặc người được Zalo bảo vệ: "
    "trẻ em, người khuyết tật, người không biết chữ). Cần gọi điện hoặc nhắn hỏi thăm; câu trả lời "
    "ở đây sẽ tới Zalo của họ."
)
NAMELESS = N_(
    "Người nhắn tới Zalo OA khi chưa đăng nhập: “{text}”. Anh/chị trả lời ở trang quản trị OA: "
    "câu trả lời ở đây có thể không tới họ."
)
SHOWN = N_("{name} (tên trên Zalo)")
NOBODY = N_("Người chưa rõ tên")
NAME = 60  # characters of a name that are kept


@on(MessageWithheld)
def withheld(env: Env, event: MessageWithheld) -> None:
    """Nothing new while an entry about the person is still open."""
    if not _waiting(env, TOPIC):
        told = gettext("vi", TOLD, who=_who(env, event.name))
        question_passed(env, QuestionPassed(told, TOPIC))


@on(AnonymousWrote)
def anonymous_wrote(env: Env, event: AnonymousWrote) -> None:
    """The first of them: the others stand beside it in the console, where it is answered."""
    if not _waiting(env, ANONYMOUS):
        told = gettext("vi", NAMELESS, text=event.text)
        question_passed(env, QuestionPassed(told, ANONYMOUS))


def _waiting(env: Env, topic: str) -> bool:
    found = env.session.scalar(
        select(col(Ticket.id)).where(
            col(Ticket.person_id) == env.person.id,
            col(Ticket.topic) == topic,
            col(Ticket.state) == "open",
        )
    )
    return found is not None


def _who(env: Env, shown: str) -> str:
    """Whom to call: as they registered, else as Zalo shows them."""
    phone = show_phone(env.person.phone) if env.person.phone else ""
    known = ", ".join(filter(None, (env.person.name, phone)))
    if known:
        return known
    shown = " ".join(shown.split())[:NAME]
    return gettext("vi", SHOWN, name=shown) if shown else gettext("vi", NOBODY)
