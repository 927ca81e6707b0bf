"""Write the Word templates of the official forms from their texts in content/national/forms.

Run it after editing a text: `python scripts/make_forms.py`. How a text is written is told in the
README beside the texts. The same texts give the same bytes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docx import Document  # noqa: E402
from docx.enum.table import WD_TABLE_ALIGNMENT  # noqa: E402
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN  # noqa: E402
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER  # noqa: E402
from docx.oxml import OxmlElement  # noqa: E402
from docx.oxml.ns import qn  # noqa: E402
from docx.shared import Cm, Pt  # noqa: E402

from bot.documents.docx_bytes import steady  # noqa: E402

FORMS = ROOT / "content" / "national" / "forms"
FONT = "Times New Roman"
BODY, SMALL = 14, 12  # points
BOX_FONT = "Segoe UI Symbol"  # Times has no tick boxes
WIDTH, LETTER, SHORT_ANSWER = 16.5, 0.23, 4.4  # centimetres: the text, a letter, a phone number
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
BOX = re.compile(r"(\{\{ (?:tick|case)_\w+ \}\})")
ITALIC = re.compile(r"(?:^|(?<=\s))/(.+)/$")


def build(text: str) -> bytes:
    """The template of one form, as the bytes of a .docx file."""
    document = Document()
    _prepare(document)
    lines = iter(text.splitlines())
    for line in lines:
        command, _, rest = line.partition(" ") if line.startswith("@") else ("", "", line)
        if command == "@rows":
            _table(document, [int(share) for share in rest.split()], lines)
        else:
            LINES[command](document, rest)
    out = BytesIO()
    document.save(out)
    return steady(out.getvalue())


def _prepare(document: Any) -> None:
    """A4 and margins of Nghị định 30/2020/NĐ-CP, Phụ lục I; one font for every script."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin = page.bottom_margin = Cm(2)
    page.left_margin, page.right_margin = Cm(3), Cm(1.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(3)
    style.paragraph_format.line_spacing = 1.1
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.language = "vi-VN"


def _write(paragraph: Any, text: str, size: float = BODY, bold: bool = False) -> Any:
    """`text` into the paragraph; a part /between slashes/ at its end is in italics."""
    slanted = ITALIC.search(text)
    parts = [(text, False)]
    if slanted:
        parts = [(text[: slanted.start()], False), (slanted[1], True)]
    for part, italic in parts:
        for piece in filter(None, BOX.split(part)):
            run = paragraph.add_run(piece)
            run.bold, run.italic, run.font.size = bold, italic, Pt(size)
            if BOX.fullmatch(piece):  # smaller, so that the line does not grow
                run.font.name, run.font.size = BOX_FONT, Pt(size - 3)
    return paragraph


def _plain(document: Any, text: str) -> None:
    paragraph = _write(document.add_paragraph(), text)
    if "{{" not in text:  # a filled line may be broken by hand, which would stretch it
        paragraph.alignment = ALIGN.JUSTIFY
    _dots(paragraph, WIDTH)


def _two(document: Any, text: str) -> None:
    """The second field begins where the first has room for a short answer."""
    first, second = text.split(" || ")
    paragraph = _write(document.add_paragraph(), f"{first}\t{second}")
    label = first[: first.index("{{")]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(len(label) * LETTER + SHORT_ANSWER))
    _dots(paragraph, WIDTH)


def _dots(paragraph: Any, at: float) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Cm(at), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.DOTS)


def _title(document: Any, text: str) -> None:
    paragraph = _write(document.add_paragraph(), text, bold=True)
    paragraph.alignment = ALIGN.CENTER
    paragraph.paragraph_format.keep_with_next = True


def _bold(document: Any, text: str) -> None:
    paragraph = _write(document.add_paragraph(), text, bold=True)
    paragraph.paragraph_format.keep_with_next = True
    _dots(paragraph, WIDTH)


