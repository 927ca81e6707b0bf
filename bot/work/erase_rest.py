"""After an erasure: contacts of dossiers that were under way go once their result is there."""

from __future__ import annotations

from bot.apply.erasing import LOOK_AGAIN, finish
from bot.jobs import Due, Works, Write, job
from bot.post import Post
from models.database import Unit


@job("erase_rest")
def erase_rest(works: Works, due: Due) -> Write:
    person_id = int(due.payload["person"])

    def look(unit: Unit, post: Post) -> None:
        if not finish(unit, person_id, due.now):
            again = due.now + LOOK_AGAIN
            name = f"erase:{person_id}:{again:%Y%m%d}"
            post.job("erase_rest", due.payload, again, dedupe=name)

    return look
