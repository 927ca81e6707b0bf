"""What may be sent when: few free ones, closed windows, nights; and what is told to whom."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from bot import clock
from bot.settings import SettingsError
from bot.zalo_templates import named
from conversations import ending as stages
from conversations.letters import Note, ending, household
from models import people, windows
from models.content import load
from models.messages import Address, Button, Channel, Say
from models.tables import Dossier, Officer, Person, Producer, Product
from tests import databases
from tests.zalo.conftest import Deployed, deployed, oa_settings
from tests.zalo.oa_server import OaServer, Zalo

OA = Channel.ZALO_OA
IDS = {"supplement": "101", "supplement_due": "102", "re_evaluation": "103", "result": "105"}


@pytest.fixture
async def town(
    tmp_path: Path, morning: clock.Clock, oa: OaServer
) -> AsyncIterator[tuple[Deployed, Zalo]]:
    """Lan wrote this morning, agreed, gave her number; her case is with officer Minh (web)."""
    texts = load().templates
    oa.approved = {number: set(texts[name].gaps) for name, number in IDS.items()}
    chosen = {**oa_settings(oa), "zalo_oa_templates": ", ".join(f"{n}={i}" for n, i in IDS.items())}
    async with (
        deployed(tmp_path, morning, **chosen) as here,
        aiohttp.ClientSession() as session,
    ):
        zalo = Zalo(oa, here.url, session)
        await zalo.say("lan", "xin chào")
        await here.settle()
        await here.assistant.db.run(case)
        yield here, zalo


def case(unit: Any) -> None:
    now = clock.now()
    lan = people.at_address(unit, Address(OA, "lan"))
    assert lan is not None
    row = unit.get_one(Person, lan.person_id)
    row.phone, row.consent_version, row.consent_at = "+84912345678", "1", now
    unit.add(row)
    minh = people.meet(unit, Address(Channel.WEB, "minh"), "vi", now)
    tinh = people.meet(unit, Address(Channel.WEB, "tinh"), "vi", now)
    code = next(iter(load().communes))
    officer = Officer(person_id=minh.person_id, role="commune", name="Minh", since=now)
    province = Officer(person_id=tinh.person_id, role="province", name="Tỉnh", since=now)
    producer = Producer(
        person_id=lan.person_id, type="htx", name="HTX Lan", commune_code=code, created_at=now
    )
    unit.add_all((officer, province, producer))
    unit.flush()
    product = Product(producer_id=producer.id or 0, name="Mật ong", set_number=4, created_at=now)
    unit.add(product)
    unit.flush()
    unit.add(
        Dossier(
            code="HT-ABCDE",
            product_id=product.id or 0,
            producer_id=producer.id or 0,
            commune_code=code,
            case_kind="first",
            stars_aimed=3,
            rules="26/2026/QĐ-TTg",
            state="supplement",
            opened_at=now,
            state_since=now,
            submitted_at=now,
            officer_id=officer.id,
        )
    )
    unit.flush()
    unit.cache.doubt()


class Plain:
    def __init__(self, text: str, *rows: tuple[str, str]) -> None:
        self.text, self.rows = text, rows

    def say(self, lang: str) -> Say:
        return Say(self.text, tuple((Button(*row),) for row in self.rows))


async def notices(
    here: Deployed, *letters: Any, dossier: int | None = 1, settle: bool = True
) -> None:
    def write(unit: Any) -> None:
        known = people.at_address(unit, Address(OA, "lan"))
        assert known is not None
        post = here.assistant.house.post(unit, clock.now())
        for letter in letters:
            post.to_person(known.person_id, letter, priority=5, dossier_id=dossier)
        post.deliver()

    await here.assistant.db.run(write)
    if settle:
        await here.settle()


async def told(here: Deployed, who: str) -> str:
    rows = await here.rows("SELECT body FROM outbound WHERE address = :who ORDER BY id", who=who)
    return "\n".join(databases.text_of(row["body"]) for row in rows)


def due() -> Note:
    day = date(2026, 12, 9)
    return household.supplement_due(1, "HT-ABCDE", "Mật ong", day, 2)


async def counts(here: Deployed) -> Mapping[str, int]:
    return await here.assistant.db.read(lambda unit: windows.counted(unit, OA, "2026-12"))


async def test_when_the_window_is_closed_a_reminder_leaves_as_a_template(
    town: tuple[Deployed, Zalo],
) -> None:
    here, zalo = town
    here.clock.move(timedelta(days=8))
    sent = len(zalo.oa.sent)
    await notices(here, due())
    assert len(zalo.oa.sent) == sent
    (one,) = zalo.oa.templates
    assert (one["phone"], one["template_id"]) == ("84912345678", "102")
    assert one["template_data"] == {"product": "Mật ong", "code": "HT-ABCDE", "day": "09/12/2026"}
    assert await counts(here) == {"template": 1, "refused": 1}
    assert "gọi điện" not in await told(here, "minh")
    rows = await here.rows("SELECT status, kind FROM outbound ORDER BY id DESC LIMIT 1")
    assert rows == [{"status": "sent", "kind": "template"}]


async def test_what_has_no_template_is_phoned(town: tuple[Deployed, Zalo]) -> None:
    here, zalo = town
    here.clock.move(timedelta(days=8))
    await notices(here, Plain("cán bộ đã nhận hồ sơ"))
    assert not zalo.oa.templates
    assert "Anh/chị gọi điện" in await told(here, "minh")


@pytest.mark.parametrize("code", [-114, -119, -999])
async def test_a_refused_template_is_phoned_once(town: tuple[Deployed, Zalo], code: int) -> None:
    here, zalo = town
    here.clock.move(timedelta(days=8))
    zalo.oa.template_errors = [code]
    await notices(here, due())
    assert not zalo.oa.templates and (await told(here, "minh")).count("gọi điện") == 1
    await here.settle()
    rows = await here.rows("SELECT status FROM outbound WHERE kind = 'template'")
    assert rows == [{"status": "failed"}], "not tried again and again"


async def test_a_template_waits_for_a_token_a_day_and_a_morning(
    town: tuple[Deployed, Zalo],
) -> None:
    here, zalo = town
    here.clock.move(timedelta(days=8))
    zalo.oa.access = "revoked elsewhere"
    await notices(here, due())
    assert len(zalo.oa.templates) == 1 and zalo.oa.burnt == 0
    zalo.oa.template_errors = [-144]
    await notices(here, due())
    assert len(zalo.oa.templates) == 1
    here.clock.move(timedelta(hours=2))
    await here.settle()
    assert len(zalo.oa.templates) == 2
    here.clock.set(datetime(2026, 12, 3, 15, 0, tzinfo=UTC))  # 22:00
    await notices(here, due())
    assert len(zalo.oa.templates) == 2 and -133 not in zalo.oa.refused
    here.clock.set(datetime(2026, 12, 3, 23, 31, tzinfo=UTC))
    await here.settle()
    assert len(zalo.oa.templates) == 3


async def test_without_consent_or_a_number_nothing_is_paid_for(
    town: tuple[Deployed, Zalo],
) -> None:
    here, zalo = town
    here.clock.move(timedelta(days=8))

    def withdraw(unit: Any) -> None:
        for row in unit.scalars(select(Person)):
            row.consent_version = None
            unit.add(row)
        unit.flush()
        unit.cache.doubt()

    await here.assistant.db.run(withdraw)
    await notices(here, due())
    assert not zalo.oa.templates and "gọi điện" in await told(here, "minh")


async def test_a_reminder_of_no_case_is_phoned_for_the_newest(town: tuple[Deployed, Zalo]) -> None:
    here, zalo = town
    here.clock.move(timedelta(days=8))
    zalo.oa.template_errors = [-114]
    await notices(here, due(), dossier=None)
    assert "HT-ABCDE" in await told(here, "minh")


async def test_an_officer_who_is_not_reached_is_no_household(town: tuple[Deployed, Zalo]) -> None:
    here, zalo = town

    def officers(unit: Any) -> None:
        now = clock.now()
        hoa = people.meet(unit, Address(OA, "hoa"), "vi", now)
        admin = people.meet(unit, Address(Channel.WEB, "admin"), "vi", now)
        unit.add(Officer(person_id=hoa.person_id, role="province", name="Hoa", since=now))
        unit.add(Officer(person_id=admin.person_id, role="admin", since=now))
        unit.flush()
        unit.cache.doubt()

    await here.assistant.db.run(officers)
    await zalo.say("hoa", "menu")
    await here.settle()
    here.clock.move(timedelta(days=8))

    def alert(unit: Any) -> None:
        post = here.assistant.house.post(unit, clock.now())
        post.to_officers(None, "province", Plain("hồ sơ mới"), dossier_id=1)
        post.deliver()

    await here.assistant.db.run(alert)
    await here.settle()
    assert "gọi điện" not in await told(here, "minh"), "the household was not written to"
    assert "Tin không tới được cán bộ Hoa" in await told(here, "admin")
    assert "hồ sơ mới" in await told(here, "tinh")


async def test_admins_hear_when_the_days_templates_run_out(town: tuple[Deployed, Zalo]) -> None:
    here, zalo = town
    here.clock.move(timedelta(days=8))
    zalo.oa.daily = 5

    def admin(unit: Any) -> None:
        known = people.meet(unit, Address(Channel.WEB, "admin"), "vi", clock.now())
        unit.add(Officer(person_id=known.person_id, role="admin", since=clock.now()))

    await here.assistant.db.run(admin)
    for _ in range(4):
        await notices(here, due())
    await here.settle()
    assert "4 trên 5 tin mẫu" in await told(here, "admin")


def test_every_letter_fills_its_template() -> None:
    content = load()
    day = date(2026, 12, 9)
    made = [
        due(),
        household.supplement(1, "HT-1", "Mật ong", (), "", day),
        household.refused(1, "HT-1", "Mật ong", "không đúng"),
        household.unranked(1, "HT-1", "Mật ong", 41.5),
        household.recognised(1, "Mật ong", 3, 61.0, "12/QĐ", day, day, "C1", day, day, "HT-1"),
        ending.paper(1, 1, "giay_attp", content.evidence["giay_attp"].name, "M", day, 3),
        ending.certificate(
            ending.Ending(1, "Mật ong " * 30, "HTX", 4, day, day, day, stages.Stage.HALF),
            content.process.late,
            day,
        ),
    ]
    used: set[str] = set()
    for note in made:
        for lang in ("vi", "en"):
            approved = note.say(lang).approved
            assert approved is not None
            used.add(approved.name)
            filled = content.templates[approved.name].filled(approved.fields)
            assert set(filled) == set(approved.fields) and all(filled.values())
            assert all(
                len(filled[n]) <= most for n, most in content.templates[approved.name].gaps.items()
            )
    assert used == set(content.templates), "a template nobody sends"
    assert household.supplement_due(1, "HT-1", "M", day, -1).say("vi").approved is None


def test_a_template_that_content_does_not_have_stops_the_start() -> None:
    with pytest.raises(SettingsError, match="ZALO_OA_TEMPLATES names bonus"):
        named("supplement=1, bonus=2", load().templates)


async def test_few_free_ones_left_notices_leave_as_one(town: tuple[Deployed, Zalo]) -> None:
    here, zalo = town
    for number in range(4):
        await notices(here, Plain(f"tin {number}"))
    assert len(zalo.oa.sent) == 5, "while there are enough each leaves at once"
    before = len(zalo.oa.sent)
    await notices(
        here,
        Plain("giấy một", ("Xem một", "go:mine")),
        Plain("giấy hai", ("Xem hai", "go:status")),
        Plain("giấy ba"),
    )
    assert len(zalo.oa.sent) == before + 1
    last = zalo.oa.sent[-1]
    assert all(word in last["text"] for word in ("giấy một", "giấy hai", "giấy ba"))
    titles = [b["title"] for b in last["attachment"]["payload"]["buttons"]]
    assert titles == ["Xem một", "Xem hai"]
    rows = await here.rows("SELECT status, external_id FROM outbound ORDER BY id DESC LIMIT 3")
    assert {row["status"] for row in rows} == {"sent"}
    assert {row["external_id"] for row in rows} == {last["id"]}


async def test_notices_that_waited_together_fail_and_move_each_for_itself(
    town: tuple[Deployed, Zalo],
) -> None:
    here, zalo = town
    for number in range(5):
        await notices(here, Plain(f"tin {number}"))
    zalo.oa.errors = [-32]
    await notices(here, Plain("một"), due())
    here.clock.move(timedelta(minutes=3))
    await here.settle()
    assert "một" in zalo.oa.sent[-1]["text"] and "còn 2 ngày" in zalo.oa.sent[-1]["text"]
    zalo.oa.errors = [-230]
    await notices(here, Plain("hai"), due())
    assert len(zalo.oa.templates) == 1, "the one with a template leaves by it"
    failed = await here.rows("SELECT status FROM outbound WHERE status = 'failed'")
    assert len(failed) == 1 and "gọi điện" in await told(here, "minh")


async def test_notices_wait_for_the_morning_and_leave_as_one(town: tuple[Deployed, Zalo]) -> None:
    here, zalo = town
    here.clock.set(datetime(2026, 11, 25, 14, 30, tzinfo=UTC))  # 21:30
    sent = len(zalo.oa.sent)
    for number in range(5):
        await notices(here, Plain(f"đêm {number}"))
    assert len(zalo.oa.sent) == sent
    due_at = await here.rows(
        "SELECT DISTINCT due_at, attempts FROM outbound WHERE status = 'waiting'"
    )
    assert [str(row["due_at"])[:16] for row in due_at] == ["2026-11-25 23:30"]
    assert due_at[0]["attempts"] == 0
    here.clock.set(datetime(2026, 11, 25, 23, 31, tzinfo=UTC))
    await here.settle()
    texts = [m["text"] for m in zalo.oa.sent[sent:]]
    assert "\n\n".join(texts) == "\n\n".join(f"đêm {number}" for number in range(5))


async def test_who_is_awake_gets_what_they_asked_for_at_night(town: tuple[Deployed, Zalo]) -> None:
    here, zalo = town
    here.clock.set(datetime(2026, 11, 25, 15, 30, tzinfo=UTC))  # 22:30
    await zalo.say("lan", "menu")
    await here.settle()
    sent = len(zalo.oa.sent)
    await notices(here, Plain("mẫu đơn của bà con đây"))
    assert len(zalo.oa.sent) == sent + 1


async def test_the_digest_shows_what_the_channels_cost(town: tuple[Deployed, Zalo]) -> None:
    here, _ = town
    for number in range(9):
        await notices(here, Plain(f"tin {number}"))
    here.clock.move(timedelta(days=8))
    await notices(here, due())
    here.clock.set(datetime(2026, 12, 3, 0, 5, tzinfo=UTC))  # 07:05, a Thursday

    def more(unit: Any) -> None:
        row = unit.get_one(Dossier, 1)
        row.officer_id, row.state, row.reached_province_at = None, "received", clock.now()
        unit.add(row)
        here.assistant.jobs.plan(unit)
        windows.count(unit, Channel.ZALO_BOT, "2026-12", "sent", 12)

    await here.assistant.db.run(more)
    here.clock.move(timedelta(minutes=11))
    await here.settle()
    digest = await told(here, "tinh")
    assert (
        "Zalo OA, tháng 12: 0 tin miễn phí, 0 tin trả tiền, 1 tin mẫu, 1 tin bị từ chối" in digest
    )
    assert "Zalo Bot, tháng 12: đã gửi 12 trên 3.000 tin của gói" in digest
    assert "tháng 12" not in await told(here, "minh"), "a commune is not told of bills"
