"""Certificates do not lapse unnoticed: told at each stage, once; put off, stopped; begun again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import clock
from bot.work import ending
from conversations.ending import Stage, paper_stage, stage_of
from models.content import load
from models.database import Unit
from models.tables import Certificate, Dossier, EvidenceItem
from tests.flows.household import COMMUNE, household, officer, opened, photo
from tests.flows.talk import Talker, Town, town

END = date(2027, 12, 31)
OPENS, CLOSES = date(2027, 7, 4), date(2027, 9, 2)


def morning(day: date) -> datetime:
    """Nine o'clock in Vietnam."""
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (OPENS - timedelta(days=1), None),
        (OPENS, Stage.OPENED),
        (date(2027, 8, 2), Stage.OPENED),
        (date(2027, 8, 3), Stage.HALF),
        (CLOSES - timedelta(days=14), Stage.CLOSING),
        (CLOSES, Stage.CLOSING),
        (CLOSES + timedelta(days=1), Stage.MISSED),
        (END, Stage.MISSED),
        (END + timedelta(days=1), Stage.ENDED),
        (END + timedelta(days=61), None),
    ],
)
def test_the_stages_follow_the_window_of_the_law(day: date, stage: Stage | None) -> None:
    assert stage_of(load(), END, day) is stage


def test_a_paper_is_near_at_the_days_of_the_content() -> None:
    ends = date(2027, 3, 1)
    days = [(61, ""), (60, "60"), (30, "30"), (29, "30"), (7, "7"), (0, "7"), (-1, "ended")]
    for left, stage in days:
        assert paper_stage(load(), ends, ends - timedelta(days=left)) == stage


async def certified(here: Town, name: str = "lan") -> Talker:
    """A household whose honey holds 3 stars until END, with papers in the dossier that won them."""
    lan = await household(here, name)
    for number, evidence in enumerate(("san_pham_mau", "dang_ky_kinh_doanh", "giay_attp"), 1):
        await opened(here, lan, evidence)
        await lan.send(photo(here, number))
        here.clock.move(timedelta(minutes=1))
        await lan.say("xong")

    def win(unit: Unit) -> None:
        row = unit.get_one(Dossier, 1)
        row.state, row.stars, row.score = "recognised", 3, 66.0
        for item in unit.scalars(select(EvidenceItem)):
            item.state = "accepted"
            item.expires_on = date(2029, 1, 1) if item.evidence == "giay_attp" else None
        unit.add(
            Certificate(code="ABC234", product_id=row.product_id, dossier_id=1, stars=3,
                        decision_number="12/QĐ", issued_on=date(2024, 12, 31), valid_to=END)
        )  # fmt: skip

    await here.db.run(win)
    return lan


async def look(here: Town, day: date | None = None) -> None:
    """The clock goes to nine o'clock of the day, and what ends is looked at."""
    if day is not None:
        here.clock.move(morning(day) - clock.now())
    content = here.house.content
    today = clock.now().astimezone(content.province.zone).date()

    def remind(unit: Unit) -> None:
        post = here.house.post(unit, clock.now())
        ending.certificates(unit, post, content, today)
        ending.papers(unit, post, content, today)
        post.deliver()

    await here.db.run(remind)


