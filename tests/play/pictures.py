"""Photos and documents for tests: real bytes, drawn here, that pass or fail the photo check."""

from __future__ import annotations

import io
import zlib
from functools import cache


@cache
def photo(name: str, blurred: bool = False) -> bytes:
    """A sharp (or blurred) photo of a paper; another name gives another paper."""
    from PIL import Image, ImageDraw, ImageFilter

    image = Image.new("RGB", (1200, 1600), (236, 233, 226))
    draw = ImageDraw.Draw(image)
    seed = zlib.crc32(name.encode())
    for row in range(34):
        y, x = 120 + row * 42, 110
        while x < 1040:
            seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
            width = 20 + seed % 90
            draw.rectangle((x, y, x + width, y + 14), fill=(35, 35, 45))
            for cut in range(x + 8, x + width, 11):
                draw.rectangle((cut, y, cut + 3, y + 14), fill=(236, 233, 226))
            x += width + 18
    if blurred:
        image = image.filter(ImageFilter.GaussianBlur(14))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


@cache
def document(name: str) -> bytes:
    """A one-page PDF that says its name."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (827, 1169), "white")
    ImageDraw.Draw(image).text((80, 80), name.encode("ascii", "replace").decode(), fill="black")
    out = io.BytesIO()
    image.save(out, "PDF")
    return out.getvalue()
