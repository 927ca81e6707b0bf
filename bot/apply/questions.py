"""Questions: counted by topic, liked or not, passed to an officer as tickets, and answered."""

from __future__ import annotations

import secrets

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from bot import limits
from bot.apply import Env, Stale, on
from bot.apply.officers import audit
from bot.records.people import acts_for
from conversations import events as e
from conversations.letters import household
from conversations.letters import officer as letters
from conversations.records import OfficerView
from models import allowances, codes, people
from models.tables import AnswerCount, Feedback, Producer, Ticket


@on(e.QuestionAsked)
def question_asked(env: Env, event: e.QuestionAsked) -> None:
    """Counted by day and topic; the text is not kept. Works on SQLite and PostgreSQL alike."""
    today = env.now.astimezone(env.content.province.zone).date()
    table = AnswerCount.__table__  # type: ignore[attr-defined]
    counted = insert(table).values(
        day=today, topic=event.topic[:60], answered=event.answered, count=1
    )
    again = counted.on_conflict_do_update(
        index_elements=["day", "topic", "answered"], set_={"count": table.c.count + 1}
    )
    env.session.execute(again)
    allowances.take(env.session, limits.QUESTIONS, str(env.person.id), env.now)


@on(e.AnswerLiked)
def answer_liked(env: Env, event: e.AnswerLiked) -> None:
    env.session.add(Feedback(passage_id=event.passage_id[:80], up=event.up, at=env.now))


@on(e.QuestionPassed)
def question_passed(env: Env, event: e.QuestionPassed) -> None:
    """A ticket with a number, due in working hours, to the officers of the person's commune."""
    hours = env.content.times.claim_escalate_working_hours
    allowances.take(env.session, limits.TICKETS, str(env.person.id), env.now)
    ticket = Ticket(
        code=_code(env),
        person_id=env.person.id,
        commune_code=_commune(env),
        dossier_id=event.dossier_id,
        topic=event.topic[:60],
        text=event.text,
        language=env.person.language,
        asked_at=env.now,
        due_at=env.content.calendar.add_working_hours(env.now, hours),
    )
    env.session.add(ticket)
    env.session.flush()
    letter = letters.ticket_opened(ticket.id or 0, ticket.code, ticket.text)
    if ticket.commune_code and people.officers(env.session, "commune", ticket.commune_code):
        env.post.to_officers(ticket.commune_code, "commune", letter)
        return
    for role in ("province", "admin"):
        env.post.to_officers(None, role, letter)


def _commune(env: Env) -> str | None:
    """The commune of the person's first producer; a stranger's question goes to the province."""
    found: str | None = env.session.scalars(
        select(col(Producer.commune_code)).where(acts_for(env.person.id)).order_by(col(Producer.id))
    ).first()
    return found


def _code(env: Env) -> str:
    """A number no ticket has."""
    while True:
        code = codes.new_code(secrets.SystemRandom())
        if env.session.scalar(select(col(Ticket.id)).where(col(Ticket.code) == code)) is None:
            return code


@on(e.TicketAnswered)
def ticket_answered(env: Env, event: e.TicketAnswered) -> None:
    """Answered once: a second officer's answer finds it closed. The household reads it at once."""
    ticket, officer = env.session.get(Ticket, event.ticket_id), env.person.officer
    if ticket is None or officer is None or not _reaches(officer, ticket):
        raise Stale
    done = env.session.execute(
        update(Ticket)
        .where(col(Ticket.id) == ticket.id, col(Ticket.state) == "open")
        .values(
            state="answered",
            answer=event.text,
            answered_at=env.now,
            officer_id=officer.id,
            make_passage=event.make_passage,
        )
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Stale
    audit(env, "ticket_answered", f"ticket:{ticket.id}")
    letter = household.ticket_answered(ticket.code, ticket.text, event.text, officer.name)
    env.post.to_person(ticket.person_id, letter)


@on(e.AnswerCorrected)
def answer_corrected(env: Env, event: e.AnswerCorrected) -> None:
    """Kept beside the answers officers gave: `export questions` prints both."""
    officer = env.person.officer
    if officer is None or not officer.works:
        raise Stale
    ticket = Ticket(
        code=_code(env),
        person_id=env.person.id,
        topic=event.passage_id[:60],
        text=event.question,
        language=env.person.language,
        state="answered",
        officer_id=officer.id,
        asked_at=env.now,
        answer=event.text,
        answered_at=env.now,
        make_passage=True,
    )
    env.session.add(ticket)
    audit(env, "answer_corrected", f"passage:{event.passage_id}"[:60])


def _reaches(officer: OfficerView, ticket: Ticket) -> bool:
    if ticket.commune_code is None:
        return officer.role in ("province", "admin")
    return officer.covers(ticket.commune_code)
