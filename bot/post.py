"""Letters: asked for while events are applied, written once the reply is. Jobs: at once.

A letter is said in each reader's language and goes to the address where they were last heard
(officers: their officers' bot first). Buttons are sealed to the reader. Nothing is sent from here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.leaving import How, Leaving
from conversations.letters import Letter
from models import groups, jobs, outbox, people
from models.codec import Json
from models.messages import CAPABILITIES


@dataclass(slots=True)
class Post:
    """The way out of one turn or one job. Its methods are for apply handlers and jobs."""

    leaving: Leaving
    _later: list[Callable[[], object]] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return self.leaving.now

    def to_person(
        self,
        person_id: int,
        letter: Letter,
        *,
        key: str = "",
        edit: bool = False,
        priority: int = 1,
        due_at: datetime | None = None,
        dedupe: str | None = None,
        dossier_id: int | None = None,
    ) -> None:
        """Write to a person, after the reply of this turn.

        `edit` replaces what was sent under the same key, at every address that has it, and sends
        nothing where nothing was sent. `dedupe`: once only, and the name for `cancel`. `due_at`
        lets it leave later. priority: 0 reply, 1 alert, 5 notice, 9 bulk.
        """
        how = How(due_at or self.now, key, priority, dedupe, dossier_id)
        write = self._edit if edit else self._send
        self._later.append(lambda: write(person_id, letter, how))

    def refresh(self, person_id: int, letter: Letter, key: str) -> None:
        """Put the letter over what was sent under `key`, where the channel edits; else nothing:
        whoever wants to know presses a button."""
        self._later.append(lambda: self._refresh(person_id, letter, key))

    def to_officers(
        self,
        commune_code: str | None,
        role: str,
        letter: Letter,
        *,
        skip: int | None = None,
        key: str = "",
        edit: bool = False,
        priority: int = 1,
        due_at: datetime | None = None,
        dedupe: str | None = None,
        dossier_id: int | None = None,
        groups_too: bool = False,
    ) -> None:
        """Write to every active officer of the role (of the commune, when given).

        `skip` is the person id of one who need not be told. A `dedupe` counts once per officer.
        `groups_too`: to the groups of these officers as well; then nothing personal may be in it.
        """
        unit = self.leaving.unit
        told = people.officers(unit, role, commune_code)
        if groups_too:
            told += groups.hearing(unit, role, commune_code)
        for person_id in told:
            if person_id == skip:
                continue
            self.to_person(
                person_id,
                letter,
                key=key,
                edit=edit,
                priority=priority,
                due_at=due_at,
                dedupe=f"{dedupe}:{person_id}" if dedupe else None,
                dossier_id=dossier_id,
            )

    def job(
        self,
        kind: str,
        payload: Json,
        due_at: datetime | None = None,
        dedupe: str | None = None,
        dossier_id: int | None = None,
    ) -> None:
        """Have something done later, by the handler of `kind` (bot/jobs.py).

        Put down at once, so that the reply drawn next can show it ("Rút lại yêu cầu").
        """
        due = due_at or self.now
        jobs.put(self.leaving.unit, kind, payload, due, self.now, dedupe, dossier_id)

    def cancel(self, dedupe: str) -> None:
        """Take back the letter or job of this name, when it has not left."""
        unit = self.leaving.unit
        jobs.cancel(unit, dedupe)
        self._later.append(lambda: outbox.cancel(unit, dedupe))

    def deliver(self) -> None:
        """Write what was asked for so far, in that order. The turn calls it after the reply."""
        later, self._later = self._later, []
        for write in later:
            write()

    def _send(self, person_id: int, letter: Letter, how: How) -> None:
        unit = self.leaving.unit
        address = people.reachable(unit, person_id)
        if address is None:
            return  # stopped everywhere; the case's officer was told when the last address stopped
        say = letter.say(people.person(unit, person_id).language)
        self.leaving.send(address, person_id, say, replace(how, key=how.key or say.key))

    def _refresh(self, person_id: int, letter: Letter, key: str) -> None:
        unit = self.leaving.unit
        say = letter.say(people.person(unit, person_id).language)
        for copy in outbox.copies(unit, key, person_id):
            if CAPABILITIES[copy.address.channel].edit:
                self.leaving.over(copy, person_id, say, How(self.now, key, priority=5))

    def _edit(self, person_id: int, letter: Letter, how: How) -> None:
        unit = self.leaving.unit
        say = letter.say(people.person(unit, person_id).language)
        how = replace(how, key=how.key or say.key)
        for copy in outbox.copies(unit, how.key, person_id):
            self.leaving.over(copy, person_id, say, how)
