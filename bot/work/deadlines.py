"""Days that come near: the commune's time to review, the household's time to mend.

Looked at every hour of the working day; each reminder leaves once, by its name. How long before is
in content (times.yaml), in working days.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from bot.jobs import Due, Works, Write, every
from bot.post import Post
from bot.work import telling
from conversations.letters import clocks as letters
from conversations.letters import household
from conversations.records import State
from models.content import Content
from models.database import Unit
from models.tables import Dossier, Product

# Columns: SQLModel types them as plain values.
_DOSSIER: Any = Dossier

REVIEW = (State.SUBMITTED, State.REVIEWING, State.FIXED)
MENDING = (State.SUPPLEMENT, State.COMPLETING)
AHEAD = timedelta(days=30)  # a day further away is not near, whatever holidays lie between


@every("deadlines", timedelta(hours=1))
def deadlines(works: Works, due: Due) -> Write | None:
    """Nothing at night and on days off: the next look finds the same cases."""
    content = works.house.content
    local = due.now.astimezone(content.province.zone)
    today = local.date()
    if content.times.is_quiet(local.time()) or not content.calendar.is_working(today):
        return None

    def remind(unit: Unit, post: Post) -> None:
        for row in _near(unit, today):
            if row.state in REVIEW:
                review(unit, post, content, row, today)
            else:
                mending(unit, post, content, row, today)

    return remind


def _near(unit: Unit, today: date) -> list[Dossier]:
    states = [state.value for state in (*REVIEW, *MENDING)]
    return list(
        unit.scalars(
            select(Dossier).where(
                _DOSSIER.state.in_(states),
                _DOSSIER.due_on.is_not(None),
                _DOSSIER.due_on <= today + AHEAD,
            )
        )
    )


def left(content: Content, row: Dossier, today: date) -> int:
    """Working days left; below 0 once the day is over."""
    if row.due_on is None:
        raise LookupError(f"dossier {row.id} has no day")
    return content.calendar.working_days_between(today, row.due_on)


def review(unit: Unit, post: Post, content: Content, row: Dossier, today: date) -> None:
    """To who holds the case, or who may take it; late, one level up as well."""
    days = left(content, row, today)
    late = row.due_on is not None and today > row.due_on
    if row.due_on is None or not (late or days in (0, *content.times.review_remind_working_days)):
        return
    product = unit.get_one(Product, row.product_id).name
    letter = letters.review_due(row.id or 0, row.code, product, row.due_on, -1 if late else days)
    name = f"review:{row.id}:{row.due_on}:{'late' if late else days}"
    telling.to_desk(unit, post, row, letter, dedupe=name, groups_too=True)
    if late:
        for role in ("province", "admin"):
            post.to_officers(
                None, role, letter, dedupe=f"{name}:up", dossier_id=row.id, groups_too=True
            )


def mending(unit: Unit, post: Post, content: Content, row: Dossier, today: date) -> None:
    """To the household; when the day is over, to its officer too."""
    days = left(content, row, today)
    late = row.due_on is not None and today > row.due_on
    if row.due_on is None or not (late or days in content.times.supplement_remind_days):
        return
    product = unit.get_one(Product, row.product_id).name
    told = household.supplement_due(
        row.id or 0, row.code, product, row.due_on, -1 if late else days
    )
    name = f"mending:{row.id}:{row.due_on}:{'late' if late else days}"
    telling.to_household(unit, post, row, told, dedupe=name)
    if late:
        letter = letters.supplement_late(row.id or 0, row.code, product, row.due_on)
        telling.to_desk(unit, post, row, letter, dedupe=f"{name}:desk")
