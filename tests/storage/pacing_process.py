"""A process that sends with a shared pace: `python -m tests.storage.pacing_process URL N CHATS`.

Prints the instant of each send after the word "sent".
"""

from __future__ import annotations

import asyncio
import sys
import time

from bot import clock
from bot.pace_machine import paced
from models.database import open_database
from models.messages import Later


async def main(url: str, number: int, first: int) -> None:
    db = open_database(url, clock.now)
    pacer = paced(db, "bot")

    async def send(chat: int) -> None:
        while True:
            try:
                await pacer.turn(str(chat))
                break
            except Later as later:
                await asyncio.sleep(min(later.seconds or 0.1, 0.5))
        print("sent", time.time())

    await asyncio.gather(*(send(first * 1000 + n) for n in range(number)))
    db.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
