"""What ends is told in time: certificates that must be evaluated again, papers with a last day.

Looked at every hour outside quiet hours. Each person is told of each stage once; what is put off
is told on its day, what is stopped no more (the table `reminder` remembers). Officers read one
letter with what changed in their communes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import literal, select, union_all

from bot.jobs import Due, Works, Write, every
from bot.post import Post
from bot.records.certificates import Row, between, current, following
from conversations import ending as stages
from conversations.letters import Note
from conversations.letters import ending as letters
from conversations.records import EDITABLE, UNDER_WAY, State
from models import people
from models.content import Content
from models.database import Unit
from models.tables import (
    Dossier,
    EvidenceItem,
    Helper,
    Person,
    Producer,
    Product,
    Reminder,
)

# Columns: SQLModel types them as plain values.
_DOSSIER: Any = Dossier
_HELPER: Any = Helper
_ITEM: Any = EvidenceItem
_PERSON: Any = Person
_REMINDER: Any = Reminder

PAPER = ("uploaded", "accepted", "fixed", "have")  # states of a paper that counts


@every("ending", timedelta(hours=1))
def ending(works: Works, due: Due) -> Write | None:
    """Nothing in quiet hours: the next look finds the same."""
    content = works.house.content
    local = due.now.astimezone(content.province.zone)
    if content.times.is_quiet(local.time()):
        return None

    def remind(unit: Unit, post: Post) -> None:
        certificates(unit, post, content, local.date())
        papers(unit, post, content, local.date())

    return remind


def certificates(unit: Unit, post: Post, content: Content, today: date) -> None:
    """Households one letter a certificate; officers one letter for all that changed."""
    ahead = timedelta(days=content.process.opens_days_before)
    behind = timedelta(days=content.times.ended_days)
    rows: list[Any] = list(unit.execute(current().where(between(today - behind, today + ahead))))
    after = following(unit, [product.id or 0 for _, product, _ in rows])
    for_officers: dict[str, list[letters.Ending]] = defaultdict(list)
    for row in rows:
        begun = after.get(row[1].id or 0)
        letter = letter_of(content, row, begun, today)
        if letter is None:
            continue
        one, note = letter
        for person_id in speaking_for(unit, row[2]):
            if news(unit, person_id, f"certificate:{one.id}", one.stage, today, post.now):
                post.to_person(person_id, note, priority=5)
        for_officers[row[2].commune_code].append(one)
    _to_officers(unit, post, for_officers, today)


def letter_of(
    content: Content, row: Row, begun: Dossier | None, today: date
) -> tuple[letters.Ending, Note] | None:
    """What there is to say of a certificate today; None: nothing, or a dossier was handed in."""
    certificate, product, producer = row
    stage = stages.stage_of(content, certificate.valid_to, today)
    if stage is None or (begun is not None and State(begun.state) in UNDER_WAY):
        return None
    opens, closes = content.re_evaluation_window(certificate.valid_to)
    one = letters.Ending(
        certificate.id or 0,
        product.name,
        producer.name,
        certificate.stars,
        opens,
        closes,
        certificate.valid_to,
        stage,
        begun.id if begun else None,
    )
    return one, letters.certificate(one, content.process.late, today)


def letter(content: Content, row: Row, begun: Dossier | None, today: date) -> Note | None:
    """The household's letter alone."""
    found = letter_of(content, row, begun, today)
    return found[1] if found else None


def _to_officers(
    unit: Unit, post: Post, by_commune: dict[str, list[letters.Ending]], today: date
) -> None:
    """To the commune's officers; where a commune has none, to the province's."""
    reading: dict[int, list[letters.Ending]] = defaultdict(list)
    for commune, endings in by_commune.items():
        for person_id in _officers(unit, commune):
            reading[person_id] += endings
    for person_id, endings in reading.items():
        choice = remembered(unit, person_id, "ending", post.now)
        if choice.stopped or (choice.again_on and choice.again_on > today):
            continue
        fresh = [
            one
            for one in endings
            if news(unit, person_id, f"officer:{one.id}", one.stage, today, post.now)
        ]
        told = endings if choice.again_on else fresh  # put off until now: the whole list
        choice.again_on = None
        if told:
            post.to_person(person_id, letters.officers(told, today), priority=5)


