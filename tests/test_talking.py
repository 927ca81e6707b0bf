"""`talk`: a chat in the terminal, through the real turn."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import clock
from bot.app import assemble
from bot.settings import load
from bot.talking import Talking
from models.content import load as load_content
from models.database import open_database
from tests import databases
from tests.code_tree import ROOT
from tests.play.pictures import photo


async def lines(*typed: str) -> AsyncIterator[str]:
    for line in typed:
        yield line


@pytest.fixture
async def talking(tmp_path: Path) -> AsyncIterator[Talking]:
    url = databases.at(tmp_path / "t.sqlite3")
    where = {"database_url": url, "files_url": f"{tmp_path}/files"}
    settings = load(None).model_copy(update=where)
    db = open_database(settings.database_url, clock.now)
    db.store.migrate()
    assistant = assemble(settings, db, load_content(settings.province), b"k" * 32)
    shown: list[str] = []
    try:
        yield Talking(assistant, "lan", shown.append, saved=tmp_path / "saved")
    finally:
        db.close()


def shown(talking: Talking) -> str:
    return "\n".join(talking.show.__self__)  # type: ignore[attr-defined]


async def press(talking: Talking, label: str) -> None:
    """Type the number that is shown before a button."""
    number = next(n for n, b in enumerate(talking.buttons, 1) if b.label.startswith(label))
    assert f"[{number}] {label}" in shown(talking)
    await talking.hear(str(number))


async def test_a_number_presses_the_button_that_was_shown(talking: Talking) -> None:
    await talking.run(lines("", "xin chào", "/exit", "không ai nghe"))
    await press(talking, "Xem cần giấy gì")
    assert "Bước 1/3" in shown(talking) and "không ai nghe" not in shown(talking)


async def test_files_are_sent_from_disk_and_what_comes_back_is_saved(
    talking: Talking, tmp_path: Path
) -> None:
    (tmp_path / "giay.jpg").write_bytes(photo("giay"))
    await talking.run(lines(f"/file {tmp_path}/khong.jpg"))
    assert "khong.jpg: No such file" in shown(talking)
    await press(talking, "Đăng ký")
    await press(talking, "Tôi đồng ý")
    await talking.hear(f"/file {tmp_path}/giay.jpg")
    await talking.hear("/privacy")
    await press(talking, "Tải")
    saved = [Path(line.rpartition(": ")[2]) for line in talking.show.__self__ if "📎" in line]  # type: ignore[attr-defined]
    assert [path.suffix for path in saved] == [".zip"]
    assert zipfile.is_zipfile(saved[0])


def test_the_command_talks_on_a_database_that_is_thrown_away(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "talk", "--fresh"],
        cwd=ROOT,
        input="xin chào\n/exit\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "[1] " in done.stdout and not done.stderr
