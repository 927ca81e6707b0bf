"""Letters to officers: a case handed in, taken, mended; a message; a question; a nudge.

An alert shows what is needed to decide who takes it, and no phone number: the producer's number is
on the card of the officer who holds the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from conversations.letters import Line, Note, Press
from conversations.render import render
from locales import N_, gettext
from models.content.text import Text
from models.messages import Button, Say, SentFile

#: An officer's role as people read it.
ROLES = {
    "commune": N_("cán bộ xã"),
    "province": N_("cán bộ tỉnh"),
    "admin": N_("quản trị"),
    "leader": N_("lãnh đạo, chỉ xem số liệu"),
}


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
    free: bool = False  # whoever reads it may take it
    orphan: bool = False  # its commune has no officer here

    def say(self, lang: str) -> Say:
        text = render("alert", lang, {"alert": self, "set": self.set_name(lang)})
        look = N_("Xem trước") if self.free else N_("Xem hồ sơ")
        rows = [(Button(gettext(lang, look), f"case:open={self.dossier_id}"),)]
        if self.free:
            take = Button(
                gettext(lang, N_("Nhận xử lý")), f"case:claim={self.dossier_id}", style="primary"
            )
            rows.insert(0, (take,))
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
            open_case(dossier_id),
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
        key=f"ticket:{ticket_id}",
    )


def filled_form(dossier_id: int, code: str, product: str, files: tuple[SentFile, ...]) -> Note:
    """The commune's report, Mẫu số 03, as DOCX."""
    return Note(
        (
            Line(
                N_("Mẫu số 03 của hồ sơ *{code}* ({product}), để in và ký."),
                {"code": code, "product": product},
            ),
        ),
        (open_case(dossier_id),),
        files,
    )


def papers(
    dossier_id: int, code: str, paper: Text | str, evidence: str, files: tuple[SentFile, ...]
) -> Note:
    """The pages of one paper: photos to look at, then everything as one PDF in order."""
    at = f"{dossier_id}.{evidence}"
    return Note(
        (Line(N_("*{paper}* · {code}"), {"paper": paper, "code": code}),),
        (
            Press(N_("✓ Đạt"), f"case:ok={at}", style="primary"),
            Press(N_("↩ Trả lại"), f"case:back={at}", style="danger"),
            open_case(dossier_id),
        ),
        files,
    )


def unreadable(dossier_id: int, code: str, paper: Text | str, evidence: str) -> Note:
    """A page that cannot be opened any more."""
    return Note(
        (
            Line(
                N_(
                    "*{paper}* · {code}: có trang không mở được. Anh/chị trả lại mục này để bà con "
                    "gửi lại."
                ),
                {"paper": paper, "code": code},
            ),
        ),
        (
            Press(N_("↩ Trả lại"), f"case:back={dossier_id}.{evidence}", style="danger"),
            open_case(dossier_id),
        ),
    )


def open_case(dossier_id: int, style: Literal["plain", "primary"] = "plain") -> Press:
    """The button that opens the case."""
    return Press(N_("Xem hồ sơ"), f"case:open={dossier_id}", style=style)


def transferred(dossier_id: int, code: str, product: str, who: str) -> Note:
    """A colleague handed the case over."""
    return Note(
        (
            Line(
                N_("{who} chuyển cho anh/chị hồ sơ *{code}* ({product})."),
                {"who": who, "code": code, "product": product},
            ),
        ),
        (open_case(dossier_id, "primary"),),
    )


def refusal_proposed(dossier_id: int, code: str, product: str, who: str, reason: str) -> Note:
    """A colleague wants to refuse; a second officer must agree."""
    return Note(
        (
            Line(
                N_("{who} đề nghị từ chối hồ sơ *{code}* ({product}). Cần anh/chị đồng ý."),
                {"who": who, "code": code, "product": product},
            ),
            Line(N_("Lý do: {reason}"), {"reason": reason}),
        ),
        (
            open_case(dossier_id, "primary"),
            Press(N_("Đồng ý từ chối"), f"case:agree={dossier_id}", style="danger"),
            Press(N_("Không đồng ý"), f"case:disagree={dossier_id}"),
        ),
    )


def refusal_answered(dossier_id: int, code: str, product: str, who: str, *, agreed: bool) -> Note:
    """What the second officer said."""
    words = (
        N_("{who} đã đồng ý từ chối hồ sơ *{code}* ({product}). Bà con đã được báo.")
        if agreed
        else N_("{who} không đồng ý từ chối hồ sơ *{code}* ({product}). Anh/chị xử lý tiếp nhé.")
    )
    return Note(
        (Line(words, {"who": who, "code": code, "product": product}),), (open_case(dossier_id),)
    )


def unreachable(dossier_id: int, code: str, product: str) -> Note:
    """Nothing reaches the household any more: somebody must phone."""
    return Note(
        (
            Line(
                N_(
                    "Tin không tới được bà con của hồ sơ *{code}* ({product}). Anh/chị gọi điện "
                    "giúp, số ở trong hồ sơ."
                ),
                {"code": code, "product": product},
            ),
        ),
        (open_case(dossier_id, "primary"),),
    )


def officer_unreachable(name: str) -> Note:
    """To the admins: nothing reaches an officer any more."""
    return Note(
        (
            Line(
                N_("Tin không tới được cán bộ {name}. Anh/chị nhờ mở lại trò chuyện với trợ lý."),
                {"name": name},
            ),
        ),
    )


def rights_ended() -> Note:
    """No officer any more."""
    return Note((Line(N_("Anh/chị không còn là cán bộ trên trợ lý này. Cảm ơn anh/chị.")),))


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
    lines = [
        Line(N_("{name} đã nhận lời mời làm {role}."), {"name": name, "role": Line(ROLES[role])})
    ]
    if communes:
        lines.append(Line("{communes}", {"communes": ", ".join(communes)}))
    return Note(tuple(lines))
