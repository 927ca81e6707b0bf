"""Whom an announcement is for is asked person by person: a commune of ten thousand costs little."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models import segments
from models.database import Unit
from models.segments import Aim
from tests.play.crowd import COMMUNE
from tests.storage.world import World


@pytest.mark.parametrize("kind", ["all", "types", "sets", "stars", "lapsed", "expiring"])
async def test_no_person_walks_through_a_whole_commune(world: World, kind: str) -> None:
    """With the commune's index SQLite needed minutes for what takes milliseconds."""
    values = {"types": ["ho"], "sets": ["4"], "stars": ["3"]}.get(kind, [])
    aim = Aim([COMMUNE], kind, values, date(2026, 11, 25), timedelta(days=180))

    def explain(unit: Unit) -> str:
        query = segments.receivers(aim, 0, 50).compile(
            unit.core, compile_kwargs={"literal_binds": True}
        )
        rows = unit.core.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
        return "\n".join(row[3] for row in rows)

    how = await world.db.read(explain)
    assert "ix_producer_person_id" in how
    assert "ix_producer_commune_code" not in how and "SCAN producer" not in how
