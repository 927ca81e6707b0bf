"""An invitation used, a case seen: rows about officers, and the audit log."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.apply import Env, Stale, on
from conversations import events as e
from conversations.letters import officer as letters
from models.codes import fingerprint
from models.tables import AuditEntry, Invite, Officer, OfficerCommune


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
    invite = env.session.scalars(
        select(Invite).where(Invite.code_hash == fingerprint(event.code))
    ).first()
    if invite is None:
        raise Stale
    taken = env.session.execute(
        update(Invite)
        .where(Invite.id == invite.id, Invite.used_at.is_(None), Invite.expires_at > env.now)  # type: ignore[union-attr, arg-type]
        .values(used_at=env.now, used_by=env.person.id)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        raise Stale
    officer = _officer(env, invite)
    held = set(
        env.session.scalars(
            select(OfficerCommune.commune_code).where(OfficerCommune.officer_id == officer.id)
        )
    )
    for code in invite.communes:
        if code not in held:
            env.session.add(OfficerCommune(officer_id=officer.id or 0, commune_code=code))
    audit(env, "invite_used", f"officer:{officer.id}", role=invite.role)
    letter = letters.joined(officer.name, invite.role, tuple(invite.communes))
    env.post.to_officers(None, "admin", letter, skip=env.person.id, priority=5)


def _officer(env: Env, invite: Invite) -> Officer:
    found = env.session.scalars(select(Officer).where(Officer.person_id == env.person.id)).first()
    officer = found or Officer(person_id=env.person.id, role=invite.role, since=env.now)
    officer.role = invite.role
    officer.active = True
    officer.demo = invite.demo
    officer.name = invite.name or officer.name or invite.role
    env.session.add(officer)
    env.session.flush()
    return officer


@on(e.CaseSeen)
def case_seen(env: Env, event: e.CaseSeen) -> None:
    audit(env, f"seen:{event.what}"[:40], f"dossier:{event.dossier_id}")
