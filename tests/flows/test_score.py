"""A household scores its own product: every sheet, resumable, both tests, what is missing."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.documents.forms import ScoreRow
from bot.records import SqlRecords
from bot.work.form_fields import fields
from bot.work.score_picture import missing
from conversations import scoring
from conversations.score_text import gain, question, simulated
from conversations.scoring import Sitting, raised, valid
from locales import gettext
from models.content import Item, Option, load
from models.database import Unit
from models.tables import Dossier
from tests import databases
from tests.flows.household import household, officer, pressed, ready
from tests.flows.talk import Talker, Town, town

HONEY = 4
EASE = ("tự làm được", "đi làm giấy", "cần vài tháng")


def most(item: Item) -> int:
    return max(option.points for option in item.ladder(item.cases[0].id + ":" if item.cases else 0))


async def answer_all(here: Town, lan: Talker, points: dict[str, int] | None = None) -> str:
    """Every question answered with its most points, or those given."""
    said = ""
    for item in load().score_sheet(HONEY).items:
        wanted = (points or {}).get(item.id, most(item))
        said = await pressed(here, lan, f"score:a=1.{item.id}.{wanted}")
    return said


def middling(item: Item) -> Option:
    """An answer that is neither the least nor the most, where there is one."""
    ladder = item.ladder(_case(item))
    return ladder[(len(ladder) - 1) // 2]


async def tried(here: Town, number: int) -> tuple[Talker, str]:
    """Somebody without a product, at the first question of that sheet."""
    hoa = here.person("hoa")
    await hoa.say("/start")
    await hoa.press_data(here.house.seal.seal(1, "go:score"))
    await hoa.press("Tôi đồng ý")
    return hoa, await pressed(here, hoa, f"score:set={number}")


async def answered(hoa: Talker, item: Item, option: Option) -> str:
    """The buttons of one question pressed as they are labelled."""
    if item.cases:
        await hoa.press(item.cases[0].name("vi"))
    return await hoa.press(f"{option.short('vi')} · {option.points}đ")


@pytest.mark.parametrize("number", sorted(load().sets))
async def test_every_sheet_is_answered_to_its_end_and_tells_what_is_missing(
    tmp_path: Path, number: int
) -> None:
    sheet = load().score_sheet(number)
    async with town(tmp_path) as here:
        hoa, said = await tried(here, number)
        for item in sheet.items:
            assert f"*{item.number}. {item.title('vi')}*" in said
            said = await answered(hoa, item, middling(item))
        total = sum(middling(item).points for item in sheet.items)
        assert f"{total}/100 điểm" in said and "câu)" not in said and "Tính cả hai:" in said
        said = await hoa.press("Còn thiếu gì cho")
        told = [line for line in said.splitlines() if line.startswith("• ")]
        ease = [next(n for n, words in enumerate(EASE) if line.endswith(words)) for line in told]
        must = len(told) - said.partition("dễ trước khó sau")[2].count("\n• ")
        assert told and ease[:must] == sorted(ease[:must]) and ease[must:] == sorted(ease[must:])
        label = next(b for b in hoa.labels if b.startswith("+"))
        gained = int(label.rpartition("(+")[2].rstrip(")"))
        said = await hoa.press(label)
        assert f"{total} → {total + gained} điểm" in said and "Mức tối thiểu ★ của" in said


@pytest.mark.parametrize("number", [4, 26])
async def test_the_most_of_every_question_is_five_stars(tmp_path: Path, number: int) -> None:
    sheet = load().score_sheet(number)
    async with town(tmp_path) as here:
        hoa, said = await tried(here, number)
        for item in sheet.items:
            said = await answered(hoa, item, item.ladder(_case(item))[-1])
        assert "100/100 điểm" in said and "Tính cả hai: 5 sao" in said
        assert not [b for b in hoa.labels if b.startswith("Còn thiếu")]


def _case(item: Item) -> str | None:
    return f"{item.cases[0].id}:" if item.cases else None


async def test_it_goes_on_where_it_stopped_on_any_channel(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        assert "câu 1/" in await lan.press_data(here.house.seal.seal(1, "go:score"))
        said = await lan.say("3")
        assert "câu 2/" in said and "Vùng nguyên liệu" in said
        await lan.say("menu")
        assert "câu 2/" in await pressed(here, lan, "go:score")
        rows = await here.rows("SELECT answers FROM self_assessment")
        assert len(rows) == 1 and '"nguon_goc"' in databases.text_of(rows[0]["answers"])


async def test_put_off_it_comes_last(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await pressed(here, lan, "go:score")
        assert "câu 2/" in await lan.press("Để sau")
        assert "câu 3/" in await lan.say("1")


async def test_both_tests_count_points_alone_do_not(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        said = await answer_all(here, lan, {"bao_bi": 1})
        assert "Theo điểm: 5 sao" in said and "chưa đạt 3 sao" in said
        assert "còn thiếu" in said
        said = await lan.press("Còn thiếu gì cho 3 sao")
        assert "Phải có (mức tối thiểu ★)" in said


async def test_trying_shows_what_it_would_give(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await answer_all(here, lan, {"bao_bi": 1})
        before = sum(most(i) for i in load().score_sheet(HONEY).items if i.id != "bao_bi") + 1
        await lan.press("Còn thiếu gì")
        label = next(b for b in lan.labels if b.startswith("+"))
        said = await lan.press(label)
        assert "Nếu thêm" in said and f"{before} → {before + 1} điểm" in said
        assert any(b.startswith("✓") for b in lan.labels)
        assert (await here.rows("SELECT answers FROM self_assessment"))[0]
        undone = await lan.press("✓")
        assert "Nếu thêm" not in undone


class Reader:
    """A Vietnamese reader, as texts see one."""

    lang = "vi"
    content = load()

    def t(self, msgid: str, /, **more: object) -> str:
        return gettext("vi", msgid, **more)


@pytest.mark.parametrize("number", sorted(load().sets))
def test_every_sheet_can_be_asked_and_advised(number: int) -> None:
    sheet, here = load().score_sheet(number), Reader()
    for item in sheet.items:
        case = item.cases[0].id if item.cases else ""
        say = question(here, Sitting(number, sheet, {}), item, case)  # type: ignore[arg-type]
        assert item.title("vi") in say.text
        for option in say.buttons[: len(item.ladder(f"{case}:"))]:
            value = option.action.rpartition(".")[2]
            assert len(option.action) <= 48 and valid(sheet, item.id, value) is not None
    lowest = {i.id: raised(Sitting(number, sheet, {}), i, i.ladder()[0]) for i in sheet.items}
    say = gain(here, Sitting(number, sheet, lowest))  # type: ignore[arg-type]
    assert "*Để lên" in say.text and any(b.label.startswith("+") for b in say.buttons)


def test_the_sentence_of_a_trial_names_both_tests() -> None:
    sheet = load().score_sheet(HONEY)
    answers = {item.id: most(item) for item in sheet.items} | {"bao_bi": 1}

    sitting = Sitting(HONEY, sheet, answers)
    said = simulated(Reader(), sitting, ("bao_bi",))  # type: ignore[arg-type]
    assert "→" in said and "Mức tối thiểu ★" in said


def test_advice_comes_minimums_first_then_by_ease() -> None:
    content = load()
    sitting = Sitting(HONEY, content.score_sheet(HONEY), {})
    known = scoring.advice(content, sitting)
    ease = ["self", "office", "months"]
    keys = [(not one.must, ease.index(one.effort)) for one in known]
    assert keys == sorted(keys) and known[0].must


def test_only_options_of_the_sheet_are_answers() -> None:
    sheet = load().score_sheet(HONEY)
    assert valid(sheet, "nguon_goc", "3") == 3
    assert valid(sheet, "nguon_goc", "9") is None and valid(sheet, "khong_co", "1") is None
    assert valid(sheet, "nguon_goc", "a:3") is None and valid(sheet, "nguon_goc", "x") is None
    travel = next(n for n in load().sets if any(i.cases for i in load().score_sheet(n).items))
    item = next(i for i in load().score_sheet(travel).items if i.cases)
    option = item.cases[1].options[-1]
    value = f"{item.cases[1].id}:{option.points}"
    assert valid(load().score_sheet(travel), item.id, value) == value
    sitting = Sitting(travel, load().score_sheet(travel), {item.id: value})
    assert raised(sitting, item, option) == value


async def test_nobody_answers_for_somebody_else(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await household(here)
        hoa = await household(here, "hoa", product="Mật ong Hoa")
        await hoa.press_data(here.house.seal.seal(2, "score:a=1.nguon_goc.3"))
        await hoa.press_data(here.house.seal.seal(2, "score:image=1"))
        assert await here.rows("SELECT id FROM self_assessment") == []
        assert await here.rows("SELECT id FROM job WHERE kind = 'score_picture'") == []


async def test_the_result_comes_as_a_picture(tmp_path: Path) -> None:
    from PIL import Image

    async with town(tmp_path) as here:
        lan = await household(here)
        await answer_all(here, lan)
        await lan.press("Gửi ảnh kết quả")
        here.clock.move(timedelta(seconds=1))
        await here.jobs.drain()
        assert "Kết quả tự chấm" in await lan.letters()
        (file,) = lan.heard[-1].files
        with Image.open(io.BytesIO(here.files.get(file.key))) as drawn:
            assert drawn.size == (720, 960) and drawn.format == "PNG"


@pytest.mark.parametrize("number", sorted(load().sets))
def test_the_picture_says_how_many_points_are_short(number: int) -> None:
    """All its lines fit, and minimums come before points."""
    content = load()
    sheet = content.score_sheet(number)
    given = {i.id: raised(Sitting(number, sheet, {}), i, middling(i)) for i in sheet.items}
    sitting = Sitting(number, sheet, given)
    wanted, told = sitting.ranking.next, missing(content, sitting, "vi")
    assert wanted is not None and 2 <= len(told) <= 7
    assert (f"cho {wanted.rank} sao" in told[0]) and told[1].startswith("• ")
    if wanted.points_short_after:
        assert any(f"còn thiếu {wanted.points_short_after} điểm" in one.lower() for one in told)


async def test_part_three_of_the_form_is_filled_from_it(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await household(here)
        await pressed(here, lan, "score:a=1.nguon_goc.2")
        await pressed(here, lan, "score:a=1.bao_bi.2")

        def filled(unit: Unit) -> dict[str, object]:
            case = SqlRecords(unit, clock.now()).dossier_view(unit.get_one(Dossier, 1), mine=False)
            return fields("mau_02", here.house.content, case, clock.today())

        form = await here.db.read(filled)
        rows: list[ScoreRow] = form["rows"]  # type: ignore[assignment]
        scored = [(row.number, row.score) for row in rows if row.score is not None]
        assert scored == [("1.1", 2), ("2.2", 2)]
        texts = {row.number: row.text for row in rows}
        assert texts["1.1"] == "Nguồn gốc sản phẩm: 50% đến dưới 75% nuôi, trồng tại xã"
        assert texts["1.2"] == "Vùng nguyên liệu được chứng nhận"
        assert form["score_total"] == "", "half a sum misleads"


async def test_part_three_adds_up_once_everything_is_answered(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await household(here)
        content = here.house.content

        def filled(unit: Unit) -> tuple[dict[str, object], int]:
            case = SqlRecords(unit, clock.now()).dossier_view(unit.get_one(Dossier, 1), mine=False)
            number = case.product.set_number
            sheet = content.score_sheet(number)
            given = {i.id: raised(Sitting(number, sheet, {}), i, middling(i)) for i in sheet.items}
            case = replace(case, scores=given)
            return fields("mau_02", content, case, clock.today()), sheet.total(given)

        form, total = await here.db.read(filled)
        rows: list[ScoreRow] = form["rows"]  # type: ignore[assignment]
        assert all(row.score is not None for row in rows)
        parts = [row.score or 0 for row in rows if row.number in ("A", "B", "C")]
        assert form["score_total"] == str(total) == str(sum(parts))
        inner = [row.score or 0 for row in rows if row.number in ("1", "2", "3")]
        assert parts[0] == sum(inner), "groups add up to their part"


async def test_the_officer_sees_it_beside_the_evidence(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, lan = await officer(here), await household(here)
        await pressed(here, lan, "score:a=1.nguon_goc.2")
        await ready(here, lan)
        await lan.press("Xem lại và nộp")
        await lan.press("Gửi hồ sơ")
        await minh.letters()
        assert "Chủ thể tự chấm: 2/100 điểm" in await minh.press("Nhận xử lý")
        card = await pressed(here, minh, "case:item=1.nguon_goc_nguyen_lieu")
        assert "Tự chấm 1.1 Nguồn gốc sản phẩm: 2/3 điểm" in card
