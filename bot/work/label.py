"""The QR label of a certificate, drawn beside the loop and sent to who asked for it."""

from __future__ import annotations

from bot.documents.label import Label, pdf, png
from bot.jobs import Due, Works, Write, job
from bot.post import Post
from bot.records import SqlRecords
from conversations.letters import register as letters
from conversations.records import PublicProduct
from locales import N_, date_, gettext
from models.database import Unit
from models.messages import SentFile

UNTIL = N_("Có giá trị đến hết {end}.")
HINT = N_("Quét mã để xem giấy chứng nhận")


@job("label")
async def label(works: Works, due: Due) -> Write | None:
    import asyncio

    code, person_id = str(due.payload["code"]), int(due.payload["person"])
    one = await works.db.read(lambda unit: SqlRecords(unit, due.now).certified(code))
    if one is None:
        return None  # erased meanwhile
    files = await asyncio.to_thread(_files, works, one)

    def send(unit: Unit, post: Post) -> None:
        post.to_person(person_id, letters.label(one.code, one.product, files), priority=0)

    return send


def _files(works: Works, one: PublicProduct) -> tuple[SentFile, ...]:
    """To look at, and to print. Vietnamese whatever the reader speaks: it is printed."""
    until = gettext("vi", UNTIL, end=date_("vi", one.valid_to))
    url = f"{works.house.public_url.rstrip('/')}/p/{one.code}"
    made = Label(url, one.product, one.producer, one.stars, one.code, until, gettext("vi", HINT))
    put = works.house.files.put
    name = f"nhan-{one.code}"
    return (
        SentFile(put(png(made)), f"{name}.png", "image/png"),
        SentFile(put(pdf(made)), f"{name}.pdf", "application/pdf"),
    )
