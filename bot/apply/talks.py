"""The talk between a household and its officers, relayed both ways: nobody needs a number."""

from __future__ import annotations

from dataclasses import asdict, replace

from sqlalchemy import select
from sqlmodel import col

from bot.apply import Env, Stale, on
from bot.apply.dossiers import own
from bot.apply.officers import audit
from conversations import events as e
from conversations.letters import Letter, household
from conversations.letters import officer as letters
from conversations.records import State
from conversations.stages import STATE_WORDS
from models import people
from models.tables import CaseMessage, Dossier, Helper, Officer, Producer, Product


@on(e.CaseMessageSent)
def message_sent(env: Env, event: e.CaseMessageSent) -> None:
    """Kept with the case, and passed on to the other side."""
    row = (
        _officers_case(env, event.dossier_id) if event.from_officer else own(env, event.dossier_id)
    )
    env.session.add(
        CaseMessage(
            dossier_id=row.id or 0,
            from_officer=event.from_officer,
            person_id=env.person.id,
            text=event.text,
            files=[asdict(file) for file in event.files],
            at=env.now,
        )
    )
    product = env.session.get_one(Product, row.product_id).name
    if event.from_officer:
        audit(env, "message", f"dossier:{row.id}")
        who = env.person.officer.name if env.person.officer else ""
        letter = household.message(row.id or 0, product, who, event.text, event.files)
        to_household(env, row, letter)
        return
    producer = env.session.get_one(Producer, row.producer_id)
    told = letters.case_message(row.id or 0, row.code, product, producer.name, event.text)
    to_holder(env, row, replace(told, files=event.files))


@on(e.TalkLeft)
def talk_left(env: Env, event: e.TalkLeft) -> None:
    """The officer is done: the bot speaks first and says where the household is."""
    row = _officers_case(env, event.dossier_id)
    product = env.session.get_one(Product, row.product_id).name
    state = STATE_WORDS[State(row.state)]
    to_household(env, row, household.talk_left(row.id or 0, product, state))


def _officers_case(env: Env, dossier_id: int) -> Dossier:
    """A case the acting officer covers. Raises Stale otherwise."""
    row, officer = env.session.get(Dossier, dossier_id), env.person.officer
    if row is None or officer is None or not officer.covers(row.commune_code):
        raise Stale
    return row


def to_household(env: Env, row: Dossier, letter: Letter) -> None:
    """To the producer's owner and to everyone who helps it."""
    producer = env.session.get_one(Producer, row.producer_id)
    helpers = env.session.scalars(
        select(col(Helper.person_id)).where(
            col(Helper.producer_id) == producer.id,
            col(Helper.until).is_(None),
        )
    )
    for person_id in dict.fromkeys((producer.person_id, *helpers)):
        env.post.to_person(person_id, letter, dossier_id=row.id)


def to_holder(env: Env, row: Dossier, letter: Letter) -> None:
    """To the officer who holds the case; else to its level's officers, so that someone answers."""
    holder = env.session.get(Officer, row.officer_id) if row.officer_id else None
    if holder is not None and holder.active:
        env.post.to_person(holder.person_id, letter, dossier_id=row.id)
        return
    at_commune = row.reached_province_at is None
    if at_commune and people.officers(env.session, "commune", row.commune_code):
        env.post.to_officers(row.commune_code, "commune", letter, dossier_id=row.id)
        return
    for role in ("province", "admin"):
        env.post.to_officers(None, role, letter, dossier_id=row.id)
