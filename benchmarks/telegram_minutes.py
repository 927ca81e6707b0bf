"""Ours and python-telegram-bot over whole minutes, with as many people as a province has.

Round by round (telegram.py) python-telegram-bot is loaded for seconds and meets few people. That
spares it its pickle: once a minute PicklePersistence writes the whole file anew for each person who
wrote since, and the bot answers nobody meanwhile. What that costs grows with the square of the
people. Here both bots meet as many people and are loaded until whole minutes have passed; a stop
that began in them belongs to them.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.bot_api import BotApi
from benchmarks.telegram_crowd import met
from benchmarks.telegram_sides import SHOWN, WANTED, made

PATIENCE = 3600.0  # seconds; as long as the pickle may take


async def minutes(folder: Path, crowds: tuple[int, ...], length: float, *, polling: bool) -> bool:
    """Load both with each number of people for `length` minutes; True when ours does `WANTED`
    times as much whatever the number."""
    folder.mkdir(exist_ok=True)
    good, wanted = True, WANTED["ptb"]
    for people in crowds:
        rates = {}
        for name in ("ours", "ptb"):
            place = folder / f"{name}-{people}"
            rates[name] = await _loaded(name, place, people, length * 60, polling=polling)
        ratio = rates["ours"] / rates["ptb"]
        print(f"{people} people, ours / {SHOWN['ptb']}: {ratio:.2f} (>= {wanted:.2f})")
        good = good and ratio >= wanted
    return good


async def _loaded(name: str, folder: Path, people: int, seconds: float, *, polling: bool) -> float:
    """Answers a second of one bot."""
    (bot,) = made((name,), polling=polling)
    bot.patience = PATIENCE
    api = BotApi(bot)
    await api.start()
    async with met(name, bot, api.base, folder, people) as crowd:
        rate, took = await crowd.saturate(seconds)
        print(
            f"{SHOWN[name]}, {people} people: {rate:.0f} a second, longest wait {max(took):.1f} s, "
            f"{crowd.run.resident():.0f} MB; answers that were not the next question: {bot.odd}"
        )
    api.stop()
    return rate
