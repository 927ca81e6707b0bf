"""Two programs with one polling token: one gives way and says so; nothing is lost or doubled."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

import pytest

from handlers import telegram_polling
from tests.telegram.conftest import HOUSEHOLD, OFFICER, api, running, soon, telegram
from tests.telegram.phone import Phone
from tests.telegram.server import BotApi

__all__ = ["api"]


async def test_the_one_that_is_pushed_out_waits_and_says_what_to_do(
    tmp_path: Path,
    api: BotApi,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hurried(monkeypatch)
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


@pytest.mark.parametrize("token", [HOUSEHOLD, OFFICER])
async def test_on_two_databases_the_one_pushed_out_stays_away_until_the_other_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, token: str
) -> None:
    """A copy of the installation that was never stopped: talks do not end up in both."""
    hurried(monkeypatch, looks=10**9)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    program = partial(
        running,
        household=token if token == HOUSEHOLD else "",
        officer=token if token == OFFICER else "",
    )
    async with telegram(token) as api, program(tmp_path / "a", api) as first:
        lan = Phone(api, token, 7100)
        assert await lan.says("/start")
        async with program(tmp_path / "b", api) as second:
            await soon(lambda: "another program polls" in caplog.text)
            for _ in range(6):
                assert await lan.says("/help")
            kept = [await one.assistant.db.read(everything) for one in (first, second)]
            assert kept == [1, 6], (
                "each message is in one database, and after the start in one only"
            )
        hurried(monkeypatch)
        assert await lan.says("/help")
        assert await first.assistant.db.read(everything) == 2
    assert "polls again" in caplog.text and token not in caplog.text


def hurried(monkeypatch: pytest.MonkeyPatch, looks: int = 3) -> None:
    for name, value in (("GIVE_WAY", 0.3), ("LOOK", 0.05), ("LOOKS", looks)):
        monkeypatch.setattr(telegram_polling, name, value)


@pytest.mark.parametrize(
    ("counts", "gone"),
    [
        ([1] * 10, True),
        ([1, 1, 2, 2, 5, 5, 5, 9, 9, 9], True),
        ([0], False),  # nothing to take: who knows
        ([4, 5, 3], False),  # somebody takes them
        ([1, 1, 1, 1, 1, 1, 1, 1, 1, 0], False),
    ],
)
async def test_who_takes_updates_is_still_there(
    monkeypatch: pytest.MonkeyPatch, counts: list[int], gone: bool
) -> None:
    monkeypatch.setattr(telegram_polling, "LOOK", 0.0)
    left = iter(counts)

    async def waiting() -> int:
        return next(left)

    assert await telegram_polling._untaken(waiting) is gone
    assert next(left, None) is None


def everything(unit: object) -> int:
    from sqlalchemy import text

    return int(unit.execute(text("SELECT count(*) FROM inbound")).scalar())  # type: ignore[attr-defined]
