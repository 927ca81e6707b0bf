"""Another province, as docs/adding-a-province.md walks: skeleton, checks, a commune, people."""

from __future__ import annotations

import re
from functools import cache, partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import build
from bot.new_province import BadCode, make, unfilled
from bot.officers_admin import invite
from conversations.policy import Answerer
from conversations.policy.matter import Matter
from conversations.policy.understand import Dictionary, plain
from models.content import content_root, load, validate
from tests.flows.household import ready
from tests.flows.talk import Talker, Town, town

CODE = "thu-nghiem"
UPLAND, SEASIDE = "99901", "99902"
COMMUNES = f"""\
source: "Bịa ra để thử"
effective_from: "2025-07-01"
confidence: "high: made up"
units:
- code: "{UPLAND}"
  kind: "xã"
  name: {{vi: "Đồi Thử", en: "Đồi Thử commune"}}
  old_area: ["huyện Ví Dụ"]
  merged_from:
  - {{name: "Suối Thử", kind: "xã", district: "huyện Ví Dụ"}}
  confidence: {{name: "high"}}
- code: "{SEASIDE}"
  kind: "phường"
  name: {{vi: "Biển Thử", en: "Biển Thử ward"}}
  old_area: []
  merged_from: []
  confidence: {{name: "high"}}
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder outside the program, as the settings name it."""
    folder = tmp_path / "provinces"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)  # no .env of a developer's
    monkeypatch.setenv("CONTENT_FOLDER", str(folder))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    return folder


