"""A producer of the list and the household that registered under its name: one, or not."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from bot.apply import Env, Stale, on
from bot.apply.casework import me
from bot.apply.officers import audit
from bot.apply.subscriptions import with_offer
from bot.records import SqlRecords
from bot.work import telling
from conversations import events as e
from conversations.letters import Note
from conversations.letters import register as letters
from models import people, register
from models.content.fold import fold
from models.tables import JoinRequest, Officer, Producer

# Columns: SQLModel types them as plain values.
_JOIN: Any = JoinRequest
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
        letter = with_offer(env, row.person_id, letters.joined(row.name))
        env.post.to_person(row.person_id, letter)


# -- asked later, by either side -------------------------------------------------------------------
@on(e.JoinAsked)
def join_asked(env: Env, event: e.JoinAsked) -> None:
    """Kept until the other side confirms. An officer who acts for the producer asks as its
    household: somebody else then confirms."""
    records = SqlRecords(env.session, env.now)
    if not records.may_ask_to_join(event.listed_id, event.producer_id):
        raise Stale
    held = env.session.get_one(Producer, event.listed_id)
    row = env.session.get_one(Producer, event.producer_id)
    officer = env.person.officer
    if not event.by_officer and not records.speaks_for(env.person.id, row):
        raise Stale
    if event.by_officer and not me(env).covers(row.commune_code):
        raise Stale
    by = officer.id if officer and event.by_officer else None
    request = JoinRequest(
        listed_id=held.id or 0, producer_id=row.id or 0, officer_id=by, at=env.now
    )
    env.session.add(request)
    env.session.flush()
    audit(env, "join_asked", f"producer:{row.id}", listed=held.id, request=request.id)
    letter = letters.same_one(request.id or 0, held.name, row.name, by_officer=event.by_officer)
    if event.by_officer:
        for person_id in telling.speaking_for(env.session, row):
            env.post.to_person(person_id, letter)
    else:
        _to_office(env, row, letter)


def _to_office(env: Env, row: Producer, letter: Note) -> None:
    """The commune's officers; where it has none, the province's."""
    for role, place in people.in_charge(env.session, row.commune_code, env.person.id):
        env.post.to_officers(place, role, letter, skip=env.person.id)


@on(e.JoinAnswered)
def join_answered(env: Env, event: e.JoinAnswered) -> None:
    """By the other side, once; then the list's products and certificates are the household's."""
    if not SqlRecords(env.session, env.now).may_answer_join(env.person, event.request_id):
        raise Stale
    request = env.session.get_one(JoinRequest, event.request_id)
    held = env.session.get_one(Producer, request.listed_id)
    row = env.session.get_one(Producer, request.producer_id)
    state = "joined" if event.same else "refused"
    done: Any = env.session.execute(
        update(JoinRequest)
        .where(_JOIN.id == request.id, _JOIN.state == "open")
        .values(state=state)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise Stale
    audit(env, f"join_{state}", f"producer:{row.id}", listed=held.id, request=request.id)
    letter = letters.joined(row.name) if event.same else letters.not_joined(held.name, row.name)
    asker = env.session.get(Officer, request.officer_id) if request.officer_id else None
    told = {*telling.speaking_for(env.session, row), asker.person_id if asker else 0}
    if event.same:
        register.join(env.session, held, row, fold, env.now)
    for person_id in sorted(told - {env.person.id, 0}):
        offers = event.same and person_id == row.person_id
        env.post.to_person(person_id, with_offer(env, person_id, letter) if offers else letter)
