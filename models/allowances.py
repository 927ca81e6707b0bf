"""How often one somebody may do one thing, for all processes on the database together.

A leaky bucket in one number: the instant at which everything is allowed again. Each act moves it
on by its share; an act that would move it too far ahead is refused. One statement, one small row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, or_, select

from models.codes import fingerprint
from models.database import Unit
from models.outbox import line_id as micros
from models.prepared import Prepared
from models.tables import Allowance

_A: Any = Allowance.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Rule:
    """At most `times` at once, coming back evenly over `seconds`. `act` names it."""

    act: str
    times: int
    seconds: float

    @property
    def share(self) -> int:
        """What one act costs, in microseconds."""
        return int(self.seconds * 1e6 / self.times)

    @property
    def whole(self) -> int:
        return self.share * self.times

    def name(self, who: str) -> str:
        return f"{self.act}:{fingerprint(who)[:40]}"


def _take(put: Any) -> Any:
    new = put(_A).values(name=bindparam("name"), whole_at=bindparam("fresh"))
    # further ahead than any act takes it: a clock that ran ahead left it, so it counts as past
    ahead = and_(_A.c.whole_at > bindparam("now"), _A.c.whole_at <= bindparam("farthest"))
    return new.on_conflict_do_update(
        index_elements=["name"],
        set_={"whole_at": case((ahead, _A.c.whole_at), else_=bindparam("now")) + bindparam("cost")},
        where=or_(_A.c.whole_at <= bindparam("room"), _A.c.whole_at > bindparam("farthest")),
    ).returning(_A.c.whole_at)


_TAKE = Prepared(_take)
_WHOLE = Prepared(select(_A.c.whole_at).where(_A.c.name == bindparam("name")))


def take(unit: Unit, rule: Rule, who: str, now: datetime, times: int = 1) -> int | None:
    """`who` does it `times` more now; how often they may do it again at once. None: they may not,
    and nothing was counted."""
    at, cost = micros(now), rule.share * times
    room, farthest = at + rule.whole - cost, at + 2 * rule.whole
    row = _TAKE.first(
        unit,
        name=rule.name(who),
        fresh=at + cost,
        cost=cost,
        now=at,
        room=room,
        farthest=farthest,
    )
    return None if row is None else (at + rule.whole - int(row[0])) // rule.share


def left(unit: Unit, rule: Rule, who: str, now: datetime) -> bool:
    """Would `take` say yes? Only reads."""
    row = _WHOLE.first(unit, name=rule.name(who))
    ahead = 0 if row is None else int(row[0]) - micros(now)
    return ahead <= rule.whole - rule.share or ahead > 2 * rule.whole


def sweep(unit: Unit, now: datetime) -> int:
    """Forget everybody whose allowance is whole again; how many rows went."""
    gone = unit.core.execute(delete(_A).where(_A.c.whole_at < micros(now - timedelta(minutes=1))))
    return int(gone.rowcount)
