"""The register of recognised products as a sheet people fill in: its template, and reading it.

Every cell that is wrong is named with its place and a reason; a row with one is not taken at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from conversations.understand import day, phone
from models.content import Content
from models.content.fold import fold

SHEET = "Sản phẩm OCOP"
STARS = (3, 4, 5)
EARLIEST = date(2018, 5, 1)  # the programme's first decisions


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and an example shown in grey under it."""

    key: str
    heading: str
    example: str
    needed: bool = True


COLUMNS = (
    Column("product", "Tên sản phẩm", "Mật ong hoa rừng (ví dụ, xoá dòng này)"),
    Column("producer", "Tên chủ thể", "Hợp tác xã Ví Dụ"),
    Column("type", "Loại chủ thể", "Hợp tác xã"),
    Column("commune", "Xã, phường", "xã của chủ thể"),
    Column("set", "Bộ sản phẩm (1-26)", "4"),
    Column("stars", "Số sao", "3"),
    Column("decision", "Số quyết định", "1234/QĐ-UBND"),
    Column("issued", "Ngày quyết định", "25/11/2024"),
    Column("valid_to", "Có giá trị đến", "25/11/2027", needed=False),
    Column("phone", "Điện thoại", "0912 345 678", needed=False),
    Column("where", "Nơi mua", "Cửa hàng của chủ thể", needed=False),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row that can be taken."""

    row: int
    product: str
    producer: str
    type: str
    commune: str  # code
    set: int
    stars: int
    decision: str
    issued: date
    valid_to: date
    phone: str
    where: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell to mend: "C5", and why."""

    cell: str
    why: str

    def __str__(self) -> str:
        return f"ô {self.cell}: {self.why}"


class BadSheet(Exception):
    """The file is no such sheet; the text says why."""


def template(path: Path, content: Content) -> None:
    """Write an empty sheet with headings, one example row and lists to choose from."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(SHEET)
        bold = book.add_format({"bold": True, "bg_color": "#D9E8F5", "text_wrap": True})
        grey = book.add_format({"italic": True, "font_color": "#6B7280"})
        for at, column in enumerate(COLUMNS):
            mark = " *" if column.needed else ""
            sheet.write(0, at, column.heading + mark, bold)
            sheet.write_string(1, at, column.example, grey)
            sheet.set_column(at, at, max(16, len(column.heading) + 4))
        sheet.freeze_panes(1, 1)
        types = [kind.name for kind in content.producer_types]
        sheet.data_validation(2, 2, 20000, 2, _choice(book, types))
        sheet.data_validation(2, 5, 20000, 5, {"validate": "list", "source": list(STARS)})


def _choice(book: Any, names: Sequence[str]) -> dict[str, object]:
    """A list on a sheet of its own: Excel takes no more than 255 characters inline."""
    sheet = book.add_worksheet("Loại chủ thể")
    for row, name in enumerate(names):
        sheet.write_string(row, 0, name)
    return {"validate": "list", "source": f"='Loại chủ thể'!$A$1:$A${len(names)}"}


def read(path: Path, content: Content, today: date) -> tuple[list[Entry], list[Wrong], int]:
    """The rows that can be taken, the cells to mend, and how many rows there were.

    Raises BadSheet when the file is not a sheet with these headings.
    """
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as wrong:  # openpyxl raises whatever the ZIP or the XML raised
        raise BadSheet(f"không đọc được tệp {path.name}: {wrong}") from wrong
    sheet = book.worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    places = _places(next(rows, ()))
    entries: list[Entry] = []
    wrong_cells: list[Wrong] = []
    count = 0
    readers = _readers(content, today)
    for number, cells in enumerate(rows, 2):
        if _empty(cells) or _is_example(cells, places):
            continue
        count += 1
        entry, bad = _entry(number, cells, places, readers, content)
        wrong_cells += bad
        if entry is not None:
            entries.append(entry)
    book.close()
    return entries, wrong_cells, count


def _places(head: Sequence[object]) -> dict[str, int]:
    """Column keys by place, however headings are ordered or spelled."""
    known = {fold(column.heading): column.key for column in COLUMNS}
    found = {known[key]: at for at, cell in enumerate(head)
             if (key := fold(str(cell or "")).rstrip(" *")) in known}  # fmt: skip
    lacking = [c.heading for c in COLUMNS if c.needed and c.key not in found]
    if lacking:
        raise BadSheet(f"thiếu cột: {', '.join(lacking)} (dòng đầu là tên cột)")
    return found


def _empty(cells: Sequence[object]) -> bool:
    return all(cell is None or not str(cell).strip() for cell in cells)


def _is_example(cells: Sequence[object], places: Mapping[str, int]) -> bool:
    at = places["product"]
    return at < len(cells) and str(cells[at]) == COLUMNS[0].example


Reader = Callable[[object], Any]  # raises ValueError with the reason


def _entry(
    number: int,
    cells: Sequence[object],
    places: Mapping[str, int],
    readers: Mapping[str, Reader],
    content: Content,
) -> tuple[Entry | None, list[Wrong]]:
    values: dict[str, Any] = {}
    wrong = []
    for column in COLUMNS:
        at = places.get(column.key)
        cell = cells[at] if at is not None and at < len(cells) else None
        try:
            values[column.key] = _value(column, cell, readers[column.key])
        except ValueError as why:
            wrong.append(Wrong(f"{_letter(at or 0)}{number}", str(why)))
    if wrong:
        return None, wrong
    values["valid_to"] = values["valid_to"] or content.certificate_end(values["issued"])
    if values["valid_to"] <= values["issued"]:
        cell_name = f"{_letter(places.get('valid_to', places['issued']))}{number}"
        return None, [Wrong(cell_name, "ngày hết giá trị phải sau ngày quyết định")]
    return Entry(row=number, **values), []


def _value(column: Column, cell: object, read_it: Reader) -> Any:
    if cell is None or not str(cell).strip():
        if column.needed:
            raise ValueError(f"thiếu {column.heading.lower()}")
        return None if column.key == "valid_to" else ""
    return read_it(cell)


def _letter(at: int) -> str:
    """0 → "A", 26 → "AA"."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(at))


def _readers(content: Content, today: date) -> dict[str, Reader]:
    """By column: what makes a value of a cell, or says why not."""

    def a_day(cell: object) -> date:
        if isinstance(cell, datetime):
            return cell.date()
        found = cell if isinstance(cell, date) else day(str(cell), today)
        if found is None:
            raise ValueError(f"không đọc được ngày “{cell}”, ghi như 25/11/2024")
        return found

    def issued(cell: object) -> date:
        found = a_day(cell)
        if not EARLIEST <= found <= today:
            raise ValueError(f"ngày quyết định {found:%d/%m/%Y} không hợp lý")
        return found

    return {
        "product": _text(200),
        "producer": _text(200),
        "type": lambda cell: _type(content, str(cell)),
        "commune": lambda cell: _commune(content, str(cell)),
        "set": lambda cell: _set(content, cell),
        "stars": _stars,
        "decision": _text(60),
        "issued": issued,
        "valid_to": a_day,
        "phone": _phone,
        "where": _text(300),
    }


def _text(most: int) -> Reader:
    def read_it(cell: object) -> str:
        said = " ".join(str(cell).split())
        if len(said) > most:
            raise ValueError(f"dài quá {most} chữ")
        return said

    return read_it


def _type(content: Content, said: str) -> str:
    wanted = fold(said)
    for kind in content.producer_types:
        if wanted in (fold(kind.id), fold(kind.name), fold(kind.name_en)):
            return kind.id
    close = [k.id for k in content.producer_types if fold(k.name).startswith(wanted)]
    if len(close) == 1:
        return close[0]
    names = "; ".join(kind.name for kind in content.producer_types)
    raise ValueError(f"không có loại chủ thể “{said}” (chọn: {names})")


def _commune(content: Content, said: str) -> str:
    if said.strip() in content.communes:
        return said.strip()
    found = list(dict.fromkeys(match.commune.code for match in content.find_commune(said)))
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValueError(f"không thấy xã, phường “{said}”")
    names = ", ".join(content.communes[code].full() for code in found[:4])
    raise ValueError(f"“{said}” có thể là {names}; ghi rõ một nơi")


def _set(content: Content, cell: object) -> int:
    said = str(cell).strip().partition(".")[0]
    if said.isdecimal() and int(said) in content.sets:
        return int(said)
    raise ValueError(f"bộ sản phẩm là số từ 1 đến {max(content.sets)}, không phải “{cell}”")


def _stars(cell: object) -> int:
    said = fold(str(cell)).removesuffix("sao").strip().removesuffix(".0")
    if said.isdecimal() and int(said) in STARS:
        return int(said)
    raise ValueError(f"số sao là 3, 4 hoặc 5, không phải “{cell}”")


def _phone(cell: object) -> str:
    said = str(int(cell)) if isinstance(cell, float) else str(cell)
    found = phone(said if said.startswith(("0", "+")) else f"0{said}")
    if found is None:
        raise ValueError(f"số điện thoại “{cell}” không đúng")
    return found


def batches(entries: Sequence[Entry], size: int = 1000) -> Iterator[Sequence[Entry]]:
    """The rows in parts, each written in one transaction."""
    for at in range(0, len(entries), size):
        yield entries[at : at + size]
