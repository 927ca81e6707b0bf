"""The officers' bot beside the households': two tokens, two libraries, one assistant."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot import clock
from bot.officers_admin import invite
from conversations.letters import Line, Note
from models import jobs, people
from models.database import Unit
from models.messages import Address, Channel
from tests.telegram.conftest import HOUSEHOLD, OFFICER, Running, running, soon, telegram


@pytest.fixture(params=["polling", "webhook"])
async def office(tmp_path: Path, request: Any) -> AsyncIterator[Running]:
    hook = request.param == "webhook"
    async with (
        telegram(HOUSEHOLD, OFFICER) as api,
        running(tmp_path, api, hook=hook, officer=OFFICER) as started,
    ):
        yield started


async def code(office: Running) -> str:
    made = await invite(office.db, office.assistant.house.content, "province", [], "Chị Hoa")
    return str(made.code)


async def test_an_invited_officer_is_greeted_as_one(office: Running) -> None:
    hoa = office.phone(9001, OFFICER)
    await hoa.says("/start")
    await hoa.says(f"/start {await code(office)}")
    await hoa.says("/queue")
    queue = hoa.last["text"]
    lan = office.phone(9002, OFFICER)
    await lan.says("/start")
    await lan.says("/queue")
    assert lan.last["text"] != queue


async def test_letters_to_an_officer_go_to_the_officers_bot(office: Running) -> None:
    hoa, household = office.phone(9003, OFFICER), office.phone(9003)
    await hoa.says(f"/start {await code(office)}")

    def write(unit: Unit) -> None:
        known = people.at_address(unit, Address(Channel.TELEGRAM_OFFICER, "9003"))
        assert known is not None
        post = office.assistant.house.post(unit, clock.now())
        post.to_person(known.person_id, Note((Line("Có hồ sơ mới"),)))
        post.deliver()

    before = len(hoa.got)
    await office.db.run(write)
    await soon(lambda: len(hoa.got) > before)
    assert "Có hồ sơ mới" in hoa.last["text"]
    assert household.got is hoa.got  # one person, one chat id: told once, by the officers' bot
    sends = [c for c in office.api.bots[HOUSEHOLD].calls if c.method == "sendMessage"]
    assert not sends


async def test_presses_are_answered_on_the_officers_bot(office: Running) -> None:
    hoa = office.phone(9004, OFFICER)
    await hoa.says("/menu")
    await hoa.presses("English")
    await soon(lambda: len(office.api.bots[OFFICER].answered) == 1)


async def test_what_is_due_is_done_at_the_job_queues_beat(office: Running) -> None:
    assert office.assistant.jobs.poll > 1  # our own clock is slow: the beat is the JobQueue's
    now = clock.now()
    put = await office.db.run(lambda unit: jobs.put(unit, "hear", {"inbound": 0}, now, now))

    async def done() -> bool:
        query = jobs.JOB.select().where(jobs.JOB.c.id == put, jobs.JOB.c.status == "done")
        return bool(await office.db.read(lambda unit: unit.core.execute(query).first()))

    async with asyncio.timeout(3):
        while not await done():  # noqa: ASYNC110
            await asyncio.sleep(0.03)
