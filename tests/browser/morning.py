"""`python -m tests.browser.morning run`: the program on a clock that begins at nine in Vietnam.

For what depends on the hour (nothing is announced at night), whenever the test runs.
"""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot import clock

NINE = 9
_real = clock.now


def _ahead() -> timedelta:
    local = _real().astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    return local.replace(hour=NINE, minute=0, second=0, microsecond=0) - local


if __name__ == "__main__":
    ahead = _ahead()
    clock.now = lambda: _real() + ahead

    from bot.__main__ import main

    main()
