"""Texts that a channel approved beforehand, for notices when it takes nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from models.content.reading import Row

TITLE = (9, 65)  # characters that Zalo takes
TEXT = 400
_GAP = re.compile(r"<(\w+)>")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Template:
    """One approved text; `gaps` are the longest values of what stands in <...>, by name."""

    id: str
    title: str
    text: str
    gaps: Mapping[str, int]

    def filled(self, fields: Mapping[str, str]) -> dict[str, str]:
        """The gap's values, cut to what fits. Raises KeyError when one is not given."""
        return {name: _cut(fields[name], most) for name, most in self.gaps.items()}


def _cut(value: str, most: int) -> str:
    value = " ".join(value.split())
    return value if len(value) <= most else value[: most - 1].rstrip() + "…"


def template(row: Row) -> Template:
    gaps = {gap.text("name"): gap.whole("max") for gap in row.rows("gaps")}
    one = Template(row.text("id"), row.text("title"), row.text("text"), gaps)
    if not _NAME.fullmatch(one.id) or not all(map(_NAME.fullmatch, gaps)):
        raise row.fail("names of templates and gaps are small letters without accents")
    if set(_GAP.findall(one.text)) != set(gaps):
        raise row.fail("the gaps in 'text' are not those in 'gaps'")
    if not TITLE[0] <= len(one.title) <= TITLE[1]:
        raise row.fail(f"'title' takes {TITLE[0]} to {TITLE[1]} characters")
    if len(one.text) > TEXT or min(gaps.values(), default=1) < 1:
        raise row.fail(f"'text' takes at most {TEXT} characters, 'max' at least 1")
    return one
