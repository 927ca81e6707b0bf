"""One bot as a process of its own, talking to the benchmark's Bot API server."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bot_api import PATIENCE, Bot
from benchmarks.start import ROOT, resident

STOPPING = 10.0  # seconds


@dataclass(slots=True)
class Running:
    """A started bot."""

    name: str
    bot: Bot
    pid: int
    began: float

    def resident(self) -> float:
        return resident(self.pid)

    def pause(self) -> None:
        """It does nothing while others are measured (python-telegram-bot keeps its pickle)."""
        if self.bot.poster is not None:
            self.bot.poster.close()
        os.kill(self.pid, signal.SIGSTOP)

    async def resume(self) -> None:
        """Returns when it asks for updates again, or takes connections again."""
        os.kill(self.pid, signal.SIGCONT)
        if self.bot.poster is not None:
            await self.bot.poster.connect()
            return
        self.bot.asks.clear()
        self.bot.news.set()  # the poll it left open ends
        await asks(self.bot)

    def used(self) -> float:
        """Seconds of processor time it has used so far."""
        after_name = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def running(
    name: str, bot: Bot, folder: Path, arguments: list[str], **settings: str
) -> AsyncIterator[Running]:
    """Start `python ARGUMENTS` in `folder`; it is stopped at the end. When the block fails, the end
    of what the process wrote is shown."""
    folder.mkdir(exist_ok=True)
    kept = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    env = {**kept, "PYTHONPATH": str(ROOT), **settings}
    log = folder / "log"
    began = time.perf_counter()
    with (
        log.open("ab") as out,
        subprocess.Popen(  # noqa: ASYNC220 - starting it takes no time
            [sys.executable, *arguments], cwd=folder, env=env, stdout=out, stderr=out
        ) as process,
    ):
        try:
            yield Running(name, bot, process.pid, began)
        except BaseException:
            tail = log.read_bytes()[-3000:].decode(errors="replace")
            print(f"--- {name}, exit code {process.poll()}:\n{tail}", file=sys.stderr)
            raise
        finally:
            await asyncio.to_thread(_end, process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGCONT)
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOPPING)
    except subprocess.TimeoutExpired:  # PTB writes its whole pickle once for every person
        process.kill()


async def asks(bot: Bot) -> None:
    """Until it asks for updates, by polling or by setWebhook; then it listens, or will soon."""
    async with asyncio.timeout(PATIENCE):
        await bot.asks.wait()


def settings(base: str, folder: Path, **more: str) -> dict[str, str]:
    """The environment of `python -m bot run` in `folder`: SQLite, synchronous FULL, polling."""
    return {
        "DATABASE_URL": f"sqlite:///{folder / 'ocop.sqlite3'}",
        "FILES_URL": str(folder / "files"),
        "HTTP_PORT": "0",
        "TELEGRAM_API_BASE": base,
        **more,
    }
