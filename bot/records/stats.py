"""The programme in numbers, counted by the database: no rows of people or products are loaded.

What was only tried in a demo is left out. `reach` is who may see it (OfficerView.reach), and is
the one place where role and commune decide.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select, true
from sqlalchemy.orm import aliased

from bot.records.base import RecordsBase
from bot.records.shares import SOURCES, Source
from conversations.records import (
    UNDER_WAY,
    Counting,
    Figures,
    Held,
    Moves,
    OfficerView,
    Share,
    State,
    Unrecorded,
)
from conversations.records.figures import Reach
from models.content.targets import OFFICERS_TRAINED
from models.tables import (
    Certificate,
    Dossier,
    Officer,
    OfficerAttendance,
    OfficerCommune,
    Producer,
    Product,
)

# Columns: SQLModel types them as plain values.
_CERTIFICATE: Any = Certificate
_CAME: Any = OfficerAttendance
_DOSSIER: Any = Dossier
_OFFICER: Any = Officer
_PLACE: Any = OfficerCommune
_PRODUCER: Any = Producer
_PRODUCT: Any = Product


def within(reach: Reach, column: Any) -> ColumnElement[bool]:
    """Rows of the communes that are counted."""
    if reach is None:
        return true()
    return column.in_(reach) if reach else false()


def newest(on: date, reach: Reach) -> Select[Any]:
    """(certificate, product, producer) of every product's newest certificate on that day."""
    newer: Any = aliased(Certificate)
    chosen: Select[Any] = select().select_from(Certificate)
    return (
        chosen.join(Product, _PRODUCT.id == _CERTIFICATE.product_id)
        .join(Producer, _PRODUCER.id == _PRODUCT.producer_id)
        .where(
            _standing(_CERTIFICATE, on),
            _PRODUCT.demo.is_(False),
            within(reach, _PRODUCER.commune_code),
            ~exists().where(
                newer.product_id == _CERTIFICATE.product_id,
                _standing(newer, on),
                or_(
                    newer.valid_to > _CERTIFICATE.valid_to,
                    and_(newer.valid_to == _CERTIFICATE.valid_to, newer.id > _CERTIFICATE.id),
                ),
            ),
        )
    )


def _standing(table: Any, on: date) -> ColumnElement[bool]:
    """Issued by then, and not revoked by then."""
    return and_(table.issued_on <= on, or_(table.revoked_on.is_(None), table.revoked_on > on))


def _held(how: Counting) -> tuple[Any, Any, Any]:
    """The three columns of Held."""
    ends = _CERTIFICATE.valid_to
    good, lapsed = ends > how.ending, ends < how.on
    return _sum(good), _sum(and_(~good, ~lapsed)), _sum(lapsed)


def _sum(which: Any) -> Any:
    return func.sum(case((which, 1), else_=0))


