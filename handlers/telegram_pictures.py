"""Whether Telegram shows a picture as a photo: width and height together at most 10,000, neither
more than twenty times the other (Bot API, sendPhoto). Other pictures are sent as documents."""

from __future__ import annotations

from io import BytesIO

SUM, RATIO = 10_000, 20


def shown(data: bytes) -> bool:
    """True also for a picture whose size cannot be read: Telegram knows more kinds than we do."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as picture:  # reads no more than its head
            small, large = sorted(picture.size)
    except Image.DecompressionBombError:
        return False
    except (OSError, ValueError, SyntaxError):
        return True
    return small + large <= SUM and large <= small * RATIO
