"""The files a bot has sent before: named, not uploaded again, for everyone of many readers.

In the database, for every process with the token; the latest also in the process, so that ten
thousand readers of one announcement cost no question each.
"""

from __future__ import annotations

from bot.log import get_logger
from models import kept_files
from models.database import Database
from models.messages import SentFile

HELD = 500  # names held in the process
Key = tuple[str, str, str]
log = get_logger(__name__)


class KeptFiles:
    """Of one bot; `bot` names it, the same in every process."""

    def __init__(self, db: Database, bot: str) -> None:
        self._db, self._bot = db, bot
        self._held: dict[Key, str] = {}

    async def known(self, file: SentFile, kind: str) -> str | None:
        """Telegram's name of it; None when it has to be uploaded."""
        key = _key(file, kind)
        if key not in self._held:
            found = await self._db.read(lambda unit: kept_files.find(unit, self._bot, *key))
            if found is None:
                return None
            self._hold(key, found)
        return self._held[key]

    async def keep(self, file: SentFile, kind: str, remote: str) -> None:
        """It is at Telegram now. What was sent is sent, though this cannot be written down."""
        key = _key(file, kind)
        if self._held.get(key) == remote:
            return
        self._hold(key, remote)
        try:
            await self._db.run(lambda unit: kept_files.keep(unit, self._bot, *key, remote))
        except Exception:
            log.exception("a sent file is not remembered", bot=self._bot)

    async def forget(self, file: SentFile, kind: str) -> None:
        """Telegram does not know it any more."""
        key = _key(file, kind)
        self._held.pop(key, None)
        await self._db.run(lambda unit: kept_files.drop(unit, self._bot, *key))

    def _hold(self, key: Key, remote: str) -> None:
        self._held[key] = remote
        while len(self._held) > HELD:
            del self._held[next(iter(self._held))]


def _key(file: SentFile, kind: str) -> Key:
    """A photo shows no name."""
    return file.key, "" if kind == "photo" else file.name, kind
