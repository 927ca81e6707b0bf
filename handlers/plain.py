"""Messages for channels that know neither bold nor enough buttons: text, letters, parts."""

from __future__ import annotations

import re
import unicodedata

from models.messages import Button, Say

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PART = 1800  # NFC characters: below 2,000 whichever way the channel counts
_BOLD = re.compile(r"(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])")


def unmarked(text: str) -> str:
    """The text without its *bold* marks, composed."""
    return unicodedata.normalize("NFC", _BOLD.sub(r"\1", text))


def lettered(say: Say, buttons: int) -> tuple[str, tuple[Button, ...]]:
    """The text, with a list by letter when `buttons` are too few, and the buttons that fit.

    bot/lettered.py gives out letters and reads them; a choice without one has that of its place.
    """
    choices = [b for b in say.buttons if b.action]
    links = [b for b in say.buttons if b.url and not b.action]
    shown = tuple(b for b in say.buttons if b.action or b.url)
    if len(shown) <= buttons:
        return unmarked(say.text), shown
    lines = [f"{b.mark or mark(n)}. {b.label}" for n, b in enumerate(choices)]
    lines += [f"{b.label}: {b.url}" for b in links]
    text = "\n".join((unmarked(say.text), "", *lines)).strip()
    return unicodedata.normalize("NFC", text), tuple(choices[:buttons])


def mark(at: int) -> str:
    """0 → "A"; after Z come numbers, which are understood too."""
    return LETTERS[at] if at < len(LETTERS) else str(at + 1)


def parts(text: str, most: int = PART) -> list[str]:
    """The text in messages of at most `most` characters, cut between paragraphs, lines or words."""
    found = []
    rest = text.strip()
    while len(rest) > most:
        at = _cut(rest, most)
        found.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*found, rest] if rest or not found else found


def _cut(text: str, most: int) -> int:
    for gap in ("\n\n", "\n", " "):
        at = text.rfind(gap, most // 3, most)
        if at > 0:
            return at
    return most
