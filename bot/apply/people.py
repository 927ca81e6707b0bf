"""Consent, language, codes for another channel, a person's data."""

from __future__ import annotations

from datetime import timedelta

from bot.apply import Env, Stale, on, one_time
from bot.apply.erasing import erase
from bot.apply.merging import merge
from conversations import events as e
from conversations.letters import people as letters
from models.messages import Channel
from models.tables import ConsentEntry, Person

LINK_LIVES = timedelta(minutes=30)


def the_person(env: Env) -> Person:
    """The row of who said it."""
    row = env.session.get(Person, env.person.id)
    if row is None:
        raise Stale
    return row


@on(e.ConsentGiven)
def consent_given(env: Env, event: e.ConsentGiven) -> None:
    """The version and the time are kept, one line for each purpose."""
    row = the_person(env)
    row.consent_version, row.consent_at = event.version, env.now
    env.session.add(row)
    _entries(env, event.purposes, event.version, given=True)


@on(e.ConsentWithdrawn)
def consent_withdrawn(env: Env, event: e.ConsentWithdrawn) -> None:
    row = the_person(env)
    version = row.consent_version or event.version
    row.consent_version = row.consent_at = None
    env.session.add(row)
    purposes = tuple(p.id for p in env.content.privacy.purposes)
    _entries(env, purposes, version, given=False)


def _entries(env: Env, purposes: tuple[str, ...], version: str, *, given: bool) -> None:
    for purpose in purposes:
        env.session.add(
            ConsentEntry(
                person_id=env.person.id, purpose=purpose, version=version, given=given, at=env.now
            )
        )


@on(e.LanguageChosen)
def language_chosen(env: Env, event: e.LanguageChosen) -> None:
    row = the_person(env)
    row.language = event.language
    env.session.add(row)


@on(e.LinkCodeAsked)
def link_code_asked(env: Env, event: e.LinkCodeAsked) -> None:
    """The code goes to the one who asked, right after the reply."""
    code, until = one_time.make(env, "link", LINK_LIVES, {})
    url = "" if env.channel is Channel.WEB else one_time.link(env, code)
    letter = letters.link_code(code, until, url, one_time.ways(env, code))
    env.post.to_person(env.person.id, letter, priority=0)


@on(e.LinkCodeUsed)
def link_code_used(env: Env, event: e.LinkCodeUsed) -> None:
    """Who uses the code becomes the person who asked for it; the others are told."""
    row = one_time.take(env, "link", event.code)
    if row.person_id is None or row.person_id == env.person.id:
        raise Stale
    env.post.to_person(row.person_id, letters.joined(env.channel), priority=1)
    merge(env.session, come=env.person.id, into=row.person_id, now=env.now)


@on(e.DataExportAsked)
def data_export_asked(env: Env, event: e.DataExportAsked) -> None:
    """Packed by a job; asking twice within a minute gives one parcel."""
    name = f"export:{env.person.id}:{env.now:%Y%m%d%H%M}"
    env.post.job("export_data", {"person": env.person.id}, dedupe=name)


@on(e.DataErased)
def data_erased(env: Env, event: e.DataErased) -> None:
    erase(env.session, env.post, env.person.id, env.now)
