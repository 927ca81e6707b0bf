"""Long polling in which nothing is confirmed before it is committed.

aiogram's own polling advances the offset also for an update whose handler raised. Here an update
is tried until it is taken, and only then does the next getUpdates carry a higher offset. Updates of
one chat are taken in order, those of different chats side by side (they share a commit).

Of two programs with one token Telegram ends the older one's poll (409). That one gives way: it does
not ask for updates again, which would push the other out in turn, until some lie there that nobody
takes. Two databases would otherwise share people's talks between them by the minute.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, TypeGuard

from handlers.telegram_api import BROKEN_TOKEN, NoAnswer, Refused

CONFLICT = 409  # what Telegram tells the one whose poll another one ended
GIVE_WAY = 60.0  # seconds before the first look whether the other is gone
LOOK, LOOKS = 2.0, 10  # seconds between two; so many in a row find updates that nobody takes
WAIT = 30  # seconds Telegram holds a request open
MOST = 100  # updates one request brings
HOOKED = ("webhook is active", "by setWebhook")  # another program took the bot to webhooks
NUMBER = re.compile(r'"update_id"\s*:\s*(\d+)')
Update = Mapping[str, Any]
Fetch = Callable[[int | None, int], Awaitable[list[Any]]]
Waiting = Callable[[], Awaitable[int]]  # how many updates nobody has taken
Take = Callable[[Any], Awaitable[object]]
log = logging.getLogger(__name__)


async def poll(fetch: Fetch, take: Take, waiting: Waiting) -> None:
    """Fetch and take updates until cancelled. `fetch` gets the offset and how many; `take` raises
    when nothing was written, and is asked again. Raises Refused when the bot was given a webhook.

    An answer that is no JSON is asked for again one update at a time, and the one that cannot be
    read at all is passed over: it must not make us deaf to those behind it.
    """
    offset: int | None = None
    failures, limit = 0, MOST
    while True:
        try:
            updates = _known(await fetch(offset, limit))
        except (Refused, NoAnswer) as error:
            failures += 1
            unreadable = _number(error)
            if unreadable is not None and limit == 1:
                log.error("update %d cannot be read, it is passed over", unreadable)
                offset = unreadable + 1
            limit = MOST if unreadable is None else 1
            if _pushed_out(error):
                await _give_way(error, waiting)
            else:
                await asyncio.sleep(_pause(error, failures))
            continue
        failures, limit = 0, MOST
        await take_all(updates, take)
        if updates:
            offset = max(update["update_id"] for update in updates) + 1


def _known(updates: Iterable[Any]) -> list[Update]:
    """Those that are updates. Raises NoAnswer when something came and none is."""
    every = list(updates)
    known = [u for u in every if isinstance(u, Mapping) and isinstance(u.get("update_id"), int)]
    if len(known) < len(every):
        log.error("%d of %d that came are no updates", len(every) - len(known), len(every))
    if every and not known:
        raise NoAnswer("no updates")
    return known


def _number(error: Refused | NoAnswer) -> int | None:
    """Of the first update in an answer that is no JSON."""
    found = NUMBER.search(error.body) if isinstance(error, NoAnswer) else None
    return int(found[1]) if found else None


def _pushed_out(error: Refused | NoAnswer) -> TypeGuard[Refused]:
    return isinstance(error, Refused) and error.code == CONFLICT and not error.says(*HOOKED)


async def _give_way(error: Refused, waiting: Waiting) -> None:
    """Return when nobody takes what lies there: the other one is gone."""
    log.error(
        "another program polls with this bot's token (%s): this one waits until the other is gone; "
        "stop one of them, or give it a token of its own",
        error.description,
    )
    await asyncio.sleep(GIVE_WAY)
    while not await _untaken(waiting):  # noqa: ASYNC110  # what is waited for is elsewhere
        await asyncio.sleep(LOOK)
    log.warning("nobody takes this bot's updates: this one polls again")


async def _untaken(waiting: Waiting) -> bool:
    """Whether updates lie there, look after look, and never become fewer."""
    least = 1
    for _ in range(LOOKS):
        try:
            now = await waiting()
        except (Refused, NoAnswer):
            return False
        if now < least:
            return False
        least = now
        await asyncio.sleep(LOOK)
    return True


async def take_all(updates: Iterable[Update], take: Take) -> None:
    """Take each update, in order within its chat; returns when all are taken."""
    chats: dict[object, list[Update]] = {}
    for update in updates:
        chats.setdefault(chat_of(update), []).append(update)
    await asyncio.gather(*(_take_in_order(some, take) for some in chats.values()))


def chat_of(update: Update) -> object:
    """What orders an update: its chat, else itself."""
    for event in update.values():
        if isinstance(event, Mapping):
            message = event if "chat" in event else event.get("message")
            chat = message.get("chat") if isinstance(message, Mapping) else None
            return chat.get("id") if isinstance(chat, Mapping) else update["update_id"]
    return update["update_id"]


async def _take_in_order(updates: Iterable[Update], take: Take) -> None:
    for update in updates:
        wait = 0.25
        while True:
            try:
                await take(update)
                break
            except Exception as error:  # nothing was written: the database is away
                log.warning("update %s not taken: %s", update["update_id"], type(error).__name__)
            await asyncio.sleep(wait)
            wait = min(wait * 2, 15.0)


def _pause(error: Refused | NoAnswer, failures: int) -> float:
    """Seconds until the next try; says in the log what stands in the way, once per kind."""
    backoff = min(0.5 * 2.0 ** min(failures, 6), 30.0)
    if isinstance(error, NoAnswer):
        if failures == 1:
            log.warning("Telegram does not answer: %s", error.reason)
        return backoff
    if error.code in (401, 404):
        log.error("Telegram does not know this bot's token")
        return BROKEN_TOKEN if failures > 3 else backoff
    if error.code == CONFLICT:
        log.error("another program gave this bot a webhook: it is taken away again, stop the other")
        raise error
    if failures == 1:
        log.warning("getUpdates was refused: %s", error.description)
    return error.retry_after or backoff
