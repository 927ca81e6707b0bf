"""How we are: alive, ready, and in numbers. Served by bot/web.py; tells nothing about anybody."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot import clock
from bot.metrics import Metrics
from models.messages import Channel

if TYPE_CHECKING:
    from bot.app import Assistant
    from models.database import Unit

PATIENCE = 2.0  # seconds for the database to answer
STUCK = timedelta(minutes=2)  # a row that is due and waits longer means that sending has stopped


class Health:
    """Answers the monitor. `assistant` is None until everything is up."""

    def __init__(self) -> None:
        self.assistant: Assistant | None = None

    async def ready(self) -> tuple[bool, dict[str, object]]:
        """May people be sent here? And why not: {"ready", "database", "oldest_waiting" (s)}."""
        if self.assistant is None:
            return False, {"ready": False, "starting": True}
        try:
            age = await self._ask(_oldest)
        except Exception as wrong:
            told = {"ready": False, "database": type(wrong).__name__}
            return False, dict(told)
        good = age is None or age < STUCK
        waited = None if age is None else age.total_seconds()
        return good, {"ready": good, "database": "ok", "oldest_waiting": waited}

    async def figures(self) -> bytes:
        """Everything counted, in the text format of Prometheus."""
        from prometheus_client import CollectorRegistry, generate_latest

        counted, stored = Metrics(), None
        if self.assistant is not None:
            counted = self.assistant.house.metrics
            stored = await self._ask(_stored)
        registry = CollectorRegistry()
        registry.register(_Figures(counted, stored))
        return generate_latest(registry)

    async def _ask(self, question: Any) -> Any:
        if self.assistant is None:
            raise RuntimeError("nobody is up to ask")
        async with asyncio.timeout(PATIENCE):
            return await self.assistant.db.read(question)


class _Figures:
    """Collected by prometheus_client: `counted` by this process, `stored` by all of them."""

    def __init__(self, counted: Metrics, stored: dict[str, Any] | None) -> None:
        self.counted, self.stored = counted, stored

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily

        of = ["channel", "outcome"]
        updates = CounterMetricFamily("ocop_updates", "Messages that came in", labels=of)
        sends = CounterMetricFamily("ocop_sends", "Tries to send a message", labels=of)
        for family, numbers in ((updates, self.counted.updates), (sends, self.counted.sends)):
            for labels, number in sorted(numbers.items()):
                family.add_metric(list(labels), number)
        turns = HistogramMetricFamily("ocop_turn_seconds", "From a message to its commit")
        turns.add_metric([], self.counted.turns.cumulative(), self.counted.turns.total)
        yield from (updates, sends, turns)
        if self.stored is not None:
            yield from self._from_rows(self.stored)

    def _from_rows(self, stored: dict[str, Any]) -> Iterator[Any]:
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        age, waiting, aside, questions = (stored[k] for k in ("age", "waiting", "aside", "asked"))
        seconds = age.total_seconds() if age is not None else 0.0
        oldest = "How long the oldest due message has waited"
        yield GaugeMetricFamily("ocop_outbox_oldest_seconds", oldest, value=seconds)
        rows = GaugeMetricFamily("ocop_outbox_waiting", "Messages that wait", labels=["channel"])
        for channel in Channel:
            rows.add_metric([channel.value], waiting.get(channel.value, 0))
        yield rows
        yield GaugeMetricFamily("ocop_inbox_set_aside", "Messages set aside", value=aside)
        asked = CounterMetricFamily("ocop_questions", "Questions asked", labels=["answered"])
        for answered in (True, False):
            asked.add_metric(["yes" if answered else "no"], questions.get(answered, 0))
        yield asked


def _oldest(unit: Unit) -> timedelta | None:
    from models.outbox import oldest_waiting

    return oldest_waiting(unit, clock.now())


def _stored(unit: Unit) -> dict[str, Any]:
    from models import figures

    return {
        "age": _oldest(unit),
        "waiting": figures.waiting_by_channel(unit),
        "aside": figures.set_aside(unit),
        "asked": figures.questions(unit),
    }
