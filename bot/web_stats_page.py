"""The dashboard as a page: the same tables and charts as in chat, for a phone first."""

from __future__ import annotations

import html
from collections.abc import Sequence

from conversations.charts import charts
from conversations.records import Figures
from conversations.stats_tables import Cell, Table, scope, tables
from handlers.service_page import PRIVATE, service_page
from locales import N_, date_, gettext, number
from models.content import Content

TITLE = N_("Số liệu OCOP")
OPEN = N_("Mở bảng số liệu")
LEAVE = N_("Thoát")
CHAT = N_("Về trò chuyện")
ASK_OPEN = N_("Bảng số liệu chỉ xem, dành cho cán bộ đã xin đường dẫn này. Dùng một lần.")
OVER = N_(
    "Đường dẫn hoặc phiên xem đã hết. Anh/chị gõ /stats trong trò chuyện rồi bấm “Xem trên web” "
    "để lấy đường dẫn mới."
)
ALT = N_("Biểu đồ: {title}. Số liệu nằm ở bảng bên dưới.")
LONG = 24  # letters: more is a sentence
NUMBERS = (
    (N_("sản phẩm còn hạn"), "valid", ""),
    (N_("trong đó sắp hết hạn"), "ending", "warn"),
    (N_("đã hết hạn"), "lapsed", "warn"),
)


def dashboard(content: Content, figures: Figures, lang: str) -> str:
    """The page's body for an officer: whose figures, the charts with their tables."""
    drawn = {chart.id for chart in charts(content, figures, lang)}
    sections = (_section(table, table.id in drawn, lang) for table in
                tables(content, figures, lang))  # fmt: skip
    day = gettext(lang, N_("Ngày {day}"), day=date_(lang, figures.on))
    whose = scope(content, figures.reach, lang)
    return (
        f"<h2>{_e(whose[:1].upper() + whose[1:])}</h2><p class='note'>{_e(day)}</p>"
        f"{_numbers(figures, lang)}{''.join(sections)}"
        f'<div class="ways"><a class="choice" href="/">{_e(gettext(lang, CHAT))}</a>'
        f'<form method="post" action="/stats/leave"><button class="choice">'
        f"{_e(gettext(lang, LEAVE))}</button></form></div>"
    )


def door(lang: str) -> str:
    """What a fresh link shows: nothing is used up until somebody presses."""
    return (
        f'<form method="post" class="sheet"><p>{_e(gettext(lang, ASK_OPEN))}</p>'
        f'<button class="choice primary" id="go">{_e(gettext(lang, OPEN))}</button></form>'
    )


def over(lang: str) -> str:
    """The link or the session is over, or never was."""
    return (
        f'<p class="sheet notice" role="status">{_e(gettext(lang, OVER))}</p>'
        f'<div class="ways"><a class="choice" href="/">{_e(gettext(lang, CHAT))}</a></div>'
    )


def page(content: Content, lang: str, body: str) -> str:
    """The whole document around a body."""
    province = content.province
    place = province.name_en if lang == "en" else province.name
    words = {"lang": lang, "title": gettext(lang, TITLE), "place": place}
    return service_page("stats", words, body, head=PRIVATE)


def _numbers(figures: Figures, lang: str) -> str:
    total = figures.total
    told = [(getattr(total, key), word, style) for word, key, style in NUMBERS]
    told.append((figures.open_cases, N_("hồ sơ đang xử lý"), ""))
    told.append((figures.overdue, N_("hồ sơ quá hạn"), "warn"))
    items = "".join(
        f'<li class="{style if count else ""}"><b>{number(lang, count)}</b>'
        f"{_e(gettext(lang, word))}</li>"
        for count, word, style in told
    )
    return f'<ul class="numbers">{items}</ul>'


def _section(table: Table, drawn: bool, lang: str) -> str:
    alt = _e(gettext(lang, ALT, title=table.title))
    picture = (
        f'<figure><img src="/stats/chart/{table.id}.png?{lang}" alt="{alt}" width="720" '
        f'loading="lazy"></figure>'
        if drawn
        else ""
    )
    shown = f"{_table(table, lang)}{_long(table)}" if table.rows else ""
    note = f'<p class="note">{_e(table.note)}</p>' if table.note else ""
    both = " both" if drawn else ""
    return (
        f'<section class="sheet{both}" id="{table.id}" aria-labelledby="h-{table.id}">'
        f'<h2 id="h-{table.id}">{_e(table.title)}</h2>{picture}{shown}{note}</section>'
    )


def _table(table: Table, lang: str) -> str:
    """Readable by itself: caption, headings of columns and rows; scrolls alone when too wide."""
    head = "".join(f'<th scope="col">{_e(table.head[n])}</th>' for n in _short(table))
    body = "".join(_row(row, table, lang) for row in table.rows)
    foot = f"<tfoot>{_row(table.total, table, lang)}</tfoot>" if table.total else ""
    return (
        f'<div class="wide" role="region" tabindex="0" aria-labelledby="h-{table.id}"><table>'
        f"<caption>{_e(table.title)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody>{foot}</table></div>"
    )


def _row(cells: Sequence[Cell], table: Table, lang: str) -> str:
    first, *rest = (cells[n] for n in _short(table))
    told = "".join(
        f"<td>{_e(number(lang, cell) if isinstance(cell, int) else cell)}</td>" for cell in rest
    )
    return f'<tr><th scope="row">{_e(str(first))}</th>{told}</tr>'


def _short(table: Table) -> list[int]:
    """Columns that stay in the table; whole sentences go below it (`_long`)."""
    return [n for n in range(len(table.head)) if n not in _sentences(table)]


def _sentences(table: Table) -> list[int]:
    columns = range(1, len(table.head))
    return [n for n in columns if any(len(str(row[n])) > LONG for row in table.rows)]


def _long(table: Table) -> str:
    """What would not fit beside numbers on a phone: opened by whoever wants to know."""
    told = ""
    for n in _sentences(table):
        lines = "".join(
            f"<dt>{_e(str(row[0]))}</dt><dd>{_e(str(row[n]))}</dd>" for row in table.rows if row[n]
        )
        told += f"<details><summary>{_e(table.head[n])}</summary><dl>{lines}</dl></details>"
    return told


def _e(text: str) -> str:
    return html.escape(text)
