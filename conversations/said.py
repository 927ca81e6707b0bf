"""What a room hears and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from conversations.events import Event
from models.messages import Attachment, Say, Talk


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said, channel-neutral. `action` is a pressed button's action, unsealed."""

    text: str = ""
    action: str = ""
    files: tuple[Attachment, ...] = ()
    phone: str | None = None
    place: tuple[float, float] | None = None
    other: str | None = None  # sticker, poll, video ...: what we do not read
    edited: bool = False
    before: str | None = None  # edited: what it said before, when that was heard
    replied_key: str = ""  # `Say.key` of our message that is answered by reply
    replied_dossier: int | None = None  # what that message was a letter about
    name: str = ""  # as the channel shows it; said, not theirs


@dataclass(frozen=True, slots=True)
class Go:
    """Where the talk goes next: a room ("menu" included), what is known there, a note before."""

    room: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """The new talk, one thing to say, what happened.

    A turn with `then` has nothing drawn yet (`say` is EMPTY): its events are applied first and
    `menu.arrive` draws the next room on what they left behind. `more` follows the reply (rare).
    """

    talk: Talk
    say: Say = field(default_factory=lambda: Say(""))
    events: tuple[Event, ...] = ()
    more: tuple[Say, ...] = ()
    then: Go | None = None
