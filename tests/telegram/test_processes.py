"""Telegram in processes of its own, killed and started again: nothing accepted is lost."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import databases
from tests.code_tree import ROOT
from tests.telegram.conftest import HOUSEHOLD, OFFICER, soon
from tests.telegram.phone import Phone
from tests.telegram.server import BotApi, refusal

pytestmark = pytest.mark.slow


@pytest.fixture
async def both() -> AsyncIterator[BotApi]:
    made = BotApi(HOUSEHOLD, OFFICER)
    await made.start()
    yield made
    await made.stop()


@contextmanager
def process(
    folder: Path, api: BotApi, *only: str, **settings: str
) -> Iterator[subprocess.Popen[bytes]]:
    """`python -m bot run`, as an operator starts it; killed when it still runs at the end."""
    env = {
        **os.environ,
        "DATABASE_URL": databases.at(folder / "t.db"),
        "FILES_URL": f"{folder}/files",
        "HTTP_PORT": "0",
        "DEMO": "false",
        "TELEGRAM_API_BASE": api.base,
        "TELEGRAM_HOUSEHOLD_TOKEN": HOUSEHOLD,
        "TELEGRAM_OFFICER_TOKEN": OFFICER,
        "TELEGRAM_MESSAGES_PER_SECOND": "5000",
        "PYTHONPATH": str(ROOT),
        **settings,
    }
    command = [sys.executable, "-m", "bot", "run", *only]
    with (folder / "log.txt").open("ab") as log:
        started = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
        try:
            yield started
        finally:
            started.kill()
            started.wait(20)


@pytest.mark.parametrize("code", [401, 404])
async def test_a_token_telegram_does_not_know_ends_it_with_one_sentence(
    tmp_path: Path, both: BotApi, code: int
) -> None:
    both.fault = lambda method, params: refusal(
        code, "Unauthorized" if code == 401 else "Not Found"
    )
    with process(tmp_path, both) as started:
        assert await asyncio.to_thread(started.wait, 240) == 2
    log = (tmp_path / "log.txt").read_text()
    last = log.strip().splitlines()[-1]
    assert last.startswith("TELEGRAM_") and "@BotFather" in last and str(code) in last
    assert "Traceback" not in log and HOUSEHOLD not in log and OFFICER not in log


async def test_a_token_that_is_revoked_later_stops_nothing_else(
    tmp_path: Path, both: BotApi
) -> None:
    with process(tmp_path, both) as started:
        await soon(lambda: all(bot.polling for bot in both.bots.values()), 240)
        gone = both.bots.pop(OFFICER)
        gone.news.set()
        lan = Phone(both, HOUSEHOLD, 6003)
        assert "OCOP" in await lan.says("/start")
        assert started.poll() is None


async def test_webhooks_on_the_port_of_the_page(tmp_path: Path, both: BotApi) -> None:
    """Both bots of one process by webhook, each with a secret of its own; then polling again."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    place = {"PUBLIC_URL": f"http://127.0.0.1:{port}", "HTTP_PORT": str(port)}
    bots = both.bots.values()
    with process(tmp_path, both, **place) as started:
        await soon(lambda: all(bot.webhook for bot in bots), 60)
        secrets = {bot.webhook["secret_token"] for bot in bots if bot.webhook}
        assert len(secrets) == 2
        for token, chat in ((HOUSEHOLD, 6004), (OFFICER, 6005)):
            phone = Phone(both, token, chat)
            phone.hooked = True
            assert await phone.says("/menu")
            await phone.presses("English")
            assert len(both.bots[token].answered) == 1
        started.terminate()
        assert await asyncio.to_thread(started.wait, 20) == 0
    with process(tmp_path, both):
        await soon(lambda: all(bot.polling and not bot.webhook for bot in bots), 60)
        assert await Phone(both, HOUSEHOLD, 6006).says("/start")


async def test_two_processes_share_the_work(tmp_path: Path, both: BotApi) -> None:
    with (
        process(tmp_path, both, "--only", "households,web"),
        process(tmp_path, both, "--only", "officers,jobs"),
    ):
        bots = both.bots.values()
        await soon(lambda: all(bot.polling for bot in bots), 240)
        lan, hoa = Phone(both, HOUSEHOLD, 6001), Phone(both, OFFICER, 6002)
        assert "OCOP" in await lan.says("/start")
        assert await hoa.says("/start")
    assert [bot.polling > 0 for bot in bots] == [True, True]


async def test_killed_again_and_again_every_message_is_heard_once_and_answered(
    tmp_path: Path, both: BotApi
) -> None:
    people = [Phone(both, HOUSEHOLD, 6100 + n) for n in range(12)]
    bot = both.bots[HOUSEHOLD]
    for round_ in range(3):
        with process(tmp_path, both, "--only", "households") as running:
            polls = bot.polling
            await soon(lambda before=polls: bot.polling > before, 240)  # type: ignore[misc]
            for phone in people[round_ * 4 : round_ * 4 + 4]:
                await phone.sends(text="/menu")
            await soon(lambda n=round_: len(both.chats) > n * 4, 120)  # type: ignore[misc]
            running.send_signal(signal.SIGKILL)
            running.wait(20)
    with process(tmp_path, both, "--only", "households"):
        await soon(lambda: all(phone.got for phone in people), 240)
        await soon(lambda: not bot.queue, 240)
    heard = databases.rows(
        databases.at(tmp_path / "t.db"), "SELECT count(*), count(DISTINCT address) FROM inbound"
    )
    assert heard == [(len(people), len(people))], "each message heard once"
    # a send that was under way when the process died is sent again: once a kill at most
    assert max(len(phone.got) for phone in people) <= 1 + 3
