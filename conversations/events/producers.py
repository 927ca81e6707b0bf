"""What happened to producers and products."""

from __future__ import annotations

from dataclasses import dataclass, field

from conversations.events.base import Event


@dataclass(frozen=True, slots=True)
class ProducerRegistered(Event):
    fields: dict[str, object] = field(default_factory=dict)  # columns of models.tables.Producer
    helping_as: str = ""  # relation when registered by a helper, "" when one's own


@dataclass(frozen=True, slots=True)
class ProducerChanged(Event):
    producer_id: int
    fields: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProductRegistered(Event):
    """A product, and the dossier opened for it."""

    producer_id: int
    fields: dict[str, object] = field(default_factory=dict)  # columns of models.tables.Product
    case_kind: str = "first"
    stars_aimed: int = 3


@dataclass(frozen=True, slots=True)
class DossierOpened(Event):
    """Another dossier for a product that has one (upgrade, re-evaluation)."""

    product_id: int
    case_kind: str
    stars_aimed: int


@dataclass(frozen=True, slots=True)
class DossierChanged(Event):
    dossier_id: int
    fields: dict[str, object] = field(default_factory=dict)  # stars_aimed, case_kind


@dataclass(frozen=True, slots=True)
class CosignAsked(Event):
    """Send the producer a code to confirm the summary a helper filled in."""

    producer_id: int


@dataclass(frozen=True, slots=True)
class CosignGiven(Event):
    code: str


@dataclass(frozen=True, slots=True)
class ProducersCompared(Event):
    """An officer says whether a producer of the list is one that registered."""

    listed_id: int
    producer_id: int
    same: bool


@dataclass(frozen=True, slots=True)
class JoinAsked(Event):
    """A listed producer is said to be a registered one; the other side is asked."""

    listed_id: int
    producer_id: int
    by_officer: bool


@dataclass(frozen=True, slots=True)
class JoinAnswered(Event):
    """The other side confirms, or does not."""

    request_id: int
    same: bool
