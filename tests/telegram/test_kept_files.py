"""A file is uploaded once and named from then on: for every reader, after a restart, until Telegram
or we forget it. Through both libraries."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot import clock
from bot.telegram_kept import KeptFiles
from handlers.telegram_api import BotWire
from handlers.telegram_sender import TelegramSender
from models import kept_files
from models.database import Database, open_database
from models.messages import Address, Channel, Outbound, Say, SentFile
from tests import databases
from tests.telegram.conftest import HOUSEHOLD, OFFICER, telegram
from tests.telegram.server import BotApi, refusal
from tests.telegram.test_sender import NoPace

PHOTO = SentFile("a" * 64, "anh.jpg", "image/jpeg")
OTHER = SentFile("b" * 64, "anh2.jpg", "image/jpeg")
PAPER = SentFile("c" * 64, "đơn.pdf", "application/pdf")


class House:
    """A bot on a database that outlives it."""

    def __init__(self, api: BotApi, db: Database, library: str) -> None:
        self.api, self.db, self.library = api, db, library
        self.read: list[str] = []
        self.open()

    def open(self, token: str = HOUSEHOLD) -> None:
        """Start it (again)."""
        made = importlib.import_module(f"handlers.{self.library}")
        self.bot: BotWire = made.Bot(token, self.api.base, Channel.TELEGRAM, clock.now, None)
        kept = KeptFiles(self.db, token.partition(":")[0])
        self.sender = TelegramSender(Channel.TELEGRAM, self.bot, NoPace(), self._bytes, kept)

    async def _bytes(self, key: str) -> bytes:
        self.read.append(key[0])
        return b"\xff\xd8\xff" + key.encode()

    async def sends(self, chat: int, *files: SentFile, text: str = "Thông báo") -> None:
        say = Say(text, (), files)
        await self.sender.send(Outbound(chat, Address(Channel.TELEGRAM, str(chat)), "send", say))


@pytest.fixture(params=["telegram_households", "telegram_officers"])
async def here(tmp_path: Path, request: Any) -> AsyncIterator[House]:
    db = open_database(databases.at(tmp_path / "t.db"), clock.now)
    db.store.migrate()
    async with telegram(HOUSEHOLD, OFFICER) as api:
        house = House(api, db, request.param)
        yield house
        await house.bot.close()
    db.close()


async def test_an_announcements_photo_is_uploaded_once_for_everyone(here: House) -> None:
    for chat in range(1, 6):
        await here.sends(chat, PHOTO)
    assert here.api.uploads == 1 and here.read == ["a"]
    assert all(here.api.chats[chat][0]["caption"] == "Thông báo" for chat in range(1, 6))
    photos = [here.api.chats[chat][0]["photo"] for chat in range(1, 6)]
    assert photos == [photos[0]] * 5
    await here.bot.close()
    here.open()  # after a restart
    await here.sends(6, PHOTO)
    assert here.api.uploads == 1


async def test_albums_and_papers_too_each_for_its_kind_and_name(here: House) -> None:
    for chat in (1, 2):
        await here.sends(chat, PHOTO, OTHER, PAPER)
    assert here.api.uploads == 3 and here.read == ["a", "b", "c"]
    kinds = [sorted(m.keys() & {"photo", "document", "text"}) for m in here.api.chats[2]]
    assert kinds == [["photo"], ["photo"], ["document"], ["text"]]
    await here.sends(3, SentFile(PAPER.key, "bản sao.pdf", "application/pdf"))
    assert here.api.uploads == 4  # a document shows its name
    assert here.api.chats[3][0]["document"]["file_name"] == "bản sao.pdf"
    await here.sends(4, PHOTO, SentFile("d" * 64, "x.jpg", "image/jpeg"))  # one of two is known
    assert here.api.uploads == 5


@pytest.mark.parametrize(
    "told",
    [
        "",  # the server's own words
        "Bad Request: wrong remote file identifier specified: can't unserialize it",
        "Bad Request: wrong file_id or the file is temporarily unavailable",
        "Bad Request: FILE_REFERENCE_EXPIRED",
    ],
)
async def test_a_name_telegram_forgot_is_uploaded_again_and_kept_anew(
    here: House, told: str
) -> None:
    await here.sends(1, PHOTO)
    await here.sends(1, PHOTO, OTHER)
    if told:
        files = set(here.api.held)

        def fault(method: str, params: dict[str, Any]) -> Any:
            named = {str(value) for value in params.values()} | {str(params.get("media"))}
            stale = any(file in text for file in files for text in named)
            return refusal(400, told) if stale else None

        here.api.fault = fault
    else:
        here.api.held.clear()
    before = here.api.uploads
    await here.sends(2, PHOTO)
    await here.sends(2, PHOTO, OTHER)
    assert here.api.uploads <= before + 3
    before = here.api.uploads
    await here.sends(3, PHOTO)
    await here.sends(3, PHOTO, OTHER)
    assert here.api.uploads == before
    assert [len(here.api.chats[chat]) for chat in (1, 2, 3)] == [4, 4, 4]


async def test_another_bot_does_not_know_the_name(here: House) -> None:
    await here.sends(1, PHOTO)
    await here.bot.close()
    here.open(OFFICER)
    await here.sends(2, PHOTO)
    assert here.api.uploads == 2 and here.api.chats[2]


async def test_what_nothing_names_any_more_is_forgotten(here: House) -> None:
    await here.sends(1, PHOTO, OTHER)
    gone = await here.db.read(lambda unit: kept_files.unnamed(unit, {OTHER.key}))
    await here.db.run(lambda unit: kept_files.forget(unit, gone))
    await here.bot.close()
    here.open()
    await here.sends(2, PHOTO, OTHER)
    assert here.read == ["a", "b", "a"]
