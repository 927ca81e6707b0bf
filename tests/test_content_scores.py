"""The 26 score sheets: what is printed, and the two tests of a rank."""

from __future__ import annotations

import pytest

from models.content import RulesNotHeld, ScoreSheet, load
from models.content.sheet import Answers

CONTENT = load("ha-tinh")
SETS = range(1, 27)


def best(sheet: ScoreSheet) -> dict[str, int | str]:
    """Every item at its top option."""
    return {i.id: answer(i.cases[0].id if i.cases else "", i.max) for i in sheet.items}


def least(sheet: ScoreSheet, rank: int) -> dict[str, int | str]:
    """Only the starred minimums of a rank."""
    found = {i: i.minimum(rank) for i in sheet.items}
    return {i.id: answer(i.cases[0].id if i.cases else "", o.points) for i, o in found.items() if o}


def answer(case: str, points: int) -> int | str:
    return f"{case}:{points}" if case else points


@pytest.mark.parametrize("number", SETS)
def test_sheet_sums_and_full_marks_give_five_stars(number: int) -> None:
    sheet = CONTENT.score_sheet(number)
    assert {p.letter: p.max for p in sheet.parts} == {"A": 40, "B": 25, "C": 35}
    assert sheet.total(best(sheet)) == 100
    ranking = sheet.stars(best(sheet))
    assert (ranking.rank, ranking.certificate, ranking.next) == (5, True, None)
    assert ranking.answered == ranking.asked == len(sheet.items)


@pytest.mark.parametrize("number", SETS)
def test_minimums_alone_never_make_three_stars(number: int) -> None:
    sheet = CONTENT.score_sheet(number)
    ranking = sheet.stars(least(sheet, 3))
    assert ranking.rank < 3
    assert ranking.next is not None
    assert ranking.next.rank == 3
    assert ranking.next.must == ()
    assert ranking.next.points_short == 50 - ranking.total > 0


@pytest.mark.parametrize("number", SETS)
def test_one_missing_minimum_holds_a_product_back(number: int) -> None:
    sheet = CONTENT.score_sheet(number)
    answers = best(sheet)
    del answers["so_huu_tri_tue"]
    ranking = sheet.stars(answers)
    assert ranking.band == 5
    assert ranking.rank == 2
    assert not ranking.certificate
    assert ranking.next is not None
    assert [gap.item.id for gap in ranking.next.must] == ["so_huu_tri_tue"]
    assert ranking.next.must[0].option.points == 1


def test_total_of_a_household_as_it_answers() -> None:
    sheet = CONTENT.score_sheet(4)
    assert sheet.total({}) == 0
    assert sheet.total({"loai_hinh": 1, "lien_ket": 3}) == 4
    assert sheet.total({"loai_hinh": 7, "unknown": 3}) == 0


def test_higher_ranks_include_the_minimums_of_lower_ones() -> None:
    item = CONTENT.score_sheet(1).item("so_huu_tri_tue")
    found = [item.minimum(rank) for rank in (2, 3, 4, 5)]
    assert [o.points if o else None for o in found] == [None, 1, 2, 2]


def test_what_if_a_trademark_application_is_added() -> None:
    sheet = CONTENT.score_sheet(4)
    answers = {**best(sheet), "so_huu_tri_tue": 0}
    assert sheet.stars(answers).rank == 2
    assert sheet.stars({**answers, "so_huu_tri_tue": 1}).rank == 3
    assert sheet.stars({**answers, "so_huu_tri_tue": 2}).rank == 5


def test_cases_of_tourism_are_scored_in_their_own_ladder() -> None:
    sheet = CONTENT.score_sheet(26)
    item = sheet.item("tien_nghi")
    assert [c.id for c in item.cases] == ["a", "b"]
    for case in item.cases:
        for option in case.options:
            said = f"{case.id}:{option.points}"
            assert item.option(said) is option
            assert sheet.total({"tien_nghi": said}) == option.points


def test_zero_on_a_sensory_item_stops_set_16() -> None:
    sheet = CONTENT.score_sheet(16)
    sensory = [i for i in sheet.items if i.number.startswith("6.") and i.options[0].points == 0]
    answers: Answers = {**best(sheet), sensory[0].id: 0}
    assert [rule.id for rule in sheet.stars(answers).stopped] == ["zero_sensory"]
    assert sheet.stars(best(sheet)).stopped == ()


def test_doubtful_places_are_kept_as_printed_with_the_doubt() -> None:
    sheet = CONTENT.score_sheet(10)
    registered = sheet.item("so_huu_tri_tue").options[-2]
    assert (registered.min_for, registered.doubt_min_for) == (None, 4)
    assert any(f.at == "3.5" and f.confidence == "medium" for f in sheet.faults)


def test_advice_puts_minimums_first_and_easy_things_before_slow_ones() -> None:
    sheet = CONTENT.score_sheet(4)
    ranking = sheet.stars({})
    advice = CONTENT.advice(4, ranking)
    flags = [a.must for a in advice]
    assert flags == sorted(flags, reverse=True)
    ease = {"self": 0, "office": 1, "months": 2}
    order = [ease[a.effort] for a in advice if a.must]
    assert order == sorted(order)
    papers = {a.gap.item.id: a.evidence for a in advice}
    assert papers["so_huu_tri_tue"] == "don_nhan_hieu"
    assert papers["bao_bi"] == "anh_bao_bi"


def test_every_starred_minimum_has_advice_with_a_paper() -> None:
    for number in SETS:
        sheet = CONTENT.score_sheet(number)
        for advice in CONTENT.advice(number, sheet.stars({})):
            assert advice.evidence is not None or not advice.must, (number, advice.gap.item.id)


def test_sheets_are_kept_and_dated() -> None:
    from datetime import date

    assert CONTENT.score_sheet(4) is CONTENT.score_sheet(4, date(2026, 6, 1))
    with pytest.raises(RulesNotHeld):
        CONTENT.score_sheet(4, date(2026, 1, 1))
    with pytest.raises(KeyError):
        CONTENT.score_sheet(27)
