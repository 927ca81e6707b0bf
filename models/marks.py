"""Instants the product remembers by name: until when something is known to have run."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update

from models.database import Unit
from models.tables import Secret

_KEPT: Any = Secret.__table__  # type: ignore[attr-defined]  # named values of this installation


def mark(unit: Unit, name: str, at: datetime) -> None:
    """Remember `at`; a later instant that is there already stays."""
    put = unit.insert(_KEPT).values(name=_key(name), value="", updated_at=at)
    unit.core.execute(
        put.on_conflict_do_update(
            index_elements=["name"],
            set_={"updated_at": put.excluded.updated_at},
            where=_KEPT.c.updated_at < put.excluded.updated_at,
        )
    )


def take(unit: Unit, name: str, before: datetime, now: datetime) -> bool:
    """Move the mark to `now` when it is from before; True for the one who did."""
    moved = unit.core.execute(
        update(_KEPT)
        .where(_KEPT.c.name == _key(name), _KEPT.c.updated_at < before)
        .values(updated_at=now)
    )
    return bool(moved.rowcount)


def hold(unit: Unit, name: str, holder: str, now: datetime, until: datetime) -> bool:
    """Have something to oneself until then; False while another holder does. Asked again before
    it ends, it goes on."""
    put = unit.insert(_KEPT).values(name=_key(name), value=holder, updated_at=until)
    held = put.on_conflict_do_update(
        index_elements=["name"],
        set_={"value": holder, "updated_at": until},
        where=or_(_KEPT.c.value == holder, _KEPT.c.updated_at <= now),
    )
    return unit.core.execute(held.returning(_KEPT.c.name)).first() is not None


def marked(unit: Unit, name: str) -> datetime | None:
    """What was remembered; None when nothing was."""
    at: datetime | None = unit.core.execute(
        select(_KEPT.c.updated_at).where(_KEPT.c.name == _key(name))
    ).scalar()
    return at


def _key(name: str) -> str:
    return f"mark:{name}"
