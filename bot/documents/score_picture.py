"""The result of a self-assessment as a picture to look at on a phone: 720 × 960, PNG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

#: Told apart by colour-blind people too (Okabe and Ito, 2008).
DONE, LEFT, TEXT, QUIET = "#0072B2", "#D9DDE1", "#1F2933", "#52606D"
STAR = "#B35900"
LINE = 44  # characters of a line of text


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of the sheet: its points of the most there are."""

    label: str
    points: int
    most: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, in the reader's language."""

    title: str
    total: str  # "63/100 điểm"
    stars: int  # by both tests; 0 = none with a certificate
    bars: tuple[Bar, ...]
    lines: tuple[str, ...]  # both tests, what is missing
    foot: str


def draw(picture: Picture) -> bytes:
    """The picture as PNG; the same picture gives the same bytes."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, 9.6), dpi=100, facecolor="white")
    _head(figure, picture)
    _bars(figure, picture.bars)
    _text(figure, picture.lines, picture.foot)
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _head(figure: Any, picture: Picture) -> None:
    top = 0.95
    for line in _wrapped((picture.title,), 30)[:2]:
        figure.text(0.06, top, line, size=22, weight="bold", color=TEXT, va="top")
        top -= 0.048
    figure.text(0.06, top - 0.01, picture.total, size=34, weight="bold", color=DONE, va="top")
    stars = "★" * picture.stars + "☆" * (5 - picture.stars)
    figure.text(0.06, top - 0.085, stars, size=30, color=STAR, va="top")


def _bars(figure: Any, bars: Sequence[Bar]) -> None:
    """One bar a part, its points written beside it: colour alone says nothing."""
    axes = figure.add_axes((0.06, 0.46, 0.88, 0.26))
    rows = range(len(bars))
    axes.barh(rows, [b.most for b in bars], color=LEFT, height=0.42)
    axes.barh(rows, [b.points for b in bars], color=DONE, height=0.42)
    for row, bar in zip(rows, bars, strict=True):
        axes.text(0, row - 0.34, bar.label, size=14, color=TEXT, va="bottom")
        axes.text(bar.most + 1, row, f"{bar.points}/{bar.most}", size=16, color=TEXT, va="center")
    axes.set_ylim(len(bars) - 0.4, -0.8)
    axes.set_xlim(0, max(b.most for b in bars) + 9)
    axes.axis("off")


def _text(figure: Any, lines: Sequence[str], foot: str) -> None:
    place = 0.42
    for line in _wrapped(lines, LINE):
        if place < 0.09:
            break
        figure.text(0.06, place, line, size=15, color=TEXT, va="top")
        place -= 0.034
    for number, line in enumerate(_wrapped((foot,), 62)[:2]):
        figure.text(0.06, 0.055 - number * 0.028, line, size=12, color=QUIET, va="top")


def _wrapped(lines: Sequence[str], width: int) -> list[str]:
    from textwrap import wrap

    return [
        part
        for line in lines
        for part in wrap(line, width, subsequent_indent="  " if line.startswith("•") else "")
    ]
