"""How handlers speak with the rest: what they may ask for, and what they must be able to do.

Handlers translate; they never write and never decide. `bot/` gives them a `Reception` (for what
comes in) and takes a `Sender` from them (for what goes out).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from models.messages import (
    Address,
    Attachment,
    Channel,
    Inbound,
    Outbound,
    Outcome,
    Say,
    Sent,
    SentFile,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a web chat, as its page sees it. Exactly one of `mine` and `say` holds."""

    id: int  # rises within a chat; an edit is a new line with a higher id
    mine: bool  # said by the person
    at: datetime  # aware, UTC
    say: Say | None = None  # ours; the actions of its buttons are already sealed
    text: str = ""  # theirs; for a pressed button, its label
    files: tuple[SentFile, ...] = ()  # theirs; ours are in `say`
    nonce: str | None = None  # external_id of their message
    pressed: str | None = None  # sealed data of the button they pressed, to mark it as chosen
    pressed_on: int | None = None  # id of the line that button belongs to (Inbound.pressed_on)
    replaces: int | None = None  # id of the earlier line this one is an edit of


class Away(Exception):
    """What keeps the bytes cannot be reached or is full: the same may work later."""


class Reception(Protocol):
    """Where handlers hand in what people did. Every method may be called at the same time."""

    async def receive(self, inbound: Inbound) -> Outcome:
        """Hear one message. Returns after the commit; raises when nothing was written.

        IGNORED when this address says more than anybody can: nothing was written then either.
        """

    async def notice(self, inbound: Inbound) -> str:
        """After a press in a group was received: what to tell the one who pressed, alone."""

    # The web chat: it pulls, so it also reads.
    async def open_chat(self, channel: Channel, asker: str, language: str | None) -> Address | None:
        """Mint a chat with a secret id; None when `asker` (a network address) opened too many."""

    async def admits(self, act: str, asker: str, owner: str = "") -> bool:
        """May it be done once more now? `act`: "message" or "upload"; `asker`: a network address;
        `owner`: the chat or link that does it, when it has a limit of its own."""

    async def knows(self, address: Address) -> bool:
        """Is this a chat we minted, and not erased since?"""

    async def language(self, address: Address) -> str:
        """The chat's language: "vi" or "en"."""

    async def lines(self, address: Address, after: int, limit: int = 200) -> list[Line]:
        """The first `limit` lines with an id above `after`, oldest first."""

    async def tail(self, address: Address, before: int | None, limit: int = 100) -> list[Line]:
        """The last `limit` lines (with an id below `before` when given), oldest first."""

    async def news(
        self, address: Address, after: int, seen: set[int], seconds: float
    ) -> list[Line]:
        """Lines above `after`, as soon as there are any; none after `seconds` without one.

        For whoever follows a chat. `seen` is empty at first and kept by this method: of several
        processes one may finish writing a line that is older than the last one told, and it is
        told too.
        """

    async def keep_file(self, address: Address, data: bytes, name: str) -> Attachment:
        """Check the type by content and store; `refused` says why it was not kept. Or Away."""

    async def read_file(self, address: Address, key: str) -> tuple[bytes, str, str] | None:
        """(data, mime, name) of a file that was shown in this chat; else None. Or Away."""

    # One-use upload links, for what another channel cannot carry. Only `fill_slot` uses one up.
    async def upload_slot(self, token: str) -> str | None:
        """Title of the item the link is for; None when unknown, used or expired."""

    async def keep_slot_file(self, token: str, data: bytes, name: str) -> Attachment | None:
        """As keep_file, for the owner of the link; None when unknown, used or expired."""

    async def fill_slot(self, token: str, files: Sequence[Attachment]) -> Outcome:
        """Use the link up with these kept files, as one message of its owner.

        DUPLICATE when it was used meanwhile, IGNORED when it expired.
        """


class Sender(Protocol):
    """A channel that pushes. One send, no retry: the outbox owns those."""

    channel: Channel

    async def send(self, out: Outbound) -> Sent:
        """Deliver one row; raises Later, Never or Gone (models.messages)."""
