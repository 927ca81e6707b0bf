"""A talk that an officer has taken into their own hands: the bot remembers and says nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from conversations.understand import global_word
from models import windows
from models.database import Unit
from models.messages import CAPABILITIES, Inbound

FORGOTTEN = timedelta(hours=24)  # after the officer's last word the bot is there again


def answers(unit: Unit, inbound: Inbound, now: datetime) -> bool:
    """Is a human answering here? A person who asks for the menu, or presses a button, wants us."""
    if not CAPABILITIES[inbound.address.channel].counted:
        return False  # only there can an officer write past us
    since = windows.human_since(unit, inbound.address)
    if since is None:
        return False
    wanted = inbound.button is not None or global_word(inbound.text or "") == "menu"
    if not wanted and now - since < FORGOTTEN:
        return True
    windows.human(unit, inbound.address, None)
    return False
