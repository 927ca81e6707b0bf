"""Who is at an address, where a person can be reached, and where their talk stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import and_, bindparam, insert, literal_column, select, update

from models.codec import talk_from, talk_text
from models.database import Unit
from models.messages import Address, Channel, Talk
from models.prepared import Prepared
from models.tables import AddressRow, Officer, OfficerCommune, Person, Secret, TalkRow

_ADDRESS: Any = AddressRow.__table__  # type: ignore[attr-defined]
_PERSON: Any = Person.__table__  # type: ignore[attr-defined]
_TALK: Any = TalkRow.__table__  # type: ignore[attr-defined]
_OFFICER: Any = Officer.__table__  # type: ignore[attr-defined]
_COMMUNE: Any = OfficerCommune.__table__  # type: ignore[attr-defined]
_SECRET: Any = Secret.__table__  # type: ignore[attr-defined]

PROVINCE_DESK: tuple[tuple[str, str | None], ...] = (("province", None), ("admin", None))
QUIET = timedelta(minutes=1)  # how exactly "last seen at this address" is kept


@dataclass(frozen=True, slots=True)
class OfficerFacts:
    id: int
    role: str
    name: str
    communes: frozenset[str]


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person as a turn needs them. `last_address` is the row they were last heard at."""

    id: int
    language: str
    consent: str | None
    name: str | None
    phone: str | None
    erased: bool
    officer: OfficerFacts | None
    talk: str | None  # JSON text
    last_address: int | None


@dataclass(frozen=True, slots=True)
class AddressFacts:
    id: int
    person_id: int
    stopped: bool
    last_in_at: datetime | None


_AT = Prepared(
    select(_ADDRESS.c.id, _ADDRESS.c.person_id, _ADDRESS.c.status, _ADDRESS.c.last_in_at).where(
        _ADDRESS.c.channel == bindparam("channel"), _ADDRESS.c.external_id == bindparam("address")
    )
)
_WHO = Prepared(
    select(
        _PERSON.c.language,
        _PERSON.c.consent_version,
        _PERSON.c.name,
        _PERSON.c.phone,
        _PERSON.c.erased_at,
        _TALK.c.state,
        _OFFICER.c.id,
        _OFFICER.c.role,
        _OFFICER.c.name,
        select(_ADDRESS.c.id)
        .where(_ADDRESS.c.person_id == _PERSON.c.id, _ADDRESS.c.last_in_at.is_not(None))
        .order_by(_ADDRESS.c.last_in_at.desc())
        .limit(1)
        .scalar_subquery(),
    )
    .select_from(
        _PERSON.outerjoin(_TALK, _TALK.c.person_id == _PERSON.c.id).outerjoin(
            _OFFICER, (_OFFICER.c.person_id == _PERSON.c.id) & _OFFICER.c.active.is_(True)
        )
    )
    .where(_PERSON.c.id == bindparam("person_id"))
)
_COMMUNES = Prepared(select(_COMMUNE.c.commune_code).where(_COMMUNE.c.officer_id == bindparam("o")))
_NEW_PERSON = insert(_PERSON).values(language=bindparam("language"), created_at=bindparam("at"))
_SEEN = Prepared(
    update(_ADDRESS)
    .where(_ADDRESS.c.id == bindparam("address_id"))
    .values(last_in_at=bindparam("at"), status="active", stopped_because=None)
)


_REACHABLE = Prepared(
    select(_ADDRESS.c.channel, _ADDRESS.c.external_id)
    .where(
        _ADDRESS.c.person_id == bindparam("person_id"),
        _ADDRESS.c.status == literal_column("'active'"),
    )
    .order_by(_ADDRESS.c.last_in_at.is_(None), _ADDRESS.c.last_in_at.desc())
)


def _put_talk(put: Any) -> Any:
    new = put(_TALK).values(
        person_id=bindparam("person_id"),
        state=bindparam("state", type_=_TALK.c.state.type),
        updated_at=bindparam("at"),
        offered_at=None,
    )
    return new.on_conflict_do_update(
        index_elements=["person_id"],
        set_={
            "state": new.excluded.state,
            "updated_at": new.excluded.updated_at,
            "offered_at": None,
        },
    )


_SAVE_TALK = Prepared(_put_talk)


def at_address(unit: Unit, address: Address) -> AddressFacts | None:
    """The address as stored, or None when nobody was ever heard there."""
    key = (address.channel.value, address.id)
    if (known := unit.cache.addresses.get(key)) is not None:
        return known  # type: ignore[no-any-return]
    row = _AT.first(unit, channel=key[0], address=key[1])
    if row is None:
        return None
    found = AddressFacts(row[0], row[1], row[2] == "stopped", row[3])
    if unit.cache.on:
        unit.cache.addresses[key] = found
    return found


def person(unit: Unit, person_id: int) -> PersonFacts:
    """The person. Raises LookupError when there is none."""
    if (known := unit.cache.people.get(person_id)) is not None:
        return known  # type: ignore[no-any-return]
    row = _WHO.first(unit, person_id=person_id)
    if row is None:
        raise LookupError(f"person {person_id}")
    language, consent, name, phone, erased, talk, officer_id, role, title, last = row
    officer = None
    if officer_id is not None:
        communes = frozenset(code for (code,) in _COMMUNES.all(unit, o=officer_id))
        officer = OfficerFacts(officer_id, role, title, communes)
    text = None if talk is None else orjson.dumps(talk).decode()
    found = PersonFacts(
        person_id, language, consent, name, phone, erased is not None, officer, text, last
    )
    if unit.cache.on:
        unit.cache.people[person_id] = found
    return found


