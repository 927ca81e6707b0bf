"""Why a file cannot be taken. Each has one sentence that says what to do, in conversations/."""

from __future__ import annotations

from typing import Literal

Refusal = Literal["too_big", "bad_type", "corrupt", "unsafe"]


class Refused(Exception):
    """The file is not taken; `why` is the word stored with the attachment."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why: Refusal = why
