"""Reads every content file the way the program does, with line numbers, and tells what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from models.content import Content, ContentError
from models.content.reading import SETS, Row, read


class _Proof(Content):
    """The same content, each file read with its line numbers."""

    def _national(self, name: str) -> Row:
        return read(self._root, f"national/{name}", lines=True)

    def _local(self, name: str) -> Row:
        return read(self._root, f"{self._folder}/{name}", lines=True)


def complaints(province: str, root: Path | None = None) -> Iterator[str]:
    """The first thing wrong in each part of the content: "file:line: what"."""
    proof = _Proof(root or files("content"), province)
    seen = set()
    for part in _parts(proof):
        try:
            part()
        except ContentError as error:
            if str(error) not in seen:
                seen.add(str(error))
                yield str(error)


def _parts(proof: Content) -> Iterator[Callable[[], object]]:
    """Everything that is read on first use, and every score sheet."""
    for name, member in vars(Content).items():
        if isinstance(member, property | cached_property):
            yield lambda name=name: getattr(proof, name)  # type: ignore[misc]
    for number in SETS:
        yield lambda number=number: proof.score_sheet(number)  # type: ignore[misc]
