"""What happened to a person: consent, language, codes for another channel, data."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.events.base import Event


@dataclass(frozen=True, slots=True)
class ConsentGiven(Event):
    version: str
    purposes: tuple[str, ...] = ("ocop",)


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn(Event):
    version: str


@dataclass(frozen=True, slots=True)
class LanguageChosen(Event):
    language: str


@dataclass(frozen=True, slots=True)
class DataExportAsked(Event):
    """JSON and files as a ZIP, sent into the chat."""


@dataclass(frozen=True, slots=True)
class DataErased(Event):
    """Erase what the law does not oblige the office to keep."""


@dataclass(frozen=True, slots=True)
class LinkCodeAsked(Event):
    """A one-time code to go on on another channel. The reply is sent by apply as a letter."""


@dataclass(frozen=True, slots=True)
class LinkCodeUsed(Event):
    code: str
