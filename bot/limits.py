"""How often one somebody may do one thing, whichever process they come to.

The database keeps the count (models/allowances.py). So that a message costs no statement more, a
process settles a tenth at a time: it lets a few through by itself, then counts them together. So
each further process may let through up to a tenth more than the rule says. Who was refused is
refused here until one has come back: a flood costs no more than that many statements.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot import clock
from models import allowances
from models.allowances import Rule
from models.database import Database
from models.outbox import line_id as micros

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0

# Of one chat or person. An album of photos is a message each.
MESSAGES = Rule("message", 120, MINUTE)
UPLOADS = Rule("upload", 300, HOUR)
QUESTIONS = Rule("question", 20, MINUTE)
TICKETS = Rule("ticket", 10, DAY)  # questions that take an officer's time
COMPLAINTS = Rule("complaint", 5, DAY)
EACH = {rule.act: rule for rule in (QUESTIONS, TICKETS, COMPLAINTS)}  # what conversations ask about
# Of one network address: a commune's office, a market on one mobile network.
CHATS = Rule("chat", 60, HOUR)
MESSAGES_NET = Rule("message net", 1200, MINUTE)
UPLOADS_NET = Rule("upload net", 1500, HOUR)

REMEMBERED = 20_000  # somebodies; past that the oldest are let go
PARTS = 10


@dataclass(slots=True)
class _Local:
    """What this process has let through by itself, and since when; how much it may before it
    settles; until when it refuses."""

    since: int
    part: int
    count: int = 0
    closed_until: int = 0


class Limits:
    """One for each process."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._local: dict[tuple[str, str], _Local] = {}

    async def take(self, rule: Rule, who: str) -> bool:
        """May `who` do it once more now? When they may, that counts."""
        now = clock.now()
        at = micros(now)
        local = self._of(rule, who, at)
        if at < local.closed_until <= at + rule.whole:
            return False
        local.count += 1
        if local.count < local.part:
            return True
        times, local.since, local.count = local.count, at, 0
        left = await self._db.run(lambda unit: allowances.take(unit, rule, who, now, times))
        local.part = min(max(left or 0, 1), _part(rule))
        local.closed_until = at + rule.share if left is None else 0
        return left is not None

    def _of(self, rule: Rule, who: str, at: int) -> _Local:
        """What is known of them; what they did so long ago that it has come back is forgotten."""
        key, part = (rule.act, who), _part(rule)
        local = self._local.pop(key, None) or _Local(at, part)
        if not 0 <= at - local.since < part * rule.share:
            local = _Local(at, part)
        self._local[key] = local  # last again: the oldest is first
        if len(self._local) > REMEMBERED:
            del self._local[next(iter(self._local))]
        return local


def _part(rule: Rule) -> int:
    return max(1, rule.times // PARTS)
