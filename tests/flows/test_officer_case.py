"""The commune's officer and a household, from the alert to the province."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

from tests.flows.household import photo
from tests.flows.office import accepts_all, appointed, assesses, dossier, due, handed_in
from tests.flows.talk import Talker, Town, town

TEN = timedelta(minutes=10)


async def claimed(here: Town) -> tuple[Talker, Talker]:
    minh = await appointed(here, "Minh")
    lan = await handed_in(here)
    await minh.letters()
    await minh.press("Nhận xử lý")
    await lan.letters()
    return minh, lan


async def test_the_alert_says_what_is_attached_and_no_number_before_claiming(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        lan = await handed_in(here)
        alert = await minh.letters()
        assert "Hồ sơ mới" in alert and "Mật ong Cường" in alert and "xã Đồng Lộc" in alert
        assert "5 mục, 5 trang" in alert and "hạn 16/12/2026" in alert
        before = await minh.press("Xem trước")
        assert "0912" not in alert + before
        card = await minh.press("Nhận xử lý")
        assert "0912 345 678" in card and "xã đang xem" in card
        assert "Cán bộ xã Minh đã nhận xem hồ sơ *Mật ong Cường*" in await lan.letters()


async def test_papers_come_into_the_chat_as_photos_and_one_pdf(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, _ = await claimed(here)
        await minh.press("Xem hết giấy tờ")
        await due(here)
        await minh.letters()
        came = [say for say in minh.heard if say.files]
        assert len(came) == 5
        for say in came:
            assert [f.mime for f in say.files] == ["image/jpeg", "application/pdf"]
        assert here.files.get(came[0].files[1].key).startswith(b"%PDF")
        seen = await here.rows("SELECT action FROM audit_entry WHERE action = 'seen:files:all'")
        assert len(seen) == 1


async def test_what_comes_back_becomes_the_redo_list_after_ten_minutes(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await claimed(here)
        await minh.press("… Giấy đăng ký kinh doanh")
        asked = await minh.press("↩ Trả lại")
        assert "Vì sao trả lại" in asked and "Lý do khác" in asked
        await minh.press("Ảnh mờ")
        await minh.say("/case 1")
        await minh.press("… Phiếu đăng ký")
        await minh.press("↩ Trả lại")
        await minh.press("Lý do khác")
        assert "gõ rõ hơn" in await minh.say("a")
        await minh.say("Thiếu chữ ký ở trang cuối")
        await minh.say("/case 1")
        note = await minh.press("Gửi yêu cầu bổ sung")
        assert "sau 10 phút" in note and "Rút lại yêu cầu bổ sung" in minh.labels
        await due(here, timedelta(minutes=9))
        assert await lan.letters() == ""
        await due(here, timedelta(minutes=1))
        letter = await lan.letters()
        assert "chụp lại giúp" in letter and "Thiếu chữ ký ở trang cuối" in letter
        assert "Các giấy khác vẫn giữ nguyên" in letter
        assert (await dossier(here))["state"] == "supplement"
        board = await lan.press("Sửa ngay")
        assert board.count("! ") >= 2


async def test_taken_back_within_ten_minutes_the_household_hears_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await claimed(here)
        await minh.press("… Giấy đăng ký kinh doanh")
        await minh.press("↩ Trả lại")
        await minh.press("Ảnh mờ")
        await minh.say("/case 1")
        await minh.press("Gửi yêu cầu bổ sung")
        assert "Đã rút lại" in await minh.press("Rút lại yêu cầu bổ sung")
        await due(here, TEN)
        assert await lan.letters() == "" and (await dossier(here))["state"] == "reviewing"
        await minh.press("Gửi yêu cầu bổ sung")
        await due(here, TEN)
        assert "nhờ bà con bổ sung" in await lan.letters()
        assert "Không có yêu cầu nào" in await minh.press("Rút lại yêu cầu bổ sung")


async def test_mended_papers_go_back_to_the_same_officer_and_on_to_the_province(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as here:
        tinh = await appointed(here, "Tỉnh", "province")
        minh, lan = await claimed(here)
        await minh.press("… Giấy đăng ký kinh doanh")
        await minh.press("↩ Trả lại")
        await minh.press("Ảnh mờ")
        await minh.say("/case 1")
        await minh.press("Gửi yêu cầu bổ sung")
        await due(here, TEN)
        await lan.letters()
        await lan.press("Sửa ngay")
        await lan.press("! Giấy đăng ký kinh doanh")
        await lan.send(photo(here, 77))
        await lan.letters()
        await lan.press("Thay bản cũ")
        await lan.say("xong")
        await lan.press("Xem lại và nộp")
        await lan.press("Gửi lại cho cán bộ")
        assert "Sửa xong, chờ xem lại" in await minh.letters()
        await minh.say("/case 1")
        await accepts_all(here, minh)
        assert "giấy nào cũng đạt" in await lan.letters()
        assert "Chuyển lên tỉnh" not in minh.labels
        await assesses(here, minh)
        note = await minh.press("Chuyển lên tỉnh")
        assert "Đã chuyển hồ sơ" in note
        await due(here)
        await minh.letters()
        assert [f.name[:6] for f in minh.heard[-1].files] == ["mau_03"]
        assert "lên tỉnh, kịp" in await lan.letters()
        assert "Xã chuyển lên" in await tinh.letters()
        assert (await dossier(here))["officer_id"] is None


async def test_the_commune_report_holds_the_assessment(tmp_path: Path) -> None:
    import docx

    async with town(tmp_path) as here:
        minh, _ = await claimed(here)
        await minh.press("Đánh giá 4 nội dung")
        await minh.say("Mua mật của năm hộ trong xã")
        await minh.press("Đạt một phần")
        await minh.say("/case 1")
        await minh.press("Tải Mẫu số 03")
        await due(here)
        await minh.letters()
        (form,) = minh.heard[-1].files
        lines = docx.Document(BytesIO(here.files.get(form.key))).paragraphs
        words = "\n".join(line.text for line in lines)
        assert "Đạt một phần. Mua mật của năm hộ trong xã" in words
        assert "Hộ Nguyễn Văn Cường" in words and "XÃ ĐỒNG LỘC" in words.upper()


async def test_the_talk_runs_both_ways_without_numbers(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await claimed(here)
        await minh.press("Nhắn bà con")
        await minh.say("Bà con cho hỏi mật lấy từ mấy hộ?")
        letter = await lan.letters()
        assert "Cán bộ Minh nhắn" in letter and "mấy hộ?" in letter
        await lan.press("Trả lời")
        await lan.say("Dạ năm hộ ạ")
        answer = await minh.letters()
        assert "Dạ năm hộ ạ" in answer and "0912" not in answer
        await minh.press("Xem hồ sơ")
        talk = await minh.press("Xem trao đổi")
        assert "mấy hộ?" in talk and "Dạ năm hộ ạ" in talk
        await minh.press("Kết thúc trao đổi")
        left = await lan.letters()
        assert "Mình lại giúp bà con đây" in left and "xã đang xem" in left


async def test_handed_to_a_colleague_and_given_back(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        hai = await appointed(here, "Hải")
        minh, lan = await claimed(here)
        await hai.letters()
        await minh.press("Chuyển đồng nghiệp")
        await minh.press("Hải")
        assert "Minh chuyển cho anh/chị" in await hai.letters()
        assert "Cán bộ xã Hải đã nhận" in await lan.letters()
        await hai.press("Xem hồ sơ")
        await hai.press("Trả về danh sách")
        assert "Hồ sơ mới" in await minh.letters()
        assert "chờ cán bộ khác" in await lan.letters()
        assert (await dossier(here))["state"] == "submitted"


async def test_the_queue_shows_the_nearest_day_first(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        await handed_in(here)
        here.clock.move(timedelta(days=1))
        await handed_in(here, "bình")
        queue = await minh.say("/queue")
        assert "2 hồ sơ chờ xử lý" in queue
        assert queue.index("hạn 16/12/2026") < queue.index("hạn 17/12/2026")
        assert "Mật ong Cường" in await minh.say("1")


async def test_everything_is_said_in_the_readers_language(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        lan = await handed_in(here)
        await minh.letters()
        await lan.say("/language en")
        await minh.say("/language en")
        assert "You have taken case" in await minh.say("/queue") + await minh.press(
            next(label for label in minh.labels if "Mật ong" in label)
        ) + await minh.press("Take the case")
        assert "has taken" in (await lan.letters()).lower() or "officer" in lan.seen().lower()
        await minh.press("… ")
        await minh.press("↩ Return")
        reasons = " ".join(minh.labels)
        assert "Another reason" in reasons and "Ảnh" not in reasons


async def test_withdrawn_by_the_household_an_old_button_does_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await claimed(here)
        await lan.say("/status")
        await lan.press("Rút hồ sơ")
        await lan.press("Chắc, rút hồ sơ")
        assert "đã rút hồ sơ" in await minh.letters()
        await minh.press("Đánh giá 4 nội dung")
        assert (await dossier(here))["state"] == "withdrawn"
        assert await here.rows("SELECT id FROM assessment") == []
        assert "chưa làm được" in minh.seen()