async def test_each_stage_is_told_once_to_household_and_officer(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await officer(here), await certified(here)
        await look(here, OPENS - timedelta(days=1))
        assert await lan.letters() == ""
        told = {
            OPENS: "Từ nay đến hết 02/09/2027",
            date(2027, 8, 3): "đã qua một nửa: còn 30 ngày",
            CLOSES - timedelta(days=5): "Chỉ còn 5 ngày",
            CLOSES + timedelta(days=1): "Đã quá ngày nộp",
            END + timedelta(days=1): "đã hết giá trị",
        }
        await minh.letters()
        for day, words in told.items():
            await look(here, day)
            heard = await lan.letters()
            assert words in heard and "Mật ong Cường" in heard
            assert lan.labels[0] == "Làm hồ sơ đánh giá lại"
            assert "Mật ong Cường (Hộ Nguyễn Văn Cường), 3 sao" in await minh.letters()
            await look(here)
            await look(here, day + timedelta(days=1))
            assert await lan.letters() == "" == await minh.letters()


async def test_nothing_at_night_and_every_hour_by_itself(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await certified(here)
        await lan.letters()
        here.clock.move(morning(OPENS) - timedelta(hours=6) - clock.now())  # three in the morning
        await here.db.run(here.jobs.plan)
        here.clock.move(timedelta(hours=1))
        await here.jobs.drain()
        assert await lan.letters() == ""
        for _ in range(4):
            here.clock.move(timedelta(hours=1))
            await here.jobs.drain()
        assert (await lan.letters()).count("Từ nay đến hết") == 1


async def test_one_button_opens_the_dossier_with_the_papers_that_still_hold(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await certified(here)
        await look(here, OPENS)
        await lan.letters()
        board = await lan.press("Làm hồ sơ đánh giá lại")
        assert "Đã mở hồ sơ đánh giá lại" in board and "chép sẵn 2 giấy" in board
        rows = await here.rows(
            "SELECT d.case_kind, d.stars_aimed, i.evidence, i.state, p.file_key FROM dossier d "
            "JOIN evidence_item i ON i.dossier_id = d.id JOIN page p ON p.item_id = i.id "
            "WHERE d.id = 2 ORDER BY i.evidence"
        )
        assert [r["evidence"] for r in rows] == ["dang_ky_kinh_doanh", "giay_attp"]
        assert {r["case_kind"] for r in rows} == {"again"}
        old = await here.rows("SELECT file_key FROM page ORDER BY id")
        assert {r["file_key"] for r in rows} <= {r["file_key"] for r in old}


async def test_two_presses_make_one_dossier(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await certified(here)
        await look(here, OPENS)
        await lan.letters()
        button = lan.heard[-1].buttons[0].action
        await lan.press_data(button)
        assert "đã có hồ sơ đang làm" in await lan.press_data(button)
        assert (await here.rows("SELECT count(*) AS n FROM dossier"))[0]["n"] == 2
        await look(here, date(2027, 8, 3))
        await lan.letters()
        assert lan.labels[0] == "Làm tiếp hồ sơ"


async def test_a_paper_that_expired_is_not_taken_over(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await certified(here)
        await here.db.run(_expire)
        await look(here, OPENS)
        await lan.letters()
        assert "chép sẵn 1 giấy" in await lan.press("Làm hồ sơ đánh giá lại")


def _expire(unit: Unit) -> None:
    for item in unit.scalars(select(EvidenceItem)):
        item.expires_on = date(2027, 6, 1) if item.evidence == "giay_attp" else None


async def test_put_off_it_comes_back_and_stopped_it_does_not(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await certified(here)
        await look(here, OPENS)
        await lan.letters()
        assert "11/07/2027 mình nhắc lại" in await lan.press("Nhắc lại sau")
        await look(here, OPENS + timedelta(days=6))
        assert await lan.letters() == ""
        await look(here, OPENS + timedelta(days=7))
        assert "Từ nay đến hết" in await lan.letters()
        assert "thôi nhắc" in await lan.press("Thôi nhắc")
        await look(here, date(2027, 8, 3))
        assert await lan.letters() == ""
        await lan.press("Nhắc lại như cũ")
        await look(here)
        assert "đã qua một nửa" in await lan.letters()


async def test_nobody_chooses_for_somebody_else(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await certified(here)
        hoa = await household(here, "hoa", product="Mật ong Hoa")
        button = here.house.seal.seal(2, "renew:stop=certificate.1")
        await hoa.press_data(button)
        assert await here.rows("SELECT id FROM reminder WHERE stopped") == []
        begin = here.house.seal.seal(2, "renew:begin=1")
        await hoa.press_data(begin)
        assert (await here.rows("SELECT count(*) AS n FROM dossier"))[0]["n"] == 2


async def test_a_dossier_handed_in_ends_the_reminders(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await officer(here), await certified(here)
        await look(here, OPENS)
        await lan.letters()
        await lan.press("Làm hồ sơ đánh giá lại")

        def hand_in(unit: Unit) -> None:
            unit.get_one(Dossier, 2).state = "submitted"

        await here.db.run(hand_in)
        await minh.letters()
        await look(here, CLOSES + timedelta(days=1))
        assert await lan.letters() == "" == await minh.letters()


async def test_papers_that_expire_are_told_too(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await certified(here)
        await lan.letters()
        ends = date(2029, 1, 1)
        await here.db.run(lambda unit: setattr(unit.get_one(Certificate, 1), "valid_to", ends))
        await here.db.run(_far)
        await look(here, date(2027, 4, 2))
        heard = await lan.letters()
        assert "an toàn thực phẩm" in heard and "còn hạn 60 ngày" in heard
        await look(here, date(2027, 4, 3))
        assert await lan.letters() == ""
        await lan.press("Thôi nhắc")
        await look(here, date(2027, 5, 25))
        assert await lan.letters() == ""


def _far(unit: Unit) -> None:
    for item in unit.scalars(select(EvidenceItem)):
        item.expires_on = date(2027, 6, 1) if item.evidence == "giay_attp" else None


async def test_an_officer_sees_the_list_and_nudges_once_a_day(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await officer(here), await certified(here)
        await look(here, OPENS)
        await lan.letters()
        await minh.letters()
        listed = await minh.press("Xem danh sách")
        assert "*1 sản phẩm cần nộp đánh giá lại*" in listed and "Hộ Nguyễn Văn Cường" in listed
        assert "Đã nhắc" in await minh.press("Nhắc Mật ong")
        assert "Mật ong Cường" in await lan.letters()
        await minh.press("Nhắc Mật ong")
        assert await lan.letters() == ""


async def test_another_communes_officer_sees_and_nudges_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await certified(here)
        minh = await officer(here)
        await here.rows("SELECT 1 AS one")
        await here.db.run(_elsewhere)
        await look(here, OPENS)
        await lan.letters()
        await minh.say("/start")
        assert "Không có giấy chứng nhận nào" in await minh.press("Sắp hết hạn")
        await minh.press_data(here.house.seal.seal(2, "ending:nudge=1"))
        assert await lan.letters() == ""


def _elsewhere(unit: Unit) -> None:
    from models.tables import OfficerCommune

    for row in unit.scalars(select(OfficerCommune)):
        assert row.commune_code == COMMUNE
        row.commune_code = "99999"
    unit.cache.doubt()
