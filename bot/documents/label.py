"""A label to print beside a product: QR code, name, stars, validity. 80 × 50 mm, PDF and PNG."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

INCH = 25.4


@dataclass(frozen=True, slots=True)
class Label:
    """What is printed; `url` is behind the QR code."""

    url: str
    product: str
    producer: str
    stars: int
    code: str
    until: str  # a whole sentence


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
    from textwrap import wrap

    lines = [(part, 8.5, "bold") for part in wrap(label.product, 17)[:3]]
    lines += [("★" * label.stars + " OCOP", 10.0, "bold")]
    lines += [(part, 6.5, "normal") for part in wrap(label.producer, 26)[:2]]
    place = 0.9
    for text, size, weight in lines:
        figure.text(0.54, place, text, size=size, weight=weight, va="top")
        place -= size * 0.0115
    figure.text(0.04, 0.12, f"{label.code} · {label.until}", size=6.5, va="top")
