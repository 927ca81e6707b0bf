"""Two programs with one polling token: one gives way and says so; nothing is lost or doubled."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from handlers import telegram_polling
from tests.telegram.conftest import HOUSEHOLD, api, running, soon
from tests.telegram.phone import Phone
from tests.telegram.server import BotApi

__all__ = ["api"]


async def test_the_one_that_is_pushed_out_waits_and_says_what_to_do(
    tmp_path: Path,
    api: BotApi,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(telegram_polling, "GIVE_WAY", 0.3)
    caplog.set_level(logging.ERROR, "handlers.telegram_polling")
    async with running(tmp_path, api) as first, running(tmp_path, api) as second:
        assert first.db is not second.db
        phones = [Phone(api, HOUSEHOLD, 7000 + number) for number in range(4)]
        for round_ in range(5):
            for phone in phones:
                assert await phone.says("/start" if round_ == 0 else "/help")
        await soon(lambda: "another program polls" in caplog.text)
        rows = await first.assistant.db.read(everything)
    assert rows == len(phones) * 5, "each message is in the database once"
    assert "give it a token of its own" in caplog.text
    assert HOUSEHOLD not in caplog.text
    bot = api.bots[HOUSEHOLD]
    assert [update for update in bot.queue if update["update_id"] > bot.next_update] == []


def everything(unit: object) -> int:
    from sqlalchemy import text

    return int(unit.execute(text("SELECT count(*) FROM inbound")).scalar())  # type: ignore[attr-defined]
