"""Files while the disk is full, while the store is away, and while the process is killed."""

from __future__ import annotations

import errno
import io
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from aiohttp import FormData

from bot import clock
from models.files import FolderStore
from models.messages import Address, Channel, Inbound
from tests.code_tree import ROOT
from tests.documents.samples import encoded, picture
from tests.faults.dying import PAPER
from tests.security.house import House, house
from tests.telegram.phone import Phone

pytestmark = pytest.mark.slow


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """The system itself refuses to write more into any file of this process."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_write_that_the_system_cuts_off_leaves_nothing(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    with files_at_most(100_000), pytest.raises(OSError) as told:
        store.put(PAPER)
    assert told.value.errno == errno.EFBIG
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []
    assert store.get(store.put(PAPER)) == PAPER


def dying(folder: Path, last: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.faults.dying", "put", str(folder), str(last)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def test_killed_at_every_step_of_keeping_a_file(tmp_path: Path) -> None:
    """A half is never under a key; the next try keeps it, and a sweep clears what was left."""
    steps = int(dying(tmp_path / "whole", 0).stdout)
    assert steps >= 5
    for last in range(1, steps + 1):
        folder = tmp_path / str(last)
        assert dying(folder, last).returncode == -9
        store = FolderStore(folder)
        for key in store.keys():  # noqa: SIM118 - no mapping
            assert sha256(store.get(key)).hexdigest() == key
        key = store.put(PAPER)
        assert store.get(key) == PAPER
        store.sweep(lambda _: True, older_than_seconds=-1)
        assert [file.name for file in folder.rglob("*") if file.is_file()] == [key]


class Away:
    """A file store that takes nothing for a while."""

    def __init__(self, store: FolderStore) -> None:
        self.store, self.away = store, True

    def put(self, data: bytes) -> str:
        if self.away:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self.store.put(data)


async def test_an_upload_is_told_to_come_back(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        away = Away(home.assistant.desk.files)  # type: ignore[arg-type]
        home.assistant.desk.files = away  # type: ignore[assignment]
        _, told = await home.ask("POST", "/chat", json={})
        chat = {"Authorization": f"Bearer {json.loads(told)['chat']}"}
        status, told = await upload(home, chat)
        assert status == 503 and json.loads(told)["code"] == "busy"
        away.away = False
        assert (await upload(home, chat))[0] == 201


async def upload(home: House, chat: dict[str, str]) -> tuple[int, bytes]:
    form = FormData(quote_fields=False, default_to_multipart=True)
    form.add_field("file", io.BytesIO(encoded(picture(), "JPEG")), filename="giay.jpg")
    return await home.ask("POST", "/chat/file", data=form, headers=chat)


async def test_a_photo_from_telegram_waits_for_the_store(tmp_path: Path) -> None:
    """However long: the message and those behind it are heard once the store is back."""
    async with house(tmp_path) as home:
        address = Address(Channel.TELEGRAM, "5")
        with clock.stopped(clock.now()) as time:
            away = Away(home.assistant.house.files)  # type: ignore[arg-type]
            object.__setattr__(home.assistant.house, "files", away)
            lan = Phone(home.telegram, next(iter(home.telegram.bots)), 5)
            home.telegram.files["f1"] = encoded(picture(), "JPEG")
            message = lan.message(photo=[photo("f1")])
            update = {"update_id": 1, "message": message}
            hook = home.hook("households")
            taken = await home.ask("POST", "/telegram/households", json=update, headers=hook)
            assert taken[0] == 200
            await home.assistant.turns.receive(Inbound(address, "2", clock.now(), "xong"))
            for _ in range(20):
                await home.settle()
                time.move(timedelta(hours=3))
            states = await home.rows("SELECT state FROM inbound ORDER BY id")
            assert [row["state"] for row in states] == ["files", "waiting"]
            away.away = False
            time.move(timedelta(hours=3))
            await home.settle()
            states = await home.rows("SELECT state FROM inbound ORDER BY id")
            assert [row["state"] for row in states] == ["done", "done"]
            assert '"refused":null' in str(
                await home.rows("SELECT CAST(payload AS TEXT) AS payload FROM inbound")
            )


def photo(number: str) -> dict[str, object]:
    return {"file_id": number, "file_unique_id": "u", "width": 9, "height": 9, "file_size": 9}
