"""Nobody acts on a case that is not theirs: every act of an officer × everyone who may not.

Tried twice: as a button that was really made for that person, and below the talk, as the event
itself, so that rights do not rest on what a card shows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest

from bot import clock
from bot.apply import Env, Stale, apply
from bot.hearing import view
from bot.officers_admin import revoke
from conversations import events as e
from conversations.announcement_desk import VERBS
from conversations.case import ACTS
from conversations.complaint_desk import VERBS as COMPLAINT_VERBS
from models import people
from models.database import Unit
from tests.flows.announcement_scenes import TRAINING, announced, composed, gone_out, sends, wanting
from tests.flows.household import COMMUNE, pressed
from tests.flows.office import OTHER, appointed, due, handed_in, passed_on
from tests.flows.talk import Talker, Town, town

#: What must not move. The audit log may: a look is written down.
TABLES = (
    *("dossier", "evidence_item", "page", "assessment", "certificate", "case_message"),
    *("history_entry", "ticket", "officer", "job"),
    *("announcement", "delivery", "event", "signup", "attendance"),
    *("complaint", "complaint_line"),
)
PAPER, CONTENT = "dang_ky_kinh_doanh", "material"
#: A button of each act with all it could carry.
BUTTONS = {
    "item": f"1.{PAPER}",
    "next": f"1.{PAPER}",
    "files": f"1.{PAPER}",
    "ok": f"1.{PAPER}",
    "back": f"1.{PAPER}",
    "why": f"1.{PAPER}.blurred",
    "other": f"1.{PAPER}",
    "to": "1.2",
    "assess": f"1.{CONTENT}",
    "verdict": f"1.{CONTENT}.met",
    "round": "1.2027-04-30",
}
EVENTS: tuple[e.Event, ...] = (
    e.CaseClaimed(1),
    e.CaseReleased(1),
    e.CaseTransferred(1, 1),
    e.CaseFilesAsked(1, PAPER),
    e.ItemAccepted(1, PAPER),
    e.ItemReturned(1, PAPER, "blurred"),
    e.ContentAssessed(1, CONTENT, "met"),
    e.SupplementAsked(1),
    e.SupplementUndone(1),
    e.FormsAsked(1, ("mau_03",)),
    e.PassedToProvince(1),
    e.PutOnRound(1, "Đợt 1/2027"),
    e.ResultRecorded(1, 80.0, 4, "1/QĐ", date(2026, 11, 25)),
    e.RefusalProposed(1, "lý do"),
    e.CaseRefused(1, "lý do"),
    e.RefusalDropped(1),
    e.CaseMessageSent(1, True, "chào bà con"),
    e.TalkLeft(1),
)
Cast = dict[str, Talker]


async def waiting(here: Town) -> Cast:
    """Handed in, nobody has it: everyone but the commune's own officers."""
    await appointed(here, "Minh")
    cast = {
        "other commune": await appointed(here, "Xa", communes=(OTHER,)),
        "province": await appointed(here, "Tâm", "province"),
        "revoked": await appointed(here, "Cũ"),
        "stranger": here.person("stranger"),
        "household": await handed_in(here),
    }
    await cast["stranger"].say("/start")
    await revoke(here.db, 4)
    await due(here)
    return cast


async def at_the_commune(here: Town) -> Cast:
    """Claimed by Minh of the commune; who else there is."""
    minh = await appointed(here, "Minh")
    cast = {
        "colleague": await appointed(here, "Hải"),
        "other commune": await appointed(here, "Xa", communes=(OTHER,)),
        "province": await appointed(here, "Tâm", "province"),
        "revoked": await appointed(here, "Cũ"),
        "stranger": here.person("stranger"),
        "household": await handed_in(here),
    }
    await cast["stranger"].say("/start")
    await revoke(here.db, 5)
    await minh.letters()
    await minh.press("Nhận xử lý")
    await due(here)
    return cast


async def at_the_province(here: Town) -> Cast:
    """Received by Tâm of the province; who else there is."""
    minh = await appointed(here, "Minh")
    tam = await appointed(here, "Tâm", "province")
    cast = {
        "colleague": await appointed(here, "Hoa", "province"),
        "commune": minh,
        "other commune": await appointed(here, "Xa", communes=(OTHER,)),
        "revoked": await appointed(here, "Cũ", "province"),
        "stranger": here.person("stranger"),
        "household": await handed_in(here),
    }
    await cast["stranger"].say("/start")
    await revoke(here.db, 5)
    await passed_on(here, minh)
    await tam.letters()
    await tam.press("Nhận xử lý")
    await due(here)
    return cast


