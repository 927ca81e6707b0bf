"""Do the lines of writing run up and down? Then the page lies on its side.

The page is cut into tiles. In a tile of text the ink, summed along the lines, comes and goes with
every line; summed across them it is nearly even. Each tile votes; only a clear majority of many
tiles counts. Upside down cannot be told this way and is not guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

TILE = 160  # pixels: several lines of print, and a tilt of 4 degrees still keeps them apart
INK = 18  # levels darker than the paper around
LEAST_INK, MOST_INK = 0.03, 0.40  # share of a tile; outside it is no print
CLEAR = 2.2  # times more change one way than the other
STROKE = 4  # pixels
BROKEN = 0.3  # of the ink changes within a stroke along the line: letters; stripes: under 0.15
FEWEST_LINES = 3  # in a tile
FEWEST = 5  # tiles that vote
MAJORITY = 0.9


def lies_sideways(grey: Image) -> bool:
    """True when nearly all of the writing runs from top to bottom."""
    votes = [v for v in map(_vote, _tiles(_ink(grey))) if v]
    return len(votes) >= FEWEST and votes.count(-1) >= MAJORITY * len(votes)


def _ink(grey: Image) -> Image:
    """White where something is darker than its surroundings, black elsewhere."""
    from PIL import ImageChops, ImageFilter, ImageStat

    paper = grey.filter(ImageFilter.BoxBlur(12))
    still = grey.filter(ImageFilter.BoxBlur(1))
    grain = ImageStat.Stat(ImageChops.difference(grey, still)).median[0]
    ink = INK + 4 * grain  # grain must not break up a plank
    return ImageChops.subtract(paper, still).point([0] * ink + [255] * (256 - ink))


def _tiles(ink: Image) -> list[Image]:
    return [
        ink.crop((x, y, x + TILE, y + TILE))
        for y in range(0, ink.height - TILE + 1, TILE)
        for x in range(0, ink.width - TILE + 1, TILE)
    ]


def _vote(tile: Image) -> int:
    """1: lines run across, -1: up and down, 0: no writing or not clear."""
    from PIL import ImageStat
    from PIL.Image import Transpose

    if not LEAST_INK <= ImageStat.Stat(tile).mean[0] / 255 <= MOST_INK:
        return 0
    if _is_print(tile):
        return 1
    return -1 if _is_print(tile.transpose(Transpose.TRANSPOSE)) else 0


def _is_print(tile: Image) -> bool:
    """Several lines across, clearly apart, each broken into letters: planks and tin are not."""
    from PIL import ImageStat
    from PIL.Image import Resampling

    down = tile.resize((1, tile.height), Resampling.BOX)
    across = tile.resize((tile.width, 1), Resampling.BOX)
    if ImageStat.Stat(down).var[0] < CLEAR * ImageStat.Stat(across).var[0]:
        return False
    return _lines(down) >= FEWEST_LINES and _broken(tile) >= BROKEN


def _broken(tile: Image) -> float:
    """How much of the ink begins or ends within a letter's width along the line, 0 to 1."""
    from PIL import ImageChops, ImageStat

    moved = ImageChops.difference(tile, ImageChops.offset(tile, STROKE, 0))
    return ImageStat.Stat(moved).mean[0] / (2 * ImageStat.Stat(tile).mean[0])


def _lines(profile: Image) -> int:
    """How often the ink comes and goes. The edge of a table is one line, print has several."""
    ink = profile.tobytes()
    middle, swing = (max(ink) + min(ink)) / 2, (max(ink) - min(ink)) / 6
    lines, inside = 0, False
    for level in ink:
        if not inside and level > middle + swing:
            lines, inside = lines + 1, True
        elif inside and level < middle - swing:
            inside = False
    return lines
