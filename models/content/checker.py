"""Reads content files with their lines and gathers what is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from models.content.reading import ContentError, Lined, Row, read, read_list

T = TypeVar("T")
_MACHINE_PATH = re.compile(r"/(work|tmp|home|root)/")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend. `line` is 0 when it is about the whole file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(slots=True)
class Checker:
    """Reads files with their lines and gathers problems; never stops at the first."""

    root: Traversable
    problems: list[Problem] = field(default_factory=list)

    def say(self, row: Row, message: str) -> None:
        self.problems.append(Problem(row.file, row.line, message))

    def read(self, name: str) -> Row:
        """The file, after the checks that every file gets; an empty row when unreadable."""
        try:
            row = read(self.root, name, lines=True)
        except ContentError as error:
            self.caught(error)
            return Row({}, name)
        self._text(name)
        self._words(row)
        return row

    def read_list(self, name: str) -> tuple[Row, ...]:
        """The mappings of a file that is a list of them; none when it is another or unreadable."""
        try:
            rows = read_list(self.root, name)
        except ContentError as error:
            self.caught(error)
            return ()
        if rows:
            self._text(name)
        return rows

    def caught(self, error: ContentError) -> None:
        self.problems.append(Problem(error.file, error.line, error.message))

    def parse(self, row: Row, parser: Callable[[Row], T]) -> T | None:
        """What `parser` makes of the row; None, with the problem noted, when it cannot."""
        try:
            return parser(row)
        except ContentError as error:
            if not error.line:
                error = ContentError(error.file, row.line, error.message)
            self.caught(error)
            return None

    def parse_all(self, rows: Iterable[Row], parser: Callable[[Row], T]) -> list[tuple[Row, T]]:
        """The rows that can be read, each with what it says."""
        read_rows = ((row, self.parse(row, parser)) for row in rows)
        return [(row, value) for row, value in read_rows if value is not None]

    def rows(self, row: Row, key: str) -> tuple[Row, ...]:
        """row.rows(key), with a problem noted when it is not a list of mappings."""
        return self.parse(row, lambda r: r.rows(key)) or ()

    def unique(self, rows: Iterable[Row], key: str, what: str) -> None:
        """Says so where the value of `key` was used before."""
        seen: set[Any] = set()
        for row in rows:
            value = row.data.get(key)
            if value in seen:
                self.say(row, f"{what} '{value}' is used twice")
            seen.add(value)

    def _text(self, name: str) -> None:
        text = self.root.joinpath(*name.split("/")).read_text(encoding="utf-8")
        for number, line in enumerate(text.split("\n"), 1):
            if line != unicodedata.normalize("NFC", line):
                self.problems.append(Problem(name, number, "Vietnamese must be written in NFC"))
            if "\t" in line or _MACHINE_PATH.search(line):
                self.problems.append(Problem(name, number, "a tab or a path of a machine"))

    def _words(self, row: Row) -> None:
        for pair in _mappings(row.data):
            if ("vi" in pair) != ("en" in pair):
                missing = "English (en)" if "vi" in pair else "Vietnamese (vi)"
                self.say(Row(pair, row.file), f"{missing} is missing")


def _mappings(value: Any) -> Iterator[Lined]:
    """Every mapping of a file, outer ones first."""
    if isinstance(value, Lined):
        yield value
        for inner in value.values():
            yield from _mappings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _mappings(inner)
