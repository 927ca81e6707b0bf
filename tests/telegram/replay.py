"""Plays a story on Telegram: officers on one bot, households on the other, over HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.officers_admin import invite
from handlers.telegram_text import BOLD
from tests.play.pictures import document, photo
from tests.play.stage import _OFFICER, _SPANS, ROLES, SETTLED, VIETNAM, listed
from tests.play.story import Line
from tests.telegram.conftest import Running
from tests.telegram.phone import Phone


def told(line: Line) -> list[tuple[str, str]]:
    """(who, what) of every message the golden side of a line shows, as plain text."""
    made: list[tuple[str, list[str]]] = []
    again = False
    for raw in line.heard:
        who, mark, text = raw.strip().partition(" |")
        if not mark or who.startswith(("[", "<")):
            again = False
            continue
        if again and made[-1][0] == who:
            made[-1][1].append(text.strip())
        else:
            made.append((who, [text.strip()]))
        again = True
    return [(who, BOLD.sub(r"\1", "\n".join(lines)).strip()) for who, lines in made]


NAMELESS = "tep.jpg"


@dataclass
class Player:
    """Does what a story says. `officers` are served on `office`, everybody else on `home`."""

    town: Running
    clock: Any
    home: str
    office: str
    officers: frozenset[str]
    phones: dict[str, Phone] = field(default_factory=dict)
    photos: set[str] = field(default_factory=set)  # names of what was sent as photos
    silent: list[str] = field(default_factory=list)  # lines nobody answered
    unsaid: list[str] = field(default_factory=list)  # what the story says and nobody read

    def phone(self, who: str) -> Phone:
        if who not in self.phones:
            token = self.office if who in self.officers else self.home
            self.phones[who] = self.town.phone(7001 + len(self.phones), token)
        return self.phones[who]

    async def play(self, lines: list[Line]) -> None:
        for line in lines:
            before = seen(self.phone(line.who)) if line.who else 0
            await self._do(line)
            await self.town.settle()
            self.clock.move(SETTLED)
            await self.town.settle()
            if line.who and seen(self.phone(line.who)) == before:
                self.silent.append(line.raw)
            for who, words in told(line):
                read = shown(self.phone(who))
                if not any(self._named(words) in text for text in read):
                    self.unsaid.append(f"{line.raw}\n→ {who}: {words}")

    def _named(self, words: str) -> str:
        """A photo comes without its name."""
        for name in self.photos:
            words = words.replace(name, NAMELESS)
        return words

    async def _do(self, line: Line) -> None:
        if line.kind == "clock":
            self._clock(line.what)
        elif line.kind == "officer":
            await self._officer(line.what)
        elif line.kind == "listed":
            await listed(self.town.db, line.what)
        elif line.kind == "says":
            await self._says(self.phone(line.who), line.what)
        elif line.kind == "presses":
            await self._presses(self.phone(line.who), line.what)
        elif line.kind == "sends":
            await self._sends(self.phone(line.who), line.what.split(","))

    async def _says(self, phone: Phone, text: str) -> None:
        phone.queue(text=text)
        await self.town.delivered(phone.token)

    async def _presses(self, phone: Phone, label: str) -> None:
        keyboard = (phone.last.get("_markup") or {}).get("keyboard") if phone.got else None
        if keyboard:
            return await self._says(phone, label)
        phone.queue_press(label)
        await self.town.delivered(phone.token)

    async def _sends(self, phone: Phone, parts: list[str]) -> None:
        """Several photos are an album: as many messages."""
        album = {"media_group_id": str(phone.api.number())} if len(parts) > 1 else {}
        for part in parts:
            kind, *quality, name = part.strip().split()
            data = document(name) if kind == "tệp" else photo(name, blurred="mờ" in quality)
            phone.api.files[name] = data
            file = {"file_id": name, "file_unique_id": name, "file_size": len(data)}
            if kind != "tệp":
                self.photos.add(name)
            if kind == "tệp":
                phone.queue(document={**file, "file_name": name}, **album)
            else:
                small = {"file_id": "thumb", "file_unique_id": "t", "width": 90, "height": 90}
                large = {**file, "width": 900, "height": 1200}
                phone.queue(photo=[small, large], **album)
        await self.town.delivered(phone.token)

    def _clock(self, what: str) -> None:
        if what.startswith("+"):
            number, unit = what[1:].split()
            self.clock.move(timedelta(**{_SPANS[unit]: int(number)}))
        else:
            when = datetime.strptime(what, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)
            self.clock.set(when.astimezone(UTC))

    async def _officer(self, what: str) -> None:
        found = _OFFICER.match(what)
        assert found, what
        codes = [c.strip() for c in found["codes"].split(",") if c.strip()]
        house, name = self.town.assistant.house, found["who"].strip()
        made = await invite(self.town.db, house.content, ROLES[found["role"]], codes, name)
        await self._says(self.phone(name), f"/start {made.code}")


def officers_of(lines: list[Line]) -> frozenset[str]:
    found = (_OFFICER.match(line.what) for line in lines if line.kind == "officer")
    return frozenset(one["who"].strip() for one in found if one)


def seen(phone: Phone) -> int:
    """How often the bot wrote or edited here."""
    return sum(1 + message.get("edits", 0) for message in phone.got)


def shown(phone: Phone) -> list[str]:
    every = (m.get("text") or m.get("caption") or "" for m in phone.got)
    return ["\n".join(line.strip() for line in text.splitlines()) for text in every]
