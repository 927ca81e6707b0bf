"""A label to print beside a product: QR code, name, stars, validity. 80 × 50 mm, PDF and PNG."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, TypeAlias

INCH = 25.4
POINT = 72 / INCH
WIDE, HIGH = 80 * POINT, 50 * POINT
LEFT, COLUMN = 0.54 * WIDE, 0.42 * WIDE  # of the words beside the code
LINE = 1.25  # of a line's letters
Sizes: TypeAlias = "tuple[tuple[float, int], ...]"  # (points, lines at most), the largest first
NAME: Sizes = ((8.5, 3), (7.5, 4), (6.5, 5), (5.5, 6))
PRODUCER: Sizes = ((6.5, 2), (6.0, 3), (5.5, 4))
HINT: Sizes = ((6.0, 1), (5.5, 1), (5.0, 2))


@dataclass(frozen=True, slots=True)
class Label:
    """What is printed; `url` is behind the QR code."""

    url: str
    product: str
    producer: str
    stars: int
    code: str
    until: str  # a whole sentence
    hint: str  # what the code is for


def pdf(label: Label) -> bytes:
    """The label to print, to size; letters stay letters."""
    return _saved(label, "pdf", {"CreationDate": None, "Producer": None, "Creator": None})


def png(label: Label) -> bytes:
    """The label to look at or send on: 945 × 591 pixels."""
    return _saved(label, "png", {"Software": None})


def _saved(label: Label, kind: str, metadata: dict[str, None]) -> bytes:
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context({"pdf.fonttype": 42}):
        figure = Figure(figsize=(80 / INCH, 50 / INCH), dpi=300, facecolor="white")
        _code(figure, label.url)
        _words(figure, label)
        out = io.BytesIO()
        figure.savefig(out, format=kind, metadata=metadata)
    return out.getvalue()


def _code(figure: Any, url: str) -> None:
    """Quiet zone of four modules kept; M corrects 15 % of damage."""
    import segno

    matrix = [list(row) for row in segno.make(url, error="m", micro=False).matrix_iter(border=4)]
    axes = figure.add_axes((0.0, 0.14, 0.54, 0.86))
    axes.imshow(matrix, cmap="gray_r", vmin=0, vmax=1, interpolation="nearest")
    axes.axis("off")


def _words(figure: Any, label: Label) -> None:
    """Name, stars and producer from the top down; what the code is for above the last line."""
    top = 0.93 * HIGH
    for text, weight, sizes in (
        (label.product, "bold", NAME),
        ("★" * label.stars + " OCOP", "bold", ((10.0, 1),)),
        (label.producer, "normal", PRODUCER),
    ):
        lines, size = fitted(text, weight, sizes)
        for line in lines:
            _put(figure, LEFT, top, line, size, weight)
            top -= LINE * size
        top -= 2
    hint, size = fitted(label.hint, "normal", HINT)
    for n, line in enumerate(hint):
        _put(figure, LEFT, 0.16 * HIGH + LINE * size * (len(hint) - n), line, size, "normal")
    _put(figure, 0.04 * WIDE, 0.12 * HIGH, f"{label.code} · {label.until}", 6.5, "normal")


def _put(figure: Any, left: float, top: float, text: str, size: float, weight: str) -> None:
    """In points from the lower left corner; a dollar sign in a name is no formula."""
    figure.text(left / WIDE, top / HIGH, text, size=size, weight=weight, va="top", parse_math=False)


def fitted(text: str, weight: str, sizes: Sizes) -> tuple[list[str], float]:
    """Its lines in the largest letters that it fits in; cut with … when it fits in none."""
    lines: list[str] = []
    for size, most in sizes:
        lines = _wrapped(text, size, weight)
        if len(lines) <= most:
            return lines, size
    kept = lines[:most]
    while _width(f"{kept[-1]}…", size, weight) > COLUMN:
        kept[-1] = kept[-1][:-1].rstrip()
    kept[-1] += "…"
    return kept, size


def _wrapped(text: str, size: float, weight: str) -> list[str]:
    """Lines no wider than the column; a word that is wider is broken."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _width(longer, size, weight) <= COLUMN:
            lines[-1] = longer
            continue
        lines.append("")
        for letter in word:
            if _width(lines[-1] + letter, size, weight) > COLUMN:
                lines.append("")
            lines[-1] += letter
    return [line for line in lines if line]


def _width(text: str, size: float, weight: str) -> float:
    """In points, as it will be printed."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(size=size, weight=weight)
    width: float = text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]
    return width
