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
    photos: int,
) -> Note:
    """One that nobody has, to the officers in charge."""
    lines = [
        Line(N_("Có phản ánh *{code}*: {kind}."), {"code": code, "kind": Line(KIND_WORDS[kind])}),
        Line(N_("Sản phẩm: {product}"), {"product": product}),
    ]
    if place:
        lines.append(Line(N_("Ở: {place}"), {"place": place}, tight=True))
    if photos:
        lines.append(Line(N_("Có {n} ảnh kèm theo."), {"n": photos}, tight=True))
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


# -- what time brings ------------------------------------------------------------------------------
def _about(words: str, complaint_id: int, code: str, product: str, **more: object) -> Note:
    """To an officer: one line about a complaint, and the way to it."""
    line = Line(words, {"code": code, "product": product, **more})
    return Note((line,), (_open(complaint_id),))


def waits(complaint_id: int, code: str, product: str, hours: int) -> Note:
    """Nobody took it, or its officer has not begun, for so many working hours."""
    words = N_("Phản ánh *{code}* ({product}) đã chờ {hours} giờ làm việc.")
    return _about(words, complaint_id, code, product, hours=hours)


def nobody_takes(complaint_id: int, code: str, product: str) -> Note:
    """One level up."""
    words = N_("! Phản ánh *{code}* ({product}) quá giờ mà chưa cán bộ nào nhận.")
    return _about(words, complaint_id, code, product)


def given_back(complaint_id: int, code: str, product: str) -> Note:
    """To the officer who took it and did nothing."""
    words = N_("Phản ánh *{code}* ({product}) chưa được xử lý nên đã trở về danh sách chung.")
    return _about(words, complaint_id, code, product)


def no_answer_yet(complaint_id: int, code: str, product: str, officer: str) -> Note:
    """To its officer, and one level up."""
    words = N_("! Phản ánh *{code}* ({product}): {officer} nhận đã lâu mà chưa trả lời.")
    return _about(words, complaint_id, code, product, officer=officer)


def not_taken_yet(complaint_id: int, code: str) -> Note:
    """To the reporter: it takes longer than was said."""
    words = N_(
        "Phản ánh *{code}* chưa có cán bộ nào nhận kịp, mong bà con thông cảm. Mình đã báo lên cấp "
        "trên; có người nhận mình báo ngay."
    )
    return Note((Line(words, {"code": code}),), (_look(complaint_id),))


def takes_longer(complaint_id: int, code: str, officer: str) -> Note:
    """To the reporter: it was taken, and is not answered yet."""
    words = N_(
        "Phản ánh *{code}* cần thêm thời gian, mong bà con thông cảm. Cán bộ {officer} vẫn đang "
        "xem; mình đã nhắc và báo lên cấp trên."
    )
    return Note((Line(words, {"code": code, "officer": officer}),), (_look(complaint_id),))


def passed_to_another(complaint_id: int, code: str) -> Note:
    """To the reporter: nothing is to be sent again."""
    words = N_("Cán bộ khác sẽ xem tiếp phản ánh *{code}*. Bà con không phải gửi lại.")
    return Note((Line(words, {"code": code}),), (_look(complaint_id),))
