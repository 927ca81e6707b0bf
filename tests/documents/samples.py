"""Real bytes of every kind that people send, made on the spot."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from PIL import Image, ImageDraw


def picture(size: tuple[int, int] = (1200, 900), text: str = "Giấy phép") -> Image.Image:
    image = Image.new("RGB", size, (235, 232, 225))
    draw = ImageDraw.Draw(image)
    for line in range(40, size[1] - 40, 40):
        draw.text((60, line), f"{text} {line}", fill=(30, 30, 40), font_size=24)
    return image


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pdf(pages: int = 1, marks: str = "trang") -> bytes:
    images = [picture((600, 850), f"{marks} {n}") for n in range(pages)]
    out = BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:])
    return out.getvalue()


def docx(text: str = "Quy chế hợp tác xã") -> bytes:
    from docx import Document

    document = Document()
    document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active["A1"] = "Doanh thu"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(archive: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same archive with these parts added or replaced."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if info.filename not in parts:
                new.writestr(info, old.read(info), zipfile.ZIP_DEFLATED)
        for name, data in parts.items():
            new.writestr(name, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def part(archive: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        return opened.read(name)
