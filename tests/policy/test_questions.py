"""Questions nobody showed the answerer, by wording; and every passage can be found."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from conversations.policy import Answerer
from conversations.policy.finder import Finder
from tests.policy.questions import Asked, missed, read

ASKED = read()
LEAST = {  # of every hundred questions so worded
    "standard": 97, "no_diacritics": 97, "dialect": 93, "teencode": 93, "english": 93, "typo": 93,
    "follow_up": 93,
}  # fmt: skip


@pytest.fixture(scope="module")
def misses(answerer: Answerer) -> list[Asked]:
    return [asked for asked, _ in missed(answerer, ASKED)]


def test_there_are_questions_enough_in_every_wording() -> None:
    assert len({asked.text for asked in ASKED}) >= 400
    assert set(LEAST) == {asked.variant for asked in ASKED}


def test_none_of_them_is_an_example_of_the_content(answerer: Answerer) -> None:
    library = answerer.library
    known = {ask for passage in library.passages.values() for ask in passage.asks}
    known |= {ask for asks in (*library.tasks.values(), *library.refusals.values()) for ask in asks}
    same = [q.text for q in ASKED if q.text.rstrip("?. ") in {k.rstrip("?. ") for k in known}]
    assert not same


@pytest.mark.parametrize("variant", LEAST)
def test_questions_are_understood_in_every_wording(variant: str, misses: list[Asked]) -> None:
    every = Counter(asked.variant for asked in ASKED)[variant]
    wrong = [asked.text for asked in misses if asked.variant == variant]
    assert 100 * (every - len(wrong)) / every >= LEAST[variant], wrong


def test_what_is_not_ours_is_hardly_ever_answered(misses: list[Asked]) -> None:
    others = [asked for asked in ASKED if asked.right[0].startswith("!")]
    wrong = [asked.text for asked in misses if asked.right[0].startswith("!")]
    assert len(wrong) / len(others) <= 0.02, wrong


def test_every_passage_has_a_question_that_finds_it(
    answerer: Answerer, misses: list[Asked]
) -> None:
    found = {asked.right[0] for asked in ASKED if asked not in misses}
    assert set(answerer.library.passages) - found == set()


def test_the_weights_were_learned_from_what_the_content_holds(answerer: Answerer) -> None:
    found = answerer.finder
    assert found.weights.learned_from == found.print(), "make learn"


def test_without_learned_weights_questions_are_still_understood(answerer: Answerer) -> None:
    plain = Finder(answerer.library, answerer.finder.dictionary)
    facts = [q for q in ASKED if q.variant == "standard" and q.right[0][0] not in "!="]
    right = [plain.find(plain.reader.read(q.text))[0].label in q.right for q in facts]
    assert sum(right) / len(right) > 0.75


@pytest.mark.parametrize("said", ["", "😀", "…", "?!", "🙏🙏"])
def test_a_message_without_words_is_not_understood(said: str, answerer: Answerer) -> None:
    assert not answerer.answer(said, date(2026, 11, 30)).answered
