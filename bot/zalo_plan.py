"""The free plan of a Zalo bot: 50 people, 3,000 messages a month. Counted here, for Zalo tells
nothing; admins hear at four fifths; newcomers beyond it are pointed to the web page. The last
messages of a month are for those who are here already.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot import clock
from bot.log import get_logger
from bot.zalo_counts import WARN, alarm, month, nearly
from locales import gettext
from models import outbox, people, windows
from models.codec import say_json
from models.database import Database, Unit
from models.messages import Address, Channel, Inbound, Say
from models.outbox import Draft

PEOPLE, MESSAGES = 50, 3000
KEPT = 150  # of a month's messages: none of them for newcomers
CHANNEL = Channel.ZALO_BOT


async def used_up(db: Database) -> bool:
    period = month(clock.now())
    counts = await db.read(lambda unit: windows.counted(unit, CHANNEL, period))
    return counts.get("sent", 0) >= MESSAGES


async def at_its_end(db: Database, address: Address) -> bool:
    """May a refused message be due to the plan's end? It is near by our count, or the person is
    one of those it has no place for."""
    period = month(clock.now())

    def look(unit: Unit) -> bool:
        sent = windows.counted(unit, CHANNEL, period).get("sent", 0)
        return sent >= MESSAGES - KEPT or people.at_address(unit, address) is None

    return await db.read(look)


async def count(db: Database) -> None:
    """One more left. It is gone: a failure here must not send it again."""
    try:
        await db.run(partial(_count, now=clock.now()))
    except Exception:
        get_logger(__name__).exception("a message was not counted", channel=CHANNEL)


def _count(unit: Unit, now: datetime) -> None:
    used = windows.count(unit, CHANNEL, month(now), "sent")
    if used == int(MESSAGES * WARN):
        alarm(unit, CHANNEL, "plan", used, MESSAGES, now, month(now))


def few(unit: Unit, address: Address, now: datetime) -> bool:
    """Is the month's plan nearly used up? Then notices that wait together leave as one."""
    return nearly(windows.counted(unit, CHANNEL, month(now)).get("sent", 0), MESSAGES)


async def turned_away(db: Database, inbound: Inbound, public_url: str) -> bool:
    """Is this somebody new for whom the plan has no place? They are told where to go."""
    known = await db.read(lambda unit: people.at_address(unit, inbound.address))
    if known is not None:
        return False
    return await db.run(partial(_turn_away, inbound=inbound, url=public_url, now=clock.now()))


def _turn_away(unit: Unit, inbound: Inbound, url: str, now: datetime) -> bool:
    there = windows.people_on(unit, CHANNEL)
    if there + 1 == int(PEOPLE * WARN):
        alarm(unit, CHANNEL, "people", there + 1, PEOPLE, now, month(now))
    period = month(now)
    sent = windows.counted(unit, CHANNEL, period).get("sent", 0)
    if there < PEOPLE and sent < MESSAGES - KEPT:
        return False
    text = gettext(
        "vi",
        "Chào bà con! Kênh thử này đã đủ người nên mình chưa giúp ở đây được. Bà con mở trang "
        "{url} trên điện thoại: làm được mọi việc y như ở đây.",
        url=url,
    )
    once = f"full:{CHANNEL}:{inbound.address.id}:{period}"[:120]
    draft = Draft(inbound.address, None, say_json(Say(text)), now, now, dedupe=once)
    if outbox.write(unit, draft) is not None:
        windows.count(unit, CHANNEL, period, "turned_away")
    return True
