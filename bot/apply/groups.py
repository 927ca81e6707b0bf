"""Groups of officers: bound to what an officer hears, let go, and a case opened from one."""

from __future__ import annotations

from bot.apply import Env, Stale, on
from bot.apply.casework import me, product_of
from bot.apply.officers import audit
from bot.records import SqlRecords
from conversations import events as e
from conversations.letters import groups as letters
from conversations.stages import within
from models import groups
from models.tables import Dossier


@on(e.GroupBound)
def bound(env: Env, event: e.GroupBound) -> None:
    """Bound with the rights of now; what is lost later is lost for the group too."""
    officer = me(env)
    communes = sorted(officer.communes) if officer.role == "commune" else [""]
    groups.bind(env.session, event.group, officer.id, officer.role, communes, env.now)
    audit(env, "group_bound", f"person:{event.group}")


@on(e.GroupUnbound)
def unbound(env: Env, event: e.GroupUnbound) -> None:
    """Only what lies within the rights of who says so."""
    officer = me(env)
    every = SqlRecords(env.session, env.now).officers_of_group(event.group)
    ids = [o.id for o in every if o.id in event.officer_ids and within(officer, o)]
    groups.unbind(env.session, event.group, ids)
    audit(env, "group_unbound", f"person:{event.group}", officers=ids)


@on(e.CaseOpenedInGroup)
def opened(env: Env, event: e.CaseOpenedInGroup) -> None:
    """A look is written down, as in the private chat. Raises Stale without the right to look."""
    if SqlRecords(env.session, env.now).case(me(env), event.dossier_id) is None:
        raise Stale
    row = env.session.get_one(Dossier, event.dossier_id)
    audit(env, "seen:group", f"dossier:{row.id}")
    letter = letters.opened(row.id or 0, row.code, product_of(env, row))
    env.post.to_person(env.person.id, letter, priority=0, dossier_id=row.id)
