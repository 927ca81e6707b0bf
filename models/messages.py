"""The plain words every part of the product shares. No imports of ours; frozen; JSON in and out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Channel(StrEnum):
    """A wire a person may be reached on. The value is stored; never rename one."""

    WEB = "web"
    TELEGRAM = "telegram"  # households' bot (aiogram)
    TELEGRAM_OFFICER = "telegram_officer"  # officers' bot (python-telegram-bot)
    ZALO_OA = "zalo_oa"
    ZALO_BOT = "zalo_bot"
    SIMULATOR = "sim"  # `talk`, stories, drills: addresses act out an outcome


@dataclass(frozen=True, slots=True)
class Address:
    """Where one person is on one channel: a chat id, opaque to us."""

    channel: Channel
    id: str


class PhotoProblem(StrEnum):
    """What the photo check may find. The person may insist on any of them."""

    DARK = "dark"
    BLURRED = "blurred"
    SMALL = "small"
    GLARE = "glare"
    SIDEWAYS = "sideways"  # wrong way up; turned by us when certain
    SCREEN = "screen"  # a photo of a screen


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file a person sent.

    `key` is the content address (sha256 hex) once the bytes are in the file store; until then
    `remote` holds what the channel needs to fetch them (a provider's file id or URL).
    """

    kind: Literal["photo", "document", "voice", "other"]
    name: str = ""
    mime: str = ""
    size: int = 0  # bytes; 0 = unknown
    key: str | None = None
    remote: str | None = None
    problems: tuple[PhotoProblem, ...] = ()
    refused: str | None = None  # why not taken: too_big | bad_type | corrupt | gone | unsafe


# A private chat was blocked or is back; a group took us in, put us out, or has another id.
Change = Literal["blocked", "back", "joined", "left", "moved"]


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing a person did, on any channel. `(channel, external_id)` happens once."""

    address: Address
    external_id: str
    at: datetime  # aware, UTC: when we received it
    text: str | None = None
    button: str | None = None  # sealed data of a pressed button (see bot/seal.py)
    files: tuple[Attachment, ...] = ()
    phone: str | None = None  # the channel's contact button
    place: tuple[float, float] | None = None  # latitude, longitude
    reply_to: str | None = None  # external id of our message that is answered
    pressed_on: str | None = None  # external id of our message whose button was pressed
    group: bool = False  # said in a group: never show personal data
    other: str | None = None  # what we do not read: sticker, poll, location, video, protected ...
    edited: bool = False
    edits: str | None = None  # how the external id of the edited message's first version ends
    by: str | None = None  # in a group: where who said it is reached alone, on the same channel
    change: Change | None = None  # nothing was said: what became of the address itself
    moved_to: str | None = None  # the address's new id
    language: str | None = None  # the channel's hint, "vi" or "en"
    name: str | None = None  # the channel's display name: a suggestion, never kept as theirs
    behind: bool = False  # one of several read back later: answered once, together


@dataclass(frozen=True, slots=True)
class Button:
    """A choice a person may press; typed label, number or prefix means the same.

    `action` is what it does, at most 48 bytes; sealed to its person on the way out.
    `url` opens a page instead; `copy` is put on the clipboard with it, where a channel can.
    `style` is a hint: primary, danger or plain.
    """

    label: str
    action: str = ""
    url: str = ""
    style: Literal["plain", "primary", "danger"] = "plain"
    ask_phone: bool = False  # a channel with a contact button shows it instead
    copy: str = ""
    mark: str = ""  # its letter, where choices are a list (bot/lettered.py gives them out)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that leaves with a message: content key, the name people see, its type."""

    key: str
    name: str
    mime: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Approved:
    """A notice in a text that was approved beforehand (content/national/templates.yaml): its name
    and what stands in its gaps. May be sent where a channel takes nothing else."""

    name: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Say:
    """One message to one person, channel-neutral and already in their language.

    `text` is plain with *bold* marks only. `rows` are rows of buttons. `files` are shown inline
    when images, else as links or documents. `key` names a message that lives on (a board, an
    alert): a later Say with the same key may replace it in place. `settle` waits that many seconds
    before sending, so that a burst (an album) is answered once: a waiting row of the same key is
    overwritten.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    files: tuple[SentFile, ...] = ()
    key: str = ""
    settle: float = 0.0
    approved: Approved | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(b for row in self.rows for b in row)


class Outcome(StrEnum):
    """What became of an inbound message."""

    WRITTEN = "written"
    DUPLICATE = "duplicate"
    IGNORED = "ignored"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outbound:
    """One row of the outbox, as a sender sees it: never a database row."""

    id: int
    address: Address
    kind: Literal["send", "edit", "mark", "template"]  # mark: only buttons change; see Approved
    say: Say
    edits: str | None = None  # external ids of the message to edit, spaces between them
    reply_to: str | None = None  # external id of the person's message
    attempts: int = 1
    maybe_sent: bool = False  # an earlier try timed out: it may have arrived


@dataclass(frozen=True, slots=True)
class Sent:
    """A send that arrived: the provider's message ids, first one first."""

    external_ids: tuple[str, ...] = ()


@dataclass(slots=True)
class Later(Exception):
    """The send may work later; `seconds` is the provider's wait when it gave one."""

    reason: str
    seconds: float | None = None
    unknown: bool = False  # it may have arrived


@dataclass(slots=True)
class Never(Exception):
    """This message can never be sent (too long, refused). Shown in the officers' digest."""

    reason: str


@dataclass(slots=True)
class Closed(Never):
    """This channel takes nothing for the person now (its window or its plan): another may."""


@dataclass(slots=True)
class Gone(Exception):
    """The address is stopped (blocked, deleted), or moved to `moved_to`."""

    reason: str
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can show; the renderer adapts to it."""

    buttons: int = 100  # 0: choices become a numbered or lettered list
    edit: bool = True
    files_out: bool = True
    max_text: int = 4096  # UTF-16 units
    pull: bool = False  # the client fetches (web chat): nothing to send
    lettered: bool = False  # no buttons: choices by letter
    counted: bool = False  # each message counts against a window or a plan: say it in one
    quotes: bool = False  # a reply shows which message it answers
    contact: bool = False  # can hand over the phone number known to the channel


CAPABILITIES: dict[Channel, Capabilities] = {
    Channel.WEB: Capabilities(pull=True),
    Channel.TELEGRAM: Capabilities(contact=True),
    Channel.TELEGRAM_OFFICER: Capabilities(),
    Channel.ZALO_OA: Capabilities(
        buttons=5, edit=False, max_text=2000, contact=True, counted=True, quotes=True
    ),
    Channel.ZALO_BOT: Capabilities(
        buttons=0, edit=False, files_out=False, max_text=2000, lettered=True, counted=True
    ),
    Channel.SIMULATOR: Capabilities(pull=True),
}


@dataclass(frozen=True, slots=True)
class Talk:
    """The whole state of a person's conversation: the answers are the state.

    `flow` is the open flow ("" = the menu); `answers` are its answers by step key; `asking` is set
    only while going back or editing; `misses` counts misunderstandings in a row; `parked` keeps the
    answers of flows left half-way, by flow key, so that nothing typed is lost.
    """

    flow: str = ""
    answers: dict[str, object] = field(default_factory=dict)
    asking: str | None = None
    misses: int = 0
    parked: dict[str, dict[str, object]] = field(default_factory=dict)
    question: dict[str, object] = field(default_factory=dict)  # last policy topic, for follow-ups
