"""Plays a story on a whole deployment: real turn, real database, reloaded between any two lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import clock
from bot.lanes import PullSender
from bot.outbox import Outbox
from bot.register_sheet import Entry
from bot.work.inbox import keep
from models import register
from models.content.fold import fold
from models.database import Database
from models.messages import Attachment, Channel
from tests.flows.talk import Talker, Town
from tests.play.pictures import document, photo
from tests.play.story import Line, shown

SETTLED = timedelta(seconds=4)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_SPANS = {"phút": "minutes", "giờ": "hours", "ngày": "days"}
_OFFICER = re.compile(
    r"(?P<who>[\w ]+?) là cán bộ (?P<role>xã|tỉnh|quản trị|lãnh đạo)\s*(?P<codes>[\d, ]*)$"
)
ROLES = {"xã": "commune", "tỉnh": "province", "quản trị": "admin", "lãnh đạo": "leader"}


@dataclass(slots=True)
class Stage:
    """Who is on it, and what each has seen so far."""

    town: Town
    people: dict[str, Talker] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)
    outbox: Outbox = field(init=False)

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.town.db, self.town.house, [PullSender(Channel.WEB)])

    def person(self, name: str) -> Talker:
        if name not in self.people:
            self.people[name] = self.town.person(f"story-{name}", Channel.WEB)
        return self.people[name]

    async def play(self, line: Line) -> list[str]:
        """Do what the line says; what everybody saw of it, as the story shows it."""
        self.town.db.store.cache.doubt()  # nothing may live only in memory
        if line.kind == "clock":
            self._clock(line.what)
        elif line.kind == "officer":
            await self._officer(line.what)
        elif line.kind == "listed":
            await listed(self.town.db, line.what)
        elif line.kind != "comment":
            await self._act(line)
        await self._work()
        return [] if line.kind == "comment" else await self._seen()

    async def _work(self) -> None:
        """What is due is done and sent; a burst settles first, as it does while people read."""
        for _ in range(5):
            if not await self.town.jobs.drain():
                break
        self.town.clock.move(SETTLED)
        while await self.outbox.drain(Channel.WEB):
            pass

    async def _act(self, line: Line) -> None:
        who = self.person(line.who)
        if line.kind == "says":
            await who.say(line.what)
        elif line.kind == "presses":
            await who.press(line.what)
        else:
            await who.send(*[self._file(part.strip()) for part in line.what.split(",")])

    def _file(self, what: str) -> Attachment:
        """ "ảnh giấy.jpg", "ảnh mờ giấy.jpg", "tệp hopdong.pdf": real bytes, looked at for real."""
        kind, *quality, name = what.split()
        data = document(name) if kind == "tệp" else photo(name, blurred="mờ" in quality)
        return keep(self.town.files, data, name)

    def _clock(self, what: str) -> None:
        at = self.town.clock
        if what.startswith("+"):
            number, unit = what[1:].split()
            at.move(timedelta(**{_SPANS[unit]: int(number)}))
        else:
            at.set(
                datetime.strptime(what, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM).astimezone(UTC)
            )

    async def _officer(self, what: str) -> None:
        from bot.officers_admin import invite

        found = _OFFICER.match(what)
        assert found, f"an officer line nobody understands: {what!r}"
        codes = [c.strip() for c in found["codes"].split(",") if c.strip()]
        made = await invite(
            self.town.db, self.town.house.content, ROLES[found["role"]], codes, found["who"].strip()
        )
        await self.person(found["who"].strip()).say(f"/start {made.code}")

    async def _seen(self) -> list[str]:
        """What each person got since the last line."""
        lines: list[str] = []
        for name, who in self.people.items():
            await who.letters()
            for say in who.heard[self.told.get(name, 0) :]:
                lines += shown(name, say)
            self.told[name] = len(who.heard)
        return lines


async def listed(db: Database, what: str) -> None:
    """A line of the province's list is brought in."""
    words = [word.strip() for word in what.split("|")]
    product, producer, kind, commune, set_number, stars, decision, issued, ends = words
    days = [date(*map(int, reversed(day.split("/")))) for day in (issued, ends)]
    entry = Entry(2, product, producer, kind, commune, int(set_number), int(stars), decision,
                  days[0], days[1], "", "")  # fmt: skip
    await db.run(lambda unit: register.add(unit, [entry], fold, clock.now()))


STORIES = Path(__file__).parent.parent / "stories"
