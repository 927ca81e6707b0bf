"""Words people write: dialect, shorthand, abbreviations and spelling habits. Data only."""

from __future__ import annotations

from dataclasses import dataclass

from models.content.reading import Row


@dataclass(frozen=True, slots=True)
class Phrase:
    """A dialect phrase and its plain reading. `bare`: ok, careful or never, without diacritics."""

    say: str
    to: str
    bare: str


@dataclass(frozen=True, slots=True)
class Dialect:
    """A dialect word; never read so inside a compound of `keep_in`. `drop`: says nothing."""

    word: str
    means: tuple[str, ...]  # the usual reading first
    keep_in: tuple[str, ...]
    bare: str
    drop: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class Short:
    """Phone shorthand; when ambiguous the sentence decides."""

    short: str
    means: tuple[str, ...]
    ambiguous: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation of the trade with its long form."""

    abbr: str
    to: str
    also: tuple[str, ...]
    ambiguous: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class Spelling:
    """A common misspelling; left alone inside the compounds of `guard`."""

    wrong: str
    right: str
    guard: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the lexicon.yaml files hold, in the order of use: phrases longest first."""

    phrases: tuple[Phrase, ...]
    dialect: tuple[Dialect, ...]
    keep_as_is: tuple[str, ...]
    shorthand: tuple[Short, ...]
    abbreviations: tuple[Abbreviation, ...]
    spelling: tuple[Spelling, ...]
    examples: tuple[tuple[str, str], ...]  # said, plain


def lexicon(*files: Row) -> Lexicon:
    """The words of several files as one: the country's first, then what a province adds; of a word
    that both have, the province's reading counts."""

    def every(table: str) -> list[Row]:
        return [row for file in files for row in file.rows(table)]

    phrases = [Phrase(r.text("say"), r.text("to"), r.text("bare")) for r in every("phrases")]
    return Lexicon(
        phrases=tuple(sorted(phrases, key=lambda p: -len(p.say))),
        dialect=tuple(_dialect(r) for r in every("dialect")),
        keep_as_is=tuple(word for file in files for word in file.texts("keep_as_is")),
        shorthand=tuple(_short(r) for r in every("shorthand")),
        abbreviations=tuple(_abbreviation(r) for r in every("abbreviations")),
        spelling=tuple(
            Spelling(r.text("wrong"), r.text("right"), r.texts("guard")) for r in every("spelling")
        ),
        examples=tuple((r.text("say"), r.text("to")) for r in every("examples")),
    )


def _dialect(row: Row) -> Dialect:
    return Dialect(
        row.text("word"),
        row.texts("means"),
        row.texts("keep_in"),
        row.text("bare"),
        row.flag("drop"),
        row.maybe_text("note"),
    )


def _short(row: Row) -> Short:
    return Short(
        row.text("short"), row.texts("means"), row.flag("ambiguous"), row.maybe_text("note")
    )


def _abbreviation(row: Row) -> Abbreviation:
    return Abbreviation(
        row.text("abbr"),
        row.text("to"),
        row.texts("also"),
        row.flag("ambiguous"),
        row.maybe_text("note"),
    )
