"""The talk between a household and its officers, relayed both ways: nobody needs a number."""

from __future__ import annotations

from dataclasses import asdict, replace

from bot.apply import Env, Stale, on
from bot.apply.casework import change, dossier, history, me, product_of, tell_household
from bot.apply.dossiers import own
from bot.apply.officers import audit
from bot.work import telling
from conversations import events as e
from conversations.letters import household
from conversations.letters import officer as letters
from conversations.records import State
from conversations.stages import CLAIMABLE, STATE_WORDS
from models.tables import CaseMessage, Dossier, Producer


@on(e.CaseMessageSent)
def message_sent(env: Env, event: e.CaseMessageSent) -> None:
    """Kept with the case, and passed on to the other side."""
    row = _to_talk_in(env, event.dossier_id) if event.from_officer else own(env, event.dossier_id)
    env.session.add(
        CaseMessage(
            dossier_id=row.id or 0,
            from_officer=event.from_officer,
            person_id=env.person.id,
            text=event.text,
            files=[asdict(file) for file in event.files],
            at=env.now,
        )
    )
    product = product_of(env, row)
    if event.from_officer:
        change(env, row)  # an act, for the claim clock
        audit(env, "message", f"dossier:{row.id}")
        letter = household.message(row.id or 0, product, me(env).name, event.text, event.files)
        tell_household(env, row, letter)
        return
    producer = env.session.get_one(Producer, row.producer_id)
    told = letters.case_message(row.id or 0, row.code, product, producer.name, event.text)
    telling.to_desk(env.session, env.post, row, replace(told, files=event.files))


@on(e.TalkLeft)
def talk_left(env: Env, event: e.TalkLeft) -> None:
    """The officer is done: the bot speaks first and says where the household is."""
    row = _to_talk_in(env, event.dossier_id)
    history(env, row, "talk_left")
    state = STATE_WORDS[State(row.state)]
    tell_household(env, row, household.talk_left(row.id or 0, product_of(env, row), state))


def _to_talk_in(env: Env, dossier_id: int) -> Dossier:
    """A case this officer holds, or may take. Raises Stale otherwise."""
    row = dossier(env, dossier_id)
    free = row.officer_id is None and row.state in CLAIMABLE
    if row.officer_id != me(env).id and not free:
        raise Stale
    return row
