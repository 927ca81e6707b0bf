"""How Telegram reads a text: its HTML, its length, and the words in which it refuses."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote"}


@dataclass
class Bad(Exception):
    """A refusal."""

    code: int
    text: str
    more: dict[str, Any] | None = None


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def read_html(text: str, mode: str | None) -> str:
    """The text without its tags; refused when they do not fit together."""
    if mode != "HTML":
        return text
    opened: list[str] = []
    shown, at = [], 0
    for tag in re.finditer(r"<(/?)(\w*)[^>]*>?", text):
        shown.append(text[at : tag.start()])
        at = tag.end()
        name = tag[2].lower()
        if name not in TAGS or not tag.group().endswith(">"):
            where = len(text[: tag.start()].encode())
            raise Bad(
                400,
                f'Bad Request: can\'t parse entities: Unsupported start tag "{name}" at byte '
                f"offset {where}",
            )
        if not tag[1]:
            opened.append(name)
        elif not opened or opened.pop() != name:
            raise Bad(400, "Bad Request: can't parse entities: Unmatched end tag")
    if opened:
        raise Bad(400, f"Bad Request: can't parse entities: Can't find end tag of \"{opened[-1]}\"")
    return html.unescape("".join([*shown, text[at:]])).strip()
