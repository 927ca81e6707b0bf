"""The door for files: what is taken, as what, and what is refused."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.documents import MAX_BYTES, accept, bind_pages, can_bind
from bot.documents.office import DOCX, XLSX
from bot.documents.photos import LONGEST_SIDE
from bot.documents.refusals import Refused
from tests.documents.samples import docx, encoded, part, pdf, picture, with_parts, xlsx

EXECUTABLE = b"MZ\x90\x00" + bytes(2000)
PHOTOS = ["JPEG", "PNG", "WEBP", "HEIF"]


def opened(data: bytes) -> Image.Image:
    image: Image.Image = Image.open(BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("kind", PHOTOS)
def test_every_photo_becomes_a_jpeg(kind: str) -> None:
    taken = accept(encoded(picture(), kind), "Ảnh giấy phép.heic")
    assert (taken.refused, taken.mime, taken.kind) == (None, "image/jpeg", "photo")
    assert taken.name == "Ảnh giấy phép.jpg"
    assert opened(taken.data).format == "JPEG"
    assert opened(taken.data).size == (1200, 900)


@pytest.mark.parametrize(
    ("data", "mime", "name"),
    [
        (pdf(), "application/pdf", "giay.pdf"),
        (docx(), DOCX, "giay.docx"),
        (xlsx(), XLSX, "giay.xlsx"),
    ],
)
def test_documents_pass_as_they_came(data: bytes, mime: str, name: str) -> None:
    taken = accept(data, "giay.exe")
    assert (taken.refused, taken.mime, taken.name, taken.kind) == (None, mime, name, "document")
    assert taken.data == data


def test_the_name_does_not_decide() -> None:
    assert accept(pdf(), "anh.jpg").name == "anh.pdf"
    assert accept(EXECUTABLE, "anh.jpg").refused == "bad_type"


@pytest.mark.parametrize(
    "data",
    [
        EXECUTABLE,
        Path("/bin/sh").read_bytes()[:4000],
        b"<html><script>alert(1)</script>",
        b"GIF89a" + bytes(100),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),  # .doc, .xls, encrypted .docx
        b"\x00\x00\x00\x18ftypmp42" + bytes(100),
        EXECUTABLE[:500] + b"%PDF-1.4",
        b"x",
    ],
)
def test_other_types_are_refused(data: bytes) -> None:
    refused = accept(data, "anh.jpg")
    assert (refused.refused, refused.data) == ("bad_type", b"")


def test_a_plain_archive_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("anh.jpg", b"x")
    assert accept(out.getvalue(), "hoso.docx").refused == "bad_type"


def test_too_big() -> None:
    assert accept(b"%PDF-1.4" + bytes(MAX_BYTES), "a.pdf").refused == "too_big"


@pytest.mark.parametrize("kind", PHOTOS)
def test_a_photo_cut_off_on_the_way_is_corrupt(kind: str) -> None:
    whole = encoded(picture(), kind)
    assert accept(whole[: len(whole) // 2], "a.jpg").refused == "corrupt"


@pytest.mark.parametrize("data", [pdf(3), docx(), xlsx()])
def test_a_document_cut_off_on_the_way_is_corrupt(data: bytes) -> None:
    assert accept(data[: len(data) * 2 // 3], "a").refused == "corrupt"


def test_nothing_at_all_is_corrupt() -> None:
    assert accept(b"", "a.jpg").refused == "corrupt"


def test_a_photo_is_turned_and_its_place_forgotten() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    exif.get_ifd(0x8825)[2] = (18.0, 20.0, 33.0)
    sent = encoded(picture(), "JPEG", exif=exif, comment=b"Nguyen Van A")
    assert b"Exif" in sent
    kept = accept(sent, "a.jpg").data
    assert opened(kept).size == (900, 1200)
    assert not opened(kept).getexif()
    assert b"Exif" not in kept
    assert b"Nguyen" not in kept


@pytest.mark.parametrize("kind", PHOTOS)
def test_a_large_photo_is_brought_to_size(kind: str) -> None:
    kept = opened(accept(encoded(picture((4000, 3000)), kind), "a").data)
    assert kept.size == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)


def test_what_is_transparent_becomes_paper() -> None:
    clear = Image.new("RGBA", (1000, 800), (255, 0, 0, 0))
    red, green, blue = opened(accept(encoded(clear, "PNG"), "a").data).getpixel((5, 5))  # type: ignore[misc]
    assert min(red, green, blue) > 250


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_odd_colours_are_taken(mode: str) -> None:
    grey = picture().convert("L")
    image = grey.convert("I;16").point(lambda v: v * 257) if mode == "I;16" else grey.convert(mode)
    kept = opened(accept(encoded(image, "JPEG" if mode == "CMYK" else "PNG"), "a").data)
    assert kept.mode == "RGB"
    assert abs(kept.convert("L").getpixel((20, 20)) - 232) < 25  # type: ignore[operator]


def test_the_same_photo_twice_is_the_same_file() -> None:
    sent = encoded(picture(), "JPEG")
    assert accept(sent, "a.jpg").data == accept(sent, "b.jpg").data


def test_a_picture_bomb_is_unsafe() -> None:
    assert accept(encoded(Image.new("1", (12000, 12000)), "PNG"), "a.png").refused == "unsafe"


def pdf_with(change: str) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf())) as book:
        if change == "javascript":
            action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
            book.Root.OpenAction = book.make_indirect(action)
        elif change == "launch":
            book.pages[0].AA = pikepdf.Dictionary(
                O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
            )
        elif change == "attachment":
            book.attachments["a.exe"] = EXECUTABLE
        if change == "password":
            book.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
        else:
            packed = pikepdf.ObjectStreamMode.generate
            book.save(out, object_stream_mode=packed, compress_streams=True)
    return out.getvalue()


@pytest.mark.parametrize("change", ["javascript", "launch", "attachment", "password"])
def test_a_pdf_that_acts_or_hides_is_unsafe(change: str) -> None:
    assert accept(pdf_with(change), "a.pdf").refused == "unsafe"


def test_a_plain_pdf_saved_the_same_way_passes() -> None:
    assert accept(pdf_with("nothing"), "a.pdf").refused is None


RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="http://a.example/x" TargetMode="External"/></Relationships>'
)


def rels(kind: str) -> dict[str, bytes]:
    return {"word/_rels/settings.xml.rels": RELS.format(kind=kind).encode()}


def field(instruction: str) -> dict[str, bytes]:
    body = part(docx("CHỖ"), "word/document.xml").decode()
    run = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}'
    return {"word/document.xml": body.replace("<w:r>", run + "</w:instrText></w:r><w:r>").encode()}


@pytest.mark.parametrize(
    "parts",
    [
        {"word/vbaProject.bin": b"x"},
        {"word/embeddings/oleObject1.bin": b"x"},
        {"word/activeX/activeX1.xml": b"<a/>"},
        {"../evil.xml": b"<a/>"},
        {"word/big.xml": b"<a>" + b" " * 30_000_000 + b"</a>"},
        {"word/a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
        {"word/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")},
        rels("attachedTemplate"),
        rels("oleObject"),
        field("DDEAUTO cmd calc"),
        field('DDEA</w:instrText></w:r><w:r><w:instrText xml:space="preserve">UTO cmd'),
        field('INCLUDETEXT "http://a.example"'),
    ],
    ids=lambda parts: next(iter(parts)),
)
def test_a_word_file_that_acts_or_reaches_out_is_unsafe(parts: dict[str, bytes]) -> None:
    assert accept(with_parts(docx(), parts), "a.docx").refused == "unsafe"


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/externalLinks/externalLink1.xml": b"<a/>"},
        {"xl/macrosheets/sheet1.xml": b"<a/>"},
        {"xl/connections.xml": b"<a/>"},
    ],
    ids=lambda parts: next(iter(parts)),
)
def test_a_workbook_that_reaches_out_is_unsafe(parts: dict[str, bytes]) -> None:
    assert accept(with_parts(xlsx(), parts), "a.xlsx").refused == "unsafe"


def test_macros_under_another_name_are_unsafe() -> None:
    types = part(docx(), "[Content_Types].xml")
    macro = types.replace(b"openxmlformats-officedocument.wordprocessingml.document.main+xml",
                          b"ms-word.document.macroEnabled.main+xml")  # fmt: skip
    assert macro != types
    sent = with_parts(docx(), {"[Content_Types].xml": macro})
    assert accept(sent, "a.docx").refused == "unsafe"


def test_links_people_write_are_welcome() -> None:
    sent = with_parts(docx(), rels("hyperlink"))
    assert accept(sent, "a.docx").refused is None
    mail = with_parts(docx("DDE là tên một loại thuốc"), field("HYPERLINK a@b.vn"))
    assert accept(mail, "a.docx").refused is None


def test_broken_xml_is_corrupt() -> None:
    assert accept(with_parts(docx(), {"word/document.xml": b"<a>"}), "a").refused == "corrupt"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\a\\Ảnh  bìa.JPEG", "Ảnh bìa.jpg"),
        ("anh\u202egpj.exe", "anhgpj.jpg"),
        ("a<b>:\n.jpg.exe", "a_b__.jpg"),
        ("con.jpg", "_con.jpg"),
        ("", "tep.jpg"),
        ("...", "tep.jpg"),
        ("a" * 300, "a" * 80 + ".jpg"),
    ],
)
def test_names_are_made_safe(name: str, clean: str) -> None:
    assert accept(encoded(picture(), "JPEG"), name).name == clean


def test_the_attachment_says_what_was_found() -> None:
    taken = accept(encoded(picture((500, 400)), "JPEG"), "a.jpg")
    attachment = taken.attachment("0" * 64)
    assert (attachment.kind, attachment.size) == ("photo", len(taken.data))
    assert "small" in attachment.problems
    assert accept(b"", "a").attachment(None).refused == "corrupt"


SMALL = [
    *(encoded(picture((300, 200)), kind) for kind in PHOTOS),
    pdf_with("nothing"),
    docx(),
    xlsx(),
]


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(SMALL), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255))), st.data())
def test_damaged_files_are_answered_never_a_crash(
    whole: bytes, damage: list[tuple[float, int]], data: st.DataObject
) -> None:
    broken = bytearray(whole)
    for where, byte in damage:
        broken[int(where * (len(broken) - 1))] = byte
    del broken[data.draw(st.integers(len(broken) // 4, len(broken))) :]
    taken = accept(bytes(broken), "a")
    assert bool(taken.data) == (taken.refused is None)
    if taken.data and can_bind(taken.mime):
        with suppress(Refused):  # a page may turn out broken only when it is copied
            assert bind_pages([(taken.data, taken.mime)], "a").startswith(b"%PDF-")
