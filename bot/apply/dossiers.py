"""A household's work on its dossier becomes rows: pages, marks, dates, star; handing it in.

Every change goes through one guarded UPDATE of the dossier (`touched`), which finds nothing when
the dossier is no longer the person's to change: then the message is heard on fresh records.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import col

from bot.apply import Env, Stale, on
from bot.records.people import acts_for
from conversations import events as e
from conversations.records import EDITABLE
from models.messages import Attachment
from models.tables import Dossier, EvidenceItem, HistoryEntry, Page, Producer

_EDITABLE = tuple(state.value for state in EDITABLE)
_STARS = (3, 4, 5)
_KINDS = ("first", "upgrade", "again")


def own(env: Env, dossier_id: int) -> Dossier:
    """The dossier, when the person may act for its producer. Raises Stale otherwise."""
    row = env.session.scalars(
        select(Dossier)
        .join(Producer, col(Producer.id) == col(Dossier.producer_id))
        .where(col(Dossier.id) == dossier_id, acts_for(env.person.id))
    ).first()
    if row is None:
        raise Stale
    return row


def changed(env: Env, row: Dossier, states: Sequence[str], **values: Any) -> None:
    """The guarded UPDATE: only from one of `states` and from the version that was read."""
    done = env.session.execute(
        update(Dossier)
        .where(
            col(Dossier.id) == row.id,
            col(Dossier.version) == row.version,
            col(Dossier.state).in_(states),
        )
        .values(version=row.version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Stale
    env.session.refresh(row)


def history(env: Env, row: Dossier, what: str, **detail: object) -> None:
    """A line of the timeline, by the household."""
    env.session.add(
        HistoryEntry(
            dossier_id=row.id or 0, at=env.now, what=what, person_id=env.person.id, detail=detail
        )
    )


def item_of(env: Env, dossier_id: int, evidence: str) -> EvidenceItem:
    """The line of the checklist, made when it is first touched; the dossier is the person's to
    change, and the officer has not accepted this paper. Raises Stale otherwise."""
    row = own(env, dossier_id)
    changed(env, row, _EDITABLE)
    found = env.session.scalars(
        select(EvidenceItem).where(
            col(EvidenceItem.dossier_id) == dossier_id,
            col(EvidenceItem.evidence) == evidence,
        )
    ).first()
    if found is not None and found.state == "accepted":
        raise Stale
    item = found or EvidenceItem(
        dossier_id=dossier_id, evidence=evidence, state="missing", updated_at=env.now
    )
    item.updated_at = env.now
    env.session.add(item)
    env.session.flush()
    return item


def pages_of(env: Env, item: EvidenceItem) -> list[Page]:
    """The pages that count, in order."""
    return list(env.session.scalars(
        select(Page)
        .where(col(Page.item_id) == item.id, col(Page.removed_at).is_(None))
        .order_by(col(Page.position), col(Page.id))
    ))  # fmt: skip


def add_pages(
    env: Env, item: EvidenceItem, files: Sequence[Attachment], insisted: bool, known: set[str]
) -> None:
    """Put `files` after the pages there are; one whose bytes are there already is left out."""
    last = env.session.scalar(
        select(func.max(col(Page.position))).where(col(Page.item_id) == item.id)
    )
    position = int(last or 0)
    for file in files:
        if not file.key or file.key in known:
            continue
        known.add(file.key)
        position += 1
        env.session.add(
            Page(
                item_id=item.id or 0,
                position=position,
                file_key=file.key,
                name=file.name[:200],
                mime=file.mime,
                size=file.size,
                problems=[str(p) for p in file.problems],
                insisted=insisted,
                added_by=env.person.id,
                added_at=env.now,
            )
        )
    item.state, item.excuse = "open", ""


@on(e.PagesAdded)
def pages_added(env: Env, event: e.PagesAdded) -> None:
    item = item_of(env, event.dossier_id, event.evidence)
    known = {page.file_key for page in pages_of(env, item)}
    add_pages(env, item, event.files, event.insisted, known)


@on(e.PagesReplaced)
def pages_replaced(env: Env, event: e.PagesReplaced) -> None:
    """The old pages give way; their rows stay, marked as removed. Their dates go with them."""
    item = item_of(env, event.dossier_id, event.evidence)
    for page in pages_of(env, item):
        page.removed_at = env.now
        env.session.add(page)
    item.expires_on = None
    add_pages(env, item, event.files, event.insisted, set())


@on(e.PageRemoved)
def page_removed(env: Env, event: e.PageRemoved) -> None:
    page = env.session.get(Page, event.page_id)
    found = env.session.get(EvidenceItem, page.item_id) if page else None
    if page is None or found is None or found.dossier_id != event.dossier_id:
        raise Stale
    item = item_of(env, event.dossier_id, found.evidence)
    page.removed_at = page.removed_at or env.now
    env.session.add(page)
    env.session.flush()
    if not pages_of(env, item):
        item.state, item.expires_on = _untouched(item), None


def _untouched(item: EvidenceItem) -> str:
    """A paper without pages: what an officer sent back stays sent back."""
    return "returned" if item.reason else "missing"


@on(e.ItemFinished)
def item_finished(env: Env, event: e.ItemFinished) -> None:
    finish(item_of(env, event.dossier_id, event.evidence))


def finish(item: EvidenceItem) -> None:
    """The pages are the paper: sent, or mended when it had come back."""
    if item.state == "open":
        item.state = "fixed" if item.reason else "uploaded"


@on(e.ItemMarked)
def item_marked(env: Env, event: e.ItemMarked) -> None:
    item = item_of(env, event.dossier_id, event.evidence)
    if event.state not in ("have", "excused", "missing") or pages_of(env, item):
        raise Stale
    item.state = event.state if event.state != "missing" else _untouched(item)
    item.excuse = event.excuse[:600] if event.state == "excused" else ""


@on(e.ItemExpires)
def item_expires(env: Env, event: e.ItemExpires) -> None:
    item_of(env, event.dossier_id, event.evidence).expires_on = event.on


@on(e.DossierChanged)
def dossier_changed(env: Env, event: e.DossierChanged) -> None:
    """The star aimed at or the case kind: the checklist follows by itself."""
    stars, kind = event.fields.get("stars_aimed"), event.fields.get("case_kind")
    values: dict[str, Any] = {}
    if stars in _STARS:
        values["stars_aimed"] = stars
    if kind in _KINDS:
        values["case_kind"] = kind
    changed(env, own(env, event.dossier_id), _EDITABLE, **values)
