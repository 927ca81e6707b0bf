"""What works in every step of the forms about people: back, edit, cancel, help, another language,
an officer after two misunderstandings. Bad input: test_bad_input.py."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conversations.contact_steps import TheirPhone
from conversations.producer import STEPS as PRODUCER
from conversations.product import STEPS as PRODUCT
from conversations.steps import Review
from tests.flows.talk import Talker, town
from tests.flows.test_people import HOUSEHOLD, agree, answer

PRODUCT_SAID = ("Mật ong An", "1", "nhà tự nuôi", "lần đầu", "3 sao")
HELPING = ("giúp người khác", "người nhà", "htx", "HTX Hoa Sen", "An", "bỏ qua", "0987654321",
           "Thạch Lạc", "bỏ qua", "bỏ qua", "bỏ qua")  # fmt: skip
PLACES = [("me", n) for n in range(len(HOUSEHOLD) + 1)]
PLACES += [("others", n) for n in range(len(HELPING) + 1)]
PLACES += [("product", n) for n in range(len(PRODUCT_SAID) + 1)]


async def reach(lan: Talker, form: str, step: int) -> str:
    """The person in front of the `step`-th question of a form."""
    said = await agree(lan)
    if form == "product":
        await answer(lan, *HOUSEHOLD)
        said = await lan.press("Đúng rồi")
    path = {"me": HOUSEHOLD, "others": HELPING, "product": PRODUCT_SAID}[form][:step]
    return await answer(lan, *path) if path else said


def question(said: str) -> str:
    """What is being asked: the bold line, or the review's head."""
    return str(re.findall(r"^\*([^*]+)\*$", said, re.MULTILINE)[-1])


@pytest.mark.parametrize(("form", "step"), PLACES)
async def test_help_language_menu_and_going_on_in_every_step(
    tmp_path: Path, form: str, step: int
) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        asked = question(await reach(lan, form, step))
        helped = await lan.say("trợ giúp")
        assert question(helped) == asked and "OTP" in helped
        english = await lan.say("tiếng Anh")
        assert question(english) != asked and not vietnamese(question(english))
        assert question(await lan.say("tiếng Việt")) == asked
        said = await lan.say("menu")
        if form == "product" or step > 0:  # nothing was said yet: nothing to go on with
            assert "Đang làm dở" in said
            assert question(await lan.say("tiếp")) == asked
            assert "Đã dừng lại" in await lan.say("huỷ")
        assert "Đang làm dở" not in await lan.say("menu")


def vietnamese(text: str) -> bool:
    return re.search(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", text) is not None


@pytest.mark.parametrize(("form", "step"), [p for p in PLACES if p[1] > 0])
async def test_back_asks_the_earlier_question_and_loses_nothing(
    tmp_path: Path, form: str, step: int
) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        earlier = question(await reach(lan, form, step - 1))
        said_there = {"me": HOUSEHOLD, "others": HELPING, "product": PRODUCT_SAID}[form][step - 1]
        asked = question(await lan.say(said_there))
        said = await lan.say("quay lại")
        assert question(said) == earlier
        assert question(await lan.say(said_there)) == asked


@pytest.mark.parametrize(("form", "step"), [("me", 1), ("me", 6), ("me", 7), ("others", 6),
                                            ("product", 1), ("product", 3)])  # fmt: skip
async def test_two_misunderstandings_offer_an_officer(tmp_path: Path, form: str, step: int) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await reach(lan, form, step)
        first = await lan.say("zzzqqq")
        assert "Gặp cán bộ" not in lan.labels, first
        await lan.say("qqqzzz")
        assert "Gặp cán bộ" in lan.labels


async def test_any_line_of_the_review_is_mended_by_its_number(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        said = await reach(lan, "me", len(HOUSEHOLD))
        lines = re.findall(r"^(\d+)\. ([^:]+): (.+)$", said, re.MULTILINE)
        assert len(lines) == len(HOUSEHOLD)
        for number, _, told in lines:
            said = await lan.say(f"sửa {number}")
            if told != "–":
                assert f"Đang ghi: {told}" in said
            said = await lan.say(HOUSEHOLD[int(number) - 1])
            assert "Bà con xem lại" in said


async def test_a_helper_is_never_asked_for_its_own_phone(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        said = await reach(lan, "others", 6)
        assert "chính chủ cơ sở" in said
        assert not any(b.ask_phone for b in lan.heard[-1].buttons)


async def test_a_question_in_a_text_step_is_not_recorded(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        lan = place.person("lan")
        await reach(lan, "me", 3)
        await lan.say("đăng ký xong thì bao lâu có kết quả?")
        (row,) = await place.rows("SELECT CAST(state AS TEXT) AS state FROM talk")
        assert "bao lâu" not in str(row["state"]).partition('"question"')[0]


def test_every_step_has_a_name_in_the_review() -> None:
    for step in (*PRODUCER, *PRODUCT):
        assert step.label or isinstance(step, Review), step.key


def test_phones_of_others_are_asked_without_the_contact_button() -> None:
    assert any(isinstance(step, TheirPhone) for step in PRODUCER)
