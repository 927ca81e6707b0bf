"""Sentences in the reader's language, looked up by their Vietnamese original."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Protocol


class Translate(Protocol):
    """What `translator(lang)` returns: a sentence and its fields in, the sentence filled in out."""

    def __call__(self, msgid: str, /, **fields: object) -> str: ...


def N_(msgid: str, /) -> str:
    """Mark a sentence for translation where no reader is known yet (data, dataclasses)."""
    return msgid


def gettext(lang: str, msgid: str, /, **fields: object) -> str:
    """The sentence in `lang` ("vi" or "en"), its `{named}` fields filled in.

    A sentence without English is said in Vietnamese: better the right words in the wrong language
    than none. `make words` lists them and a test fails.
    """
    text = msgid if lang == "vi" else _catalogue(lang).get(msgid, msgid)
    return text.format_map(fields) if fields else text


def ngettext(lang: str, one: str, many: str, n: int, /, **fields: object) -> str:
    """The sentence for `n` things; `{n}` is filled in as the reader writes numbers.

    Vietnamese has no plural: `one` and `many` are usually the same sentence there.
    """
    from locales.figures import number

    text = one if n == 1 else many
    if lang != "vi":
        text = _plurals(lang).get((one, n == 1), text)
    return text.format_map({"n": number(lang, n), **fields})


@cache
def translator(lang: str, /) -> Translate:
    """`gettext` for one reader: `_ = translator(lang)`, then `_("Bà con …")`."""

    def translate(msgid: str, /, **fields: object) -> str:
        return gettext(lang, msgid, **fields)

    return translate


def warm(lang: str, /) -> int:
    """Read the catalogue now (it is read when first used otherwise); how many sentences."""
    return len(_catalogue(lang)) + len(_plurals(lang)) // 2


@cache
def _catalogue(lang: str) -> Mapping[str, str]:
    return {one: text for one, text in _entries(lang) if isinstance(text, str) and text}


@cache
def _plurals(lang: str) -> Mapping[tuple[str, bool], str]:
    pairs = ((one, text) for one, text in _entries(lang) if not isinstance(text, str))
    return {
        (one, single): form
        for one, forms in pairs
        for single, form in zip((True, False), forms, strict=True)
        if form
    }


def _entries(lang: str) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Every (Vietnamese, translation or its two plural forms) of every area file, in name order."""
    from babel.messages.pofile import read_po

    folder = resources.files("locales") / lang
    for area in sorted(folder.iterdir(), key=lambda f: f.name) if folder.is_dir() else ():
        if area.name.endswith(".po"):
            with area.open("rb") as file:
                catalog = read_po(file, locale=lang)
            for message in catalog:
                if message.id and not message.fuzzy:
                    one = message.id if isinstance(message.id, str) else message.id[0]
                    text = message.string or ""
                    yield one, text if isinstance(text, str) else tuple(text)
