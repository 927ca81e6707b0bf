"""The programme at a glance: who sees which figures, what they say, what officers record."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.apply import Stale, apply
from bot.records import SqlRecords
from bot.records.shares import SOURCES
from conversations import events as e
from conversations.charts import charts, sheets
from conversations.records import Figures, Held, Share
from conversations.records.figures import counting
from conversations.stats_tables import tables
from models.content import load
from models.content.targets import MEASURES, OFFICERS_TRAINED, PRODUCTS
from models.database import Unit
from models.tables import (
    Announcement,
    Attendance,
    Dossier,
    Event,
    EvidenceItem,
    Producer,
    Product,
)
from tests.flows.household import household, pressed
from tests.flows.office import appointed, handed_in
from tests.flows.stats import DAY, HERE, THERE, drained, files, revoked, shelved
from tests.flows.talk import Talker, Town, town
from tests.flows.test_access_matrix import env_of


def commune(code: str) -> str:
    return load().communes[code].full()


async def refused(here: Town, talker: Talker, event: e.Event) -> None:
    """The event itself, below the talk: rights do not rest on what is shown."""
    with pytest.raises(Stale):
        await here.db.run(lambda unit: apply(env_of(here, unit, talker), event))


async def figures(here: Town, on: date = DAY, *communes: str) -> Figures:
    how = counting(here.house.content, on)
    reach = frozenset(communes) or None
    return await here.db.read(lambda unit: SqlRecords(unit, clock.now()).counted(reach, how))


# -- who sees what -------------------------------------------------------------------------------
async def test_the_province_sees_all_and_a_commune_its_own(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        tam, minh = await appointed(here, "Tâm", "province"), await appointed(here, "Minh")
        seen = await tam.say("/stats")
        assert "cả tỉnh Hà Tĩnh" in seen and "Sản phẩm còn hạn: *3* (3 sao: 1 · 4 sao: 2)" in seen
        assert "1 sắp hết hạn" in seen and "1 đã hết hạn" in seen
        assert "Sản phẩm được chứng nhận: 3, cần 610" in seen
        assert f"{commune(HERE)}: 2" in seen and f"{commune(THERE)}: 1" in seen
        own = await minh.say("/stats")
        assert "Sản phẩm còn hạn: *2*" in own and "đã hết hạn" not in own
        assert "Xã, phường nhiều" not in own and "2, cần 610 (cả tỉnh)" in own


async def test_nobody_else_sees_figures(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        hoa = here.person("hoa")
        await hoa.say("/start")
        for told in (await hoa.say("/stats"), await pressed(here, hoa, "go:stats"),
                     await pressed(here, hoa, "stats:make=2026-10.")):  # fmt: skip
            assert told and "Sản phẩm còn hạn" not in told
        assert not [label for label in hoa.labels if label.startswith("Số liệu")]
        for event in (e.StatsPictureAsked(), e.StatsLinkAsked(), e.ReportAsked("2026-10"),
                      e.ReportsChosen(True), e.FactRecorded("circular", 1, True)):  # fmt: skip
            await refused(here, hoa, event)
        assert await here.rows("SELECT id FROM job WHERE kind LIKE 'stats%'") == []


async def test_a_leader_reads_and_handles_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        boss = await appointed(here, "Sếp", "leader")
        assert "Báo cáo" in boss.labels and "Đã nhận anh/chị." in boss.seen()
        await boss.say("menu")
        assert not {"Hồ sơ chờ xử lý", "Câu hỏi chờ"} & set(boss.labels)
        assert "Sản phẩm còn hạn: *3*" in await boss.say("/stats")
        assert "Ghi số liệu còn thiếu" not in boss.labels and "Báo cáo" in boss.labels
        await handed_in(here)
        assert await boss.letters() == "" or "Hồ sơ mới" not in boss.seen()
        (row,) = await here.rows("SELECT code FROM dossier")
        for told in (await boss.say("/queue"), await boss.say(f"/case {row['code']}"),
                     await pressed(here, boss, "case:claim=1"),
                     await pressed(here, boss, "stats:yes=circular.1")):  # fmt: skip
            assert told and "Nhận xử lý" not in told
        for event in (e.CaseClaimed(1), e.FactRecorded("circular", 1, True)):
            await refused(here, boss, event)
        assert (await here.rows("SELECT officer_id FROM dossier"))[0]["officer_id"] is None


# -- what is counted -----------------------------------------------------------------------------
async def test_products_are_counted_by_their_newest_certificate_of_the_day(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        now = await figures(here)
        assert now.stars == {3: Held(1, 0, 1), 4: Held(1, 1, 0), 5: Held()}
        assert now.sets == {4: Held(1), 11: Held(0, 1), 9: Held(0, 0, 1), 7: Held(1)}
        assert (await figures(here, DAY, HERE)).total == Held(1, 1, 0)
        then = await figures(here, date(2026, 2, 1))
        assert then.stars[3] == Held(1, 1, 0) and then.stars[4] == Held(1)  # no candy yet
        await revoked(here, 1, DAY)
        assert (await figures(here)).stars[3] == Held(0, 0, 1)
        assert (await figures(here, DAY - timedelta(days=1))).stars[3] == Held(1, 0, 1)
        upgraded = ["Chè xanh", "HTX Ong Vàng", "htx", HERE, 11, 5, "9/QĐ", "20/11/2026", None]
        await shelved(here, tmp_path, [upgraded])
        after = await figures(here)
        assert after.stars[4] == Held(1) and after.stars[5] == Held(1)


@pytest.mark.parametrize(
    ("on", "held"),
    [
        (date(2027, 3, 1) - timedelta(days=181), Held(1)),
        (date(2027, 3, 1) - timedelta(days=180), Held(0, 1)),
        (date(2027, 3, 1), Held(0, 1)),
        (date(2027, 3, 2), Held(0, 0, 1)),
    ],
)
async def test_the_last_day_still_counts(tmp_path: Path, on: date, held: Held) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        assert (await figures(here, on)).places[HERE][4] == held


async def test_what_was_tried_in_a_demo_is_left_out(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)

        def tried(unit: Unit) -> None:
            unit.get_one(Product, 1).demo = True

        await here.db.run(tried)
        assert (await figures(here)).total == Held(1, 1, 1)


async def test_dossiers_are_counted_by_state_and_age(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await handed_in(here)
        tam = await appointed(here, "Tâm", "province")
        assert (await figures(here)).cases == {("submitted", 0): 1}
        assert (await figures(here, DAY, THERE)).cases == {}
        for days, column in ((7, 0), (1, 1), (7, 1), (1, 2), (30, 3)):
            here.clock.move(timedelta(days=days))
            assert (await figures(here)).cases == {("submitted", column): 1}, column
        late = await figures(here, clock.now().date())
        assert late.overdue == 1
        seen = await tam.say("/stats")
        assert "đã nộp, chờ xã nhận: 1 (1 trên 30 ngày)" in seen and "1 hồ sơ quá hạn" in seen


def test_every_measure_of_the_content_is_counted() -> None:
    assert set(SOURCES) == set(MEASURES) - {PRODUCTS, OFFICERS_TRAINED}


# -- targets -------------------------------------------------------------------------------------
async def test_what_nobody_recorded_is_said_to_be_unknown(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        tam = await appointed(here, "Tâm", "province")
        seen = await tam.say("/stats")
        for name in ("chuỗi giá trị tuần hoàn, OCOP xanh", "truy xuất nguồn gốc điện tử",
                     "được đào tạo, tập huấn"):  # fmt: skip
            assert f"{name}: chưa có số liệu" in seen
        # Both producers with a valid certificate are a co-op and a firm; Hộ Lan's has lapsed.
        assert "hợp tác xã, doanh nghiệp nhỏ và vừa: 100%, cần 40% (2/2)" in seen
        assert "mới là dự kiến" not in seen and "chưa thấy văn bản phê duyệt" in seen


async def test_officers_record_what_no_paper_says(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        tam = await appointed(here, "Tâm", "province")
        await tam.say("/stats")
        assert "Anh/chị ghi số liệu nào?" in await tam.press("Ghi số liệu còn thiếu")
        listed = await tam.press("Chủ thể có chuỗi")
        assert {"HTX Ong Vàng", "Công ty Bà Hường"} <= set(tam.labels) and "Hộ Lan" not in listed
        asked = await tam.press("HTX Ong Vàng")
        assert f"*HTX Ong Vàng* ({commune(HERE)}): có chuỗi giá trị tuần hoàn" in asked
        told = await tam.press("Có")
        assert "Đã ghi: HTX Ong Vàng, có." in told and "HTX Ong Vàng" not in tam.labels
        seen = await tam.press("Số liệu")
        assert "OCOP xanh: 50%, cần 30% (1/2, còn 1 chưa ghi)" in seen
        (line,) = await here.rows(
            "SELECT action, subject FROM audit_entry WHERE action LIKE 'rec%'"
        )
        assert line == {"action": "recorded:circular", "subject": "producer:1"}
        await tam.press("Ghi số liệu còn thiếu")
        await tam.press("Chủ thể có chuỗi")
        await tam.press("Công ty Bà Hường")
        assert "đã ghi đủ rồi" in await tam.press("Chưa có")


async def test_products_are_recorded_one_by_one(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        minh = await appointed(here, "Minh")
        await minh.say("/stats")
        await minh.press("Ghi số liệu còn thiếu")
        await minh.press("Sản phẩm có truy xuất")
        assert {"Mật ong Cường", "Chè xanh"} <= set(minh.labels) and "Cu đơ" not in minh.labels
        asked = await minh.press("Chè xanh")
        assert f"*Chè xanh* (HTX Ong Vàng, {commune(HERE)})" in asked
        await minh.press("Chưa có")
        share = (await figures(here, DAY, HERE)).shares["traceability"]
        assert share == Share(0, 1, 2)


async def test_another_communes_producer_is_not_recorded(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        minh = await appointed(here, "Minh")
        candy = (await here.rows("SELECT id FROM producer WHERE commune_code = '18628'"))[-1]["id"]
        for action in (f"stats:of=circular.{candy}", f"stats:yes=circular.{candy}"):
            told = await pressed(here, minh, action)
            assert "Nút đó đã cũ" in told and "Bà Hường" not in told
        await refused(here, minh, e.FactRecorded("circular", int(str(candy)), True))
        assert await here.rows("SELECT id FROM producer WHERE circular IS NOT NULL") == []


async def test_an_accepted_trace_code_proves_it(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        await household(here)

        def prove(unit: Unit) -> None:
            dossier = unit.get_one(Dossier, 1)
            dossier.product_id = 1
            unit.get_one(Product, 1).traceable = False  # recorded before the paper came
            unit.add(EvidenceItem(dossier_id=1, evidence="ma_truy_xuat", state="accepted",
                                  updated_at=clock.now()))  # fmt: skip

        await here.db.run(prove)
        assert (await figures(here)).shares["traceability"] == Share(1, 0, 3)

        def sent_only(unit: Unit) -> None:
            unit.get_one(EvidenceItem, 1).state = "uploaded"

        await here.db.run(sent_only)
        assert (await figures(here)).shares["traceability"] == Share(0, 1, 3)


async def test_who_was_at_a_training_is_trained(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        await appointed(here, "Tâm", "province")

        def was_there(unit: Unit) -> None:
            now = clock.now()
            unit.add(Announcement(officer_id=1, topic="training", text="Lớp", made_at=now))
            unit.flush()
            unit.add(Event(announcement_id=1, topic="training", name="Lớp", place="Huyện",
                           starts_at=now, door_code="AB1"))  # fmt: skip
            unit.flush()
            unit.add(Attendance(event_id=1, producer_id=1, topic="training", day=DAY, at=now))
            unit.get_one(Producer, 1).trained = False  # recorded before the training

        await here.db.run(was_there)
        assert (await figures(here)).shares["trained"] == Share(1, 0, 2)
        assert not (await figures(here, DAY - timedelta(days=1))).shares["trained"].yes


# -- pictures ------------------------------------------------------------------------------------
async def test_the_pictures_follow_the_text(tmp_path: Path) -> None:
    from PIL import Image

    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        tam = await appointed(here, "Tâm", "province")
        await tam.say("/stats")
        await drained(here)
        assert "vẽ thành hình" in await tam.letters()
        assert files(tam) == ["so-lieu-2026-11-25-1.png", "so-lieu-2026-11-25-2.png"]
        for file in tam.heard[-1].files:
            with Image.open(io.BytesIO(here.files.get(file.key))) as drawn:
                assert drawn.width == 720 and drawn.height < 3000
        await tam.say("/stats")  # already here: the text alone
        await drained(here)
        assert await tam.letters() == ""
        await tam.press("Hình vẽ")
        await drained(here)
        assert "vẽ thành hình" in await tam.letters()


async def test_rights_taken_back_meanwhile_stop_the_picture(tmp_path: Path) -> None:
    from bot.officers_admin import revoke

    async with town(tmp_path) as here:
        await shelved(here, tmp_path)
        tam = await appointed(here, "Tâm", "province")
        await tam.say("/stats")
        await revoke(here.db, 1)
        await drained(here)
        assert "vẽ thành hình" not in await tam.letters()


def test_charts_say_the_same_as_tables() -> None:
    places = {HERE: {3: Held(4, 1, 2)}, THERE: {3: Held(1), 4: Held(2)}}
    shown = Figures(DAY, None, places, {4: Held(7, 1, 2)}, {("reviewing", 3): 2}, 1,
                    {"circular": Share(1, 1, 4)})  # fmt: skip
    for lang in ("vi", "en"):
        drawn = {chart.id: chart for chart in charts(load(), shown, lang)}
        listed = {table.id: table for table in tables(load(), shown, lang)}
        assert set(drawn) == {"stars", "targets", "cases", "communes", "sets"}
        assert list(drawn["stars"].bars[0].parts) == [5, 1, 2]
        assert listed["stars"].rows[0][1:] == (6, 1, 2)
        assert (listed["stars"].total or ())[1:] == (8, 1, 2)
        assert sum(bar.parts[0] for bar in drawn["communes"].bars) == 8
        assert len(sheets(load(), shown, lang)) == 2
        assert all(bar.told for chart in drawn.values() for bar in chart.bars)


def test_a_commune_alone_has_no_way_to_go_to_the_provinces_numbers() -> None:
    shown = Figures(DAY, frozenset({HERE}), {}, {}, {}, 0)
    (chart,) = [one for one in charts(load(), shown, "vi") if one.id == "targets"]
    assert all("610" not in bar.told for bar in chart.bars) and len(chart.bars) == 5


async def test_figures_of_an_erased_producer_stay_without_a_name(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await shelved(here, tmp_path)

        def erase(unit: Unit) -> None:
            unit.get_one(Producer, 1).erased_at = clock.now()

        await here.db.run(erase)
        assert (await figures(here)).total.valid == 3
