"""A household hears nothing more from us: who waits for it hears that somebody must phone.

A group that hears nothing more is told to the officers who bound it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select

from bot.outbox import Lost
from bot.post import Post
from bot.work import telling
from conversations.letters import groups as group_letters
from conversations.letters import officer as letters
from conversations.records import UNDER_WAY
from models import groups, people
from models.database import Unit
from models.tables import Dossier, Helper, Officer, Producer, Product

# Columns: SQLModel types them as plain values.
_DOSSIER: Any = Dossier
_HELPER: Any = Helper
_PRODUCER: Any = Producer


def gone(unit: Unit, post: Post, lost: Lost) -> None:
    """Within the transaction that stops an address; nothing while another address is left.

    Once an hour and case: who came back and is gone again has missed something else.
    """
    if lost.person_id is None or people.reachable(unit, lost.person_id) is not None:
        return
    if bound := groups.officers_of(unit, lost.person_id):
        groups.unbind(unit, lost.person_id, bound)
        _tell_officers(unit, post, bound)
        return
    day, hour = f"{post.now:%Y-%m-%d}", f"{post.now:%Y-%m-%d %H}"
    _officer(unit, post, lost.person_id, day)
    for row in _cases(unit, lost):
        _phone(unit, post, lost, row, f"unreachable:{row.id}:{lost.person_id}:{hour}")


def refused(unit: Unit, post: Post, lost: Lost) -> None:
    """Within the transaction that marks a message no channel takes now. Once a day and case.

    A reminder that matters but is of no case (stars that end) counts for the newest case.
    """
    if lost.person_id is None:
        return
    day = f"{post.now:%Y-%m-%d}"
    _officer(unit, post, lost.person_id, day)
    row = next((one for one in _cases(unit, lost) if one.id == lost.dossier_id), None)
    if lost.dossier_id is None and lost.matters:
        row = _newest(unit, lost.person_id)
    if row is not None:
        _phone(unit, post, lost, row, f"closed:{row.id}:{lost.person_id}:{day}")


def _officer(unit: Unit, post: Post, person_id: int, day: str) -> None:
    """Who takes cases and is not reached: the admins hear of it, once a day."""
    if (who := people.person(unit, person_id).officer) is not None:
        once = f"officer_gone:{who.id}:{day}"
        post.to_officers(None, "admin", letters.officer_unreachable(who.name), dedupe=once)


def _newest(unit: Unit, person_id: int) -> Dossier | None:
    """The dossier of the person's own that was handed in last."""
    return unit.scalars(
        select(Dossier)
        .join(Producer, _PRODUCER.id == _DOSSIER.producer_id)
        .where(_PRODUCER.person_id == person_id, _DOSSIER.submitted_at.is_not(None))
        .order_by(_DOSSIER.submitted_at.desc())
        .limit(1)
    ).first()


def _cases(unit: Unit, lost: Lost) -> list[Dossier]:
    """Every case at an office that is waited for with this person."""
    helped = select(_HELPER.producer_id).where(
        _HELPER.person_id == lost.person_id, _HELPER.until.is_(None)
    )
    mine = or_(_PRODUCER.person_id == lost.person_id, _PRODUCER.id.in_(helped))
    about = or_(_DOSSIER.state.in_(UNDER_WAY), _DOSSIER.id == lost.dossier_id)
    rows = unit.scalars(
        select(Dossier)
        .join(Producer, _PRODUCER.id == _DOSSIER.producer_id)
        .where(mine, about)
        .order_by(_DOSSIER.id)
    )
    return list(rows)


def _phone(unit: Unit, post: Post, lost: Lost, row: Dossier, once: str) -> None:
    who = telling.holder(unit, row)
    if who is not None and who.person_id == lost.person_id:
        return  # the officer's own address
    product = unit.get_one(Product, row.product_id).name
    letter = letters.unreachable(row.id or 0, row.code, product)
    telling.to_desk(unit, post, row, letter, dedupe=once)


def _tell_officers(unit: Unit, post: Post, officer_ids: list[int]) -> None:
    for officer_id in officer_ids:
        officer = unit.get(Officer, officer_id)
        if officer is not None and officer.active:
            post.to_person(officer.person_id, group_letters.lost())
