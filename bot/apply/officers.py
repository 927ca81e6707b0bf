"""An invitation used, a case seen, a code guessed: rows about officers, and the audit log."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from bot.apply import Env, Stale, on, one_time
from bot.work import rights
from conversations import events as e
from conversations.letters import officer as letters
from models.codes import fingerprint
from models.tables import AuditEntry, Invite, Officer, OfficerCommune, Person

# Columns: SQLModel types them as plain values.
_COMMUNE: Any = OfficerCommune
_INVITE: Any = Invite
_OFFICER: Any = Officer


def audit(env: Env, action: str, subject: str, **detail: object) -> None:
    """One line of the audit log: who did what to what, ids only."""
    officer = env.person.officer
    env.session.add(
        AuditEntry(
            at=env.now,
            officer_id=officer.id if officer else None,
            person_id=env.person.id,
            action=action,
            subject=subject,
            detail=detail,
        )
    )


@on(e.InviteUsed)
def invite_used(env: Env, event: e.InviteUsed) -> None:
    """Exactly one person uses an invitation; an officer who uses another one gains its communes."""
    invite = _take(env, event.code)
    officer = _officer(env, invite)
    held = set(
        env.session.scalars(select(_COMMUNE.commune_code).where(_COMMUNE.officer_id == officer.id))
    )
    for code in invite.communes:
        if code not in held:
            env.session.add(OfficerCommune(officer_id=officer.id or 0, commune_code=code))
    if invite.demo:
        env.session.get_one(Person, env.person.id).demo = True
    audit(env, "invite_used", f"officer:{officer.id}", role=invite.role)
    rights.changed(env.session, officer.id or 0, env.now)
    places = tuple(env.content.communes[c].full() for c in invite.communes)
    letter = letters.joined(officer.name, invite.role, places)
    env.post.to_officers(None, "admin", letter, skip=env.person.id, priority=5)


def _take(env: Env, code: str) -> Invite:
    """Use the invitation up. Raises Stale when it is wrong, used or over."""
    invite = env.session.scalars(
        select(Invite).where(_INVITE.code_hash == fingerprint(code))
    ).first()
    if invite is None:
        raise Stale
    taken: Any = env.session.execute(
        update(Invite)
        .where(_INVITE.id == invite.id, _INVITE.used_at.is_(None), _INVITE.expires_at > env.now)
        .values(used_at=env.now, used_by=env.person.id)
    )
    if taken.rowcount != 1:
        raise Stale
    return invite


def _officer(env: Env, invite: Invite) -> Officer:
    """The person's officer row, made or given the invitation's role."""
    found = env.session.scalars(select(Officer).where(_OFFICER.person_id == env.person.id)).first()
    officer = found or Officer(person_id=env.person.id, role=invite.role, since=env.now)
    officer.role = invite.role
    officer.active = True
    officer.demo = invite.demo
    officer.name = invite.name or officer.name or letters.ROLES[invite.role]
    env.session.add(officer)
    env.session.flush()
    return officer


@on(e.CaseSeen)
def case_seen(env: Env, event: e.CaseSeen) -> None:
    audit(env, f"seen:{event.what}"[:40], f"dossier:{event.dossier_id}")


@on(e.ListSeen)
def list_seen(env: Env, event: e.ListSeen) -> None:
    if env.person.officer is not None:  # anybody else was shown nothing
        audit(env, "seen:list", event.what)


@on(e.CodeMissed)
def code_missed(env: Env, event: e.CodeMissed) -> None:
    """Counted, so that guessing invitations comes to nothing."""
    audit(env, "code_missed", f"person:{env.person.id}")


@on(e.DemoBegun)
def demo_begun(env: Env, event: e.DemoBegun) -> None:
    """What this person makes from now on is marked as demo (bot/apply/producers.py)."""
    one_time.take(env, "demo", event.code)
    env.session.get_one(Person, env.person.id).demo = True
