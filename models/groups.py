"""Groups that hear alerts: with whose rights, and whose alerts go there.

A group is a person without a name: it has an address, which may be stopped or get a new id, and a
language. It hears no more than the officer who bound it might then and may now.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select

from models.database import Unit
from models.messages import Address
from models.tables import AddressRow, Officer, OfficerCommune, OfficerGroup

_ADDRESS: Any = AddressRow.__table__  # type: ignore[attr-defined]
_COMMUNE: Any = OfficerCommune.__table__  # type: ignore[attr-defined]
_GROUP: Any = OfficerGroup.__table__  # type: ignore[attr-defined]
_OFFICER: Any = Officer.__table__  # type: ignore[attr-defined]


def _may_still() -> ColumnElement[bool]:
    """The officer's rights of today cover what the group was bound to."""
    held = exists().where(
        _COMMUNE.c.officer_id == _GROUP.c.officer_id,
        _COMMUNE.c.commune_code == _GROUP.c.commune_code,
    )
    same = (_OFFICER.c.id == _GROUP.c.officer_id, _OFFICER.c.role == _GROUP.c.role)
    return exists().where(*same, _OFFICER.c.active.is_(True), or_(_GROUP.c.role != "commune", held))


def hearing(unit: Unit, role: str, commune_code: str | None) -> list[int]:
    """Person ids of the groups that hear what officers of a role (of one commune) hear."""
    of_role = and_(_GROUP.c.role == role, _may_still())
    wanted = select(_GROUP.c.person_id).where(of_role).order_by(_GROUP.c.id)
    if commune_code is not None:
        wanted = wanted.where(_GROUP.c.commune_code == commune_code)
    return list(dict.fromkeys(unit.core.execute(wanted).scalars()))


def topics(unit: Unit, address: Address) -> list[Address]:
    """The addresses inside this one (topics of a forum: "-100123:45") that hear alerts."""
    inside = _ADDRESS.c.external_id.startswith(f"{address.id}:", autoescape=True)
    here = (_ADDRESS.c.person_id.in_(select(_GROUP.c.person_id)), inside)
    same = _ADDRESS.c.channel == address.channel.value
    found = unit.core.execute(select(_ADDRESS.c.external_id).where(same, *here))
    return [Address(address.channel, one) for one in found.scalars()]


def officers_of(unit: Unit, person_id: int) -> list[int]:
    """Ids of the officers with whose rights this group hears alerts; [] when it hears none."""
    mine = select(_GROUP.c.officer_id).where(_GROUP.c.person_id == person_id)
    return list(dict.fromkeys(unit.core.execute(mine.order_by(_GROUP.c.id)).scalars()))


def bind(
    unit: Unit, person_id: int, officer_id: int, role: str, communes: Iterable[str], at: datetime
) -> None:
    """The group hears what this officer hears, from now on."""
    for code in communes:
        row = {"person_id": person_id, "officer_id": officer_id, "role": role, "since": at}
        put = unit.insert(_GROUP).values(**row, commune_code=code)
        named = ["person_id", "officer_id", "commune_code"]
        again = put.on_conflict_do_update(index_elements=named, set_={"role": role})
        unit.core.execute(again)


def unbind(unit: Unit, person_id: int, officer_ids: Iterable[int]) -> None:
    """The group hears nothing more with these officers' rights."""
    theirs = _GROUP.c.officer_id.in_(list(officer_ids))
    unit.core.execute(delete(_GROUP).where(_GROUP.c.person_id == person_id, theirs))


def drop_lost(unit: Unit, officer_id: int) -> list[int]:
    """Unbind what the officer's rights no longer cover; the groups that now hear nothing."""
    mine = _GROUP.c.officer_id == officer_id
    lost = select(_GROUP.c.id, _GROUP.c.person_id).where(mine, ~_may_still())
    rows = unit.core.execute(lost).all()
    unit.core.execute(delete(_GROUP).where(_GROUP.c.id.in_([row[0] for row in rows])))
    touched = dict.fromkeys(row[1] for row in rows)
    return [person_id for person_id in touched if not officers_of(unit, person_id)]
