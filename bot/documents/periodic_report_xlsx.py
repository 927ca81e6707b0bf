"""A report as an Excel file: a sheet a table, numbers as numbers, totals as formulas."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from conversations.periodic_report import Report, Section

MADE = datetime(2026, 1, 1)  # noqa: DTZ001  # no time of making: equal reports are one file
WIDEST = 60


def xlsx(report: Report) -> bytes:
    """The file; the same report gives the same bytes."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": report.subject, "created": MADE})
        _about(book, report)
        for section in report.sections:
            _sheet(book, report, section)
    return out.getvalue()


def _about(book: Any, report: Report) -> None:
    sheet = book.add_worksheet("Thông tin")
    bold = book.add_format({"bold": True, "font_size": 13})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 100)
    lines = [*report.office, report.title, report.subject, report.opening, report.closing]
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, bold if row < len(lines) - 2 else wrap)


def _sheet(book: Any, report: Report, section: Section) -> None:
    """The table from row 3 on; its total sums the cells above it."""
    table = section.table
    sheet = book.add_worksheet(_name(section.heading))
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bg_color": "#D9E8F5", "text_wrap": True, "border": 1})
    cell = book.add_format({"border": 1, "text_wrap": True, "num_format": "#,##0"})
    summed = book.add_format({"border": 1, "bold": True, "num_format": "#,##0"})
    sheet.write_string(0, 0, section.heading, bold)
    first = 2
    sheet.write_row(first, 0, table.head, head)
    for number, row in enumerate(table.rows, first + 1):
        sheet.write_row(number, 0, row, cell)
    last = first + len(table.rows)
    if table.total is not None:
        sheet.write_string(last + 1, 0, str(table.total[0]), summed)
        for column, value in enumerate(table.total[1:], 1):
            _sum(sheet, first + 1, last, column, value, summed)
    if table.note:
        sheet.write_string(last + 3, 0, table.note)
    for column in range(len(table.head)):
        words = [table.head[column], *(str(row[column]) for row in table.rows)]
        sheet.set_column(column, column, min(WIDEST, max(12, max(map(len, words)) + 2)))
    sheet.freeze_panes(first + 1, 1)


def _sum(sheet: Any, first: int, last: int, column: int, value: object, how: Any) -> None:
    from xlsxwriter.utility import xl_range

    if last < first:
        sheet.write_number(first, column, 0, how)
        return
    sheet.write_formula(last + 1, column, f"=SUM({xl_range(first, column, last, column)})", how,
                        value)  # fmt: skip


def _name(heading: str) -> str:
    """What Excel takes as a sheet's name: short, without some signs."""
    return "".join(letter for letter in heading if letter not in "[]:*?/\\")[:31]
