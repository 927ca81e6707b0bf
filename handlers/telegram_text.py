"""Texts as Telegram takes them: HTML from *bold* marks, and long ones in several messages.

Limits are counted in UTF-16 units of the composed text (NFC), which is never more generous than
what Telegram counts: 4096 for a message, 1024 for a caption (Bot API, sendMessage, sendPhoto).
"""

from __future__ import annotations

import html
import re
import unicodedata

TEXT, CAPTION = 4096, 1024  # UTF-16 units

# A mark stands at the edge of a word: 3*4*5 is not bold.
BOLD = re.compile(r"(?<![^\W_])(?<!\*)\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![^\W_]|\*)")
# Where a text may be cut, best first; the cut is after the match.
_BREAKS = (re.compile(r"\n\s*\n"), re.compile(r"\n|[.!?…][)”\"»’]*\s+"), re.compile(r"\s+"))


def units(text: str) -> int:
    """The length of `text` in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """`text` composed, without what no client shows and Telegram refuses."""
    return unicodedata.normalize("NFC", re.sub(r"[\x00\ud800-\udfff]", "", text))


def as_html(text: str) -> str:
    """`text` with its *bold* marks as tags and everything else escaped."""
    return BOLD.sub(r"<b>\1</b>", html.escape(text, quote=False))


def without_tags(text: str) -> str:
    """What `as_html` made, as plain text: for when Telegram cannot read the tags."""
    return html.unescape(re.sub(r"</?b>", "", text))


def split(text: str, limit: int = TEXT) -> list[str]:
    """`text` in parts of at most `limit` units, cut at paragraphs, else at sentence ends."""
    parts = []
    while units(text) > limit:
        at = _cut(text, _fits(text, limit))
        parts.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*parts, text] if text.strip() or not parts else parts


def _fits(text: str, limit: int) -> int:
    """How many characters of `text` make at most `limit` units."""
    taken = 0
    for index, letter in enumerate(text):
        taken += 2 if ord(letter) > 0xFFFF else 1
        if taken > limit:
            return index
    return len(text)


def _cut(text: str, most: int) -> int:
    """The best place to cut within the first `most` characters; not in their first half."""
    for pattern in _BREAKS:
        places = [found.end() for found in pattern.finditer(text, most // 2, most)]
        if places:
            return _outside_bold(text, places[-1])
    return _outside_bold(text, most)


def _outside_bold(text: str, at: int) -> int:
    for bold in BOLD.finditer(text, 0, len(text)):
        if 0 < bold.start() < at < bold.end():
            return bold.start()
    return at
