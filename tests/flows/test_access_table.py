"""Who may do what, in one table: every act of an officer × role, commune and hold × stage.

Each act is tried by everybody below the talk, as the event itself, and taken back; those to whom it
was not refused are held against the table. A new event that is in no row fails.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot import clock
from bot.apply import HANDLERS, Stale, apply
from bot.officers_admin import revoke
from conversations import events as e
from models.codes import new_code
from models.database import Unit
from models.tables import Certificate, Complaint, Product, Ticket
from tests.flows.household import COMMUNE, pressed
from tests.flows.office import OTHER, accepts_all, appointed, assesses, due, handed_in
from tests.flows.talk import Talker, Town, town
from tests.flows.test_access_matrix import env_of

PAPER, CONTENT = "dang_ky_kinh_doanh", "material"
CERTIFICATE, GONE = new_code(random.Random(5)), new_code(random.Random(6))
#: Of the case's commune: minh, who holds it there, and hai. Of another: xa. Of the province: tam,
#: who holds it there, and hoa. Of everything: admin. Nobody any more, or never: cu, la, household.
OFFICERS = ("minh", "hai", "xa", "tam", "hoa", "admin")
#: A leader reads figures and does nothing else.
READERS = (*OFFICERS, "sep")
EVERYBODY = (*READERS, "cu", "la", "household")
Cast = dict[str, Talker]


async def everybody(here: Town) -> Cast:
    cast = {
        "minh": await appointed(here, "Minh"),
        "hai": await appointed(here, "Hải"),
        "xa": await appointed(here, "Xa", communes=(OTHER,)),
        "tam": await appointed(here, "Tâm", "province"),
        "hoa": await appointed(here, "Hoa", "province"),
        "admin": await appointed(here, "An", "admin"),
        "cu": await appointed(here, "Cũ"),
        "la": here.person("stranger"),
    }
    await cast["la"].say("/start")
    await revoke(here.db, 7)
    cast["household"] = await handed_in(here)
    cast["sep"] = await appointed(here, "Sếp", "leader")
    await here.db.run(_more)
    await due(here)
    return cast


def _more(unit: Unit) -> None:
    """Another product whose certificate ends; two questions: of the commune, and of nowhere; three
    complaints of a stranger: of the commune, of nowhere, and one that Minh has."""
    today = clock.today()
    unit.add(
        Product(producer_id=1, name="Mứt", set_number=4, photo_key="k", created_at=clock.now())
    )
    unit.flush()
    unit.add(
        Certificate(
            code=CERTIFICATE,
            product_id=2,
            stars=3,
            decision_number="1/QĐ",
            issued_on=today - timedelta(days=1065),
            valid_to=today + timedelta(days=30),
        )
    )
    unit.add(
        Certificate(
            code=GONE,
            product_id=2,
            stars=3,
            decision_number="1/QĐ",
            issued_on=today - timedelta(days=1065),
            valid_to=today + timedelta(days=20),
            revoked_on=today,
        )
    )
    for code, commune in (("TICKET1", COMMUNE), ("TICKET2", None)):
        unit.add(
            Ticket(
                code=code,
                person_id=9,
                commune_code=commune,
                topic="x",
                text="hỏi",
                language="vi",
                asked_at=clock.now(),
                due_at=clock.now(),
            )
        )
    for code, commune, officer in (("C1", COMMUNE, None), ("C2", None, None), ("C3", COMMUNE, 1)):
        unit.add(
            Complaint(
                code=code,
                person_id=8,
                kind="quality",
                about="mật",
                commune_code=commune,
                text="có mùi lạ",
                state="claimed" if officer else "open",
                officer_id=officer,
                made_at=clock.now(),
                due_at=clock.now(),
            )
        )


# -- stages ----------------------------------------------------------------------------------------
async def waiting(here: Town, cast: Cast) -> None:
    """Handed in, held by nobody."""


async def commune(here: Town, cast: Cast) -> None:
    await pressed(here, cast["minh"], "case:claim=1")


async def asked(here: Town, cast: Cast) -> None:
    """The household is about to be asked for a supplement."""
    await commune(here, cast)
    await as_event(here, cast["minh"], e.ItemReturned(1, PAPER, "blurred"))
    await as_event(here, cast["minh"], e.SupplementAsked(1))


async def passed(here: Town, cast: Cast) -> None:
    """At the province, held by nobody."""
    await commune(here, cast)
    await pressed(here, cast["minh"], "case:open=1")
    await accepts_all(here, cast["minh"])
    await assesses(here, cast["minh"])
    await as_event(here, cast["minh"], e.PassedToProvince(1))
    await due(here)


async def province(here: Town, cast: Cast) -> None:
    await passed(here, cast)
    await as_event(here, cast["tam"], e.CaseClaimed(1))


async def listed(here: Town, cast: Cast) -> None:
    await province(here, cast)
    await as_event(here, cast["tam"], e.PutOnRound(1, "Đợt 1/2027"))


async def refusing(here: Town, cast: Cast) -> None:
    """Tâm wants to refuse it."""
    await province(here, cast)
    await as_event(here, cast["tam"], e.RefusalProposed(1, "lý do"))


STAGES: dict[str, Callable[[Town, Cast], Awaitable[None]]] = {
    stage.__name__: stage for stage in (waiting, commune, asked, passed, province, listed, refusing)
}

# -- the table -------------------------------------------------------------------------------------
FREE = {"waiting": "minh hai admin", "passed": "tam hoa admin"}  # whoever stands at its level
CHECKING = {"commune": "minh", "province": "tam"}  # whoever holds it, while papers are checked
HELD = {"commune": "minh", "province": "tam", "listed": "tam"}
AT_ANY_TIME = {**HELD, "asked": "minh", "refusing": "tam"}  # also while something is pending
RECORDING = {"province": "tam", "listed": "tam"}


def always(who: str) -> dict[str, str]:
    """What does not depend on where the case is."""
    return dict.fromkeys(STAGES, who)


TABLE: tuple[tuple[e.Event, dict[str, str]], ...] = (
    (e.CaseClaimed(1), FREE),
    (e.CaseReleased(1), HELD),
    (e.CaseTransferred(1, 2), {"commune": "minh"}),
    (e.CaseTransferred(1, 3), {}),  # nobody may hand it to an officer of another commune
    (e.CaseTransferred(1, 5), RECORDING),
    (e.CaseTransferred(1, 7), {}),  # nor to one whose rights ended
    (e.CaseFilesAsked(1, PAPER), {**AT_ANY_TIME, "refusing": "tam hoa admin"}),
    (e.ItemAccepted(1, PAPER), CHECKING),
    (e.ItemReturned(1, PAPER, "blurred"), CHECKING),
    (e.ContentAssessed(1, CONTENT, "met"), {"commune": "minh"}),
    (e.SupplementAsked(1), CHECKING),
    (e.SupplementUndone(1), {"asked": "minh"}),
    (e.FormsAsked(1, ("mau_03",)), AT_ANY_TIME),
    (e.PassedToProvince(1), {"commune": "minh"}),
    (e.PutOnRound(1, "Đợt 1/2027"), RECORDING),
    (e.ResultRecorded(1, 80.0, 4, "1/QĐ", date(2026, 11, 25)), {"listed": "tam"}),
    (e.RefusalProposed(1, "lý do"), RECORDING),
    (e.CaseRefused(1, "lý do"), {"refusing": "hoa admin"}),  # never by who put it forward
    (e.RefusalDropped(1), {"refusing": "tam hoa admin"}),
    (e.CaseMessageSent(1, True, "chào bà con"), {**FREE, **AT_ANY_TIME}),
    (e.CaseMessageSent(1, False, "chào cán bộ"), always("household")),
    (e.TalkLeft(1), {**FREE, **AT_ANY_TIME}),
    (e.CaseOpenedInGroup(1), always("minh hai tam hoa admin")),
    (e.GroupBound(9), always(" ".join(OFFICERS))),
    (e.GroupUnbound(9, (1,)), always(" ".join(OFFICERS))),  # of others' rights nothing happens
    (e.TicketAnswered(1, "trả lời"), always("minh hai tam hoa admin")),
    (e.TicketAnswered(2, "trả lời"), always("tam hoa admin")),
    (e.AnswerCorrected("p", "hỏi", "trả lời"), always(" ".join(OFFICERS))),
    (e.ComplaintClaimed(1), always("minh hai tam hoa admin")),
    (e.ComplaintClaimed(2), always("tam hoa admin")),
    (e.ComplaintClaimed(3), {}),  # Minh has it
    (e.ComplaintReleased(3), always("minh")),
    (e.ComplaintAsked(3, "ở đâu"), always("minh")),
    (e.ComplaintAnswered(3, "settled", "xong"), always("minh")),
    (e.ComplaintReplied(3, "ở chợ"), always("la")),
    (e.HouseholdNudged(1), always("minh hai tam hoa admin")),
    (e.LabelAsked(CERTIFICATE), always("minh hai tam hoa admin household")),
    (e.ProductPhotoGiven(CERTIFICATE, "k" * 64), always("household")),
    (e.ProductPhotoTaken(CERTIFICATE), always("minh hai tam hoa admin")),
    (
        e.CertificateRevoked(CERTIFICATE, "9/QĐ", date(2026, 11, 25), "other", "lý do"),
        always("tam hoa admin"),
    ),
    (  # the minister's decision is for 5 stars
        e.CertificateRevoked(CERTIFICATE, "9/QĐ-BNNMT", date(2026, 11, 25), "other", "lý do"),
        {},
    ),
    (e.CertificateRestored(CERTIFICATE), {}),  # it holds
    (e.CertificateRestored(GONE), always("tam hoa admin")),
    (e.ReminderChosen("ending:1"), always(" ".join(OFFICERS))),
    (e.ReminderChosen("certificate:1"), always("household")),
    (e.StatsPictureAsked(), always(" ".join(READERS))),
    (e.StatsLinkAsked(), always(" ".join(READERS))),
    (e.ReportsChosen(True), always(" ".join(READERS))),
    (e.ReportAsked("2026-10"), always(" ".join(READERS))),  # of what each may read
    (e.ReportAsked("2026-10", COMMUNE), always("minh hai tam hoa admin sep")),
    (e.FactRecorded("circular", 1, True), always("minh hai tam hoa admin")),
)
#: Rights that are a code's, or looks that are only written down: tried in the flows' own tests.
OTHERWISE = {
    *("ProducersCompared", "JoinAsked", "JoinAnswered"),  # test_joining.py
    "InviteUsed",
    "CodeMissed",
    "DemoBegun",
    "CaseSeen",
    "ListSeen",
}
#: Announcements have stages, and a table, of their own: test_access_announcements.py.
ANNOUNCING = {
    *("AnnouncementDrafted", "AnnouncementDropped", "AnnouncementTried", "AnnouncementConfirmed"),
    *("AnnouncementApproved", "AnnouncementRejected", "AnnouncementStopped", "DeliveryReportAsked"),
    *("EventCalledOff", "AttendanceMarked", "OfficerCame"),
}
#: What households do: each handler asks whose the thing is (tests/flows/test_people*.py).
HOUSEHOLDS = {
    *("ConsentGiven", "ConsentWithdrawn", "LanguageChosen", "DataExportAsked", "DataErased"),
    *("LinkCodeAsked", "LinkCodeUsed", "ProducerRegistered", "ProducerChanged"),
    *("ProductRegistered", "DossierOpened", "DossierChanged", "CosignAsked", "CosignGiven"),
    *("PagesAdded", "PagesReplaced", "PageRemoved", "ItemFinished", "ItemMarked", "ItemExpires"),
    *("ItemPreviewAsked", "UploadLinkAsked", "DossierSubmitted", "DossierWithdrawn"),
    *("ScoreGiven", "ScorePictureAsked", "RenewalBegun", "QuestionAsked", "QuestionPassed"),
    *("AnonymousWrote", "AnswerLiked", "MessageWithheld", "SubscriptionChosen", "TopicChosen"),
    "NewsOffered",
    *("EventJoined", "EventLeft", "DoorCodeUsed", "ComplaintMade"),
}


class Undone(Exception):
    """Takes back what was allowed, so that the next one finds the same world."""


async def as_event(here: Town, talker: Talker, event: e.Event) -> None:
    def act(unit: Unit) -> None:
        apply(env_of(here, unit, talker), event)

    await here.db.run(act)


async def allowed(here: Town, cast: Cast, event: e.Event) -> set[str]:
    """Whom the act is not refused, each in the world as it is now."""
    found = set()
    for name, talker in cast.items():

        def act(unit: Unit, talker: Talker = talker) -> None:
            apply(env_of(here, unit, talker), event)
            unit.flush()
            raise Undone

        try:
            await here.db.run(act)
        except Undone:
            found.add(name)
        except Stale:
            continue
    return found


@pytest.mark.parametrize("stage", STAGES)
async def test_the_table_holds(tmp_path: Path, stage: str) -> None:
    async with town(tmp_path) as here:
        cast = await everybody(here)
        await STAGES[stage](here, cast)
        for event, rows in TABLE:
            found = await allowed(here, cast, event)
            assert found == set(rows.get(stage, "").split()), (stage, event)


def test_every_event_has_a_row() -> None:
    from bot import apply as handlers

    handlers.load()
    tabled = {type(event).__name__ for event, _ in TABLE}
    known = tabled | OTHERWISE | HOUSEHOLDS | ANNOUNCING
    events = {kind.__name__ for kind in HANDLERS}
    assert events - known == set(), "give the new event a row: who may do it, and at which stage?"
    assert known - events == set()
    assert not tabled & (OTHERWISE | HOUSEHOLDS)


def test_every_act_can_be_done_by_somebody_and_none_by_everybody() -> None:
    possible = {type(event).__name__ for event, rows in TABLE if rows}
    assert possible == {type(event).__name__ for event, _ in TABLE}
    for event, rows in TABLE:
        for who in rows.values():
            assert set(who.split()) < set(EVERYBODY), event
    assert {stage for _, rows in TABLE for stage in rows} == set(STAGES)
