"""What leaves: rows written in the turn, claimed by the worker, marked by what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, literal_column, or_, select

from models.codec import Json
from models.database import Unit
from models.messages import Address, Channel, Say
from models.prepared import Prepared
from models.tables import AddressRow, OutboundRow

OUT: Any = OutboundRow.__table__  # type: ignore[attr-defined]
_ADDRESS: Any = AddressRow.__table__  # type: ignore[attr-defined]
MOVED = "moved from another channel"
BULK = 9  # the priority of what goes to many: behind everything that goes to one
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WAITING: Any = literal_column("status = 'waiting'")  # in these words: the partial index is used


@dataclass(frozen=True, slots=True)
class Copy:
    """One message that was written to an address, and may be replaced there."""

    id: int
    address: Address
    person_id: int | None
    kind: str
    key: str
    status: str
    replaces: int | None
    external_id: str | None
    priority: int
    leased: bool
    created_at: datetime
    body: Json
    dossier_id: int | None

    @property
    def root(self) -> int:
        """The row whose message stands in the chat: an edit has no message of its own."""
        return self.replaces or self.id

    @property
    def open(self) -> bool:
        """Not on its way yet: may still be rewritten."""
        return self.status == "waiting" and not self.leased


_GIVEN = (
    *("channel", "address", "person_id", "kind", "key", "body", "reply_to", "replaces", "dedupe"),
    *("status", "priority", "due_at", "leased_until", "attempts", "external_id", "dossier_id"),
    *("created_at", "sent_at"),
)
_WRITE = Prepared(
    lambda insert: (
        insert(OUT)
        .values(
            maybe_sent=False,
            error=None,
            **{name: bindparam(name, type_=OUT.c[name].type) for name in _GIVEN},
        )
        .on_conflict_do_nothing()
        .returning(OUT.c.id)
    )
)
_COPY = (
    OUT.c.id,
    OUT.c.channel,
    OUT.c.address,
    OUT.c.person_id,
    OUT.c.kind,
    OUT.c.key,
    OUT.c.status,
    OUT.c.replaces,
    OUT.c.external_id,
    OUT.c.priority,
    OUT.c.leased_until,
    OUT.c.created_at,
    OUT.c.body,
    OUT.c.dossier_id,
)
_AT = (OUT.c.channel == bindparam("channel"), OUT.c.address == bindparam("address"))
_ONE: Any = literal_column("1")
_LATEST = Prepared(
    select(*_COPY).where(*_AT, OUT.c.key == bindparam("key")).order_by(OUT.c.id.desc()).limit(_ONE)
)
_BY_EXTERNAL = Prepared(
    select(*_COPY)
    .where(
        *_AT,
        or_(
            OUT.c.external_id == bindparam("external_id"),
            OUT.c.external_id.like(bindparam("one_of_several")),
        ),
    )
    .order_by(OUT.c.id.desc())
    .limit(_ONE)
)
_REPLIES = Prepared(
    select(*_COPY, OUT.c.attempts, OUT.c.due_at).where(
        WAITING, *_AT, OUT.c.priority == literal_column("0")
    )
)
_SENT = Prepared(
    OUT.update()
    .where(OUT.c.id == bindparam("of_id"))
    .values(
        status=literal_column("'sent'"),
        sent_at=bindparam("at"),
        external_id=bindparam("external"),
        leased_until=None,
        error=None,
    )
)


@dataclass(slots=True)
class Draft:
    """A message about to be written. `sent_at` is set when writing is delivering (a page pulls),
    `leased_until` when it leaves by whoever writes it."""

    address: Address
    person_id: int | None
    body: Json
    due_at: datetime
    at: datetime
    kind: str = "send"
    key: str = ""
    reply_to: str | None = None
    replaces: int | None = None
    dedupe: str | None = None
    priority: int = 0
    dossier_id: int | None = None
    sent_at: datetime | None = None
    external_id: str | None = None
    leased_until: datetime | None = None
    shown: Say | None = None  # what `body` holds, where it is at hand


def write(unit: Unit, draft: Draft) -> int | None:
    """The new row's id, or None when its `dedupe` was written before."""
    row = _WRITE.first(
        unit,
        channel=draft.address.channel.value,
        address=draft.address.id,
        person_id=draft.person_id,
        kind=draft.kind,
        key=draft.key,
        body=draft.body,
        reply_to=draft.reply_to,
        replaces=draft.replaces,
        dedupe=draft.dedupe,
        status="sent" if draft.sent_at else "waiting",
        priority=draft.priority,
        due_at=draft.due_at,
        leased_until=draft.leased_until,
        attempts=1 if draft.leased_until else 0,
        external_id=draft.external_id,
        dossier_id=draft.dossier_id,
        created_at=draft.at,
        sent_at=draft.sent_at,
    )
    return None if row is None else row[0]


def latest(unit: Unit, address: Address, key: str) -> Copy | None:
    """The newest row of this key at the address."""
    return _copy(_LATEST.first(unit, channel=address.channel.value, address=address.id, key=key))


