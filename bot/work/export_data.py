"""Everything kept about a person as a ZIP: one JSON file, and the files they sent."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import select

from bot.jobs import Due, Works, Write, job
from bot.post import Post
from conversations.letters import people as letters
from models.database import Unit
from models.files import FileStore, MissingFile
from models.messages import SentFile
from models.tables import (
    AddressRow,
    Attendance,
    CaseMessage,
    Complaint,
    ConsentEntry,
    Delivery,
    Dossier,
    EvidenceItem,
    Helper,
    HistoryEntry,
    Page,
    Person,
    Producer,
    Product,
    Reminder,
    SelfAssessment,
    Signup,
    Ticket,
    Unsubscribed,
)

# Columns: SQLModel types them as plain values.
_ADDRESS: Any = AddressRow
_ATTENDANCE: Any = Attendance
_MESSAGE: Any = CaseMessage
_COMPLAINT: Any = Complaint
_CONSENT: Any = ConsentEntry
_DELIVERY: Any = Delivery
_DOSSIER: Any = Dossier
_ITEM: Any = EvidenceItem
_HELPER: Any = Helper
_HISTORY: Any = HistoryEntry
_PAGE: Any = Page
_PERSON: Any = Person
_PRODUCER: Any = Producer
_PRODUCT: Any = Product
_REMINDER: Any = Reminder
_ASSESSED: Any = SelfAssessment
_SIGNUP: Any = Signup
_TICKET: Any = Ticket
_UNSUBSCRIBED: Any = Unsubscribed

ZIP = "application/zip"
#: Secrets that open a chat are not part of what a person is told about itself.
HIDDEN = frozenset({"external_id", "code_hash"})


@job("export_data")
async def export_data(works: Works, due: Due) -> Write:
    """Read in one go, packed beside the loop, sent once it is stored."""
    import asyncio

    person_id = int(due.payload["person"])
    kept = await works.db.read(lambda unit: gather(unit, person_id))
    key = await asyncio.to_thread(pack, works.house.files, kept)
    file = SentFile(key, f"thong-tin-{due.now:%Y-%m-%d}.zip", ZIP)

    def send(unit: Unit, post: Post) -> None:
        post.to_person(person_id, letters.packed(file), priority=1)

    return send


def gather(unit: Unit, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Rows about the person and the producers that are its own, by table."""
    producers = _ids(unit, _PRODUCER.id, _PRODUCER.person_id == person_id)
    products = _ids(unit, _PRODUCT.id, _PRODUCT.producer_id.in_(producers))
    dossiers = _ids(unit, _DOSSIER.id, _DOSSIER.producer_id.in_(producers))
    items = _ids(unit, _ITEM.id, _ITEM.dossier_id.in_(dossiers))
    which: dict[Any, Any] = {
        Person: _PERSON.id == person_id,
        AddressRow: _ADDRESS.person_id == person_id,
        ConsentEntry: _CONSENT.person_id == person_id,
        Producer: _PRODUCER.id.in_(producers),
        Helper: _HELPER.person_id == person_id,
        Product: _PRODUCT.id.in_(products),
        Dossier: _DOSSIER.id.in_(dossiers),
        EvidenceItem: _ITEM.id.in_(items),
        Page: _PAGE.item_id.in_(items),
        HistoryEntry: _HISTORY.dossier_id.in_(dossiers),
        CaseMessage: _MESSAGE.dossier_id.in_(dossiers),
        Ticket: _TICKET.person_id == person_id,
        Complaint: _COMPLAINT.person_id == person_id,
        Reminder: _REMINDER.person_id == person_id,
        SelfAssessment: _ASSESSED.product_id.in_(products),
        Delivery: _DELIVERY.person_id == person_id,
        Unsubscribed: _UNSUBSCRIBED.person_id == person_id,
        Signup: _SIGNUP.person_id == person_id,
        Attendance: _ATTENDANCE.producer_id.in_(producers),
    }
    return {table.__tablename__: _rows(unit, table, where) for table, where in which.items()}


def _ids(unit: Unit, column: Any, where: Any) -> list[int]:
    return list(unit.scalars(select(column).where(where)))


def _rows(unit: Unit, table: Any, where: Any) -> list[dict[str, Any]]:
    rows = unit.scalars(select(table).where(where).order_by(*table.__table__.primary_key))
    return [
        {name: value for name, value in row.model_dump().items() if name not in HIDDEN}
        for row in rows
    ]


def pack(files: FileStore, kept: dict[str, list[dict[str, Any]]]) -> str:
    """The ZIP in the file store; its key. A file the store lost is named, not passed over."""
    out, missing = io.BytesIO(), []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parcel:
        for page in kept["page"]:
            name = f"tep/{page['id']}-{_safe(page['name'])}"
            try:
                parcel.writestr(_fixed(name), files.get(page["file_key"]))
            except MissingFile:
                missing.append(page["id"])
        told = {**kept, "missing_files": missing}
        parcel.writestr(_fixed("thong-tin.json"), orjson.dumps(told, _plain, orjson.OPT_INDENT_2))
    return files.put(out.getvalue())


def _fixed(name: str) -> zipfile.ZipInfo:
    """The same content packs to the same bytes, so that a second try makes no second file."""
    return zipfile.ZipInfo(name)


def _plain(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)


def _safe(name: str) -> str:
    """A file name without folders; "tep" when it had none."""
    return name.replace("/", "_").replace("\\", "_")[-80:] or "tep"
