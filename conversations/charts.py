"""Charts as data: bars with words beside them, the same for a photo and for a page."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.records import Figures, State
from conversations.records.figures import STARS
from conversations.stats_tables import (
    ages_words,
    by_commune,
    commune_name,
    goal,
    reached,
    scope,
    set_name,
    step,
    targets,
)
from conversations.stats_targets import stand
from locales import N_, date_, gettext, number
from models.content import Content

MOST = 10  # bars of a chart of communes or sets
TITLE = N_("OCOP {scope}")
FOOT = N_("Số liệu ngày {day}, từ sổ sản phẩm và hồ sơ của trợ lý OCOP.")
HEADS = {
    "stars": N_("Sản phẩm theo hạng sao"),
    "cases": N_("Hồ sơ đang xử lý: {n}"),
    "communes": N_("Xã, phường nhiều sản phẩm nhất"),
    "sets": N_("Bộ nhiều sản phẩm nhất"),
}
STANDING = (N_("Còn hạn dài"), N_("Sắp hết hạn"), N_("Đã hết hạn"))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its parts in the legend's order, and what is told beside it in words."""

    label: str
    parts: tuple[float, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars one under another. `full`: what a whole bar means; None: the longest."""

    id: str
    title: str
    bars: tuple[Bar, ...]
    legend: tuple[str, ...] = ()
    full: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One picture: charts under a title."""

    title: str
    charts: tuple[Chart, ...]
    foot: str


def sheets(content: Content, figures: Figures, lang: str) -> tuple[Sheet, ...]:
    """The pictures for a phone: how the programme stands, then where and what."""
    drawn = {chart.id: chart for chart in charts(content, figures, lang)}
    parts = (("stars", "targets", "cases"), ("communes", "sets"))
    title = gettext(lang, TITLE, scope=scope(content, figures.reach, lang))
    foot = gettext(lang, FOOT, day=date_(lang, figures.on))
    picked = (tuple(drawn[i] for i in ids if i in drawn) for ids in parts)
    return tuple(Sheet(title, chosen, foot) for chosen in picked if chosen)


def charts(content: Content, figures: Figures, lang: str) -> tuple[Chart, ...]:
    """Every chart that has something to show."""
    made = (
        _stars(figures, lang),
        _targets(content, figures, lang),
        _cases(content, figures, lang),
        _communes(content, figures, lang),
        _sets(content, figures, lang),
    )
    return tuple(chart for chart in made if chart.bars)


def _stars(figures: Figures, lang: str) -> Chart:
    bars = []
    for star in STARS:
        held = figures.stars[star]
        parts = (held.good, held.ending, held.lapsed)
        fields = {"n": number(lang, held.valid), "over": number(lang, held.lapsed)}
        words = N_("{n} còn hạn, {over} đã hết") if held.lapsed else N_("{n} còn hạn")
        told = gettext(lang, words, **fields)
        bars.append(Bar(gettext(lang, N_("{n} sao"), n=star), parts, told))
    legend = tuple(gettext(lang, word) for word in STANDING)
    return Chart("stars", gettext(lang, HEADS["stars"]), tuple(bars), legend)


def _targets(content: Content, figures: Figures, lang: str) -> Chart:
    """How much of the way to each target is done; a commune alone has no way to go for counts."""
    bars = []
    for one in content.targets.listed:
        at = stand(one, figures)
        if one.unit == "count" and figures.reach is not None:
            continue
        fields = {"now": reached(at, lang), "goal": goal(one, lang, figures.reach is None)}
        words = N_("{now}, cần {goal}")
        bars.append(Bar(one.name(lang), (100 * at.reached,), gettext(lang, words, **fields)))
    title = targets(content, figures, lang).title
    return Chart("targets", title, tuple(bars), full=100.0)


def _cases(content: Content, figures: Figures, lang: str) -> Chart:
    ages = ages_words(content, lang)
    bars = []
    for state in State:
        parts = tuple(figures.cases.get((state.value, n), 0) for n in range(len(ages)))
        if sum(parts):
            told = number(lang, sum(parts))
            bars.append(Bar(step(state, lang), parts, told))
    title = gettext(lang, HEADS["cases"], n=number(lang, figures.open_cases))
    return Chart("cases", title, tuple(bars), ages)


def _communes(content: Content, figures: Figures, lang: str) -> Chart:
    bars = [
        Bar(commune_name(content, code, lang), (held.valid,), number(lang, held.valid))
        for code, held in by_commune(content, figures)[:MOST]
        if held.valid
    ]
    shown = bars if len(bars) > 1 else []  # one bar alone compares nothing
    return Chart("communes", gettext(lang, HEADS["communes"]), tuple(shown))


def _sets(content: Content, figures: Figures, lang: str) -> Chart:
    fullest = sorted(figures.sets.items(), key=lambda one: (-one[1].valid, one[0]))
    bars = [
        Bar(set_name(content, number_, lang), (held.valid,), number(lang, held.valid))
        for number_, held in fullest[:MOST]
        if held.valid
    ]
    return Chart("sets", gettext(lang, HEADS["sets"]), tuple(bars))
