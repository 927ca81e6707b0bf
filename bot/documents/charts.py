"""Charts as PNG, 720 pixels wide: read on a phone, told apart without colours."""

from __future__ import annotations

import io
from functools import lru_cache
from textwrap import wrap
from typing import Any

from conversations.charts import Bar, Chart, Sheet

DPI, WIDE = 100, 7.2  # inches
TEXT, QUIET, EMPTY = "#1F2933", "#52606D", "#E4E7EB"
#: Colours that colour-blind people tell apart (Okabe and Ito, 2008), each with a pattern too.
PARTS = (("#0072B2", ""), ("#E69F00", "//"), ("#D55E00", "xx"), ("#56B4E9", ".."))
LABEL, NAME, SMALL, TWO = 16, 19, 13, 14.5  # points: half of it on a 360-pixel screen
LINE, BAR, GAP = 0.30, 0.26, 0.16  # inches
SIDE, TOLD = 0.35, 1.9  # inches: the margin, the words beside the bars
LETTERS = 58  # of a label on one line


@lru_cache(maxsize=64)
def png(sheet: Sheet) -> bytes:
    """The picture; the same sheet gives the same bytes."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    title = wrap(sheet.title, 34) if sheet.title else []
    foot = wrap(sheet.foot, 76) if sheet.foot else []
    tall = 0.3 + 0.46 * len(title) + sum(_tall(chart) for chart in sheet.charts)
    tall += 0.24 * len(foot) + 0.2
    with rc_context({"hatch.linewidth": 1.2, "hatch.color": "white"}):
        figure = Figure(figsize=(WIDE, tall), dpi=DPI, facecolor="white")
        page = _Page(figure, tall)
        for line in title:
            page.write(line, 24, TEXT, 0.46, weight="bold")
        for chart in sheet.charts:
            _draw(page, chart)
        page.at += 0.08
        for line in foot:
            page.write(line, SMALL, QUIET, 0.24)
        out = io.BytesIO()
        figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


class _Page:
    """A figure written from the top down, in inches."""

    def __init__(self, figure: Any, tall: float) -> None:
        self.figure, self.tall, self.at = figure, tall, 0.2
        self.axes = figure.add_axes((0, 0, 1, 1))
        self.axes.set_xlim(0, WIDE)
        self.axes.set_ylim(tall, 0)
        self.axes.axis("off")

    def write(
        self, text: str, size: int, colour: str, step: float, *, weight: str = "normal"
    ) -> None:
        self.axes.text(SIDE, self.at, text, size=size, color=colour, weight=weight, va="top")
        self.at += step


def _labels(bar: Bar) -> list[str]:
    return wrap(bar.label, LETTERS)[:2] or [""]


def _tall(chart: Chart) -> float:
    lines = sum(len(_labels(bar)) for bar in chart.bars)
    legend = 0.3 * len(_legend_rows(chart))
    title = 0.42 if chart.title else 0.0
    return 0.2 + title + legend + lines * LINE + len(chart.bars) * (BAR + GAP)


def _draw(page: _Page, chart: Chart) -> None:
    page.at += 0.2
    if chart.title:  # a page may say it above the picture
        page.write(chart.title, NAME, TEXT, 0.42, weight="bold")
    _legend(page, chart)
    most = chart.full or max((sum(bar.parts) for bar in chart.bars), default=0) or 1
    long = WIDE - 2 * SIDE - TOLD
    for bar in chart.bars:
        for line in _labels(bar):
            page.write(line, LABEL, TEXT, LINE)
        at = SIDE
        page.axes.barh(page.at + BAR / 2, long, BAR, left=at, color=EMPTY)
        for part, (colour, hatch) in zip(bar.parts, PARTS, strict=False):
            wide = long * part / most
            page.axes.barh(page.at + BAR / 2, wide, BAR, left=at, color=colour, hatch=hatch)
            at += wide
        told = {"size": LABEL, "color": TEXT, "va": "center"}
        _beside(page, bar.told, SIDE + long + 0.1, told)
        page.at += BAR + GAP


def _beside(page: _Page, words: str, left: float, how: dict[str, Any]) -> None:
    """Words at the bar's end; long ones smaller, on two lines."""
    lines = wrap(words, 16)
    if len(lines) > 1:
        how = {**how, "size": TWO}
    page.axes.text(left, page.at + BAR / 2, "\n".join(lines), linespacing=1.0, **how)


def _legend_rows(chart: Chart) -> list[list[int]]:
    """Parts by rows, so that no row is wider than the page."""
    rows: list[list[int]] = []
    room = 0.0
    for number, word in enumerate(chart.legend):
        wide = 0.55 + 0.115 * len(word)
        if not rows or room + wide > WIDE - 2 * SIDE:
            rows.append([])
            room = 0.0
        rows[-1].append(number)
        room += wide
    return rows


def _legend(page: _Page, chart: Chart) -> None:
    for row in _legend_rows(chart):
        left = SIDE
        for number in row:
            colour, hatch = PARTS[number]
            word = chart.legend[number]
            page.axes.barh(page.at + 0.1, 0.26, 0.18, left=left, color=colour, hatch=hatch)
            page.axes.text(left + 0.34, page.at + 0.1, word, size=14, color=TEXT, va="center")
            left += 0.55 + 0.115 * len(word)
        page.at += 0.3
