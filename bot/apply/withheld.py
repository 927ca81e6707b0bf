"""A message whose content the channel withheld becomes an entry in the officers' list, once."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from bot.apply import Env, on
from bot.apply.questions import question_passed
from conversations.events import QuestionPassed
from conversations.events.talks import MessageWithheld
from locales import N_, gettext
from models.tables import Ticket

TOPIC = "withheld"
TOLD = N_(
    "Zalo không chuyển nội dung tin của người này (tệp, video, hoặc người được Zalo bảo vệ: "
    "trẻ em, người khuyết tật, người không biết chữ). Cần gọi điện hoặc nhắn hỏi thăm."
)


@on(MessageWithheld)
def withheld(env: Env, event: MessageWithheld) -> None:
    """Nothing new while an entry about the person is still open."""
    waiting = env.session.scalar(
        select(col(Ticket.id)).where(
            col(Ticket.person_id) == env.person.id,
            col(Ticket.topic) == TOPIC,
            col(Ticket.state) == "open",
        )
    )
    if waiting is None:
        question_passed(env, QuestionPassed(gettext("vi", TOLD), TOPIC))
