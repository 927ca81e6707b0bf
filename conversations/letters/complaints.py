"""Letters about complaints. None of those to officers says who reported."""

from __future__ import annotations

from conversations.complaint_words import KIND_WORDS, OUTCOMES
from conversations.letters import Line, Note, Press
from locales import N_
from models.messages import SentFile


def made(
    complaint_id: int,
    code: str,
    kind: str,
    product: str,
    place: str,
    files: tuple[SentFile, ...],
) -> Note:
    """A new one, to the officers in charge."""
    lines = [
        Line(N_("Có phản ánh *{code}*: {kind}."), {"code": code, "kind": Line(KIND_WORDS[kind])}),
        Line(N_("Sản phẩm: {product}"), {"product": product}),
    ]
    if place:
        lines.append(Line(N_("Ở: {place}"), {"place": place}, tight=True))
    if files:
        lines.append(Line(N_("Có {n} ảnh kèm theo."), {"n": len(files)}, tight=True))
    return Note(tuple(lines), (_open(complaint_id),), key=f"complaint:{complaint_id}")


def _open(complaint_id: int) -> Press:
    return Press(N_("Xem phản ánh"), f"complaint_desk:open={complaint_id}", style="primary")


def replied(complaint_id: int, code: str, text: str, files: tuple[SentFile, ...]) -> Note:
    """The reporter added something, to the officer."""
    lines = [Line(N_("Người phản ánh *{code}* nhắn thêm:"), {"code": code})]
    if text:
        lines.append(Line("{text}", {"text": text}))
    return Note(tuple(lines), (_open(complaint_id),), files)


def taken(complaint_id: int, code: str, officer: str) -> Note:
    """To the reporter: somebody looks into it."""
    words = N_(
        "Cán bộ {officer} đã nhận xem phản ánh *{code}* của bà con. Có kết quả mình báo ngay."
    )
    return Note((Line(words, {"officer": officer, "code": code}),), (_look(complaint_id),))


def _look(complaint_id: int) -> Press:
    return Press(N_("Xem phản ánh của tôi"), f"go:own_complaints={complaint_id}")


def asked(complaint_id: int, code: str, officer: str, text: str) -> Note:
    """To the reporter: the officer wants to know more, or tells something meanwhile."""
    return Note(
        (
            Line(
                N_("Cán bộ {officer} nhắn về phản ánh *{code}*:"),
                {"officer": officer, "code": code},
            ),
            Line("{text}", {"text": text}),
        ),
        (Press(N_("Trả lời cán bộ"), f"go:own_complaints={complaint_id}", style="primary"),),
    )


def answered(complaint_id: int, code: str, officer: str, outcome: str, text: str) -> Note:
    """To the reporter: the result."""
    return Note(
        (
            Line(
                N_("Phản ánh *{code}* đã có kết quả: {outcome}."),
                {"code": code, "outcome": Line(OUTCOMES[outcome])},
            ),
            Line(N_("Cán bộ {officer}: {text}"), {"officer": officer, "text": text}),
            Line(N_("Cảm ơn bà con đã giúp giữ tiếng cho hàng OCOP.")),
        ),
        (_look(complaint_id), Press(N_("Menu"), "nav:menu")),
    )
