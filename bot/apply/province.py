"""The province's part: passed on, on a round's list, the council's result, the certificate."""

from __future__ import annotations

import secrets

from bot.apply import Env, Stale, on
from bot.apply.casework import (
    at_province,
    change,
    held,
    history,
    product_of,
    recording,
    tell_household,
)
from bot.apply.subscriptions import with_offer
from bot.work import claim_clock, telling
from conversations import events as e
from conversations import rounds
from conversations.letters import Note, household
from conversations.records import State
from models.codes import new_code
from models.tables import Certificate, Dossier, Producer


@on(e.PassedToProvince)
def passed(env: Env, event: e.PassedToProvince) -> None:
    """The commune's request to the province (Điều 7.2.c): free again, at the next level."""
    row = held(env, event.dossier_id)
    if at_province(row):
        raise Stale
    change(
        env,
        row,
        state=State.PASSED.value,
        state_since=env.now,
        reached_province_at=env.now,
        officer_id=None,
        claimed_at=None,
        due_on=None,
    )
    history(env, row, "passed")
    telling.alert_pool(env.session, env.post, env.content, row, skip=env.person.id)
    claim_clock.plan(env.post, env.content, row, env.now)
    cutoff = env.content.next_cutoff(env.now.astimezone(env.content.province.zone).date())
    letter = household.passed(row.id or 0, product_of(env, row), cutoff.name, cutoff.results_before)
    tell_household(env, row, letter)


@on(e.PutOnRound)
def put_on_round(env: Env, event: e.PutOnRound) -> None:
    row = recording(env, event.dossier_id)
    change(env, row, state=State.LISTED.value, state_since=env.now, round_name=event.round_name)
    history(env, row, "listed", round=event.round_name)
    name = rounds.named(env.content, event.round_name)
    tell_household(env, row, household.listed(row.id or 0, product_of(env, row), name))


@on(e.ResultRecorded)
def result_recorded(env: Env, event: e.ResultRecorded) -> None:
    """From 3 stars: a decision, and a certificate of 36 months (Điều 4.3). Once only."""
    row = recording(env, event.dossier_id)
    ranked = event.stars >= 3
    undecided = ranked and (not event.decision_number or event.decision_date is None)
    if row.state != State.LISTED or undecided:
        raise Stale
    change(
        env,
        row,
        state=(State.RECOGNISED if ranked else State.UNRANKED).value,
        state_since=env.now,
        score=event.score,
        stars=event.stars,
        decision_number=event.decision_number or None,
        decision_date=event.decision_date,
    )
    history(env, row, "result", score=event.score, stars=event.stars)
    letter, owner = _outcome(env, row, event), env.session.get_one(Producer, row.producer_id)
    tell_household(env, row, with_offer(env, owner.person_id, letter) if ranked else letter)


def _outcome(env: Env, row: Dossier, event: e.ResultRecorded) -> Note:
    """What the household reads; the certificate is made on the way."""
    product = product_of(env, row)
    if event.stars < 3:
        return household.unranked(row.id or 0, row.code, product, event.score)
    certificate = issue(env, row, event)
    opens, closes = env.content.re_evaluation_window(certificate.valid_to)
    return household.recognised(
        row.id or 0,
        product,
        event.stars,
        event.score,
        event.decision_number,
        certificate.issued_on,
        certificate.valid_to,
        certificate.code,
        opens,
        closes,
        row.code,
    )


def issue(env: Env, row: Dossier, event: e.ResultRecorded) -> Certificate:
    """The certificate's row; its code is public."""
    issued = event.decision_date
    if issued is None:
        raise Stale
    certificate = Certificate(
        code=new_code(secrets.SystemRandom()),
        product_id=row.product_id,
        dossier_id=row.id,
        stars=event.stars,
        decision_number=event.decision_number,
        issued_on=issued,
        valid_to=env.content.certificate_end(issued),
    )
    env.session.add(certificate)
    return certificate
