"""What a person is told before anything about them is kept (national/privacy.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models.content.reading import Row
from models.content.text import Text


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose that is agreed to by itself."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a kind of data is kept; `kind` is law (bound by the source) or choice (ours).

    `days`: what is older goes by itself (bot/work/retention.py); None: until somebody acts.
    """

    id: str
    text: Text
    kind: str
    source: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Privacy:
    """The consent text and the rules about one's data, in our own words."""

    version: str
    since: date
    law: Text
    purposes: tuple[Purpose, ...]
    optional: tuple[Purpose, ...]  # each asked by itself, at its own time; refusing changes nothing
    asked: tuple[Text, ...]
    never: tuple[Text, ...]
    receivers: tuple[Text, ...]
    retention: tuple[Retention, ...]
    rights: tuple[Text, ...]
    answers: tuple[Text, ...]
    erase_within: timedelta  # what the law gives for an erasure
    copy_within: timedelta  # and for a copy of one's data
    keeps: tuple[Text, ...]  # why some of it stays when a person erases


def privacy(row: Row) -> Privacy:
    """The privacy file. Raises ContentError on a missing or wrong field."""
    return Privacy(
        version=row.text("version"),
        since=row.day("from"),
        law=row.both("law"),
        purposes=tuple(Purpose(p.text("id"), p.both("text")) for p in _some(row, "purposes")),
        optional=tuple(Purpose(p.text("id"), p.both("text")) for p in _some(row, "optional")),
        asked=_texts(row, "asked"),
        never=_texts(row, "never"),
        receivers=_texts(row, "receivers"),
        retention=tuple(_retention(r) for r in _some(row, "retention")),
        rights=_texts(row, "rights"),
        answers=_texts(row, "answers"),
        erase_within=_limit(row, "erase"),
        copy_within=_limit(row, "copy"),
        keeps=_texts(row, "keeps"),
    )


def _some(row: Row, key: str) -> tuple[Row, ...]:
    rows = row.rows(key)
    if not rows:
        raise row.fail(f"'{key}' must say something")
    return rows


def _texts(row: Row, key: str) -> tuple[Text, ...]:
    return tuple(r.bilingual() for r in _some(row, key))


def _retention(row: Row) -> Retention:
    kind = row.text("kind")
    if kind not in ("law", "choice"):
        raise row.fail("'kind' must be law or choice")
    days = row.maybe_whole("days")
    if days is not None and days < 1:
        raise row.fail("'days' must be 1 or more")
    return Retention(row.text("id"), row.both("text"), kind, row.text("source"), days)


def _limit(row: Row, what: str) -> timedelta:
    limit = row.row("limits").row(what)
    if limit.text("kind") not in ("law", "choice") or not limit.text("source"):
        raise limit.fail("'kind' must be law or choice, with its source")
    return timedelta(days=limit.whole("days"))
