"""The assistant's clocks: reminders, escalation, undo, quiet hours, digests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from models.content.reading import Row


@dataclass(frozen=True, slots=True)
class ComplaintTimes:
    """Working hours: until those in charge are reminded, until it goes one level up, and from
    being taken until it is late."""

    remind: int
    escalate: int
    slow: int


@dataclass(frozen=True, slots=True)
class Times:
    """Numbers are in the unit their name says; what the law binds is in `law`."""

    commune_review_working_days: int  # Điều 7.2
    re_evaluation_days: int  # Điều 7.6.g
    revoking_days: int  # Điều 8, from the finding or the commune's word
    old_first_or_upgrade_days: int  # Điều 12.2.a, from the first day of the decision
    old_re_evaluation_days: int  # Điều 12.2.b
    claim_remind_working_hours: int
    claim_escalate_working_hours: int
    complaint: ComplaintTimes
    review_remind_working_days: tuple[int, ...]  # before the review is due
    supplement_working_days: int
    supplement_remind_days: tuple[int, ...]  # working days before the supplement is due
    unfinished_remind_days: tuple[int, ...]  # since the household's last act
    paper_expiry_remind_days: tuple[int, ...]  # before a paper ends
    closing_days: int  # before the re-evaluation window closes: about to close
    ended_days: int  # after a certificate or paper ended: still worth telling
    snooze_days: int  # a reminder put off
    undo_minutes: int
    quiet_from: time
    quiet_to: time
    digests: tuple[time, ...]
    law: dict[str, str]  # field -> source, for the times that are not ours to choose

    def is_quiet(self, at: time) -> bool:
        """True when a person should not be disturbed; `at` is local time."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= at < self.quiet_to
        return at >= self.quiet_from or at < self.quiet_to

    def morning(self, at: datetime) -> datetime:
        """When a quiet time that holds at `at` (local, aware) is over."""
        ends = datetime.combine(at.date(), self.quiet_to, tzinfo=at.tzinfo)
        return ends if ends > at else ends + timedelta(days=1)


def times(row: Row) -> Times:
    claim, supplement, quiet = row.row("claim"), row.row("supplement"), row.row("quiet")
    complaint = row.row("complaint")
    bound = {key: Row(value, row.file) for key, value in row.data.items()}
    return Times(
        commune_review_working_days=row.row("commune_review").whole("working_days"),
        revoking_days=row.row("revoking").whole("days"),
        re_evaluation_days=row.row("re_evaluation").whole("days"),
        old_first_or_upgrade_days=row.row("transition").whole("first_or_upgrade_days"),
        old_re_evaluation_days=row.row("transition").whole("re_evaluation_days"),
        claim_remind_working_hours=claim.whole("remind_after"),
        claim_escalate_working_hours=claim.whole("escalate_after"),
        complaint=ComplaintTimes(
            complaint.whole("remind_after"),
            complaint.whole("escalate_after"),
            complaint.whole("slow_after"),
        ),
        review_remind_working_days=row.row("review_reminders").wholes("working_days_before"),
        supplement_working_days=supplement.whole("working_days"),
        supplement_remind_days=supplement.wholes("remind_before"),
        unfinished_remind_days=row.row("unfinished").wholes("remind_after_days"),
        paper_expiry_remind_days=row.row("expiring_paper").wholes("days_before"),
        closing_days=row.row("ending").whole("closing_days"),
        ended_days=row.row("ending").whole("ended_days"),
        snooze_days=row.row("ending").whole("snooze_days"),
        undo_minutes=row.row("undo").whole("minutes"),
        quiet_from=quiet.clock("from"),
        quiet_to=quiet.clock("to"),
        digests=tuple(time.fromisoformat(t) for t in row.row("digests").texts("at")),
        law={k: r.text("source") for k, r in bound.items() if r.text("kind") == "law"},
    )
