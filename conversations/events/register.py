"""What happened at the register of products."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations.events.base import Event


@dataclass(frozen=True, slots=True)
class LabelAsked(Event):
    """Make the printable QR label of a certificate and send it into the chat."""

    code: str


@dataclass(frozen=True, slots=True)
class ProductPhotoGiven(Event):
    """The household's photo for its product's card and page."""

    code: str
    key: str


@dataclass(frozen=True, slots=True)
class ProductPhotoTaken(Event):
    """An officer takes the photo down."""

    code: str


@dataclass(frozen=True, slots=True)
class CertificateRevoked(Event):
    """By a decision; `ground` is one of the content's. `shown`: buyers may read the ground."""

    code: str
    decision: str
    day: date
    ground: str
    why: str
    shown: bool = False


@dataclass(frozen=True, slots=True)
class CertificateRestored(Event):
    """It was recorded as revoked by mistake."""

    code: str
