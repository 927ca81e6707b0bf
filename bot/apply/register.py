"""What is asked at the register of products."""

from __future__ import annotations

from bot.apply import Env, Stale, on
from bot.records import SqlRecords
from conversations import events as e


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
