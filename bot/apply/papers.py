"""Papers that are made beside the turn: a preview, filled forms, a page to send files by."""

from __future__ import annotations

from bot.apply import Env, Stale, on
from bot.apply.casework import dossier, me
from bot.apply.dossiers import own
from conversations import events as e
from conversations.letters import papers as made
from conversations.records import EDITABLE
from models import slots

OFFICERS_FORMS = frozenset({"mau_03"})


@on(e.ItemPreviewAsked)
def preview_asked(env: Env, event: e.ItemPreviewAsked) -> None:
    row = own(env, event.dossier_id)
    asked = {"dossier": row.id, "evidence": event.evidence, "person": env.person.id}
    env.post.job("item_pdf", asked, dossier_id=row.id)


@on(e.FormsAsked)
def forms_asked(env: Env, event: e.FormsAsked) -> None:
    """The household's forms for the household, the commune's report for who holds the case."""
    if OFFICERS_FORMS.intersection(event.forms):
        row = dossier(env, event.dossier_id)
        if row.officer_id != me(env).id:
            raise Stale
    else:
        row = own(env, event.dossier_id)
    asked = {"dossier": row.id, "forms": list(event.forms), "person": env.person.id}
    env.post.job("forms", asked, dossier_id=row.id)


@on(e.UploadLinkAsked)
def link_asked(env: Env, event: e.UploadLinkAsked) -> None:
    """A page for one paper: used once, for thirty minutes, without a login."""
    row = own(env, event.dossier_id)
    if row.state not in EDITABLE or not env.public_url:
        raise Stale
    paper = env.content.evidence[event.evidence].name
    token, until = slots.make(
        env.session, env.person.id, row.id or 0, event.evidence, paper(env.person.language), env.now
    )
    url = f"{env.public_url.rstrip('/')}/u/{token}"
    letter = made.upload_link(row.id or 0, event.evidence, paper, url, until)
    env.post.to_person(env.person.id, letter, priority=0)
