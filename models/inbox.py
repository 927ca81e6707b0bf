"""What came in: remembered once, heard once, set aside when it cannot be heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, literal_column, select, update

from models.codec import Json, inbound_from, inbound_json
from models.codes import fingerprint
from models.database import Unit
from models.messages import CAPABILITIES, Channel, Inbound
from models.prepared import Prepared
from models.tables import InboundRow

_IN: Any = InboundRow.__table__  # type: ignore[attr-defined]
_OPEN: Any = literal_column("state != 'done'")  # in these words, so that the partial index is used

LONGEST, SHOWN = 160, 64  # characters of an id: more is told by a hash

_REMEMBER = Prepared(
    lambda insert: (
        insert(_IN)
        .values(
            channel=bindparam("channel"),
            external_id=bindparam("external_id"),
            address=bindparam("address"),
            person_id=bindparam("person_id"),
            payload=bindparam("payload", type_=_IN.c.payload.type),
            received_at=bindparam("at"),
            state=bindparam("state"),
            attempts=0,
            trace=None,
        )
        .on_conflict_do_nothing()
        .returning(_IN.c.id)
    )
)
_BEHIND = Prepared(
    select(_IN.c.id)
    .where(
        _OPEN,
        literal_column("state IN ('files', 'waiting')"),
        _IN.c.person_id == bindparam("person_id"),
        _IN.c.id < bindparam("before"),
    )
    .limit(literal_column("1"))
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that was remembered, as it is now."""

    id: int
    inbound: Inbound
    person_id: int
    state: str
    attempts: int
    payload: Json


def stored_id(inbound: Inbound) -> str:
    """What makes a message one of a kind on its channel.

    A page counts its own messages, so a web message is only unique within its chat.
    """
    own = inbound.external_id
    if CAPABILITIES[inbound.address.channel].pull:
        own = f"{inbound.address.id[-16:]}/{own}"
    return own if len(own) <= LONGEST else f"{own[:SHOWN]}#{fingerprint(own)}"


def own_id(channel: str, stored: str) -> str:
    """The external id as its channel gave it."""
    return stored.partition("/")[2] if CAPABILITIES[Channel(channel)].pull else stored


def remember(
    unit: Unit, inbound: Inbound, person_id: int, at: datetime, state: str, extra: Json
) -> int | None:
    """Store the message; its id, or None when it was stored before. `extra` joins its payload."""
    row = _REMEMBER.first(
        unit,
        channel=inbound.address.channel.value,
        external_id=stored_id(inbound),
        address=inbound.address.id,
        person_id=person_id,
        payload={**inbound_json(inbound), **extra},
        at=at,
        state=state,
    )
    return None if row is None else row[0]


def is_behind(unit: Unit, person_id: int, before: int = 1 << 62) -> bool:
    """Does an earlier message of the person still wait for its files?"""
    return _BEHIND.first(unit, person_id=person_id, before=before) is not None


def find(unit: Unit, inbound_id: int) -> Kept | None:
    row = unit.core.execute(select(_IN).where(_IN.c.id == inbound_id)).mappings().first()
    return None if row is None or row["person_id"] is None else _kept(row)


def id_of(unit: Unit, inbound: Inbound) -> int:
    """The row of a message that came a second time."""
    same = (
        _IN.c.channel == inbound.address.channel.value,
        _IN.c.external_id == stored_id(inbound),
    )
    row: int = unit.core.execute(select(_IN.c.id).where(*same)).scalar_one()
    return row


def first_version(unit: Unit, inbound: Inbound) -> str | None:
    """What the message said that `inbound` is an edit of, as it read before; None: never heard."""
    if not inbound.edits:
        return None
    payload: Json | None = unit.core.execute(
        select(_IN.c.payload)
        .where(
            _IN.c.channel == inbound.address.channel.value,
            _IN.c.address == inbound.address.id,
            _IN.c.external_id.endswith(inbound.edits, autoescape=True),
            _IN.c.external_id != stored_id(inbound),
        )
        .order_by(_IN.c.id.desc())
        .limit(1)
    ).scalar()
    return None if payload is None else payload.get("text", "")


def note(unit: Unit, inbound_id: int, notice: str) -> None:
    """Keep what the one who pressed is told, for whoever answers the press."""
    kept = unit.core.execute(select(_IN.c.payload).where(_IN.c.id == inbound_id)).scalar_one()
    change(unit, inbound_id, payload={**kept, "notice": notice})


def notice(unit: Unit, inbound: Inbound) -> str:
    """What the one who pressed is told; "" when nothing."""
    payload: Json | None = unit.core.execute(
        select(_IN.c.payload).where(
            _IN.c.channel == inbound.address.channel.value,
            _IN.c.external_id == stored_id(inbound),
        )
    ).scalar()
    return str((payload or {}).get("notice", ""))


def next_behind(unit: Unit, person_id: int) -> Kept | None:
    """The person's oldest message that waits for files, its own or an earlier one's."""
    row = (
        unit.core.execute(
            select(_IN)
            .where(_OPEN, _IN.c.state.in_(("files", "waiting")), _IN.c.person_id == person_id)
            .order_by(_IN.c.id)
            .limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else _kept(row)


def change(unit: Unit, inbound_id: int, **columns: Any) -> None:
    """Set columns of one row (state, attempts, trace, payload)."""
    unit.core.execute(update(_IN).where(_IN.c.id == inbound_id).values(**columns))


def listed(unit: Unit, limit: int = 100) -> list[Kept]:
    """Messages that are not done, newest first: for `inbox list`."""
    newest = (_IN.c.id + 0).desc()  # not by the primary key: it would go through all that are done
    rows = unit.core.execute(select(_IN).where(_OPEN).order_by(newest).limit(limit))
    return [_kept(row) for row in rows.mappings() if row["person_id"] is not None]


def trace_of(unit: Unit, inbound_id: int) -> str | None:
    trace: str | None = unit.core.execute(
        select(_IN.c.trace).where(_IN.c.id == inbound_id)
    ).scalar()
    return trace


def _kept(row: Any) -> Kept:
    external = own_id(row["channel"], row["external_id"])
    return Kept(
        row["id"],
        inbound_from(row["channel"], row["address"], external, row["payload"]),
        row["person_id"],
        row["state"],
        row["attempts"],
        row["payload"],
    )
