"""Letters to households about their case: every step, in plain words, with the next thing to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from conversations.letters import Line, Note, Press
from locales import N_
from models.content.text import Text
from models.messages import SentFile

Approved = tuple[str, dict[str, object]]
Paper = tuple[Text | str, Text | str]  # a paper's name and why it came back


def _board(dossier_id: int, style: str = "plain") -> Press:
    return Press(
        N_("Mở hồ sơ"),
        f"go:dossier={dossier_id}",
        style="primary" if style == "primary" else "plain",
    )


def _status(dossier_id: int) -> Press:
    return Press(N_("Đến đâu rồi"), f"go:status={dossier_id}")


def _talk(dossier_id: int) -> Press:
    return Press(N_("Nhắn cán bộ"), f"go:officer={dossier_id}")


def claimed(dossier_id: int, product: str, officer: str, at_province: bool = False) -> Note:
    """An officer has the case now."""
    words = (
        N_("Cán bộ tỉnh {officer} đã nhận xem hồ sơ *{product}*.")
        if at_province
        else N_("Cán bộ xã {officer} đã nhận xem hồ sơ *{product}*.")
    )
    after = Line(N_("Có tin mới mình báo ngay. Bà con chưa phải làm gì."))
    return Note(
        (Line(words, {"officer": officer, "product": product}), after),
        (_status(dossier_id), _talk(dossier_id)),
    )


def _approved(name: str, code: str, product: str, due_on: date | None = None) -> Approved:
    """The notice as a text approved beforehand."""
    day = {} if due_on is None else {"day": due_on}
    return name, {"product": product, "code": code, **day}


def supplement(
    dossier_id: int,
    code: str,
    product: str,
    papers: Sequence[Paper],
    note: str = "",
    due_on: date | None = None,
    at_province: bool = False,
) -> Note:
    """The officer asks for papers to be mended; `papers` are the returned ones with reasons."""
    words = (
        N_("Cán bộ tỉnh đề nghị hoàn thiện thêm hồ sơ *{product}*.")
        if at_province
        else N_("Cán bộ xã nhờ bà con bổ sung hồ sơ *{product}*.")
    )
    lines = [Line(words, {"product": product})]
    lines += [
        Line("! {paper}: {reason}", {"paper": name, "reason": why}, tight=True)
        for name, why in papers
    ]
    if note:
        lines.append(Line(N_("Cán bộ nhắn: {note}"), {"note": note}))
    if due_on:
        lines.append(Line(N_("Bà con làm xong trước ngày {day} nhé."), {"day": due_on}))
    lines.append(Line(N_("Các giấy khác vẫn giữ nguyên, không phải gửi lại.")))
    approved = _approved("supplement", code, product, due_on) if due_on else None
    return Note(tuple(lines), (_fix(dossier_id), _talk(dossier_id)), approved=approved)


def _fix(dossier_id: int) -> Press:
    return Press(N_("Sửa ngay"), f"go:dossier={dossier_id}", style="primary")


def accepted(dossier_id: int, product: str, count: int) -> Note:
    """All papers were accepted by the commune."""
    return Note(
        (
            Line(
                N_("Xã đã xem xong {n} giấy của hồ sơ *{product}*, giấy nào cũng đạt."),
                {"n": count, "product": product},
            ),
            Line(N_("Xã đang làm báo cáo để gửi lên tỉnh.")),
        ),
        (_status(dossier_id),),
    )


def passed(dossier_id: int, product: str, round_name: Text | str, results_before: date) -> Note:
    """The commune sent the case to the province."""
    return Note(
        (
            Line(
                N_("Xã đã gửi hồ sơ *{product}* lên tỉnh, kịp {round}."),
                {"product": product, "round": round_name},
            ),
            Line(N_("Kết quả đợt này có trước ngày {day}."), {"day": results_before}),
        ),
        (_status(dossier_id),),
    )


def released(dossier_id: int, product: str) -> Note:
    """The officer gave the case back: another one will come."""
    return Note(
        (
            Line(N_("Hồ sơ *{product}* đang chờ cán bộ khác nhận xem."), {"product": product}),
            Line(N_("Có người nhận mình báo ngay. Bà con chưa phải làm gì.")),
        ),
        (_status(dossier_id), _talk(dossier_id)),
    )


def supplement_due(dossier_id: int, code: str, product: str, due_on: date, days: int) -> Note:
    """The time to mend ends in so many working days; below 0 it has ended."""
    words = (
        N_("Hồ sơ *{product}* còn {n} ngày làm việc để bổ sung, đến hết {day}.")
        if days > 0
        else N_("Hồ sơ *{product}*: đã quá ngày hẹn bổ sung, {day}.")
    )
    lines = [Line(words, {"product": product, "n": days, "day": due_on})]
    if days < 0:
        lines.append(Line(N_("Bà con vẫn gửi được. Vướng chỗ nào thì nhắn cán bộ nhé.")))
    approved = _approved("supplement_due", code, product, due_on) if days >= 0 else None
    return Note(tuple(lines), (_fix(dossier_id), _talk(dossier_id)), approved=approved)


def listed(dossier_id: int, product: str, round_name: Text | str) -> Note:
    """On the list of a round of the council."""
    return Note(
        (
            Line(
                N_("Hồ sơ *{product}* đã vào danh sách chấm của {round}."),
                {"product": product, "round": round_name},
            ),
            Line(
                N_(
                    "Hội đồng cấp tỉnh sẽ họp chấm. Bà con giữ sẵn sản phẩm mẫu, phòng khi đoàn "
                    "đến xem."
                )
            ),
        ),
        (_status(dossier_id),),
    )


def recognised(
    dossier_id: int,
    product: str,
    stars: int,
    score: float,
    decision_number: str,
    issued_on: date,
    valid_to: date,
    code: str,
    opens: date,
    closes: date,
    dossier: str,
) -> Note:
    """Stars, certificate (`code`) and when to hand in again; `dossier` is the dossier's code."""
    return Note(
        (
            Line(
                N_("Chúc mừng bà con! *{product}* đạt *{stars} sao* OCOP, {score} điểm."),
                {"product": product, "stars": stars, "score": score},
            ),
            Line(
                N_(
                    "Quyết định {number} ngày {day}.\nGiấy chứng nhận {code}, có giá trị đến hết "
                    "{end}."
                ),
                {"number": decision_number, "day": issued_on, "code": code, "end": valid_to},
            ),
            Line(
                N_(
                    "Muốn giữ sao, bà con nộp hồ sơ đánh giá lại từ {opens} đến {closes}. Đến lúc "
                    "đó mình nhắc."
                ),
                {"opens": opens, "closes": closes},
            ),
        ),
        (_status(dossier_id),),
        approved=_approved("result", dossier, product),
    )


