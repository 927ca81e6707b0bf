"""Long messages from templates: boards, receipts, timelines, review cards.

A template is plain text (nothing is escaped). `_` says a sentence in the reader's language;
`date`, `datetime`, `number` and `phone` write figures the way the reader writes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from conversations.understand import show_phone
from locales import date_, datetime_, number, translator

if TYPE_CHECKING:
    from jinja2 import Environment

_GAPS = re.compile(r"\n{3,}")


def render(template: str, lang: str, facts: Mapping[str, Any]) -> str:
    """The text of `templates/<template>.j2` in `lang`; a fact it needs and lacks is an error."""
    text = _environment(lang).get_template(f"{template}.j2").render(facts)
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return _GAPS.sub("\n\n", lines).strip()


@cache
def _environment(lang: str) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("conversations"),
        autoescape=False,  # noqa: S701  # plain text; the web chat escapes what it shows
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["_"] = translator(lang)
    made.globals["lang"] = lang
    made.filters["date"] = lambda day: _day(lang, day)
    made.filters["datetime"] = lambda at: datetime_(lang, at)
    made.filters["number"] = lambda n: number(lang, n)
    made.filters["phone"] = show_phone
    return made


def _day(lang: str, day: date | datetime | None) -> str:
    if day is None:
        return "–"
    return datetime_(lang, day) if isinstance(day, datetime) else date_(lang, day)
