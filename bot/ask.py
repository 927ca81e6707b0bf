"""Policy questions outside a talk: one as a person would see it, or a stream as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, TextIO

from conversations.policy import Answer, Answerer

ASKED_UNDER = ("question", "content", "text", "user")  # names a question has in a history


def ask_once(answerer: Answerer, text: str, on: date, lang: str | None = None) -> str:
    """The answer to one question as a person would see it, the rest and the buttons below."""
    answer = answerer.answer(text, on, lang)
    buttons = " ".join(f"[{r.title}]" for r in answer.related)
    return "\n\n".join(part for part in (answer.text, answer.more, buttons) if part)


def ask_jsonl(answerer: Answerer, today: date, lines: TextIO, out: TextIO) -> None:
    """Answers `{"id", "question", "lang"?, "date"?, "history"?}` lines, one each, as they come.

    `today` stands for a missing date. What is no such line is answered with an "error" line.
    """
    for line in lines:
        if line.strip():
            out.write(json.dumps(_answered(answerer, today, line), ensure_ascii=False) + "\n")
            out.flush()


def _answered(answerer: Answerer, today: date, line: str) -> dict[str, Any]:
    named: dict[str, Any] = {}
    try:
        row = json.loads(line)
        named = {"id": row.get("id")}
        on = date.fromisoformat(row["date"]) if row.get("date") else today
        history = [*_asked_before(row.get("history"))]
        found = answerer.answer(row["question"], on, row.get("lang"), history)
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration, IndexError) as error:
        return {**named, "error": f"{type(error).__name__}: {error}"}
    return {**named, **_row(found)}


def _asked_before(history: Any) -> Iterator[str]:
    """The earlier questions, oldest first: as plain texts, as pairs of question and answer, or as
    messages with a role (what the assistant said is left out)."""
    for turn in history or ():
        if isinstance(turn, str):
            yield turn
        elif isinstance(turn, list):
            yield str(turn[0])
        elif turn.get("role", "user") == "user":
            yield str(next(turn[key] for key in ASKED_UNDER if key in turn))


def _row(answer: Answer) -> dict[str, Any]:
    return {
        "answered": answer.answered,
        "answer": answer.text,
        "intent": answer.intent,
        "sources": [
            {"document": s.document, "section": s.section, "status": s.status}
            for s in answer.sources
        ],
        "confidence": answer.confidence,
    }
