"""Letters to officers: a case handed in, taken, mended; a message; a question; a nudge.

An alert shows what is needed to decide who takes it, and no phone number: the producer's number is
on the card of the officer who holds the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations.letters import Line, Note, Press
from conversations.render import render
from locales import N_, gettext
from models.content.text import Text
from models.messages import Button, Say, SentFile


@dataclass(frozen=True, slots=True)
class Alert:
    """A case waiting for an officer, or (`taken_by`) already with one. Key "alert:CODE"."""

    dossier_id: int
    code: str
    product: str
    commune: str
    set_number: int
    set_name: Text
    n_items: int
    n_pages: int
    due_on: date | None = None
    again: bool = False  # mended after a supplement request
    from_commune: bool = False  # the commune passed it to the province
    taken_by: str = ""

    def say(self, lang: str) -> Say:
        text = render("alert", lang, {"alert": self, "set": self.set_name(lang)})
        label = N_("Xem hồ sơ") if self.taken_by or self.again else N_("Nhận xử lý")
        verb = "open" if self.taken_by or self.again else "claim"
        rows = [
            (
                Button(
                    gettext(lang, label),
                    f"case:{verb}={self.dossier_id}",
                    style="plain" if self.taken_by else "primary",
                ),
            )
        ]
        if verb == "claim":
            rows.append((Button(gettext(lang, "Xem trước"), f"case:open={self.dossier_id}"),))
        return Say(text, tuple(rows), key=f"alert:{self.code}")


def case_message(dossier_id: int, code: str, product: str, who: str, text: str) -> Note:
    """What the household wrote within its case."""
    return Note(
        (
            Line(
                N_("Tin của bà con về *{code}* ({product}), {who}:"),
                {"code": code, "product": product, "who": who},
            ),
            Line("{text}", {"text": text}),
        ),
        (
            Press(N_("Trả lời"), f"case:msg={dossier_id}", style="primary"),
            Press(N_("Xem hồ sơ"), f"case:open={dossier_id}"),
        ),
        key=f"talk:{code}",
    )


def ticket_opened(ticket_id: int, code: str, text: str) -> Note:
    """A question the bot could not answer."""
    return Note(
        (
            Line(N_("Câu hỏi *{code}* chờ cán bộ trả lời:"), {"code": code}),
            Line("{text}", {"text": text}),
        ),
        (
            Press(N_("Trả lời"), f"tickets:answer={ticket_id}", style="primary"),
            Press(N_("Các câu hỏi khác"), "go:tickets"),
        ),
        key=f"ticket:{code}",
    )


def filled_form(dossier_id: int, code: str, product: str, files: tuple[SentFile, ...]) -> Note:
    """The commune's report, Mẫu số 03, as DOCX."""
    return Note(
        (Line(N_("Mẫu số 03 của hồ sơ *{code}* ({product}), để in và ký."),
              {"code": code, "product": product}),),
        (Press(N_("Xem hồ sơ"), f"case:open={dossier_id}"),),
        files,
    )


def transferred(dossier_id: int, code: str, product: str, who: str) -> Note:
    """A colleague handed the case over."""
    return Note(
        (
            Line(
                N_("{who} chuyển cho anh/chị hồ sơ *{code}* ({product})."),
                {"who": who, "code": code, "product": product},
            ),
        ),
        (Press(N_("Xem hồ sơ"), f"case:open={dossier_id}", style="primary"),),
    )


def claim_reminder(dossier_id: int, code: str, product: str, hours: int) -> Note:
    """Nobody has taken the case, or its holder has not acted, for so many working hours."""
    return Note(
        (
            Line(
                N_("Hồ sơ *{code}* ({product}) đã chờ {hours} giờ làm việc."),
                {"code": code, "product": product, "hours": hours},
            ),
        ),
        (Press(N_("Xem hồ sơ"), f"case:open={dossier_id}", style="primary"),),
    )


def back_in_pool(dossier_id: int, code: str, product: str) -> Note:
    """The holder did not act in time: the case is free again."""
    return Note(
        (
            Line(
                N_("Hồ sơ *{code}* ({product}) chưa được xử lý nên đã trở về danh sách chung."),
                {"code": code, "product": product},
            ),
        ),
        (Press(N_("Xem hồ sơ"), f"case:open={dossier_id}", style="primary"),),
    )


def escalated(dossier_id: int, code: str, product: str, commune: str) -> Note:
    """Told one level up: nobody takes a case."""
    return Note(
        (
            Line(
                N_("Hồ sơ *{code}* ({product}, {commune}) quá giờ mà chưa cán bộ xã nào nhận."),
                {"code": code, "product": product, "commune": commune},
            ),
        ),
        (Press(N_("Xem hồ sơ"), f"case:open={dossier_id}", style="primary"),),
    )


def withdrawn(code: str, product: str) -> Note:
    """The household took its dossier back."""
    return Note(
        (
            Line(
                N_("Bà con đã rút hồ sơ *{code}* ({product})."), {"code": code, "product": product}
            ),
        ),
    )


def joined(name: str, role: str, communes: tuple[str, ...]) -> Note:
    """To the admins: an invitation was used."""
    return Note(
        (
            Line(
                N_("{name} đã nhận lời mời cán bộ ({role} {communes})."),
                {"name": name, "role": role, "communes": ", ".join(communes)},
            ),
        ),
    )


@dataclass(frozen=True, slots=True)
class Digest:
    """The officer's day in one message; only written when there is something."""

    new: int
    mine: int
    overdue: int
    near: int
    questions: int
    failed: int  # messages that could not be sent

    @property
    def empty(self) -> bool:
        return not (self.new or self.mine or self.overdue or self.questions or self.failed)

    def say(self, lang: str) -> Say:
        text = render("digest", lang, {"digest": self})
        rows = [(Button(gettext(lang, "Mở danh sách"), "go:queue", style="primary"),)]
        if self.questions:
            rows.append((Button(gettext(lang, "Câu hỏi chờ trả lời"), "go:tickets"),))
        return Say(text, tuple(rows), key="digest")
