"""Claims: which rows of the outbox and the jobs a worker may take now, and what became of them.

One statement claims; it keeps the order of each address and survives a crash: a claim is a lease
that runs out. A row whose lease ran out may have been sent by the process that died.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, literal_column, or_, select, update

from models.codec import Json, say_from
from models.database import Unit
from models.jobs import JOB
from models.messages import Address, Channel, Outbound, Say
from models.outbox import BULK, OUT, Draft
from models.prepared import Prepared

SEND_LEASE = timedelta(seconds=60)
JOB_LEASE = timedelta(minutes=5)

_O, _E, _J = OUT.alias("o"), OUT.alias("e"), JOB.alias("j")
_NOW = bindparam("now", type_=OUT.c.due_at.type)


def _free(row: Any, alias: str) -> Any:
    """Waiting, due and in nobody's hands. In these words, so that the partial index is used."""
    return and_(
        literal_column(f"{alias}.status = 'waiting'"),
        row.c.due_at <= _NOW,
        or_(row.c.leased_until.is_(None), row.c.leased_until <= _NOW),
    )


_ROW = (
    OUT.c.id,
    OUT.c.address,
    OUT.c.person_id,
    OUT.c.kind,
    OUT.c.key,
    OUT.c.body,
    OUT.c.reply_to,
    OUT.c.replaces,
    OUT.c.attempts,
    OUT.c.maybe_sent,
    OUT.c.priority,
    OUT.c.dossier_id,
    OUT.c.created_at,
)


def _claiming(rows: Select[tuple[int]]) -> Prepared:
    """Leases up to `most` of the rows that `rows` names, passing those in other hands."""
    mine = rows.limit(bindparam("most")).with_for_update(skip_locked=True)
    return Prepared(
        update(OUT)
        .where(OUT.c.id.in_(mine))
        .values(
            leased_until=bindparam("lease"),
            attempts=OUT.c.attempts + literal_column("1"),
            maybe_sent=or_(OUT.c.maybe_sent, OUT.c.leased_until.is_not(None)),
        )
        .returning(*_ROW)
    )


# A row that is meant for later does not hold others up; one that is put off after a try does.
_EARLIER = exists(
    select(literal_column("1"))
    .select_from(_E)
    .where(
        literal_column("e.status = 'waiting'"),
        _E.c.channel == _O.c.channel,
        _E.c.address == _O.c.address,
        _E.c.id < _O.c.id,
        # plus nothing: so that SQLite looks by address, not through all of one priority
        _E.c.priority + literal_column("0") <= _O.c.priority,
        or_(_E.c.due_at <= _NOW, _E.c.attempts > literal_column("0")),
    )
)
_CLAIM = _claiming(
    select(_O.c.id)
    .where(
        _O.c.channel == bindparam("of_channel"),
        _O.c.priority.between(bindparam("first"), bindparam("last")),
        _free(_O, "o"),
        ~_EARLIER,
    )
    .order_by(_O.c.priority, _O.c.id)
)
_ANY_BULK = Prepared(
    select(_O.c.id)
    .where(
        _O.c.channel == bindparam("of_channel"),
        _free(_O, "o"),
        _O.c.priority >= literal_column("9"),
    )
    .limit(literal_column("1"))
)
_WITH = _claiming(
    select(_O.c.id)
    .where(
        _O.c.channel == bindparam("of_channel"),
        _O.c.address == bindparam("of_address"),
        _free(_O, "o"),
        _O.c.priority > literal_column("0"),
        _O.c.kind == literal_column("'send'"),
        _O.c.id > bindparam("after"),
    )
    .order_by(_O.c.id)
)
_CLAIM_JOBS = Prepared(
    update(JOB)
    .where(
        JOB.c.id.in_(
            select(_J.c.id)
            .where(_free(_J, "j"))
            .order_by(_J.c.due_at, _J.c.id)
            .limit(bindparam("most"))
            .with_for_update(skip_locked=True)
        )
    )
    .values(leased_until=bindparam("lease"), attempts=JOB.c.attempts + literal_column("1"))
    .returning(JOB.c.id, JOB.c.kind, JOB.c.payload, JOB.c.attempts, JOB.c.dossier_id)
)
_ANY_JOB = Prepared(select(_J.c.id).where(_free(_J, "j")).limit(literal_column("1")))


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row of the outbox in this worker's hands."""

    out: Outbound
    person_id: int | None
    priority: int
    dossier_id: int | None
    created_at: datetime
    root: str | None  # the stored ids of the message an edit replaces
    replaces: int | None = None  # its row


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    id: int
    kind: str
    payload: Json
    attempts: int  # this one included
    dossier_id: int | None


