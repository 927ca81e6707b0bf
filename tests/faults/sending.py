"""An outbox on a database of its own, with letters in it; for processes that die while sending."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.hearing import House
from bot.outbox import Outbox
from bot.seal import Seal
from handlers.wire import Sender
from models import outbox, people
from models.database import Database, Unit
from models.files import FolderStore
from models.messages import Address, Channel
from models.outbox import Draft

START = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def nothing(*_: Any) -> Any:
    raise AssertionError("nobody talks here")


def outbox_on(db: Database, sender: Sender, files: Path) -> Outbox:
    """The real outbox; nobody talks, so the house has no conversation."""
    house = House(
        content=None,  # type: ignore[arg-type]  # nobody talks
        files=FolderStore(files),
        seal=Seal(b"k" * 32),
        records=nothing,
        respond=nothing,
        arrive=nothing,
    )
    return Outbox(db, house, [sender])


def write_letters(db: Database, who: tuple[str, ...], each: int) -> None:
    """`each` letters to every one of `who`, numbered."""

    def work(unit: Unit) -> None:
        for name in who:
            address = Address(Channel.TELEGRAM, name)
            person = people.meet(unit, address, "vi", START).person_id
            for number in range(each):
                body = {"text": str(number)}
                outbox.write(unit, Draft(address, person, body, due_at=START, at=START))

    db.run_now(work)
