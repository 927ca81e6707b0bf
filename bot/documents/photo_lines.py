"""Do the lines of writing run up and down? Then the page lies on its side.

The page is cut into tiles. In a tile of text the ink, summed along the lines, comes and goes with
every line; summed across them it is nearly even. Each tile votes; only a clear majority of many
tiles counts. Upside down cannot be told this way and is not guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

TILE = 128  # pixels: several lines of print, and a tilt of 5 degrees still keeps them apart
INK = 18  # levels darker than the paper around
LEAST_INK, MOST_INK = 0.03, 0.40  # share of a tile; outside it is no print
CLEAR = 2.2  # times more change one way than the other
FEWEST = 8  # tiles that vote
MAJORITY = 0.85


def lies_sideways(grey: Image) -> bool:
    """True when nearly all of the writing runs from top to bottom."""
    votes = [v for v in map(_vote, _tiles(_ink(grey))) if v]
    return len(votes) >= FEWEST and votes.count(-1) >= MAJORITY * len(votes)


def _ink(grey: Image) -> Image:
    """White where something is darker than its surroundings, black elsewhere."""
    from PIL import ImageChops, ImageFilter

    paper = grey.filter(ImageFilter.BoxBlur(12))
    return ImageChops.subtract(paper, grey).point([0] * INK + [255] * (256 - INK))


def _tiles(ink: Image) -> list[Image]:
    return [
        ink.crop((x, y, x + TILE, y + TILE))
        for y in range(0, ink.height - TILE + 1, TILE)
        for x in range(0, ink.width - TILE + 1, TILE)
    ]


def _vote(tile: Image) -> int:
    """1: lines run across, -1: up and down, 0: no writing or not clear."""
    from PIL import ImageStat
    from PIL.Image import Resampling

    if not LEAST_INK <= ImageStat.Stat(tile).mean[0] / 255 <= MOST_INK:
        return 0
    down = ImageStat.Stat(tile.resize((1, TILE), Resampling.BOX)).var[0]
    across = ImageStat.Stat(tile.resize((TILE, 1), Resampling.BOX)).var[0]
    if down > CLEAR * across:
        return 1
    return -1 if across > CLEAR * down else 0
