"""Who is told about a complaint: the officer who has it, or those in charge. Never its producer.

For turns and for jobs alike. Nobody is told who reported.
"""

from __future__ import annotations

from bot.post import Post
from conversations.letters import Note
from models import people
from models.database import Unit
from models.tables import Complaint, Officer, Producer, Product

Level = tuple[tuple[str, str | None], ...]  # (role, commune or None for all)
ABOVE: Level = people.PROVINCE_DESK


def product_of(unit: Unit, row: Complaint) -> str:
    """The product's name, or how the reporter called it."""
    product = unit.get(Product, row.product_id) if row.product_id else None
    return product.name if product else row.about


def owner(unit: Unit, row: Complaint) -> int | None:
    """The person whose product it is about: never told, be it an officer too."""
    product = unit.get(Product, row.product_id) if row.product_id else None
    producer = unit.get(Producer, product.producer_id) if product else None
    return producer.person_id if producer else None


def holder(unit: Unit, row: Complaint) -> Officer | None:
    """The officer who has it, while active."""
    found = unit.get(Officer, row.officer_id) if row.officer_id else None
    return found if found is not None and found.active else None


def pool(unit: Unit, row: Complaint) -> Level:
    """Those of the commune; where it has none, or none is known, the province."""
    return people.in_charge(unit, row.commune_code, owner(unit, row)) if row.commune_code else ABOVE


def above(unit: Unit, row: Complaint) -> Level:
    """One level up from those in charge."""
    return ABOVE if pool(unit, row) != ABOVE else (("admin", None),)


def to_level(
    unit: Unit, post: Post, row: Complaint, level: Level, letter: Note, skip: int | None = None
) -> None:
    """`skip`: the person id of one who knows already."""
    told = {person for role, place in level for person in people.officers(unit, role, place)}
    for person_id in sorted(told - {owner(unit, row), skip}):
        post.to_person(person_id, letter)


def to_desk(unit: Unit, post: Post, row: Complaint, letter: Note) -> None:
    """To the officer who has it; while nobody has, to all in charge."""
    who = holder(unit, row)
    if who is not None:
        post.to_person(who.person_id, letter)
    else:
        to_level(unit, post, row, pool(unit, row), letter)
