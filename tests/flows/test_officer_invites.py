"""Becoming an officer and ceasing to be one; the demo's links."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot import demo
from bot.officers_admin import NotPossible, invite, move, revoke
from bot.settings import Settings
from models import officers
from models.codes import SECRET, new_code
from tests.flows.household import COMMUNE, household, ready
from tests.flows.office import OTHER, appointed, dossier, due, handed_in
from tests.flows.talk import Talker, Town, town


async def test_an_invitation_makes_an_officer_once(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        made = await invite(here.db, here.house.content, "commune", [COMMUNE], "Trần Minh")
        minh, thief = here.person("minh"), here.person("thief")
        told = await minh.say(f"/start {made.code}")
        assert "Đã nhận anh/chị là cán bộ" in told and "Không có hồ sơ nào chờ" in told
        assert "không còn dùng được" in await thief.say(f"/start {made.code}")
        known = await here.db.read(officers.listed)
        assert [(o.role, o.name, o.communes) for o in known] == [
            ("commune", "Trần Minh", (COMMUNE,))
        ]
        kept = await here.rows("SELECT code_hash FROM invite")
        assert made.code.replace("-", "") not in str(kept)


async def test_the_code_may_be_typed_any_way(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        made = await invite(here.db, here.house.content, "province", [])
        tam = here.person("tam")
        assert "là cán bộ" in await tam.say(made.code.lower().replace("-", ""))


async def test_an_invitation_ends_by_itself(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        made = await invite(here.db, here.house.content, "province", [], lives=timedelta(days=1))
        here.clock.move(timedelta(days=1, seconds=1))
        assert "không còn dùng được" in await here.person("tam").say(f"/start {made.code}")
        assert await here.db.read(officers.listed) == []


async def test_guessing_comes_to_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        import random

        made = await invite(here.db, here.house.content, "province", [])
        thief = here.person("thief")
        chance = random.Random(1)
        for _ in range(8):
            await thief.say(f"/start {new_code(chance, SECRET)}")
        assert "không còn dùng được" in await thief.say(f"/start {made.code}")
        here.clock.move(timedelta(hours=2))
        assert "là cán bộ" in await thief.say(f"/start {made.code}")


@pytest.mark.parametrize(
    ("role", "communes"),
    [("mayor", []), ("commune", []), ("province", [COMMUNE]), ("commune", ["Không Có"])],
)
async def test_a_wrong_invitation_is_refused(
    tmp_path: Path, role: str, communes: list[str]
) -> None:
    async with town(tmp_path) as here:
        with pytest.raises(NotPossible):
            await invite(here.db, here.house.content, role, communes)
        assert await here.rows("SELECT id FROM invite") == []


async def test_rights_end_at_once_and_cases_go_back(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, hai = await appointed(here, "Minh"), await appointed(here, "Hải")
        lan = await handed_in(here)
        await minh.letters()
        await minh.press("Nhận xử lý")
        await hai.letters(), await lan.letters()
        await revoke(here.db, 1)
        await minh.press("Xem mục tiếp theo")
        assert "Mật ong" not in minh.heard[-1].text
        await due(here)
        assert "không còn là cán bộ" in await minh.letters()
        assert "Hồ sơ mới" in await hai.letters() and "chờ cán bộ khác" in await lan.letters()
        assert (await dossier(here))["officer_id"] is None
        with pytest.raises(NotPossible):
            await revoke(here.db, 1)


async def test_moved_to_another_commune_the_old_cases_stay_behind(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        await handed_in(here)
        await minh.letters()
        await minh.press("Nhận xử lý")
        await move(here.db, here.house.content, 1, "commune", [OTHER])
        await due(here)
        assert (await dossier(here))["officer_id"] is None
        assert "Không có hồ sơ nào chờ" in await minh.say("/queue")


# -- the demo ------------------------------------------------------------------------------------
def links(lines: list[str]) -> list[str]:
    """The codes of the printed links: household, commune, province."""
    return re.findall(r"\?(?:p|invite)=([2-9A-Z]{5}-[2-9A-Z]{5})", "\n".join(lines))


async def shown(here: Town, **changed: object) -> list[str]:
    settings = Settings(_env_file=None, **changed)  # type: ignore[arg-type]
    return await demo.welcome(here.db, here.house.content, settings)


async def tour(here: Town) -> tuple[Talker, Talker, Talker]:
    """The three tabs of a newcomer."""
    lan, minh, tam = here.person("tab-1"), here.person("tab-2"), here.person("tab-3")
    for talker, code in zip((lan, minh, tam), links(await shown(here)), strict=True):
        await talker.say(f"/start {code}")
    return lan, minh, tam


async def test_a_first_start_prints_links_until_somebody_is_an_officer(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        first = await shown(here, public_url="https://ocop.example.vn")
        assert len(links(first)) == 3 and "https://ocop.example.vn/?p=" in first[1]
        second = links(await shown(here))
        assert "không còn dùng được" in await here.person("late").say(f"/start {links(first)[1]}")
        assert "dùng thử" in await here.person("lan").say(f"/start {second[0]}")
        assert "là cán bộ" in await here.person("minh").say(f"/start {second[1]}")
        assert await shown(here) == []


async def test_without_demo_nothing_is_printed(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        assert await shown(here, demo=False) == []
        assert await here.rows("SELECT id FROM invite") == []


async def test_demo_data_goes_with_one_command_and_real_data_stays(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        _, minh, _ = await tour(here)
        trial = await household(here, "tab-1")
        await ready(here, trial)
        await trial.press("Xem lại và nộp")
        await trial.press("Gửi hồ sơ")
        await minh.letters()
        await minh.press("Nhận xử lý")
        await handed_in(here, "real")
        await minh.letters()
        await minh.press("Nhận xử lý")
        assert len(await here.rows("SELECT id FROM dossier")) == 2
        gone = await demo.remove(here.db)
        assert (gone.dossiers, gone.officers) == (1, 2)
        await due(here)
        (left,) = await here.rows("SELECT demo, officer_id, state FROM dossier")
        assert (left["demo"], left["officer_id"], left["state"]) == (0, None, "submitted")
        assert await here.rows("SELECT id FROM producer WHERE demo") == []
        assert "Mật ong" not in await minh.say("/queue")
        real = await here.person("real").say("/status")
        assert "Mật ong Cường" in real
