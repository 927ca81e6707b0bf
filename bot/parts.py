"""The parts of the assistant a process may run: all, or some of them beside other processes.

Processes of one installation share the database and the files, and nothing else. Telegram lets one
process poll a bot at a time; with webhooks and PostgreSQL several may serve it (docs/scaling.md).
"""

from __future__ import annotations

WEB, HOUSEHOLDS, OFFICERS, ZALO, JOBS = "web", "households", "officers", "zalo", "jobs"
PARTS = frozenset({WEB, HOUSEHOLDS, OFFICERS, ZALO, JOBS})
GROUPS = {"telegram": frozenset({HOUSEHOLDS, OFFICERS})}


class UnknownPart(ValueError):
    """No such part; the text is one sentence for the operator."""


def parse(only: str) -> frozenset[str]:
    """Words such as web,telegram as parts; all when none is named. Raises UnknownPart."""
    found: frozenset[str] = frozenset()
    for word in filter(None, (word.strip().lower() for word in only.split(","))):
        if word not in PARTS and word not in GROUPS:
            names = ", ".join(sorted({*PARTS, *GROUPS}))
            raise UnknownPart(f"--only takes {names}, with commas between; {word} is none of them.")
        found |= GROUPS.get(word, frozenset({word}))
    return found or PARTS
