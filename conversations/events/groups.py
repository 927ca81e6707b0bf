"""What happened in groups of officers."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.events.base import Event


@dataclass(frozen=True, slots=True)
class CaseOpenedInGroup(Event):
    """The button of a group's alert was pressed: the case goes to the officer alone."""

    dossier_id: int


@dataclass(frozen=True, slots=True)
class GroupBound(Event):
    """A group hears from now on what the officer hears. `group` is its number among the people."""

    group: int


@dataclass(frozen=True, slots=True)
class GroupUnbound(Event):
    """A group hears no more with the rights of these officers."""

    group: int
    officer_ids: tuple[int, ...]
