"""Every room, by key. A new room is added here and nowhere else; a test walks over the list.

The list itself is in rooms.py, so that a room may look for another without importing all of them.
"""

from __future__ import annotations

from conversations.announcement_desk import AnnouncementDesk
from conversations.announcement_form import AnnouncementForm
from conversations.attendance_desk import AttendanceDesk
from conversations.case import CaseRoom
from conversations.checklist import ChecklistForm, Papers
from conversations.complaint_desk import ComplaintDesk
from conversations.complaint_form import ComplaintForm
from conversations.consent import ConsentRoom
from conversations.correction import CorrectRoom
from conversations.cosign import CosignRoom
from conversations.demo import DemoRoom
from conversations.dossier import Dossier
from conversations.ending_list import EndingList
from conversations.event import EventRoom
from conversations.invite import InviteRoom
from conversations.item import Item
from conversations.joining import Joining
from conversations.link import LinkRoom
from conversations.mine import MineRoom
from conversations.officer_talk import OfficerTalk
from conversations.own_complaints import OwnComplaints
from conversations.privacy import PrivacyRoom
from conversations.producer import ProducerEdit, ProducerForm
from conversations.product import ProductForm
from conversations.products import Products
from conversations.queue import QueueRoom
from conversations.renew import Renew
from conversations.result import ResultForm
from conversations.revoke import RevokeForm
from conversations.rooms import ROOMS
from conversations.same_producer import SameProducer
from conversations.score import Score
from conversations.stats import Stats
from conversations.status import Status
from conversations.submit import Submit
from conversations.subscriptions import Subscriptions
from conversations.tickets import TicketsRoom
from conversations.welcome import GenuineRoom, WelcomeRoom

__all__ = ["ROOMS"]

ROOMS.add(WelcomeRoom(), ConsentRoom())
# Their order is the menu's: an officer's work first.
ROOMS.add(QueueRoom(), TicketsRoom(), CaseRoom(), ResultForm(), InviteRoom(), DemoRoom())
ROOMS.add(CorrectRoom())
ROOMS.add(Dossier(), ProducerForm(), ProductForm(), Submit(), Status(), ChecklistForm(), Papers())
ROOMS.add(OfficerTalk(), Item(), MineRoom(), ProducerEdit())
ROOMS.add(CosignRoom(), LinkRoom(), PrivacyRoom(), GenuineRoom())
ROOMS.add(Products(), Score(), Renew(), EndingList(), Stats())
ROOMS.add(AnnouncementDesk(), AnnouncementForm(), AttendanceDesk(), Subscriptions(), EventRoom())
ROOMS.add(
    ComplaintForm(), OwnComplaints(), ComplaintDesk(), RevokeForm(), Joining(), SameProducer()
)
