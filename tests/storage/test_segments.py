"""Whom an announcement is for is asked person by person: a commune of ten thousand costs little."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from bot import clock
from models import segments
from models.database import Unit, open_database
from models.messages import Channel
from models.segments import Aim
from tests.faults.sending import START
from tests.play.crowd import COMMUNE, crowd
from tests.storage import postgres
from tests.storage.world import World

KINDS = ("all", "types", "sets", "stars", "lapsed", "expiring")


def aimed(kind: str) -> Aim:
    values = {"types": ["ho"], "sets": ["4"], "stars": ["3"]}.get(kind, [])
    return Aim([COMMUNE], kind, values, date(2026, 11, 25), timedelta(days=180))


def test_every_kind_is_counted_on_postgres_too() -> None:
    db = open_database(postgres.fresh(), clock.now)
    db.store.migrate()
    db.run_now(lambda unit: crowd(unit, 3, START, Channel.TELEGRAM))
    for kind in KINDS:
        found = db.run_now(partial(segments.counted, aim=aimed(kind), topic="fair"))
        assert found == (3 if kind in ("all", "types") else 0, 0, 0, 0), kind
    db.close()


@pytest.mark.parametrize("kind", KINDS)
async def test_no_person_walks_through_a_whole_commune(world: World, kind: str) -> None:
    """With the commune's index SQLite needed minutes for what takes milliseconds."""
    aim = aimed(kind)

    def explain(unit: Unit) -> str:
        query = segments.receivers(aim, 0, 50).compile(
            unit.core, compile_kwargs={"literal_binds": True}
        )
        rows = unit.core.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
        return "\n".join(row[3] for row in rows)

    how = await world.db.read(explain)
    assert "ix_producer_person_id" in how
    assert "ix_producer_commune_code" not in how and "SCAN producer" not in how
