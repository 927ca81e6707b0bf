"""Photos as we keep them: upright JPEGs of a sensible size that tell nothing but the picture."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from models.messages import PhotoProblem

from .refusals import Refused

if TYPE_CHECKING:
    from PIL import Image

JPEG = "image/jpeg"
PILLOW_NAMES = {JPEG: "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}
PHOTO_TYPES = frozenset(PILLOW_NAMES)

LONGEST_SIDE = 2560  # pixels: an A4 page at 220 dots per inch, small print stays readable
QUALITY = 88
MAX_PIXELS = 64_000_000  # the largest common phone setting is 50 million; it bounds the memory


def retake(data: bytes, mime: str) -> tuple[bytes, tuple[PhotoProblem, ...]]:
    """The photo as a clean JPEG, and what is wrong with it.

    Raises Refused: corrupt (cannot be opened to the end), unsafe (more pixels than MAX_PIXELS).
    """
    from .photo_check import check_photo

    image = open_photo(data, mime)
    return to_jpeg(image), check_photo(image)


def open_photo(data: bytes, mime: str, longest: int = LONGEST_SIDE) -> Image.Image:
    """Decoded, turned as the camera meant it, RGB on white, at most `longest` pixels a side."""
    from PIL import Image, ImageOps

    try:
        image = _fit(_decode(data, mime, longest), longest)
        return _in_plain_colours(ImageOps.exif_transpose(image))
    except (Refused, Image.DecompressionBombError, Image.DecompressionBombWarning) as refused:
        raise Refused("unsafe") from refused
    except Exception:  # decoders of hostile bytes fail in every way there is; all mean the same
        raise Refused("corrupt") from None


def to_jpeg(image: Image.Image, quality: int = QUALITY) -> bytes:
    """Nothing of the file it came from is carried over: no EXIF, no place, no comments."""
    out = BytesIO()
    clean = image.copy()
    clean.info = {}
    clean.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def preview(data: bytes, mime: str, side: int = 640) -> bytes | None:
    """A small JPEG of a photo, at most `side` pixels long; None for what is not a photo."""
    if mime not in PHOTO_TYPES:
        return None
    return to_jpeg(open_photo(data, mime, side), quality=80)


def _decode(data: bytes, mime: str, longest: int) -> Image.Image:
    from PIL import Image

    if mime == "image/heic":
        _teach_heif()
    image: Image.Image = Image.open(BytesIO(data), formats=[PILLOW_NAMES[mime]])
    if image.width * image.height > MAX_PIXELS:
        raise Refused("unsafe")
    if mime == JPEG:  # the decoder can halve it on the way, which saves time and memory
        image.draft(None, _shrunk(image.size, longest))
    image.load()
    return image


def _teach_heif() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)


def _fit(image: Image.Image, longest: int) -> Image.Image:
    from PIL.Image import Resampling

    size = _shrunk(image.size, longest)
    if size == image.size:
        return image
    if image.mode in ("P", "1"):  # colours by number cannot be averaged
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image.resize(size, Resampling.BILINEAR, reducing_gap=2.0)


def _shrunk(size: tuple[int, int], longest: int) -> tuple[int, int]:
    scale = min(1.0, longest / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """RGB; what is transparent becomes paper white; deep greys and wide colours are brought in."""
    from PIL import Image

    if image.mode.startswith(("I", "F")):  # 16-bit scans
        return image.point(lambda v: v / 257).convert("L").convert("RGB")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image).convert("RGB")
    return _in_screen_colours(image)


def _in_screen_colours(image: Image.Image) -> Image.Image:
    """Phones save in wider colour spaces; without their profile the colours would look dull."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK"):
        return image.convert("RGB")
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image.convert("RGB")  # a broken profile only costs a little colour
    return turned or image.convert("RGB")
