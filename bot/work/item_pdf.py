"""The pages of one paper as one PDF in order: what the officer gets, and a household's preview."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from bot.jobs import Due, Works, Write, job
from bot.post import Post
from conversations.letters import papers as made
from models.database import Unit
from models.files import FileStore
from models.messages import SentFile
from models.tables import EvidenceItem, Page

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as stored."""

    key: str
    name: str
    mime: str


def sheets_of(unit: Unit, dossier_id: int, evidence: str) -> list[Sheet]:
    """The pages that count, in the order they were sent."""
    rows = unit.scalars(
        select(Page)
        .join(EvidenceItem, col(EvidenceItem.id) == col(Page.item_id))
        .where(
            col(EvidenceItem.dossier_id) == dossier_id,
            col(EvidenceItem.evidence) == evidence,
            col(Page.removed_at).is_(None),
        )
        .order_by(col(Page.position), col(Page.id))
    )
    return [Sheet(row.file_key, row.name, row.mime) for row in rows]


def bound(files: FileStore, sheets: list[Sheet], name: str, title: str) -> tuple[SentFile, ...]:
    """Photos and PDFs as one PDF called `name`, then Word and Excel files as they came. Blocks."""
    from bot.documents import bind_pages, can_bind

    pages = [sheet for sheet in sheets if can_bind(sheet.mime)]
    others = tuple(SentFile(s.key, s.name, s.mime) for s in sheets if not can_bind(s.mime))
    if not pages:
        return others
    pdf = bind_pages([(files.get(sheet.key), sheet.mime) for sheet in pages], title)
    return (SentFile(files.put(pdf), f"{name}.pdf", PDF), *others)


@job("item_pdf")
async def item_pdf(works: Works, due: Due) -> Write | None:
    """Bound beside the loop, sent to who asked."""
    import asyncio

    at, evidence = int(due.payload["dossier"]), str(due.payload["evidence"])
    person_id = int(due.payload["person"])
    sheets = await works.db.read(lambda unit: sheets_of(unit, at, evidence))
    if not sheets:
        return None  # removed meanwhile
    paper = works.house.content.evidence[evidence].name
    files = await asyncio.to_thread(bound, works.house.files, sheets, evidence, paper.vi)
    letter = made.preview(at, evidence, paper, len(sheets), files)

    def send(unit: Unit, post: Post) -> None:
        post.to_person(person_id, letter, priority=0, dossier_id=at)

    return send
