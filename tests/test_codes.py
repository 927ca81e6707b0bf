"""Codes that people read to each other."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from models.codes import ALPHABET, DOSSIER, SECRET, check, fingerprint, new_code, parse

SEEDS = st.integers(0, 2**32)


@given(SEEDS, st.sampled_from([DOSSIER, SECRET]))
def test_a_code_is_read_back_however_it_is_typed(seed: int, length: int) -> None:
    code = new_code(Random(seed), length)
    assert check(code)
    bare = code.replace("-", "")
    for typed in (
        code,
        bare,
        code.lower(),
        f" {bare} ",
        f"mã hồ sơ {code.lower()}.",
        f"#{bare}",
        code.replace("-", " "),
        f"({code})",
    ):
        assert parse(typed, length) == code, typed


@given(SEEDS, st.data())
def test_one_wrong_character_never_passes(seed: int, data: st.DataObject) -> None:
    bare = new_code(Random(seed)).replace("-", "")
    at = data.draw(st.integers(0, len(bare) - 1))
    wrong = data.draw(st.sampled_from([c for c in ALPHABET if c != bare[at]]))
    assert not check(bare[:at] + wrong + bare[at + 1 :])


@given(SEEDS, st.integers(0, DOSSIER - 2))
def test_two_neighbours_swapped_never_pass(seed: int, at: int) -> None:
    bare = new_code(Random(seed)).replace("-", "")
    if bare[at] != bare[at + 1]:
        assert not check(bare[:at] + bare[at + 1] + bare[at] + bare[at + 2 :])


@given(st.text(max_size=200))
def test_any_text_is_looked_at_without_a_crash(text: str) -> None:
    found = parse(text)
    assert found is None or check(found)


def test_nothing_that_looks_alike_is_used() -> None:
    assert not set("01OIL") & set(ALPHABET)
    assert len(set(ALPHABET)) == 31


def test_a_fingerprint_does_not_hold_the_code() -> None:
    code = new_code(Random(1), SECRET)
    assert fingerprint(code) == fingerprint(code.lower().replace("-", ""))
    assert code.replace("-", "") not in fingerprint(code).upper()
