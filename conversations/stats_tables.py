"""The programme's figures in words: one set of tables for chat, dashboard and reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from conversations.records import UNDER_WAY, Figures, Held, Moves, State
from conversations.records.figures import STARS, Reach
from conversations.stages import STATE_WORDS
from conversations.stats_targets import Stand, stand
from locales import N_, date_, gettext, number
from models.content import Content
from models.content.targets import Target

Cell = str | int
NO_DATA = N_("chưa có số liệu")
TOTAL = N_("Cộng")
TITLES = {
    "stars": N_("Sản phẩm theo hạng sao"),
    "targets": N_("Chỉ tiêu đến {year}"),
    "cases": N_("Hồ sơ đang xử lý"),
    "communes": N_("Sản phẩm theo xã, phường"),
    "sets": N_("Sản phẩm theo bộ"),
    "moves": N_("Biến động trong kỳ"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is read: `total` sums the columns of whole numbers, when there is one."""

    id: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    note: str = ""


def tables(content: Content, figures: Figures, lang: str) -> tuple[Table, ...]:
    """What the figures of a day say, the most asked for first; the communes' only where there
    are several."""
    several = figures.reach is None or len(figures.reach) > 1
    made = [
        stars(figures, lang),
        targets(content, figures, lang) if content.targets.listed else None,
        cases(content, figures, lang),
        communes(content, figures, lang) if several else None,
        sets(content, figures, lang),
    ]
    return tuple(table for table in made if table is not None)


def stars(figures: Figures, lang: str) -> Table:
    """Products by star and by how their certificate stands."""
    head = (N_("Hạng"), N_("Còn hạn"), N_("Trong đó sắp hết"), N_("Đã hết hạn"))
    rows = [
        (gettext(lang, N_("{n} sao"), n=star), held.valid, held.ending, held.lapsed)
        for star, held in sorted(figures.stars.items())
    ]
    days = gettext(
        lang,
        N_("Sắp hết: còn hạn, nhưng đã vào thời gian nộp đánh giá lại."),
    )
    return _table("stars", lang, head, rows, note=days)


def sets(content: Content, figures: Figures, lang: str) -> Table:
    """The product sets that have products, the fullest first."""
    head = (N_("Bộ sản phẩm"), N_("Còn hạn"), N_("Đã hết hạn"))
    rows = [
        (set_name(content, number_, lang), held.valid, held.lapsed)
        for number_, held in _fullest(figures.sets.items())
    ]
    return _table("sets", lang, head, rows)


def communes(content: Content, figures: Figures, lang: str) -> Table:
    """Communes with products, the fullest first; how many have none is said below."""
    head = (N_("Xã, phường"), *(N_("{n} sao"),) * len(STARS), N_("Còn hạn"), N_("Đã hết hạn"))
    words = [gettext(lang, word, n=star) for word, star in zip(head[1:4], STARS, strict=True)]
    rows: list[tuple[Cell, ...]] = []
    listed = by_commune(content, figures)
    some = [(code, held) for code, held in listed if held.valid or held.lapsed]
    for code, held in some:
        of_star = figures.places.get(code, {})
        valid = [of_star.get(star, Held()).valid for star in STARS]
        rows.append((commune_name(content, code, lang), *valid, held.valid, held.lapsed))
    titles = (gettext(lang, head[0]), *words, gettext(lang, head[4]), gettext(lang, head[5]))
    none = len(listed) - len(some)
    note = gettext(lang, N_("{n} xã, phường khác chưa có sản phẩm."), n=none) if none else ""
    return _made("communes", gettext(lang, TITLES["communes"]), titles, rows, lang, note)


def by_commune(content: Content, figures: Figures) -> list[tuple[str, Held]]:
    """Communes with their products, the fullest first."""
    codes = set(content.communes if figures.reach is None else figures.reach) | set(figures.places)
    held = {code: sum(figures.places.get(code, {}).values(), Held()) for code in codes}
    names = {code: commune_name(content, code, "vi") for code in codes}
    return sorted(held.items(), key=lambda one: (-one[1].valid, -one[1].lapsed, names[one[0]]))


def cases(content: Content, figures: Figures, lang: str) -> Table:
    """Dossiers under way by the step they are at and since when."""
    ages = ages_words(content, lang)
    states = [state for state in State if state in UNDER_WAY]
    rows: list[tuple[Cell, ...]] = []
    for state in states:
        counts = [figures.cases.get((state.value, n), 0) for n in range(len(ages))]
        if any(counts):
            rows.append((step(state, lang), *counts, sum(counts)))
    head = (gettext(lang, N_("Bước")), *ages, gettext(lang, TOTAL))
    words = N_("Cột là số ngày ở bước đó. Quá hạn: {n} hồ sơ.")
    if not rows:
        words = N_("Không có hồ sơ nào đang xử lý.")
    note = gettext(lang, words, n=figures.overdue)
    note += _as_of(figures, lang)
    return _made("cases", gettext(lang, TITLES["cases"]), head, rows, lang, note)


def step(state: State, lang: str) -> str:
    """Where a dossier is, as officers say it: the household is somebody else here."""
    if state is State.SUPPLEMENT:
        return gettext(lang, N_("chờ chủ thể bổ sung"))
    return gettext(lang, STATE_WORDS[state])


