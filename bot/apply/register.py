"""What is asked at the register of products: labels, photos, certificates revoked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from bot.apply import Env, Stale, on
from bot.apply.casework import me
from bot.apply.officers import audit
from bot.records import SqlRecords
from bot.work import telling
from conversations import events as e
from conversations.letters import Line
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
    """Recorded by an officer of the province, once: a decision of whom the law lets decide, on one
    of its grounds (Điều 8). Household and commune are told."""
    held, product, producer = _known(env, event.code)
    process = env.content.process
    ground = process.ground(event.ground)
    if me(env).role not in PROVINCE or ground is None:
        raise Stale
    if process.not_its_own(held.stars, event.decision):
        raise Stale
    values = {
        "revoked_on": event.day,
        "revoked_by": event.decision,
        "revoked_because": event.why,
        "revoked_ground": ground.id,
        "revoked_shown": event.shown,
    }
    _guarded(env, held, _CERTIFICATE.revoked_on.is_(None), values)
    audit(env, "certificate_revoked", f"certificate:{held.id}", ground=ground.id)
    decided = Line(
        letters.DECIDED,
        {"number": event.decision, "day": event.day, "who": process.revoker(held.stars).who},
    )
    letter = letters.revoked(event.code, product.name, decided, ground.text, event.why)
    for person_id in telling.speaking_for(env.session, producer):
        env.post.to_person(person_id, letter)
    told = letters.revoked_to_officers(event.code, product.name, producer.name, decided)
    env.post.to_officers(producer.commune_code, "commune", told, skip=env.person.id)


@on(e.CertificateRestored)
def certificate_restored(env: Env, event: e.CertificateRestored) -> None:
    """What was recorded by mistake is taken back; whoever was told is told."""
    held, product, producer = _known(env, event.code)
    if me(env).role not in PROVINCE:
        raise Stale
    gone = ("revoked_on", "revoked_by", "revoked_because", "revoked_ground", "revoked_shown")
    _guarded(env, held, _CERTIFICATE.revoked_on.is_not(None), dict.fromkeys(gone))
    audit(env, "certificate_restored", f"certificate:{held.id}")
    letter = letters.restored(event.code, product.name)
    for person_id in telling.speaking_for(env.session, producer):
        env.post.to_person(person_id, letter)
    env.post.to_officers(producer.commune_code, "commune", letter, skip=env.person.id)


def _guarded(env: Env, held: Certificate, guard: Any, values: dict[str, Any]) -> None:
    """Raises Stale when somebody was faster."""
    done: Any = env.session.execute(
        update(Certificate)
        .where(_CERTIFICATE.id == held.id, guard)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise Stale
