"""Periodic reports: read back from their files, asked for in chat, sent when a period has ended."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import clock
from bot.records import SqlRecords
from bot.work.periodic_reports import compiled, just_ended
from conversations.periodic_report import Report
from conversations.periods import Period, ended, of, parse
from models.content import load
from models.database import Unit
from models.tables import Dossier
from tests.flows.household import household, pressed
from tests.flows.office import OTHER, appointed, due
from tests.flows.stats import DAY, HERE, THERE, drained, files, revoked, shelved
from tests.flows.talk import Talker, Town, town

NOVEMBER = Period("month", 2026, 11)


@pytest.mark.parametrize(
    ("key", "first", "last", "before", "words"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30), "2026-10", "tháng 11 năm 2026"),
        ("2026-01", date(2026, 1, 1), date(2026, 1, 31), "2025-12", "tháng 1 năm 2026"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "2028-01", "tháng 2 năm 2028"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "2026-Q3", "quý IV năm 2026"),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "2025-Q4", "quý I năm 2026"),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30), "2025-H2", "6 tháng đầu năm 2026"),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31), "2026-H1", "6 tháng cuối năm 2026"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2025", "năm 2026"),
    ],
)
def test_periods(key: str, first: date, last: date, before: str, words: str) -> None:
    period = parse(key)
    assert period is not None and period.key == key
    assert (period.first, period.last, period.name("vi")) == (first, last, words)
    assert period.before().key == before and period.before().after() == period
    assert of(period.kind, first) == of(period.kind, last) == period
    assert ended(period.kind, last + timedelta(days=1)) == period


@pytest.mark.parametrize("key", ["", "2026-13", "2026-Q5", "2026-H3", "2026-H0", "26-1", "x"])
def test_no_period(key: str) -> None:
    assert parse(key) is None


# -- the files, read back ------------------------------------------------------------------------
async def report(here: Town, *communes: str, period: Period = NOVEMBER) -> Report:
    reach, content = frozenset(communes) or None, here.house.content
    return await here.db.read(
        lambda unit: compiled(SqlRecords(unit, clock.now()), content, reach, period, DAY)
    )


def read_xlsx(data: bytes) -> dict[str, list[list[Any]]]:
    """By sheet: the rows of its table, heading first; as Excel shows them before computing."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), data_only=True)
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)]
        for sheet in book.worksheets[1:]
    }


def read_docx(data: bytes) -> tuple[list[str], list[list[list[str]]]]:
    """Its paragraphs, and its tables as rows of texts."""
    from docx import Document

    paper = Document(io.BytesIO(data))
    tables = [[[cell.text for cell in row.cells] for row in t.rows] for t in paper.tables]
    return [p.text for p in paper.paragraphs], tables


async def test_totals_add_up_and_both_files_say_the_same(tmp_path: Path) -> None:
    from bot.documents.periodic_report_docx import docx
    from bot.documents.periodic_report_xlsx import xlsx

    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        made = await report(here)
        sheets, (_, tables) = read_xlsx(xlsx(made)), read_docx(docx(made))
        assert len(sheets) == len(made.sections) == 6
        for section, (name, rows), drawn in zip(
            made.sections, sheets.items(), tables[1:-1], strict=True
        ):
            table = section.table
            assert section.heading.startswith(name[:20])
            assert rows[0] == list(table.head) == drawn[0]
            for given, in_sheet, in_word in zip(table.rows, rows[1:], drawn[1:], strict=False):
                assert in_sheet == [None if c == "" else c for c in given]
                shown = [f"{c:,}".replace(",", ".") if isinstance(c, int) else c for c in given]
                assert in_word == shown
            if table.total is not None:
                summed = [sum(row[n] for row in table.rows) for n in range(1, len(table.head))]  # type: ignore[misc]
                assert rows[1 + len(table.rows)] == ["Cộng", *summed]
                assert drawn[1 + len(table.rows)][1:] == [str(n) for n in summed]
        by_id = {section.table.id: section.table for section in made.sections}
        # Three ways of counting the same products.
        valid = (by_id["stars"].total or ())[1]
        assert valid == (by_id["sets"].total or ())[1] == (by_id["communes"].total or ())[4] == 3
        assert (by_id["stars"].total or ())[3] == (by_id["communes"].total or ())[5] == 1


