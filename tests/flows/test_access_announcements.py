"""Who may do what with an announcement and its event: every act × everybody × its stages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.apply import HANDLERS, Stale
from conversations import events as e
from conversations.records import Segment
from tests.flows.announcement_scenes import TRAINING, composed, sends
from tests.flows.household import COMMUNE
from tests.flows.office import OTHER, due
from tests.flows.talk import Town, town
from tests.flows.test_access_table import (
    ANNOUNCING,
    EVERYBODY,
    OFFICERS,
    Cast,
    allowed,
    as_event,
    everybody,
)

REACH = "minh hai tam hoa admin"  # all to whom the commune belongs
HERE = Segment((COMMUNE,))


async def draft(here: Town, cast: Cast) -> None:
    """Minh's, to his commune."""
    await composed(cast["minh"], event=TRAINING)


async def sending(here: Town, cast: Cast) -> None:
    await draft(here, cast)
    await sends(cast["minh"])
    await due(here)


async def asked(here: Town, cast: Cast) -> None:
    """Tâm's, to the whole province."""
    await composed(cast["tam"], where="bỏ qua", event=TRAINING)
    await sends(cast["tam"])
    await due(here)


STAGES: dict[str, Callable[[Town, Cast], Awaitable[None]]] = {
    stage.__name__: stage for stage in (draft, sending, asked)
}


def always(who: str) -> dict[str, str]:
    return dict.fromkeys(STAGES, who)


TABLE: tuple[tuple[e.Event, dict[str, str]], ...] = (
    (e.AnnouncementDrafted("training", "Lời.", HERE, {}), always(REACH)),
    (e.AnnouncementDrafted("training", "Lời.", Segment((OTHER,)), {}), always("xa tam hoa admin")),
    (e.AnnouncementDrafted("training", "Lời.", Segment(), {}), always("tam hoa admin")),
    (e.AnnouncementDrafted("none", "Lời.", HERE, {}), {}),  # no such topic
    (e.AnnouncementDrafted("training", "Khác.", HERE, {}, draft_id=1), {"draft": "minh"}),
    (e.AnnouncementDropped(1), {"draft": "minh"}),
    (e.AnnouncementTried(1), {"draft": "minh"}),
    (e.AnnouncementConfirmed(1), {"draft": "minh"}),
    (e.AnnouncementApproved(1), {"asked": "hoa admin"}),  # never by who asks
    (e.AnnouncementRejected(1, "lý do"), {"asked": "hoa admin"}),
    (e.AnnouncementStopped(1), {"sending": REACH, "asked": "tam hoa admin"}),
    (e.DeliveryReportAsked(1), {"sending": REACH}),
    (e.EventCalledOff(1), {"sending": REACH}),
    (e.AttendanceMarked(1, 1), {}),  # its day has not come; once it has: below
    (e.AttendanceMarked(1, 1, present=False), {"sending": REACH}),
    (e.OfficerCame(1), {}),  # the door is not open yet; once it is: test_events.py
)


@pytest.mark.parametrize("stage", STAGES)
async def test_the_table_holds(tmp_path: Path, stage: str) -> None:
    async with town(tmp_path) as here:
        cast = await everybody(here)
        await STAGES[stage](here, cast)
        for event, rows in TABLE:
            found = await allowed(here, cast, event)
            assert found == set(rows.get(stage, "").split()), (stage, event)


async def test_who_came_is_marked_once_the_day_has_come(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        cast = await everybody(here)
        await sending(here, cast)
        assert await allowed(here, cast, e.AttendanceMarked(1, 1)) == set()
        await due(here, timedelta(days=5))
        assert await allowed(here, cast, e.AttendanceMarked(1, 1)) == set(REACH.split())


async def test_another_communes_producer_is_not_marked(tmp_path: Path) -> None:
    """The event is the whole province's: each commune marks its own."""
    async with town(tmp_path) as here:
        cast = await everybody(here)
        await asked(here, cast)
        await as_event(here, cast["hoa"], e.AnnouncementApproved(1))
        await due(here)
        await due(here, timedelta(days=5))
        found = await allowed(here, cast, e.AttendanceMarked(1, 1))
        assert found == set(REACH.split())
        with pytest.raises(Stale):
            await as_event(here, cast["xa"], e.AttendanceMarked(1, 1))


def test_every_event_of_announcements_has_a_row() -> None:
    tabled = {type(event).__name__ for event, _ in TABLE}
    events = {k.__name__ for k in HANDLERS if k.__module__.endswith("events.announcements")}
    assert tabled == ANNOUNCING == events
    assert {name for _, rows in TABLE for who in rows.values() for name in who.split()} <= set(
        OFFICERS
    )
    assert set(OFFICERS) < set(EVERYBODY)
