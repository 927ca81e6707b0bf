"""Producers and products registered; dossiers opened; a helper's work confirmed."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from bot.apply import Env, Stale, on, one_time
from bot.apply.joining import ask_about
from bot.apply.people import the_person
from bot.records.people import acts_for
from conversations import events as e
from conversations.letters import people as letters
from conversations.records import State
from models import codes
from models.tables import AuditEntry, Dossier, Helper, HistoryEntry, Producer, Product

# Columns: SQLModel types them as plain values.
_DOSSIER: Any = Dossier
_HELPER: Any = Helper
_PRODUCER: Any = Producer

COSIGN_LIVES = timedelta(days=7)


def acting(env: Env, producer_id: int) -> Producer:
    """The producer, when the person may act for it. Raises Stale otherwise."""
    row = env.session.scalars(
        select(Producer).where(_PRODUCER.id == producer_id, acts_for(env.person.id))
    ).first()
    if row is None:
        raise Stale
    return row


@on(e.ProducerRegistered)
def producer_registered(env: Env, event: e.ProducerRegistered) -> None:
    """Kept as the person's own, or as helped: then its owner is to confirm with a code."""
    person = the_person(env)
    helping = bool(event.helping_as)
    row = Producer(
        person_id=env.person.id,
        created_at=env.now,
        confirmed_at=None if helping else env.now,
        demo=person.demo,
        **columns(event.fields),
    )
    env.session.add(row)
    env.session.flush()
    ask_about(env, row)
    if helping:
        _helper(env, row, event.helping_as)
        return
    person.phone = person.phone or row.phone or None
    person.name = person.name or row.representative or None
    env.session.add(person)


def _helper(env: Env, row: Producer, relation: str) -> None:
    env.session.add(
        Helper(producer_id=row.id or 0, person_id=env.person.id, relation=relation, since=env.now)
    )
    if row.phone:
        send_cosign(env, row)


def columns(fields: dict[str, object]) -> dict[str, Any]:
    """Fields of an event as columns: a day comes as ISO text."""
    day = fields.get("registered_on")
    return {**fields, "registered_on": date.fromisoformat(str(day)) if day else None}


@on(e.ProducerChanged)
def producer_changed(env: Env, event: e.ProducerChanged) -> None:
    """Mended; when a helper did it, the owner is told. Dossiers not handed in move with it."""
    row = acting(env, event.producer_id)
    for name, value in columns(event.fields).items():
        setattr(row, name, value)
    env.session.add(row)
    drafts = env.session.scalars(
        select(Dossier).where(_DOSSIER.producer_id == row.id, _DOSSIER.submitted_at.is_(None))
    )
    for draft in drafts:
        draft.commune_code = row.commune_code
        env.session.add(draft)
    if row.person_id != env.person.id:
        letter = letters.changed_by_helper(row.name, row.id or 0)
        env.post.to_person(row.person_id, letter, priority=5)


@on(e.CosignAsked)
def cosign_asked(env: Env, event: e.CosignAsked) -> None:
    row = acting(env, event.producer_id)
    if row.confirmed_at is not None:
        raise Stale
    send_cosign(env, row)


def send_cosign(env: Env, row: Producer) -> None:
    """The code goes to the helper, who passes it on: we know no phone to be the owner's."""
    code, until = one_time.make(env, "cosign", COSIGN_LIVES, {"producer": row.id})
    letter = letters.cosign_code(row.name, code, until, one_time.link(env, code))
    env.post.to_person(env.person.id, letter, priority=0)


@on(e.CosignGiven)
def cosign_given(env: Env, event: e.CosignGiven) -> None:
    """The one who confirms is the owner from now on; who helped goes on helping."""
    code = one_time.take(env, "cosign", event.code)
    row = env.session.get(Producer, code.payload["producer"])
    helps = select(_HELPER.id).where(
        _HELPER.producer_id == code.payload["producer"],
        _HELPER.person_id == env.person.id,
    )
    if row is None or row.confirmed_at is not None or env.session.scalar(helps) is not None:
        raise Stale
    row.confirmed_at, row.person_id = env.now, env.person.id
    person = the_person(env)
    person.phone = person.phone or row.phone or None
    person.name = person.name or row.representative or None
    env.session.add_all((row, person, _audited(env, "producer_confirmed", row)))
    if code.person_id is not None:
        env.post.to_person(code.person_id, letters.confirmed(row.name, row.id or 0))


def _audited(env: Env, action: str, row: Producer) -> AuditEntry:
    subject = f"producer:{row.id}"
    return AuditEntry(at=env.now, person_id=env.person.id, action=action, subject=subject)


@on(e.ProductRegistered)
def product_registered(env: Env, event: e.ProductRegistered) -> None:
    producer = acting(env, event.producer_id)
    fields: dict[str, Any] = dict(event.fields)
    product = Product(
        producer_id=event.producer_id, created_at=env.now, demo=producer.demo, **fields
    )
    env.session.add(product)
    env.session.flush()
    open_dossier(env, producer, product, event.case_kind, event.stars_aimed)


@on(e.DossierOpened)
def dossier_opened(env: Env, event: e.DossierOpened) -> None:
    product = env.session.get(Product, event.product_id)
    if product is None:
        raise Stale
    producer = acting(env, product.producer_id)
    open_dossier(env, producer, product, event.case_kind, event.stars_aimed)


def open_dossier(
    env: Env, producer: Producer, product: Product, case_kind: str, stars: int
) -> Dossier:
    """A dossier being prepared, under the rules of the day, with its public code."""
    today = env.now.astimezone(env.content.province.zone).date()
    row = Dossier(
        code=_code(env),
        product_id=product.id or 0,
        producer_id=producer.id or 0,
        case_kind=case_kind,
        stars_aimed=stars,
        state=State.DRAFT.value,
        commune_code=producer.commune_code,
        rules=env.content.rules_on(today).number,
        opened_at=env.now,
        state_since=env.now,
        demo=producer.demo,
    )
    env.session.add(row)
    env.session.flush()
    env.session.add(
        HistoryEntry(dossier_id=row.id or 0, at=env.now, what="opened", person_id=env.person.id)
    )
    return row


def _code(env: Env) -> str:
    """A code no dossier has."""
    while True:
        code = codes.new_code(secrets.SystemRandom())
        if env.session.scalar(select(_DOSSIER.id).where(_DOSSIER.code == code)) is None:
            return code
