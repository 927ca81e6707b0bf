"""Every table, by subject. Import a table from here; add a column with an Alembic migration."""

from models.tables.announcements import Announcement, Delivery, Unsubscribed
from models.tables.channels import ChannelCount, ChannelWindow, TokenPair
from models.tables.complaints import Complaint, ComplaintLine
from models.tables.dossiers import (
    Assessment,
    CaseMessage,
    Certificate,
    Dossier,
    EvidenceItem,
    HistoryEntry,
    Page,
)
from models.tables.events import Attendance, Event, OfficerAttendance, Signup
from models.tables.kept_files import KeptFile
from models.tables.limits import Allowance, Slot
from models.tables.messages import InboundRow, Job, OutboundRow
from models.tables.officers import AuditEntry, Invite, Officer, OfficerCommune, OfficerGroup
from models.tables.people import AddressRow, ConsentEntry, OneTimeCode, Person, Secret, TalkRow
from models.tables.producers import Helper, JoinRequest, Producer, Product
from models.tables.product_words import ProductWord
from models.tables.questions import AnswerCount, Feedback, Ticket
from models.tables.reminders import Reminder
from models.tables.self_assessments import SelfAssessment

__all__ = [
    "AddressRow",
    "Allowance",
    "Announcement",
    "AnswerCount",
    "Assessment",
    "Attendance",
    "AuditEntry",
    "CaseMessage",
    "Certificate",
    "ChannelCount",
    "ChannelWindow",
    "Complaint",
    "ComplaintLine",
    "ConsentEntry",
    "Delivery",
    "Dossier",
    "Event",
    "EvidenceItem",
    "Feedback",
    "Helper",
    "HistoryEntry",
    "InboundRow",
    "Invite",
    "Job",
    "JoinRequest",
    "KeptFile",
    "Officer",
    "OfficerAttendance",
    "OfficerCommune",
    "OfficerGroup",
    "OneTimeCode",
    "OutboundRow",
    "Page",
    "Person",
    "Producer",
    "Product",
    "ProductWord",
    "Reminder",
    "Secret",
    "SelfAssessment",
    "Signup",
    "Slot",
    "TalkRow",
    "Ticket",
    "TokenPair",
    "Unsubscribed",
]