def meet(unit: Unit, address: Address, language: str, at: datetime) -> AddressFacts:
    """Make a person for an address nobody was heard at (or whose person was erased)."""
    person_id = unit.core.execute(
        _NEW_PERSON.returning(_PERSON.c.id), {"language": language, "at": at}
    ).scalar_one()
    unit.cache.touched.add(person_id)
    _put_address(unit, address, person_id, at)
    unit.cache.addresses.pop((address.channel.value, address.id), None)
    found = at_address(unit, address)
    if found is None:
        raise LookupError("an address that was just written")
    return found


def _put_address(unit: Unit, address: Address, person_id: int, at: datetime) -> None:
    row = {
        "person_id": person_id,
        "channel": address.channel.value,
        "external_id": address.id,
        "status": "active",
        "created_at": at,
        "last_in_at": None,
    }
    put = unit.insert(_ADDRESS).values(**row)
    unit.core.execute(
        put.on_conflict_do_update(
            index_elements=["channel", "external_id"], set_={"person_id": person_id}
        )
    )


def seen(unit: Unit, address: Address, facts: AddressFacts, who: PersonFacts, at: datetime) -> None:
    """Note that the person was just heard here: where letters to them will go."""
    latest = who.last_address == facts.id and not facts.stopped
    if latest and facts.last_in_at is not None and at - facts.last_in_at < QUIET:
        return
    _SEEN.run(unit, address_id=facts.id, at=at)
    unit.cache.touched.add(who.id)
    if unit.cache.on:
        key = (address.channel.value, address.id)
        unit.cache.addresses[key] = replace(facts, last_in_at=at, stopped=False)
        unit.cache.people[who.id] = replace(who, last_address=facts.id)


def talk_of(who: PersonFacts) -> Talk:
    return talk_from(who.talk)


def save_talk(unit: Unit, person_id: int, talk: Talk, at: datetime) -> None:
    """Keep the talk; it comes back exactly as JSON keeps it."""
    text = talk_text(talk)
    _SAVE_TALK.run(unit, person_id=person_id, state=talk, at=at)
    unit.cache.touched.add(person_id)
    if (known := unit.cache.people.get(person_id)) is not None:
        unit.cache.people[person_id] = replace(known, talk=text)


def secret(unit: Unit, name: str, make: str, at: datetime) -> str:
    """The key the product made for itself under `name`; `make` is kept when there is none."""
    unit.core.execute(
        unit.insert(_SECRET).values(name=name, value=make, updated_at=at).on_conflict_do_nothing()
    )
    value: str = unit.core.execute(
        select(_SECRET.c.value).where(_SECRET.c.name == name)
    ).scalar_one()
    return value


def reachable(unit: Unit, person_id: int, besides: Address | None = None) -> Address | None:
    """Where a letter to the person goes: the officers' bot first, else where last heard.

    `besides`: an address that did not take it.
    """
    found = _REACHABLE.all(unit, person_id=person_id)
    no = (besides.channel.value, besides.id) if besides else None
    rows = [row for row in found if (row[0], row[1]) != no]
    bot = Channel.TELEGRAM_OFFICER
    best = next((row for row in rows if row[0] == bot), rows[0] if rows else None)
    return Address(Channel(best[0]), best[1]) if best else None


def in_charge(
    unit: Unit, commune_code: str, but: int | None = None
) -> tuple[tuple[str, str | None], ...]:
    """Whose a matter of a commune is, as (role, commune): its own officers'; the province's where
    it has none beside the person `but`."""
    if any(person_id != but for person_id in officers(unit, "commune", commune_code)):
        return (("commune", commune_code),)
    return PROVINCE_DESK


def officers(unit: Unit, role: str, commune_code: str | None) -> list[int]:
    """Person ids of the active officers of a role, of one commune when given."""
    wanted = select(_OFFICER.c.person_id).where(
        _OFFICER.c.role == role, _OFFICER.c.active.is_(True)
    )
    if commune_code is not None:
        wanted = wanted.join(_COMMUNE, _COMMUNE.c.officer_id == _OFFICER.c.id).where(
            _COMMUNE.c.commune_code == commune_code
        )
    return list(unit.core.execute(wanted.order_by(_OFFICER.c.id)).scalars())


def stop(unit: Unit, address: Address, why: str) -> None:
    """Nothing more goes to this address until it is heard from again."""
    unit.core.execute(
        update(_ADDRESS).where(_is(address)).values(status="stopped", stopped_because=why)
    )
    unit.cache.doubt()


def move(unit: Unit, address: Address, moved_to: str) -> bool:
    """The address has a new id (a group became a supergroup). False when nobody was here.

    A new id that was heard already is the same group: it is from now on who it was.
    """
    old = at_address(unit, address)
    if old is None:
        return False
    new = Address(address.channel, moved_to)
    if at_address(unit, new) is None:
        unit.core.execute(update(_ADDRESS).where(_is(address)).values(external_id=moved_to))
    else:
        stop(unit, address, "moved")
        same = {"person_id": old.person_id, "status": "active", "stopped_because": None}
        unit.core.execute(update(_ADDRESS).where(_is(new)).values(**same))
    unit.cache.doubt()
    return True


def _is(address: Address) -> Any:
    here = _ADDRESS.c.channel == address.channel.value
    return and_(here, _ADDRESS.c.external_id == address.id)
