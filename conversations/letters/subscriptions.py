"""Asks whether somebody wants announcements, at the end of a letter that brings something good."""

from __future__ import annotations

from dataclasses import replace

from conversations.letters import Line, Note, Press
from locales import N_

OFFER = N_(
    "Có lớp tập huấn, hội chợ, chính sách mới, bà con muốn mình báo không? Không nhận cũng không "
    "sao, hồ sơ vẫn làm như thường; đổi ý lúc nào cũng được."
)


def offering(letter: Note) -> Note:
    """The letter, with the question and its answers."""
    presses = (
        Press(N_("Có, báo cho tôi"), "subscriptions:yes"),
        Press(N_("Không, cảm ơn"), "subscriptions:no"),
        Press(N_("Để sau"), "subscriptions:later"),
    )
    return replace(letter, lines=(*letter.lines, Line(OFFER)), presses=(*presses, *letter.presses))
