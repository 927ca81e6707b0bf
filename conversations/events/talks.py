"""What happened between households and officers: messages, questions, answers."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.events.base import Event
from models.messages import SentFile


@dataclass(frozen=True, slots=True)
class CaseMessageSent(Event):
    dossier_id: int
    from_officer: bool
    text: str
    files: tuple[SentFile, ...] = ()


@dataclass(frozen=True, slots=True)
class TalkLeft(Event):
    """The officer left the talk: the bot speaks first and says where the household is."""

    dossier_id: int


@dataclass(frozen=True, slots=True)
class QuestionPassed(Event):
    """A question for an officer; becomes a ticket with a number and a time."""

    text: str
    topic: str = ""
    dossier_id: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionAsked(Event):
    """Counted by topic, answered or not; the text is not kept."""

    topic: str
    answered: bool


@dataclass(frozen=True, slots=True)
class AnswerLiked(Event):
    passage_id: str
    up: bool


@dataclass(frozen=True, slots=True)
class AnswerCorrected(Event):
    """An officer says what an answer of ours should be; for the content's maintainers."""

    passage_id: str
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class TicketAnswered(Event):
    ticket_id: int
    text: str
    make_passage: bool = False


@dataclass(frozen=True, slots=True)
class AnonymousWrote(Event):
    """Somebody whom the channel does not name: an officer answers by hand, where it still can."""

    text: str


@dataclass(frozen=True, slots=True)
class MessageWithheld(Event):
    """The channel did not hand over what the person sent: an officer should know, and know whom.
    `name` is the one the channel shows."""

    name: str = ""
