"""A pair of tokens of which the refresh token is good once: who may spend it, what came of it."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from models.codes import fingerprint
from models.database import Unit
from models.tables import Secret, TokenPair

_PAIR: Any = TokenPair.__table__  # type: ignore[attr-defined]
_SECRET: Any = Secret.__table__  # type: ignore[attr-defined]
LEASE = timedelta(seconds=60)  # longer than the longest request


@dataclass(frozen=True, slots=True)
class Pair:
    """The pair as it is kept. `lost`: the refresh token was refused; only consent helps."""

    access: str
    refresh: str
    issued_at: datetime
    expires_at: datetime
    lost: bool

    def stale(self, now: datetime) -> bool:
        """Past half its life: time for a new one."""
        return not self.access or now >= self.issued_at + (self.expires_at - self.issued_at) / 2

    def usable(self, now: datetime) -> bool:
        return bool(self.access) and now < self.expires_at


def current(unit: Unit, name: str) -> Pair | None:
    row = unit.core.execute(select(_PAIR).where(_PAIR.c.name == name)).mappings().first()
    if row is None:
        return None
    return Pair(
        row["access"],
        row["refresh"],
        row["issued_at"],
        row["expires_at"],
        row["lost_at"] is not None,
    )


def begin(unit: Unit, name: str, refresh: str, now: datetime) -> None:
    """Start from the setting, once for each value of it; a newer pair from it is left alone."""
    seed = fingerprint(refresh)
    fresh = {"seed": seed, "access": "", "refresh": refresh, "issued_at": now, "expires_at": now}
    put = unit.insert(_PAIR).values(name=name, **fresh, renewing_until=None, lost_at=None)
    unit.core.execute(
        put.on_conflict_do_update(
            index_elements=["name"],
            set_={**fresh, "renewing_until": None, "lost_at": None},
            where=_PAIR.c.seed != seed,
        )
    )


def lease(unit: Unit, name: str, refresh: str, now: datetime) -> bool:
    """May this process spend `refresh` now? Only one may, and only while it is the one kept."""
    taken = unit.core.execute(
        update(_PAIR)
        .where(
            _PAIR.c.name == name,
            _PAIR.c.refresh == refresh,
            _PAIR.c.lost_at.is_(None),
            or_(_PAIR.c.renewing_until.is_(None), _PAIR.c.renewing_until <= now),
        )
        .values(renewing_until=now + LEASE)
    )
    return bool(taken.rowcount)


def free(unit: Unit, name: str, refresh: str, until: datetime | None = None) -> None:
    """The refresh token was not spent: it may be tried again, at `until` the earliest."""
    same = (_PAIR.c.name == name, _PAIR.c.refresh == refresh)
    unit.core.execute(update(_PAIR).where(*same).values(renewing_until=until))


def keep(unit: Unit, name: str, access: str, refresh: str, lives: timedelta, now: datetime) -> None:
    """The new pair, before anyone uses it."""
    unit.core.execute(
        update(_PAIR)
        .where(_PAIR.c.name == name)
        .values(
            access=access,
            refresh=refresh,
            issued_at=now,
            expires_at=now + lives,
            renewing_until=None,
            lost_at=None,
        )
    )


def lose(unit: Unit, name: str, refresh: str, now: datetime) -> bool:
    """The refresh token was refused for good. True for the first who finds out."""
    lost = unit.core.execute(
        update(_PAIR)
        .where(_PAIR.c.name == name, _PAIR.c.refresh == refresh, _PAIR.c.lost_at.is_(None))
        .values(lost_at=now, renewing_until=None)
    )
    return bool(lost.rowcount)


def distrust(unit: Unit, name: str, access: str, now: datetime) -> None:
    """The access token was refused before its time: whoever asks next renews it."""
    same = (_PAIR.c.name == name, _PAIR.c.access == access)
    unit.core.execute(update(_PAIR).where(*same).values(access="", expires_at=now))


def consent(unit: Unit, name: str, state: str, verifier: str, now: datetime) -> None:
    """Somebody is asked to consent: what their answer must carry, and what it is redeemed with."""
    value = f"{state} {verifier}"
    put = unit.insert(_SECRET).values(name=_asked(name), value=value, updated_at=now)
    unit.core.execute(
        put.on_conflict_do_update(index_elements=["name"], set_={"value": value, "updated_at": now})
    )


def redeem(unit: Unit, name: str, state: str) -> str | None:
    """The verifier that goes with `state`, once; None when nobody was asked so."""
    kept: str | None = unit.core.execute(
        select(_SECRET.c.value).where(_SECRET.c.name == _asked(name))
    ).scalar()
    known, _, verifier = (kept or "").partition(" ")
    if not kept or not hmac.compare_digest(known.encode(), state.encode()):
        return None
    unit.core.execute(_SECRET.delete().where(_SECRET.c.name == _asked(name)))
    return verifier


def _asked(name: str) -> str:
    return f"consent:{name}"[:40]
