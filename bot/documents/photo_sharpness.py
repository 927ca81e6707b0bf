"""Is nothing in the photo in focus?

A sharp edge climbs its whole height within a pixel or two; a blurred one takes many. So along
sampled rows and columns we look only where there is contrast, and ask which part of it the
steepest step makes. A page with three strokes is judged by its three strokes; an empty wall
is not judged at all.
"""

from __future__ import annotations

from statistics import quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

STRIP = 32  # pixels: longer than the softest edge that still counts as one
EVERY = 4  # rows
LEAST_CONTRAST = 30  # grey levels: below this a step may be noise
FEWEST = 24  # strips with contrast, else there is nothing to judge by
SOFT = 0.20  # share of the contrast that the steepest step makes; sharp photos: 0.45 and more
SMEARED = 0.15  # in one direction only, while the other is sharp


def is_blurred(grey: Image) -> bool:
    """True when the edges are soft in at least one direction (a shaken hand blurs only one)."""
    from PIL.Image import Transpose

    along, across = steepness(grey), steepness(grey.transpose(Transpose.TRANSPOSE))
    known = [s for s in (along, across) if s is not None]
    return bool(known) and (max(known) < SOFT or min(known) < SMEARED)


def steepness(grey: Image) -> float | None:
    """Along rows: the share of contrast in the steepest step, 0 to 1, of the better edges."""
    shares = _shares(grey)
    if len(shares) < FEWEST:
        return None
    return quantiles(shares, n=4)[2]


def _shares(grey: Image) -> list[float]:
    strips = _strips(grey)
    if not strips:
        return []
    still_contrast, still_step = _noise(strips)
    clean = [(c - still_contrast, max(0, s - still_step)) for c, s in strips]
    seen = [strip for strip in clean if strip[0] >= LEAST_CONTRAST]
    return [step / contrast for contrast, step in _strongest(seen)]


def _strips(grey: Image) -> list[tuple[int, int]]:
    """The contrast and the steepest step of every strip of the sampled rows."""
    from PIL import ImageChops

    width = grey.width
    light = grey.tobytes()
    step = ImageChops.difference(grey, ImageChops.offset(grey, 1, 0)).tobytes()
    strips = []
    for row in range(0, grey.height, EVERY):
        for x in range(row * width + 1, (row + 1) * width - STRIP, STRIP):
            part = light[x : x + STRIP]
            strips.append((max(part) - min(part), max(step[x + 1 : x + STRIP])))
    return strips


def _noise(strips: list[tuple[int, int]]) -> tuple[int, int]:
    """What the quiet parts of the picture show: grain adds that much to every strip."""
    quiet = sorted(strips)[: max(1, len(strips) // 4)]
    return quiet[len(quiet) // 2][0], sorted(step for _, step in quiet)[len(quiet) // 2]


def _strongest(strips: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Faint texture lies among the weak ones; letters and borders among the strong."""
    if not strips:
        return []
    contrasts = sorted(contrast for contrast, _ in strips)
    enough = contrasts[int(len(contrasts) * 0.9)] * 0.6
    return [strip for strip in strips if strip[0] >= enough]
