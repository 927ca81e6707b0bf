"""Who is told about a case: its household, the officer who holds it, or everyone at its level.

For turns and for jobs alike: both have a unit of work and a way out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.post import Post
from bot.work.alerts import alert_for
from conversations.letters import Letter
from conversations.letters import officer as letters
from conversations.records import UNDER_WAY
from models import people
from models.content import Content
from models.database import Unit
from models.tables import Dossier, Helper, Officer, Producer, Product

# Columns: SQLModel types them as plain values.
_HELPER: Any = Helper


def to_household(
    unit: Unit, post: Post, row: Dossier, letter: Letter, *, dedupe: str | None = None
) -> None:
    """To the producer's owner and to everyone who helps it. A `dedupe` counts once for each.

    Of a case at an office: when nothing reaches any of them, its desk hears that it did not arrive.
    """
    told = speaking_for(unit, unit.get_one(Producer, row.producer_id))
    for person_id in told:
        named = f"{dedupe}:{person_id}" if dedupe else None
        post.to_person(person_id, letter, dedupe=named, dossier_id=row.id)
    if row.state in UNDER_WAY and not any(people.reachable(unit, one) for one in told):
        product = unit.get_one(Product, row.product_id).name
        unheard = letters.unreachable(row.id or 0, row.code, product)
        to_desk(unit, post, row, unheard, dedupe=f"{dedupe}:unheard" if dedupe else None)


def speaking_for(unit: Unit, producer: Producer) -> tuple[int, ...]:
    """The producer's owner, and everyone who helps it."""
    helpers = unit.scalars(
        select(_HELPER.person_id).where(_HELPER.producer_id == producer.id, _HELPER.until.is_(None))
    )
    return tuple(dict.fromkeys((producer.person_id, *helpers)))


def holder(unit: Unit, row: Dossier) -> Officer | None:
    """The officer who holds the case, while active."""
    found = unit.get(Officer, row.officer_id) if row.officer_id else None
    return found if found is not None and found.active else None


def to_desk(
    unit: Unit,
    post: Post,
    row: Dossier,
    letter: Letter,
    *,
    dedupe: str | None = None,
    groups_too: bool = False,
) -> None:
    """To the officer who holds the case; else to its level's officers, so that someone acts.

    `groups_too`: then to their groups as well; nothing personal is in it.
    """
    who = holder(unit, row)
    if who is None:
        to_level(unit, post, row, letter, dedupe=dedupe, groups_too=groups_too)
        return
    named = f"{dedupe}:{who.person_id}" if dedupe else None
    post.to_person(who.person_id, letter, dedupe=named, dossier_id=row.id)


def to_level(
    unit: Unit,
    post: Post,
    row: Dossier,
    letter: Letter,
    *,
    skip: int | None = None,
    dedupe: str | None = None,
    groups_too: bool = False,
) -> None:
    """To every officer where the case is; to the province and the admins where a commune has none.

    `skip` is the person id of one who knows already. `groups_too`: nothing personal is in it.
    """
    for role, commune in level(unit, row):
        post.to_officers(
            *(commune, role, letter),
            skip=skip,
            dedupe=dedupe,
            dossier_id=row.id,
            groups_too=groups_too,
        )


def level(unit: Unit, row: Dossier) -> tuple[tuple[str, str | None], ...]:
    """(role, commune or None for all) of the officers who answer for the case now."""
    if row.reached_province_at is None and not orphan(unit, row):
        return (("commune", row.commune_code),)
    return (("province", None), ("admin", None))


def orphan(unit: Unit, row: Dossier) -> bool:
    """The case is at a commune that has no officer here."""
    at_commune = row.reached_province_at is None
    return at_commune and not people.officers(unit, "commune", row.commune_code)


def alert_pool(
    unit: Unit, post: Post, content: Content, row: Dossier, *, skip: int | None = None
) -> None:
    """The case is free: those who may take it see a fresh alert."""
    alert = alert_for(unit, content, row, orphan=orphan(unit, row))
    to_level(unit, post, row, alert, skip=skip, groups_too=True)


def settle_alerts(unit: Unit, post: Post, content: Content, row: Dossier, taken_by: str) -> None:
    """Every copy of the case's alert says who has it."""
    alert = alert_for(unit, content, row, taken_by=taken_by)
    for role, commune in (("commune", row.commune_code), ("province", None), ("admin", None)):
        post.to_officers(commune, role, alert, edit=True, dossier_id=row.id, groups_too=True)


def acted(row: Dossier) -> datetime:
    """When anything last happened to the case at the office."""
    return max(row.acted_at or row.state_since, row.state_since)