def _middle(document: Any, text: str) -> None:
    _write(document.add_paragraph(), f"/{text}/").alignment = ALIGN.CENTER


def _tag(document: Any, text: str) -> None:
    _write(document.add_paragraph(), text, bold=True).alignment = ALIGN.RIGHT


def _space(document: Any, _: str) -> None:
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _page(document: Any, _: str) -> None:
    document.add_page_break()


def _national(document: Any, office: str) -> None:
    """Quốc hiệu 13 points, tiêu ngữ 14, a line below; the office on the left if there is one."""
    if not office:
        _nation(document, document.add_paragraph(), 4.6)
        return
    left, right = _grid(document, (6.3, 10.2)).rows[0].cells
    _centred(left.paragraphs[0], office, 13)
    _rule(left, 2.2)
    _nation(right, right.paragraphs[0], 2)


def _nation(place: Any, paragraph: Any, inset: float) -> None:
    _centred(paragraph, NATION[0], 13)
    _centred(place.add_paragraph(), NATION[1], 14)
    _rule(place, inset)


def _centred(paragraph: Any, text: str, size: float) -> Any:
    paragraph.alignment = ALIGN.CENTER
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.0
    return _write(paragraph, text, size, bold=True)


def _rule(place: Any, inset: float) -> None:
    """A thin line, `inset` centimetres from either side."""
    paragraph = _centred(place.add_paragraph(), " ", 2)
    paragraph.paragraph_format.line_spacing = Pt(3)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(inset)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in {"val": "single", "sz": "6", "space": "2", "color": "000000"}.items():
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _sign(document: Any, text: str) -> None:
    row = _grid(document, (5.9, 10.6)).rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # never signed on an empty page
    cell = row.cells[1]
    for number, part in enumerate(text.split("; ")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        _centred(paragraph, part, BODY)
        if part.startswith("/"):
            paragraph.runs[0].bold = False
        paragraph.paragraph_format.keep_with_next = True
    for _ in range(4):
        cell.add_paragraph()


def _grid(document: Any, widths: tuple[float, ...]) -> Any:
    """A table of one row without borders."""
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _widen(table, widths)
    return table


def _widen(table: Any, widths: tuple[float, ...]) -> None:
    """Word reads the width of cells, others that of columns."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _table(document: Any, shares: list[int], lines: Iterator[str]) -> None:
    """A table with borders; its first row repeats on every page. Ends at a line without a bar."""
    table = document.add_table(rows=0, cols=len(shares), style="Table Grid")
    table.autofit = False
    for line in lines:
        if not line.startswith(("|", "{%tr")):
            LINES[line.split(" ")[0]](document, "")
            break
        parts = [part.strip() for part in line[1:].split("|")] if line[0] == "|" else [line]
        _row(table, parts, head=len(table.rows) == 0)
    _widen(table, tuple(WIDTH * share / 100 for share in shares))


def _row(table: Any, parts: list[str], head: bool) -> None:
    row = table.add_row()
    for cell, part in zip(row.cells, parts, strict=False):
        bold = head or part.startswith("*")
        _write(cell.paragraphs[0], part.removeprefix("*"), SMALL, bold)
        if head or _is_figure(part):
            cell.paragraphs[0].alignment = ALIGN.CENTER
    if head:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _is_figure(part: str) -> bool:
    return part.endswith(("most }}", "score }}", "_total }}"))


LINES: dict[str, Callable[[Any, str], None]] = {
    "": _plain,
    "@two": _two,
    "@title": _title,
    "@bold": _bold,
    "@middle": _middle,
    "@tag": _tag,
    "@national": _national,
    "@space": _space,
    "@page": _page,
    "@sign": _sign,
}

if __name__ == "__main__":
    for source in sorted(FORMS.glob("*.txt")):
        source.with_suffix(".docx").write_bytes(build(source.read_text(encoding="utf-8")))