def by_external(unit: Unit, address: Address, external_id: str) -> Copy | None:
    """The newest state of the message the channel knows by this id."""
    return _copy(
        _BY_EXTERNAL.first(
            unit,
            channel=address.channel.value,
            address=address.id,
            external_id=external_id,
            one_of_several=f"% {external_id}",  # a long text leaves as several; buttons on the last
        )
    )


def replies(unit: Unit, address: Address, now: datetime) -> tuple[list[Copy], bool]:
    """Replies there that wait a moment for the rest of a burst; and does any reply wait there?"""
    rows = _REPLIES.all(unit, channel=address.channel.value, address=address.id)
    # one that was tried waits for its channel
    resting = [row[:-2] for row in rows if row[-2] == 0 and row[-1] > now]
    return [copy for copy in map(_copy, resting) if copy is not None], bool(rows)


def copies(unit: Unit, key: str, person_id: int) -> list[Copy]:
    """The newest row of this key at each of the person's addresses."""
    addresses = unit.core.execute(
        select(_ADDRESS.c.channel, _ADDRESS.c.external_id).where(_ADDRESS.c.person_id == person_id)
    ).all()
    found = (_LATEST.first(unit, channel=c, address=a, key=key) for c, a in addresses)
    return [copy for copy in map(_copy, found) if copy is not None]


def change(unit: Unit, outbound_id: int, **columns: Any) -> None:
    unit.core.execute(OUT.update().where(OUT.c.id == outbound_id).values(**columns))


def mark_sent(unit: Unit, outbound_id: int, at: datetime, external_id: str | None) -> None:
    """The channel took it, under this id."""
    _SENT.run(unit, of_id=outbound_id, at=at, external=external_id)


def cancel(unit: Unit, dedupe: str) -> bool:
    """Take back a message that has not left; its `dedupe` is free again. False when it left."""
    result = unit.core.execute(
        OUT.update()
        .where(WAITING, OUT.c.dedupe == dedupe, OUT.c.leased_until.is_(None))
        .values(status="cancelled", dedupe=None)
    )
    return bool(result.rowcount)


def oldest_waiting(unit: Unit, now: datetime) -> timedelta | None:
    """For how long the oldest row that is due has been waiting: the health number."""
    due: datetime | None = unit.core.execute(
        select(OUT.c.due_at).where(WAITING, OUT.c.due_at <= now).order_by(OUT.c.due_at).limit(1)
    ).scalar()
    return None if due is None else now - due


def line_id(at: datetime) -> int:
    """An instant as the number of a line in a chat: microseconds, exact."""
    return (at - EPOCH) // timedelta(microseconds=1)


def line_at(number: int) -> datetime:
    """The instant of a line's number; the far future when there is no such instant."""
    try:
        return EPOCH + timedelta(microseconds=number)
    except OverflowError:
        return datetime(9999, 1, 1, tzinfo=UTC)


def _copy(row: tuple[Any, ...] | None) -> Copy | None:
    if row is None:
        return None
    id_, channel, address, person, kind, key, status, replaces, external, priority = row[:10]
    leased, created, body, dossier = row[10:]
    where = Address(Channel(channel), address)
    return Copy(
        id_, where, person, kind, key, status, replaces, external, priority,
        leased is not None, created, body, dossier,
    )  # fmt: skip


def move(unit: Unit, outbound_id: int, to: Address, now: datetime) -> bool:
    """Send one row at another address of its person; False when it came from another already."""
    marks = {"channel": to.channel.value, "address": to.id, "status": "waiting", "due_at": now}
    moved = unit.core.execute(
        OUT.update()
        .where(OUT.c.id == outbound_id, func.coalesce(OUT.c.error, "") != MOVED)
        .values(**marks, leased_until=None, error=MOVED)
    )
    return bool(moved.rowcount)


def as_template(unit: Unit, outbound_id: int, to: Address, now: datetime) -> None:
    """Send one row as a text that was approved beforehand."""
    marks = {"channel": to.channel.value, "address": to.id, "kind": "template", "priority": 5}
    change(unit, outbound_id, **marks, status="waiting", due_at=now, leased_until=None)


def readdress(unit: Unit, address: Address, moved_to: str) -> None:
    """What waits for an address that moved goes to the new one."""
    unit.core.execute(OUT.update().where(WAITING, *_here(address)).values(address=moved_to))


def give_up(unit: Unit, address: Address, why: str, to: Address | None, now: datetime) -> None:
    """What waits for an address that is gone: notices go to the person's other one, where there
    is one (a reply only makes sense where it was asked); the rest is marked failed."""
    if to is not None:
        notices = (WAITING, *_here(address), OUT.c.kind == "send", OUT.c.priority > 0)
        there = {"channel": to.channel.value, "address": to.id, "due_at": now}
        unit.core.execute(
            OUT.update()
            .where(*notices, func.coalesce(OUT.c.error, "") != MOVED)
            .values(**there, leased_until=None, error=MOVED)
        )
    unit.core.execute(
        OUT.update().where(WAITING, *_here(address)).values(status="failed", error=why)
    )


def _here(address: Address) -> tuple[Any, Any]:
    return OUT.c.channel == address.channel.value, OUT.c.address == address.id
