"""Calls of the Zalo Bot Platform: one method, one JSON object in, one out.

The token is part of the address, so an address is never logged. HTTP 200 may carry ok:false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.zalo_http import Http
from models.messages import Closed, Later, Never

HOUR = 3600.0
NOTHING = 408  # getUpdates: nobody said anything
BUSY = (408, 425, 500, 502, 503, 504)


class Empty(Exception):
    """A poll that brought nothing."""


@dataclass(frozen=True, slots=True)
class BotApi:
    """`base` is like https://bot-api.zaloplatforms.com; `token` is "<digits>:<secret>"."""

    http: Http
    base: str
    token: str

    async def call(
        self, method: str, body: Mapping[str, Any], within: float = 20.0
    ) -> dict[str, Any]:
        """The `result` (an empty one when there is none). Raises Later, Never, Closed or Empty."""
        url = f"{self.base}/bot{self.token}/{method}"
        status, answer = await self.http.post(url, body=dict(body), within=within)
        if answer is None:
            if status == NOTHING:
                raise Empty
            if status in (*BUSY, 429):
                raise Later(f"HTTP {status}", unknown=status >= 500)
            if 400 <= status < 500:
                raise Later(f"HTTP {status}: the token is not good", seconds=HOUR / 6)
            raise Later(f"HTTP {status}", unknown=True)
        if answer.get("ok"):
            result = answer.get("result")
            return result if isinstance(result, dict) else {"result": result}
        if "event_name" in answer:
            return answer  # a polled event without its wrapping: gone at Zalo, so taken as it is
        raise meaning(answer, status)


def meaning(answer: Mapping[str, Any], status: int) -> Exception:
    """What a refusal means for a message. Source: the table of errors of the platform's docs."""
    number = str(answer.get("error_code") or status)
    code = int(number) if number.isdigit() else 0
    why = f"{code} {answer.get('description') or ''}".strip()[:200]
    if code == NOTHING:
        return Empty()
    if code == 429:
        return Later(why, seconds=60.0)  # a plan that is used up is known by our own count
    if code in BUSY or "internal" in why.lower():
        return Later(why, unknown=code >= 500)
    if code in (401, 404):
        return Later(why, seconds=HOUR / 6)
    return Closed(why) if code == 403 else Never(why)
