"""A report as a Word file: heading, numbered tables, the places to sign."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from conversations.periodic_report import Report
from conversations.stats_tables import Cell, Table
from locales import number

from .docx_bytes import steady

FONT, SIZE, TABLE_SIZE = "Times New Roman", 13, 11  # points, as official papers have them
LANG = "vi"


def docx(report: Report) -> bytes:
    """The file; the same report gives the same bytes."""
    from docx import Document
    from docx.shared import Cm, Pt

    paper = Document()
    style: Any = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin = Cm(3), Cm(1.5)
    page.top_margin = page.bottom_margin = Cm(2)
    _head(paper, report)
    _line(paper, report.title, bold=True, centre=True, size=14)
    _line(paper, report.subject, bold=True, centre=True)
    _line(paper, report.opening)
    for section in report.sections:
        _line(paper, section.heading, bold=True)
        _table(paper, section.table)
        if section.table.note:
            _line(paper, section.table.note, size=TABLE_SIZE, italic=True)
    _line(paper, report.closing, size=TABLE_SIZE, italic=True)
    _foot(paper, report)
    out = io.BytesIO()
    paper.save(out)
    return steady(out.getvalue())


def _head(paper: Any, report: Report) -> None:
    """The office on the left, the motto on the right; number and date below them."""
    office = [line.upper() for line in report.office]
    table = paper.add_table(rows=2, cols=2)
    _cell(table.cell(0, 0), office, bold_from=len(office) - 1)
    _cell(table.cell(0, 1), report.motto, bold_from=0)
    _cell(table.cell(1, 0), [report.number], bold_from=9)
    _cell(table.cell(1, 1), [report.dated], bold_from=9, italic=True)


def _cell(cell: Any, lines: Sequence[str], *, bold_from: int, italic: bool = False) -> None:
    for number_, text in enumerate(lines):
        written = cell.paragraphs[0] if number_ == 0 else cell.add_paragraph()
        _write(written, text, bold=number_ >= bold_from, centre=True, italic=italic, size=12)


def _foot(paper: Any, report: Report) -> None:
    table = paper.add_table(rows=1, cols=2)
    receivers, signed = table.cell(0, 0), table.cell(0, 1)
    for number_, text in enumerate(report.receivers):
        written = receivers.paragraphs[0] if number_ == 0 else receivers.add_paragraph()
        _write(written, text, bold=number_ == 0, italic=number_ == 0, size=TABLE_SIZE)
    _write(signed.paragraphs[0], report.signed, bold=True, centre=True)
    _write(signed.add_paragraph(), report.sign_here, italic=True, centre=True)


def _line(paper: Any, text: str, **how: Any) -> None:
    _write(paper.add_paragraph(), text, **how)


def _write(
    paragraph: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    centre: bool = False,
    size: int = SIZE,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.paragraph_format.space_after = Pt(4)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(paper: Any, table: Table) -> None:
    from docx.oxml import OxmlElement

    drawn = paper.add_table(rows=1, cols=len(table.head))
    drawn.style = "Table Grid"
    _row(drawn.rows[0], table.head, bold=True)
    # The heading is repeated where the table goes over to the next page.
    drawn.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cells in table.rows:
        _row(drawn.add_row(), cells)
    if table.total is not None:
        _row(drawn.add_row(), table.total, bold=True)


def _row(row: Any, cells: Sequence[Cell], *, bold: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for place, cell in zip(row.cells, cells, strict=True):
        text = number(LANG, cell) if isinstance(cell, int) else cell
        _write(place.paragraphs[0], text, bold=bold, size=TABLE_SIZE)
        if isinstance(cell, int):
            place.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
