"""Whether Telegram shows a picture as a photo: width and height together at most 10,000, neither
more than twenty times the other (Bot API, sendPhoto). Other pictures are sent as documents."""

from __future__ import annotations

import struct

SUM, RATIO = 10_000, 20
_PNG = b"\x89PNG\r\n\x1a\n"
# Of JPEG's markers C0 to CF those that do not begin a frame.
_NO_FRAME = (0xC4, 0xC8, 0xCC)


def shown(data: bytes) -> bool:
    """True also for a picture whose size cannot be read: Telegram knows more kinds than we do."""
    size = _png(data) if data.startswith(_PNG) else _jpeg(data)
    if size is None:
        return True
    small, large = sorted(size)
    return small + large <= SUM and large <= small * RATIO


def _png(data: bytes) -> tuple[int, int] | None:
    return struct.unpack(">II", data[16:24]) if len(data) >= 24 else None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """From the header of its frame, over all that may stand before it."""
    at = 2
    while data.startswith(b"\xff\xd8") and at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 1 if marker == 0xFF else 2 + length  # fill bytes may stand before a marker
    return None
