"""What is reckoned from the report's figures, and what is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from conversations.policy import Answerer

LINES = Path(__file__).with_name("counts.txt").read_text(encoding="utf-8").splitlines()
ROWS = [line for line in LINES if not line.startswith("#")]
RECKONED = ("tôi tự tính).", "our own sum).")


@pytest.mark.parametrize("row", ROWS)
def test_only_named_figures_are_reckoned_with(row: str, answerer: Answerer) -> None:
    question, day, before, holds = (cell.strip() for cell in row.split("|"))
    history = [asked.strip() for asked in before.split("//") if asked.strip()]
    answer = answerer.answer(question, date.fromisoformat(day), history=history)
    if holds == "!":
        assert not answer.text.splitlines()[0].endswith(RECKONED), answer.text
        return
    assert answer.answered
    assert [held for held in holds.split("; ") if held not in answer.text] == [], answer.text
    assert any(line.endswith(RECKONED) for line in answer.text.splitlines())


def test_every_figure_stands_in_the_passage_it_names(answerer: Answerer) -> None:
    counts = answerer.matter.counts
    assert counts is not None
    written = [(one.passage, one.value) for one in counts.figures.values()]
    written += [(one.goal.passage, one.goal.value) for one in counts.figures.values() if one.goal]
    written += [(goal.passage, goal.percent) for goal in counts.share_goals]
    for passage, value in written:
        told = " ".join(answerer.library.passages[passage].said("vi")).replace("%", " ").split()
        assert f"{value:g}" in [word.strip("().,;:") for word in told], (passage, value)


def test_figures_are_parts_of_figures(answerer: Answerer) -> None:
    counts = answerer.matter.counts
    assert counts is not None
    figures = counts.figures
    for one in figures.values():
        assert not one.of or one.value < figures[one.of].value, one.id
    owners = sum(one.value for one in figures.values() if one.of == "owners")
    assert owners == figures["owners"].value
    assert sum(one.value for one in figures.values() if one.of == "valid") == figures["valid"].value
