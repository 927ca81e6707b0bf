"""An update that its library could not read, heard all the same: a field more or less than the
library knows of must not make us deaf to somebody. Of what we cannot read either, somebody who
wrote to us alone is told so."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.telegram_api import Loose, Me, Query
from handlers.telegram_inbound import from_update
from handlers.wire import Reception
from models.messages import Channel, Inbound

log = logging.getLogger(__name__)
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)
FRAME = ("message_id", "date", "chat", "from")  # of a message, without what it says


async def hear(
    raw: Mapping[str, Any], channel: Channel, me: Me, now: datetime, reception: Reception
) -> Query | None:
    """Hear it; the query that is to be answered. What is no update at all is passed over."""
    try:
        inbound = from_update(Loose(raw), channel, me, now)
    except UNREADABLE as error:
        log.error("update %s cannot be read: %s", raw.get("update_id"), type(error).__name__)
        inbound = _said_something(raw, channel, me, now)
    if inbound is None:
        return _query(raw, "")
    log.warning("update %s is not as the library knows it", raw.get("update_id"))
    await reception.receive(inbound)
    told = await reception.notice(inbound) if inbound.group and inbound.button else ""
    return _query(raw, told)


def _said_something(
    raw: Mapping[str, Any], channel: Channel, me: Me, now: datetime
) -> Inbound | None:
    """What is left of a message whose content cannot be read: whose it is."""
    said = raw.get("message")
    if not isinstance(said, Mapping):
        return None
    frame = {name: said[name] for name in FRAME if name in said}
    try:
        return from_update(
            Loose({"update_id": raw["update_id"], "message": frame}), channel, me, now
        )
    except UNREADABLE:
        return None


def _query(raw: Mapping[str, Any], told: str) -> Query | None:
    """The press in it, which is answered whatever became of it."""
    pressed = raw.get("callback_query")
    number = pressed.get("id") if isinstance(pressed, Mapping) else None
    return Query(str(number), told) if isinstance(number, str | int) else None
