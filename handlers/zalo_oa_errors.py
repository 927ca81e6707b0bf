"""What the OA API's error numbers mean for a message. Errors come inside HTTP 200.

Source: the list of codes at developers.zalo.me/docs/official-account, as copied in several public
implementations; numbers nobody explains are final for their message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from models.messages import Closed, Gone, Later, Never

HOUR = 3600.0
TOKEN = (-216, -220)
RATE = (-32, 429, 10000, 10002)
WINDOW = (-230, -232, -217, -218, -244, 12007, 12008, 12009)  # this person, now
QUOTA = (-211, -223, 12000, 12002, 12003, 12004, 12010)  # everybody, until it is filled up
MONEY = (-320, -321)
STOPPED = (-204, -205, -209, -212, -219, -221, -224, -235, -242)  # the whole channel
LEFT = (-213, -227)  # the person
NIGHT = -234
MORNING = 6  # o'clock in Vietnam, when night messages may go
_VIETNAM = timedelta(hours=7)


#: The template messages' own numbers, as copied from their table of errors; the rest as above.
TEMPLATE_TOKEN = (-124,)
TEMPLATE_QUOTA = (-115, -144, -147)  # no money, no more today
TEMPLATE_NIGHT = -133
Meaning = Callable[[int, str, datetime], Exception]


class TokenRefused(Exception):
    """The access token is not good any more: renew it and try once more."""


def meaning(code: int, reason: str, now: datetime) -> Exception:
    """The exception a sender raises for this error."""
    why = f"{code} {reason}".strip()[:200]
    if code in TOKEN:
        return TokenRefused(why)
    if code in RATE:
        return Later(why, seconds=30.0)
    if code == NIGHT:
        return Later(why, seconds=until_morning(now))
    if code in WINDOW:
        return Closed(why)
    if code in QUOTA:
        return Later(why, seconds=HOUR)
    if code in MONEY or code in STOPPED:
        return Later(why, seconds=HOUR)
    return Gone(why) if code in LEFT else Never(why)


def template_meaning(code: int, reason: str, now: datetime) -> Exception:
    """The same for a template message. It is the last way there is: what it does not deliver an
    officer must hear of, so nothing is merely given up."""
    why = f"template {code} {reason}".strip()[:200]
    if code in TEMPLATE_TOKEN:
        return TokenRefused(why)
    if code == TEMPLATE_NIGHT:
        return Later(why, seconds=until_morning(now))
    if code in TEMPLATE_QUOTA:
        return Later(why, seconds=HOUR)
    known = meaning(code, reason, now)
    return known if isinstance(known, Later | TokenRefused) else Closed(why)


def until_morning(now: datetime) -> float:
    """Seconds to the next six o'clock in Vietnam."""
    local = now + _VIETNAM
    six = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if six <= local:
        six += timedelta(days=1)
    return (six - local).total_seconds()


def checked(
    status: int, answer: Mapping[str, Any] | None, now: datetime, means: Meaning = meaning
) -> Any:
    """The `data` of an answer that is fine; raises what its error means."""
    if answer is None:
        if status >= 500 or status == 429:
            raise Later(f"HTTP {status}", unknown=status >= 500)
        raise Never(f"HTTP {status} without JSON")
    code = number(answer.get("error", 0))
    if code:
        raise means(code, str(answer.get("message") or answer.get("error_name") or ""), now)
    if status >= 500:
        raise Later(f"HTTP {status}", unknown=True)
    if status == 401:
        raise TokenRefused("HTTP 401")
    if status >= 400:  # refused, though no number says why
        raise Later("HTTP 429", seconds=30.0) if status == 429 else Never(f"HTTP {status}")
    return answer.get("data")


def number(value: object) -> int:
    """An error number, which may come as a string; words count as -1."""
    try:
        return int(str(value or 0))
    except ValueError:
        return -1
