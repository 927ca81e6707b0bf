"""Flows are proof-read without running them, and their drawing is not older than they are."""

from __future__ import annotations

from bot.flows import complaints, drawn
from conversations.registry import ROOMS
from conversations.rooms import Room
from conversations.steps import Choice, Choose, Either, Is, Not, Review, Step, Text
from locales.extract import english
from tests.code_tree import ROOT

PLACE = Choose("place", "Ở đâu?", options=(Choice("here", "Ở đây"), Choice("there", "Ở kia")))


def form(*steps: Step) -> Room:
    class Asked(Room):
        key = "asked"
        title = "Hỏi thử"

    room = Asked()
    room.steps = steps  # type: ignore[attr-defined]
    return room


def said_of(*steps: Step) -> list[str]:
    return [what.removeprefix("asked: ") for what in complaints([form(*steps)])]


def test_a_sound_flow_is_not_complained_of() -> None:
    far = Text("far", "Xa không?", when=Is("place", ("there",)))
    why = Text("why", "Sao vậy?", when=Either((Not("place", ("here",)), Is("_fact", ("1",)))))
    assert said_of(PLACE, far, why, Review("send", "Xem lại")) == []


def test_what_is_wrong_is_named() -> None:
    assert said_of(PLACE) == ["keeps what is said, but does not end with a review"]
    review = Review("send", "Xem lại")
    assert said_of(Review("look", "Xem"), PLACE, review) == [
        "look is a review and not the last step"
    ]
    assert said_of(PLACE, PLACE, review) == ["two steps are called place"]
    early = Text("far", "Xa không?", when=Is("place", ("there",)))
    assert said_of(early, PLACE, review) == ["far waits for place, which is not asked before it"]
    typo = Text("far", "Xa không?", when=Is("place", ("ther",)))
    assert said_of(PLACE, typo, review) == ["far waits for place = ther, which cannot be chosen"]
    assert said_of(Choose("what", "Gì?"), review) == ["what offers nothing to choose"]


def test_a_drawing_has_every_question_and_condition() -> None:
    drawing = drawn([form(PLACE, Text("far", "Xa không?", when=Is("place", ("there",))))])
    assert "| 2 | Xa không? | *Text* | place = there |" in drawing
    assert "Ở đây · Ở kia" in drawing and "s1 -->|place = there| s2" in drawing


def test_our_flows_are_sound() -> None:
    assert ROOMS.rooms
    assert list(complaints(ROOMS.rooms.values())) == []


def test_the_drawing_is_not_older_than_the_flows() -> None:
    drawing = (ROOT / "docs" / "flows.md").read_text(encoding="utf-8")
    assert drawing == drawn(ROOMS.rooms.values()), "make flows"


def test_every_word_of_every_flow_has_english() -> None:
    known = {entry.msgid for entry in english(ROOT) if all(entry.forms)}
    missing = {word for room in ROOMS.rooms.values() for word in words(room) if word not in known}
    assert not missing


def words(room: Room) -> list[str]:
    """The sentences a room holds as data."""
    held = [room.title, room.menu_label]
    steps: tuple[Step, ...] = getattr(room, "steps", ())
    for step in steps:
        held += [step.ask, step.label, step.hint]
        held += [getattr(step, "send", ""), getattr(step, "unknown", "")]
        for choice in getattr(step, "options", ()):
            held += [] if choice.translated else [choice.label, choice.hint]
    return [word for word in held if word]
