"""A durable turn beside bare aiogram, the same form, in one run: `python -m benchmarks.turn`.

Both sides take turns, round by round, so that what else the machine does meets both. Prints the
ratio of rates with 32 messages in flight, and how long one turn takes at an honest load.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks.bare_aiogram import Bare
from benchmarks.form import QUESTIONS
from benchmarks.ours import Ours
from models.messages import Channel

IN_FLIGHT = 32
PEOPLE = 320  # ten a lane
OFFERED = 200  # messages a second, for the latency of a turn
WANTED_RATIO, WANTED_P95 = 0.60, 5.0  # of bare aiogram; milliseconds

Fill = Callable[[int, int], Awaitable[None]]


async def rate(fill: Fill, rounds: int, in_flight: int) -> float:
    """Messages a second while `in_flight` people are served at once, each filling in the form."""

    async def lane(number: int) -> None:
        for person in range(number, PEOPLE, in_flight):
            for _ in range(rounds):
                for step in range(len(QUESTIONS)):
                    await fill(person, step)

    gc.collect()
    began = time.perf_counter()
    await asyncio.gather(*(lane(number) for number in range(in_flight)))
    return PEOPLE * rounds * len(QUESTIONS) / (time.perf_counter() - began)


async def latencies(fill: Fill, seconds: float) -> list[float]:
    """How long each of `OFFERED` messages a second took, in ms, from when it was due."""
    took: list[float] = []

    async def one(number: int, due: float) -> None:
        await fill(number % PEOPLE, number // PEOPLE % len(QUESTIONS))
        took.append((time.perf_counter() - due) * 1000)

    began = time.perf_counter()
    tasks = []
    for number in range(int(OFFERED * seconds)):
        due = began + number / OFFERED
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(one(number, due)))
    await asyncio.gather(*tasks)
    return took


async def one_by_one(fill: Fill) -> list[float]:
    """How long each message took, in ms, with nobody else served meanwhile."""
    took = []
    for person in range(PEOPLE):
        for step in range(len(QUESTIONS)):
            began = time.perf_counter()
            await fill(person, step)
            took.append((time.perf_counter() - began) * 1000)
    return took


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


async def side_by_side(bare: Bare, ours: Ours, runs: int, rounds: int) -> float:
    """The median ratio over `runs`; every message was answered and every form finished."""
    for person in range(PEOPLE):
        await bare.say(person, "/start")
        await ours.meet(person)
    await rate(bare.fill, 1, IN_FLIGHT)
    await rate(ours.fill, 1, IN_FLIGHT)
    gc.collect()
    gc.freeze()  # as `run` does after its start
    before, ratios = ours.written(), []
    for _ in range(runs):
        theirs = await rate(bare.fill, rounds, IN_FLIGHT)
        mine = await rate(ours.fill, rounds, IN_FLIGHT)
        ratios.append(mine / theirs)
        print(f"  {theirs:7.0f}  {mine:7.0f}  {ratios[-1]:.2f}")
    forms = runs * rounds * PEOPLE
    rows, ended = ours.written()
    assert (rows - before[0], ended - before[1]) == (forms * len(QUESTIONS), forms)
    return statistics.median(ratios)


async def pushed(folder: Path, rounds: int) -> float:
    """Messages a second when each answer is claimed, sent and marked besides."""
    ours = Ours(folder, Channel.TELEGRAM)
    for person in range(PEOPLE):
        await ours.meet(person)
    working = asyncio.create_task(ours.outbox.run())
    began = time.perf_counter()
    await rate(ours.fill, rounds, IN_FLIGHT)
    while ours.sender.count < PEOPLE * (rounds * len(QUESTIONS) + 2):
        await asyncio.sleep(0.005)
    reached = PEOPLE * rounds * len(QUESTIONS) / (time.perf_counter() - began)
    ours.outbox.stop()
    await working
    ours.db.close()
    return reached


def told(name: str, took: list[float]) -> None:
    p50, p95, p99 = (percentile(took, share) for share in (0.5, 0.95, 0.99))
    print(f"turn, {name}: p50 {p50:.2f} ms, p95 {p95:.2f} ms, p99 {p99:.2f} ms")


async def measure(folder: Path, runs: int, rounds: int) -> int:
    bare, ours = Bare(), Ours(folder)
    print("messages a second: bare aiogram, ours, ratio")
    ratio = await side_by_side(bare, ours, runs, rounds)
    alone, offered = await one_by_one(ours.fill), await latencies(ours.fill, 5.0)
    ours.db.close()
    print(f"ratio, {IN_FLIGHT} in flight, durable / bare aiogram: {ratio:.2f} (>= {WANTED_RATIO})")
    told("one at a time", alone)
    told(f"{OFFERED} a second", offered)
    print(
        f"with every answer pushed and marked: {await pushed(folder / 'push', rounds):.0f} a second"
    )
    good = ratio >= WANTED_RATIO and percentile(offered, 0.95) < WANTED_P95
    return 0 if good else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=2, help="forms each of 320 people fill in")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(measure(Path(folder), given.runs, given.rounds))


if __name__ == "__main__":
    sys.exit(main())
