"""A register with a few products, and who looks at its figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from models.database import Unit
from models.tables import Certificate
from tests.flows.talk import Talker, Town
from tests.flows.test_register import brought

HERE, THERE = "18484", "18628"  # two communes
DAY = date(2026, 11, 25)  # the day tests begin

#: product, producer, type, commune, set, stars, decision, issued, valid to
HONEY = ["Mật ong Cường", "HTX Ong Vàng", "htx", HERE, 4, 3, "1/QĐ", "1/10/2025", "1/10/2028"]
TEA = ["Chè xanh", "HTX Ong Vàng", "htx", HERE, 11, 4, "2/QĐ", "1/3/2024", "1/3/2027"]  # ends soon
SAUCE = ["Nước mắm", "Hộ Lan", "ho", THERE, 9, 3, "3/QĐ", "1/3/2023", "1/3/2026"]  # lapsed
CANDY = ["Cu đơ", "Công ty Bà Hường", "dn", THERE, 7, 4, "4/QĐ", "5/11/2026", "5/11/2029"]
SHELF = (HONEY, TEA, SAUCE, CANDY)


async def shelved(here: Town, folder: Path, rows: Sequence[Sequence[object]] = SHELF) -> None:
    """The products are in the register."""
    await brought(here, folder, *[[*row, None, None] for row in rows])


async def revoked(here: Town, number: int, on: date) -> None:
    def revoke(unit: Unit) -> None:
        unit.get_one(Certificate, number).revoked_on = on

    await here.db.run(revoke)


async def drained(here: Town) -> None:
    """What was asked for is made."""
    for _ in range(5):
        if not await here.jobs.drain():
            return


def files(talker: Talker) -> list[str]:
    """Names of the files of the newest message."""
    return [file.name for file in talker.heard[-1].files]
