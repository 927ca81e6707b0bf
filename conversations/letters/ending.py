"""Letters about what ends: a certificate's time to be evaluated again, papers with a last day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from conversations.ending import Stage
from conversations.letters import Line, Note, Press
from locales import N_
from models.content.text import Text

SHOWN = 10  # lines of an officer's letter


@dataclass(frozen=True, slots=True)
class Ending:
    """What a letter says of one certificate."""

    id: int
    product: str
    producer: str
    stars: int
    opens: date
    closes: date
    valid_to: date
    stage: Stage
    dossier_id: int | None = None  # begun already


#: What a household reads of each stage.
STAGES = {
    Stage.OPENED: N_(
        "Từ nay đến hết {closes} là lúc nộp hồ sơ đánh giá lại để giữ sao. Giấy tờ lần trước còn "
        "hạn, mình chép sẵn cho bà con."
    ),
    Stage.HALF: N_(
        "Thời gian nộp hồ sơ đánh giá lại đã qua một nửa: còn {n} ngày, đến hết {closes}."
    ),
    Stage.CLOSING: N_(
        "Chỉ còn {n} ngày để nộp hồ sơ đánh giá lại, đến hết {closes}. Bà con làm sớm kẻo lỡ nhé."
    ),
    Stage.MISSED: N_("Đã quá ngày nộp hồ sơ đánh giá lại, {closes}."),
    Stage.ENDED: N_("Giấy chứng nhận đã hết giá trị từ sau ngày {end}."),
}
#: The same, in a line of an officer's list.
LINES = {
    Stage.OPENED: N_("• {product} ({producer}), {stars} sao: nộp đánh giá lại đến hết {closes}"),
    Stage.HALF: N_("• {product} ({producer}), {stars} sao: còn {n} ngày nộp đánh giá lại"),
    Stage.CLOSING: N_("! {product} ({producer}), {stars} sao: chỉ còn {n} ngày nộp đánh giá lại"),
    Stage.MISSED: N_(
        "! {product} ({producer}), {stars} sao: quá ngày nộp {closes}, hết giá trị {end}"
    ),
    Stage.ENDED: N_("! {product} ({producer}), {stars} sao: đã hết giá trị {end}"),
}


def certificate(one: Ending, late: Text, today: date) -> Note:
    """To the household. `late` is what content says to do after the last day."""
    lines = [
        Line(
            N_("*{product}*, {stars} sao OCOP, giấy chứng nhận có giá trị đến hết {end}."),
            {"product": one.product, "stars": one.stars, "end": one.valid_to},
        ),
        Line(STAGES[one.stage], said(one, today)),
    ]
    if one.stage in (Stage.MISSED, Stage.ENDED):
        lines.append(Line("{late}", {"late": late}))
    open_yet = one.stage not in (Stage.MISSED, Stage.ENDED)
    fields = {"product": one.product, "stars": one.stars, "end": one.valid_to, "day": one.closes}
    return Note(
        tuple(lines),
        (begin(one), *putting_off(f"certificate.{one.id}")),
        approved=("re_evaluation", fields) if open_yet else None,
    )


def begin(one: Ending) -> Press:
    """The one button: the dossier begun already, or one made from the last."""
    if one.dossier_id is not None:
        return Press(N_("Làm tiếp hồ sơ"), f"go:dossier={one.dossier_id}", style="primary")
    return Press(N_("Làm hồ sơ đánh giá lại"), f"renew:begin={one.id}", style="primary")


def putting_off(about: str, room: str = "renew") -> tuple[Press, Press]:
    """ "Later" and "no more" for the thing called `about`."""
    later = Press(N_("Nhắc lại sau ít hôm"), f"{room}:later={about}")
    return later, Press(N_("Thôi nhắc việc này"), f"{room}:stop={about}")


def said(one: Ending, today: date) -> dict[str, object]:
    """The fields of a stage's sentence."""
    return {
        "product": one.product,
        "producer": one.producer,
        "stars": one.stars,
        "opens": one.opens,
        "closes": one.closes,
        "end": one.valid_to,
        "n": (one.closes - today).days,
    }


def paper(
    item_id: int, dossier_id: int, evidence: str, name: Text, product: str, on: date, days: int
) -> Note:
    """A paper's last day comes near (`days` left), or is over (below 0)."""
    words = (
        N_("*{paper}* của {product} còn hạn {n} ngày nữa, đến hết {day}.")
        if days >= 0
        else N_("*{paper}* của {product} đã hết hạn ngày {day}.")
    )
    lines = (
        Line(words, {"paper": name, "product": product, "day": on, "n": days}),
        Line(N_("Bà con xin gia hạn hoặc làm giấy mới nhé; hồ sơ cần bản còn hạn.")),
    )
    look = Press(N_("Xem giấy này"), f"dossier:open={dossier_id}.{evidence}", style="primary")
    fields = {"paper": name, "product": product, "day": on}
    return Note(
        lines,
        (look, *putting_off(f"paper.{item_id}")),
        approved=("paper_expiry", fields) if days >= 0 else None,
    )


def officers(endings: Sequence[Ending], today: date) -> Note:
    """To an officer: what changed since the last letter, the most pressing first."""
    order = list(Stage)
    told = sorted(endings, key=lambda one: -order.index(one.stage))
    lines = [Line(N_("Giấy chứng nhận OCOP cần để ý:"))]
    lines += [Line(LINES[one.stage], said(one, today), tight=True) for one in told[:SHOWN]]
    if len(told) > SHOWN:
        more = {"n": len(told) - SHOWN}
        lines.append(Line(N_("và {n} sản phẩm nữa."), more, tight=True))
    lines.append(Line(N_("Bà con đã được nhắc. Anh/chị xem ai cần giúp thì nhắn hoặc gọi.")))
    look = Press(N_("Xem danh sách"), "go:ending", style="primary")
    return Note(tuple(lines), (look, *putting_off("list", "ending")))
