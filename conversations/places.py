"""Communes in a form: found in any spelling, former names told where they belong now."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.asker import finder, source
from conversations.context import Ctx
from conversations.steps import Answers, Asker, Choice, NotUnderstood, Search, Several
from locales import N_
from models.content import Commune
from models.content.fold import fold

OTHER = "~"  # none of those that were found
MANY = 8  # more than this is a district: a list nobody wants to read on a phone


@dataclass(frozen=True, slots=True)
class CommuneStep(Search):
    """A search whose doubt is told: which former name, which of several."""

    def read(self, text: str, asker: Asker, answers: Answers) -> str:
        try:
            code = Search.read(self, text, asker, answers)
        except Several as several:
            if several.choices[-1].key == OTHER:
                note = asker.t("Mình chưa chắc. Bà con nói nơi này phải không?")
            elif len(several.choices) > MANY:
                note = asker.t(
                    "Tên này nay gồm {n} xã, phường. Bà con chọn một, hoặc gõ rõ tên xã.",
                    n=len(several.choices),
                )
            else:
                note = asker.t("Tên này có ở mấy nơi, bà con chọn giúp:")
            raise Several(several.choices, note) from None
        if code == OTHER:
            raise NotUnderstood(asker.t(self.unknown))
        return code


@finder("communes")
def find_communes(ctx: Ctx, text: str, answers: Answers) -> tuple[Choice, ...]:
    """Communes that `text` may mean; "=CODE" asks for one."""
    if text.startswith("="):
        known = ctx.content.communes.get(text[1:])
        return (_choice(ctx, known),) if known else ()
    found = ctx.content.find_commune(text)
    choices = tuple(_choice(ctx, m.commune) for m in found)
    if len(found) == 1 and not text.isdecimal() and not _named(text, found[0].said):
        return (*choices, Choice(OTHER, N_("Không phải")))
    return choices


def _named(text: str, said: str) -> bool:
    """Is the name that was found the one that was typed, and no slip of the finger?"""
    kinds = ("thi tran ", "thi xa ", "thanh pho ", "xa ", "phuong ", "huyen ")
    name = fold(said)
    for kind in kinds:
        name = name.removeprefix(kind)
    return name in fold(text)


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


def sure_commune(ctx: Ctx, text: str) -> str | None:
    """The code of the one commune that `text` names for certain; None when there is a doubt."""
    found = ctx.content.find_commune(text) if text else ()
    if len(found) != 1 or not _named(text, found[0].said):
        return None
    return found[0].commune.code