def ages_words(content: Content, lang: str) -> tuple[str, ...]:
    """ "đến 7 ngày", "8-15 ngày", ..., "trên 30 ngày"."""
    bounds = content.report_form.age_days
    words = [gettext(lang, N_("đến {n} ngày"), n=bounds[0])]
    for low, high in pairwise(bounds):
        words.append(gettext(lang, N_("{low}-{high} ngày"), low=low + 1, high=high))
    return (*words, gettext(lang, N_("trên {n} ngày"), n=bounds[-1]))


def targets(content: Content, figures: Figures, lang: str) -> Table:
    """Each target with where it stands, or that nobody knows."""
    head = (N_("Chỉ tiêu"), N_("Cần đạt"), N_("Hiện nay"), N_("Cách tính"))
    rows = []
    for one in content.targets.listed:
        at = stand(one, figures)
        how = " ".join(filter(None, (counted(at, lang), one.note(lang) if one.note else "")))
        rows.append(
            (one.name(lang), goal(one, lang, figures.reach is None), reached(at, lang), how)
        )
    by, document = content.targets.by, content.targets.document
    title = gettext(lang, TITLES["targets"], year=by.year if by else "")
    note = gettext(lang, N_("Theo {document}."), document=document(lang) if document else "")
    note += _as_of(figures, lang)
    return Table("targets", title, tuple(gettext(lang, h) for h in head), tuple(rows), None, note)


def _as_of(figures: Figures, lang: str) -> str:
    """What is not of the report's last day says so."""
    if figures.today is None:
        return ""
    day = date_(lang, figures.today)
    return " " + gettext(lang, N_("Hồ sơ và các tỷ lệ cán bộ ghi: số ngày {day}."), day=day)


def goal(target: Target, lang: str, whole: bool) -> str:
    """ "610", "40%"; beside the figures of a part of the province, whose a number is."""
    told = number(lang, target.goal)
    if target.unit == "percent":
        return f"{told}%"
    return told if whole else gettext(lang, N_("{n} (cả tỉnh)"), n=told)


def reached(at: Stand, lang: str) -> str:
    """ "268", "12,5%", "chưa có số liệu"."""
    if not at.known:
        return gettext(lang, NO_DATA)
    if at.share is None:
        return number(lang, at.count)
    return f"{number(lang, round(at.share.percent, 1))}%"


def counted(at: Stand, lang: str) -> str:
    """ "12/380, còn 300 chưa ghi."; "" for plain counts."""
    if at.share is None:
        return ""
    fields = {key: number(lang, getattr(at.share, key)) for key in ("yes", "of", "unknown")}
    if at.share.unknown:
        return gettext(lang, N_("{yes}/{of}, còn {unknown} chưa ghi."), **fields)
    return gettext(lang, N_("{yes}/{of}."), **fields)


def moves(now_: Moves, before: Moves, lang: str) -> Table:
    """What happened in a period, beside the period before."""
    rows: list[tuple[Cell, ...]] = [
        (
            gettext(lang, N_("Giấy chứng nhận mới: {n} sao"), n=star),
            now_.issued.get(star, 0),
            before.issued.get(star, 0),
        )
        for star in STARS
    ]
    words = {
        N_("Hết hạn mà chưa có giấy mới"): "lapsed",
        N_("Bị thu hồi"): "revoked",
        N_("Hồ sơ nộp"): "handed_in",
        N_("Hồ sơ được công nhận"): "recognised",
        N_("Hồ sơ chưa đạt 3 sao"): "unranked",
        N_("Hồ sơ không được nhận"): "refused",
    }
    for word, key in words.items():
        rows.append((gettext(lang, word), getattr(now_, key), getattr(before, key)))
    head = (N_("Nội dung"), N_("Kỳ này"), N_("Kỳ trước"))
    title = gettext(lang, TITLES["moves"])
    return Table("moves", title, tuple(gettext(lang, h) for h in head), tuple(rows))


def scope(content: Content, reach: Reach, lang: str) -> str:
    """Whose figures: a commune's name, how many communes, or the province."""
    if reach is None:
        name = content.province.name_en if lang == "en" else content.province.name
        return gettext(lang, N_("cả tỉnh {name}"), name=name)
    if len(reach) == 1:
        return commune_name(content, next(iter(reach)), lang)
    return gettext(lang, N_("{n} xã, phường"), n=len(reach))


def commune_name(content: Content, code: str, lang: str) -> str:
    commune = content.communes.get(code)
    return commune.full(lang) if commune else code


def set_name(content: Content, number_: int, lang: str) -> str:
    """ "4. Mật ong, ..."."""
    one = content.sets.get(number_)
    name = (one.name_en if lang == "en" else one.name) if one else ""
    return f"{number_}. {name}"


def _fullest(items: Iterable[tuple[int, Held]]) -> list[tuple[int, Held]]:
    return sorted(items, key=lambda one: (-one[1].valid, -one[1].lapsed, one[0]))


def _table(
    id_: str, lang: str, head: Sequence[str], rows: Sequence[tuple[Cell, ...]], note: str = ""
) -> Table:
    words = tuple(gettext(lang, h) for h in head)
    return _made(id_, gettext(lang, TITLES[id_]), words, rows, lang, note)


def _made(
    id_: str,
    title: str,
    head: Sequence[str],
    rows: Sequence[tuple[Cell, ...]],
    lang: str,
    note: str = "",
) -> Table:
    """With the sums of its columns; the first column names the rows."""
    columns = range(1, len(head))
    sums = [sum(int(row[n]) for row in rows) for n in columns]
    total: tuple[Cell, ...] = (gettext(lang, TOTAL), *sums)
    return Table(id_, title, tuple(head), tuple(rows), total, note)
