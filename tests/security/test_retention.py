"""What is kept only so long goes by itself; requests about one's data are watched."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.jobs import HANDLERS, Due
from bot.work import retention
from models.content import load
from tests.flows.household import household, officer, photo
from tests.flows.office import appointed, handed_in
from tests.flows.talk import Town, town
from tests.flows.test_officer_questions import passed

DAYS = {kind.id: kind.days for kind in load().privacy.retention if kind.days}


def test_what_the_content_promises_is_done_and_nothing_else() -> None:
    assert set(DAYS) == set(retention.FORGET)


async def goes(here: Town) -> None:
    """The daily job, now."""
    due = Due(0, "apply retention", {}, 1, None, here.clock.at)
    await HANDLERS["apply retention"](here.jobs.works, due)


async def count(here: Town, *tables: str) -> list[object]:
    return [(await here.rows(f"SELECT count(*) AS n FROM {table}"))[0]["n"] for table in tables]


async def test_messages_go_and_the_dossier_stays(
    tmp_path: Path, on_both: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "MOST", 3)  # many small parts
    async with town(tmp_path) as here:
        lan = await handed_in(here)
        kept = await count(here, "dossier", "page", "history_entry", "consent_entry")
        here.clock.move(timedelta(days=DAYS["messages"] - 1))
        before = await count(here, "inbound", "outbound")
        await goes(here)
        assert await count(here, "inbound", "outbound") == before
        here.clock.move(timedelta(days=1, minutes=1))
        await lan.say("/menu")
        await goes(here)
        assert await count(here, "inbound") == [1], "what was just said stays"
        assert "Mật ong" not in str(await here.rows("SELECT payload FROM inbound"))
        assert await count(here, "dossier", "page", "history_entry", "consent_entry") == kept
        assert await lan.say("/dossier")  # and the talk goes on


async def test_strangers_are_forgotten_and_nobody_else(tmp_path: Path, on_both: None) -> None:
    async with town(tmp_path) as here:
        await household(here, "lan")
        await officer(here)
        far, back = here.person("far"), here.person("back")
        await far.say("mật ong của bác Ba")
        await far.send(photo(here, 3))
        await back.say("chào")
        here.clock.move(timedelta(days=DAYS["strangers"] - 1))
        await back.say("lại chào")
        here.clock.move(timedelta(days=2))
        await goes(here)
        everything = [
            str(await here.rows(f"SELECT * FROM {table}"))
            for table in ("inbound", "outbound", "talk", "address", "job", "ticket")
        ]
        assert not any("bác Ba" in rows or "far" in rows for rows in everything)
        people = await here.rows("SELECT channel, external_id FROM address ORDER BY id")
        assert {row["external_id"] for row in people} == {"lan", "minh", "back"}
        assert await here.rows("SELECT name FROM producer") != []
        assert await far.say("chào")  # welcome again, as somebody new


async def test_who_withdrew_consent_is_no_stranger(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = here.person("lan")
        await lan.say("/register")
        await lan.press("Tôi đồng ý")
        await lan.say("/privacy")
        await lan.press("Rút lại đồng ý")
        await lan.press("Rút lại")
        here.clock.move(timedelta(days=DAYS["strangers"] + 2))
        await goes(here)
        assert len(await here.rows("SELECT * FROM consent_entry")) == 2, "the proof stays"
        assert await count(here, "address") == [1]


async def test_answered_questions_lose_their_words(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        await passed(here)
        await minh.letters()
        await minh.press("Trả lời")
        await minh.say("Không, theo Điều 7.")
        await minh.press("Gửi")
        here.clock.move(timedelta(days=DAYS["questions"] - 1))
        await goes(here)
        assert (await here.rows("SELECT answer FROM ticket"))[0]["answer"]
        here.clock.move(timedelta(days=2))
        await goes(here)
        (row,) = await here.rows("SELECT text, answer, state FROM ticket")
        assert row == {"text": "", "answer": None, "state": "answered"}


# -- requests are watched --------------------------------------------------------------------------
async def days_pass(here: Town, days: int) -> None:
    for _ in range(days):
        here.clock.move(timedelta(days=1))
        await here.db.run(here.jobs.plan)
        for _ in range(4):
            await here.jobs.drain()


async def test_admins_hear_before_the_laws_days_for_an_erasure_end(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        admin = await appointed(here, "An", "admin")
        lan = await handed_in(here)
        await lan.say("/privacy")
        for press in ("Xoá thông tin", "Tôi muốn xoá", "Xoá hẳn"):
            await lan.press(press)
        await days_pass(here, 13)
        assert "xin xoá thông tin" not in await admin.letters()
        await days_pass(here, 4)
        told = await admin.letters()
        (code,) = await here.rows("SELECT code FROM dossier")
        (letter,) = [part for part in told.split("---") if "xin xoá thông tin" in part]
        assert str(code["code"]) in letter and "20 ngày" in letter
        assert "912" not in letter and "Cường" not in letter
        await days_pass(here, 7)
        assert "xin xoá thông tin" in await admin.letters()


async def test_admins_hear_of_a_copy_that_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town(tmp_path) as here:
        admin, lan = await appointed(here, "An", "admin"), await household(here)

        async def broken(*_: object) -> None:
            raise RuntimeError("no")

        monkeypatch.setitem(HANDLERS, "export_data", broken)
        await lan.say("/privacy")
        await lan.press("Tải về")
        await days_pass(here, 3)
        told = await admin.letters()
        assert "bản sao" in told and "10 ngày" in told
