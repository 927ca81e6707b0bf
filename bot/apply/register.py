"""What is asked at the register of products: labels, photos, certificates revoked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from bot.apply import Env, Stale, on
from bot.apply.casework import me
from bot.apply.officers import audit
from bot.records import SqlRecords
from conversations import events as e
from conversations.letters import register as letters
from conversations.stages import PROVINCE
from models.tables import Certificate, Producer, Product

# Columns: SQLModel types them as plain values.
_CERTIFICATE: Any = Certificate


@on(e.LabelAsked)
def label_asked(env: Env, event: e.LabelAsked) -> None:
    """For the product's own household, and officers of its commune or the province."""
    records = SqlRecords(env.session, env.now)
    one = records.certified(event.code)
    officer = env.person.officer
    own = records.certificates(env.person.id)
    mine = any(held.certificate.code == event.code for held in own)
    if one is None or not (mine or (officer and officer.covers(one.commune_code))):
        raise Stale
    env.post.job("label", {"code": one.code, "person": env.person.id})


def _known(env: Env, code: str) -> tuple[Certificate, Product, Producer]:
    """What the certificate's code belongs to. Raises Stale when there is none."""
    held = env.session.scalars(select(Certificate).where(_CERTIFICATE.code == code)).first()
    if held is None:
        raise Stale
    product = env.session.get_one(Product, held.product_id)
    return held, product, env.session.get_one(Producer, product.producer_id)


@on(e.ProductPhotoGiven)
def photo_given(env: Env, event: e.ProductPhotoGiven) -> None:
    """By whoever acts for the producer."""
    own = SqlRecords(env.session, env.now).certificates(env.person.id)
    if all(held.certificate.code != event.code for held in own):
        raise Stale
    _, product, _ = _known(env, event.code)
    product.photo_key = event.key
    env.session.add(product)


@on(e.ProductPhotoTaken)
def photo_taken(env: Env, event: e.ProductPhotoTaken) -> None:
    """By an officer of the commune or the province; the household is told."""
    _, product, producer = _known(env, event.code)
    if not me(env).covers(producer.commune_code) or product.photo_key is None:
        raise Stale
    product.photo_key = None
    env.session.add(product)
    audit(env, "photo_taken_down", f"product:{product.id}")
    env.post.to_person(producer.person_id, letters.photo_down(event.code, product.name))


@on(e.CertificateRevoked)
def certificate_revoked(env: Env, event: e.CertificateRevoked) -> None:
    """By an officer of the province, once, on one of the content's grounds (Điều 8)."""
    held, product, producer = _known(env, event.code)
    grounds = env.content.process.revocation
    if me(env).role not in PROVINCE or not 0 <= event.ground < len(grounds):
        raise Stale
    done: Any = env.session.execute(
        update(Certificate)
        .where(_CERTIFICATE.id == held.id, _CERTIFICATE.revoked_on.is_(None))
        .values(revoked_on=event.day, revoked_by=event.decision, revoked_because=event.why)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise Stale
    audit(env, "certificate_revoked", f"certificate:{held.id}", ground=event.ground)
    ground = grounds[event.ground]
    letter = letters.revoked(event.code, product.name, event.decision, event.day, ground, event.why)
    env.post.to_person(producer.person_id, letter)
