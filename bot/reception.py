"""What handlers may ask for (handlers.wire.Reception), on top of the turn and the database."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from bot import clock, limits
from bot.bell import Bell
from bot.leaving import How
from bot.limits import Limits
from bot.log import get_logger
from bot.turn import Turns
from bot.work.inbox import keep
from handlers.wire import Away, Line
from locales import N_, gettext
from models import inbox, lines, people, slots
from models.codec import attachment_from, say_from
from models.codes import fingerprint
from models.database import Database, Unit
from models.files import KEY, FileStore, MissingFile
from models.lines import Shown
from models.messages import (
    CAPABILITIES,
    Address,
    Attachment,
    Channel,
    Inbound,
    Outcome,
    Say,
    SentFile,
)

ADMITTED = {  # by act: of one chat or link, of one network address
    "message": (None, limits.MESSAGES_NET),
    "upload": (limits.UPLOADS, limits.UPLOADS_NET),
}
SLOW_DOWN = N_(
    "Bà con gửi nhiều tin quá nhanh, mình chưa đọc kịp những tin vừa rồi. "
    "Bà con đợi một phút rồi gửi lại giúp mình nhé."
)
# Microseconds: of two lines written at once by two processes, the older may be committed later, and
# their clocks may differ a little.
OVERLAP = 5_000_000
LOOKING = 2  # files looked at at once: a large photo takes 100 MB while it is opened
T = TypeVar("T")
log = get_logger(__name__)


class FrontDesk:
    """The Reception of this process."""

    def __init__(self, db: Database, turns: Turns, bell: Bell, files: FileStore) -> None:
        self.db, self.turns, self.bell, self.files = db, turns, bell, files
        self.visited = asyncio.Event()  # set by the first message: somebody is here
        self.limits = Limits(db)
        self._looking = asyncio.Semaphore(LOOKING)

    async def receive(self, inbound: Inbound) -> Outcome:
        self.visited.set()
        address, who = inbound.address, inbound.by or inbound.address.id
        if inbound.change:  # the channel's own news: nobody can flood us with it
            return await self.turns.receive(inbound)
        if not await self.limits.take(limits.MESSAGES, f"{address.channel}:{who}"):
            if not inbound.group:
                await self._slow_down(address)
            return Outcome.IGNORED
        return await self.turns.receive(inbound)

    async def notice(self, inbound: Inbound) -> str:
        return await self.db.read(lambda unit: inbox.notice(unit, inbound))

    async def open_chat(self, channel: Channel, asker: str, language: str | None) -> Address | None:
        if not await self.limits.take(limits.CHATS, asker):
            return None
        address = Address(channel, secrets.token_urlsafe(32))
        spoken = language or self.turns.house.language
        await self.db.run(lambda unit: people.meet(unit, address, spoken, clock.now()))
        return address

    async def admits(self, act: str, asker: str, owner: str = "") -> bool:
        each, net = ADMITTED[act]
        if owner and each and not await self.limits.take(each, owner):
            return False
        return await self.limits.take(net, asker)

    async def knows(self, address: Address) -> bool:
        return await self.db.read(partial(_language, address=address)) is not None

    async def language(self, address: Address) -> str:
        return await self.db.read(partial(_language, address=address)) or "vi"

    async def lines(self, address: Address, after: int, limit: int = 200) -> list[Line]:
        shown = await self.db.read(lambda unit: lines.after(unit, address, after, limit))
        return [_line(one) for one in shown]

    async def tail(self, address: Address, before: int | None, limit: int = 100) -> list[Line]:
        shown = await self.db.read(lambda unit: lines.before(unit, address, before, limit))
        return [_line(one) for one in shown]

    async def news(
        self, address: Address, after: int, seen: set[int], seconds: float
    ) -> list[Line]:
        since = max(0, after - OVERLAP) if self.db.store.many else after
        found: list[Line] = []

        async def there() -> bool:
            lately = await self.lines(address, since)
            found[:] = [line for line in lately if line.id not in seen]
            return bool(found)

        await self.bell.wait(address, there, seconds)
        seen.difference_update([one for one in seen if one <= since])
        seen.update(line.id for line in found)
        return found

    async def keep_file(self, address: Address, data: bytes, name: str) -> Attachment:
        return await self._keep(data, name)

    async def _keep(self, data: bytes, name: str) -> Attachment:
        async with self._looking:
            return await self._store(keep, self.files, data, name)

    async def _store(self, ask: Callable[..., T], *given: Any) -> T:
        """Ask the file store, beside the loop; a store that is away or full is told as such."""
        try:
            return await asyncio.to_thread(ask, *given)
        except OSError as wrong:
            log.error("file store failed", error=type(wrong).__name__, number=wrong.errno)
            raise Away from None

    async def read_file(self, address: Address, key: str) -> tuple[bytes, str, str] | None:
        if not KEY.fullmatch(key):
            return None
        shown = await self.db.read(lambda unit: lines.file_shown(unit, address, key))
        if shown is None:
            return None
        try:
            return await self._store(self.files.get, key), *shown
        except MissingFile:
            return None

    # -- upload links --------------------------------------------------------------------------
    async def upload_slot(self, token: str) -> str | None:
        slot = await self.db.read(lambda unit: slots.find(unit, token, clock.now()))
        return slot.title if slot and slot.open else None

    async def keep_slot_file(self, token: str, data: bytes, name: str) -> Attachment | None:
        if await self.upload_slot(token) is None:
            return None
        return await self._keep(data, name)

    async def fill_slot(self, token: str, files: Sequence[Attachment]) -> Outcome:
        inbound = await self.db.read(partial(self._slot_message, token=token, files=tuple(files)))
        if inbound is None:
            return Outcome.IGNORED
        return await self.turns.receive(inbound, first=partial(_use_slot, token=token))

    def _slot_message(
        self, unit: Unit, token: str, files: tuple[Attachment, ...]
    ) -> Inbound | None:
        """The upload as its owner would have said it, where they were last heard."""
        slot = slots.find(unit, token, clock.now())
        address = people.reachable(unit, slot.person_id) if slot else None
        if slot is None or address is None:
            return None
        action = f"item:take={slot.dossier_id}.{slot.evidence}"
        return Inbound(
            address,
            f"slot-{fingerprint(token)[:40]}",
            clock.now(),
            button=self.turns.house.seal.seal(slot.person_id, action),
            files=files,
        )

    async def _slow_down(self, address: Address) -> None:
        """Say once a minute that a flood is not heard. A page is told by the answer it gets."""
        if not CAPABILITIES[address.channel].pull:
            await self.db.run(partial(self._write_slow_down, address=address))

    def _write_slow_down(self, unit: Unit, address: Address) -> None:
        known, now = people.at_address(unit, address), clock.now()
        if known is None:
            return
        language = people.person(unit, known.person_id).language
        name = f"slow down:{known.id}:{now:%Y%m%d%H%M}"
        leaving = self.turns.house.post(unit, now).leaving
        leaving.send(
            address, known.person_id, Say(gettext(language, SLOW_DOWN)), How(now, dedupe=name)
        )


def _use_slot(unit: Unit, token: str) -> Outcome | None:
    """Use the link up in the turn's own transaction; an outcome when it cannot be."""
    now = clock.now()
    slot = slots.find(unit, token, now)
    if slot is None or (slot.over and not slot.used):
        return Outcome.IGNORED
    return None if slots.use_up(unit, slot, now) else Outcome.DUPLICATE


def _language(unit: Unit, address: Address) -> str | None:
    """The language of whoever is at the address; None when nobody is, or they were erased."""
    known = people.at_address(unit, address)
    if known is None:
        return None
    person = people.person(unit, known.person_id)
    return None if person.erased else person.language


def _line(shown: Shown) -> Line:
    if not shown.mine:
        say = say_from(shown.body, shown.key)
        return Line(shown.id, False, shown.at, say, replaces=shown.replaces)
    files = [attachment_from(file) for file in shown.body.get("files", ())]
    pressed_on = shown.body.get("pressed_on")
    return Line(
        shown.id,
        True,
        shown.at,
        text=shown.body.get("label") or shown.body.get("text", ""),
        files=tuple(SentFile(f.key, f.name, f.mime) for f in files if f.key),
        nonce=shown.external_id,
        pressed=shown.body.get("button"),
        pressed_on=int(pressed_on) if pressed_on else None,
    )
