"""People whose channel sends each message again until it is taken; and what must hold then."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot import clock
from bot.clock import Clock
from models import outbox
from models.messages import Outcome
from tests.storage.world import World, seconds

Nap = Callable[[], Awaitable[None]]


async def short_nap() -> None:
    await asyncio.sleep(0.02)


@dataclass
class Crowd:
    """Every message is its number; `again` counts the times nothing was written."""

    world: World
    clock: Clock
    names: tuple[str, ...] = ("lan", "hoa", "tu")
    said: dict[str, list[str]] = field(default_factory=dict)
    again: int = 0
    twice: int = 0

    async def talks(self, number: int, nap: Nap = short_nap) -> None:
        """Each says `number` messages, one after the other, all people at once."""
        await asyncio.gather(*(self._talk(name, number, nap) for name in self.names))

    async def _talk(self, name: str, number: int, nap: Nap) -> None:
        mine = self.said.setdefault(name, [])
        for _ in range(number):
            text = f"{name} {len(mine)}"
            mine.append(text)
            while not await self._taken(name, text):
                self.again += 1
                await nap()

    async def _taken(self, name: str, text: str) -> bool:
        try:
            outcome = await self.world.says(name, text, external_id=text)
        except Exception:
            return False  # not answered with 200: the channel sends it again
        self.twice += outcome is Outcome.DUPLICATE
        return True

    async def settles(self, nap: Nap = short_nap) -> None:
        """Send and do what is due until nothing waits, through failures."""
        for _ in range(500):
            try:
                await self.world.deliver()
                await self.world.work()
                if await self.waiting() == 0 == await self.unheard():
                    return
            except Exception:
                self.again += 1
            self.clock.move(seconds(2))  # what failed is tried again a little later
            await nap()
        raise AssertionError("it does not drain")

    async def waiting(self) -> int:
        rows = await self.world.out()
        return sum(row.status == "waiting" for row in rows)

    async def unheard(self) -> int:
        return sum(row.state != "done" for row in await self.world.inbox())

    async def check(self) -> None:
        """Nothing lost, nothing doubled, nothing waits.

        A reply may come twice only when it is marked as perhaps sent before.
        """
        assert await self.waiting() == 0
        age = await self.world.db.read(lambda unit: outbox.oldest_waiting(unit, clock.now()))
        assert age is None
        kept = await self.world.inbox()
        assert len(kept) == sum(map(len, self.said.values())), "each was kept once"
        assert [row.state for row in kept] == ["done"] * len(kept)
        failed = [row.error for row in await self.world.out() if row.status == "failed"]
        assert not failed
        for name, mine in self.said.items():
            assert sorted(self._got(name)) == sorted(f"You said: {text}" for text in mine)

    def _got(self, name: str) -> list[str]:
        got: list[str] = []
        for out in self.world.phone.got:
            if out.address.id == name and out.say.text not in got:
                got.append(out.say.text)
            elif out.address.id == name:
                assert out.maybe_sent, "sent twice as if it were the first time"
        return got

    def told(self, what: str) -> None:
        count = sum(map(len, self.said.values()))
        print(f"{what}: {count} messages, {self.again} tries that failed; none lost, none doubled")
