"""`python -m bot ask`: one question in the terminal, or a stream of them as JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any, TextIO

from conversations.policy import Answer, Answerer


def ask_once(text: str, on: date, lang: str | None = None) -> str:
    """The answer to one question as a person would see it, the rest and the buttons below."""
    answer = Answerer().answer(text, on, lang)
    buttons = " ".join(f"[{r.title}]" for r in answer.related)
    return "\n\n".join(part for part in (answer.text, answer.more, buttons) if part)


def ask_jsonl(stdin: TextIO, stdout: TextIO) -> None:
    """Answers `{"id", "question", "lang", "date", "history"?}` lines, one line each, as they come.

    Loads once. A line that is not such an object is answered with an "error" line.
    """
    answerer = Answerer()
    for line in stdin:
        if line.strip():
            stdout.write(json.dumps(_answered(answerer, line), ensure_ascii=False) + "\n")
            stdout.flush()


def _answered(answerer: Answerer, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
        on = date.fromisoformat(row["date"])
        found = answerer.answer(row["question"], on, row.get("lang"), row.get("history") or ())
    except (ValueError, KeyError, TypeError) as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {"id": row.get("id"), **_row(found)}


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


def main(arguments: Sequence[str]) -> int:
    """`--jsonl` streams; anything else is one question asked today."""
    from bot import clock

    if "--jsonl" in arguments:
        ask_jsonl(sys.stdin, sys.stdout)
    else:
        sys.stdout.write(ask_once(" ".join(arguments), clock.today()) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
