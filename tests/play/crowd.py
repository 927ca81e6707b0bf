"""Thousands of households that want to hear, and an announcement about to go out to them."""

from __future__ import annotations

from datetime import datetime

from models import jobs
from models.database import Unit
from models.messages import Channel
from models.segments import NOTICES
from models.tables import (
    AddressRow,
    Announcement,
    ConsentEntry,
    Officer,
    OfficerCommune,
    Person,
    Producer,
)

COMMUNE = "18484"
TEXT = "Mời bà con dự lớp tập huấn bao bì, nhãn mác. Bà con mang theo nhãn đang dùng."


def crowd(unit: Unit, number: int, at: datetime, channel: Channel, first: int = 0) -> None:
    """So many households of one commune; their addresses are reader-0, reader-1, ..."""
    people = [Person(created_at=at, consent_version="1", consent_at=at) for _ in range(number)]
    unit.add_all(people)
    unit.flush()
    for place, person in enumerate(people, first):
        who, name = person.id or 0, f"reader-{place}"
        unit.add(AddressRow(person_id=who, channel=channel.value, external_id=name, created_at=at,
                            last_in_at=at))  # fmt: skip
        unit.add(ConsentEntry(person_id=who, purpose=NOTICES, version="1", given=True, at=at))
        unit.add(Producer(person_id=who, type="ho", name=f"Hộ số {place}", commune_code=COMMUNE,
                          created_at=at))  # fmt: skip
    unit.flush()
    unit.cache.doubt()


def announcement(unit: Unit, at: datetime, *, begin: bool = True) -> int:
    """Confirmed by an officer of that commune, its first job due; its number."""
    person = Person(created_at=at)
    unit.add(person)
    unit.flush()
    officer = Officer(person_id=person.id or 0, role="commune", name="Minh", since=at)
    unit.add(officer)
    unit.flush()
    unit.add(OfficerCommune(officer_id=officer.id or 0, commune_code=COMMUNE))
    segment = {"communes": [COMMUNE], "kind": "all", "values": []}
    row = Announcement(officer_id=officer.id or 0, topic="training", text=TEXT, segment=segment,
                       state="planned", made_at=at)  # fmt: skip
    unit.add(row)
    unit.flush()
    number = row.id or 0
    if begin:
        jobs.put(unit, "announce", {"announcement": number}, at, at, dedupe=f"announce:{number}:0")
    return number
