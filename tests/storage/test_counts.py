"""Figures counted by the database are those counted by hand, on SQLite and on PostgreSQL."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.records import SqlRecords
from conversations.records import UNDER_WAY, Figures, Held, Share
from conversations.records.figures import Counting, Reach, counting
from models.content import load
from models.database import Unit
from models.tables import Certificate, Dossier, Person, Producer, Product
from tests.flows.talk import MORNING, Town, town

DAY = MORNING.date()
COMMUNES = ("18484", "18628", "18496")
Shelf = dict[str, list[object]]


def filled(unit: Unit, chance: random.Random) -> Shelf:
    """A register with all that may be in one; what was written, by kind."""
    owner = Person(created_at=clock.now())
    unit.add(owner)
    unit.flush()
    made: Shelf = defaultdict(list)
    for n in range(25):
        producer = Producer(
            person_id=owner.id or 0, type=chance.choice(("htx", "dn", "ho")), name=f"Cơ sở {n}",
            commune_code=chance.choice(COMMUNES), created_at=clock.now(),
            circular=chance.choice((None, True, False)), trained=chance.choice((None, True)),
        )  # fmt: skip
        unit.add(producer)
        unit.flush()
        made["producers"].append(producer)
        for m in range(chance.randint(1, 4)):
            product = Product(
                producer_id=producer.id or 0, name=f"Món {n}.{m}", created_at=clock.now(),
                set_number=chance.randint(1, 26), demo=chance.random() < 0.1,
                traceable=chance.choice((None, True, False)),
            )  # fmt: skip
            unit.add(product)
            unit.flush()
            made["products"].append(product)
            made["certificates"] += certified(unit, product.id or 0, chance)
            if chance.random() < 0.5:
                made["dossiers"].append(case(unit, product, producer, chance))
    unit.flush()
    return made


def certified(unit: Unit, product_id: int, chance: random.Random) -> list[object]:
    rows: list[object] = []
    for _ in range(chance.randint(0, 3)):
        issued = DAY + timedelta(days=chance.randint(-1500, 40))
        gone = chance.random() < 0.2
        row = Certificate(
            code=f"{product_id:03}-{len(rows)}", product_id=product_id,
            stars=chance.choice((3, 3, 4, 5)), decision_number=f"{len(rows)}/QĐ", issued_on=issued,
            valid_to=issued + timedelta(days=1095),
            revoked_on=issued + timedelta(days=chance.randint(1, 900)) if gone else None,
        )  # fmt: skip
        unit.add(row)
        rows.append(row)
    return rows


def case(unit: Unit, product: Product, producer: Producer, chance: random.Random) -> Dossier:
    since = clock.now() - timedelta(days=chance.randint(0, 60))
    row = Dossier(
        code=f"D{product.id}", product_id=product.id or 0, producer_id=producer.id or 0,
        case_kind="first", state=chance.choice(("draft", *UNDER_WAY, "recognised", "refused")),
        commune_code=producer.commune_code, rules="26", opened_at=since, state_since=since,
        submitted_at=since, due_on=DAY + timedelta(days=chance.randint(-9, 9)), demo=product.demo,
        decision_date=DAY - timedelta(days=chance.randint(0, 60)),
    )  # fmt: skip
    unit.add(row)
    return row


def by_hand(shelf: Shelf, reach: Reach, how: Counting, now: datetime) -> Figures:
    """The same figures, the slow and plain way."""
    producers = {p.id: p for p in shelf["producers"] if isinstance(p, Producer)}
    products = {p.id: p for p in shelf["products"] if isinstance(p, Product)}
    newest: dict[int, Certificate] = {}
    for c in shelf["certificates"]:
        assert isinstance(c, Certificate)
        owner = producers[products[c.product_id].producer_id]
        seen = reach is None or owner.commune_code in reach
        stands = c.issued_on <= how.on and (c.revoked_on is None or c.revoked_on > how.on)
        if stands and seen and not products[c.product_id].demo:
            held = newest.get(c.product_id)
            if held is None or (c.valid_to, c.id or 0) > (held.valid_to, held.id or 0):
                newest[c.product_id] = c
    places: dict[str, dict[int, Held]] = defaultdict(lambda: defaultdict(Held))
    sets: dict[int, Held] = defaultdict(Held)
    for number, c in newest.items():
        lapsed, good = c.valid_to < how.on, c.valid_to > how.ending
        one = Held(int(good), int(not good and not lapsed), int(lapsed))
        place = producers[products[number].producer_id].commune_code
        places[place][c.stars] += one
        sets[products[number].set_number] += one
    valid = [products[n] for n, c in newest.items() if c.valid_to >= how.on]
    owners = {p.producer_id: producers[p.producer_id] for p in valid}.values()
    cases, late = _cases(shelf, reach, how, now)
    kept = {place: dict(by_star) for place, by_star in places.items()}
    return Figures(how.on, reach, kept, dict(sets), cases, late, {
        "producer_types": _share([o.type in ("htx", "dn") for o in owners]),
        "circular": _share([o.circular for o in owners]),
        "trained": _share([o.trained for o in owners]),
        "officers_trained": Share(0, 0, 0),  # nobody is an officer here
        "traceability": _share([p.traceable for p in valid]),
    })  # fmt: skip


def _share(told: list[bool] | list[bool | None]) -> Share:
    return Share(sum(t is True for t in told), sum(t is False for t in told), len(told))


def _cases(
    shelf: Shelf, reach: Reach, how: Counting, now: datetime
) -> tuple[dict[tuple[str, int], int], int]:
    open_ = [
        d
        for d in shelf["dossiers"]
        if isinstance(d, Dossier) and d.state in UNDER_WAY and not d.demo
        if reach is None or d.commune_code in reach
    ]
    ages = Counter(
        (str(d.state), sum((now - d.state_since).days > bound for bound in how.ages)) for d in open_
    )
    return dict(ages), sum(d.due_on is not None and d.due_on < how.on for d in open_)


async def test_what_the_database_counts(tmp_path: Path, on_both: None) -> None:
    async with town(tmp_path) as here:
        for reach in (None, frozenset(COMMUNES[:1]), frozenset(COMMUNES[1:]), frozenset[str]()):
            for on in (DAY, DAY - timedelta(days=200), date(2020, 1, 1)):
                await _compare(here, reach, on)


async def _compare(here: Town, reach: Reach, on: date) -> None:
    """In one unit of work that is taken back."""

    class Enough(Exception):
        pass

    def work(unit: Unit) -> None:
        shelf, how = filled(unit, random.Random(on.toordinal())), counting(load(), on)
        counted = SqlRecords(unit, clock.now()).counted(reach, how)
        assert counted == by_hand(shelf, reach, how, clock.now())
        assert counted.total == sum(counted.sets.values(), Held())
        moves = SqlRecords(unit, clock.now()).moves(
            reach, on - timedelta(days=30), on, here.house.content.province.zone
        )
        rows = [c for c in shelf["certificates"] if isinstance(c, Certificate)]
        assert sum(moves.issued.values()) <= len(rows)
        raise Enough

    with pytest.raises(Enough):
        await here.db.run(work)


async def test_lists_to_record_on_both_databases(tmp_path: Path, on_both: None) -> None:
    from tests.flows.office import appointed

    async with town(tmp_path) as here:
        await appointed(here, "Tâm", "province")

        def work(unit: Unit) -> None:
            filled(unit, random.Random(1))
            records, how = SqlRecords(unit, clock.now()), counting(load(), DAY)
            officer = records.officer_of(1)
            assert officer is not None
            for measure in ("circular", "traceability", "trained"):
                share = records.figures(officer, how).shares[measure]
                listed = records.unrecorded(officer, how, measure, 1000)
                assert len(listed) == share.unknown > 0
                assert all(records.recordable(officer, how, measure, one.id) for one in listed)
            assert records.unrecorded(officer, how, "producer_types") == ()

        await here.db.run(work)
