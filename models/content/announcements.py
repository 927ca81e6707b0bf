"""What officers may announce, and the times around an event (national/announcements.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from models.content.reading import Row
from models.content.text import Text


@dataclass(frozen=True, slots=True)
class Topic:
    """A kind of announcement people may unsubscribe from; `trains`: who was there is trained."""

    id: str
    name: Text
    trains: bool


@dataclass(frozen=True, slots=True)
class Announcements:
    """Numbers are in the unit their name says."""

    topics: tuple[Topic, ...]
    above_communes: int  # the province's announcement to more needs a second officer
    approval_hours: int
    remind_day_before: time
    remind_same_day: time
    door_opens_hours: int  # before the start
    door_closes_hours: int  # after it

    def topic(self, topic_id: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.id == topic_id), None)


def announcements(row: Row) -> Announcements:
    """The file. Raises ContentError on a missing or wrong field."""
    second, remind, door = row.row("second_officer"), row.row("reminders"), row.row("door")
    topics = tuple(
        Topic(t.text("id"), t.both("name"), t.flag("trains")) for t in row.rows("topics")
    )
    if not topics or any(len(topic.id) > 20 for topic in topics):
        raise row.fail("'topics' needs at least one, with an id of at most 20 letters")
    for rule in (second, remind, door):
        rule.text("kind"), rule.text("source")
    return Announcements(
        topics=topics,
        above_communes=second.whole("above_communes"),
        approval_hours=second.whole("hours"),
        remind_day_before=remind.clock("day_before"),
        remind_same_day=remind.clock("same_day"),
        door_opens_hours=door.whole("opens_hours_before"),
        door_closes_hours=door.whole("closes_hours_after"),
    )
