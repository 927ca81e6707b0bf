"""Meanings: found in both languages, written once, and paired wherever they stand."""

from __future__ import annotations

from collections import Counter

from conversations.policy.features import Concepts, of_units
from conversations.policy.understand import plain
from tests.code_tree import ROOT

FILE = ROOT / "content" / "national" / "policy" / "concepts.yaml"
MEANINGS = Concepts({"sign": ["ai ki", "who sign"], "paper": ["giay chung nhan", "certificate"]})


def units(said: str) -> set[str]:
    return set(of_units(plain(said), MEANINGS))


def test_two_languages_speak_of_the_same() -> None:
    assert units("Ai ký giấy chứng nhận") >= {"&=sign", "&=paper", "=paper&=sign"}
    assert units("who signs our certificates") >= {"&=sign", "&=paper", "=paper&=sign"}


def test_a_word_without_a_meaning_speaks_for_itself() -> None:
    assert units("the honey certificate") == {"&=paper", "&honei", "=paper&honei"}
    assert units("ký tên") == {"&ki", "&ten", "ki&ten"}


def test_every_meaning_and_every_wording_of_it_is_written_once() -> None:
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line[:1] not in "# "]
    names = Counter(line.partition(":")[0] for line in lines)
    assert not [name for name, count in names.items() if count > 1]
    for line in lines:
        said = Counter(" ".join(plain(p)) for p in line.split('"')[1::2])
        assert not [p for p, count in said.items() if count > 1 or not p], line
