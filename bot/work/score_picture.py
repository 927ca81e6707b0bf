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
from models.content import Advice, Content, Item
from models.database import Unit
from models.messages import SentFile
from models.tables import Product

TITLE = N_("Tự chấm: {product}")
TOTAL = N_("{n}/100 điểm")
FOOT = N_("Chủ thể tự chấm ngày {day}. Kết quả là của Hội đồng.")
MISSING = N_("Còn thiếu cho {n} sao:")
THEN = N_("Rồi còn thiếu {n} điểm, dễ trước khó sau:")
SHORT = N_("Còn thiếu {n} điểm cho {k} sao, dễ trước khó sau:")


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
    lines += missing(content, sitting, lang)
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


def missing(content: Content, sitting: Sitting, lang: str) -> list[str]:
    """What the next star wants, in the seven lines there are: the minimums, then the points that
    are still short with the easiest ways to them."""
    wanted = sitting.ranking.next
    if wanted is None:
        return []
    known = scoring.advice(content, sitting)
    must = [_gain(one, lang) for one in known if one.must]
    could = [_gain(one, lang) for one in known if not one.must]
    short = wanted.points_short_after
    lines = [gettext(lang, MISSING, n=wanted.rank), *must[: 4 if short else 6]] if must else []
    if short:
        said = (
            gettext(lang, THEN, n=short) if must else gettext(lang, SHORT, n=short, k=wanted.rank)
        )
        lines += [said, *could[: max(1, 6 - len(lines))]]
    return lines


def _gain(one: Advice, lang: str) -> str:
    return f"• {one.gap.item.title(lang)} (+{one.gap.gain})"


def _points(sitting: Sitting, items: tuple[Item, ...]) -> int:
    return sum(
        _points(sitting, item.children) if item.children
        else item.points(sitting.answers.get(item.id))
        for item in items
    )  # fmt: skip
