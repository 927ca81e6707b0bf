"""Who saw and did what: written with ids only, never changed, given out as a sheet."""

from __future__ import annotations

import csv
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from bot import audit_sheet, clock
from bot.cli import build
from models.database import open_database
from models.tables import AuditEntry
from tests import databases
from tests.flows.office import accepts_all, appointed, due, handed_in
from tests.flows.talk import MORNING, Town, town
from tests.storage import postgres

CHANGES = (
    "UPDATE audit_entry SET action = 'x'",
    "DELETE FROM audit_entry",
    "DELETE FROM audit_entry WHERE id = 1",
    "TRUNCATE audit_entry",
)


@pytest.mark.parametrize("change", CHANGES)
def test_on_postgres_it_can_only_be_added_to(change: str) -> None:
    db = open_database(postgres.fresh(), clock.now)
    db.run_now(lambda unit: unit.add(AuditEntry(at=unit.stamp(), action="seen")))
    with pytest.raises(DBAPIError, match="append-only"):
        db.run_now(lambda unit: unit.core.execute(text(change)))
    count = text("SELECT count(*) FROM audit_entry")
    assert db.run_now(lambda unit: unit.core.execute(count).scalar()) == 1
    db.close()


async def written(here: Town) -> list[tuple[object, object]]:
    rows = await here.rows("SELECT action, subject FROM audit_entry ORDER BY id")
    return [(row["action"], row["subject"]) for row in rows]


async def test_every_look_and_act_of_an_officer_is_written_down(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        lan = await handed_in(here)
        await minh.letters()
        await minh.say("/queue")
        await minh.press("Nhận xử lý")
        await minh.press("… Phiếu đăng ký")
        await minh.press("↩ Trả lại")
        await minh.press("Lý do khác")
        await minh.say("Ảnh của Nguyễn Văn Cường, 0912345678, bị mờ")
        await accepts_all(here, minh)
        await minh.say("/tickets")
        await lan.say("/queue")
        seen = await written(here)
        whole = str(await here.rows("SELECT * FROM audit_entry"))
    for entry in (
        ("invite_used", "officer:1"),
        ("seen:list", "queue"),
        ("claimed", "dossier:1"),
        ("item_accepted", "dossier:1"),
        ("item_returned", "dossier:1"),
    ):
        assert entry in seen, seen
    assert any(str(action).startswith("seen:item") for action, _ in seen)
    for personal in ("Cường", "0912345678", "mờ", "Minh"):
        assert personal not in whole, "the log keeps ids, never names or words"


async def test_the_sheet_tells_who_when_and_what(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "=cmd|'/c calc'!A1")
        await handed_in(here)
        await minh.letters()
        await minh.press("Nhận xử lý")
        await due(here, timedelta(days=1))
        await minh.say("/queue")
        zone, file = here.house.content.province.zone, tmp_path / "a.csv"
        count = audit_sheet.write(here.db, file, zone, None, None)
        with file.open(encoding="utf-8-sig", newline="") as sheet:
            rows = list(csv.DictReader(sheet))
        assert len(rows) == count == len(await here.rows("SELECT id FROM audit_entry"))
        assert os.stat(file).st_mode & 0o077 == 0
        claimed = next(row for row in rows if row["action"] == "claimed")
        assert claimed["at"].startswith("2026-11-25T") and claimed["role"] == "commune"
        assert claimed["officer"].startswith("'="), "a spreadsheet must not run a name"
        first = date(2026, 11, 25)
        parts = [
            audit_sheet.write(here.db, tmp_path / f"{n}.csv", zone, since, until)
            for n, (since, until) in enumerate([(None, first), (first + timedelta(1), None)])
        ]
        assert sum(parts) == count and min(parts) > 0
        with pytest.raises(FileExistsError):
            audit_sheet.write(here.db, file, zone, None, None)


def test_the_command_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = databases.at(tmp_path / "ocop.sqlite3")
    db = open_database(url, clock.now)
    db.store.migrate()
    db.run_now(lambda unit: unit.add(AuditEntry(at=MORNING, action="seen:case")))
    db.close()
    monkeypatch.setenv("DATABASE_URL", url)
    out = tmp_path / "nhat-ky.csv"
    done = CliRunner().invoke(build(), ["export", "audit", str(out), "--since", "2026-11-25"])
    assert (done.exit_code, "1 dòng" in done.output) == (0, True), done.output
    assert "2026-11-25T08:30:00+07:00" in out.read_text("utf-8-sig")
    again = CliRunner().invoke(build(), ["export", "audit", str(out)])
    assert again.exit_code == 2
