"""Consent, producers and products, as a household tells them: through the real turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.messages import Channel
from tests.flows.talk import Talker, Town, town

HOUSEHOLD = (
    "me", "ho", "Có rồi", "Hộ Hoa Sen", "Nguyễn Văn An", "bỏ qua", "0912 345 678",
    "Thạch Lạc", "xóm 3", "28A8001234", "25/11/2024", "bỏ qua",
)  # fmt: skip


async def agree(lan: Talker) -> str:
    await lan.say("/start")
    await lan.press("Đăng ký chủ thể")
    return await lan.press("Tôi đồng ý")


async def answer(lan: Talker, *answers: str) -> str:
    said = ""
    for words in answers:
        said = await lan.say(words)
    return said


async def registered(lan: Talker, *answers: str) -> str:
    """Through consent and the producer's form; shows the first question about the product."""
    await agree(lan)
    await answer(lan, *(answers or HOUSEHOLD))
    return await lan.press("Đúng rồi")


async def with_product(lan: Talker, name: str = "Mật ong An") -> str:
    await registered(lan)
    await answer(lan, name, "1", "nhà tự nuôi", "lần đầu", "3 sao")
    return await lan.press("Đúng rồi")


# -- consent -------------------------------------------------------------------------------------
async def test_nothing_about_a_person_is_stored_before_they_agree(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        said = await lan.say("/start")
        assert "trợ lý OCOP" in said and "OTP" in said
        said = await lan.press("Đăng ký chủ thể")
        assert "Trước khi bắt đầu" in said
        assert [
            dict(r) for r in await place.rows("SELECT name, phone, consent_version FROM person")
        ] == [{"name": None, "phone": None, "consent_version": None}]
        assert not await place.rows("SELECT * FROM producer")
        assert not await place.rows("SELECT * FROM consent_entry")


async def test_agreeing_keeps_the_version_the_time_and_the_purpose(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        said = await agree(lan)
        assert "Bà con đăng ký cho ai?" in said  # where they were going
        (entry,) = await place.rows("SELECT purpose, version, given, at FROM consent_entry")
        assert (entry["purpose"], entry["version"], entry["given"]) == ("ocop", "1", 1)
        assert str(entry["at"]).startswith("2026-11-25 01:30")


async def test_refusing_leaves_questions_and_checklists_open(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await lan.say("/start")
        await lan.press("Đăng ký chủ thể")
        said = await lan.say("ko đồng ý")  # holds "đồng ý" and is none
        assert "Trước khi bắt đầu" in said
        said = await lan.say("chua")
        assert "Không sao" in said
        assert not await place.rows("SELECT * FROM consent_entry")
        said = await lan.press("Xem cần giấy gì")
        assert "Trước khi bắt đầu" not in said


async def test_the_full_text_says_purpose_rights_and_law(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await lan.say("/start")
        await lan.press("Đăng ký chủ thể")
        said = await lan.say("doc ky hon")
        for words in (
            "91/2025/QH15",
            "Để làm gì",
            "Ai được xem",
            "Giữ bao lâu",
            "căn cước",
            "khiếu nại",
            "Bản số 1",
        ):
            assert words in said


async def test_withdrawing_stops_what_needs_consent_and_is_kept_as_proof(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await with_product(lan)
        await lan.say("/privacy")
        await lan.press("Rút lại đồng ý")
        said = await lan.press("Rút lại")
        assert "Đã rút lại" in said
        entries = await place.rows("SELECT given FROM consent_entry ORDER BY id")
        assert [e["given"] for e in entries] == [1, 0]
        assert "Trước khi bắt đầu" in await lan.say("/register")


# -- the producer --------------------------------------------------------------------------------
async def test_a_household_registers_itself(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        said = await registered(lan)
        assert "Đã lưu Hộ Hoa Sen" in said and "Sản phẩm tên là gì?" in said
        (row,) = await place.rows("SELECT * FROM producer")
        assert row["type"] == "ho" and row["phone"] == "+84912345678"
        assert row["registration_number"] == "28A8001234"
        assert str(row["registered_on"]) == "2024-11-25"
        assert row["confirmed_at"] is not None
        (commune,) = await place.rows("SELECT commune_code FROM producer")
        assert place.house.content.communes[str(commune["commune_code"])].name == "Thạch Lạc"
        (person,) = await place.rows("SELECT name, phone FROM person")
        assert person == {"name": "Nguyễn Văn An", "phone": "+84912345678"}


async def test_ethnicity_and_identity_papers_are_never_asked(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await with_product(lan)
        asked = "\n".join(said.text for said in lan.heard if "Bước" in said.text).lower()
        for word in ("dân tộc", "căn cước", "cccd", "chứng minh"):
            assert word not in asked


async def test_without_registration_nobody_is_turned_away(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await agree(lan)
        said = await answer(lan, "me", "ho", "chưa")
        assert "chưa nộp được" in said and "chuẩn bị" in said
        assert "UBND xã" in said  # where to get the paper
        said = await answer(
            lan, "Hộ An", "Nguyễn Văn An", "bỏ qua", "0912345678", "Thạch Lạc", "bỏ qua", "bỏ qua"
        )
        assert "Số đăng ký" not in said  # not asked for what they do not have
        assert "Sản phẩm tên là gì?" in await lan.press("Đúng rồi")


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "0912.345.678",
        "+84 912 345 678",
        "84912345678",
        "O912 345 678",
        "0912-345-678",
    ],
)
async def test_phones_in_any_usual_spelling(tmp_path: Path, typed: str) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await agree(lan)
        said = await answer(lan, "me", "htx", "HTX Hoa Sen", "An", "bỏ qua", typed)
        assert "xã, phường nào" in said, said


async def test_the_contact_button_answers_the_phone(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan", Channel.TELEGRAM)
        await agree(lan)
        await answer(lan, "me", "htx", "HTX Hoa Sen", "An", "bỏ qua")
        assert any(b.ask_phone for b in lan.heard[-1].buttons)
        assert "xã, phường nào" in await lan.say("", phone="+84912345678")


async def test_a_former_commune_is_told_where_it_belongs_now(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await agree(lan)
        said = await answer(
            lan, "me", "htx", "HTX Hoa Sen", "An", "bỏ qua", "0912345678", "thach dai"
        )
        assert "cũ nay thuộc phường Hà Huy Tập" in said and "Thôn, xóm" in said


async def test_a_commune_that_is_only_like_the_typed_one_is_asked_about(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await agree(lan)
        said = await answer(
            lan, "me", "htx", "HTX Hoa Sen", "An", "bỏ qua", "0912345678", "thạch đồng"
        )
        assert "chưa chắc" in said and "Thôn, xóm" not in said
        assert "xã, phường nào" in await lan.press("Không phải")
        await lan.say("thạch đồng")
        assert "Thôn, xóm" in await lan.press("Xã Thạch Hà")


async def test_an_ambiguous_commune_is_asked(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await agree(lan)
        said = await answer(
            lan, "me", "htx", "HTX Hoa Sen", "An", "bỏ qua", "0912345678", "dai nai"
        )
        assert "[Phường Thành Sen]" in said and "[Phường Hà Huy Tập]" in said
        assert "Thôn, xóm" in await lan.say("thanh sen")


async def test_a_second_producer_is_not_asked_what_is_known(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await registered(lan)
        await lan.say("/menu")
        await lan.press("Chủ thể của tôi")
        await lan.say("/register")
        await answer(lan, "me", "htx", "HTX Hoa Sen", "An", "bỏ qua")
        assert "0912 345 678" in lan.labels
        await lan.press("0912 345 678")
        assert "Xã Thạch Lạc" in lan.labels
        await lan.press("Xã Thạch Lạc")
        said = await answer(lan, "bỏ qua", "3001234567", "bỏ qua", "bỏ qua")
        assert "0912 345 678" in said and "Xã Thạch Lạc" in said
        await lan.press("Đúng rồi")
        rows = await place.rows("SELECT phone, commune_code FROM producer")
        assert len(rows) == 2 and rows[0] == rows[1]


async def test_details_are_mended_later(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await registered(lan)
        await lan.say("/menu")
        said = await lan.press("Chủ thể của tôi")
        assert "*Hộ Hoa Sen*" in said and "0912 345 678" in said
        said = await lan.press("Sửa thông tin")
        assert "Bà con xem lại" in said
        await lan.press("Sửa một dòng")
        await lan.press("4.")
        await lan.say("Hộ Sen Vàng")
        said = await lan.press("Đúng rồi")
        assert "Đã sửa xong" in said and "*Hộ Sen Vàng*" in said
        (row,) = await place.rows("SELECT name, phone, registered_on FROM producer")
        assert [str(value) for value in row.values()] == [
            *("Hộ Sen Vàng", "+84912345678", "2024-11-25"),
        ]


# -- the product ---------------------------------------------------------------------------------
async def test_a_product_opens_a_dossier_with_a_code(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        said = await with_product(lan)
        assert "Đã mở hồ sơ cho Mật ong An" in said
        (row,) = await place.rows("SELECT * FROM dossier")
        assert (row["state"], row["case_kind"], row["stars_aimed"]) == ("draft", "first", 3)
        assert row["rules"] == "26/2026/QĐ-TTg"
        assert str(row["code"]) in said
        (product,) = await place.rows("SELECT set_number, material_from FROM product")
        assert product == {"set_number": 4, "material_from": "nhà tự nuôi"}
        assert [r["what"] for r in await place.rows("SELECT what FROM history_entry")] == ["opened"]


@pytest.mark.parametrize(("name", "numbers"), [
    ("Mật ong rừng", {4}), ("Cu đơ bà Hường", {7}), ("nhung hươu Hương Sơn", {18, 2}),
])  # fmt: skip
async def test_the_set_is_found_from_the_name(tmp_path: Path, name: str, numbers: set[int]) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await registered(lan)
        await lan.say(name)
        sets = place.house.content.sets
        assert {sets[n].name for n in numbers} <= set(lan.labels)
        assert "Bộ khác" in lan.labels


async def test_a_doubtful_set_says_so(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await registered(lan)
        assert "hỏi cán bộ" in (await lan.say("Cu đơ")).lower()


async def test_the_set_by_sector_group_and_set(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await registered(lan)
        await lan.say("Mật ong An")
        await lan.press("Bộ khác")
        sectors = [s.name for s in place.house.content.sectors]
        assert lan.labels[: len(sectors)] == sectors
        said = await lan.say("2")  # a number works on every level
        assert "Bước 3" in said and lan.labels[0] not in sectors
        await lan.press("Quay lại")
        await lan.say("Mật ong An")
        said = await lan.say("nước mắm")  # other words search again
        assert place.house.content.sets[9].name in lan.labels
        assert "Nguyên liệu lấy từ đâu?" in await lan.say("1")


async def test_a_tourism_body_is_only_offered_tourism(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await registered(
            lan,
            "me",
            "du_lich",
            "Trung tâm du lịch",
            "An",
            "bỏ qua",
            "0912345678",
            "Thạch Lạc",
            "bỏ qua",
            "bỏ qua",
            "bỏ qua",
        )
        await lan.say("Mật ong An")
        assert place.house.content.sets[4].name not in lan.labels


async def test_the_same_product_again_opens_what_is_there(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await with_product(lan)
        await lan.say("/menu")
        await lan.press("Thêm sản phẩm")
        await answer(lan, "mat ong an", "1", "nhà nuôi", "lần đầu", "4 sao")
        said = await lan.press("Đúng rồi")
        assert "đã có hồ sơ đang làm" in said
        assert len(await place.rows("SELECT * FROM product")) == 1
        assert len(await place.rows("SELECT * FROM dossier")) == 1


async def test_two_presses_of_send_open_one_dossier(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await with_product(lan)
        old = next(
            s
            for s in reversed(lan.heard)
            if "Đúng rồi, mở hồ sơ" in s.text
            or any(b.label.startswith("Đúng rồi") for b in s.buttons)
        )
        lan.heard.append(old)
        await lan.press("Đúng rồi")
        assert len(await place.rows("SELECT * FROM dossier")) == 1


async def test_somebody_elses_producer_cannot_be_opened(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan, minh = place.person("lan"), place.person("minh")
        await registered(lan)
        await agree(minh)
        await minh.say("/menu")
        await minh.say("/register")
        (row,) = await place.rows("SELECT id FROM producer")
        for words in (
            f"go:mine={row['id']}",
            f"go:producer_edit={row['id']}",
            f"go:product={row['id']}",
        ):
            said = await _forced(place, minh, words)
            assert "Hoa Sen" not in said


async def _forced(place: Town, talker: Talker, action: str) -> str:
    """A press of a button that was sealed for this person, with an action they should not have."""
    from models.messages import Button, Say
    from models.people import at_address

    person = await place.db.read(lambda unit: at_address(unit, talker.address))
    assert person is not None
    sealed = place.house.seal.say(person.person_id, Say("", ((Button("x!", action),),)))
    talker.heard.append(sealed)
    return await talker.press("x!")
