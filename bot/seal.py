"""Seals on buttons: what a press means, and that it was shown to the person who pressed it.

The data of a button is eight characters that only this product can make for this person, then the
action in the clear. At most 64 bytes, which is what Telegram carries.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from dataclasses import replace

from models.messages import Button, Say

MARK = 8  # characters; 48 bits, tried one press at a time
ACTION = 48  # bytes


class Seal:
    """Makes and opens the data of buttons under one key."""

    def __init__(self, key: bytes) -> None:
        if len(key) < 16:
            raise ValueError("a seal needs a key of at least 16 bytes")
        self._keyed = hmac.new(key, digestmod="sha256")  # copied each time: sooner than made anew

    def seal(self, person_id: int, action: str) -> str:
        """`action` (at most 48 bytes) as button data that only `person_id` may press."""
        if len(action.encode()) > ACTION:
            raise ValueError(f"action {action!r} is longer than {ACTION} bytes")
        return self._mark(person_id, action) + action

    def open(self, person_id: int, data: str) -> str | None:
        """The action in `data`, or None when it was not sealed for this person."""
        mark, action = data[:MARK], data[MARK:]
        if not action or not mark.isascii():
            return None
        return action if hmac.compare_digest(mark, self._mark(person_id, action)) else None

    def say(self, person_id: int, say: Say) -> Say:
        """`say` with the action of every button sealed to `person_id`."""
        if not say.rows:
            return say
        rows = tuple(tuple(self._button(person_id, b) for b in row) for row in say.rows)
        return replace(say, rows=rows)

    def _button(self, person_id: int, button: Button) -> Button:
        if not button.action:
            return button
        return replace(button, action=self.seal(person_id, button.action))

    def _mark(self, person_id: int, action: str) -> str:
        keyed = self._keyed.copy()
        keyed.update(f"{person_id}\0{action}".encode())
        return urlsafe_b64encode(keyed.digest()[:6]).decode()
