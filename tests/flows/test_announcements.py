"""Announcements: composed, tried out, confirmed, sent once to everybody who wants it, reported."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.jobs import HANDLERS, Due
from bot.officers_admin import move
from models import files_named
from models.messages import Channel
from tests.flows.announcement_scenes import (
    TEXT,
    TRAINING,
    announced,
    composed,
    gone_out,
    sends,
    wanting,
)
from tests.flows.household import household, photo, pressed, ready
from tests.flows.office import OTHER, appointed, due
from tests.flows.talk import Town, town
from tests.flows.test_officer_province import at_the_province, records


async def test_a_commune_officer_announces_to_its_households(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await appointed(here, "Minh"), await wanting(here, "lan")
        silent = await household(here, "hoa", registration="28A8009999")
        shown = await composed(minh)
        assert TEXT in shown and "*1 người nhận được.*" in shown
        assert "1 người chưa đồng ý nhận tin" in shown and "[Thôi nhận tin “Tập huấn”]" in shown
        assert "*Gửi cho 1 người?*" in await minh.press("Gửi đi")
        await minh.press("Gửi cho 1 người")
        await gone_out(here)
        heard = await lan.letters()
        assert TEXT in heard and "*Tập huấn* · cán bộ Minh, xã Đồng Lộc" in heard
        assert await silent.letters() == ""
        report = await minh.letters()
        assert "Đã gửi xong thông báo *Tập huấn*" in report and "Đã tới: 1" in report


async def test_the_copy_to_oneself_is_what_people_get(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await appointed(here, "Minh"), await wanting(here, "lan")
        await composed(minh, event=TRAINING)
        trial = await minh.press("Gửi thử cho tôi")
        assert "Bản gửi thử" in trial and TEXT in trial and "Hội trường xã" in trial
        assert "bản nháp" in await minh.press("Đăng ký đi")
        assert await lan.letters() == ""
        assert await here.rows("SELECT id FROM delivery") == []


async def test_line_breaks_and_a_photo_arrive(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await appointed(here, "Minh"), await wanting(here, "lan")
        await minh.say("/announce")
        await minh.press("Soạn thông báo mới")
        await minh.press("Hội chợ")
        await minh.say("Hội chợ cuối năm.\nAi muốn bày hàng thì báo xã nhé?\n\nHạn: thứ sáu.")
        assert "ảnh hoặc tệp" in minh.heard[-1].text
        await minh.send(photo(here, 5, name="to-roi.jpg"))
        await minh.press("Mọi cơ sở")
        await minh.press("Không, chỉ báo tin")
        await minh.press("Gửi ngay")
        assert "to-roi.jpg" in minh.heard[-1].text
        await minh.press("Xem thử")
        await sends(minh)
        await gone_out(here)
        await lan.letters()
        got = lan.heard[-1]
        assert "cuối năm.\nAi muốn" in got.text and got.files[0].name == "to-roi.jpg"
        here.clock.move(timedelta(days=10_000))  # the messages are kept no longer, the rest is
        daily = Due(0, "apply retention", {}, 1, None, here.clock.at)
        await HANDLERS["apply retention"](here.jobs.works, daily)
        assert (await here.rows("SELECT count(*) AS n FROM outbound"))[0]["n"] == 0
        assert got.files[0].key in await here.db.read(files_named.keys)


async def test_segments_reach_whom_they_name(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await appointed(here, "Minh"), await wanting(here, "lan")
        fits = {
            ("Theo loại cơ sở", "Hộ có đăng ký"): 1,
            ("Theo loại cơ sở", "Hợp tác xã"): 0,
            ("Theo loại cơ sở", "Hợp tác xã, Hộ có đăng ký"): 1,
            ("Theo bộ sản phẩm", "4"): 1,
            ("Theo bộ sản phẩm", "11, 12"): 0,
            ("Theo hạng sao", "3 sao"): 0,
            ("Giấy chứng nhận đã hết hạn",): 0,
        }
        for who, people in fits.items():
            assert f"*{people} người nhận được.*" in await composed(minh, who=who), who
        await certificate(here, "2027-03-01")
        assert "*1 người nhận được.*" in await composed(minh, who=("Theo hạng sao", "3, 4"))
        assert "*1 người nhận được.*" in await composed(minh, who=("Giấy chứng nhận sắp hết hạn",))
        await here.db.run(lambda unit: unit.core.exec_driver_sql(
            "UPDATE certificate SET valid_to = '2026-11-01'"))  # fmt: skip
        assert "*1 người nhận được.*" in await composed(minh, who=("Giấy chứng nhận đã hết hạn",))
        assert await lan.letters() == ""


async def certificate(here: Town, valid_to: str) -> None:
    """Three stars for the first product."""
    await here.db.run(lambda unit: unit.core.exec_driver_sql(
        "INSERT INTO certificate (code, product_id, stars, decision_number, issued_on, valid_to) "
        f"VALUES ('ABC234', 1, 3, '12/QĐ', '2024-03-01', '{valid_to}')"))  # fmt: skip


async def test_nobody_outside_the_officers_communes_is_reached(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        far, lan = await appointed(here, "Xa", communes=(OTHER,)), await wanting(here, "lan")
        assert "*0 người nhận được.*" in await composed(far)
        await sends(far)
        await gone_out(here)
        assert await lan.letters() == ""
        both = await appointed(here, "Hai", communes=(OTHER, "18484"))
        assert "không phải xã" in await to_commune(both, "Hương Khê")
        assert "*1 người nhận được.*" in await composed(both, where="Đồng Lộc")


async def to_commune(officer: object, said: str) -> str:
    talker = officer
    for line in ("/announce",):
        await talker.say(line)  # type: ignore[attr-defined]
    await talker.press("Soạn thông báo mới")  # type: ignore[attr-defined]
    for line in ("Tập huấn", TEXT, "bỏ qua"):
        await talker.say(line)  # type: ignore[attr-defined]
    heard: str = await talker.say(said)  # type: ignore[attr-defined]
    await talker.say("huỷ")  # type: ignore[attr-defined]
    return heard


async def test_it_waits_for_its_hour_and_never_goes_at_night(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await appointed(here, "Minh"), await wanting(here, "lan")
        shown = await composed(minh, when=("Hẹn giờ", "26/11/2026", "22h30"))
        assert "Giờ đó bà con nghỉ, mình gửi lúc 6 giờ 30 ngày 27/11/2026" in shown
        await sends(minh)
        await due(here, timedelta(hours=40))
        assert await lan.letters() == ""
        await due(here, timedelta(hours=6))
        assert TEXT in await lan.letters()


async def test_a_past_hour_is_asked_again(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        heard = await composed(minh, when=("Hẹn giờ", "24/11/2026", "8h"))
        assert "Giờ gửi đã qua" in heard and "Gửi ngày nào?" in heard
        await minh.say("26/11/2026")
        await minh.say("8 giờ")
        assert "Bà con đọc thấy" in await minh.press("Xem thử")


async def test_a_draft_is_changed_without_typing_it_again(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        await composed(minh, event=TRAINING)
        await minh.press("Sửa")
        await minh.say("sửa 2")
        await minh.say("Lời mới cho bà con biết.")
        shown = await minh.press("Xem thử")
        assert "Lời mới" in shown and TEXT not in shown and "Hội trường xã" in shown
        assert len(await here.rows("SELECT id FROM announcement")) == 1
        assert len(await here.rows("SELECT id FROM event")) == 1
        await minh.press("Bỏ bản này")
        assert await here.rows("SELECT id FROM announcement") == []


# -- the second officer ---------------------------------------------------------------------------
async def test_province_wide_needs_a_second_officer(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam, lan = await appointed(here, "Tâm", "province"), await wanting(here, "lan")
        assert "cán bộ tỉnh thứ hai" in await composed(tam, where="bỏ qua")
        await tam.press("Xin duyệt")
        assert "Chưa có cán bộ tỉnh thứ hai" in tam.heard[-1].text
        hoa = await appointed(here, "Hoa", "province")
        await tam.say("/announce")
        await tam.press("bản nháp")
        await sends(tam)
        asked = await hoa.letters()
        assert "Tâm xin gửi thông báo *Tập huấn* tới 1 người" in asked
        assert "Đồng ý gửi" not in tam.labels
        refused = await pressed(here, tam, "announcement_desk:approve=1")
        assert "không còn làm vậy được" in refused
        await hoa.press("Đồng ý gửi")
        await gone_out(here)
        assert TEXT in await lan.letters()
        assert "Hoa đã đồng ý" in await tam.letters()
        (row,) = await here.rows("SELECT state, second_officer_id FROM announcement")
        assert row == {"state": "done", "second_officer_id": 2}


async def test_a_few_communes_need_no_second_officer(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam, lan = await appointed(here, "Tâm", "province"), await wanting(here, "lan")
        await announced(here, tam, where="Đồng Lộc")
        assert TEXT in await lan.letters()


async def test_rejected_with_a_reason(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam, hoa = [await appointed(here, name, "province") for name in ("Tâm", "Hoa")]
        lan = await wanting(here, "lan")
        await composed(tam, where="bỏ qua")
        await sends(tam)
        await hoa.letters()
        await hoa.press("Không đồng ý")
        assert "lý do" in await hoa.say("!!!")
        await hoa.say("Sai ngày, tập huấn tháng sau")
        assert "Sai ngày, tập huấn tháng sau" in await tam.letters()
        assert "không còn làm vậy được" in await pressed(here, hoa, "announcement_desk:approve=1")
        await gone_out(here)
        assert await lan.letters() == ""


async def test_nobody_agrees_in_time(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam, hoa = [await appointed(here, name, "province") for name in ("Tâm", "Hoa")]
        lan = await wanting(here, "lan")
        await composed(tam, where="bỏ qua")
        await sends(tam)
        await due(here, timedelta(hours=47))
        assert "quá hạn" not in await tam.letters()
        await due(here, timedelta(hours=2))
        assert "chưa ai duyệt sau 48 giờ" in await tam.letters()
        assert "quá hạn duyệt" in await hoa.letters()
        assert "không còn làm vậy được" in await pressed(here, hoa, "announcement_desk:approve=1")
        await gone_out(here)
        assert await lan.letters() == ""


async def test_two_agree_at_once_and_it_goes_once(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam, hoa, nga = [await appointed(here, n, "province") for n in ("Tâm", "Hoa", "Nga")]
        lan = await wanting(here, "lan")
        await composed(tam, where="bỏ qua")
        await sends(tam)
        await hoa.letters(), await nga.letters()
        await hoa.press("Đồng ý gửi")
        assert "không còn làm vậy được" in await nga.press("Đồng ý gửi")
        await gone_out(here)
        assert (await lan.letters()).count(TEXT) == 1


async def test_rights_lost_before_the_hour_stop_it(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await appointed(here, "Minh"), await wanting(here, "lan")
        await composed(minh, when=("Hẹn giờ", "26/11/2026", "8h"))
        await sends(minh)
        await move(here.db, here.house.content, 1, "commune", [OTHER])
        await due(here, timedelta(days=1))
        await gone_out(here)
        assert await lan.letters() == ""
        assert "quyền của anh/chị không còn" in await minh.letters()


# -- who wants what -------------------------------------------------------------------------------
async def test_a_topic_is_turned_off_in_the_announcement_and_on_again(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await appointed(here, "Minh"), await wanting(here, "lan")
        await announced(here, minh)
        await lan.letters()
        assert "thôi gửi tin “Tập huấn”" in await lan.press("Thôi nhận tin")
        await announced(here, minh, text="Lớp thứ hai cho bà con.")
        assert "Đã tắt chủ đề này: 1" in await minh.letters()
        await announced(here, minh, topic="Hội chợ", text="Hội chợ tháng mười hai.")
        heard = await lan.letters()
        assert "Lớp thứ hai" not in heard and "Hội chợ tháng mười hai" in heard
        await lan.say("/notices")
        await lan.press("☐ Tập huấn")
        await announced(here, minh, text="Lớp thứ ba cho bà con.")
        assert "Lớp thứ ba" in await lan.letters()


async def test_who_never_agreed_is_asked_and_may_refuse(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await appointed(here, "Minh"), await household(here, "lan")
        await ready(here, lan)
        assert "muốn mình báo không" not in await lan.say("menu"), "the menu does not nag"
        await pressed(here, lan, "go:submit=1")
        assert "bà con muốn mình báo không" in await lan.press("Gửi hồ sơ")
        assert "muốn mình báo không" not in await pressed(here, lan, "go:submit=1")
        await lan.press("Không, cảm ơn")
        await announced(here, minh)
        assert TEXT not in await lan.letters()
        await lan.say("thôi nhận tin")
        await lan.press("Có, báo cho tôi")
        await announced(here, minh)
        assert TEXT in await lan.letters()
        rows = await here.rows("SELECT given FROM consent_entry WHERE purpose = 'notices'")
        assert [row["given"] for row in rows] == [0, 1]


@pytest.mark.parametrize("answer", ["subscriptions:later", "subscriptions:no", ""])
async def test_news_are_offered_once_in_a_life(tmp_path: Path, answer: str) -> None:
    async with town(tmp_path) as here:
        tam, lan, _ = await at_the_province(here)
        asked = [one for one in lan.heard if "bà con muốn mình báo không" in one.text]
        assert len(asked) == 1 and "Đã nộp hồ sơ" in asked[0].text
        if answer:
            assert "Vâng" in await pressed(here, lan, answer)
        await records(tam, "72,5", "4 sao", "1234/QĐ-UBND", "25/11/2026")
        told = await lan.letters()
        assert "đạt *4 sao* OCOP" in told and "bà con muốn mình báo không" not in told
        await lan.say("/notices")
        assert "Có, báo cho tôi" in lan.labels, "it can still be had"


async def test_consent_taken_back_ends_announcements(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await appointed(here, "Minh"), await wanting(here, "lan")
        await lan.say("/privacy")
        await lan.press("Rút lại đồng ý")
        await lan.press("Rút lại")
        await announced(here, minh)
        assert TEXT not in await lan.letters()
        assert await here.rows("SELECT id FROM delivery") == []


async def test_what_waits_for_somebody_who_leaves_is_taken_back(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        lan = await wanting(here, "lan", Channel.TELEGRAM)
        await announced(here, minh)
        assert [r["status"] for r in await bulk(here)] == ["waiting"]
        await pressed(here, lan, "subscriptions:off=training")
        assert [r["status"] for r in await bulk(here)] == ["cancelled"]


async def bulk(here: Town) -> list[dict[str, object]]:
    return await here.rows("SELECT status, person_id FROM outbound WHERE priority = 9 ORDER BY id")


async def test_stopped_while_it_runs(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        for name in ("lan", "hoa"):
            await wanting(here, name, Channel.TELEGRAM, registration=f"28A800{name}")
        await announced(here, minh)
        shown = await pressed(here, minh, "announcement_desk:open=1")
        assert "xong 0/2 người" in shown and "Đang chờ gửi: 2" in shown
        await here.db.run(lambda unit: unit.core.exec_driver_sql(
            "UPDATE outbound SET status = 'sent' WHERE id = (SELECT min(id) FROM outbound "
            "WHERE priority = 9)"))  # fmt: skip
        assert "Đã tới: 1" in await minh.press("Làm mới")
        stopped = await minh.press("Dừng gửi")
        assert "Đã tới: 1" in stopped and "Dừng trước khi gửi: 1" in stopped
        assert [r["status"] for r in await bulk(here)] == ["sent", "cancelled"]


async def test_progress_is_shown_in_place(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        await wanting(here, "lan", Channel.TELEGRAM)
        await announced(here, minh)
        assert "Đang gửi thông báo" in await minh.letters()
        rows = await here.rows("SELECT kind FROM outbound WHERE key = 'announcement:1' ORDER BY id")
        assert "edit" in [row["kind"] for row in rows]


async def test_who_got_it_as_a_sheet(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        await wanting(here, "lan")
        await household(here, "hoa", registration="28A8009999")
        await announced(here, minh)
        await minh.letters()
        await minh.press("Tải bảng Excel")
        await due(here)
        await minh.letters()
        (file,) = minh.heard[-1].files
        path = tmp_path / "report.xlsx"
        path.write_bytes(here.files.get(file.key))
        rows = [row[:3] for row in load_workbook(path).active.iter_rows(values_only=True)]
        assert rows[0] == ("Cơ sở", "Xã, phường", "Kết quả")
        assert sorted(row[2] for row in rows[1:]) == ["Chưa đồng ý nhận tin", "Đã tới"]


async def test_nothing_of_the_demo_reaches_a_real_household(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await appointed(here, "Minh"), await wanting(here, "lan")
        await here.db.run(lambda unit: unit.core.exec_driver_sql("UPDATE officer SET demo = true"))
        await announced(here, minh)
        assert TEXT not in await lan.letters()


async def test_times_that_do_not_fit_are_asked_again_and_the_rest_is_kept(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, _ = await appointed(here, "Minh"), await wanting(here, "lan")
        past = ("Tập huấn bao bì", "Hội trường xã", "25/11/2026", "7h00", "2")
        told = await composed(minh, event=past)
        assert "Giờ bắt đầu đã qua rồi" in told and "Ngày nào?" in told
        await minh.say("30/11/2026")
        again = await minh.say("8h00")
        assert "Tập huấn bao bì" in again and "30/11/2026" in again and TEXT in again
        assert TEXT in await minh.press("Xem thử")
        assert len(await here.rows("SELECT id FROM announcement")) == 1