def unranked(dossier_id: int, code: str, product: str, score: float) -> Note:
    """Evaluated, below 3 stars: no decision and no certificate (Điều 4.1)."""
    return Note(
        (
            Line(
                N_(
                    "Hội đồng đã chấm *{product}*: {score} điểm, chưa đạt 3 sao nên chưa có giấy "
                    "chứng nhận."
                ),
                {"product": product, "score": score},
            ),
            Line(
                N_(
                    "Bà con đừng nản: xem phần còn thiếu, làm thêm rồi nộp đợt sau. Cần người chỉ, "
                    "bấm “Nhắn cán bộ”."
                )
            ),
        ),
        (_board(dossier_id), _talk(dossier_id)),
        approved=_approved("result", code, product),
    )


def refused(dossier_id: int, code: str, product: str, reason: str) -> Note:
    """The case ends, with the reason."""
    return Note(
        (
            Line(N_("Hồ sơ *{product}* không được nhận đánh giá đợt này."), {"product": product}),
            Line(N_("Lý do: {reason}"), {"reason": reason}),
            Line(N_("Chỗ nào chưa rõ, bà con nhắn cán bộ hỏi lại nhé.")),
        ),
        (_talk(dossier_id), _board(dossier_id)),
        approved=_approved("result", code, product),
    )


def message(
    dossier_id: int, product: str, officer: str, text: str, files: tuple[SentFile, ...] = ()
) -> Note:
    """What the officer wrote within the case."""
    lines = [
        Line(
            N_("Cán bộ {officer} nhắn về hồ sơ *{product}*:"),
            {"officer": officer, "product": product},
        )
    ]
    if text:
        lines.append(Line("{text}", {"text": text}))
    return Note(tuple(lines), (_reply(dossier_id),), files, key=f"said:{dossier_id}")


def _reply(dossier_id: int) -> Press:
    return Press(N_("Trả lời"), f"go:officer={dossier_id}", style="primary")


def talk_left(dossier_id: int, product: str, state: str) -> Note:
    """The officer left the talk: the bot speaks first. `state` is a msgid of STATE_WORDS."""
    return Note(
        (
            Line(N_("Cán bộ đã trao đổi xong. Mình lại giúp bà con đây.")),
            Line(N_("Hồ sơ *{product}*: {state}."), {"product": product, "state": Line(state)}),
        ),
        (_board(dossier_id, "primary"), _talk(dossier_id)),
    )


def ticket_answered(code: str, question: str, answer: str, officer: str) -> Note:
    """An officer answered a question that was passed on."""
    return Note(
        (
            Line(
                N_("Cán bộ {officer} trả lời câu hỏi {code}:"), {"officer": officer, "code": code}
            ),
            Line(N_("Bà con hỏi: {question}"), {"question": question}),
            Line("{answer}", {"answer": answer}),
        ),
        (Press(N_("Hỏi thêm"), "go:officer"), Press(N_("Menu"), "nav:menu")),
    )
