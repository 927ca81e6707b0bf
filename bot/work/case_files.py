"""The papers of a case into an officer's chat: photos to look at, and each paper as one PDF.

One message a paper, in the order of the dossier: small copies of the photos first, then the pages
in order as one PDF, then Word and Excel files as they came.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot.jobs import Due, Works, Write, job
from bot.post import Post
from bot.work.item_pdf import Sheet, bound, sheets_of
from conversations.letters import Letter
from conversations.letters import officer as letters
from models.content import Content
from models.database import Unit
from models.files import FileStore, MissingFile
from models.messages import SentFile
from models.tables import Dossier, EvidenceItem

# Columns: SQLModel types them as plain values.
_ITEM: Any = EvidenceItem

SIDE = 1600  # pixels of a photo to look at: enough to read small print
INLINE = 8  # photos shown in one message; the PDF has all of them


@dataclass(frozen=True, slots=True)
class Asked:
    """The papers asked for, read in one go."""

    dossier_id: int
    code: str
    papers: tuple[tuple[str, list[Sheet]], ...]  # evidence id, pages in order


@job("case_files")
async def case_files(works: Works, due: Due) -> Write | None:
    """Made beside the loop, one paper after another; sent together."""
    asked = await works.db.read(lambda unit: _read(unit, works.house.content, due))
    if asked is None:
        return None
    person_id = int(due.payload["person"])
    made = [
        await asyncio.to_thread(_letter, works, asked, evidence, sheets)
        for evidence, sheets in asked.papers
    ]

    def send(unit: Unit, post: Post) -> None:
        for letter in made:
            post.to_person(person_id, letter, priority=0, dossier_id=asked.dossier_id)

    return send


def _read(unit: Unit, content: Content, due: Due) -> Asked | None:
    """The paper named in the job, or every paper that has pages; None when nothing is left."""
    row = unit.get(Dossier, int(due.payload["dossier"]))
    if row is None:
        return None
    named = str(due.payload.get("evidence") or "")
    wanted = [named] if named else _touched(unit, content, row.id or 0)
    found = [(evidence, sheets_of(unit, row.id or 0, evidence)) for evidence in wanted]
    papers = tuple((evidence, sheets) for evidence, sheets in found if sheets)
    return Asked(row.id or 0, row.code, papers) if papers else None


def _touched(unit: Unit, content: Content, dossier_id: int) -> list[str]:
    """Papers of the dossier in the order of the law."""
    order = {evidence: at for at, evidence in enumerate(content.evidence)}
    rows = unit.scalars(select(_ITEM.evidence).where(_ITEM.dossier_id == dossier_id))
    return sorted(rows, key=lambda evidence: order.get(evidence, len(order)))


def _letter(works: Works, asked: Asked, evidence: str, sheets: list[Sheet]) -> Letter:
    """One paper. A page that cannot be opened is told, so that the officer sends it back."""
    from bot.documents.refusals import Refused

    known = works.house.content.evidence.get(evidence)
    name = known.name if known else evidence
    title = known.name.vi if known else evidence
    try:
        files = (
            *looked_at(works.house.files, sheets),
            *bound(works.house.files, sheets, f"{asked.code}-{evidence}", title),
        )
    except (MissingFile, Refused):
        return letters.unreadable(asked.dossier_id, asked.code, name, evidence)
    return letters.papers(asked.dossier_id, asked.code, name, evidence, files)


def looked_at(store: FileStore, sheets: list[Sheet]) -> tuple[SentFile, ...]:
    """Small copies of the photos, in order. Blocks."""
    from bot.documents import preview

    photos = [sheet for sheet in sheets if sheet.mime.startswith("image/")][:INLINE]
    small = [(sheet, preview(store.get(sheet.key), sheet.mime, SIDE)) for sheet in photos]
    return tuple(
        SentFile(store.put(data), sheet.name or "anh.jpg", "image/jpeg")
        for sheet, data in small
        if data is not None
    )