class StatsRecords(RecordsBase):
    """The part of SqlRecords that counts."""

    def figures(self, officer: OfficerView, how: Counting) -> Figures:
        return self.counted(officer.reach, how)

    def counted(self, reach: Reach, how: Counting) -> Figures:
        places: dict[str, dict[int, Held]] = defaultdict(dict)
        by_place = (_PRODUCER.commune_code, _CERTIFICATE.stars)
        chosen = newest(how.on, reach).add_columns(*by_place, *_held(how)).group_by(*by_place)
        for commune, star, *held in self.session.execute(chosen):
            places[commune][star] = Held(*map(int, held))
        of_set = _PRODUCT.set_number
        chosen = newest(how.on, reach).add_columns(of_set, *_held(how)).group_by(of_set)
        sets = {row[0]: Held(*map(int, row[1:])) for row in self.session.execute(chosen)}
        cases = self._cases(reach, how)
        return Figures(
            how.on, reach, dict(places), sets, cases, self._overdue(reach, how),
            self._shares(reach, how), how.today if how.today != how.on else None,
        )  # fmt: skip

    # -- dossiers --------------------------------------------------------------------------------
    def _cases(self, reach: Reach, how: Counting) -> dict[tuple[str, int], int]:
        since = ((self.now - timedelta(days=days + 1), n) for n, days in enumerate(how.ages))
        age = case(*((_DOSSIER.state_since > at, n) for at, n in since), else_=len(how.ages))
        # Aged inside, counted outside: PostgreSQL takes two equal expressions with parameters for
        # different ones.
        aged = select(_DOSSIER.state, age.label("age")).where(*_under_way(reach)).subquery()
        chosen = select(aged.c.state, aged.c.age, func.count()).group_by(aged.c.state, aged.c.age)
        return {(row[0], row[1]): row[2] for row in self.session.execute(chosen)}

    def _overdue(self, reach: Reach, how: Counting) -> int:
        late = select(func.count()).select_from(Dossier)
        late = late.where(*_under_way(reach), _DOSSIER.due_on < how.today)
        return int(self.session.scalar(late) or 0)

    # -- shares ----------------------------------------------------------------------------------
    def _shares(self, reach: Reach, how: Counting) -> dict[str, Share]:
        sources = {one.measure: SOURCES[one.measure](how) for one in how.targets.listed
                   if one.measure in SOURCES}  # fmt: skip
        officers = (
            {OFFICERS_TRAINED: self._officers_trained(reach, how)}
            if how.targets.of(OFFICERS_TRAINED)
            else {}
        )
        if not sources:
            return officers
        columns = [column for made in sources.values() for column in _counts(made)]
        row = self.session.execute(_valid(how, reach).add_columns(*columns)).one()
        counted = {m: Share(*row[n * 3 : n * 3 + 3]) for n, m in enumerate(sources)}
        return counted | officers

    def _officers_trained(self, reach: Reach, how: Counting) -> Share:
        """Of the officers of today: who was at a training by then. The rest nobody recorded."""
        came = exists().where(
            _CAME.officer_id == _OFFICER.id,
            _CAME.topic.in_(how.trainings),
            _CAME.day <= how.on,
        )
        mine = exists().where(_PLACE.officer_id == _OFFICER.id, within(reach, _PLACE.commune_code))
        of = select(_sum(came), func.count()).select_from(Officer)
        there = (_OFFICER.active.is_(True), _OFFICER.demo.is_(False))
        wanted = of.where(*there) if reach is None else of.where(*there, mine)
        yes, number = self.session.execute(wanted).one()
        return Share(int(yes or 0), 0, int(number))

    def unrecorded(
        self, officer: OfficerView, how: Counting, measure: str, limit: int = 6, skip: int = 0
    ) -> tuple[Unrecorded, ...]:
        made = self._by_hand(officer, how, measure)
        if made is None:
            return ()
        wanted = _subjects(how, officer.reach, made).where(~made.yes, ~made.no)
        wanted = wanted.order_by(_PRODUCER.name, _PRODUCT.name if made.table is Product else
                                 _PRODUCER.id).limit(limit).offset(skip)  # fmt: skip
        return tuple(_unrecorded(row, made) for row in self.session.execute(wanted))

    def recordable(
        self, officer: OfficerView, how: Counting, measure: str, subject_id: int
    ) -> Unrecorded | None:
        made = self._by_hand(officer, how, measure)
        if made is None:
            return None
        wanted = _subjects(how, officer.reach, made).where(_id(made) == subject_id)
        row = self.session.execute(wanted).first()
        return _unrecorded(row, made) if row else None

    def _by_hand(self, officer: OfficerView, how: Counting, measure: str) -> Source | None:
        """The source, when it is recorded by hand here and the officer may."""
        if not officer.works or measure not in SOURCES or how.targets.of(measure) is None:
            return None
        made = SOURCES[measure](how)
        return made if made.column else None

    # -- a span of days --------------------------------------------------------------------------
    def moves(self, reach: Reach, first: date, last: date, zone: ZoneInfo) -> Moves:
        """What happened from `first` to `last`, both included, on the province's clock."""
        begin = datetime.combine(first, time.min, zone)
        end = datetime.combine(last + timedelta(days=1), time.min, zone)
        day = timedelta(days=1)
        lapsed = newest(last, reach).add_columns(func.count())
        lapsed = lapsed.where(_CERTIFICATE.valid_to.between(first - day, last - day))
        decided = _DOSSIER.decision_date.between(first, last)
        refused = and_(_DOSSIER.state_since >= begin, _DOSSIER.state_since < end)
        handed = and_(_DOSSIER.submitted_at >= begin, _DOSSIER.submitted_at < end)
        return Moves(
            first,
            last,
            self._issued(reach, first, last),
            int(self.session.scalar(lapsed) or 0),
            self._revoked(reach, first, last),
            self._dossiers(reach, handed),
            self._dossiers(reach, decided, _DOSSIER.state == State.RECOGNISED.value),
            self._dossiers(reach, decided, _DOSSIER.state == State.UNRANKED.value),
            self._dossiers(reach, refused, _DOSSIER.state == State.REFUSED.value),
        )

    def _issued(self, reach: Reach, first: date, last: date) -> dict[int, int]:
        issued = _CERTIFICATE.issued_on.between(first, last)
        chosen = _certificates(reach, issued).add_columns(_CERTIFICATE.stars, func.count())
        rows = self.session.execute(chosen.group_by(_CERTIFICATE.stars))
        return {row[0]: row[1] for row in rows}

    def _revoked(self, reach: Reach, first: date, last: date) -> int:
        revoked = _CERTIFICATE.revoked_on.between(first, last)
        return int(
            self.session.scalar(_certificates(reach, revoked).add_columns(func.count())) or 0
        )

    def _dossiers(self, reach: Reach, *which: ColumnElement[bool]) -> int:
        counted = select(func.count()).select_from(Dossier)
        real = (_DOSSIER.demo.is_(False), within(reach, _DOSSIER.commune_code))
        return int(self.session.scalar(counted.where(*real, *which)) or 0)


