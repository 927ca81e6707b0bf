"""The rounds a dossier may be put on, and their names as kept and as told.

Quyết định 26/2026/QĐ-TTg, Điều 5: a commune's request must reach the province before the cut-off.
"""

from __future__ import annotations

from conversations.context import Ctx
from conversations.records import DossierView
from models.content import Content
from models.content.process import Cutoff
from models.content.text import Text

OFFERED = 3
LOOKED_AT = 8  # four years of rounds: a case this old is put on the next one


def offered(ctx: Ctx, case: DossierView) -> tuple[Cutoff, ...]:
    """Rounds whose cut-off the case made and whose results are still to come, nearest first."""
    arrived = case.reached_province_at
    day = arrived.astimezone(ctx.local.tzinfo).date() if arrived else ctx.today
    found: list[Cutoff] = []
    for _ in range(LOOKED_AT):
        cutoff = ctx.content.next_cutoff(day)
        day = cutoff.before
        if cutoff.results_before >= ctx.today:
            found.append(cutoff)
        if len(found) == OFFERED:
            break
    return tuple(found) or (ctx.content.next_cutoff(ctx.today),)


def of_day(ctx: Ctx, case: DossierView, said: str) -> Cutoff | None:
    """The offered round whose cut-off is the ISO day `said`; a button's round or none."""
    return next((c for c in offered(ctx, case) if c.before.isoformat() == said), None)


def kept(cutoff: Cutoff) -> str:
    """The round as the dossier keeps it: its Vietnamese name and year."""
    return f"{cutoff.name.vi}/{cutoff.before.year}"


def named(content: Content, name: str) -> Text:
    """A kept round in both languages."""
    title, slash, year = name.rpartition("/")
    names = [r.name for r in content.process.rounds]
    names += [r.name for r in content.province.extra_rounds]
    english = next((n.en for n in names if n.vi == title), None)
    return Text(name, f"{english}{slash}{year}" if english else name)


def told(cutoff: Cutoff) -> Text:
    """The round with its year, for a button."""
    return Text(kept(cutoff), f"{cutoff.name.en}/{cutoff.before.year}")
