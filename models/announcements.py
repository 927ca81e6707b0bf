"""What became of an announcement, and taking back what has not left yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, select

from models.database import Unit
from models.outbox import OUT
from models.outbox import WAITING as UNSENT
from models.prepared import Prepared
from models.tables import Announcement, Delivery, Unsubscribed

_ANNOUNCEMENT: Any = Announcement.__table__  # type: ignore[attr-defined]
_DELIVERY: Any = Delivery.__table__  # type: ignore[attr-defined]
_UNSUBSCRIBED: Any = Unsubscribed.__table__  # type: ignore[attr-defined]

_PUT = Prepared(
    lambda insert: (
        insert(_DELIVERY)
        .values(
            announcement_id=bindparam("number"),
            person_id=bindparam("person_id"),
            outcome=bindparam("outcome"),
            outbound_id=None,
            at=bindparam("at"),
        )
        .on_conflict_do_nothing()
        .returning(_DELIVERY.c.id)
    )
)
_WRITTEN = Prepared(
    _DELIVERY.update()
    .where(_DELIVERY.c.id == bindparam("delivery_id"))
    .values(outbound_id=bindparam("outbound"))
)

#: What the report calls a row of the outbox.
_BECAME = {"sent": "sent", "waiting": "waiting", "failed": "refused", "cancelled": "cancelled"}


def progress(unit: Unit, number: int) -> dict[str, int]:
    """People by what became of it for them: sent, waiting, refused, unsubscribed, ..."""
    rows = unit.core.execute(
        select(_DELIVERY.c.outcome, OUT.c.status, func.count())
        .select_from(_DELIVERY.outerjoin(OUT, OUT.c.id == _DELIVERY.c.outbound_id))
        .where(_DELIVERY.c.announcement_id == number)
        .group_by(_DELIVERY.c.outcome, OUT.c.status)
    )
    found: dict[str, int] = {}
    for outcome, status, count in rows:
        name = _BECAME.get(status, "sent") if outcome == "written" else outcome
        found[name] = found.get(name, 0) + count
    return found


def put(unit: Unit, number: int, person_id: int, outcome: str, at: datetime) -> int | None:
    """Note what becomes of it for a person; None when that was noted before."""
    row = _PUT.first(unit, number=number, person_id=person_id, outcome=outcome, at=at)
    return None if row is None else row[0]


def written(unit: Unit, delivery_id: int, outbound_id: int | None) -> None:
    """Which row of the outbox carries it."""
    _WRITTEN.run(unit, delivery_id=delivery_id, outbound=outbound_id)


def refusing(unit: Unit, topic: str, people: Iterable[int]) -> set[int]:
    """Those of `people` who want nothing about the topic."""
    rows = unit.core.execute(
        select(_UNSUBSCRIBED.c.person_id).where(
            _UNSUBSCRIBED.c.topic == topic, _UNSUBSCRIBED.c.person_id.in_(list(people))
        )
    )
    return set(rows.scalars())


def stop(unit: Unit, number: int) -> int:
    """Take back every message of it that has not left; how many."""
    return _cancel(unit, _DELIVERY.c.announcement_id == number)


def take_back(unit: Unit, person_id: int, topic: str | None = None) -> int:
    """The same for one person: all announcements, or those about a topic."""
    mine = _DELIVERY.c.person_id == person_id
    if topic is None:
        return _cancel(unit, mine)
    about = exists().where(
        _ANNOUNCEMENT.c.id == _DELIVERY.c.announcement_id, _ANNOUNCEMENT.c.topic == topic
    )
    return _cancel(unit, mine & about)


def _cancel(unit: Unit, which: Any) -> int:
    rows = select(_DELIVERY.c.outbound_id).where(which)
    stopped = unit.core.execute(
        OUT.update()
        .where(UNSENT, OUT.c.leased_until.is_(None), OUT.c.id.in_(rows))
        .values(status="cancelled")
    )
    return int(stopped.rowcount)
