"""Helpers and owners, another channel, one's own data, and what is offered again."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import orjson

from models.messages import Channel
from tests.flows.talk import Talker, Town, town
from tests.flows.test_people import agree, answer, registered, with_product

CODE = re.compile(r"\*([2-9A-Z]{5}-[2-9A-Z]{5})\*")


def code_in(said: str) -> str:
    found = CODE.search(said)
    assert found, said
    return found[1]


async def helped(place: Town, helper: Talker) -> str:
    """Somebody's household registered by a helper; the code that came."""
    await agree(helper)
    await answer(
        helper,
        "giúp người khác",
        "người nhà",
        "ho",
        "chưa",
        "Hộ Bà Tư",
        "Trần Thị Tư",
        "bỏ qua",
        "0987 654 321",
        "Thạch Lạc",
        "bỏ qua",
        "bỏ qua",
    )
    return code_in(await helper.press("Đúng rồi"))


# -- helper mode ---------------------------------------------------------------------------------
async def test_the_owner_confirms_on_its_own_phone(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        child, owner = place.person("child"), place.person("owner")
        code = await helped(place, child)
        assert "chờ chủ cơ sở xác nhận" in await child.say("/menu")
        said = await owner.say(f"/start {code}")
        assert "Trước khi bắt đầu" in said and "Bà Tư" not in said  # consent first
        said = await owner.press("Tôi đồng ý")
        assert "Hộ Bà Tư" in said and "0987 654 321" in said
        said = await owner.press("Đúng, tôi xác nhận")
        assert "đã xác nhận" in said and "Chủ thể của tôi" in said
        assert "Chủ cơ sở đã xác nhận" in await child.letters()
        (row,) = await place.rows(
            "SELECT confirmed_at IS NOT NULL AS confirmed, h.relation, p.person_id != h.person_id "
            "AS apart FROM producer p JOIN helper h ON h.producer_id = p.id"
        )
        assert row == {"confirmed": 1, "relation": "family", "apart": 1}
        for one in (child, owner):  # both may go on with it
            assert "Hộ Bà Tư" in await one.say("/menu") or "Chủ thể của tôi" in one.labels


async def test_the_helper_cannot_confirm_for_the_owner(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        child = place.person("child")
        code = await helped(place, child)
        assert "dành cho chủ cơ sở" in await child.say(f"/start {code}")
        assert "đã xác nhận" not in await child.say("đúng")
        (row,) = await place.rows("SELECT confirmed_at FROM producer")
        assert row["confirmed_at"] is None


async def test_a_code_confirms_once(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        child, owner, thief = (place.person(n) for n in ("child", "owner", "thief"))
        code = await helped(place, child)
        await owner.say(f"/start {code}")
        await owner.press("Tôi đồng ý")
        await owner.say("đúng rồi")
        await thief.say(f"/start {code}")
        assert "Bà Tư" not in thief.seen()
        assert (await place.rows("SELECT count(*) AS n FROM producer WHERE confirmed_at IS NULL"))[
            0
        ]["n"] == 0


async def test_a_cosign_code_ends(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        child, owner = place.person("child"), place.person("owner")
        code = await helped(place, child)
        place.clock.move(timedelta(days=8))
        assert "không còn dùng được" in await owner.say(f"/start {code}")


async def test_the_owner_is_told_what_a_helper_changes(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        child, owner = place.person("child"), place.person("owner")
        code = await helped(place, child)
        await owner.say(f"/start {code}")
        await owner.press("Tôi đồng ý")
        await owner.say("đúng rồi")
        await child.say("/menu")
        await child.press("Chủ thể của tôi")
        await child.press("Sửa thông tin")
        await child.say("sửa 5")
        await child.say("Hộ Bà Tư Sen")
        await child.press("Đúng rồi")
        assert "vừa sửa thông tin" in await owner.letters()


# -- another channel -----------------------------------------------------------------------------
async def test_a_code_joins_another_channel(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        web, phone = place.person("lan"), place.person("77", Channel.TELEGRAM)
        await with_product(web)
        await web.say("/link")
        said = await web.press("Lấy mã")
        code = code_in(said)
        await phone.say("/start")
        said = await phone.say(code.lower().replace("-", ""))  # as it comes off a screen
        assert "Nối trò chuyện này" in said
        said = await phone.press("Đúng, nối lại")
        assert "Đã nối xong" in said and "Mật ong An" in said
        assert "Chủ thể của tôi" in phone.labels
        assert "nối thêm một nơi: Telegram" in await web.letters()
        assert "Hộ Hoa Sen" in await phone.press("Chủ thể của tôi")  # buttons are theirs now
        (row,) = await place.rows("SELECT count(DISTINCT person_id) AS n FROM address")
        assert row["n"] == 1


async def test_a_link_code_works_once_not_here_and_not_late(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan, thief = place.person("lan"), place.person("thief")
        await registered(lan)
        await lan.say("/link")
        code = code_in(await lan.press("Lấy mã"))
        assert "ở ứng dụng kia" in await lan.say(f"/link {code}")
        place.clock.move(timedelta(minutes=31))
        assert "hết hạn" in await thief.say(f"/link {code}")
        assert "Hoa Sen" not in thief.seen()


async def test_what_was_typed_before_joining_is_not_lost(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        web, phone = place.person("lan"), place.person("77", Channel.TELEGRAM)
        await registered(web)
        await web.say("/link")
        code = code_in(await web.press("Lấy mã"))
        await agree(phone)
        await answer(phone, "me", "htx", "HTX Mây Tre")
        await phone.say(f"/link {code}")
        said = await phone.press("Đúng, nối lại")
        assert "Đang làm dở: Đăng ký chủ thể" in said
        await phone.press("Làm tiếp: Đăng ký chủ thể")
        assert "đại diện" in phone.heard[-1].text


# -- one's own data ------------------------------------------------------------------------------
async def test_export_holds_everything_and_no_secret(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan-secret-address")
        await with_product(lan)
        key = place.files.put(b"a photo of a paper")
        await _give_a_page(place, key)
        await lan.say("/privacy")
        await lan.press("Tải về")
        await lan.press("Tải về")  # asked twice, packed once
        assert await place.jobs.drain() == 1
        await lan.letters()
        (file,) = lan.heard[-1].files
        parcel = zipfile.ZipFile(io.BytesIO(place.files.get(file.key)))
        told = orjson.loads(parcel.read("thong-tin.json"))
        assert told["person"][0]["phone"] == "+84912345678"
        assert told["producer"][0]["name"] == "Hộ Hoa Sen"
        assert told["product"][0]["name"] == "Mật ong An"
        assert told["consent_entry"][0]["version"] == "1"
        assert b"lan-secret-address" not in parcel.read("thong-tin.json")
        (page,) = [n for n in parcel.namelist() if n.startswith("tep/")]
        assert parcel.read(page) == b"a photo of a paper"


async def test_export_is_only_ones_own(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan, minh = place.person("lan"), place.person("minh")
        await with_product(lan)
        await agree(minh)
        await minh.say("/privacy")
        await minh.press("Tải về")
        await place.jobs.drain()
        await minh.letters()
        (file,) = minh.heard[-1].files
        parcel = zipfile.ZipFile(io.BytesIO(place.files.get(file.key)))
        assert "Hoa Sen" not in parcel.read("thong-tin.json").decode()


async def erase(lan: Talker) -> str:
    await lan.say("/privacy")
    await lan.press("Xoá thông tin")
    await lan.press("Tôi muốn xoá")
    lan.last_id = 0  # what was said before goes too
    return await lan.press("Xoá hẳn")


async def test_erasing_is_asked_twice_and_leaves_nothing_personal(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await with_product(lan)
        await _give_a_page(place, place.files.put(b"page"))
        said = await erase(lan)
        assert "Đã xoá" in said
        for table in ("producer", "product", "dossier", "evidence_item", "page", "history_entry"):
            assert not await place.rows(f"SELECT * FROM {table}"), table
        tables = ("person", "inbound", "outbound", "talk", "job", "ticket")
        everything = str([await place.rows(f"SELECT * FROM {table}") for table in tables])
        for word in ("Hoa Sen", "912345678", "912 345", "Nguyễn Văn An", "Mật ong"):
            assert word not in everything, word
        assert "Trước khi bắt đầu" in await lan.say("/register")  # and they may begin anew


async def test_an_old_erase_button_does_nothing_by_itself(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await with_product(lan)
        await lan.say("/privacy")
        await lan.press("Xoá thông tin")
        await lan.press("Tôi muốn xoá")
        danger = lan.heard[-1]
        await lan.press("Thôi, giữ lại")
        lan.heard.append(danger)
        await lan.press("Xoá hẳn")
        assert len(await place.rows("SELECT * FROM producer")) == 1


async def test_what_was_handed_in_stays_without_contacts_once_it_has_a_result(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await with_product(lan)
        await _state(place, "submitted")
        await lan.say("/privacy")
        said = await lan.press("Xoá thông tin")
        assert "hồ sơ của cơ quan nhà nước" in said and "Đang được xem" in said
        await lan.press("Tôi muốn xoá")
        await lan.press("Xoá hẳn")
        (row,) = await place.rows("SELECT phone, erased_at FROM producer")
        assert row == {"phone": "+84912345678", "erased_at": None}  # the officer may have to call
        (person,) = await place.rows("SELECT name, phone FROM person")
        assert person == {"name": None, "phone": None}
        await _state(place, "recognised")
        place.clock.move(timedelta(days=7, minutes=1))
        await place.jobs.drain()
        (row,) = await place.rows("SELECT name, phone, address, representative FROM producer")
        assert row == {"name": "Hộ Hoa Sen", "phone": "", "address": "", "representative": ""}
        assert len(await place.rows("SELECT * FROM dossier")) == 1


async def test_before_consent_privacy_has_nothing_to_erase(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        said = await lan.say("/privacy")
        assert "chưa đồng ý" in said and "Xoá thông tin" not in lan.labels
        assert "91/2025/QH15" in await lan.press("Quyền của tôi")


# -- offered again -------------------------------------------------------------------------------
async def half_way(place: Town, name: str = "lan") -> Talker:
    lan = place.person(name)
    await agree(lan)
    await answer(lan, "me", "htx", "HTX Hoa Sen")
    return lan


async def look(place: Town) -> None:
    await place.db.run(place.jobs.plan)
    place.clock.move(timedelta(minutes=31))
    await place.jobs.drain()


async def test_a_flow_left_for_a_day_is_offered_again_once(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = await half_way(place)
        place.clock.move(timedelta(hours=20))
        await look(place)
        assert await lan.letters() == ""
        place.clock.move(timedelta(hours=5))
        await look(place)
        said = await lan.letters()
        assert "đang làm dở: *Đăng ký chủ thể*" in said and "[Để sau]" in said
        place.clock.move(timedelta(hours=25))
        await look(place)
        assert await lan.letters() == ""  # once
        said = await lan.press("Làm tiếp")
        assert "Ai là người đại diện?" in said  # where they were


async def test_nobody_is_woken_at_night(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = await half_way(place)
        place.clock.move(timedelta(hours=38))  # half past ten in the evening
        await look(place)
        assert await lan.letters() == ""
        place.clock.move(timedelta(hours=10))
        await look(place)
        assert "đang làm dở" in await lan.letters()


async def test_nothing_is_offered_where_nothing_was_left(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await registered(lan)
        await lan.say("huỷ")
        place.clock.move(timedelta(hours=25))
        await look(place)
        assert await lan.letters() == ""


# -- rows other flows make -----------------------------------------------------------------------
async def _give_a_page(place: Town, key: str) -> None:
    from models.database import Unit
    from models.tables import EvidenceItem, Page

    def write(unit: Unit) -> None:
        item = EvidenceItem(dossier_id=1, evidence="dang_ky_kinh_doanh", updated_at=place.clock.at)
        unit.add(item)
        unit.flush()
        unit.add(
            Page(
                item_id=item.id or 0,
                position=1,
                file_key=key,
                name="giay.jpg",
                mime="image/jpeg",
                added_at=place.clock.at,
            )
        )

    await place.db.run(write)


async def _state(place: Town, state: str) -> None:
    from models.database import Unit
    from models.tables import Dossier

    def write(unit: Unit) -> None:
        row = unit.get_one(Dossier, 1)
        row.state, row.submitted_at = state, place.clock.at
        unit.add(row)

    await place.db.run(write)
