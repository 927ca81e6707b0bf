"""The official forms filled in and sent into the chat of who asked: DOCX to print and sign."""

from __future__ import annotations

from dataclasses import dataclass

from bot.documents.forms import Form
from bot.jobs import Due, Works, Write, job
from bot.post import Post
from bot.records import SqlRecords
from bot.work.form_fields import Fields, blanks, fields
from conversations.letters import Letter
from conversations.letters import officer as letters
from conversations.letters import papers as made
from models.database import Unit
from models.files import FileStore
from models.messages import SentFile
from models.tables import Dossier

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KNOWN: tuple[Form, ...] = ("mau_01", "mau_02", "mau_03")


@dataclass(frozen=True, slots=True)
class Asked:
    """Forms with what fills them, read in one go."""

    dossier_id: int
    code: str
    product: str
    forms: tuple[tuple[Form, Fields], ...]


@job("forms")
async def forms(works: Works, due: Due) -> Write | None:
    """Read, filled beside the loop, sent. Filled anew each time, so later answers are in it."""
    import asyncio

    wanted = [form for form in KNOWN if form in due.payload["forms"]]
    asked = await works.db.read(lambda unit: _read(works, due, unit, wanted))
    if asked is None:
        return None  # erased meanwhile
    files = await asyncio.to_thread(_filled, works.house.files, asked)
    letter = _letter(works, asked, files)
    person_id = int(due.payload["person"])

    def send(unit: Unit, post: Post) -> None:
        post.to_person(person_id, letter, priority=0, dossier_id=asked.dossier_id)

    return send


def _read(works: Works, due: Due, unit: Unit, wanted: list[Form]) -> Asked | None:
    row = unit.get(Dossier, int(due.payload["dossier"]))
    if row is None:
        return None
    case = SqlRecords(unit, due.now).dossier_view(row, mine=False)
    content = works.house.content
    today = due.now.astimezone(content.province.zone).date()
    filled = tuple((form, fields(form, content, case, today)) for form in wanted)
    return Asked(case.id, case.code, case.product.name, filled)


def _filled(store: FileStore, asked: Asked) -> tuple[SentFile, ...]:
    from bot.documents import fill_form

    return tuple(
        SentFile(store.put(fill_form(form, known)), f"{form}-{asked.code}.docx", DOCX)
        for form, known in asked.forms
    )


def _letter(works: Works, asked: Asked, files: tuple[SentFile, ...]) -> Letter:
    if any(form == "mau_03" for form, _ in asked.forms):
        return letters.filled_form(asked.dossier_id, asked.code, asked.product, files)
    content = works.house.content
    labels = [label for form, known in asked.forms for label in blanks(form, content, known)]
    once = {label.vi: label for label in labels}
    return made.filled_forms(asked.dossier_id, asked.product, files, tuple(once.values()))
