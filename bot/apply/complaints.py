"""Complaints: to the officers of the product's commune, taken by one, answered in the chat.

Nobody is told who reported: no letter, row of the audit log or card carries it.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict
from typing import Any

from sqlalchemy import select, update

from bot import limits
from bot.apply import Env, Stale, on
from bot.apply.casework import me
from bot.apply.officers import audit
from bot.records.complaints import complaints_of
from bot.work import complaint_clock
from bot.work import complaint_telling as telling
from conversations import events as e
from conversations.letters import complaints as letters
from models import allowances, codes
from models.tables import Certificate, Complaint, ComplaintLine, Producer, Product

# Columns: SQLModel types them as plain values.
_CERTIFICATE: Any = Certificate
_COMPLAINT: Any = Complaint


@on(e.ComplaintMade)
def made(env: Env, event: e.ComplaintMade) -> None:
    """Kept with a number, due in working hours, and told to the officers in charge."""
    if allowances.take(env.session, limits.COMPLAINTS, str(env.person.id), env.now) is None:
        raise Stale
    product, producer = _product(env, event.certificate_code)
    hours = env.content.times.complaint.escalate
    row = Complaint(
        code=_code(env),
        person_id=env.person.id,
        kind=event.kind[:20],
        product_id=product.id if product else None,
        certificate_code=event.certificate_code if product else "",
        about=event.about[:200],
        place=event.place[:200],
        commune_code=producer.commune_code if producer else event.commune_code,
        text=event.text,
        files=[asdict(file) for file in event.files],
        made_at=env.now,
        due_at=env.content.calendar.add_working_hours(env.now, hours),
    )
    env.session.add(row)
    env.session.flush()
    name = product.name if product else row.about
    letter = letters.made(row.id or 0, row.code, row.kind, name, row.place, len(event.files))
    telling.to_desk(env.session, env.post, row, letter)
    complaint_clock.plan(env.post, env.content, row, env.now)


def _product(env: Env, code: str) -> tuple[Product | None, Producer | None]:
    """The product of a certificate's code, and who makes it."""
    found = env.session.scalars(select(Certificate).where(_CERTIFICATE.code == code)).first()
    product = env.session.get(Product, found.product_id) if found else None
    return product, env.session.get(Producer, product.producer_id) if product else None


def _code(env: Env) -> str:
    """A number no complaint has."""
    while True:
        code = codes.new_code(secrets.SystemRandom())
        if env.session.scalar(select(_COMPLAINT.id).where(_COMPLAINT.code == code)) is None:
            return code


# -- officers --------------------------------------------------------------------------------------
def reached(env: Env, complaint_id: int) -> Complaint:
    """A complaint this officer may handle, not closed. Raises Stale for anything else."""
    row = env.session.scalars(
        select(Complaint).where(
            _COMPLAINT.id == complaint_id, _COMPLAINT.state != "closed", complaints_of(me(env))
        )
    ).first()
    if row is None:
        raise Stale
    return row


def held(env: Env, complaint_id: int) -> Complaint:
    """One that this officer has taken."""
    row = reached(env, complaint_id)
    if row.officer_id != me(env).id:
        raise Stale
    return row


def change(env: Env, row: Complaint, *guards: Any, **values: Any) -> None:
    """The one guarded UPDATE. Raises Stale when somebody was faster."""
    done: Any = env.session.execute(
        update(Complaint)
        .where(_COMPLAINT.id == row.id, _COMPLAINT.state != "closed", *guards)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise Stale
    env.session.refresh(row)


@on(e.ComplaintClaimed)
def claimed(env: Env, event: e.ComplaintClaimed) -> None:
    row, officer = reached(env, event.complaint_id), me(env)
    mine = {"officer_id": officer.id, "state": "claimed", "claimed_at": env.now, "acted_at": None}
    change(env, row, _COMPLAINT.officer_id.is_(None), **mine)
    audit(env, "complaint_claimed", f"complaint:{row.id}")
    complaint_clock.taken(env.post, env.content, row, env.now)
    env.post.to_person(row.person_id, letters.taken(row.id or 0, row.code, officer.name))


@on(e.ComplaintReleased)
def released(env: Env, event: e.ComplaintReleased) -> None:
    """Free again, with everyone told; its time begins anew."""
    row = held(env, event.complaint_id)
    complaint_clock.free(row, env.content, env.now)
    env.session.add(row)
    env.session.flush()
    audit(env, "complaint_released", f"complaint:{row.id}")
    complaint_clock.freed(env.session, env.post, env.content, row, skip=env.person.id)


@on(e.ComplaintAsked)
def asked(env: Env, event: e.ComplaintAsked) -> None:
    """What the officer writes goes to the reporter; the audit log keeps that it was, not what."""
    row = held(env, event.complaint_id)
    env.session.add(_line(env, row, event.text, me(env).id))
    row.acted_at = env.now
    env.session.add(row)
    audit(env, "complaint_asked", f"complaint:{row.id}")
    letter = letters.asked(row.id or 0, row.code, me(env).name, event.text)
    env.post.to_person(row.person_id, letter)


@on(e.ComplaintAnswered)
def answered(env: Env, event: e.ComplaintAnswered) -> None:
    row, officer = held(env, event.complaint_id), me(env)
    change(
        env,
        row,
        _COMPLAINT.officer_id == officer.id,
        state="closed",
        outcome=event.outcome[:20],
        result=event.text,
        closed_at=env.now,
    )
    audit(env, "complaint_answered", f"complaint:{row.id}", outcome=event.outcome[:20])
    letter = letters.answered(row.id or 0, row.code, officer.name, event.outcome, event.text)
    env.post.to_person(row.person_id, letter)


# -- whoever reported ------------------------------------------------------------------------------
@on(e.ComplaintReplied)
def replied(env: Env, event: e.ComplaintReplied) -> None:
    """To the officer who has it; while nobody has, to all in charge."""
    row = env.session.get(Complaint, event.complaint_id)
    if row is None or row.person_id != env.person.id or row.state == "closed":
        raise Stale
    env.session.add(_line(env, row, event.text, None, [asdict(file) for file in event.files]))
    letter = letters.replied(row.id or 0, row.code, event.text, event.files)
    telling.to_desk(env.session, env.post, row, letter)


def _line(
    env: Env,
    row: Complaint,
    text: str,
    officer_id: int | None,
    files: list[dict[str, Any]] | None = None,
) -> ComplaintLine:
    return ComplaintLine(
        complaint_id=row.id or 0, officer_id=officer_id, text=text, files=files or [], at=env.now
    )
