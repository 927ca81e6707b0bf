"""Communes in a form: found in any spelling, former names told where they belong now."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.asker import finder, source
from conversations.context import Ctx
from conversations.steps import Answers, Asker, Choice, Search, Several
from models.content import Commune

MANY = 8  # more than this is a district: a list nobody wants to read on a phone


@dataclass(frozen=True, slots=True)
class CommuneStep(Search):
    """A search whose doubt is told: which former name, which of several."""

    def read(self, text: str, asker: Asker, answers: Answers) -> str:
        try:
            return Search.read(self, text, asker, answers)
        except Several as several:
            if len(several.choices) > MANY:
                note = asker.t(
                    "Tên này nay gồm {n} xã, phường. Bà con chọn một, hoặc gõ rõ tên xã.",
                    n=len(several.choices),
                )
            else:
                note = asker.t("Tên này có ở mấy nơi, bà con chọn giúp:")
            raise Several(several.choices, note) from None


@finder("communes")
def find_communes(ctx: Ctx, text: str, answers: Answers) -> tuple[Choice, ...]:
    """Communes that `text` may mean; "=CODE" asks for one."""
    if text.startswith("="):
        known = ctx.content.communes.get(text[1:])
        return (_choice(ctx, known),) if known else ()
    return tuple(_choice(ctx, m.commune) for m in ctx.content.find_commune(text))


def _choice(ctx: Ctx, commune: Commune) -> Choice:
    name = commune.full(ctx.lang)
    return Choice(commune.code, name[0].upper() + name[1:], translated=True)


@source("known_communes")
def known_communes(ctx: Ctx, answers: Answers) -> tuple[Choice, ...]:
    """Communes of the person's producers: offered, so that nothing is typed twice."""
    codes = dict.fromkeys(p.commune_code for p in ctx.records.producers(ctx.person.id))
    found = (find_communes(ctx, f"={code}", answers) for code in codes)
    return tuple(choice for choices in found for choice in choices)


def now_part_of(ctx: Ctx, text: str, code: str) -> str:
    """Where a former commune belongs now, when `text` named the commune by its former name."""
    for match in ctx.content.find_commune(text):
        if match.commune.code == code and match.former and match.note is not None:
            return match.note(ctx.lang)
    return ""


def commune_name(ctx: Ctx, code: str) -> str:
    """The commune with its kind, in the reader's language."""
    known = ctx.content.communes.get(code)
    return known.full(ctx.lang) if known else code