def ran(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(build(), list(arguments))
    return done.exit_code, done.output


def filled(own: Path) -> Path:
    """What a person writes into the skeleton to begin with: the name and two communes."""
    folder = make(CODE, own)
    about = folder / "province.yaml"
    lines = [line.partition("  # CẦN ĐIỀN")[0] for line in about.read_text("utf-8").splitlines()]
    text = "\n".join(lines).replace("Tỉnh cần điền", "Thử Nghiệm")
    about.write_text(text.replace("Province to fill in", "Thử Nghiệm"), encoding="utf-8")
    (folder / "communes.yaml").write_text(COMMUNES, encoding="utf-8")
    return folder


@cache
def answers(own: Path) -> Answerer:
    return Answerer(content_root(own), CODE)


# -- the skeleton --------------------------------------------------------------------------------
def test_the_skeleton_passes_every_check_at_once(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROVINCE", "ha-tinh")
    code, said = ran("new-province", CODE)
    assert code == 0 and f"PROVINCE={CODE}" in said and f"CONTENT_FOLDER={own}" in said
    monkeypatch.setenv("PROVINCE", CODE)
    code, said = ran("check")
    assert code == 0 and "content: good" in said and "answers: good" in said
    assert "still to fill in" in said and "communes.yaml:5" in said
    assert ran("ask", "OCOP là gì?")[1].count("Nguồn:") == 1


def test_what_is_filled_in_is_no_longer_asked_for(own: Path) -> None:
    before = set(unfilled(make("khac", own)))
    after = set(unfilled(filled(own)))
    assert not {one for one in after if one.startswith(("province.yaml", "communes.yaml"))}
    assert after < before
    assert not list(unfilled(content_root().joinpath("ha-tinh")))


@pytest.mark.parametrize("code", ["", "Vung Mau", "../thu", "national", "-a", "a" * 41, "tỉnh"])
def test_a_bad_code_makes_nothing(own: Path, code: str) -> None:
    with pytest.raises(BadCode):
        make(code, own)
    assert not list(own.iterdir())


def test_a_bad_code_is_one_sentence(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVINCE", "ha-tinh")
    code, said = ran("new-province", "Vung Mau")
    assert code == 2 and "không dùng được" in said and "vung-mau" in said


def test_a_folder_that_is_there_is_left_alone(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVINCE", "ha-tinh")
    (filled(own) / "mine.txt").write_text("kept", encoding="utf-8")
    before = {path: path.read_bytes() for path in own.rglob("*") if path.is_file()}
    code, said = ran("new-province", CODE)
    assert code == 2 and "không ghi đè" in said
    assert {path: path.read_bytes() for path in own.rglob("*") if path.is_file()} == before


def test_slips_are_told_with_file_and_line(own: Path) -> None:
    folder = filled(own)
    text = (folder / "communes.yaml").read_text(encoding="utf-8")
    (folder / "communes.yaml").write_text(text.replace(SEASIDE, UPLAND), encoding="utf-8")
    (folder / "policy" / "gaps.yaml").write_text("[]", encoding="utf-8")
    told = [str(one) for one in validate(content_root(own))]
    assert any(f"{CODE}/communes.yaml:12: " in one and "used twice" in one for one in told)
    assert any("there is no passage 'lien_he'" in one for one in told)


# -- people ----------------------------------------------------------------------------------------
#: What a household types, from the first word to an open dossier; the commune by its former name.
TYPED = (
    "đăng ký", "đồng ý", "cho toi", "ho kinh doanh", "roi", "Hộ Nguyễn Văn Thử", "Nguyễn Văn Thử",
    "chủ hộ", "0912 345 678", "suoi thu", "thôn 3", "28A8001234", "12/3/2023", "bỏ qua", "đúng rồi",
    "mật ong đồi", "mật ong", "nhà nuôi", "lần đầu", "3 sao", "ok",
)  # fmt: skip


async def officer_of(here: Town, name: str, commune: str) -> Talker:
    made = await invite(here.db, here.house.content, "commune", (commune,), name)
    talker = here.person(name)
    await talker.say(f"/start {made.code}")
    return talker


async def test_a_household_registers_there_and_its_officer_alone_sees_it(
    own: Path, tmp_path: Path
) -> None:
    filled(own)
    content = load(CODE, own)
    async with town(tmp_path, content=content, answers=partial(answers, own)) as here:
        minh = await officer_of(here, "minh", UPLAND)
        binh = await officer_of(here, "binh", SEASIDE)
        lan = here.person("lan")
        assert "Thử Nghiệm" in await lan.say("/start")
        heard = [await lan.say(words) for words in TYPED]
        assert any("Xã, phường: Xã Đồi Thử" in said for said in heard), lan.seen()
        assert "Đã mở hồ sơ cho mật ong đồi" in heard[-1]
        await ready(here, lan)
        await lan.press("Xem lại và nộp")
        await lan.press("Gửi hồ sơ")
        assert "mật ong đồi" in await minh.letters()
        assert "mật ong đồi" in await minh.say("/queue")
        assert "mật ong đồi" not in await binh.say("/queue")


def test_the_countrys_shorthand_is_understood_there_and_its_own_dialect_added(own: Path) -> None:
    folder = filled(own)
    words = Dictionary(load(CODE, own).lexicon)
    assert plain("ko bít giấy vsattp đăng kí ntn", words) == plain(
        "không biết giấy an toàn thực phẩm đăng ký như thế nào"
    )
    assert "z" not in plain("làm zị z", words) and "chu" in plain("chừ", words)
    lexicon = folder / "lexicon.yaml"
    text = lexicon.read_text(encoding="utf-8")
    own_word = 'dialect:\n- {word: "chừ", means: ["bây giờ"], keep_in: [], bare: "ok"}'
    lexicon.write_text(re.sub(r"dialect: \[\].*", own_word, text), encoding="utf-8")
    assert not validate(content_root(own))
    added = Dictionary(Matter(content_root(own), CODE).lexicon)
    assert plain("chừ ko bít", added) == plain("bây giờ không biết")


async def test_questions_are_answered_there_without_anything_learned(
    own: Path, tmp_path: Path
) -> None:
    folder = filled(own)
    assert not list(folder.rglob("*.npz"))
    content = load(CODE, own)
    async with town(tmp_path, content=content, answers=partial(answers, own)) as here:
        lan = here.person("lan")
        await lan.say("/start")
        assert "Nguồn: Quyết định 26/2026" in await lan.say("Hồ sơ OCOP gồm những gì?")
        assert "Nguồn: Quyết định 26/2026" in await lan.say("hs ocop gom nhung j v ad")
        assert "không dám đưa số" in await lan.say("Số điện thoại Sở Nông nghiệp là bao nhiêu?")
        for asked in ("Sản phẩm 3 sao được thưởng bao nhiêu?", "Mua máy 100 triệu có hỗ trợ 50%?"):
            assert "triệu đồng" not in await lan.say(asked), lan.seen()
