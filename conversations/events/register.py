"""What happened at the register of products."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.events.base import Event


@dataclass(frozen=True, slots=True)
class LabelAsked(Event):
    """Make the printable QR label of a certificate and send it into the chat."""

    code: str
