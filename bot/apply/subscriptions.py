"""Which announcements a person wants. Whatever was on its way against that is taken back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select

from bot.apply import Env, Stale, on
from bot.records import SqlRecords
from bot.work.ending import remembered
from conversations import events as e
from conversations.letters import Note
from conversations.letters.subscriptions import offering
from models import announcements
from models.segments import NEWS, NOTICES
from models.tables import ConsentEntry, Unsubscribed

# Columns: SQLModel types them as plain values.
_UNSUBSCRIBED: Any = Unsubscribed


def with_offer(env: Env, person_id: int, letter: Note) -> Note:
    """A letter that brings something good also asks for news, once in a life."""
    if SqlRecords(env.session, env.now).news_offered(person_id):
        return letter
    remembered(env.session, person_id, NEWS, env.now)
    return offering(letter)


@on(e.NewsOffered)
def news_offered(env: Env, event: e.NewsOffered) -> None:
    """Once: whoever ignores the question, or says "later", said enough."""
    if not SqlRecords(env.session, env.now).news_offered(env.person.id):
        remembered(env.session, env.person.id, NEWS, env.now)


@on(e.SubscriptionChosen)
def subscription_chosen(env: Env, event: e.SubscriptionChosen) -> None:
    """A consent of its own, kept as proof like the other."""
    env.session.add(
        ConsentEntry(
            person_id=env.person.id,
            purpose=NOTICES,
            version=env.content.privacy.version,
            given=event.wanted,
            at=env.now,
        )
    )
    if not event.wanted:
        announcements.take_back(env.session, env.person.id)


@on(e.TopicChosen)
def topic_chosen(env: Env, event: e.TopicChosen) -> None:
    if env.content.announcements.topic(event.topic) is None:
        raise Stale
    which = (_UNSUBSCRIBED.person_id == env.person.id, _UNSUBSCRIBED.topic == event.topic)
    if event.wanted:
        env.session.execute(delete(Unsubscribed).where(*which))
    elif env.session.scalar(select(_UNSUBSCRIBED.topic).where(*which)) is None:
        env.session.add(Unsubscribed(person_id=env.person.id, topic=event.topic, at=env.now))
        announcements.take_back(env.session, env.person.id, event.topic)