def _officers(unit: Unit, commune: str) -> list[int]:
    desk = people.in_charge(unit, commune)
    return [person for role, place in desk for person in people.officers(unit, role, place)]


def papers(unit: Unit, post: Post, content: Content, today: date) -> None:
    """Papers of the newest dossier of each product, while it is worked on or holds stars."""
    behind = timedelta(days=content.times.ended_days)
    ahead = timedelta(days=max(content.times.paper_expiry_remind_days))
    states = [s.value for s in (*EDITABLE, *UNDER_WAY, State.RECOGNISED)]
    rows: list[Any] = list(
        unit.execute(
            select(EvidenceItem, Dossier)
            .join(Dossier, _DOSSIER.id == _ITEM.dossier_id)
            .where(
                _ITEM.expires_on.between(today - behind, today + ahead),
                _ITEM.state.in_(PAPER),
                _DOSSIER.state.in_(states),
            )
            .order_by(_ITEM.id)
        )
    )
    newest = _newest(unit, {row.product_id for _, row in rows})
    for item, row in rows:
        if newest[row.product_id] == row.id and item.evidence in content.evidence:
            _paper(unit, post, content, item, row, today)


def _newest(unit: Unit, product_ids: Iterable[int]) -> dict[int, int]:
    """By product: its newest dossier."""
    rows = unit.execute(
        select(_DOSSIER.product_id, _DOSSIER.id)
        .where(_DOSSIER.product_id.in_(list(product_ids)), _DOSSIER.state != State.WITHDRAWN.value)
        .order_by(_DOSSIER.id)
    )
    return {product_id: dossier_id for product_id, dossier_id in rows}  # noqa: C416  # rows


def _paper(
    unit: Unit, post: Post, content: Content, item: EvidenceItem, row: Dossier, today: date
) -> None:
    if item.expires_on is None or not (
        stage := stages.paper_stage(content, item.expires_on, today)
    ):
        return
    product = unit.get_one(Product, row.product_id)
    note = letters.paper(
        item.id or 0,
        row.id or 0,
        item.evidence,
        content.evidence[item.evidence].name,
        product.name,
        item.expires_on,
        (item.expires_on - today).days,
    )
    named = f"{stage}:{item.expires_on}"  # a paper renewed is another paper
    for person_id in speaking_for(unit, unit.get_one(Producer, row.producer_id)):
        if news(unit, person_id, f"paper:{item.id}", named, today, post.now):
            post.to_person(person_id, note, priority=5, dossier_id=row.id)


def speaking_for(unit: Unit, producer: Producer) -> tuple[int, ...]:
    """Owner and helpers of a producer somebody here speaks for, as far as they agree to us."""
    if producer.from_register or producer.erased_at is not None:
        return ()
    helpers = select(_HELPER.person_id).where(
        _HELPER.producer_id == producer.id, _HELPER.until.is_(None)
    )
    agreed = unit.scalars(
        select(_PERSON.id)
        .where(
            _PERSON.id.in_(union_all(select(literal(producer.person_id)), helpers)),
            _PERSON.consent_version.is_not(None),
        )
        .order_by(_PERSON.id)
    )
    return tuple(agreed)


def news(unit: Unit, person_id: int, about: str, stage: str, today: date, now: datetime) -> bool:
    """Is the person to be told now? Then it is remembered as told."""
    row = remembered(unit, person_id, about, now)
    if row.stopped or (row.again_on is not None and row.again_on > today):
        return False
    if row.stage == stage and row.again_on is None:
        return False
    row.stage, row.again_on, row.at = stage, None, now
    return True


def remembered(unit: Unit, person_id: int, about: str, now: datetime) -> Reminder:
    """The person's line about the thing, made when there is none."""
    which: Any = (_REMINDER.person_id == person_id) & (_REMINDER.about == about)
    row = unit.scalars(select(Reminder).where(which)).first()
    if row is None:
        row = Reminder(person_id=person_id, about=about, at=now)
        unit.add(row)
        unit.flush()
    return row
