"""Beside the turn: admins hear about a channel in trouble; whose message an echo was."""

from __future__ import annotations

from collections.abc import Callable

from bot.jobs import Due, Works, Write, job
from bot.post import Post
from conversations.letters import Note
from conversations.letters import channels as letters
from models.codec import Json
from models.database import Unit
from models.messages import Address, Channel

LETTERS: dict[str, Callable[[Json], Note]] = {
    "zalo_token": lambda told: letters.token_lost(told["reason"], told["url"]),
    "plan": lambda told: letters.plan_nearly_used(told["channel"], told["used"], told["most"]),
    "templates": lambda told: letters.templates_nearly_used(
        told["channel"], told["used"], told["most"]
    ),
    "webhook": lambda told: letters.came_by_no_webhook(told["channel"], told["used"]),
    "failed": lambda told: letters.refused_for_good(told["channel"], told["used"]),
    "people": lambda told: letters.people_nearly_full(told["channel"], told["used"], told["most"]),
}


@job("channel_alarm")
async def alarm(works: Works, due: Due) -> Write:
    letter = LETTERS[due.payload["what"]](due.payload)

    def write(unit: Unit, post: Post) -> None:
        post.to_officers(None, "admin", letter)

    return write


@job("zalo_echo")
async def echoed(works: Works, due: Due) -> Write:
    """By now what we sent is known by its id: else an officer wrote it."""
    from bot.zalo_oa import echo
    from handlers.zalo_oa_events import ByHand

    told = due.payload
    event = ByHand(Address(Channel.ZALO_OA, told["address"]), told["id"], told["text"])

    def write(unit: Unit, post: Post) -> None:
        echo(unit, event, due.now, again=True)

    return write
