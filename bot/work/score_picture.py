"""The picture of a self-assessment, drawn beside the loop and sent to who asked for it."""

from __future__ import annotations

from bot.documents.score_picture import Bar, Picture, draw
from bot.jobs import Due, Works, Write, job
from bot.post import Post
from bot.records import SqlRecords
from bot.records.people import product_view
from conversations import scoring
from conversations.letters import scores as letters
from conversations.scoring import Sitting
from locales import N_, gettext
from models import people
from models.content import Content, Item
from models.database import Unit
from models.messages import SentFile
from models.tables import Product

TITLE = N_("Tự chấm: {product}")
TOTAL = N_("{n}/100 điểm")
FOOT = N_("Chủ thể tự chấm ngày {day}. Kết quả là của Hội đồng.")
MISSING = N_("Còn thiếu cho {n} sao:")


@job("score_picture")
async def score_picture(works: Works, due: Due) -> Write | None:
    import asyncio

    content, person_id = works.house.content, int(due.payload["person"])
    product_id = int(due.payload["product"])

    def read(unit: Unit) -> tuple[str, Sitting] | None:
        row = unit.get(Product, product_id)
        if row is None:
            return None
        answers = SqlRecords(unit, due.now).scores_of(product_id)
        sheet = content.score_sheet(row.set_number)
        lang = people.person(unit, person_id).language
        return lang, Sitting(row.set_number, sheet, answers, product_view(row))

    found = await works.db.read(read)
    if found is None:
        return None  # erased meanwhile
    lang, sitting = found
    day = due.now.astimezone(content.province.zone).date()
    shown = picture(content, sitting, lang, f"{day:%d/%m/%Y}")
    key = await asyncio.to_thread(lambda: works.house.files.put(draw(shown)))
    file = SentFile(key, f"tu-cham-{day:%Y-%m-%d}.png", "image/png")
    letter = letters.picture(product_id, sitting.product.name if sitting.product else "", file)

    def send(unit: Unit, post: Post) -> None:
        post.to_person(person_id, letter, priority=0)

    return send


def picture(content: Content, sitting: Sitting, lang: str, day: str) -> Picture:
    """What is drawn of the sitting."""
    ranking, name = sitting.ranking, sitting.product.name if sitting.product else ""
    lines = [gettext(lang, words, **fields) for words, fields in scoring.verdict(sitting)]
    if ranking.next is not None:
        lines.append(gettext(lang, MISSING, n=ranking.next.rank))
        lines += [
            f"• {one.gap.item.title(lang)} (+{one.gap.gain})"
            for one in scoring.advice(content, sitting)[:6]
        ]
    return Picture(
        gettext(lang, TITLE, product=name),
        gettext(lang, TOTAL, n=ranking.total),
        ranking.rank if ranking.certificate else 0,
        tuple(
            Bar(f"{part.letter}. {part.title(lang)}", _points(sitting, part.items), part.max)
            for part in sitting.sheet.parts
        ),
        tuple(lines),
        gettext(lang, FOOT, day=day),
    )


def _points(sitting: Sitting, items: tuple[Item, ...]) -> int:
    return sum(
        _points(sitting, item.children) if item.children
        else item.points(sitting.answers.get(item.id))
        for item in items
    )  # fmt: skip
