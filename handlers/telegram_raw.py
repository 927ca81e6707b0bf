"""An update that its library could not read, heard all the same: a field more or less than the
library knows of must not make us deaf to somebody."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from handlers.telegram_api import Me, Query
from handlers.telegram_inbound import from_update
from handlers.wire import Reception
from models.messages import Channel

log = logging.getLogger(__name__)


class Loose:
    """A JSON object with Telegram's fields as attributes; what is not there is None."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw

    def __getattr__(self, name: str) -> Any:
        value = self._raw.get("from" if name == "from_user" else name)
        if isinstance(value, Mapping):
            return Loose(value)
        if isinstance(value, list):
            return [Loose(one) if isinstance(one, Mapping) else one for one in value]
        return value

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.first_name, self.last_name)))

    @property
    def date(self) -> datetime:
        return datetime.fromtimestamp(int(self._raw["date"]), UTC)


async def hear(
    raw: Mapping[str, Any], channel: Channel, me: Me, now: datetime, reception: Reception
) -> Query | None:
    """Hear it; the query that is to be answered. What is no update at all is passed over."""
    try:
        inbound = from_update(Loose(raw), channel, me, now)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        log.error("update %s cannot be read: %s", raw.get("update_id"), type(error).__name__)
        return None
    if inbound is None:
        return None
    log.warning("update %s is not as the library knows it", raw.get("update_id"))
    await reception.receive(inbound)
    if not inbound.button:
        return None
    told = await reception.notice(inbound) if inbound.group else ""
    query = raw["callback_query"].get("id")
    return Query(query, told) if isinstance(query, str) else None
