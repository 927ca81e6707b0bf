"""What happened becomes rows, letters and jobs: one handler for each event, in this package.

    @on(CaseClaimed)
    def claimed(env: Env, event: CaseClaimed) -> None: ...

A handler writes through `env.session` and speaks through `env.post`; both belong to the turn's
transaction, so nothing it does is seen by anyone before the commit. It never sends, never sleeps,
never reads the clock (`env.now` is the turn's instant).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from bot.post import Post
from conversations.events import Event
from conversations.records import PersonView
from models.content import Content
from models.database import Unit
from models.files import FileStore
from models.messages import Channel


class Stale(Exception):
    """The world moved between reading and writing: hear the message again on fresh records."""


@dataclass(slots=True)
class Env:
    """What a handler may use. `person` is who said it; `post` is the way out."""

    session: Unit
    now: datetime
    person: PersonView
    content: Content
    files: FileStore
    post: Post
    channel: Channel = Channel.WEB
    channels: tuple[Channel, ...] = (Channel.WEB,)
    public_url: str = ""
    links: Mapping[Channel, str] = field(default_factory=dict)


E = TypeVar("E", bound=Event)
Handler = Callable[[Env, Any], None]
HANDLERS: dict[type[Event], Handler] = {}


def on(kind: type[E]) -> Callable[[Callable[[Env, E], None]], Callable[[Env, E], None]]:
    """Register the handler of one kind of event; a second one for the same kind is an error."""

    def keep(handler: Callable[[Env, E], None]) -> Callable[[Env, E], None]:
        if kind in HANDLERS:
            raise ValueError(f"{kind.__name__} has a handler already")
        HANDLERS[kind] = handler
        return handler

    return keep


def load() -> None:
    """Import every module of this package, so that its handlers are registered."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


def apply(env: Env, event: Event) -> None:
    """Do what `event` says. Raises Stale, or LookupError when nobody handles such an event."""
    handler = HANDLERS.get(type(event))
    if handler is None:
        raise LookupError(f"nothing handles {type(event).__name__}")
    handler(env, event)
