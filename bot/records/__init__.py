"""SqlRecords: what a conversation may look up, from the tables, inside the turn's transaction."""

from __future__ import annotations

from bot.records.announcements import AnnouncementRecords
from bot.records.certificates import CertificateRecords
from bot.records.complaints import ComplaintRecords
from bot.records.joining import JoinRecords
from bot.records.people import PeopleRecords
from bot.records.register import RegisterRecords
from bot.records.stats import StatsRecords


class SqlRecords(
    AnnouncementRecords,
    PeopleRecords,
    CertificateRecords,
    RegisterRecords,
    JoinRecords,
    StatsRecords,
    ComplaintRecords,
):
    """One part for each kind of looker-up; the officers' part stands on the households'."""
