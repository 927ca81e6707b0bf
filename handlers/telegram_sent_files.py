"""The files of what leaves: named where Telegram has them already, else their bytes; and what they
are called there once they were sent. A name that no longer holds is forgotten, and they are sent
anew."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from handlers.telegram_api import NOT_KEPT, Kept, Read, Refused
from handlers.telegram_outbound import PHOTOS, AtTelegram, Call
from models.messages import Say, SentFile

log = logging.getLogger(__name__)


class Files:
    """Of one bot. `read` brings the bytes under a key."""

    def __init__(self, read: Read, kept: Kept | None) -> None:
        self._read, self._kept = read, kept

    async def of(self, say: Say) -> dict[SentFile, bytes | AtTelegram]:
        """What stands for each file of a message."""
        return {f: await self._there(f) or await self._read(f.key) for f in say.files}

    async def _there(self, file: SentFile) -> AtTelegram | None:
        if self._kept is None:
            return None
        for kind in ("photo", "document") if file.mime in PHOTOS else ("document",):
            if name := await self._kept.known(file, kind):
                return AtTelegram(kind, name)
        return None

    async def uploaded(self, call: Call, no: Refused) -> Call | None:
        """The call with its bytes when Telegram does not know a name in it; else None."""
        if self._kept is None or no.code != 400 or not no.says(*NOT_KEPT) or not _names(call):
            return None
        log.info("files are uploaded again: %s", no.description)
        for file in call.files:
            await self._kept.forget(file, call.kind)
        return call.anew({file: await self._read(file.key) for file in call.files})

    async def keep(self, call: Call, sent: Sequence[Any]) -> None:
        """Remember what was uploaded as Telegram calls it, where it was taken as what it is."""
        if self._kept is None or len(call.files) != len(sent):
            return
        for file, message in zip(call.files, sent, strict=True):
            sizes = getattr(message, "photo", None)
            carried = sizes[-1] if sizes else getattr(message, "document", None)
            name = getattr(carried, "file_id", None)
            if isinstance(name, str) and ("photo" if sizes else "document") == call.kind:
                await self._kept.keep(file, call.kind, name)


def _names(call: Call) -> bool:
    """Does it name a file instead of carrying it?"""
    media = call.params.get("media")
    every = [one["media"] for one in media] if media else [call.params.get(call.kind)]
    return bool(call.files) and any(isinstance(one, str) for one in every)
