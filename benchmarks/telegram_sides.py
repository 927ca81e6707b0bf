"""The bots that are measured side by side, and how each is started."""

from __future__ import annotations

from pathlib import Path

from benchmarks.bot_api import Bot
from benchmarks.start import free_port
from benchmarks.telegram_process import settings
from benchmarks.webhook import Poster

OUTSIDE = "https://bench.example.com"  # where people outside would reach ours
FAST = "10000"  # messages a second: a server on loopback has no limit to keep to
NAMES = ("ours", "aiogram", "tuned", "ptb")
WANTED = {"aiogram": 1.0, "tuned": 0.60, "ptb": 4.0}  # our rate, as a multiple of theirs
SHOWN = {
    "ours": "ours, durable",
    "aiogram": "aiogram, memory",
    "tuned": "aiogram tuned, memory",
    "ptb": "PTB, pickle",
}


def command(name: str, bot: Bot, base: str, folder: Path) -> tuple[list[str], dict[str, str]]:
    """How a bot is started: its arguments and settings."""
    port = str(bot.poster.port) if bot.poster else "0"
    if name == "ours":
        more = {"TELEGRAM_HOUSEHOLD_TOKEN": bot.token, "TELEGRAM_MESSAGES_PER_SECOND": FAST}
        if bot.poster:
            more |= {"HTTP_PORT": port, "HTTP_HOST": "127.0.0.1", "PUBLIC_URL": OUTSIDE}
        return ["-m", "benchmarks.run_ours"], settings(base, folder, **more)
    if name == "ptb":
        return ["-m", "benchmarks.bare_ptb", base, bot.token, port, str(folder)], {}
    tuned = ["tuned"] if name == "tuned" else []
    return ["-m", "benchmarks.run_aiogram", base, bot.token, port, *tuned], {}


def made(names: tuple[str, ...], *, polling: bool) -> list[Bot]:
    """A bot for each side, and the port it listens on."""
    return [
        Bot(
            f"{number}:{name}-token-of-the-bench",
            poster=None if polling else Poster(free_port()),
        )
        for number, name in enumerate(names, 300)
    ]
