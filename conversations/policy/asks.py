"""The ways people ask, in plain text files beside the passages: a label, then a line a question."""

from __future__ import annotations

from importlib.resources.abc import Traversable

Asks = dict[str, list[str]]


def read(folder: Traversable) -> Asks:
    """What `folder` (asks/*.txt) holds: "# label" opens a group, every other line is a question.

    A label is a passage's id, "task:" and a task, or "refuse:" and a reason.
    """
    found: Asks = {}
    if not folder.is_dir():
        return found
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        label = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                label = line[1:].strip()
            elif line.strip():
                found.setdefault(label, []).append(line.strip())
    return found
