"""Requests about one's data for which the law gives so many days: admins hear before they end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.jobs import Due, Works, Write, every
from bot.post import Post
from conversations.letters.running import copy_waits, erasure_waits
from conversations.records import UNDER_WAY
from models.database import Unit
from models.tables import Dossier, Job, Producer

# Columns: SQLModel types them as plain values.
_DOSSIER: Any = Dossier
_JOB: Any = Job
_PRODUCER: Any = Producer

EARLY = timedelta(days=5)  # before the law's limit
PACKING = timedelta(days=1)  # a copy is made in minutes; a day means that something is wrong


@every("watch rights", timedelta(days=1))
async def watch_rights(works: Works, due: Due) -> Write:
    """Once a week for each request, until it is met."""
    privacy = works.house.content.privacy
    zone = works.house.content.province.zone
    week = f"{due.now:%G-%V}"

    def write(unit: Unit, post: Post) -> None:
        for person, since in _waiting(unit, "erase_rest", ("waiting",)):
            if due.now >= since + privacy.erase_within - EARLY:
                at, days = since.astimezone(zone), privacy.erase_within.days
                letter = erasure_waits(person, at, _under_way(unit, person), days)
                post.to_officers(None, "admin", letter, dedupe=f"erasure:{person}:{week}")
        for person, since in _waiting(unit, "export_data", ("waiting", "failed")):
            if due.now >= since + PACKING:
                letter = copy_waits(person, since.astimezone(zone), privacy.copy_within.days)
                post.to_officers(None, "admin", letter, dedupe=f"copy:{person}:{week}")

    return write


def _waiting(unit: Unit, kind: str, states: tuple[str, ...]) -> list[tuple[int, datetime]]:
    """(person, since when) of requests that are not met."""
    rows = unit.scalars(select(Job).where(_JOB.kind == kind, _JOB.status.in_(states)))
    return [(int(row.payload["person"]), _since(row)) for row in rows]


def _since(row: Job) -> datetime:
    asked = row.payload.get("since")
    return datetime.fromisoformat(str(asked)) if asked else row.created_at


def _under_way(unit: Unit, person: int) -> str:
    query = (
        select(_DOSSIER.code)
        .join(Producer, _PRODUCER.id == _DOSSIER.producer_id)
        .where(_PRODUCER.person_id == person, _DOSSIER.state.in_(UNDER_WAY))
        .order_by(_DOSSIER.id)
    )
    return ", ".join(unit.scalars(query))
