"""Whom an announcement is for, as queries: producers that fit, people who speak for them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import aliased

from models.database import Unit
from models.tables import Certificate, ConsentEntry, Helper, Person, Producer, Product, Unsubscribed

# Columns: SQLModel types them as plain values.
_CERTIFICATE: Any = Certificate
_CONSENT: Any = ConsentEntry
_HELPER: Any = Helper
_PERSON: Any = Person
_PRODUCER: Any = Producer
_PRODUCT: Any = Product
_UNSUBSCRIBED: Any = Unsubscribed

#: Communes whose producers are gone through for each batch of people; of more communes, and of the
#: whole province, the people are, once, in their order.
FEW = 10
NEWS = "news"  # of the reminders: asked whether notices are wanted
NOTICES = "notices"  # the purpose people agree to (national/privacy.yaml)


@dataclass(frozen=True, slots=True)
class Aim:
    """A segment on a day. `demo`: the demo's own people only, and nobody else ever."""

    communes: Collection[str]
    kind: str
    values: Collection[str]
    today: date
    ahead: timedelta  # how long before its end a certificate is expiring
    demo: bool = False


def producers(aim: Aim, *, of_person: bool = False) -> ColumnElement[bool]:
    """Producers of the segment, whether anybody here speaks for them or not."""
    there = and_(_PRODUCER.erased_at.is_(None), _PRODUCER.demo.is_(aim.demo))
    if aim.communes:
        place = _PRODUCER.commune_code
        # plus nothing: so that SQLite looks by person, not through all of a commune for each
        there = and_(there, (place.concat("") if of_person else place).in_(aim.communes))
    return and_(there, _narrow(aim))


def _narrow(aim: Aim) -> ColumnElement[bool]:
    if aim.kind == "types":
        return _PRODUCER.type.in_(aim.values)  # type: ignore[no-any-return]
    if aim.kind == "sets":
        return _makes(_PRODUCT.set_number.in_([int(v) for v in aim.values]))
    if aim.kind == "stars":
        stars = _CERTIFICATE.stars.in_([int(v) for v in aim.values])
        return _makes(_holds(stars, _CERTIFICATE.valid_to >= aim.today))
    if aim.kind == "lapsed":
        return _makes(_holds(_CERTIFICATE.valid_to < aim.today))
    if aim.kind == "expiring":
        return _makes(_holds(_CERTIFICATE.valid_to.between(aim.today, aim.today + aim.ahead)))
    return true()


def _makes(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(_PRODUCT.producer_id == _PRODUCER.id, which)


def _holds(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """The product's newest certificate is such a one."""
    newer: Any = aliased(Certificate)
    newest = ~exists().where(
        newer.product_id == _CERTIFICATE.product_id,
        newer.revoked_on.is_(None),
        newer.valid_to > _CERTIFICATE.valid_to,
    )
    mine = _CERTIFICATE.product_id == _PRODUCT.id
    return exists().where(mine, _CERTIFICATE.revoked_on.is_(None), newest, *which)


def speakers(aim: Aim) -> ColumnElement[bool]:
    """People who keep a talk here and speak for a producer of the segment: owners and helpers."""
    agreed = and_(_PERSON.consent_version.is_not(None), _PERSON.erased_at.is_(None))
    if 0 < len(aim.communes) <= FEW:
        return and_(agreed, _PERSON.id.in_(_speaking(aim)))
    # two questions, not one with an "or": each is answered by an index on the person
    fits = (_PRODUCER.from_register.is_(False), producers(aim, of_person=True))
    owns = exists().where(_PRODUCER.person_id == _PERSON.id, *fits)
    helps = exists().where(
        _HELPER.person_id == _PERSON.id,
        _HELPER.until.is_(None),
        _PRODUCER.id == _HELPER.producer_id,
        *fits,
    )
    return and_(agreed, or_(owns, helps))


def _speaking(aim: Aim) -> Any:
    """Ids of owners and helpers, found from the communes' producers on."""
    fits = (_PRODUCER.from_register.is_(False), producers(aim))
    own = select(_PRODUCER.person_id).where(*fits)
    mine = and_(_HELPER.producer_id == _PRODUCER.id, _HELPER.until.is_(None))
    return own.union(
        select(_HELPER.person_id).select_from(Producer).join(Helper, mine).where(*fits)
    )


def wanted() -> Any:
    """The person's latest word on notices: true, false, or null when never asked."""
    return (
        select(_CONSENT.given)
        .where(_CONSENT.person_id == _PERSON.id, _CONSENT.purpose == NOTICES)
        .order_by(_CONSENT.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def receivers(aim: Aim, after: int, most: int) -> Select[Any]:
    """(id, language) of people who get it, by id, from the one after `after` on."""
    return (
        select(_PERSON.id, _PERSON.language)
        .where(_PERSON.id > after, speakers(aim), wanted())
        .order_by(_PERSON.id)
        .limit(most)
    )


def refusing(topic: str) -> ColumnElement[bool]:
    """The person wants nothing about this topic."""
    return exists().where(_UNSUBSCRIBED.person_id == _PERSON.id, _UNSUBSCRIBED.topic == topic)


def counted(unit: Unit, aim: Aim, topic: str) -> tuple[int, int, int, int]:
    """People who get it, who never agreed, who refuse the topic; producers nobody speaks for."""
    people = (
        select(func.coalesce(wanted(), false()).label("agreed"), refusing(topic).label("off"))
        .where(speakers(aim))
        .subquery()
    )
    groups: dict[tuple[bool, bool], int] = {}
    each = people.c.agreed, people.c.off
    for agreed, off, number in unit.execute(select(*each, func.count()).group_by(*each)):
        groups[bool(agreed), bool(off)] = number
    alone = select(func.count()).select_from(Producer)
    strangers = unit.scalar(alone.where(producers(aim), _PRODUCER.from_register.is_(True)))
    return (
        groups.get((True, False), 0),
        groups.get((False, False), 0) + groups.get((False, True), 0),
        groups.get((True, True), 0),
        int(strangers or 0),
    )
