"""Certificates and papers that end: which stage they are at, and what a new dossier takes over.

The window to hand in a re-evaluation opens 180 days and closes 120 days before a certificate ends
(Quyết định 26/2026/QĐ-TTg, Điều 7.6.a); the days are in content.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from conversations.records import GIVEN, DossierView, ItemState
from models.content import Content


class Stage(StrEnum):
    """Where a certificate is in its last months. The value is stored; never rename one."""

    OPENED = "opened"  # a re-evaluation may be handed in
    HALF = "half"  # half of that time is gone
    CLOSING = "closing"  # its last days
    MISSED = "missed"  # too late to hand in, the certificate still holds
    ENDED = "ended"  # the certificate ended lately


def stage_of(content: Content, valid_to: date, today: date) -> Stage | None:
    """The stage of a certificate today; None while there is nothing to say, or no more."""
    opens, closes = content.re_evaluation_window(valid_to)
    if today < opens or today > valid_to + timedelta(days=content.times.ended_days):
        return None
    if today > valid_to:
        return Stage.ENDED
    if today > closes:
        return Stage.MISSED
    if today >= closes - timedelta(days=content.times.closing_days):
        return Stage.CLOSING
    return Stage.HALF if today >= opens + (closes - opens) / 2 else Stage.OPENED


def paper_stage(content: Content, expires_on: date, today: date) -> str:
    """ "30" when a paper ends within thirty days, "ended", or "" when it is not near."""
    left = (expires_on - today).days
    if left < 0:
        return "ended" if -left <= content.times.ended_days else ""
    near = [days for days in content.times.paper_expiry_remind_days if left <= days]
    return str(min(near)) if near else ""


def carried(
    content: Content, old: DossierView, stars: int, today: date, case_kind: str = "again"
) -> tuple[str, ...]:
    """The papers of `old` that a new dossier of that kind takes over: asked for again, given with
    pages, still valid, and not of those made anew for every case."""
    listed = content.checklist(old.producer.type, old.product.set_number, case_kind, stars, today)
    return tuple(
        item.evidence
        for item in old.items
        if item.evidence in _takeable(content, (line.id for line in listed))
        and item.pages
        and item.state in GIVEN - {ItemState.EXCUSED}
        and (item.expires_on is None or item.expires_on > today)
    )


def _takeable(content: Content, listed: Iterable[str]) -> set[str]:
    return {one for one in listed if not content.evidence[one].each_time}
