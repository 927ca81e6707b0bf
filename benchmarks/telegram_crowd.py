"""The people of one bot, who fill in the five-step form over and over."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.bot_api import Bot
from benchmarks.form import DONE, QUESTIONS, said
from benchmarks.telegram_process import Running, asks, running
from benchmarks.telegram_sides import command

IN_FLIGHT = 32  # people who wait for an answer at once, when saturated
WARM = 1.0  # seconds of load before a round counts
OFFERED = 200  # updates a second, for latencies


@dataclass
class Crowd:
    """The people of one bot, and how far each is in the form."""

    run: Running
    steps: list[int]
    rates: list[float] = field(default_factory=list)
    saturated: list[float] = field(default_factory=list)  # seconds
    offered: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)  # the bot's processor seconds an update
    loading: list[float] = field(default_factory=list)  # the share of one core this process used

    def __post_init__(self) -> None:
        self._turns = itertools.cycle(range(len(self.steps)))

    async def meet(self) -> None:
        """Everybody opens the form."""
        opens = "/filling" if self.run.name == "ours" else "/start"
        everybody = iter(range(len(self.steps)))

        async def lane() -> None:
            for person in everybody:
                await self.run.bot.say(chat(person), opens, QUESTIONS[0].ask)

        await asyncio.gather(*(lane() for _ in range(IN_FLIGHT)))

    async def fill(self) -> float:
        """The next person who waits for nothing answers the question they are at."""
        while len(self.run.bot.asked) >= len(self.steps):
            await asyncio.sleep(0.005)
        person = next(n for n in self._turns if chat(n) not in self.run.bot.asked)
        step, last = self.steps[person], len(QUESTIONS) - 1
        self.steps[person] = (step + 1) % len(QUESTIONS)
        expect = QUESTIONS[step + 1].ask if step < last else DONE
        return await self.run.bot.say(chat(person), said(person, step), expect)

    async def load(self, seconds: float) -> None:
        """One round."""
        await self.run.resume()
        await self.saturate(WARM)
        await self.offer(seconds)
        began, used, own = time.perf_counter(), self.run.used(), time.process_time()
        rate, took = await self.saturate(seconds)
        self.cost.append((self.run.used() - used) / len(took))
        self.loading.append((time.process_time() - own) / (time.perf_counter() - began))
        self.rates.append(rate)
        self.saturated += took
        self.run.pause()

    async def saturate(self, seconds: float) -> tuple[float, list[float]]:
        """Answers a second, and how long each took, when somebody writes as soon as another is
        answered."""
        began, took = time.perf_counter(), list[float]()

        async def lane() -> None:
            while time.perf_counter() < began + seconds:
                took.append(await self.fill())

        await asyncio.gather(*(lane() for _ in range(IN_FLIGHT)))
        return len(took) / (time.perf_counter() - began), took

    async def offer(self, seconds: float) -> None:
        """So many a second, whether answered or not."""
        began, tasks = time.perf_counter(), []
        for number in range(int(OFFERED * seconds)):
            await asyncio.sleep(max(0.0, began + number / OFFERED - time.perf_counter()))
            tasks.append(asyncio.create_task(self.fill()))
        self.offered += await asyncio.gather(*tasks)


def chat(person: int) -> int:
    return 1000 + person


@asynccontextmanager
async def met(name: str, bot: Bot, base: str, folder: Path, people: int) -> AsyncIterator[Crowd]:
    """A started bot whose people have all opened the form; stopped at the end."""
    arguments, env = command(name, bot, base, folder)
    async with running(name, bot, folder, arguments, **env) as run:
        await asks(bot)
        if bot.poster:
            await bot.poster.connect()
        crowd = Crowd(run, [0] * people)
        await crowd.meet()
        yield crowd
