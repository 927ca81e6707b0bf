"""A corpus of hostile files at the real door: none is kept; what is kept tells and runs nothing.

Each kind of attack is tried in detail in tests/documents/test_accept.py; here it comes over HTTP.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from aiohttp import FormData
from PIL import Image

from bot.documents import accept
from tests.documents.samples import docx, encoded, pdf, picture, with_parts, xlsx
from tests.documents.test_accept import pdf_with, rels
from tests.security.house import House

PLACE = (18.0, 20.0, 33.0)
OWNER, SCRIPT = b"Nguyen Van Canary", b"<script>alert(1)</script>"


AS_IT_IS: Any = {
    "compress_streams": False,
    "stream_decode_level": pikepdf.StreamDecodeLevel.none,
}


def flate_bomb(times: int) -> bytes:
    """A one-page PDF of some hundred kilobytes whose streams unpack to gigabytes."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as book:
        zeros = zlib.compress(b"\0" * (64 * 1024 * 1024), 9)
        for number in range(times):
            stream = book.make_stream(zeros)
            stream.write(zeros, filter=pikepdf.Name.FlateDecode)
            book.Root[f"/X{number}"] = stream
        book.save(out, **AS_IT_IS)
    return out.getvalue()


def packed_twice() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as book:
        data = zlib.compress(zlib.compress(b"\0" * 1_000_000))
        flate = pikepdf.Name.FlateDecode
        stream = book.make_stream(b"")
        stream.write(data, filter=pikepdf.Array([flate, flate]), decode_parms=None)
        book.Root.X = stream
        book.save(out, **AS_IT_IS)
    return out.getvalue()


def many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "<a/>")
        made.writestr("word/document.xml", "<a/>")
        for number in range(3000):
            made.writestr(f"word/{number}.xml", "<a/>")
    return out.getvalue()


#: name, how it is made, the word it is refused with.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "anh.jpg": (lambda: b"MZ\x90\0" + b"\0" * 500, "bad_type"),
    "trang.jpg": (lambda: b"<!doctype html>" + SCRIPT, "bad_type"),
    "ve.svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT, "bad_type"),
    "gif.png": (lambda: b"GIF89a/*" + SCRIPT, "bad_type"),
    "cu.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "bad_type"),
    "goi.zip": (lambda: with_parts(_empty_zip(), {"a.txt": b"x"}), "bad_type"),
    "bom.png": (lambda: encoded(Image.new("1", (12000, 12000)), "PNG"), "unsafe"),
    "cut.jpg": (lambda: encoded(picture(), "JPEG")[:2000], "corrupt"),
    "macro.docx": (lambda: with_parts(docx(), {"word/vbaProject.bin": b"x"}), "unsafe"),
    "xa.docx": (lambda: with_parts(docx(), rels("attachedTemplate")), "unsafe"),
    "cuoi.docx": (
        lambda: with_parts(docx(), {"word/a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "unsafe",
    ),
    "bom.docx": (lambda: with_parts(docx(), {"word/b.xml": b" " * 30_000_000}), "unsafe"),
    "nhieu.docx": (many_parts, "unsafe"),
    "ngoai.xlsx": (
        lambda: with_parts(xlsx(), {"xl/externalLinks/externalLink1.xml": b"<a/>"}),
        "unsafe",
    ),
    "js.pdf": (lambda: pdf_with("javascript"), "unsafe"),
    "chay.pdf": (lambda: pdf_with("launch"), "unsafe"),
    "kem.pdf": (lambda: pdf_with("attachment"), "unsafe"),
    "khoa.pdf": (lambda: pdf_with("password"), "unsafe"),
    "bom.pdf": (lambda: flate_bomb(12), "unsafe"),
    "hailan.pdf": (packed_twice, "unsafe"),
    "cut.pdf": (lambda: pdf()[:-400], "corrupt"),
}


def _empty_zip() -> bytes:
    out = io.BytesIO()
    zipfile.ZipFile(out, "w").close()
    return out.getvalue()


class Chat:
    def __init__(self, home: House, chat: str) -> None:
        self.home, self.headers = home, {"Authorization": f"Bearer {chat}"}

    async def uploads(self, data: bytes, name: str) -> tuple[int, dict[str, object]]:
        form = FormData(quote_fields=False, default_to_multipart=True)
        form.add_field("file", io.BytesIO(data), filename=name)
        status, told = await self.home.ask("POST", "/chat/file", data=form, headers=self.headers)
        return status, json.loads(told)


@pytest.fixture
async def chat(home: House) -> Chat:
    _, told = await home.ask("POST", "/chat", json={})
    return Chat(home, json.loads(told)["chat"])


def kept(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in (folder / "files").glob("??/*")]


async def test_nothing_hostile_is_kept(chat: Chat, tmp_path: Path) -> None:
    for name, (make, word) in HOSTILE.items():
        status, told = await chat.uploads(make(), name)
        assert (status in (413, 415, 422), told.get("code")) == (True, word), name
        assert told["message"], "a person is told what to do instead"
    assert kept(tmp_path) == []


async def test_a_photo_tells_nothing_but_the_picture(chat: Chat, tmp_path: Path) -> None:
    """Where and by whom it was taken, its thumbnail, and whatever hangs on behind it."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = PLACE
    exif[0x013B] = OWNER.decode()
    photo = encoded(picture(), "JPEG", exif=exif, comment=OWNER) + b"PK\x03\x04" + SCRIPT
    assert OWNER in photo
    status, _ = await chat.uploads(photo, "giay.jpg")
    assert status == 201
    (data,) = kept(tmp_path)
    assert OWNER not in data and SCRIPT not in data and b"Exif" not in data
    with Image.open(io.BytesIO(data)) as seen:
        assert not seen.getexif() and "comment" not in seen.info


async def test_a_kept_file_can_neither_be_guessed_nor_run(chat: Chat, tmp_path: Path) -> None:
    data = pdf()
    status, told = await chat.uploads(data, "../../trang.html")
    assert status == 201 and str(told["name"]).endswith(".pdf")
    body = {"nonce": "nonce-000001", "files": [told["file"]]}
    assert (await chat.home.ask("POST", "/chat/say", json=body, headers=chat.headers))[0] == 200
    _, lines = await chat.home.ask("GET", "/chat/lines", headers=chat.headers)
    (url,) = {
        file["url"]
        for line in json.loads(lines)["lines"]
        for file in line.get("files", ())
        if line.get("mine")
    }
    async with chat.home.session.get(chat.home.url + url, headers=chat.headers) as answer:
        assert answer.status == 200 and await answer.read() == data
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in answer.headers
    assert (await chat.home.ask("GET", url))[0] == 401
    _, other = await chat.home.ask("POST", "/chat", json={})
    stranger = {"Authorization": f"Bearer {json.loads(other)['chat']}"}
    assert (await chat.home.ask("GET", url, headers=stranger))[0] == 401


def test_honest_scans_are_no_bombs() -> None:
    """A dozen blank pages in full colour pack a thousand times."""
    pages = [Image.new("RGB", (2480, 3508), "white") for _ in range(3)]
    out = io.BytesIO()
    with pikepdf.new() as book:
        for page in pages:
            stream = book.make_stream(b"")
            stream.write(zlib.compress(page.tobytes()), filter=pikepdf.Name.FlateDecode)
            book.add_blank_page(page_size=(595, 842))
            book.pages[-1].Resources = pikepdf.Dictionary(
                XObject=pikepdf.Dictionary(I=book.make_indirect(stream))
            )
        book.save(out)
    assert accept(out.getvalue(), "trang.pdf").refused is None
