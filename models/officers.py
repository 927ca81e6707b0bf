"""Officers as the command line sees them: invitations made, who is one, rights taken and moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from models.codes import fingerprint
from models.database import Unit
from models.tables import AuditEntry, Invite, Officer, OfficerCommune, OneTimeCode

# Columns: SQLModel types them as plain values.
_CODE: Any = OneTimeCode
_COMMUNE: Any = OfficerCommune
_INVITE: Any = Invite
_OFFICER: Any = Officer


@dataclass(frozen=True, slots=True)
class Known:
    """An officer, active or not."""

    id: int
    role: str
    name: str
    communes: tuple[str, ...]
    active: bool
    demo: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Open:
    """An invitation nobody has used and that has not expired. Its code is known to nobody here."""

    id: int
    role: str
    name: str
    communes: tuple[str, ...]
    demo: bool
    expires_at: datetime


def add_invite(
    unit: Unit,
    code: str,
    role: str,
    communes: Iterable[str],
    name: str,
    *,
    at: datetime,
    until: datetime,
    demo: bool = False,
) -> None:
    """Keep an invitation: only the code's hash."""
    unit.add(
        Invite(
            code_hash=fingerprint(code),
            role=role,
            communes=list(communes),
            name=name,
            demo=demo,
            made_at=at,
            expires_at=until,
        )
    )
    unit.add(AuditEntry(at=at, action="invited", subject=f"role:{role}", detail={"demo": demo}))


def listed(unit: Unit) -> list[Known]:
    """Every officer there was, in the order they came."""
    codes: dict[int, list[str]] = {}
    for row in unit.scalars(select(OfficerCommune).order_by(_COMMUNE.commune_code)):
        codes.setdefault(row.officer_id, []).append(row.commune_code)
    return [
        Known(
            row.id or 0,
            row.role,
            row.name,
            tuple(codes.get(row.id or 0, ())),
            row.active,
            row.demo,
            row.since,
        )
        for row in unit.scalars(select(Officer).order_by(_OFFICER.id))
    ]


def open_invites(unit: Unit, now: datetime) -> list[Open]:
    rows = unit.scalars(
        select(Invite)
        .where(_INVITE.used_at.is_(None), _INVITE.expires_at > now)
        .order_by(_INVITE.id)
    )
    return [
        Open(row.id or 0, row.role, row.name, tuple(row.communes), row.demo, row.expires_at)
        for row in rows
    ]


def revoke(unit: Unit, officer_id: int, now: datetime) -> bool:
    """No officer any more, from the next message on; False when there is no such active one."""
    row = unit.get(Officer, officer_id)
    if row is None or not row.active:
        return False
    row.active = False
    unit.add(row)
    unit.add(AuditEntry(at=now, action="revoked", subject=f"officer:{officer_id}"))
    unit.flush()
    unit.cache.doubt()
    return True


def move(unit: Unit, officer_id: int, role: str, communes: Iterable[str], now: datetime) -> bool:
    """Another role, other communes; False when there is no such active officer."""
    row = unit.get(Officer, officer_id)
    if row is None or not row.active:
        return False
    row.role = role
    unit.add(row)
    unit.execute(delete(OfficerCommune).where(_COMMUNE.officer_id == officer_id))
    held = list(dict.fromkeys(communes))
    unit.add_all(OfficerCommune(officer_id=officer_id, commune_code=code) for code in held)
    detail = {"role": role, "communes": held}
    unit.add(AuditEntry(at=now, action="moved", subject=f"officer:{officer_id}", detail=detail))
    unit.flush()
    unit.cache.doubt()
    return True


def any_officer(unit: Unit) -> bool:
    """Whether anybody is an officer now."""
    return unit.scalars(select(_OFFICER.id).where(_OFFICER.active.is_(True))).first() is not None


def end_demo(unit: Unit, now: datetime) -> None:
    """Links of an earlier start that nobody used end."""
    unused = (_INVITE.demo.is_(True), _INVITE.used_at.is_(None))
    unit.execute(update(Invite).where(*unused, _INVITE.expires_at > now).values(expires_at=now))
    codes = (_CODE.purpose == "demo", _CODE.used_at.is_(None), _CODE.expires_at > now)
    unit.execute(update(OneTimeCode).where(*codes).values(expires_at=now))


def add_demo_code(unit: Unit, code: str, *, at: datetime, until: datetime) -> None:
    """A code that begins a demo household."""
    unit.add(OneTimeCode(code_hash=fingerprint(code), purpose="demo", made_at=at, expires_at=until))
