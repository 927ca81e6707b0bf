"""A poster for a commune's notice board: one QR code for each way to the assistant. A4, PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

INCH = 25.4
WIDE, HIGH = 210 / INCH, 297 / INCH


@dataclass(frozen=True, slots=True)
class Way:
    """One channel: its name and the address behind its QR code."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Poster:
    """What is printed. `lines` are the sentences under the title, `foot` the last one."""

    title: str
    commune: str
    lines: tuple[str, ...]
    ways: Sequence[Way]
    foot: str


def pdf(poster: Poster) -> bytes:
    """The poster to print; letters stay letters. At most four ways fit."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context({"pdf.fonttype": 42}):
        figure = Figure(figsize=(WIDE, HIGH), dpi=150, facecolor="white")
        _words(figure, poster)
        for at, way in enumerate(poster.ways[:4]):
            _way(figure, way, at, len(poster.ways[:4]))
        out = io.BytesIO()
        metadata = {"CreationDate": None, "Producer": None, "Creator": None}
        figure.savefig(out, format="pdf", metadata=metadata)
    return out.getvalue()


def _words(figure: Any, poster: Poster) -> None:
    from textwrap import wrap

    middle = {"ha": "center", "va": "top"}
    figure.text(0.5, 0.95, poster.title, size=34, weight="bold", **middle)
    figure.text(0.5, 0.885, poster.commune, size=22, **middle)
    place = 0.82
    for line in poster.lines:
        for part in wrap(line, 58):
            figure.text(0.5, place, part, size=14, **middle)
            place -= 0.027
    figure.text(0.5, 0.06, "\n".join(wrap(poster.foot, 70)), size=12, **middle)


def _way(figure: Any, way: Way, at: int, count: int) -> None:
    """A code with its quiet zone, the name above and the address below it."""
    import segno

    columns = 1 if count == 1 else 2
    side = 0.5 if count == 1 else 0.34
    tall = side * WIDE / HIGH
    left = (at % columns + 0.5) / columns - side / 2
    bottom = 0.40 - tall / 2 if count < 3 else 0.42 - (at // 2) * (tall + 0.055)
    matrix = [list(r) for r in segno.make(way.url, error="m", micro=False).matrix_iter(border=4)]
    axes = figure.add_axes((left, bottom, side, tall))
    axes.imshow(matrix, cmap="gray_r", vmin=0, vmax=1, interpolation="nearest")
    axes.axis("off")
    middle = {"ha": "center"}
    figure.text(left + side / 2, bottom + tall, way.name, size=16, weight="bold", **middle)
    figure.text(left + side / 2, bottom - 0.012, way.url, size=9, **middle)
