"""What `python -m bot run` does alone on Telegram: how soon it answers, how fast alerts leave."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks.bot_api import LIMIT, Bot, BotApi
from benchmarks.telegram_process import running, settings
from bot import clock
from models import outbox
from models.codec import say_json
from models.database import Unit, open_database
from models.messages import Address, Button, Channel, Say
from models.outbox import Draft

RUN = ["-m", "bot", "run"]
WANTED_START, WANTED_MB, WANTED_SHARE = 4.0, 220.0, 0.99
PAGE = 500  # alerts written at once
SETTLED = 2.0  # seconds after the first answer: what answers questions is built by then
ALERT = (
    "*Hồ sơ mới {n}*\nMật ong hoa rừng, bộ tiêu chí 4, 17 mục minh chứng, 32 ảnh.\n"
    "Hạn trả lời: 25/11/2026. Bấm nút để nhận hoặc trả lời tin này để hỏi bà con."
)


async def start(folder: Path, runs: int) -> bool:
    """Seconds from the start of the process to its answer to an update that waited for it."""
    seconds: list[float] = []
    idle: list[float] = []
    for run in range(runs + 1):
        took, mb = await _started(folder)
        print(f"start {'on an empty folder' if run == 0 else 'again'}: {took:.2f} s, {mb:.0f} MB")
        seconds.append(took)
        idle.append(mb)
    again, most, mb = statistics.median(seconds[1:]), max(seconds), max(idle)
    print(
        f"first answer: {again:.2f} s, slowest {most:.2f} s (<= {WANTED_START:.0f}); "
        f"resident after it {mb:.0f} MB (< {WANTED_MB:.0f})"
    )
    return most <= WANTED_START and mb < WANTED_MB


async def _started(folder: Path) -> tuple[float, float]:
    bot = Bot("111111:households-token")
    api = BotApi(bot)
    await api.start()
    env = settings(api.base, folder, TELEGRAM_HOUSEHOLD_TOKEN=bot.token)
    waiting = asyncio.create_task(bot.say(1001, "/menu"))
    await asyncio.sleep(0)
    async with running("ours", bot, folder, RUN, **env) as started:
        await waiting
        took = bot.shown[0][0] - started.began
        await asyncio.sleep(SETTLED)
        mb = started.resident()
    api.stop()
    return took, mb


async def drain(folder: Path, number: int) -> bool:
    """Alerts that wait for as many officers leave; how near to Telegram's limit, and never past."""
    bot = Bot("222222:officers-token", limited=True)
    api = BotApi(bot)
    await api.start()
    env = settings(api.base, folder, TELEGRAM_OFFICER_TOKEN=bot.token)
    folder.mkdir(exist_ok=True)
    await asyncio.to_thread(_write, env["DATABASE_URL"], number)
    async with running("ours", bot, folder, RUN, **env) as started:
        patience = 60 + 1.5 * number / LIMIT
        async with asyncio.timeout(patience):
            while len(bot.shown) < number:
                await asyncio.sleep(0.2)
        mb = started.resident()
    api.stop()
    times, chats = [at for at, _ in bot.shown], {chat for _, chat in bot.shown}
    share = (len(times) - 1) / (times[-1] - times[0]) / LIMIT
    most = most_in_a_second(times)
    print(
        f"{number} alerts: {share:.1%} of {LIMIT} a second (>= {WANTED_SHARE:.0%}), in the fullest "
        f"second {most} (<= {LIMIT}), refused with 429: {bot.refused} (0), {mb:.0f} MB"
    )
    print(f"  {len(chats)} chats of {number}, {len(times) - len(chats)} of them twice")
    whole = len(chats) == len(times) == number
    return share >= WANTED_SHARE and most <= LIMIT and not bot.refused and whole


def most_in_a_second(times: list[float]) -> int:
    """The most that arrived in any second, wherever it begins."""
    first = most = 0
    for last, at in enumerate(times):
        while at - times[first] >= 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most


def _write(url: str, number: int) -> None:
    db = open_database(url, clock.now)
    db.store.migrate()
    for first in range(0, number, PAGE):
        db.run_now(partial(_alerts, numbers=range(first, min(first + PAGE, number))))
    db.close()


def _alerts(unit: Unit, numbers: range) -> None:
    for draft in _drafts(numbers, clock.now().astimezone(UTC)):
        assert outbox.write(unit, draft) is not None


def _drafts(numbers: range, now: datetime) -> Iterator[Draft]:
    for n in numbers:
        rows = ((Button("Nhận", f"case:take={n}"), Button("Xem", f"case:show={n}")),)
        body = say_json(Say(ALERT.format(n=n), rows))
        to = Address(Channel.TELEGRAM_OFFICER, str(10_000 + n))
        yield Draft(to, None, body, now, now, key=f"alert-{n}", priority=1)
