"""Pages in order, bound into one PDF for the officer."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from .pdfs import PDF
from .photos import JPEG, PHOTO_TYPES, open_photo, to_jpeg
from .refusals import Refused

A4 = (595.276, 841.890)  # points


def can_bind(mime: str) -> bool:
    """Photos and PDFs can; Word and Excel files are sent beside the bound one."""
    return mime in PHOTO_TYPES or mime == PDF


def bind_pages(pages: Sequence[tuple[bytes, str]], title: str) -> bytes:
    """One PDF of `(data, mime)` in the order given; the same input gives the same bytes.

    Photos fill an A4 page, upright or lying as they are; pages of PDFs keep their size. Raises
    ValueError for no pages or a type that `can_bind` denies, Refused("corrupt") for a broken one.
    """
    import pikepdf

    if not pages or not all(can_bind(mime) for _, mime in pages):
        raise ValueError("bind_pages takes photos and PDFs, at least one")
    parts = [data if mime == PDF else _photo_page(data, mime) for data, mime in pages]
    try:
        return _bound(parts, title)
    except (pikepdf.PdfError, ValueError):
        raise Refused("corrupt") from None


def _bound(parts: Sequence[bytes], title: str) -> bytes:
    import pikepdf

    packed = pikepdf.ObjectStreamMode.generate
    out = BytesIO()
    with pikepdf.new() as book:
        for part in parts:
            with pikepdf.open(BytesIO(part)) as pdf:
                book.pages.extend(pdf.pages)
        book.docinfo["/Title"] = title
        book.remove_unreferenced_resources()
        book.save(out, deterministic_id=True, object_stream_mode=packed)
    return out.getvalue()


def _photo_page(data: bytes, mime: str) -> bytes:
    """The photo on one A4 page; a JPEG goes in as it is, without being pressed a second time."""
    import img2pdf

    jpeg = data if mime == JPEG else to_jpeg(open_photo(data, mime))
    layout = img2pdf.get_layout_fun(A4, auto_orient=True, fit=img2pdf.FitMode.into)
    try:
        made: bytes = img2pdf.convert(jpeg, layout_fun=layout, nodate=True, producer="")
    except img2pdf.ImageOpenError:
        raise Refused("corrupt") from None
    return made