async def test_our_own_door_would_let_both_files_in_and_they_are_steady(tmp_path: Path) -> None:
    import zipfile

    from bot.documents.office import DOCX, XLSX, check_office, office_type
    from bot.documents.periodic_report_docx import docx
    from bot.documents.periodic_report_xlsx import xlsx

    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        made = await report(here)
        for write, mime in ((docx, DOCX), (xlsx, XLSX)):
            data = write(made)
            assert data == write(made)
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                assert office_type(archive) == mime
                check_office(archive)


async def test_the_form_is_an_official_one(tmp_path: Path) -> None:
    from bot.documents.periodic_report_docx import docx

    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        lines, tables = read_docx(docx(await report(here)))
        head = tables[0]
        assert head[0][0].startswith("ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH\nSỞ NÔNG NGHIỆP")
        assert head[0][1] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
        assert head[1][1] == "Hà Tĩnh, ngày      tháng      năm 2026"
        assert lines[0] == "BÁO CÁO" and "tháng 11 năm 2026" in lines[1]
        assert "từ ngày 01/11/2026 đến hết ngày 25/11/2026" in lines[2]  # still running
        assert "I. Sản phẩm có giấy chứng nhận theo hạng sao" in lines
        assert "THỦ TRƯỞNG ĐƠN VỊ" in tables[-1][0][1]
        of_commune, drawn = read_docx(docx(await report(here, HERE)))
        name = load().communes[HERE]
        assert drawn[0][0][0] == f"ỦY BAN NHÂN DÂN {name.full().upper()}"
        assert drawn[0][1][1].startswith(name.name)
        assert not any("theo xã, phường" in line for line in of_commune)


