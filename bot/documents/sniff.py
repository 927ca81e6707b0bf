"""The door for files: what a file is, from its content, and whether we take it.

A photo leaves as a JPEG without metadata, upright and no larger than needed; a PDF, Word or Excel
file leaves as it came, after it was opened and found free of anything that runs or reaches out.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from models.messages import Attachment, PhotoProblem

from .names import clean_name
from .office import DOCX, XLSX, check_office, office_type
from .pdfs import PDF, check_pdf
from .photos import JPEG, PHOTO_TYPES, retake
from .refusals import Refusal, Refused

MAX_BYTES = 20 * 1024 * 1024
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
EXTENSIONS = {JPEG: ".jpg", PDF: ".pdf", DOCX: ".docx", XLSX: ".xlsx"}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that was looked at. `refused` is None when it may be kept; `data` is what to keep."""

    mime: str
    data: bytes
    name: str
    problems: tuple[PhotoProblem, ...] = ()
    refused: Refusal | None = None

    @property
    def kind(self) -> Literal["photo", "document"]:
        return "photo" if self.mime in PHOTO_TYPES else "document"

    def attachment(self, key: str | None) -> Attachment:
        """As the conversation sees it; `key` is its address in the file store, if it is kept."""
        return Attachment(
            kind=self.kind,
            name=self.name,
            mime=self.mime,
            size=len(self.data),
            key=key,
            problems=self.problems,
            refused=self.refused,
        )


def accept(data: bytes, name: str) -> Accepted:
    """Look at a file somebody sent. Never raises on its content: see `refused` of the answer.

    `data` of a refused file is empty, so that it cannot be kept by mistake.
    """
    mime = ""
    try:
        if len(data) > MAX_BYTES:
            raise Refused("too_big")
        mime = type_of(data)
        return _taken(data, mime, name)
    except Refused as refused:
        return Accepted(mime, b"", clean_name(name, ""), refused=refused.why)


def type_of(data: bytes) -> str:
    """The MIME type by content, or Refused("bad_type"). Only types that we take are known.

    Written out because the general detectors call HEIC a film and a workbook a document.
    """
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        return "image/heic"
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return office_type(_archive(data))
    raise Refused("bad_type" if data else "corrupt")


def _taken(data: bytes, mime: str, name: str) -> Accepted:
    if mime in PHOTO_TYPES:
        photo, problems = retake(data, mime)
        return Accepted(JPEG, photo, clean_name(name, EXTENSIONS[JPEG]), problems)
    if mime == PDF:
        check_pdf(data)
    else:
        check_office(_archive(data))
    return Accepted(mime, data, clean_name(name, EXTENSIONS[mime]))


def _archive(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise Refused("corrupt") from None