STAGES: dict[str, Callable[[Town], Awaitable[Cast]]] = {
    "waiting": waiting,
    "commune": at_the_commune,
    "province": at_the_province,
}


async def everything(here: Town) -> dict[str, list[dict[str, object]]]:
    return {table: await here.rows(f"SELECT * FROM {table} ORDER BY id") for table in TABLES}


@pytest.mark.parametrize("stage", STAGES)
async def test_no_button_of_an_officer_works_for_anybody_else(tmp_path: Path, stage: str) -> None:
    async with town(tmp_path) as here:
        cast = await STAGES[stage](here)
        before = await everything(here)
        for who, talker in cast.items():
            for verb in ACTS:
                said = await pressed(here, talker, f"case:{verb}={BUTTONS.get(verb, '1')}")
                assert said, (who, verb)  # always answered
                if who != "household":
                    assert "0912" not in said, (who, verb)
                await talker.say("x y z")  # whatever it waits for, words do nothing either
                assert await everything(here) == before, (who, verb)


@pytest.mark.parametrize("stage", STAGES)
async def test_no_event_of_an_officer_is_applied_for_anybody_else(
    tmp_path: Path, stage: str
) -> None:
    async with town(tmp_path) as here:
        cast = await STAGES[stage](here)
        before = await everything(here)
        for who, talker in cast.items():
            for event in EVENTS:
                with pytest.raises(Stale):
                    await here.db.run(applied(here, talker, event))
                assert await everything(here) == before, (who, event)


def applied(here: Town, talker: Talker, event: e.Event) -> Callable[[Unit], None]:
    """The event as if this person's turn had given it."""
    return lambda unit: apply(env_of(here, unit, talker), event)


def env_of(here: Town, unit: Unit, talker: Talker) -> Env:
    """What a turn of this person would be given."""
    known = people.at_address(unit, talker.address)
    assert known is not None
    seen = view(people.person(unit, known.person_id))
    post = here.house.post(unit, clock.now())
    return Env(unit, clock.now(), seen, here.house.content, here.house.files, post)


def test_every_event_of_officers_is_tried() -> None:
    tried = {type(event).__name__ for event in EVENTS}
    elsewhere = {  # rights are the code's
        *("InviteUsed", "CaseSeen", "ListSeen", "CodeMissed", "DemoBegun"),
    }
    officers = {
        name for name in e.__all__ if getattr(e, name).__module__ == "conversations.events.officers"
    }
    assert officers - elsewhere <= tried


async def test_somebody_elses_button_is_answered_and_does_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, hai = await appointed(here, "Minh"), await appointed(here, "Hải")
        await handed_in(here)
        await minh.letters()
        stolen = next(b.action for b in minh.heard[-1].buttons if b.label == "Nhận xử lý")
        before = await everything(here)
        assert "Nút đó đã cũ" in await hai.press_data(stolen)
        assert await everything(here) == before


