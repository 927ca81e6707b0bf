"""Messages that could not be heard at once: their files are fetched, or they are tried again."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.jobs import Due, Fetch, Works, job
from bot.turn import FETCH, HEAR
from models import inbox
from models.files import FileStore
from models.messages import Address, Attachment, Gone, Later, Never

ELSEWHERE = 30  # times to leave a file to the process that has its channel
TRIES = 4  # at fetching a file, before the person is asked to send it again


@job(HEAR)
async def hear(works: Works, due: Due) -> None:
    await works.turns.hear_again(due.payload["inbound"])


@job(FETCH)
async def fetch(works: Works, due: Due) -> None:
    """Bring the files of one message, look at them, keep them, hear the message."""
    number: int = due.payload["inbound"]
    kept = await works.db.read(lambda unit: inbox.find(unit, number))
    if kept is None or kept.state != "files":
        return
    address = kept.inbound.address
    fetcher = works.fetchers.get(address.channel)
    files = [
        await _bring(fetcher, works.house.files, address, file, due) for file in kept.inbound.files
    ]
    await works.turns.fetched(number, tuple(files))


async def _bring(
    fetcher: Fetch | None, store: FileStore, address: Address, file: Attachment, due: Due
) -> Attachment:
    if file.key or file.refused or not file.remote:
        return file
    if fetcher is None:  # another process has this channel, or none has it any more
        if due.attempts < ELSEWHERE:
            raise Later("another process fetches it", 1.0)
        return replace(file, refused="gone")
    try:
        data = await fetcher(address, file)
    except Later:
        if due.attempts < TRIES:
            raise
        return replace(file, refused="gone")
    except Gone:
        return replace(file, refused="gone")
    except Never as why:
        return replace(file, refused="too_big" if why.reason == "too_big" else "gone")
    try:
        taken = await asyncio.to_thread(keep, store, data, file.name)
    except OSError as wrong:  # the store is away or full: for as long as it takes
        raise Later(f"the file store: {type(wrong).__name__}") from wrong
    return replace(taken, kind=file.kind if file.kind == "voice" else taken.kind)


def keep(store: FileStore, data: bytes, name: str) -> Attachment:
    """Look at a file somebody sent and keep it, unless it is refused. Blocks."""
    from bot.documents import accept

    accepted = accept(data, name)
    key = None if accepted.refused else store.put(accepted.data)
    return accepted.attachment(key)
