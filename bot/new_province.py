"""A new province's folder: valid at once, with every value that is still to be filled in marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

from models.content import content_root

SKELETON = ("national", "skeleton")
MARK = "CẦN ĐIỀN"  # of a comment beside what is to be filled in; deleted when it is
LONGEST = 40
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class BadCode(ValueError):
    """No name for a province's folder."""


def make(code: str, folder: Path) -> Path:
    """The skeleton of the province `code` in `folder`; where it is.

    Raises BadCode, FileExistsError when there is such a folder, OSError when none can be written.
    """
    if not CODE.fullmatch(code) or len(code) > LONGEST or code == SKELETON[0]:
        raise BadCode(code)
    target = folder / code
    folder.mkdir(parents=True, exist_ok=True)
    target.mkdir()
    _copied(content_root().joinpath(*SKELETON), target)
    return target


def _copied(source: Traversable, target: Path) -> None:
    for one in source.iterdir():
        place = target / one.name
        if one.is_dir():
            place.mkdir()
            _copied(one, place)
        else:
            place.write_text(one.read_text(encoding="utf-8"), encoding="utf-8")


def unfilled(folder: Traversable, name: str = "") -> Iterator[str]:
    """What is still marked in a province's folder, as "file:line"."""
    for one in sorted(folder.iterdir(), key=lambda found: found.name):
        path = f"{name}/{one.name}" if name else one.name
        if one.is_dir():
            yield from unfilled(one, path)
        elif one.name.endswith(".yaml"):
            lines = one.read_text(encoding="utf-8").splitlines()
            yield from (f"{path}:{n}" for n, line in enumerate(lines, 1) if f"# {MARK}" in line)
