"""Values that must never be seen in logs, error pages or figures; and a way to listen for them."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot import log
from tests.security.house import SECRETS

NAME, COOP, WORDS = "Hoàng Yến Canary", "HTX Chim Hoàng Yến", "bí mật canary bảy ba"
PHONE, EMAIL, FILE = "0987654321", "canary@hoangyen.example", "giay-canary.jpg"
TAX = "2807654321"
#: As people write them, and as they are kept, folded or cut.
PERSONAL = (NAME, COOP, WORDS, EMAIL, FILE, TAX, "987654321", "987 654 321", "hoang yen", "Hoàng Y")


class Heard:
    """Everything that was logged."""

    def __init__(self, stream: io.StringIO) -> None:
        self._stream = stream

    @property
    def text(self) -> str:
        return self._stream.getvalue()


@contextmanager
def listening() -> Iterator[Heard]:
    """Our logging as `run` starts it, at its most talkative, into a string."""
    root, stream = logging.getLogger(), io.StringIO()
    before = root.handlers[:], root.level
    log.start("DEBUG")
    for handler in root.handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(stream)
    try:
        yield Heard(stream)
    finally:
        root.handlers, root.level = before
        logging.captureWarnings(False)
        structlog.reset_defaults()


def found(text: str, *more: str) -> list[str]:
    """Which canaries are in the text, also where it is escaped JSON or an address."""
    from urllib.parse import unquote

    seen = "\n".join((text, _unescaped(text), unquote(text))).lower()
    return [value for value in (*PERSONAL, *SECRETS, *more) if value and value.lower() in seen]


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)