async def test_two_claim_at_once_exactly_one_wins_and_the_other_copy_says_who(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as here:
        minh, hai = await appointed(here, "Minh"), await appointed(here, "Hải")
        lan = await handed_in(here)
        await minh.letters(), await hai.letters(), await lan.letters()
        told = await asyncio.gather(minh.press("Nhận xử lý"), hai.press("Nhận xử lý"))
        (row,) = await here.rows("SELECT officer_id FROM dossier")
        won, lost = (minh, hai) if row["officer_id"] == 1 else (hai, minh)
        name = "Minh" if won is minh else "Hải"
        assert len(await here.rows("SELECT id FROM history_entry WHERE what = 'claimed'")) == 1
        seen = "\n".join([*told, await lost.letters()])
        assert f"đang do {name} xử lý" in seen and f"{name} đã nhận hồ sơ này" in seen
        assert (await lan.letters()).count("đã nhận xem") == 1


async def test_another_communes_case_looks_like_none(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        far = await appointed(here, "Xa", communes=(OTHER,))
        await handed_in(here)
        (row,) = await here.rows("SELECT code FROM dossier")
        assert await far.letters() == ""
        theirs = await far.say(f"/case {row['code']}")
        nothing = await far.say("/case 7KM-4QX")
        assert theirs == nothing and "Không có hồ sơ nào như vậy" in theirs


async def test_a_household_cannot_open_officers_rooms(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = await handed_in(here)
        for said in ("/queue", "/case 1"):
            assert "chờ xử lý" not in await lan.say(said)
        for action in ("go:queue", "go:tickets", "go:case=1", "go:result"):
            told = await pressed(here, lan, action)
            assert told and "Nhận xử lý" not in told and "Câu hỏi chờ" not in told


# -- announcements and events ---------------------------------------------------------------------
#: Every button of the rooms about announcements, with all it could carry.
PRESSES = (
    *(f"announcement:{verb}=1" for verb in VERBS),
    *(
        "attendance_desk:open=1",
        "attendance_desk:mark=1.1",
        "attendance_desk:unmark=1.1",
        "attendance_desk:off=1",
        "attendance_desk:sure=1",
    ),
)


async def drafted(here: Town) -> Cast:
    """Minh's draft: nobody else's, not even a colleague's."""
    minh = await appointed(here, "Minh")
    cast = await bystanders(here)
    cast["colleague"] = await appointed(here, "Hải")
    cast["province"] = await appointed(here, "Tâm", "province")
    await composed(minh, event=TRAINING)
    return cast


async def asked(here: Town) -> Cast:
    """The province's, waiting for a second officer: not for its author's own word."""
    tam = await appointed(here, "Tâm", "province")
    await appointed(here, "Hoa", "province")
    cast = await bystanders(here)
    cast["commune"] = await appointed(here, "Minh")
    await composed(tam, where="bỏ qua", event=TRAINING)
    await sends(tam)
    await due(here)
    return cast


async def gone(here: Town) -> Cast:
    """Sent to Minh's commune: officers of other communes see nothing of it."""
    minh = await appointed(here, "Minh")
    cast = await bystanders(here)
    await announced(here, minh, event=TRAINING)
    await pressed(here, minh, "attendance_desk:mark=1.1")
    await gone_out(here)
    return cast


async def bystanders(here: Town) -> Cast:
    cast = {
        "other commune": await appointed(here, "Xa", communes=(OTHER,)),
        "revoked": await appointed(here, "Cũ"),
        "stranger": here.person("stranger"),
        "household": await wanting(here, "lan"),
    }
    await cast["stranger"].say("/start")
    (row,) = await here.rows("SELECT id FROM officer WHERE name = 'Cũ'")
    await revoke(here.db, int(str(row["id"])))
    await due(here)
    return cast


ANNOUNCED = {"draft": drafted, "asked": asked, "gone": gone}


@pytest.mark.parametrize("stage", ANNOUNCED)
async def test_no_announcement_is_touched_by_anybody_else(tmp_path: Path, stage: str) -> None:
    async with town(tmp_path) as here:
        cast = await ANNOUNCED[stage](here)
        before = await everything(here)
        for who, talker in cast.items():
            for action in PRESSES:
                assert await pressed(here, talker, action), (who, action)
                await talker.say("x y z")
                assert await everything(here) == before, (who, action)


# -- complaints ------------------------------------------------------------------------------------
async def reported(here: Town) -> Cast:
    """Somebody reported honey of Minh's commune, and Minh has it."""
    minh = await appointed(here, "Minh")
    cast = await bystanders(here)
    cast["colleague"] = await appointed(here, "Hải")
    cast["province"] = await appointed(here, "Tâm", "province")
    await here.db.run(applied(here, cast["stranger"], MADE))
    await pressed(here, minh, "complaint_desk:claim=1")
    await due(here)
    return cast


MADE = e.ComplaintMade("quality", "có mùi lạ", about="mật", commune_code=COMMUNE)


async def test_no_complaint_is_touched_by_anybody_else(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        cast = await reported(here)
        before = await everything(here)
        assert before["complaint"][0]["state"] == "claimed"
        for who, talker in cast.items():
            for verb in COMPLAINT_VERBS:
                said = await pressed(here, talker, f"complaints:{verb}=1.settled")
                said += await pressed(here, talker, f"complaints:{verb}=1")
                if who not in ("colleague", "province"):
                    assert "có mùi lạ" not in said, (who, verb)
                await talker.say("x y z")
                assert await everything(here) == before, (who, verb)
