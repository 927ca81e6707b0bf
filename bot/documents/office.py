"""Is a Word or Excel file whole, and free of macros, foreign parts, outside links and bombs?"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable
from xml.etree import ElementTree
from xml.parsers import expat

from .refusals import Refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAIN_PARTS = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml"}

MAX_PARTS = 2_000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100  # a part of real text packs 5 to 30 times
SMALL = 1024 * 1024  # a part this small may pack as well as it likes

FOREIGN_PARTS = re.compile(
    r"vbaproject|vbadata|/activex/|/embeddings/|/externallinks/|/macrosheets/|/dialogsheets/"
    r"|/ctrlprops/|/webextensions/|/afchunk|^customui/|/connections\.xml$|/querytables/"
    r"|\.(bin|exe|dll|js|vbs|ole|html?|mht|rtf|svg|emf\.exe)$",
    re.IGNORECASE,
)
HARMLESS_BIN = re.compile(r"^(xl|word)/printersettings/[^/]+\.bin$", re.IGNORECASE)
LIVE_FIELDS = re.compile(rb"\bDDE(AUTO)?\b|\bINCLUDE(TEXT|PICTURE)\b")
INSTRUCTION = re.compile(rb"<w:(?:instrText|fldSimple)\b[^>]*>[^<]*")
DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
LINK = "/relationships/hyperlink"  # the only way out that waits for a click


def office_type(archive: zipfile.ZipFile) -> str:
    """DOCX or XLSX by the parts inside; Refused("bad_type") for any other archive."""
    names = set(archive.namelist())
    for mime, part in MAIN_PARTS.items():
        if part in names and "[Content_Types].xml" in names:
            return mime
    raise Refused("bad_type")


def check_office(archive: zipfile.ZipFile) -> None:
    """Raises Refused: corrupt (cut off, broken XML) or unsafe (see the module)."""
    parts = archive.infolist()
    _check_sizes(parts)
    _check_names(parts)
    try:
        for part in parts:
            _check_part(part.filename, archive.read(part))
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, ElementTree.ParseError, EOFError):
        raise Refused("corrupt") from None
    except (NotImplementedError, RuntimeError):  # a rare way of packing, or a password
        raise Refused("unsafe") from None


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """By the sizes the archive states; reading stops at them, so a lie ends as corrupt."""
    if len(parts) > MAX_PARTS or sum(p.file_size for p in parts) > MAX_UNPACKED:
        raise Refused("unsafe")
    for part in parts:
        if part.file_size > SMALL and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise Refused("unsafe")


def _check_names(parts: list[zipfile.ZipInfo]) -> None:
    names = [p.filename.replace("\\", "/") for p in parts]
    if len(set(names)) < len(names):
        raise Refused("unsafe")  # two parts of one name: readers differ on which one counts
    for name in names:
        if name.startswith("/") or ".." in name.split("/"):
            raise Refused("unsafe")
        if FOREIGN_PARTS.search(name) and not HARMLESS_BIN.match(name):
            raise Refused("unsafe")


def _check_part(name: str, data: bytes) -> None:
    lower = name.lower()
    if not lower.endswith((".xml", ".rels", ".vml")):
        return
    if any(mark in data for mark in DOCTYPES):
        raise Refused("unsafe")
    if lower.endswith(".rels"):
        _check_links(_entries(data))
    elif lower == "[content_types].xml":
        _check_types(_entries(data))
    else:
        expat.ParserCreate().Parse(data, True)
        _check_fields(data)


def _check_links(relations: Iterable[ElementTree.Element]) -> None:
    for relation in relations:
        kind = relation.get("Type", "")
        if relation.get("TargetMode", "").lower() == "external" and not kind.endswith(LINK):
            raise Refused("unsafe")


def _check_types(entries: Iterable[ElementTree.Element]) -> None:
    for entry in entries:
        kind = entry.get("ContentType", "").lower()
        if "macroenabled" in kind or "vba" in kind or "oleobject" in kind:
            raise Refused("unsafe")


def _check_fields(data: bytes) -> None:
    """Word's fields that fetch when the document opens. A field may be cut over several runs."""
    said = b"".join(INSTRUCTION.findall(data))
    plain = re.sub(rb"<[^>]*?(?:w:instr=\"([^\"]*)\")?[^>]*>", rb"\1", said)
    if LIVE_FIELDS.search(said) or LIVE_FIELDS.search(plain):
        raise Refused("unsafe")


def _entries(data: bytes) -> Iterable[ElementTree.Element]:
    return ElementTree.fromstring(data).iter()  # noqa: S314  (a part with a DTD was refused)