async def test_what_happened_stands_beside_the_period_before(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        lapsed = ["Ruốc", "Hộ Lan", "ho", THERE, 9, 3, "7/QĐ", "20/11/2023", "20/11/2026"]
        earlier = ["Mắm", "Hộ Lan", "ho", THERE, 9, 3, "8/QĐ", "20/10/2026", None]
        await shelved(here, tmp_path, [lapsed, earlier])
        await revoked(here, 1, date(2026, 11, 3))
        await household(here)

        def decided(unit: Unit) -> None:
            row = unit.get_one(Dossier, 1)
            row.state, row.decision_date = "unranked", date(2026, 11, 1)
            row.submitted_at = datetime(2026, 10, 31, 17, 30, tzinfo=UTC)  # 1/11, 0:30 here

        await here.db.run(decided)
        made = await report(here)
        (table,) = [s.table for s in made.sections if s.table.id == "moves"]
        rows = {str(row[0]): row[1:] for row in table.rows}
        assert rows["Giấy chứng nhận mới: 4 sao"] == (1, 0)
        assert rows["Giấy chứng nhận mới: 3 sao"] == (0, 1)
        assert rows["Hết hạn mà chưa có giấy mới"] == (1, 0)
        assert rows["Bị thu hồi"] == (1, 0)
        assert rows["Hồ sơ nộp"] == (1, 0) and rows["Hồ sơ chưa đạt 3 sao"] == (1, 0)


async def test_a_past_report_says_what_is_of_today(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        october = await report(here, period=Period("month", 2026, 10))
        notes = {section.table.id: section.table.note for section in october.sections}
        for id_ in ("cases", "targets"):
            assert notes[id_].endswith("Hồ sơ và các tỷ lệ cán bộ ghi: số ngày 25/11/2026.")
        by_id = {section.table.id: section.table for section in october.sections}
        assert (by_id["stars"].total or ())[1] == 2  # the candy's certificate came in November
        notes = {s.table.id: s.table.note for s in (await report(here)).sections}
        assert "cán bộ ghi: số" not in notes["cases"] + notes["targets"]


# -- asked for -----------------------------------------------------------------------------------
async def test_an_officer_fetches_a_report(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        tam = await appointed(here, "Tâm", "province")
        await tam.say("/stats")
        await drained(here)
        await tam.letters()
        await tam.press("Báo cáo")
        assert "Mình đang làm" in await tam.press("Tháng 10 năm 2026")
        await drained(here)
        told = await tam.letters()
        assert "*Báo cáo tháng 10 năm 2026*, cả tỉnh Hà Tĩnh" in told
        base = "bao-cao-ocop-2026-10-ca-tinh-ha-tinh"
        assert files(tam) == [f"{base}.docx", f"{base}.xlsx"]
        await tam.press("Kỳ khác")
        await tam.press("Kỳ sau")
        assert "Tháng 11 năm 2026" in tam.labels and "Kỳ sau" not in tam.labels
        await tam.say(load().communes[THERE].full())
        await tam.press("Quý IV năm 2026")
        await drained(here)
        assert load().communes[THERE].full() in await tam.letters()


async def test_a_commune_officer_gets_its_own_only(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        minh = await appointed(here, "Minh")
        assert "Nút đó đã cũ" in await pressed(here, minh, f"stats:make=2026-10.{THERE}")
        assert "Nút đó đã cũ" in await pressed(here, minh, "stats:make=2026-99.")
        await pressed(here, minh, "stats:make=2026-10.")
        await drained(here)
        told = await minh.letters()
        assert load().communes[HERE].full() in told
        sheets = read_xlsx(here.files.get(minh.heard[-1].files[1].key))
        (stars,) = [rows for name, rows in sheets.items() if name.startswith("I. ")]
        assert stars[-3][:2] == ["Cộng", 2]


# -- on schedule ---------------------------------------------------------------------------------
def at(day: date, hour: int = 8) -> datetime:
    """That hour in Vietnam."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=7)


@pytest.mark.parametrize(
    ("when", "keys"),
    [
        (at(date(2026, 12, 1), 7), []),
        (at(date(2026, 12, 1)), ["2026-11"]),
        (at(date(2026, 12, 7)), ["2026-11"]),
        (at(date(2026, 12, 8), 9), []),
        (at(date(2027, 1, 1), 12), []),  # a holiday, then a weekend
        (at(date(2027, 1, 4)), ["2026-12", "2026-Q4", "2026-H2", "2026"]),
        (at(date(2026, 7, 1)), ["2026-06", "2026-Q2", "2026-H1"]),
    ],
)
def test_the_first_working_day_after_the_period(when: datetime, keys: list[str]) -> None:
    assert [period.key for period in just_ended(load(), when)] == keys


async def ticks(here: Town, hours: int) -> None:
    """Time passes half an hour at a time, as jobs that come back do."""
    await here.db.run(here.jobs.plan)
    for _ in range(2 * hours):
        await due(here, timedelta(minutes=30))


def told_of(talker: Talker) -> list[str]:
    return [name for said in talker.heard for name in (f.name for f in said.files)
            if name.endswith(".docx")]  # fmt: skip


async def test_each_officer_gets_each_report_once(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        tam = await appointed(here, "Tâm", "province")
        minh = await appointed(here, "Minh", communes=(HERE, OTHER))
        boss = await appointed(here, "Sếp", "leader")
        here.clock.set(at(date(2026, 12, 1), 6))
        await ticks(here, 6)
        for who in (tam, minh, boss):
            await who.letters()
        assert told_of(tam) == told_of(boss) == ["bao-cao-ocop-2026-11-ca-tinh-ha-tinh.docx"]
        assert len(told_of(minh)) == 2  # one for each of its communes
        here.clock.set(at(date(2026, 12, 3)))
        await ticks(here, 1)
        assert not await tam.letters() or len(told_of(tam)) == 1


async def test_reports_are_stopped_and_wanted_again(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam = await appointed(here, "Tâm", "province")
        here.clock.set(at(date(2026, 12, 1)))
        await ticks(here, 1)
        assert "Hết kỳ là mình gửi" in await tam.letters()
        assert "Đã thôi gửi" in await tam.press("Thôi gửi báo cáo")
        here.clock.set(at(date(2027, 1, 4)))
        await ticks(here, 1)
        await tam.letters()
        assert len(told_of(tam)) == 1
        await tam.press("Gửi cho tôi")
        await ticks(here, 1)
        await tam.letters()
        assert len(told_of(tam)) == 5
