"""Puts one message at one address: new, over an earlier one, or into one that still waits.

A reply before which none waits is written with its claim, and handed to its sender after the
commit. Should the process die before it is sent, the claim runs out like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot import lettered
from bot.seal import Seal
from models import claims, outbox
from models.claims import Claimed
from models.codec import Json, say_json
from models.database import Unit
from models.messages import CAPABILITIES, Address, Channel, Say
from models.outbox import Copy, Draft, line_id

BURST = timedelta(seconds=20)  # an album that never ends is answered after this


CHOSEN = "✓ "  # before the label of a button that was pressed


@dataclass(slots=True)
class How:
    """How one message leaves. priority: 0 reply, 1 alert, 5 notice, 9 bulk."""

    due_at: datetime
    key: str = ""
    priority: int = 1
    dedupe: str | None = None
    dossier_id: int | None = None
    reply_to: str | None = None


@dataclass(slots=True)
class Leaving:
    """Writes rows of the outbox within one unit of work.

    `wake` and `hand` run on the event loop after its commit; `free` before it, on the database's
    thread: may a reply be handed over?
    """

    unit: Unit
    seal: Seal
    now: datetime
    wake: Callable[[Address], None]
    free: Callable[[Channel], bool]
    hand: Callable[[Claimed], None]
    _first: set[Address] = field(default_factory=set)  # where no reply waits

    def send(self, address: Address, person_id: int, say: Say, how: How) -> int | None:
        """A new message, its row's id. With a `dedupe` that was written before: None, no row."""
        return self._write(self._draft(address, person_id, say, how))

    def over(self, copy: Copy, person_id: int, say: Say, how: How) -> None:
        """Replace `copy`: in its row while it waits, by an edit where the channel can."""
        if copy.open:
            shown = self._shown(copy.address, person_id, say, copy.priority, copy.id)
            outbox.change(self.unit, copy.id, body=say_json(shown))
            return
        draft = self._draft(copy.address, person_id, say, how)
        if CAPABILITIES[copy.address.channel].edit and copy.status in ("sent", "waiting"):
            outbox.cancel(self.unit, f"mark:{copy.root}")  # its buttons are replaced
            # not before the message it replaces, so never of a more urgent class
            priority = max(how.priority, copy.priority)
            draft = replace(draft, kind="edit", replaces=copy.root, priority=priority)
            self._write(draft, copy.external_id)
        else:
            self._write(draft)

    def mark(self, copy: Copy, pressed: str) -> None:
        """Show on `copy` which of its buttons was pressed, where the channel can edit.

        The others stay on a message that lives on (one with a key), else they go.
        """
        can = CAPABILITIES[copy.address.channel]
        if can.pull or not can.edit or copy.status != "sent":
            return
        rows = [[_chosen(b, pressed) for b in row] for row in copy.body.get("rows", ())]
        chosen = [b for row in rows for b in row if b["label"].startswith(CHOSEN)]
        if not chosen:
            return
        draft = Draft(
            copy.address,
            copy.person_id,
            {"text": "", "rows": rows if copy.key else [chosen]},
            self.now,
            self.now,
            kind="mark",
            replaces=copy.root,
            dedupe=f"mark:{copy.root}",
            priority=5,
        )
        self._write(draft)

    def settle(self, address: Address, person_id: int, say: Say, how: How) -> None:
        """Answer a burst once: into the answer that waits, or as one that waits a moment."""
        due = self.now + timedelta(seconds=say.settle)
        for copy in outbox.replies(self.unit, address, self.now)[0]:
            if copy.open and copy.key == how.key:
                shown = self._shown(address, person_id, say, copy.priority, copy.id)
                due = min(due, copy.created_at + BURST)
                outbox.change(self.unit, copy.id, body=say_json(shown), due_at=due)
                return
        self._write(self._draft(address, person_id, say, replace(how, due_at=due)))

    def release(self, address: Address, key: str) -> None:
        """A reply goes out now: answers that wait for a burst go before it.

        One of the same `key` is dropped instead: the reply says it anew.
        """
        resting, any_waits = outbox.replies(self.unit, address, self.now)
        if not any_waits:
            self._first.add(address)
        for copy in resting:
            if copy.open and key and copy.key == key:
                outbox.change(self.unit, copy.id, status="cancelled")
            elif copy.open and CAPABILITIES[address.channel].pull:
                at = self.unit.stamp()
                shown = {"sent_at": at, "external_id": str(line_id(at))}
                outbox.change(self.unit, copy.id, status="sent", **shown)
            elif copy.open:
                outbox.change(self.unit, copy.id, due_at=self.now)

    def _draft(self, address: Address, person_id: int, say: Say, how: How) -> Draft:
        shown = self._shown(address, person_id, say, how.priority)
        return Draft(
            address,
            person_id,
            say_json(shown),
            how.due_at,
            self.now,
            key=how.key,
            reply_to=how.reply_to,
            dedupe=how.dedupe,
            priority=how.priority,
            dossier_id=how.dossier_id,
            shown=shown,
        )

    def _shown(
        self, address: Address, person_id: int, say: Say, priority: int, row: int = 0
    ) -> Say:
        """The message as its row holds it: lettered and sealed; `row` is the one it replaces."""
        say = lettered.marked(self.unit, address, say, priority, self.now, row)
        return self.seal.say(person_id, say)

    def _write(self, draft: Draft, edited: str | None = None) -> int | None:
        """A page pulls: what is due is shown by being written. Others' replies are handed over
        where they can be; the rest waits for the worker."""
        address, pulls = draft.address, CAPABILITIES[draft.address.channel].pull
        if pulls and draft.due_at <= self.now:
            draft.sent_at = at = self.unit.stamp()
            draft.external_id = edited or str(line_id(at))
        elif self._goes_first(draft) and not pulls and self.free(address.channel):
            draft.leased_until = self.now + claims.SEND_LEASE
        written = outbox.write(self.unit, draft)
        if written is not None and draft.leased_until:
            claimed = claims.written(self.unit, written, draft)
            self.unit.after_commit.append(lambda: self.hand(claimed))
        elif written is not None:
            self.unit.after_commit.append(lambda: self.wake(address))
        return written

    def _goes_first(self, draft: Draft) -> bool:
        """Nothing at its address comes before it; what is written after it does not go first."""
        first = draft.address in self._first and draft.priority == 0
        self._first.discard(draft.address)
        return first and draft.due_at <= self.now


def in_one(says: Sequence[Say]) -> Say:
    """Several messages as one, where each is counted: the texts in order, then every choice."""
    said = [say for say in says if say.text or say.files]
    if len(said) < 2:
        return said[0] if said else Say("")
    return Say(
        "\n\n".join(say.text for say in said if say.text),
        tuple(row for say in said for row in say.rows),
        tuple(file for say in said for file in say.files),
        said[-1].key,
        max(say.settle for say in said),
    )


def _chosen(button: Json, pressed: str) -> Json:
    """The button, marked when it is the one that was pressed."""
    if button["action"] != pressed:
        return button
    return {**button, "label": CHOSEN + button["label"].removeprefix(CHOSEN)}
