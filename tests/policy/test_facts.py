"""Facts are told in both languages, in sentences short enough for a phone."""

from __future__ import annotations

import re

from conversations.policy import Answerer

LONGEST = 150  # characters of one sentence
PERCENT = re.compile(r"\d+%")


def test_every_fact_is_told_in_both_languages(answerer: Answerer) -> None:
    passages = answerer.library.passages.values()
    assert not [fact for p in passages for fact in p.facts if not all(fact)]


def test_no_fact_is_longer_than_a_phone_shows_well(answerer: Answerer) -> None:
    passages = answerer.library.passages.values()
    assert not [s for p in passages for fact in p.facts for s in fact if len(s) > LONGEST]


def test_shares_are_the_same_in_both_languages(answerer: Answerer) -> None:
    for passage in answerer.library.passages.values():
        for vi, en in passage.facts:
            assert sorted(PERCENT.findall(vi)) == sorted(PERCENT.findall(en)), vi


def test_no_fact_is_told_twice_in_a_passage(answerer: Answerer) -> None:
    for passage in answerer.library.passages.values():
        assert len(set(passage.facts)) == len(passage.facts), passage.id
