"""Is what somebody has enough, may somebody register: the verdict is the first line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from conversations.policy import Answerer

TODAY = date(2026, 11, 29)
LINES = Path(__file__).with_name("verdicts.txt").read_text(encoding="utf-8").splitlines()
ROWS = [line for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize("row", ROWS)
def test_the_verdict_comes_first(row: str, answerer: Answerer) -> None:
    question, wanted, before = (cell.strip() for cell in f"{row} | ".split("|")[:3])
    told = answerer.answer(question, TODAY, history=[before] if before else []).text
    assert [want for want in wanted.split("; ") if not _holds(told, want)] == [], told


def _holds(told: str, want: str) -> bool:
    """`^so` begins the answer, `!so` is nowhere in it, `so` is somewhere."""
    if want.startswith("^"):
        return told.removeprefix("- ").startswith(want[1:])
    return want[1:] not in told if want.startswith("!") else want in told


#: A product of each set but those that no one word surely names.
GOODS = {
    1: "bưởi", 2: "thịt tươi", 3: "gạo", 4: "mật ong", 5: "đồ ăn nhanh", 6: "bún khô", 7: "mứt",
    8: "giò", 9: "nước mắm", 10: "hạt tiêu", 11: "chè xanh", 12: "trà lá vối", 13: "cà phê",
    14: "rượu trắng", 15: "rượu vang", 16: "nước khoáng", 17: "nước ép", 19: "mỹ phẩm",
    20: "tinh dầu", 21: "đồ gỗ", 22: "vải may mặc", 23: "hoa tươi", 24: "cây cảnh",
    25: "động vật cảnh", 26: "du lịch cộng đồng",
}  # fmt: skip


def test_every_criterion_of_every_sheet_gets_its_verdict(answerer: Answerer) -> None:
    """A step in the words of the sheet, measured against 4 stars: 98 of a hundred are right."""
    asked, wrong = 0, []
    for number, product in GOODS.items():
        for place, item in enumerate(answerer.matter.sheet(number).items):
            step = item.ladder()[(place + number) % len(item.ladder())]
            needed = item.minimum(4)
            right = "Được" if needed is None else "Đủ" if step.points >= needed.points else "Chưa"
            told = f"{step.short.vi}, mục {item.title.vi}"
            question = f"{product} nhà tôi {told.lower()} đủ 4 sao chưa?"
            asked += 1
            if not answerer.answer(question, TODAY).text.removeprefix("- ").startswith(right):
                wrong.append(question)
    assert asked > 600
    assert len(wrong) < asked / 50, wrong


def test_every_step_of_every_sheet_can_be_told(answerer: Answerer) -> None:
    """By words of its own, or by a figure; and no words stand for a step that no sheet has."""
    matter = answerer.matter
    steps = {
        (item.id, option.short.vi)
        for number in matter.sets
        for item in matter.sheet(number).items
        for ladder in ([case.options for case in item.cases] or [item.options])
        for option in ladder
    }
    told = {(item, step) for item, steps in matter.levels.items() for step in steps if step}
    assert told <= steps
    assert {item for item, _ in steps} == set(matter.levels)


def test_the_term_of_a_paper_names_the_passage_that_tells_it(answerer: Answerer) -> None:
    terms = [paper.term for paper in answerer.matter.dossier.evidence if paper.term]
    assert terms
    assert all(term.passage in answerer.library.passages for term in terms)