def claim(
    unit: Unit, channel: Channel, now: datetime, most: int, bulk: int | None = None
) -> list[Claimed]:
    """Take up to `most` due rows of a channel, urgent ones first; one an address and class.

    Of what goes to many (BULK) up to `bulk`, when given.
    """
    values = {"of_channel": channel.value, "now": now, "lease": now + SEND_LEASE}
    rows = _CLAIM.all(unit, **values, most=most, first=0, last=BULK - 1)
    room = most - len(rows) if bulk is None else min(bulk, most - len(rows))
    if room > 0 and _ANY_BULK.first(unit, of_channel=channel.value, now=now):
        rows += _CLAIM.all(unit, **values, most=room, first=BULK, last=BULK)
    rows.sort(key=lambda row: (row[10], row[0]))
    return [_claimed(unit, channel, row) for row in rows]


def written(unit: Unit, outbound_id: int, draft: Draft) -> Claimed:
    """The row of `draft`, which was written with its claim (`leased_until`)."""
    row = (
        *(outbound_id, draft.address.id, draft.person_id, draft.kind, draft.key, draft.body),
        *(draft.reply_to, draft.replaces, 1, False, draft.priority, draft.dossier_id, draft.at),
    )
    return _claimed(unit, draft.address.channel, row, draft.shown)


def waiting_with(unit: Unit, first: Claimed, now: datetime, most: int) -> list[Claimed]:
    """Take up to `most` notices behind `first` at its address, to leave with it."""
    to = first.out.address
    values = {"of_channel": to.channel.value, "of_address": to.id, "after": first.out.id}
    lease = now + SEND_LEASE
    rows = _WITH.all(unit, **values, now=now, lease=lease, most=most)
    return [_claimed(unit, to.channel, row) for row in sorted(rows)]


def put_back(unit: Unit, outbound_id: int, due_at: datetime | None) -> None:
    """Not to be sent now after all: as if it had never been taken; due at `due_at` when given."""
    marks: dict[str, Any] = {"leased_until": None, "attempts": OUT.c.attempts - 1}
    if due_at is not None:
        marks["due_at"] = due_at
    unit.core.execute(update(OUT).where(OUT.c.id == outbound_id).values(**marks))


def claim_jobs(unit: Unit, now: datetime, most: int) -> list[ClaimedJob]:
    """Take up to `most` jobs that are due."""
    rows = _CLAIM_JOBS.all(unit, now=now, lease=now + JOB_LEASE, most=most)
    return [ClaimedJob(*row) for row in sorted(rows)]


def any_job(unit: Unit, now: datetime) -> bool:
    """Is a job due? Only reads, so it may be asked often."""
    return _ANY_JOB.first(unit, now=now) is not None


def _claimed(
    unit: Unit, channel: Channel, row: tuple[Any, ...], shown: Say | None = None
) -> Claimed:
    """`shown`: what its body holds, when that need not be read again."""
    id_, address, person_id, kind, key, body, reply_to, replaces, attempts, maybe = row[:10]
    root = _root(unit, replaces) if replaces else None
    out = Outbound(
        id_,
        Address(channel, address),
        "send" if kind == "edit" and not root else kind,  # what never arrived cannot be edited
        say_from(body, key) if shown is None or shown.key != key else shown,
        root,
        reply_to,
        attempts,
        bool(maybe),
    )
    return Claimed(out, person_id, row[10], row[11], row[12], root, replaces)


def _root(unit: Unit, outbound_id: int) -> str | None:
    external: str | None = unit.core.execute(
        select(OUT.c.external_id).where(OUT.c.id == outbound_id)
    ).scalar()
    return external
