"""What a channel that counts still takes: per person and per month; and who answers by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from models import people
from models.codec import Json
from models.database import Unit
from models.messages import Address, Channel
from models.tables import AddressRow, ChannelCount, ChannelWindow, OutboundRow

_WINDOW: Any = ChannelWindow.__table__  # type: ignore[attr-defined]
_COUNT: Any = ChannelCount.__table__  # type: ignore[attr-defined]
_ADDRESS: Any = AddressRow.__table__  # type: ignore[attr-defined]
_OUT: Any = OutboundRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Window:
    """When the person last did something here, and what was left to send for nothing then."""

    acted_at: datetime | None
    free_left: int | None  # None: nothing was sent since that act


def window(unit: Unit, address: Address) -> Window:
    known = people.at_address(unit, address)
    acted = known.last_in_at if known else None
    row = unit.core.execute(
        select(_WINDOW.c.acted_at, _WINDOW.c.free_left).where(*_here(address))
    ).first()
    return Window(acted, row[1] if row is not None and row[0] == acted else None)


def sent(unit: Unit, address: Address, acted_at: datetime | None, free_left: int) -> None:
    """Remember how much is left after a message."""
    _put(unit, address, {"acted_at": acted_at, "free_left": max(free_left, 0)})


def human(unit: Unit, address: Address, since: datetime | None) -> None:
    """An officer answers by hand since then; None hands the talk back to the bot."""
    _put(unit, address, {"human_since": since})


def human_since(unit: Unit, address: Address) -> datetime | None:
    since: datetime | None = unit.core.execute(
        select(_WINDOW.c.human_since).where(*_here(address))
    ).scalar()
    return since


def count(unit: Unit, channel: Channel, period: str, kind: str, by: int = 1) -> int:
    """One more of a kind; the count so far."""
    key = {"channel": channel.value, "period": period, "kind": kind}
    put = unit.insert(_COUNT).values(**key, count=by)
    now: int = unit.core.execute(
        put.on_conflict_do_update(
            index_elements=["channel", "period", "kind"], set_={"count": _COUNT.c.count + by}
        ).returning(_COUNT.c.count)
    ).scalar_one()
    return now


def stand(unit: Unit, channel: Channel, period: str, kind: str, number: int) -> None:
    """A count that is told, not reckoned."""
    put = unit.insert(_COUNT).values(channel=channel.value, period=period, kind=kind, count=number)
    names = ["channel", "period", "kind"]
    unit.core.execute(put.on_conflict_do_update(index_elements=names, set_={"count": number}))


def counted(unit: Unit, channel: Channel, period: str) -> dict[str, int]:
    """Every count of a channel in a month."""
    rows = unit.core.execute(
        select(_COUNT.c.kind, _COUNT.c.count).where(
            _COUNT.c.channel == channel.value, _COUNT.c.period == period
        )
    )
    return {row[0]: row[1] for row in rows}


def people_on(unit: Unit, channel: Channel) -> int:
    """How many addresses a channel has."""
    number: int = unit.core.execute(
        select(func.count()).select_from(_ADDRESS).where(_ADDRESS.c.channel == channel.value)
    ).scalar_one()
    return number


def ours(unit: Unit, address: Address, external_id: str) -> bool | None:
    """Did we send the message with this id? None: something of ours is on its way right now."""
    at = (_OUT.c.channel == address.channel.value, _OUT.c.address == address.id)
    named = _OUT.c.external_id.contains(external_id, autoescape=True)
    known = unit.core.execute(select(_OUT.c.id).where(*at, named).limit(1)).first()
    if known is not None:
        return True
    going = select(_OUT.c.id).where(*at, _OUT.c.status == "waiting", _OUT.c.attempts > 0).limit(1)
    return None if unit.core.execute(going).first() is not None else False


def doubtful(unit: Unit, address: Address, since: datetime) -> list[Json]:
    """Bodies of our messages there of which a try may have arrived under an id we never heard."""
    rows = unit.core.execute(
        select(_OUT.c.body).where(
            _OUT.c.channel == address.channel.value,
            _OUT.c.address == address.id,
            _OUT.c.maybe_sent.is_(True),
            _OUT.c.created_at > since,
        )
    )
    return [row[0] for row in rows]


def due_again(unit: Unit, channel: Channel, error: str, now: datetime) -> None:
    """What waits on a channel for this reason alone may be tried now."""
    waits = (_OUT.c.status == "waiting", _OUT.c.error == error, _OUT.c.due_at > now)
    here = update(_OUT).where(_OUT.c.channel == channel.value, *waits)
    unit.core.execute(here.values(due_at=now))


def stop_waiting(unit: Unit, address: Address) -> None:
    """Replies of the bot that have not left are taken back: a human answers now."""
    unit.core.execute(
        update(_OUT)
        .where(
            _OUT.c.channel == address.channel.value,
            _OUT.c.address == address.id,
            _OUT.c.status == "waiting",
            _OUT.c.priority == 0,
            _OUT.c.leased_until.is_(None),
        )
        .values(status="cancelled")
    )


def _put(unit: Unit, address: Address, marks: dict[str, Any]) -> None:
    key = {"channel": address.channel.value, "address": address.id}
    put = unit.insert(_WINDOW).values(**{**key, "free_left": 0, **marks})
    unit.core.execute(put.on_conflict_do_update(index_elements=["channel", "address"], set_=marks))


def _here(address: Address) -> tuple[Any, Any]:
    return _WINDOW.c.channel == address.channel.value, _WINDOW.c.address == address.id
