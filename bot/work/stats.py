"""The figures as pictures, drawn beside the loop and sent to the officer who asked."""

from __future__ import annotations

from bot.jobs import Due, Works, Write, job
from bot.post import Post
from bot.records import SqlRecords
from conversations import charts
from conversations.letters import stats as letters
from conversations.records import Figures
from conversations.records.figures import counting
from conversations.stats_tables import scope
from models import people
from models.content import Content
from models.database import Unit
from models.messages import SentFile


@job("stats_picture")
async def stats_picture(works: Works, due: Due) -> Write | None:
    import asyncio

    content, person_id = works.house.content, int(due.payload["person"])
    today = due.now.astimezone(content.province.zone).date()

    def read(unit: Unit) -> tuple[str, Figures] | None:
        records = SqlRecords(unit, due.now)
        officer = records.officer_of(person_id)
        if officer is None:
            return None
        figures = records.figures(officer, counting(content, today))
        return people.person(unit, person_id).language, figures

    found = await works.db.read(read)
    if found is None:
        return None  # no officer any more
    lang, figures = found
    files = await asyncio.to_thread(_drawn, works, content, figures, lang)
    letter = letters.pictures(scope(content, figures.reach, lang), files)

    def send(unit: Unit, post: Post) -> None:
        post.to_person(person_id, letter, priority=0)

    return send


def _drawn(works: Works, content: Content, figures: Figures, lang: str) -> tuple[SentFile, ...]:
    from bot.documents.charts import png

    put = works.house.files.put
    return tuple(
        SentFile(put(png(sheet)), f"so-lieu-{figures.on:%Y-%m-%d}-{n}.png", "image/png")
        for n, sheet in enumerate(charts.sheets(content, figures, lang), 1)
    )