def _under_way(reach: Reach) -> tuple[ColumnElement[bool], ...]:
    states = [state.value for state in UNDER_WAY]
    inside = within(reach, _DOSSIER.commune_code)
    return (_DOSSIER.state.in_(states), _DOSSIER.demo.is_(False), inside)


def _certificates(reach: Reach, which: ColumnElement[bool]) -> Select[Any]:
    chosen: Select[Any] = select().select_from(Certificate)
    return (
        chosen.join(Product, _PRODUCT.id == _CERTIFICATE.product_id)
        .join(Producer, _PRODUCER.id == _PRODUCT.producer_id)
        .where(which, _PRODUCT.demo.is_(False), within(reach, _PRODUCER.commune_code))
    )


def _valid(how: Counting, reach: Reach) -> Select[Any]:
    return newest(how.on, reach).where(_CERTIFICATE.valid_to >= how.on)


def _id(made: Source) -> Any:
    return _PRODUCER.id if made.table is Producer else _PRODUCT.id


def _counts(made: Source) -> tuple[Any, Any, Any]:
    """The three columns of Share; each subject counts once."""
    subject = _id(made)
    return (
        func.count(case((made.yes, subject)).distinct()),
        func.count(case((made.no, subject)).distinct()),
        func.count(subject.distinct()),
    )


def _subjects(how: Counting, reach: Reach, made: Source) -> Select[Any]:
    columns = (_id(made), _PRODUCT.name, _PRODUCER.name, _PRODUCER.commune_code)
    if made.table is Producer:
        columns = (_PRODUCER.id, _PRODUCER.name, _PRODUCER.name, _PRODUCER.commune_code)
    return _valid(how, reach).add_columns(*columns).distinct()


def _unrecorded(row: Any, made: Source) -> Unrecorded:
    subject_id, name, producer, commune = row
    return Unrecorded(subject_id, name, producer if made.table is Product else "", commune)
