"""Who may say that a listed producer and a registered one are the same, and who confirms it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from bot.records.base import RecordsBase
from bot.records.people import acts_for, producer_view
from conversations.records import PersonView, ProducerView
from models.content.fold import fold
from models.tables import JoinRequest, Producer

# Columns: SQLModel types them as plain values.
_JOIN: Any = JoinRequest
_PRODUCER: Any = Producer

OPEN = 5  # requests about one producer at a time
FOUND = 8


class JoinRecords(RecordsBase):
    """The part of SqlRecords about joining the list with who registered."""

    def registered(self, commune: str, words: str) -> tuple[ProducerView, ...]:
        said = fold(words).strip()
        here = select(Producer).where(
            _PRODUCER.commune_code == commune,
            _PRODUCER.from_register.is_(False),
            _PRODUCER.erased_at.is_(None),
            _PRODUCER.demo.is_(False),
        )
        rows = self.session.scalars(here.order_by(_PRODUCER.name))
        fitting = [row for row in rows if len(said) > 1 and said in fold(row.name)]
        return tuple(producer_view(row, mine=False) for row in fitting[:FOUND])

    def may_ask_to_join(self, listed_id: int, producer_id: int) -> bool:
        held, row = (self.session.get(Producer, one) for one in (listed_id, producer_id))
        if held is None or row is None or not fits(held, row):
            return False
        asked = select(func.count()).where(
            _JOIN.producer_id == producer_id, _JOIN.state == "open", _JOIN.listed_id == listed_id
        )
        open_ = select(func.count()).where(_JOIN.producer_id == producer_id, _JOIN.state == "open")
        return not self.session.scalar(asked) and int(self.session.scalar(open_) or 0) < OPEN

    def may_answer_join(self, person: PersonView, number: int) -> bool:
        request = self.session.get(JoinRequest, number)
        if request is None or request.state != "open":
            return False
        held = self.session.get(Producer, request.listed_id)
        row = self.session.get(Producer, request.producer_id)
        if held is None or row is None or not fits(held, row):
            return False
        if request.officer_id is not None:
            return self.speaks_for(person.id, row)
        officer = person.officer
        if officer is None or not (officer.works and officer.covers(row.commune_code)):
            return False
        return not self.speaks_for(person.id, row)

    def speaks_for(self, person_id: int, row: Producer) -> bool:
        found = select(_PRODUCER.id).where(_PRODUCER.id == row.id, acts_for(person_id))
        return self.session.scalar(found) is not None


def fits(held: Producer, row: Producer) -> bool:
    """One of the list and one that registered, of one commune, both there."""
    there = held.erased_at is None and row.erased_at is None and not row.demo
    kinds = held.from_register and not row.from_register
    return there and kinds and held.commune_code == row.commune_code
