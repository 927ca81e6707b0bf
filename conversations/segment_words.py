"""A segment in a form and in words: what may be chosen, and how it reads."""

from __future__ import annotations

from conversations.asker import finder, source
from conversations.context import Ctx
from conversations.places import commune_name, find_communes
from conversations.records import Segment
from conversations.steps import Answers, Choice
from locales import N_, gettext, join, number
from models.content import Content
from models.content.text import Text

FEW = 8  # communes offered as buttons
NAMED = 5  # communes named in a sentence

KIND_CHOICES = (
    Choice("all", N_("Mọi cơ sở")),
    Choice("sets", N_("Theo bộ sản phẩm")),
    Choice("stars", N_("Theo hạng sao")),
    Choice("types", N_("Theo loại cơ sở")),
    Choice("lapsed", N_("Giấy chứng nhận đã hết hạn")),
    Choice("expiring", N_("Giấy chứng nhận sắp hết hạn")),
)


@finder("own_communes")
def own_communes(ctx: Ctx, text: str, answers: Answers) -> tuple[Choice, ...]:
    """Communes the officer may write to."""
    officer = ctx.person.officer
    if officer is None:
        return ()
    found = find_communes(ctx, text, answers)
    return tuple(c for c in found if c.key in ctx.content.communes and officer.covers(c.key))


@source("own_communes")
def offered_communes(ctx: Ctx, answers: Answers) -> tuple[Choice, ...]:
    """A commune officer's own, while they are few; the province's types."""
    officer = ctx.person.officer
    if officer is None or not 1 < len(officer.communes) <= FEW or officer.role != "commune":
        return ()
    return tuple(Choice(code, commune_name(ctx, code), translated=True)
                 for code in sorted(officer.communes))  # fmt: skip


@finder("set_numbers")
def set_numbers(ctx: Ctx, text: str, answers: Answers) -> tuple[Choice, ...]:
    """Product sets by number or by a product's name."""
    wanted = text.removeprefix("=")
    if wanted.isdecimal():
        one = ctx.content.sets.get(int(wanted)) if len(wanted) < 3 else None
        numbers = [one.number] if one else []
    else:
        numbers = [m.set.number for m in ctx.content.find_sets(text, 4)]
    return tuple(Choice(str(n), set_name(ctx.content, ctx.lang, n), translated=True)
                 for n in numbers)  # fmt: skip


@source("no_options")
def no_options(ctx: Ctx, answers: Answers) -> tuple[Choice, ...]:
    """Nothing to press: it is typed."""
    return ()


@finder("star_ranks")
def star_ranks(ctx: Ctx, text: str, answers: Answers) -> tuple[Choice, ...]:
    wanted = text.removeprefix("=").strip()
    return tuple(c for c in all_ranks(ctx, answers) if c.key == wanted)


@source("star_ranks")
def all_ranks(ctx: Ctx, answers: Answers) -> tuple[Choice, ...]:
    """Ranks a certificate may have."""
    return tuple(Choice(str(n), ctx.t("{n} sao", n=n), translated=True) for n in (3, 4, 5))


@finder("types_of_producers")
def type_named(ctx: Ctx, text: str, answers: Answers) -> tuple[Choice, ...]:
    return tuple(c for c in all_types(ctx, answers) if c.key == text.removeprefix("="))


@source("types_of_producers")
def all_types(ctx: Ctx, answers: Answers) -> tuple[Choice, ...]:
    types = ctx.content.producer_types
    return tuple(Choice(t.id, Text(t.name, t.name_en)(ctx.lang), translated=True) for t in types)


def set_name(content: Content, lang: str, n: int) -> str:
    one = content.sets[n]
    return f"{n}. {Text(one.name, one.name_en)(lang)}"


def told(content: Content, lang: str, segment: Segment) -> str:
    """ "Cơ sở có sản phẩm 3 sao, ở xã A và xã B"."""
    return gettext(lang, N_("{who}, {where}"), who=_who(content, lang, segment),
                   where=_where(content, lang, segment.communes))  # fmt: skip


def _who(content: Content, lang: str, segment: Segment) -> str:
    if segment.kind == "sets":
        names = [set_name(content, lang, int(v)) for v in segment.values]
        return gettext(lang, N_("cơ sở làm sản phẩm bộ {sets}"), sets=join(lang, names))
    if segment.kind == "stars":
        return gettext(lang, N_("cơ sở có sản phẩm {stars} sao"), stars=", ".join(segment.values))
    if segment.kind == "types":
        known = {t.id: Text(t.name, t.name_en)(lang) for t in content.producer_types}
        return join(lang, [known.get(v, v) for v in segment.values])
    words = {
        "lapsed": N_("cơ sở có giấy chứng nhận đã hết hạn"),
        "expiring": N_("cơ sở có giấy chứng nhận sắp hết hạn"),
    }
    return gettext(lang, words.get(segment.kind, N_("mọi cơ sở")))


def _where(content: Content, lang: str, communes: tuple[str, ...]) -> str:
    if not communes:
        return gettext(lang, N_("cả tỉnh"))
    if len(communes) > NAMED:
        return gettext(lang, N_("{n} xã, phường"), n=number(lang, len(communes)))
    return join(lang, [content.communes[c].full(lang) for c in communes if c in content.communes])
