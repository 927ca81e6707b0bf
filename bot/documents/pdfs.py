"""Is a PDF whole, readable and free of anything that runs?"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from .refusals import Refused

if TYPE_CHECKING:
    import pikepdf

PDF = "application/pdf"
ACTIVE = ("/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMedia", "/XFA", "/RichMediaContent")
ACTIVE_TYPES = {"/EmbeddedFile", "/Filespec"}  # a file inside, or a way to one outside
ACTIVE_ACTIONS = {
    "/JavaScript", "/Launch", "/GoToR", "/GoToE", "/ImportData", "/SubmitForm", "/Rendition",
    "/Movie", "/Sound", "/RichMediaExecute",
}  # fmt: skip
MAX_OBJECTS = 200_000
MAX_UNPACKED = 600 * 1024 * 1024  # bytes of all streams: twenty A4 scans in full colour
PIECE = 1024 * 1024
MAX_DEPTH = 30  # direct objects inside one another; real files stay under 10


def check_pdf(data: bytes) -> None:
    """Raises Refused: corrupt (cut off, no pages), unsafe (encrypted, scripts, files inside)."""
    import pikepdf

    if b"%%EOF" not in data[-2048:]:
        raise Refused("corrupt")  # cut off: a repair would silently lose its last pages
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            _check_open(pdf)
    except pikepdf.PasswordError:
        raise Refused("unsafe") from None
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError):
        raise Refused("corrupt") from None


def _check_open(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted or len(pdf.objects) > MAX_OBJECTS:
        raise Refused("unsafe")
    if not len(pdf.pages):
        raise Refused("corrupt")
    if any(_is_active(thing) for thing in pdf.objects):
        raise Refused("unsafe")
    _check_unpacked(pdf)


def _check_unpacked(pdf: pikepdf.Pdf) -> None:
    """A few kilobytes may unpack to gigabytes where the file is opened: counted, in pieces."""
    import pikepdf

    left = MAX_UNPACKED
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            packed = _filters(thing).count("/FlateDecode")
            if packed > 1:  # packed twice: nothing honest gains by it
                raise Refused("unsafe")
            if packed:
                left -= _unpacked(thing.read_raw_bytes(), left)


def _filters(stream: Any) -> list[str]:
    import pikepdf

    found = stream.get("/Filter")
    return (
        [str(name) for name in found.as_list()]
        if isinstance(found, pikepdf.Array)
        else [str(found)]
    )


def _unpacked(data: bytes, most: int) -> int:
    """How long it becomes; Refused when longer than `most`. Where it is broken it ends."""
    unpacking, size = zlib.decompressobj(), 0
    while data:
        try:
            size += len(unpacking.decompress(data, PIECE))
        except zlib.error:
            break
        if size > most:
            raise Refused("unsafe")
        data = unpacking.unconsumed_tail
    return size


def _is_active(thing: Any, depth: int = 0) -> bool:
    """Looks through direct objects only: indirect ones are in the file's own list."""
    import pikepdf

    if depth > MAX_DEPTH:
        return True
    if isinstance(thing, pikepdf.Array):
        inner = list(thing.as_list())
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        if _acts(thing):
            return True
        inner = [value for _, value in thing.items()]
    else:
        return False
    return any(_is_active(x, depth + 1) for x in inner if _is_direct_container(x))


def _acts(thing: Any) -> bool:
    if any(key in thing for key in ACTIVE):
        return True
    return str(thing.get("/Type")) in ACTIVE_TYPES or str(thing.get("/S")) in ACTIVE_ACTIONS


def _is_direct_container(thing: Any) -> bool:
    import pikepdf

    is_container = isinstance(thing, (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream))
    return is_container and not thing.is_indirect
