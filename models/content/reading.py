"""Reads content files: YAML 1.2-safe text into rows whose fields are typed and checked once.

A file read for `python -m bot check` keeps line numbers; a file read for work does not, it is
about twice as fast.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from models.content.text import Text

_Fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SETS = range(1, 27)


class ContentError(Exception):
    """A content file says something that cannot be used; `line` is 0 when it is not known."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}" if line else f"{file}: {message}")
        self.file, self.line, self.message = file, line, message


class Lined(dict[str, Any]):
    """A mapping that remembers the line it starts on."""

    line = 0


class _LineLoader(_Fast):  # type: ignore[misc]  # chosen at run time
    """The same YAML with line numbers on every mapping."""


def _lined(loader: Any, node: Any) -> Iterator[Lined]:
    row = Lined()
    row.line = node.start_mark.line + 1
    yield row
    seen = [key.value for key, _ in node.value]
    twice = sorted({key for key in seen if seen.count(key) > 1})
    if twice:
        raise yaml.constructor.ConstructorError(
            None, None, f"key written twice: {', '.join(twice)}", node.start_mark
        )
    row.update(loader.construct_mapping(node, deep=True))


_LineLoader.add_constructor("tag:yaml.org,2002:map", _lined)


@dataclass(frozen=True, slots=True)
class Row:
    """One mapping of a content file. Getters raise ContentError when the field is wrong."""

    data: dict[str, Any]
    file: str

    @property
    def line(self) -> int:
        return getattr(self.data, "line", 0)

    def fail(self, message: str) -> ContentError:
        return ContentError(self.file, self.line, message)

    def has(self, key: str) -> bool:
        return self.data.get(key) is not None

    def get(self, key: str) -> Any:
        if self.data.get(key) is None:
            raise self.fail(f"'{key}' is missing")
        return self.data[key]

    def text(self, key: str) -> str:
        value = self.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(f"'{key}' must be a text in quotes")
        return value

    def maybe_text(self, key: str) -> str | None:
        return self.text(key) if self.has(key) else None

    def whole(self, key: str) -> int:
        value = self.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fail(f"'{key}' must be a whole number")
        return value

    def maybe_whole(self, key: str) -> int | None:
        return self.whole(key) if self.has(key) else None

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(f"'{key}' must be true or false")
        return value

    def day(self, key: str) -> date:
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            raise self.fail(f"'{key}' must be a date like \"2026-05-22\"") from None

    def maybe_day(self, key: str) -> date | None:
        return self.day(key) if self.has(key) else None

    def clock(self, key: str) -> time:
        try:
            return time.fromisoformat(self.text(key))
        except ValueError:
            raise self.fail(f"'{key}' must be a time like \"07:30\"") from None

    def both(self, key: str) -> Text:
        """The field's Vietnamese and English."""
        return self.row(key).bilingual()

    def maybe_both(self, key: str) -> Text | None:
        return self.both(key) if self.has(key) else None

    def bilingual(self) -> Text:
        """This row's own vi and en."""
        return Text(self.text("vi"), self.text("en"))

    def row(self, key: str) -> Row:
        value = self.get(key)
        if not isinstance(value, dict):
            raise self.fail(f"'{key}' must be a mapping")
        return Row(value, self.file)

    def rows(self, key: str) -> tuple[Row, ...]:
        """The field's list of mappings; empty when the field is absent."""
        value = self.data.get(key) or []
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise self.fail(f"'{key}' must be a list of mappings")
        return tuple(Row(v, self.file) for v in value)

    def texts(self, key: str) -> tuple[str, ...]:
        """The field's list of texts; empty when the field is absent."""
        value = self.data.get(key) or []
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.fail(f"'{key}' must be a list of texts in quotes")
        return tuple(value)

    def wholes(self, key: str) -> tuple[int, ...]:
        """The field's list of whole numbers; empty when the field is absent."""
        value = self.data.get(key) or []
        if not isinstance(value, list) or not all(type(v) is int for v in value):
            raise self.fail(f"'{key}' must be a list of whole numbers")
        return tuple(value)

    def sets(self, key: str) -> frozenset[int]:
        """Product sets written as "1-4, 7" or "all"."""
        written = self.text(key)
        if written == "all":
            return frozenset(SETS)
        found: set[int] = set()
        for part in written.split(","):
            low, _, high = part.strip().partition("-")
            if not low.isdecimal() or not (high or low).isdecimal():
                raise self.fail(f'\'{key}\' must be like "1-4, 7" or "all"')
            found |= set(range(int(low), int(high or low) + 1))
        if not found <= set(SETS):
            raise self.fail(f"'{key}' names a product set that is not between 1 and 26")
        return frozenset(found)


def read(root: Traversable, name: str, lines: bool = False) -> Row:
    """The file `name` ("national/dossier.yaml") under `root`.

    Raises ContentError when the file is missing, is not YAML, or is not one mapping.
    """
    data = _loaded(root, name, lines)
    if not isinstance(data, dict):
        raise ContentError(name, 1, "the file must be one mapping")
    return Row(data, name)


def read_list(root: Traversable, name: str) -> tuple[Row, ...]:
    """The mappings of a file that is a list of them, with their lines; none when it is no list.

    Raises ContentError when the file is missing or is not YAML.
    """
    data = _loaded(root, name, lines=True)
    rows = data if isinstance(data, list) else []
    return tuple(Row(row, name) for row in rows if isinstance(row, dict))


def _loaded(root: Traversable, name: str, lines: bool) -> Any:
    try:
        text = root.joinpath(*name.split("/")).read_text(encoding="utf-8")
    except OSError:
        raise ContentError(name, 0, "the file is missing") from None
    try:
        return yaml.load(text, _LineLoader if lines else _Fast)  # noqa: S506 - both are safe loaders
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ContentError(name, line, error.problem or "not readable as YAML") from None
