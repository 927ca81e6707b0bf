"""`python -m bot check` finds what is wrong, says where, and changes nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import check_database, clock
from bot.cli import build, check
from models.database import open_database
from models.files import FolderStore
from tests import databases


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "ocop.sqlite3"
    made = open_database(f"sqlite:///{path}", clock.now)
    made.store.migrate()
    made.close()
    return path


def complaints(path: Path) -> list[str]:
    return list(check_database.complaints(f"sqlite:///{path}"))


def test_a_database_that_is_not_made_yet_is_not_wrong_and_stays_unmade(tmp_path: Path) -> None:
    assert complaints(tmp_path / "none.sqlite3") == []
    assert not (tmp_path / "none.sqlite3").exists()


def test_a_sound_database_is_not_complained_of_and_a_newer_one_is(
    tmp_path: Path, on_both: None
) -> None:
    url = databases.at(tmp_path / "ocop.sqlite3")
    made = open_database(url, clock.now)
    made.store.migrate()
    made.close()
    assert list(check_database.complaints(url)) == []
    newer = "UPDATE alembic_version SET version_num = '9999' RETURNING version_num"
    assert databases.rows(url, newer)
    assert "newer" in next(iter(check_database.complaints(url)))


def test_a_foreign_or_broken_database_is_told(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite3"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE songs (id INTEGER)")
    connection.close()
    assert "not ours" in complaints(other)[0]

    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"this is no database " * 100)
    assert "cannot be opened" in complaints(broken)[0]


def test_rows_that_point_nowhere_are_told(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE nest (id INTEGER PRIMARY KEY)")
        connection.execute("CREATE TABLE egg (nest INTEGER REFERENCES nest (id))")
        connection.execute("INSERT INTO egg VALUES (7)")
    connection.close()
    assert complaints(database) == ["row 1 of egg points to a missing row of nest"]


def test_lost_files_are_told(database: Path, tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "files")
    kept, lost = store.put(b"kept"), store.put(b"lost")
    with sqlite3.connect(database) as connection:
        columns = "item_id, position, file_key, name, mime, size, problems, insisted, added_at"
        for key in (kept, lost):
            values = f"1, 1, '{key}', '', 'image/jpeg', 1, '[]', 0, '2026-11-25'"
            connection.execute(f"INSERT INTO page ({columns}) VALUES ({values})")
    connection.close()
    url = f"sqlite:///{database}"
    assert list(check_database.lost_files(url, store)) == []
    store.delete(lost)
    (told,) = check_database.lost_files(url, store)
    assert told.startswith(f"page 2 of item 1 is lost ({lost[:12]}") and "backup" in told


def test_the_command_lists_what_is_wrong_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        check,
        "PROOFS",
        {"content": lambda _: iter(["a.yaml:3: 'vi' is missing"]), "words": lambda _: iter([])},
    )
    done = CliRunner().invoke(build(), ["check"])
    assert done.exit_code == 1
    assert done.output == "content: 1 to mend\n  a.yaml:3: 'vi' is missing\nwords: good\n"
    monkeypatch.setattr(check, "PROOFS", {"words": lambda _: iter([])})
    assert CliRunner().invoke(build(), ["check"]).exit_code == 0
