"""What a conversation may look up: read-only views and the Records protocol.

The views are snapshots inside the turn's transaction; `bot/records/` fills them from the tables.
Every lookup that takes a viewer checks what that viewer may see: an unknown id and somebody else's
id look the same (None).
"""

from __future__ import annotations

from conversations.records.announcements import (
    AnnouncementView,
    Audience,
    EventView,
    Guest,
    Progress,
    Segment,
)
from conversations.records.complaints import ComplaintLine, ComplaintView
from conversations.records.figures import Counting, Figures, Held, Moves, Share, Unrecorded
from conversations.records.looking import Records
from conversations.records.states import EDITABLE, GIVEN, UNDER_WAY, ItemState, State
from conversations.records.views import (
    AssessmentView,
    CaseLine,
    CertificateView,
    DossierView,
    EndingView,
    HistoryView,
    ItemView,
    KeptView,
    MessageView,
    OfficerView,
    PageView,
    PersonView,
    ProducerView,
    ProductView,
    PublicProduct,
    RefusalView,
    TicketView,
)

__all__ = [
    "EDITABLE",
    "GIVEN",
    "UNDER_WAY",
    "AnnouncementView",
    "AssessmentView",
    "Audience",
    "CaseLine",
    "CertificateView",
    "ComplaintLine",
    "ComplaintView",
    "Counting",
    "DossierView",
    "EndingView",
    "EventView",
    "Figures",
    "Guest",
    "Held",
    "HistoryView",
    "ItemState",
    "ItemView",
    "KeptView",
    "MessageView",
    "Moves",
    "OfficerView",
    "PageView",
    "PersonView",
    "ProducerView",
    "ProductView",
    "Progress",
    "PublicProduct",
    "Records",
    "RefusalView",
    "Segment",
    "Share",
    "State",
    "TicketView",
    "Unrecorded",
]
