"""What /stats says: the figures as a short text, and the questions it asks officers."""

from __future__ import annotations

from conversations import stats_tables as tables
from conversations.context import Ctx
from conversations.records import Figures, State, Unrecorded
from conversations.render import render
from conversations.stats_targets import stand
from locales import N_, gettext, number
from models.content.targets import RECORDED, Target

MOST = 3  # sets and communes named in the text


def summary(ctx: Ctx, figures: Figures) -> str:
    """One message: products, dossiers, targets."""
    content, lang, stars = ctx.content, ctx.lang, figures.stars
    listed = [
        f"{gettext(lang, N_('{n} sao'), n=star)}: {number(lang, held.valid)}"
        for star, held in stars.items()
        if held.valid
    ]
    several = figures.reach is None or len(figures.reach) > 1
    target_table = tables.targets(content, figures, lang)
    facts = {
        "scope": tables.scope(content, figures.reach, lang),
        "day": figures.on,
        "total": figures.total,
        "stars": f" ({' · '.join(listed)})" if listed else "",
        "most": [
            (ctx.t("Bộ nhiều sản phẩm nhất"), _sets(ctx, figures)),
            (ctx.t("Xã, phường nhiều sản phẩm nhất"), _communes(ctx, figures) if several else []),
        ],
        "open_cases": figures.open_cases,
        "cases": _cases(ctx, figures),
        "overdue": figures.overdue,
        "targets": [_target(ctx, one, figures) for one in content.targets.listed],
        "targets_title": target_table.title,
        "targets_note": target_table.note,
    }
    return render("stats", lang, facts)


def _sets(ctx: Ctx, figures: Figures) -> list[str]:
    rows = tables.sets(ctx.content, figures, ctx.lang).rows[:MOST]
    return [f"{name}: {number(ctx.lang, int(valid))}" for name, valid, _ in rows if valid]


def _communes(ctx: Ctx, figures: Figures) -> list[str]:
    found = tables.by_commune(ctx.content, figures)[:MOST]
    return [
        f"{tables.commune_name(ctx.content, code, ctx.lang)}: {number(ctx.lang, held.valid)}"
        for code, held in found
        if held.valid
    ]


def _cases(ctx: Ctx, figures: Figures) -> list[str]:
    """A step a line: how many, and how many of them have been there longest."""
    ages = tables.ages_words(ctx.content, ctx.lang)
    lines = []
    for state in State:
        counts = [figures.cases.get((state.value, n), 0) for n in range(len(ages))]
        if not any(counts):
            continue
        line = f"{tables.step(state, ctx.lang)}: {number(ctx.lang, sum(counts))}"
        old = counts[-1]
        lines.append(f"{line} ({number(ctx.lang, old)} {ages[-1]})" if old else line)
    return lines


def _target(ctx: Ctx, target: Target, figures: Figures) -> str:
    at = stand(target, figures)
    told = ctx.t(
        "{name}: {now}, cần {goal}",
        name=target.name(ctx.lang),
        now=tables.reached(at, ctx.lang),
        goal=tables.goal(target, ctx.lang, figures.reach is None),
    )
    how = tables.counted(at, ctx.lang).rstrip(".") if at.known else ""
    return f"{told} ({how})" if how else told


def by_hand(ctx: Ctx) -> list[Target]:
    """Targets of which something is recorded by officers."""
    return [one for one in ctx.content.targets.listed if one.measure in RECORDED]


def question(ctx: Ctx, target: Target, one: Unrecorded) -> str:
    """ "*Mật ong Cường* (Hộ ..., xã ...): có truy xuất nguồn gốc điện tử không?" """
    place = tables.commune_name(ctx.content, one.commune_code, ctx.lang)
    about = f"{one.producer}, {place}" if one.producer else place
    return f"*{one.name}* ({about}): {target.ask(ctx.lang) if target.ask else ''}"
