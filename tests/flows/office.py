"""An office full of officers, and a case at the stage a test begins with."""

from __future__ import annotations

from datetime import timedelta

from bot.officers_admin import invite
from tests.flows.household import COMMUNE, ENTRY, household, ready
from tests.flows.talk import Talker, Town

OTHER = "18628"  # another commune


async def appointed(
    here: Town, name: str, role: str = "commune", communes: tuple[str, ...] = (COMMUNE,)
) -> Talker:
    """Somebody who opened an invitation; `name` is also what others read."""
    made = await invite(
        here.db, here.house.content, role, communes if role == "commune" else (), name
    )
    talker = here.person(f"officer-{name}")
    await talker.say(f"/start {made.code}")
    return talker


async def handed_in(here: Town, name: str = "lan") -> Talker:
    """A household whose dossier has just reached the commune."""
    lan = await household(here, name)
    await ready(here, lan)
    await lan.press("Xem lại và nộp")
    await lan.press("Gửi hồ sơ")
    return lan


async def due(here: Town, after: timedelta = timedelta(0)) -> None:
    """Let time pass and do what is due, until nothing is."""
    here.clock.move(after)
    for _ in range(12):
        if not await here.jobs.drain():
            return


async def dossier(here: Town) -> dict[str, object]:
    return (await here.rows("SELECT * FROM dossier ORDER BY id"))[0]


async def accepts_all(here: Town, officer: Talker) -> None:
    """Every paper looked at and found good."""
    await officer.press("Xem mục tiếp theo")
    for _ in range(len(ENTRY) + 3):
        if "✓ Đạt" not in officer.labels:
            return
        await officer.press("✓ Đạt")


async def assesses(here: Town, officer: Talker) -> None:
    """The four contents, each with the best verdict."""
    await officer.press("Đánh giá 4 nội dung")
    for _ in range(4):
        await officer.press("Đạt")


async def passed_on(here: Town, officer: Talker) -> None:
    """Claimed, checked, assessed, and at the province."""
    await officer.letters()
    await officer.press("Nhận xử lý")
    await accepts_all(here, officer)
    await assesses(here, officer)
    await officer.press("Chuyển lên tỉnh")
    await due(here)
