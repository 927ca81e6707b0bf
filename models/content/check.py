"""Finds what is wrong in content files, with file and line, for `python -m bot check`."""

from __future__ import annotations

from importlib.resources.abc import Traversable

from models.content.check_national import check_national
from models.content.check_policy import check_policy
from models.content.check_province import check_province
from models.content.checker import Checker, Problem
from models.content.roots import content_root, provinces


def validate(root: Traversable | None = None) -> list[Problem]:
    """Problems of the national files and of every province under `root`, by file and line."""
    checker = Checker(root if root is not None else content_root())
    check_national(checker)
    found = provinces(checker.root)
    if not found:
        checker.problems.append(Problem(".", 0, "there is no folder with a province.yaml"))
    for name in found:
        check_province(checker, name)
    check_policy(checker, found)
    return sorted(set(checker.problems))
