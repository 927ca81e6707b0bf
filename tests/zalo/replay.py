"""Plays a story over a wire of Zalo: typed, pressed and sent, with a strict server behind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import aiohttp

from bot.lanes import no_pace
from tests.play.pictures import document, photo
from tests.play.stage import _OFFICER, _SPANS, ROLES, SETTLED, VIETNAM, listed
from tests.play.story import Line
from tests.zalo.bot_server import Pilot
from tests.zalo.conftest import Deployed
from tests.zalo.oa_server import Zalo


class Wire(Protocol):
    """One side of a channel: what a person can do there and what they see."""

    documents: bool  # does it take them?

    async def text(self, who: str, words: str) -> None: ...
    async def file(self, who: str, kind: str, name: str, data: bytes) -> None: ...
    def seen(self, who: str) -> list[dict[str, Any]]: ...
    def refused(self) -> list[Any]: ...


@dataclass
class OaWire:
    zalo: Zalo
    documents: bool = True

    async def text(self, who: str, words: str) -> None:
        await self.zalo.say(who, words)

    async def file(self, who: str, kind: str, name: str, data: bytes) -> None:
        self.zalo.oa.media[name] = data
        url = f"{self.zalo.oa.base}/media/{name}"
        sent = {"type": kind, "payload": {"url": url, "name": name, "size": str(len(data))}}
        body = self.zalo.event(who, f"user_send_{kind}", attachments=[sent])
        assert (await self.zalo.post(body))[0] == 200

    def seen(self, who: str) -> list[dict[str, Any]]:
        return [m for m in self.zalo.oa.sent if m["to"] == who]

    def refused(self) -> list[Any]:
        return self.zalo.oa.refused


@dataclass
class BotWire:
    """Photos only: documents come in by the upload link."""

    pilot: Pilot
    documents: bool = False

    async def text(self, who: str, words: str) -> None:
        await self.pilot.say(who, words)

    async def file(self, who: str, kind: str, name: str, data: bytes) -> None:
        self.pilot.bot.media[name] = data
        url = f"{self.pilot.bot.base}/media/{name}"
        assert kind == "image", "the real one withholds it"
        assert await self.pilot.post(self.pilot.event(who, kind, photo_url=url)) == 200

    def seen(self, who: str) -> list[dict[str, Any]]:
        return [m for m in self.pilot.bot.sent if m["chat_id"] == who]

    def refused(self) -> list[Any]:
        return self.pilot.bot.refused


@dataclass
class Player:
    """Does what a story says; `silent` are the lines nobody answered."""

    here: Deployed
    wire: Wire
    silent: list[str] = field(default_factory=list)
    links: int = 0  # documents that came by the upload link

    def __post_init__(self) -> None:
        warm = self.here.assistant.house.answerer
        assert warm is not None
        warm()  # as `run` does when the first person is there
        for lane in self.here.assistant.outbox.lanes.values():
            lane.pace = no_pace  # the story's clock stands still between lines

    async def play(self, lines: list[Line]) -> None:
        for line in lines:
            before = len(self.wire.seen(line.who)) if line.who else 0
            await self._do(line)
            await self._settle()
            if line.kind == "presses" and self._asked(line.who):
                await self._do(line)  # a letter two messages had: the label says which
                await self._settle()
            if line.who and len(self.wire.seen(line.who)) == before:
                self.silent.append(line.raw)

    async def _do(self, line: Line) -> None:
        if line.kind == "clock":
            self._clock(line.what)
        elif line.kind == "officer":
            await self._officer(line.what)
        elif line.kind == "listed":
            await listed(self.here.assistant.db, line.what)
        elif line.kind == "says":
            await self.wire.text(line.who, line.what)
        elif line.kind == "presses":
            await self.wire.text(line.who, self._choice(line))
        elif line.kind == "sends":
            for part in line.what.split(","):
                kind, *quality, name = part.strip().split()
                if kind == "tệp" and not self.wire.documents:
                    await self._by_link(line, name, document(name))
                elif kind == "tệp":
                    await self.wire.file(line.who, "file", name, document(name))
                else:
                    data = photo(name, blurred="mờ" in quality)
                    await self.wire.file(line.who, "image", name, data)

    async def _by_link(self, line: Line, name: str, data: bytes) -> None:
        """Ask for the page that takes one paper, open it and send the file there."""
        await self.wire.text(line.who, self._choice(replace(line, what="Gửi qua trang web")))
        await self._settle()
        said = "\n".join(str(m.get("text", "")) for m in self.wire.seen(line.who)[-2:])
        link = re.findall(r"https://ocop\.example(/u/\S+)", said)[-1]

        def form() -> aiohttp.FormData:
            made = aiohttp.FormData(quote_fields=False)
            made.add_field("file", data, filename=name)
            return made

        async with aiohttp.ClientSession() as phone:
            async with phone.get(self.here.url + link) as page:
                assert page.status == 200, "looking uses nothing up"
            async with phone.post(self.here.url + link, data=form()) as answer:
                assert answer.status == 200, await answer.text()
            async with phone.post(self.here.url + link, data=form()) as again:
                assert again.status == 410, "once only"
        self.links += 1

    def _asked(self, who: str) -> bool:
        """Did the bot ask whether an older message was meant?"""
        said = str(self.wire.seen(who)[-1].get("text", ""))
        return "muốn việc " in said or "want that?" in said or "do you mean?" in said

    def _choice(self, line: Line) -> str:
        """What pressing a label is here: the button's payload, else the letter of the list; of an
        older list whose letter a newer one has too, what is written there."""
        newer: set[str] = set()
        for message in reversed(self.wire.seen(line.who)):
            payload = message.get("attachment", {}).get("payload", {})
            for one in payload.get("buttons", ()):
                if one["title"].startswith(line.what) and isinstance(one["payload"], str):
                    return str(one["payload"])
            listed = re.findall(r"^([A-Z]|\d+)\. (.+)$", message.get("text", ""), re.M)
            for letter, label in listed:
                if label.startswith(line.what):
                    return str(label if letter in newer else letter)
            newer |= {letter for letter, _ in listed}
        raise AssertionError(f"no choice for {line.raw}")

    async def _settle(self) -> None:
        await self.here.settle()
        self.here.clock.move(SETTLED)
        await self.here.settle()

    def _clock(self, what: str) -> None:
        at = self.here.clock
        if what.startswith("+"):
            number, unit = what[1:].split()
            at.move(timedelta(**{_SPANS[unit]: int(number)}))
        else:
            when = datetime.strptime(what, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)
            at.set(when.astimezone(UTC))

    async def _officer(self, what: str) -> None:
        from bot.officers_admin import invite

        found = _OFFICER.match(what)
        assert found, what
        codes = [c.strip() for c in found["codes"].split(",") if c.strip()]
        assistant, name = self.here.assistant, found["who"].strip()
        made = await invite(
            assistant.db, assistant.house.content, ROLES[found["role"]], codes, name
        )
        await self.wire.text(name, f"/start {made.code}")
