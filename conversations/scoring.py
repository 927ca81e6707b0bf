"""A self-assessment worked out: the sheet, the answers, the rank, what would raise it.

Two tests make a rank: the band of points and the starred minimum of every criterion
(Quyết định 26/2026/QĐ-TTg, Điều 3.3 and Phụ lục II); the arithmetic is in models/content/sheet.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from conversations.records import ProductView
from locales import N_
from models.content import Advice, Content, Item, Option, Ranking, ScoreSheet

#: How hard it is, in words.
EFFORTS = {
    "self": N_("tự làm được"),
    "office": N_("đi làm giấy"),
    "months": N_("cần vài tháng"),
}


@dataclass(frozen=True, slots=True)
class Sitting:
    """One sheet being answered. `product` is None when somebody only tries a sheet."""

    number: int
    sheet: ScoreSheet
    answers: Mapping[str, int | str]
    product: ProductView | None = None
    later: tuple[str, ...] = field(default=())  # put off

    @property
    def at(self) -> str:
        """The sitting inside a button: the product's id, or "s4" for a sheet tried."""
        return str(self.product.id) if self.product else f"s{self.number}"

    @property
    def ranking(self) -> Ranking:
        return self.sheet.stars(self.answers)

    def next_item(self) -> Item | None:
        """The first criterion without an answer; those put off come last."""
        open_ = [i for i in self.sheet.items if i.option(self.answers.get(i.id)) is None]
        return next((i for i in open_ if i.id not in self.later), None)

    def place(self, item: Item) -> int:
        """Which question it is, from 1."""
        return self.sheet.items.index(item) + 1


def valid(sheet: ScoreSheet, item_id: str, value: str) -> int | str | None:
    """The answer as it is kept ("b:3" or 3); None when it is no option of that criterion."""
    item = next((i for i in sheet.items if i.id == item_id), None)
    if item is None:
        return None
    case, _, points = value.rpartition(":")
    if not points.isdecimal() or case not in ({c.id for c in item.cases} or {""}):
        return None
    kept: int | str = value if case else int(points)
    return kept if item.option(kept) is not None else None


def raised(sitting: Sitting, item: Item, option: Option) -> int | str:
    """The answer that means `option`, within the case that was chosen (else the first one)."""
    if not item.cases:
        return option.points
    known = str(sitting.answers.get(item.id, "")).partition(":")[0]
    case = known if any(c.id == known for c in item.cases) else item.cases[0].id
    return f"{case}:{option.points}"


def with_added(sitting: Sitting, items: Iterable[str], advice: Iterable[Advice]) -> Ranking:
    """The rank if the advice about `items` were followed."""
    wanted = set(items)
    added = {
        one.gap.item.id: raised(sitting, one.gap.item, one.gap.option)
        for one in advice
        if one.gap.item.id in wanted
    }
    return sitting.sheet.stars({**sitting.answers, **added})


def advice(content: Content, sitting: Sitting) -> tuple[Advice, ...]:
    """What would raise it: minimums of the next star first, then by ease, then by points."""
    return content.advice(sitting.number, sitting.ranking)


def unmet(sitting: Sitting, rank: int) -> int:
    """How many starred minimums of that rank are not reached."""
    return len(sitting.sheet.missing(sitting.answers, rank))


Sentence = tuple[str, dict[str, object]]  # a msgid and its fields


def minimums(rank: int, short: int) -> Sentence:
    """How the starred minimums of a rank stand, `short` of them unmet."""
    if short:
        return N_("Mức tối thiểu ★ của {n} sao: còn thiếu {k} mục."), {"n": rank, "k": short}
    return N_("Mức tối thiểu ★ của {n} sao: đủ."), {"n": rank}


def verdict(sitting: Sitting) -> tuple[Sentence, ...]:
    """The band, the starred minimums, and what both give."""
    ranking = sitting.ranking
    wanted = max(ranking.band, 3)
    both: Sentence = (
        (N_("Tính cả hai: {n} sao."), {"n": ranking.rank})
        if ranking.certificate
        else (N_("Tính cả hai: chưa đạt 3 sao."), {"n": ranking.rank})
    )
    return (
        (N_("Theo điểm: {n} sao."), {"n": ranking.band}),
        minimums(wanted, unmet(sitting, wanted)),
        both,
    )


def summary(content: Content, number: int, answers: Mapping[str, int | str]) -> Sentence | None:
    """One line for an officer; None when nothing was answered."""
    sheet = content.score_sheet(number)
    ranking = sheet.stars(answers)
    if not ranking.answered:
        return None
    fields: dict[str, object] = {
        "n": ranking.total,
        "stars": ranking.rank,
        "k": ranking.answered,
        "all": ranking.asked,
    }
    return N_("Chủ thể tự chấm: {n}/100 điểm, {stars} sao ({k}/{all} câu)"), fields


def proofs(content: Content, number: int, item_id: str) -> list[str]:
    """Ids of the papers that prove a criterion of that set."""
    return [e.id for e in content.evidence.values() if number in e.sets and item_id in e.proves]
