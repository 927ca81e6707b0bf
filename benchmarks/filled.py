"""A database with years in it, written by the database itself: quick, and the same every time.

Everything is spread evenly, as a large installation would have it: each person a talk and a few
messages, each product a dossier that went its way, a few of them still under way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from benchmarks.filled_dialect import NEWEST, Dialect
from models import copying
from models.content import load
from models.database import Database, Unit

YEARS = 3 * 365 * 86_400
ITEMS, PAGES, HISTORY = 12, 24, 9  # of a dossier
TOLD, CAME = 30, 4  # of an announcement, to its event
WORDS = ("mat", "ong", "ho", "kinh", "doanh")  # of a product's and its producer's name
OFFICERS = 3  # of a commune
STATES = ("recognised", "recognised", "recognised", "unranked", "draft")
OPEN = ("submitted", "reviewing", "supplement", "fixed", "passed", "received", "listed")
BODY = (
    '{"text": "Mình đã ghi *Cơ sở mật ong Vườn Đồi*. Bà con cho mình xin số điện thoại để cán bộ '
    'gọi khi cần nhé. Bước 3/7", "rows": [[{"label": "Quay lại", "action": '
    '"b1a2c3d4e5f6:nav:back"}, {"label": "Menu", "action": "b1a2c3d4e5f6:nav:menu"}]]}'
)
SAID = '{"at": "2026-11-25T01:00:00+00:00", "text": "Cơ sở mật ong Vườn Đồi"}'
TALK = (
    '{"flow": "producer", "step": "name", "answers": {"type": "ho", "name": "Vườn Đồi"}, '
    '"parked": {}, "question": {}, "misses": 0}'
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is. `messages` counts both sides of the talks."""

    people: int
    products: int
    messages: int


