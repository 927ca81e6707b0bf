"""Pages bound for the officer, and previews."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from bot.documents import accept, bind_pages, can_bind, preview
from bot.documents.office import DOCX, XLSX
from bot.documents.refusals import Refused
from tests.documents.samples import docx, encoded, pdf, picture

A4 = (595, 842)


def photo(size: tuple[int, int] = (900, 1200)) -> tuple[bytes, str]:
    taken = accept(encoded(picture(size), "PNG"), "a.png")
    return taken.data, taken.mime


def sizes(bound: bytes) -> list[tuple[int, int]]:
    with pikepdf.open(BytesIO(bound)) as book:
        boxes = [page.mediabox for page in book.pages]
        return [(round(float(b[2])), round(float(b[3]))) for b in boxes]


def test_photos_and_pdfs_in_their_order() -> None:
    two = pdf(2), "application/pdf"
    bound = bind_pages([photo(), two, photo((1200, 900))], "Giấy phép")
    assert sizes(bound) == [A4, sizes(two[0])[0], sizes(two[0])[1], A4[::-1]]
    with pikepdf.open(BytesIO(bound)) as book:
        assert str(book.docinfo["/Title"]) == "Giấy phép"


def test_the_same_pages_make_the_same_file() -> None:
    pages = [photo(), (pdf(), "application/pdf")]
    assert bind_pages(pages, "a") == bind_pages(pages, "a")


def test_a_photo_goes_in_as_it_is() -> None:
    data, mime = photo()
    with pikepdf.open(BytesIO(bind_pages([(data, mime)], "a"))) as book:
        (image,) = (x for x in book.objects if isinstance(x, pikepdf.Stream) and "/Width" in x)
        assert image.read_raw_bytes() == data


def test_the_bound_file_passes_our_own_door() -> None:
    assert accept(bind_pages([photo()], "a"), "a.pdf").refused is None


def test_png_straight_from_the_store_is_bound_too() -> None:
    assert sizes(bind_pages([(encoded(picture(), "PNG"), "image/png")], "a")) == [A4[::-1]]


def test_what_cannot_be_bound() -> None:
    assert [can_bind(m) for m in ("image/jpeg", "application/pdf", DOCX, XLSX)] == [
        True, True, False, False,
    ]  # fmt: skip
    for pages in ([], [(docx(), DOCX)]):
        with pytest.raises(ValueError, match="at least one"):
            bind_pages(pages, "a")
    for broken in ((b"%PDF-1.4 cut", "application/pdf"), (b"\xff\xd8\xff cut", "image/jpeg")):
        with pytest.raises(Refused, match="corrupt"):
            bind_pages([broken], "a")


def test_previews_are_small() -> None:
    data, mime = photo((2000, 3000))
    small = preview(data, mime, side=640)
    assert small
    assert Image.open(BytesIO(small)).size == (427, 640)
    assert preview(pdf(), "application/pdf") is None
