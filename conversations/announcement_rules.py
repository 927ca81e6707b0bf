"""Who may announce what to whom, who must agree, and whom it concerns. The one place for it.

A commune's officer reaches its communes and nobody else. The province's officers reach everybody;
beyond a few communes a second one of them must agree (national/announcements.yaml).
"""

from __future__ import annotations

from conversations.records import AnnouncementView, OfficerView, Segment
from conversations.stages import PROVINCE
from locales import N_
from models.content import Content

STATES = {
    "draft": N_("bản nháp"),
    "asked": N_("chờ người thứ hai duyệt"),
    "planned": N_("chờ tới giờ gửi"),
    "sending": N_("đang gửi"),
    "done": N_("đã gửi"),
    "cancelled": N_("đã dừng"),
    "rejected": N_("không được duyệt"),
    "expired": N_("quá hạn duyệt"),
}
STOPPABLE = ("asked", "planned", "sending")


def may_announce(officer: OfficerView, segment: Segment) -> bool:
    """Are all of the segment's communes the officer's own?"""
    if officer.role in PROVINCE:
        return True
    if not officer.works:
        return False
    return bool(segment.communes) and all(officer.covers(code) for code in segment.communes)


def needs_second(content: Content, officer: OfficerView, segment: Segment) -> bool:
    """Must another officer of the province agree first?"""
    wide = not segment.communes or len(segment.communes) > content.announcements.above_communes
    return officer.role in PROVINCE and wide


def may_see(officer: OfficerView, one: AnnouncementView) -> bool:
    """A draft only its author; what was confirmed also those who could have announced it."""
    if one.state == "draft":
        return may_edit(officer, one)
    return may_announce(officer, one.segment)


def may_edit(officer: OfficerView, one: AnnouncementView) -> bool:
    """May change, try out, confirm or throw away the draft."""
    mine = one.author.id == officer.id and one.state == "draft"
    return mine and may_announce(officer, one.segment)


def may_approve(officer: OfficerView, one: AnnouncementView) -> bool:
    """May agree or refuse as the second officer: never the one who asks."""
    return one.state == "asked" and officer.role in PROVINCE and officer.id != one.author.id


def may_stop(officer: OfficerView, one: AnnouncementView) -> bool:
    """May take it back before it was sent, or stop it while it is."""
    return one.state in STOPPABLE and may_announce(officer, one.segment)


def concerns(officer: OfficerView, segment: Segment) -> bool:
    """Does it reach people of the officer's communes? Then its event has guests of theirs."""
    if officer.role in PROVINCE or not segment.communes:
        return officer.works
    return bool(officer.communes & set(segment.communes))


def was_sent(one: AnnouncementView) -> bool:
    """Did it reach anybody? Then its event stands, until it is called off."""
    return one.started_at is not None


def may_mark(officer: OfficerView, one: AnnouncementView, commune_code: str) -> bool:
    """May write down that a producer of this commune was at the event."""
    open_ = one.event is not None and not one.event.cancelled and was_sent(one)
    return open_ and concerns(officer, one.segment) and officer.covers(commune_code)
