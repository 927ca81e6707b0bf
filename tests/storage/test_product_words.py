"""Products are found by an index of words, on both databases: slips too, and never out of date."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

import migrations
from bot import clock
from bot.records import SqlRecords
from conversations.product_search import look_for, names_one, wanted
from models import register
from models.content.fold import fold
from models.database import Unit
from models.tables import Certificate, Producer, Product
from tests.flows.talk import Town, town
from tests.flows.test_register import CANDY, HONEY, SAUCE, TODAY, brought


@pytest.fixture
async def here(on_both: None, tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as made:
        await brought(made, tmp_path, HONEY, SAUCE, CANDY)
        yield made


async def found(here: Town, typed: str) -> list[str]:
    want = wanted(here.house.content, typed)

    def work(unit: Unit) -> list[str]:
        return [one.product for one in look_for(SqlRecords(unit, clock.now()), want, TODAY)]

    return await here.db.read(work)


async def indexed(here: Town) -> set[tuple[object, object]]:
    rows = await here.rows("SELECT word, product_id FROM product_word")
    return {(row["word"], row["product_id"]) for row in rows}


@pytest.mark.parametrize(
    "typed",
    [
        "nước mắm", "nuoc mam phu sang", "nuoc mam phu sagn", "nuoc mma", "nuocmam", "nươc mắn",
        "nước mắm phú san", "nuoc mam 4 sao", "htx phu sang", "phusang",
    ],
)  # fmt: skip
async def test_a_product_is_found_however_it_is_typed(here: Town, typed: str) -> None:
    assert (await found(here, typed))[:1] == ["Nước mắm Phú Sáng"]


@pytest.mark.parametrize(
    "typed", ["nước mắm 5 sao", "điện thoại", "xe may", "nước mắm ở Hương Khê"]
)
async def test_what_is_not_there_is_not_found(here: Town, typed: str) -> None:
    assert await found(here, typed) == []


async def test_stars_or_a_place_alone_list_what_is_there(here: Town) -> None:
    assert set(await found(here, "4 sao")) == {"Nước mắm Phú Sáng", "Cu đơ Bà Hường"}
    assert await found(here, "ở Hương Khê") == ["Cu đơ Bà Hường"]


async def test_a_slip_that_is_another_known_word_is_forgiven(here: Town, tmp_path: Path) -> None:
    await brought(here, tmp_path, ["Hương trầm Mẫn Phúc", *HONEY[1:]])
    assert (await found(here, "nước mẫn"))[:1] == ["Nước mắm Phú Sáng"]


async def test_a_new_name_is_found_at_once_and_the_old_one_no_more(here: Town) -> None:
    assert await found(here, "mat ong") and not await found(here, "ruou nep")

    def rename(unit: Unit) -> None:
        product = unit.get_one(Product, 1)
        product.name = "Rượu nếp Cường"
        unit.add(product)
        producer = unit.get_one(Producer, product.producer_id)
        producer.name = "Hộ Lê Thị Tuyết"
        unit.add(producer)

    await here.db.run(rename)
    assert await found(here, "ruou nep") == await found(here, "ruou nepp") == ["Rượu nếp Cường"]
    assert "Rượu nếp Cường" in await found(here, "le thi tuyet")
    assert await found(here, "mat ong") == []
    assert not {word for word, number in await indexed(here) if number == 1} & {"ong", "nguyen"}


async def test_what_is_gone_leaves_no_words(here: Town) -> None:
    def away(unit: Unit) -> None:
        for table in (Certificate, Product):
            unit.delete(unit.get_one(table, 1))
            unit.flush()

    await here.db.run(away)
    assert await found(here, "mat ong") == []
    assert 1 not in {number for _, number in await indexed(here)}


async def test_work_undone_leaves_no_words(here: Town) -> None:
    before = await indexed(here)

    def half(unit: Unit) -> None:
        product = unit.get_one(Product, 1)
        product.name = "Sứa ăn liền"
        unit.add(product)
        unit.flush()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await here.db.run(half)
    assert await indexed(here) == before


async def test_a_product_joined_with_anothers_keeps_its_words(here: Town) -> None:
    def joined(unit: Unit) -> None:
        register.join(unit, unit.get_one(Producer, 1), unit.get_one(Producer, 2), fold, clock.now())

    await here.db.run(joined)
    words = {word for word, number in await indexed(here) if number == 1}
    assert {"mat", "ong", "phu", "sang"} <= words and "nguyen" not in words


async def test_only_all_the_words_name_one(here: Town) -> None:
    def named(typed: str) -> bool:
        want = wanted(here.house.content, typed)
        return here.db.store.read(lambda unit: names_one(SqlRecords(unit, clock.now()), want))

    assert named("cu do") and named("mam nuoc sang")
    assert not named("cu") and not named("cu do mat") and not named("cu doo")


async def test_words_that_were_committed_late_are_seen_in_time(here: Town) -> None:
    """With several processes a lower number may be committed after a higher one was read."""
    await found(here, "mat ong")

    def late(unit: Unit) -> None:
        unit.execute(text("UPDATE product_word SET word = 'sua' WHERE word = 'mam'"))

    await here.db.run(late)
    assert await found(here, "suaa") == []
    here.clock.move(timedelta(minutes=11))
    assert await found(here, "nuoc suaa phu sang") == ["Nước mắm Phú Sáng"]


async def test_a_search_reads_some_rows_not_the_register(here: Town, tmp_path: Path) -> None:
    more = [
        [f"Trà sen số {n}", f"Cơ sở {n}", *HONEY[2:6], f"{n}/QĐ", *HONEY[7:]] for n in range(400)
    ]
    await brought(here, tmp_path, *more)
    records = here.house.records

    def listed(unit: Unit) -> tuple[int, int, int]:
        view = records(unit, clock.now())
        return len(view.listed("nuoc mam")), len(view.listed("tra")), len(view.listed())

    assert await here.db.read(listed) == (1, 100, 100)


async def test_products_that_were_there_before_the_words_get_theirs(here: Town) -> None:
    before = await indexed(here)

    def again(unit: Unit) -> None:
        configured = migrations.alembic_config(unit.core)
        command.downgrade(configured, "0015")
        command.upgrade(configured, "0016")

    await here.db.run(again)
    assert await indexed(here) == before and before
