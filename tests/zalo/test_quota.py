"""What the OA's plan has left: read each morning by one process, told before it runs out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from bot import clock
from bot.records import SqlRecords
from bot.work.digests import made
from bot.zalo_oa import OaPlug
from bot.zalo_quota import Quota
from models import people
from models.messages import Address, Channel
from models.tables import Officer
from tests import databases
from tests.zalo.conftest import Deployed, deployed, oa_settings
from tests.zalo.oa_server import OaServer, Zalo


def quota(here: Deployed) -> Quota:
    """What `serve` of the OA's wire runs."""
    serve: Any = here.assistant.wires[0].serve
    plug = serve.__self__
    assert isinstance(plug, OaPlug) and plug.quota is not None
    return plug.quota


async def admin_in(here: Deployed) -> None:
    def admin(unit: Any) -> None:
        known = people.meet(unit, Address(Channel.WEB, "admin"), "vi", clock.now())
        unit.add(Officer(person_id=known.person_id, role="admin", since=clock.now()))

    await here.assistant.db.run(admin)


async def told(here: Deployed) -> str:
    rows = await here.rows("SELECT body FROM outbound WHERE address = 'admin' ORDER BY id")
    return "\n".join(databases.text_of(row["body"]) for row in rows)


async def test_once_each_morning_by_one_process(
    tmp_path: Path, morning: clock.Clock, oa: OaServer
) -> None:
    async with (
        deployed(tmp_path, morning, **oa_settings(oa)) as one,
        deployed(tmp_path, morning, **oa_settings(oa)) as two,
    ):
        assert not await quota(one).look(), "the day of the installation"
        for days in (1, 2):
            morning.move(timedelta(days=1))
            looked = [await quota(here).look() for here in (one, two, one)]
            assert sorted(looked) == [False, False, True] and oa.asked_pots == days
    assert not oa.refused


async def test_admins_hear_at_four_fifths_and_the_digest_shows_it(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    await admin_in(here)
    await quota(here).look()
    oa.paid = 399  # somebody sends from the console too: only Zalo counts those
    here.clock.move(timedelta(days=1))
    assert await quota(here).look()
    await here.settle()
    assert "của gói tháng này" not in await told(here)
    oa.paid = 400
    here.clock.move(timedelta(days=1))
    assert await quota(here).look()
    await here.settle()
    assert (await told(here)).count("đã dùng 400 trên 500 của gói tháng này") == 1
    digest = await here.assistant.db.read(lambda unit: day(unit, here))
    assert "Gói Zalo OA: còn 100 trên 500 tin trả tiền" in digest


def day(unit: Any, here: Deployed) -> str:
    """The admin's digest as it would read now."""
    officer = SqlRecords(unit, clock.now()).officer_view(unit.get_one(Officer, 1))
    return made(unit, here.assistant.house.content, officer, clock.now()).say("vi").text


async def test_a_plan_that_is_not_told_stops_nothing(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    await quota(here).look()
    here.clock.move(timedelta(days=1))
    oa.refresh = "gone"
    assert not await quota(here).look()
    assert oa.asked_pots == 0
