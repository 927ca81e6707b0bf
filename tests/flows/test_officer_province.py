"""The province's officers: received, completed, listed, decided, refused by two."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.flows.office import appointed, dossier, due, handed_in, passed_on
from tests.flows.talk import Talker, Town, town


async def at_the_province(here: Town, *more: str) -> tuple[Talker, Talker, list[Talker]]:
    """The case received by an officer of the province; `more` are its colleagues."""
    minh = await appointed(here, "Minh")
    tam = await appointed(here, "Tâm", "province")
    others = [await appointed(here, name, "province") for name in more]
    lan = await handed_in(here)
    await passed_on(here, minh)
    await tam.letters()
    await tam.press("Nhận xử lý")
    await lan.letters()
    for other in others:
        await other.letters()
    return tam, lan, others


async def records(officer: Talker, score: str, stars: str, *decision: str) -> str:
    await officer.press("Đưa vào đợt đánh giá")
    await officer.press("Đợt 1")
    await officer.press("Ghi kết quả Hội đồng")
    await officer.say(score)
    await officer.say(stars)
    for said in decision:
        await officer.say(said)
    return await officer.press("Ghi kết quả")


async def test_received_listed_and_recognised_for_36_months(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam, lan, _ = await at_the_province(here)
        assert "Cán bộ tỉnh Tâm đã nhận xem" in lan.seen()
        await records(tam, "72,5", "4 sao", "1234/QĐ-UBND", "25/11/2026")
        letters = await lan.letters()
        assert "vào danh sách chấm của Đợt 1/2027" in letters
        assert "đạt *4 sao* OCOP, 72,5 điểm" in letters and "1234/QĐ-UBND" in letters
        assert "đến hết 25/11/2029" in letters
        row = await dossier(here)
        assert (row["state"], row["stars"], row["score"]) == ("recognised", 4, 72.5)
        certificates = await here.rows("SELECT * FROM certificate")
        assert len(certificates) == 1 and str(certificates[0]["valid_to"]) == "2029-11-25"
        assert str(certificates[0]["code"]) in letters
        assert "giấy chứng nhận" in await lan.say("/status")


async def test_a_result_is_recorded_once_however_often_it_is_pressed(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam, lan, _ = await at_the_province(here)
        await records(tam, "91", "5 sao", "9/QĐ-UBND", "hôm nay")
        await lan.letters()
        await tam.press("Ghi kết quả")
        assert await lan.letters() == ""
        assert len(await here.rows("SELECT id FROM certificate")) == 1


async def test_stars_must_fit_the_points_and_the_day_the_past(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam, _, _ = await at_the_province(here)
        told = await records(tam, "60", "4 sao", "7/QĐ-UBND", "hôm nay")
        assert "cao nhất là 3 sao" in told
        await tam.say("3 sao")
        await tam.say("7/QĐ-UBND")
        await tam.say("01/12/2026")
        assert "không thể sau hôm nay" in await tam.press("Ghi kết quả")
        assert (await dossier(here))["state"] == "listed"
        assert await here.rows("SELECT id FROM certificate") == []


async def test_below_three_stars_there_is_no_decision_and_no_certificate(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam, lan, _ = await at_the_province(here)
        await records(tam, "45", "2 sao")
        assert "chưa đạt 3 sao" in await lan.letters()
        assert (await dossier(here))["state"] == "unranked"
        assert await here.rows("SELECT id FROM certificate") == []


async def test_the_province_asks_to_complete(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam, lan, _ = await at_the_province(here)
        await tam.press("✓ Giấy đăng ký kinh doanh")
        await tam.press("↩ Trả lại")
        await tam.press("Giấy đã hết hạn")
        await tam.say("/case 1")
        await tam.press("Gửi yêu cầu bổ sung")
        await due(here, timedelta(minutes=10))
        assert "Cán bộ tỉnh đề nghị hoàn thiện thêm" in await lan.letters()
        assert (await dossier(here))["state"] == "completing"


async def test_a_refusal_needs_a_second_officer(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam, lan, (hoa,) = await at_the_province(here, "Hoa")
        await tam.press("Từ chối hồ sơ")
        note = await tam.say("Nguyên liệu hoàn toàn nhập khẩu")
        assert "đồng nghiệp ở tỉnh phải đồng ý" in note
        assert await lan.letters() == "" and (await dossier(here))["state"] == "received"
        assert "đề nghị từ chối" in await hoa.letters()
        await hoa.press("Đồng ý từ chối")
        letter = await lan.letters()
        assert "không được nhận" in letter and "Nguyên liệu hoàn toàn nhập khẩu" in letter
        row = await dossier(here)
        assert (row["state"], row["refused_because"]) == (
            "refused",
            "Nguyên liệu hoàn toàn nhập khẩu",
        )
        assert "đã đồng ý" in await tam.letters()


async def test_the_one_who_proposes_cannot_agree_and_may_take_it_back(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam, lan, (hoa,) = await at_the_province(here, "Hoa")
        await tam.press("Từ chối hồ sơ")
        await tam.say("Hồ sơ giả mạo")
        assert "Đồng ý từ chối" not in tam.labels
        await tam.press("Rút lại đề nghị từ chối")
        await hoa.letters()
        await hoa.press("Đồng ý từ chối")
        assert (await dossier(here))["state"] == "received" and await lan.letters() == ""
        assert "Đưa vào đợt đánh giá" in tam.labels


async def test_a_second_officer_may_disagree(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam, lan, (hoa,) = await at_the_province(here, "Hoa")
        await tam.press("Từ chối hồ sơ")
        await tam.say("Hồ sơ giả mạo")
        await hoa.letters()
        await hoa.press("Không đồng ý")
        assert "không đồng ý từ chối" in await tam.letters()
        assert await lan.letters() == "" and (await dossier(here))["state"] == "received"


async def test_a_province_with_one_officer_refuses_alone(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        tam, lan, _ = await at_the_province(here)
        await tam.press("Từ chối hồ sơ")
        await tam.say("Hồ sơ giả mạo")
        assert "Hồ sơ giả mạo" in await lan.letters()
        assert (await dossier(here))["state"] == "refused"
