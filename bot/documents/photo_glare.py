"""Is a part of the paper burnt out by a lamp or a flash?

Glare is a round white spot without strokes on a paper that is clearly darker, and it fades out
softly. A white paper, a window or the clean background of a scanner has hard borders or fills
the picture, and is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

CELL = 16  # pixels of the grey copy
WHITE = 250
LEAST_SHARE, MOST_SHARE = 0.006, 0.35  # of the picture
PAPER = 232  # a paper brighter than this cannot be told from glare
HALO = 5  # cells around the spot over which the light must have fallen off ...
FADED = 18  # ... by at least this many levels
SOFT_RING = 205  # the cells that touch the spot are still bright: no hard border

ROUND = 0.45  # of its bounding box: a white table around a page is a frame, not a spot
EDGE = 0.35  # of its rim at most is cut off by the picture: a sky and a window are cut more

Cell = tuple[int, int]


def has_glare(grey: Image) -> bool:
    """True for at least one burnt-out spot. `grey` is the 8-bit copy of at most 1280 pixels."""
    cells = _Cells(grey)
    total = cells.width * cells.height
    spots = (s for s in cells.spots() if LEAST_SHARE * total <= len(s) <= MOST_SHARE * total)
    return any(cells.is_glare(spot) for spot in spots)


class _Cells:
    """The picture as cells of 16 x 16 pixels: the mean of each, and whether all of it is white."""

    def __init__(self, grey: Image) -> None:
        from PIL.Image import Resampling

        self.width, self.height = max(1, grey.width // CELL), max(1, grey.height // CELL)
        size = (self.width, self.height)
        inside = grey.crop((0, 0, self.width * CELL, self.height * CELL))
        burnt = inside.point([0] * WHITE + [255] * (256 - WHITE))
        self.mean = inside.resize(size, Resampling.BOX).tobytes()
        whole = burnt.resize(size, Resampling.BOX).tobytes()
        self.white = {self._cell(i) for i, share in enumerate(whole) if share >= WHITE}

    def _cell(self, index: int) -> Cell:
        return index % self.width, index // self.width

    def level(self, cell: Cell) -> int:
        return self.mean[cell[1] * self.width + cell[0]]

    def near(self, cells: set[Cell]) -> set[Cell]:
        """The cells that touch these, inside the picture."""
        around = {
            (x + dx, y + dy) for x, y in cells for dx in (-1, 0, 1) for dy in (-1, 0, 1)
        } - cells
        return {(x, y) for x, y in around if 0 <= x < self.width and 0 <= y < self.height}

    def spots(self) -> list[set[Cell]]:
        """White cells that hang together."""
        left, spots = set(self.white), []
        while left:
            spot = edge = {left.pop()}
            while edge := self.near(edge) & left:
                left -= edge
                spot = spot | edge
            spots.append(spot)
        return spots

    def is_glare(self, spot: set[Cell]) -> bool:
        ring = self.near(spot)
        halo = set(spot)
        for _ in range(HALO):
            halo |= self.near(halo)
        outside = self.near(halo)
        if not ring or not outside:
            return False
        around = self._middle(outside)
        if len(spot) < ROUND * _box(spot) or self._on_edge(spot) > len(ring) * EDGE:
            return False
        return self._middle(ring) >= SOFT_RING and around <= min(PAPER, WHITE - FADED)

    def _on_edge(self, spot: set[Cell]) -> int:
        last = (self.width - 1, self.height - 1)
        return sum(x in (0, last[0]) or y in (0, last[1]) for x, y in spot)

    def _middle(self, cells: set[Cell]) -> int:
        levels = sorted(self.level(cell) for cell in cells)
        return levels[len(levels) // 2]


def _box(spot: set[Cell]) -> int:
    xs, ys = [x for x, _ in spot], [y for _, y in spot]
    return (max(xs) - min(xs) + 1) * (max(ys) - min(ys) + 1)
