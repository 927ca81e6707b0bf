"""A producer of the list and the household that registered under its name: one, or not."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.apply import Env, Stale, on
from bot.apply.casework import me
from bot.apply.officers import audit
from conversations import events as e
from conversations.letters import register as letters
from models import register
from models.content.fold import fold
from models.tables import Producer

# Columns: SQLModel types them as plain values.
_PRODUCER: Any = Producer


def ask_about(env: Env, row: Producer) -> None:
    """Ask the commune's officers whether the list's producer of the same name is this one."""
    wanted = (_PRODUCER.commune_code == row.commune_code, _PRODUCER.id != row.id)
    listed = (_PRODUCER.from_register.is_(True), _PRODUCER.erased_at.is_(None))
    if row.demo:
        return
    for held in env.session.scalars(select(Producer).where(*wanted, *listed)).all():
        if fold(held.name) == fold(row.name):
            letter = letters.perhaps_one(held.id or 0, row.id or 0, row.name)
            env.post.to_officers(row.commune_code, "commune", letter, skip=row.person_id)


@on(e.ProducersCompared)
def compared(env: Env, event: e.ProducersCompared) -> None:
    """By an officer of that commune, on rows that still are what was asked about."""
    held = env.session.get(Producer, event.listed_id)
    row = env.session.get(Producer, event.producer_id)
    if held is None or row is None or not held.from_register or row.from_register:
        raise Stale
    same = held.commune_code == row.commune_code and fold(held.name) == fold(row.name)
    if held.erased_at or row.erased_at or not same or not me(env).covers(row.commune_code):
        raise Stale
    word = "producers_joined" if event.same else "producers_apart"
    audit(env, word, f"producer:{row.id}", listed=held.id)
    if event.same:
        register.join(env.session, held, row, fold, env.now)
        env.post.to_person(row.person_id, letters.joined(row.name))
