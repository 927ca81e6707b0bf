"""Certificates that end: the dossier that follows, reminders put off or stopped, a nudge."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.apply import Env, Stale, on
from bot.apply.casework import me
from bot.apply.producers import acting, open_dossier
from bot.records import SqlRecords
from bot.records.certificates import Row, current, following
from bot.records.people import acts_for
from bot.work import ending as reminding
from conversations import ending
from conversations import events as e
from models.tables import (
    Certificate,
    Dossier,
    EvidenceItem,
    Page,
    Producer,
    Product,
    Reminder,
)

# Columns: SQLModel types them as plain values.
_CERTIFICATE: Any = Certificate
_DOSSIER: Any = Dossier
_ITEM: Any = EvidenceItem
_PAGE: Any = Page
_PRODUCER: Any = Producer
_PRODUCT: Any = Product
_REMINDER: Any = Reminder


@on(e.RenewalBegun)
def renewal_begun(env: Env, event: e.RenewalBegun) -> None:
    """One dossier, however often and by however many it is asked for (the product is locked)."""
    certificate, product, producer = _the(env, event.certificate_id)
    acting(env, producer.id or 0)
    env.session.scalars(select(Product).where(_PRODUCT.id == product.id).with_for_update()).one()
    if following(env.session, [product.id or 0]):
        raise Stale
    row = open_dossier(env, producer, product, "again", certificate.stars)
    if certificate.dossier_id is not None:
        carry(env, certificate.dossier_id, row, certificate.stars)


def _the(env: Env, certificate_id: int) -> Row:
    """The product's current certificate, by id. Raises Stale when it is that no more."""
    row: Any = env.session.execute(current().where(_CERTIFICATE.id == certificate_id)).first()
    if row is None:
        raise Stale
    return row[0], row[1], row[2]


def carry(env: Env, old_id: int, new: Dossier, stars: int) -> None:
    """The papers that still hold go into the new dossier with their pages and dates."""
    old = env.session.get_one(Dossier, old_id)
    seen = SqlRecords(env.session, env.now).dossier_view(old, mine=True)
    today = env.now.astimezone(env.content.province.zone).date()
    for evidence in ending.carried(env.content, seen, stars, today):
        given = seen.item(evidence)
        item = EvidenceItem(
            dossier_id=new.id or 0,
            evidence=evidence,
            state="uploaded",
            expires_on=given.expires_on,
            updated_at=env.now,
        )
        env.session.add(item)
        env.session.flush()
        for place, page in enumerate(given.pages, 1):
            env.session.add(
                Page(
                    item_id=item.id or 0,
                    position=place,
                    file_key=page.key,
                    name=page.name,
                    mime=page.mime,
                    size=page.size,
                    problems=[str(p) for p in page.problems],
                    insisted=page.insisted,
                    added_by=env.person.id,
                    added_at=env.now,
                )
            )


@on(e.ReminderChosen)
def reminder_chosen(env: Env, event: e.ReminderChosen) -> None:
    if not _concerns(env, event.about):
        raise Stale
    row = reminding.remembered(env.session, env.person.id, event.about, env.now)
    row.again_on, row.stopped, row.at = event.again_on, event.stopped, env.now
    env.session.add(row)


def _concerns(env: Env, about: str) -> bool:
    """Is it the person's own certificate or paper, or an officer's list?"""
    kind, _, number = about.partition(":")
    if kind == "ending":
        return env.person.officer is not None and env.person.officer.works
    mine = select(_PRODUCER.id).where(acts_for(env.person.id))
    if kind == "certificate":
        mine = mine.join(Product, _PRODUCT.producer_id == _PRODUCER.id).join(
            Certificate, _CERTIFICATE.product_id == _PRODUCT.id
        )
        return env.session.scalar(mine.where(_CERTIFICATE.id == int(number))) is not None
    mine = mine.join(Dossier, _DOSSIER.producer_id == _PRODUCER.id).join(
        EvidenceItem, _ITEM.dossier_id == _DOSSIER.id
    )
    return env.session.scalar(mine.where(_ITEM.id == int(number))) is not None


@on(e.HouseholdNudged)
def nudged(env: Env, event: e.HouseholdNudged) -> None:
    """By an officer of its commune or of the province; what the household stopped stays stopped."""
    certificate, product, producer = _the(env, event.certificate_id)
    if not me(env).covers(producer.commune_code):
        raise Stale
    today = env.now.astimezone(env.content.province.zone).date()
    after = following(env.session, [product.id or 0]).get(product.id or 0)
    letter = reminding.letter(env.content, (certificate, product, producer), after, today)
    if letter is None:
        raise Stale
    for person_id in reminding.speaking_for(env.session, producer):
        name = f"nudge:{certificate.id}:{today}:{person_id}"
        row = reminding.remembered(env.session, person_id, f"certificate:{certificate.id}", env.now)
        if not row.stopped:
            env.post.to_person(person_id, letter, dedupe=name)
