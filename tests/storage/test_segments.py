"""Whom an announcement is for: found from a few communes on, else asked person by person."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial

import pytest
from sqlmodel import select

from models import segments
from models.database import Unit
from models.messages import Channel
from models.segments import Aim
from models.tables import Certificate, ConsentEntry, Helper, Person, Producer, Product
from tests import databases
from tests.faults.sending import START
from tests.play.crowd import COMMUNE, crowd
from tests.storage.world import World

KINDS = ("all", "types", "sets", "stars", "lapsed", "expiring")


def aimed(kind: str, others: int = 0) -> Aim:
    """The crowd's commune, and so many others."""
    values = {"types": ["ho"], "sets": ["4"], "stars": ["3"]}.get(kind, [])
    places = [COMMUNE, *(f"x{n}" for n in range(others))]
    return Aim(places, kind, values, date(2026, 11, 25), timedelta(days=180))


@pytest.mark.parametrize("others", (0, segments.FEW))
async def test_every_kind_is_counted(world: World, on_both: None, others: int) -> None:
    """The same people whether they are found by their producers or one after the other."""
    await world.db.run(lambda unit: crowd(unit, 3, START, Channel.TELEGRAM))
    await world.db.run(helped)
    for kind in KINDS:
        aim = aimed(kind, others)
        found = await world.db.run(partial(segments.counted, aim=aim, topic="fair"))
        people = 4 if kind in ("all", "types") else 0
        assert found == (people, 0, 0, 0), kind
        told = await world.db.run(partial(receivers, aim=aim))
        assert [len(some) for some in told] == ([2, 2, 0] if people else [0]), kind
        everybody = [person for some in told for person in some]
        assert everybody == sorted(everybody)


@pytest.mark.parametrize("others", (0, segments.FEW))
async def test_somebody_elses_newer_certificate_changes_nothing(
    world: World, on_both: None, others: int
) -> None:
    """Each product's own newest counts: the first renewed in time, the second ends, two lapsed."""
    ends = [["2026-12-01", "2029-12-01"], ["2027-02-01"], ["2026-10-01"], ["2026-11-01"]]
    await world.db.run(lambda unit: crowd(unit, len(ends), START, Channel.TELEGRAM))
    await world.db.run(partial(certified, ends=ends))
    wanted = {"stars": [1, 2], "expiring": [2], "lapsed": [3, 4]}
    for kind, people in wanted.items():
        told = await world.db.run(partial(receivers, aim=aimed(kind, others)))
        assert [person for some in told for person in some] == people, kind


def certified(unit: Unit, ends: list[list[str]]) -> None:
    """A product of each household, with certificates that end on these days."""
    for producer, days in zip(unit.scalars(select(Producer)).all(), ends, strict=True):
        product = Product(producer_id=producer.id or 0, name="Mật ong", set_number=4,
                          created_at=START)  # fmt: skip
        unit.add(product)
        unit.flush()
        for day in days:
            until = date.fromisoformat(day)
            unit.add(Certificate(code=f"{product.id}-{day}", product_id=product.id or 0, stars=3,
                                 decision_number="1", issued_on=until - timedelta(days=1095),
                                 valid_to=until))  # fmt: skip


def helped(unit: Unit) -> None:
    """The first household has two producers, and somebody who helps with both."""
    crowd_of = unit.scalars(select(Producer)).all()
    owner = crowd_of[0].person_id
    second = Producer(person_id=owner, type="ho", name="Hộ thứ hai", commune_code=COMMUNE,
                      created_at=START)  # fmt: skip
    helper = Person(created_at=START, consent_version="1", consent_at=START)
    unit.add_all([second, helper])
    unit.flush()
    unit.add(ConsentEntry(person_id=helper.id or 0, purpose=segments.NOTICES, version="1",
                          given=True, at=START))  # fmt: skip
    for one in (crowd_of[0], second):
        unit.add(Helper(producer_id=one.id or 0, person_id=helper.id or 0, since=START))


def receivers(unit: Unit, aim: Aim) -> list[list[int]]:
    """Everybody it is for, two at a time as they are told."""
    told: list[list[int]] = []
    while not told or told[-1]:
        after = told[-1][-1] if told else 0
        told.append([person for person, _ in unit.execute(segments.receivers(aim, after, 2))])
    return told


@databases.only_sqlite("its plan; test_indexes.py asks PostgreSQL for its own")
@pytest.mark.parametrize("kind", KINDS)
async def test_no_person_walks_through_a_whole_commune(world: World, kind: str) -> None:
    """With the commune's index SQLite needed minutes for what takes milliseconds."""
    how = await plan(world, aimed(kind, segments.FEW))
    assert "ix_producer_person_id" in how
    assert "ix_producer_commune_code" not in how and "SCAN producer" not in how


@databases.only_sqlite("its plan; test_indexes.py asks PostgreSQL for its own")
@pytest.mark.parametrize("kind", KINDS)
async def test_a_few_communes_are_asked_for_their_own_people(world: World, kind: str) -> None:
    """A commune of thirty households does not wait for a look at a million people."""
    how = await plan(world, aimed(kind))
    assert "ix_producer_commune_code" in how
    assert not re.search(r"SCAN (person|producer|helper)", how), how


async def plan(world: World, aim: Aim) -> str:
    """How SQLite finds the next fifty."""

    def explain(unit: Unit) -> str:
        query = segments.receivers(aim, 0, 50).compile(
            unit.core, compile_kwargs={"literal_binds": True}
        )
        rows = unit.core.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
        return "\n".join(row[3] for row in rows)

    return await world.db.read(explain)
