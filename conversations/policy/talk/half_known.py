"""A message that asks what is known and what the papers do not hold: both are told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conversations.policy.draft import Ask
from conversations.policy.model import Answer
from conversations.policy.reading import Reader, Reading
from conversations.policy.talk.together import Piece, joined

_SURE = 0.45  # sureness from which a part of a message is known to ask what is not known
_PLAINLY = re.compile(
    r"\b(?:bao nhieu|may|nao|gi|bao gio|bao lau|ai|dau|the nao|ra sao|vi sao|tai sao)\b|"
    r"\b(?:khong|chua)(?: (?:a|ad|em|ban|nhi|vay|the|chau|o|hay .*))?$|\bco (?:\w+ )+khong\b|"
    r"^(?:and |or |but )*(?:how|what|which|who|when|where|is|are|does|do|can|may|will|must)\b"
)
_DENIES = re.compile(r"\b(?:khong|chua) (?:ro|biet|\w+ ){0,4}(?:gi|ai)\b")


def half_known(ask: Ask, reader: Reader, pieces: Sequence[Piece]) -> Answer | None:
    """What is known of the matter that the pieces of a message ask of, then what is not.

    None when no passage beside the gap was asked for.
    """
    asked = [p.answer for p in pieces if asks_plainly(reader.read(p.said, ask.lang))]
    gaps = [a for a in asked if a.kind == "unknown" and a.confidence >= _SURE]
    beside = {name for a in gaps for name in ask.library.beside(a.topic)}
    told = [a for a in asked if a.kind == "fact" and a.topic in beside]
    return joined([*told, *gaps]) if told else None


def asks_plainly(clause: Reading) -> bool:
    """Whether a clause is a question, not a story with a word that could ask: "chưa" and "không"
    ask at its end."""
    said = " ".join(clause.sure)
    return _PLAINLY.search(said) is not None and _DENIES.search(said) is None
