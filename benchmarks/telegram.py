"""Whole bots over HTTP, one five-step form, in one run: `python -m benchmarks.telegram`.

Ours (`python -m bot run`, everything durable, SQLite with synchronous FULL) beside bare aiogram as
it comes, the same tuned, and python-telegram-bot's ConversationHandler with PicklePersistence. Each
is a process of its own; they are loaded in turn, round by round. Updates come by webhook over 32
connections, as `--polling` they are asked for. Then alerts drain and start-up. `--only` takes one
part, `--quick` small numbers that show that it works and nothing else. `--only minutes` is no part
of the whole, as it takes half an hour: telegram_minutes.py.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import statistics
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bot_api import BotApi
from benchmarks.telegram_alone import WANTED_MB, drain, start
from benchmarks.telegram_crowd import OFFERED, Crowd, met
from benchmarks.telegram_minutes import minutes
from benchmarks.telegram_sides import NAMES, SHOWN, WANTED, made
from benchmarks.turn import percentile

FEW = 320
WANTED_P99, WANTED_SPREAD = 5.0, 1.6  # ms when offered; p99 by p50 when saturated


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is done. Ours sends a chat one message a second: `people` is more than it answers in
    that time. The others keep no pace; they meet `FEW`, which is lighter for their memory."""

    people: int
    rounds: int
    seconds: float  # of load, each time
    alerts: int
    starts: int
    crowds: tuple[int, ...]  # how many people, for whole minutes
    minutes: float


FULL = Sizes(4000, 5, 6.0, 10_000, 5, (4_000, 10_000), 4.0)
QUICK = Sizes(1000, 1, 2.0, 90, 1, (1_000,), 0.1)
PARTS = ("ours", "aiogram", "ptb", "minutes", "drain", "start")


async def side_by_side(
    folder: Path, names: tuple[str, ...], sizes: Sizes, *, polling: bool
) -> bool:
    """Load each bot in turn; print what each did and the ratios. True when every aim holds."""
    bots = made(names, polling=polling)
    api = BotApi(*bots)
    await api.start()
    async with AsyncExitStack() as stack:
        crowds: dict[str, Crowd] = {}
        for name, bot in zip(names, bots, strict=True):
            people = sizes.people if name == "ours" else FEW
            started = met(name, bot, api.base, folder / name, people)
            crowds[name] = await stack.enter_async_context(started)
            await asyncio.sleep(2.0)  # what it does after its first people
            crowds[name].run.pause()
        gc.collect()
        gc.freeze()
        for _ in range(sizes.rounds):
            for crowd in crowds.values():
                await crowd.load(sizes.seconds)
        good = told(crowds)
    api.stop()
    return good


def told(crowds: dict[str, Crowd]) -> bool:
    """Print the table, then each aim beside what was reached."""
    print(f"{'':22} {'a second':>9} {f'at {OFFERED}/s p50 p95 p99':>28} "
          f"{'saturated p50 p95 p99':>27} {'CPU ms':>7} {'MB':>5}")  # fmt: skip
    for name, one in crowds.items():
        print(f"{SHOWN[name]:22} {statistics.median(one.rates):9.0f} {spread(one.offered):>28} "
              f"{spread(one.saturated):>27} {statistics.median(one.cost) * 1000:7.2f} "
              f"{one.run.resident():5.0f}")  # fmt: skip
        calls = ", ".join(f"{method} {n}" for method, n in sorted(one.run.bot.calls.items()))
        print(f"  {calls}; answers that were not the next question: {one.run.bot.odd}")
        print(
            f"  the one who loads and answers used {statistics.median(one.loading):.0%} of a core"
        )
    good = not any(one.run.bot.odd for one in crowds.values())
    return aims(crowds) and good


def spread(seconds: list[float]) -> str:
    return " ".join(f"{percentile(seconds, share) * 1000:8.1f}" for share in (0.5, 0.95, 0.99))


def aims(crowds: dict[str, Crowd]) -> bool:
    ours = crowds.get("ours")
    if ours is None:
        return True
    good = True
    for name, wanted in WANTED.items():
        if name in crowds:
            pairs = zip(ours.rates, crowds[name].rates, strict=True)
            ratio = statistics.median(mine / theirs for mine, theirs in pairs)
            frugal = statistics.median(crowds[name].cost) / statistics.median(ours.cost)
            print(f"ratio, ours / {SHOWN[name]}: {ratio:.2f} (>= {wanted:.2f}), "
                  f"by processor time {frugal:.2f}")  # fmt: skip
            good = good and ratio >= wanted
    p99 = percentile(ours.offered, 0.99) * 1000
    fan = percentile(ours.saturated, 0.99) / percentile(ours.saturated, 0.5)
    mb = ours.run.resident()
    print(f"p99 at {OFFERED} a second: {p99:.1f} ms (<= {WANTED_P99:.0f})")
    print(f"saturated, p99 / p50: {fan:.2f} (<= {WANTED_SPREAD})")
    print(f"resident after the load: {mb:.0f} MB (< {WANTED_MB:.0f})")
    return good and p99 <= WANTED_P99 and fan <= WANTED_SPREAD and mb < WANTED_MB


def chosen(only: str) -> tuple[str, ...]:
    """The bots that are loaded: ours with the rival that is named, or all."""
    sides = {"": NAMES, "ours": ("ours",), "aiogram": ("ours", "aiogram", "tuned")}
    return sides.get(only) or (("ours", "ptb") if only == "ptb" else ())


async def measure(folder: Path, only: str, sizes: Sizes, *, polling: bool) -> int:
    good = []
    if names := chosen(only):
        good.append(await side_by_side(folder, names, sizes, polling=polling))
    if only == "minutes":
        good.append(await minutes(folder, sizes.crowds, sizes.minutes, polling=polling))
    if only in ("", "start"):
        good.append(await start(folder / "start", sizes.starts))
    if only in ("", "drain"):
        good.append(await drain(folder / "drain", sizes.alerts))
    return 0 if all(good) else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", choices=PARTS)
    parser.add_argument("--polling", action="store_true", help="updates are asked for")
    parser.add_argument("--quick", action="store_true", help="small numbers: does it work at all")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sizes = QUICK if given.quick else FULL
        return asyncio.run(measure(Path(folder), given.only, sizes, polling=given.polling))


if __name__ == "__main__":
    sys.exit(main())
