"""Is a PDF whole, readable and free of anything that runs?"""

from __future__ import annotations

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
