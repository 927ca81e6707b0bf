"""The photo check on drawn photos: good ones pass, clearly bad ones are caught.

The limits below are the promise: under 2 % false alarms, over 90 % of every fault caught.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from PIL import Image

from bot.documents.photo_check import check_photo
from models.messages import PhotoProblem as P
from tests.documents.drawn import PAGES, Page, Scene, photograph

pytestmark = pytest.mark.slow

NIGHT, PALE, WHITE = (35, 30, 30), (200, 195, 185), (255, 255, 255)
PRINT: tuple[Page, ...] = ("letter", "dense", "form", "receipt")
PAPERS: tuple[Page, ...] = tuple(p for p in PAGES if p not in ("product", "wall"))


def found(scene: Scene) -> tuple[P, ...]:
    return check_photo(photograph(scene).convert("RGB"))


def each(pages: Iterable[Page], *scenes: Scene) -> list[Scene]:
    return [replace(scene, page=page) for page in pages for scene in scenes]


GOOD = each(
    PAGES,
    Scene(table=NIGHT, light=0.98, falloff=0.2),
    Scene(table=PALE, light=1.1, falloff=0.15, tilt=-4, noise=6, quality=70),
    Scene(blur=0, noise=0, light=1.0, falloff=0, table=WHITE, quality=95),  # as from a scanner
    Scene(blur=0.8, noise=9, light=0.5, size=(1280, 960)),
)
BAD: dict[P, list[Scene]] = {
    P.BLURRED: each(PAGES, Scene(blur=2.5), Scene(blur=3.2, noise=7, light=0.6))
    + each(PRINT, Scene(shake=(16, 0)), Scene(shake=(0, 16))),
    P.DARK: each(PAGES, Scene(light=0.27, falloff=0.05, noise=6)),
    P.SMALL: each(PAGES, Scene(scale=0.62)),
    P.GLARE: each(PAPERS, Scene(glare=(0.5, 0.4, 0.1)), Scene(glare=(0.6, 0.5, 0.16), light=0.65)),
    P.SIDEWAYS: each(PRINT, Scene(turn=1), Scene(turn=3, tilt=-3)),
}


def test_good_photos_are_not_sent_back() -> None:
    wrong = [(scene, found(scene)) for scene in GOOD]
    wrong = [(scene, problems) for scene, problems in wrong if problems]
    assert len(GOOD) + sum(map(len, BAD.values())) >= 90
    assert len(wrong) < 0.02 * len(GOOD), wrong


@pytest.mark.parametrize("problem", BAD)
def test_clearly_bad_photos_are_caught(problem: P) -> None:
    missed = [scene for scene in BAD[problem] if problem not in found(scene)]
    assert len(missed) < 0.1 * len(BAD[problem]), missed


def test_one_thing_is_said_of_a_photo_with_one_fault() -> None:
    for problem, scenes in BAD.items():
        assert list(found(scenes[0])) == [problem]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Image.new("RGB", (1200, 900), "white"),
        lambda: Image.new("RGB", (1200, 900), (150, 160, 170)),
        lambda: Image.linear_gradient("L").resize((1200, 900)).convert("RGB"),
    ],
    ids=["white", "grey", "sky"],
)
def test_where_there_is_nothing_to_see_nothing_is_said(make: Callable[[], Image.Image]) -> None:
    assert check_photo(make()) == ()


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3), (31, 33)])
def test_odd_sizes_are_only_small(size: tuple[int, int]) -> None:
    assert check_photo(Image.new("RGB", size, "white")) == (P.SMALL,)
