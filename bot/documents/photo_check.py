"""What is wrong with a photo of a paper, told without any model: by counting light and edges.

Every measure runs on a grey copy of at most 1280 pixels a side, so that the limits mean the same
for every phone, and each was set on a grid of drawn pages (tests/documents/test_photo_check.py):
better to let a doubtful photo pass than to send a household back for a good one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.messages import PhotoProblem

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 1280
SMALL_LONG, SMALL_SHORT = 900, 480  # below this an A4 page has under 77 dots per inch
DARK_BRIGHTEST = 85  # level that 5 % of the pixels exceed: the paper itself, when there is one


def check_photo(image: Image) -> tuple[PhotoProblem, ...]:
    """Problems, worst first. `image` is upright RGB or grey. The person may insist on any."""
    from .photo_glare import has_glare
    from .photo_lines import lies_sideways
    from .photo_sharpness import is_blurred

    grey = _grey(image)
    dark, blurred = is_dark(grey), is_blurred(grey)
    checks = (
        (PhotoProblem.SMALL, is_small(image)),
        (PhotoProblem.DARK, dark),
        (PhotoProblem.BLURRED, blurred),
        (PhotoProblem.GLARE, has_glare(grey)),
        (PhotoProblem.SIDEWAYS, not (dark or blurred) and lies_sideways(grey)),
    )
    return tuple(problem for problem, found in checks if found)


def is_small(image: Image) -> bool:
    return max(image.size) < SMALL_LONG or min(image.size) < SMALL_SHORT


def is_dark(grey: Image) -> bool:
    return level_above(grey.histogram(), 0.05) < DARK_BRIGHTEST


def level_above(histogram: list[int], share: float) -> int:
    """The grey level (0-255) that `share` of the pixels reach or exceed."""
    left = share * sum(histogram)
    for level in range(255, -1, -1):
        left -= histogram[level]
        if left <= 0:
            return level
    return 0


def _grey(image: Image) -> Image:
    from PIL.Image import Resampling

    scale = min(1.0, SIDE / max(image.size))
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    grey = image.convert("L")
    return grey if size == grey.size else grey.resize(size, Resampling.BOX)