class Filler:
    """Writes one table after the other."""

    def __init__(self, unit: Unit, size: Size, tell: Callable[[str, int], None]) -> None:
        self.core: Connection = unit.core
        self.d, self.size, self.tell = Dialect(unit.dialect.name), size, tell
        content = load()
        day = datetime.fromtimestamp(NEWEST, UTC).date()
        self.rules = content.rules_on(day).number
        self.papers = [c.id for c in content.checklist("ho", 1, "first", 3, day)][:ITEMS]
        self.communes = sorted(content.communes)
        self.staff = min(len(self.communes) * OFFICERS, size.people)

    def table(self, table: str, count: int, /, **columns: str) -> None:
        """`count` rows; each column is an expression of i, which counts them from 1."""
        if count:
            names, values = ", ".join(f'"{c}"' for c in columns), ", ".join(columns.values())
            source = self.d.numbers(count)
            statement = f"INSERT INTO {table} ({names}) SELECT {values} FROM {source}"  # noqa: S608
            self.core.exec_driver_sql(statement, execution_options={"no_parameters": True})
        self.tell(table, count)

    def all(self) -> None:
        if not self.d.postgres:  # indexes are written in any order: 1 GB of their pages stay here
            self.core.exec_driver_sql("PRAGMA cache_size = -1000000")
        self.people()
        self.messages()
        self.officers()
        self.producers()
        self.dossiers()
        self.announcements()
        self.complaints()
        self.the_rest()
        for table in copying.tables():
            copying.go_on_counting(self.core, table)

    def people(self) -> None:
        number, at = self.size.people, self.d.at("i % 94608000")
        channel = (
            "CASE WHEN i % 10 < 2 THEN 'web' WHEN i % 10 < 4 THEN 'zalo_oa' ELSE 'telegram' END"
        )
        self.table("person", number, id="i", language="'vi'", created_at=at, demo="false",
                   name="'Nguyễn Thị ' || i", phone="'+849' || (10000000 + i)",
                   consent_version="'1'", consent_at=at)  # fmt: skip
        self.table("address", number, id="i", person_id="i", channel=channel, created_at=at,
                   external_id="'chat-of-filled-person-' || i", status="'active'",
                   last_in_at=at)  # fmt: skip
        self.table("talk", number, person_id="i", state=self.d.json(TALK), updated_at=at)
        self.table("consent_entry", number, id="i", person_id="i", purpose="'dossier'",
                   version="'1'", given="true", at=at)  # fmt: skip
        self.table("unsubscribed", number // 50, person_id="i * 50", topic="'market'", at=at)

    def messages(self) -> None:
        """Half of them people's, half ours; the newest last, everybody's turn in a mixed order."""
        half = self.size.messages // 2
        who = f"(i * CAST(7919 AS bigint)) % {self.size.people} + 1" if self.d.postgres else (
            f"(i * 7919) % {self.size.people} + 1"
        )  # fmt: skip
        channel = channel_of(who)
        at = self.d.at(f"({half} - i) * {YEARS / max(half, 1):.6f}")
        address = f"'chat-of-filled-person-' || ({who})"
        self.table("inbound", half, id="i", channel=channel, external_id="'filled/' || i",
                   address=address, person_id=who, payload=self.d.json(SAID), received_at=at,
                   state="'done'", attempts="0")  # fmt: skip
        self.table("outbound", half, id="i", channel=channel, address=address, person_id=who,
                   kind="'send'", key=self.d.one_of(("", "menu", "form", ""), "i"),
                   body=self.d.json(BODY), status="'sent'", priority="0", due_at=at,
                   attempts="1", maybe_sent="false", external_id="'' || (100000 + i)",
                   created_at=at, sent_at=at)  # fmt: skip
        self.table("job", half // 10, id="i", kind="'fetch'", dedupe="'fetch:' || i",
                   payload=self.d.json('{"inbound": 1}'), status="'done'", attempts="1",
                   due_at=at, created_at=at)  # fmt: skip

    def officers(self) -> None:
        number = self.staff
        commune = self.d.one_of(self.communes, "i")
        self.table("officer", number, id="i", person_id="i", name="'Cán bộ ' || i", active="true",
                   role="CASE WHEN i % 30 = 0 THEN 'province' ELSE 'commune' END", demo="false",
                   since=self.d.at("i"))  # fmt: skip
        self.table("officer_commune", number, id="i", officer_id="i", commune_code=commune)
        self.table("audit_entry", self.size.products * 10, id="i", at=self.d.at("i % 94608000"),
                   officer_id=f"i % {number} + 1", action="'case_seen'",
                   subject="'dossier:' || i", detail=self.d.json("{}"))  # fmt: skip

    def producers(self) -> None:
        number, at = self.size.products, self.d.at("i % 94608000")
        owner = f"i % {self.size.people} + 1"
        self.table("producer", number, id="i", person_id=owner, type="'ho'",
                   name="'Hộ kinh doanh ' || i", representative="'Nguyễn Văn ' || i",
                   position="''", phone="'+849' || i", email="''", address="'Thôn 3'",
                   commune_code=self.d.one_of(self.communes, "i"), created_at=at,
                   registration_number="'28A' || i", from_register="false",
                   demo="false")  # fmt: skip
        self.table("product", number, id="i", producer_id="i", name="'Mật ong ' || i",
                   set_number="i % 26 + 1", material_from="'Nhà nuôi'", where_to_buy="''",
                   demo="false", created_at=at)  # fmt: skip
        self.table("helper", number // 20, id="i", producer_id="i * 20", person_id=owner,
                   relation="'con'", since=at)  # fmt: skip

    def dossiers(self) -> None:
        """One in fifty is under way."""
        number, at = self.size.products, self.d.at("i % 94608000")
        state = (
            f"CASE WHEN i % 50 = 0 THEN {self.d.one_of(OPEN, 'i / 50')} "
            f"ELSE {self.d.one_of(STATES, 'i')} END"
        )
        self.table("dossier", number, id="i", code="'F' || i", product_id="i", producer_id="i",
                   case_kind="'first'", stars_aimed="3", state=state, opened_at=at,
                   commune_code=self.d.one_of(self.communes, "i"), rules=f"'{self.rules}'",
                   state_since=at, submitted_at=at, due_on=self.d.day("i % 30"), demo="false",
                   version="3",
                   officer_id=f"CASE WHEN i % 2 = 0 THEN i % {self.staff} + 1 END",
                   reached_province_at=f"CASE WHEN i % 3 = 0 THEN {at} END")  # fmt: skip
        of = "(i - 1) / {} + 1"
        self.table("evidence_item", number * ITEMS, id="i", dossier_id=of.format(ITEMS),
                   evidence=self.d.one_of(self.papers, "i"), state="'accepted'", reason="''",
                   excuse="''", updated_at=self.d.at("i % 94608000"),
                   expires_on=self.d.day("i % 1200 + 40"))  # fmt: skip
        key = "md5('' || i) || md5('x' || i)" if self.d.postgres else "printf('%064x', i)"
        self.table("page", number * PAGES, id="i", item_id=of.format(PAGES // ITEMS), position="1",
                   file_key=key, name="'anh.jpg'", mime="'image/jpeg'", size="400000",
                   problems=self.d.json("[]"), insisted="false",
                   added_at=self.d.at("i % 94608000"))  # fmt: skip
        self.table("history_entry", number * HISTORY, id="i", dossier_id=of.format(HISTORY),
                   at=self.d.at("i % 94608000"), what="'item_accepted'",
                   detail=self.d.json("{}"))  # fmt: skip

    def announcements(self) -> None:
        """Each invites to an event; a few people hear of it, fewer come."""
        number, at = self.size.products // 2, self.d.at("i % 94608000")
        commune = self.d.one_of(self.communes, "i")
        segment = f"""'{{"communes": ["' || {commune} || '"], "kind": "all", "values": []}}'"""
        if self.d.postgres:
            segment = f"CAST({segment} AS json)"
        self.table("announcement", number, id="i", officer_id=f"i % {self.staff} + 1", due_at=at,
                   topic="'training'", text="'Mời bà con dự lớp tập huấn bao bì, nhãn mác.'",
                   file=self.d.json("{}"), segment=segment, form=self.d.json("{}"),
                   state="CASE WHEN i % 100 = 0 THEN 'draft' ELSE 'done' END", made_at=at,
                   reason="''", started_at=at, expanded_at=at, ended_at=at,
                   reached=f"{self.size.people}")  # fmt: skip
        self.table("event", number, id="i", announcement_id="i", topic="'training'",
                   name="'Tập huấn bao bì'", place="'Hội trường xã'", starts_at=at, seats="30",
                   door_code="'D' || i")  # fmt: skip
        who = f"(i * 7919) % {self.size.people} + 1"
        if self.d.postgres:
            who = f"(i * CAST(7919 AS bigint)) % {self.size.people} + 1"
        of = "(i - 1) / {} + 1"
        self.table("delivery", number * TOLD, id="i", announcement_id=of.format(TOLD), at=at,
                   person_id=who, outcome="'written'", outbound_id="i")  # fmt: skip
        self.table("signup", number * CAME, id="i", event_id=of.format(CAME), person_id=who,
                   producer_id=f"i % {self.size.products} + 1", state="'going'",
                   at=at)  # fmt: skip
        self.table("attendance", number * CAME, id="i", event_id=of.format(CAME), at=at,
                   producer_id=f"i % {self.size.products} + 1", topic="'training'",
                   day=self.d.day("- (i % 1000)"))  # fmt: skip
        self.table("officer_attendance", number, event_id="i", topic="'training'", at=at,
                   officer_id=f"i % {self.staff} + 1",
                   day=self.d.day("- (i % 1000)"))  # fmt: skip

    def complaints(self) -> None:
        """One in fifty is not closed."""
        number, at = self.size.products // 2, self.d.at("i % 94608000")
        self.table("complaint", number, id="i", code="'P' || i", kind="'quality'",
                   person_id=f"i % {self.size.people} + 1", product_id="i",
                   certificate_code="'G' || i", about="''", place="'chợ'", text="'Mật có mùi'",
                   commune_code=self.d.one_of(self.communes, "i"), files=self.d.json("[]"),
                   state="CASE WHEN i % 50 = 0 THEN 'open' ELSE 'closed' END", made_at=at,
                   officer_id=f"CASE WHEN i % 50 > 0 THEN i % {self.staff} + 1 END", due_at=at,
                   claimed_at=at, acted_at=at, outcome="'warned'", result="'Đã nhắc'",
                   closed_at=at)  # fmt: skip
        self.table("complaint_line", number * 2, id="i", complaint_id="(i - 1) / 2 + 1", at=at,
                   officer_id=f"CASE WHEN i % 2 = 0 THEN i % {self.staff} + 1 END",
                   text="'Bà con mua ở quầy nào?'", files=self.d.json("[]"))  # fmt: skip

    def the_rest(self) -> None:
        number, at = self.size.products, self.d.at("i % 94608000")
        self.table("certificate", number * 3 // 5, id="i", code="'G' || i", product_id="i",
                   dossier_id="i", stars="i % 3 + 3", decision_number="'1/QĐ'",
                   issued_on=self.d.day("i % 1000 - 1100"),
                   valid_to=self.d.day("i % 1000"))  # fmt: skip
        self.table("self_assessment", number // 2, id="i", product_id="i", set_number="1",
                   answers=self.d.json('{"a1": 2, "a2": 3}'), at=at)  # fmt: skip
        self.table("case_message", number, id="i", dossier_id="i", from_officer="true",
                   person_id=f"i % {self.size.people} + 1", text="'Ảnh này mờ'",
                   files=self.d.json("[]"), at=at)  # fmt: skip
        self.table("ticket", self.size.people // 5, id="i", code="'T' || i", person_id="i",
                   commune_code=self.d.one_of(self.communes, "i"), topic="''", language="'vi'",
                   text="'Nhà tôi muốn hỏi'", asked_at=at, make_passage="false",
                   state="CASE WHEN i % 100 = 0 THEN 'open' ELSE 'answered' END")  # fmt: skip
        self.table("reminder", number // 2, id="i", person_id=f"i % {self.size.people} + 1",
                   about="'certificate:' || i", stage="'60'", stopped="false", at=at)  # fmt: skip
        self.table("assessment", number * 4, id="i", dossier_id="(i - 1) / 4 + 1", note="''",
                   content=self.d.one_of(("a", "b", "c", "d"), "i"), verdict="'met'",
                   officer_id=f"i % {self.staff} + 1", at=at)  # fmt: skip
        self.table("product_word", number * len(WORDS), id="i",
                   word=self.d.one_of(WORDS, "i"),
                   product_id=f"(i - 1) / {len(WORDS)} + 1")  # fmt: skip
        self.table("product_word", number, id=f"{number * len(WORDS)} + i", word="'' || i",
                   product_id="i")  # fmt: skip
        self.table("kept_file", number, bot="'telegram'", name="''", kind="'photo'",
                   file="md5('' || i) || md5('x' || i)" if self.d.postgres
                   else "printf('%064x', i)", remote="'AgACAgUAAxkDAAIB' || i")  # fmt: skip
        self.table("feedback", number, id="i", passage_id="'p' || (i % 200)", at=at,
                   up="i % 4 > 0")  # fmt: skip
        self.table("invite", self.staff, id="i", code_hash="'v' || i", role="'commune'",
                   communes=self.d.json("[]"), name="''", demo="false", made_at=at,
                   expires_at=at, used_at=at, used_by="i")  # fmt: skip
        self.table("one_time_code", self.size.people // 10, id="i", code_hash="'h' || i",
                   purpose="'upload'", person_id="i", payload=self.d.json("{}"), made_at=at,
                   expires_at=at, tries="0")  # fmt: skip
        self.table("channel_window", self.size.people // 5, channel="'zalo_oa'", free_left="3",
                   address="'chat-of-filled-person-' || i", acted_at=at)  # fmt: skip


def channel_of(person: str) -> str:
    """A fifth on the page, a fifth on Zalo, the rest on Telegram."""
    web, zalo = f"({person}) % 10 < 2", f"({person}) % 10 < 4"
    return f"CASE WHEN {web} THEN 'web' WHEN {zalo} THEN 'zalo_oa' ELSE 'telegram' END"


def quiet(table: str, rows: int) -> None:
    """Tell nobody."""


def fill(db: Database, size: Size, tell: Callable[[str, int], None] = quiet) -> None:
    """Fill an empty database with our tables; then the database counts what it has. Blocks."""
    db.run_now(lambda unit: Filler(unit, size, tell).all())
    db.run_now(lambda unit: unit.core.execute(text("ANALYZE")))
