"""The delivery report as a sheet: every producer of the segment, and whether its people got it."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from bot.jobs import Due, Works, Write, job
from bot.post import Post
from bot.records import SqlRecords
from bot.records.announcements import aim_of
from conversations import announcement_text
from conversations.letters import announcements as letters
from conversations.records import AnnouncementView
from conversations.understand import show_phone
from locales import N_, gettext
from models import segments
from models.content import Content
from models.database import Unit
from models.messages import SentFile
from models.outbox import OUT
from models.tables import Announcement, Delivery, Helper, Officer, Producer

# Columns: SQLModel types them as plain values.
_DELIVERY: Any = Delivery
_HELPER: Any = Helper
_PRODUCER: Any = Producer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = (N_("Cơ sở"), N_("Xã, phường"), N_("Kết quả"), N_("Điện thoại"))
WORDS = {
    "sent": N_("Đã tới"),
    "waiting": N_("Đang chờ gửi"),
    "failed": N_("Kênh không nhận"),
    "cancelled": N_("Dừng trước khi gửi"),
    "unsubscribed": N_("Đã tắt chủ đề này"),
    "no_channel": N_("Không còn kênh nào"),
    "unasked": N_("Chưa đồng ý nhận tin"),
    "stranger": N_("Chưa dùng trợ lý, cần gọi điện"),
}
#: Of several people of one producer, what is best known counts.
ORDER = tuple(WORDS)
Row = tuple[str, str, str, str]


@job("announce_report")
async def announce_report(works: Works, due: Due) -> Write | None:
    """Read in one go, drawn beside the loop, sent to who asked."""
    import asyncio

    content, number = works.house.content, int(due.payload["announcement"])
    person_id = int(due.payload["person"])

    def read(unit: Unit) -> tuple[AnnouncementView, str, list[Row]] | None:
        row = unit.get(Announcement, number)
        return None if row is None else _read(unit, content, row, due, person_id)

    found = await works.db.read(read)
    if found is None:
        return None
    one, lang, rows = found
    key = works.house.files.put(await asyncio.to_thread(sheet, rows, lang))
    file = SentFile(key, f"thong-bao-{number}.xlsx", XLSX)
    topic = announcement_text.topic_name(content, one.topic)

    def send(unit: Unit, post: Post) -> None:
        post.to_person(person_id, letters.report(number, topic, (file,)), priority=0)

    return send


def _read(
    unit: Unit, content: Content, row: Announcement, due: Due, person_id: int
) -> tuple[AnnouncementView, str, list[Row]]:
    from models import people

    one = SqlRecords(unit, due.now).announcement_view(row)
    demo = unit.get_one(Officer, row.officer_id).demo
    aim = aim_of(content, one.segment, row.started_at or due.now, demo=demo)
    lang = people.person(unit, person_id).language
    found = list(_rows(unit, content, one.id, aim, lang))
    return one, lang, found


def _rows(unit: Unit, content: Content, number: int, aim: segments.Aim, lang: str) -> Iterable[Row]:
    became = _became(unit, number)
    helpers: dict[int, list[int]] = defaultdict(list)
    which = select(_HELPER.producer_id, _HELPER.person_id).where(_HELPER.until.is_(None))
    for producer_id, person_id in unit.execute(which):
        helpers[producer_id].append(person_id)
    producers = select(Producer).where(segments.producers(aim))
    for one in unit.scalars(producers.order_by(_PRODUCER.commune_code, _PRODUCER.name)):
        commune = content.communes.get(one.commune_code)
        place = commune.full(lang) if commune else one.commune_code
        state = "stranger"
        if not one.from_register:
            speaking = (one.person_id, *helpers[one.id or 0])
            known = [became[p] for p in speaking if p in became]
            state = min(known, key=ORDER.index, default="unasked")
        phone = show_phone(one.phone) if state == "stranger" and one.phone else ""
        yield one.name, place, gettext(lang, WORDS[state]), phone


def _became(unit: Unit, number: int) -> dict[int, str]:
    """By person: what became of it."""
    rows = unit.execute(
        select(_DELIVERY.person_id, _DELIVERY.outcome, OUT.c.status)
        .outerjoin(OUT, OUT.c.id == _DELIVERY.outbound_id)
        .where(_DELIVERY.announcement_id == number)
    )
    return {
        person: (status or "sent") if outcome == "written" else outcome
        for person, outcome, status in rows
    }


def sheet(rows: list[Row], lang: str) -> bytes:
    """The rows as XLSX. What people wrote is text, never a formula."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        bold = book.add_format({"bold": True})
        page.freeze_panes(1, 0)
        for column, heading in enumerate(HEADINGS):
            page.write_string(0, column, gettext(lang, heading), bold)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                page.write_string(number, column, cell)
        page.set_column(0, 0, 42)
        page.set_column(1, 3, 26)
    return out.getvalue()
