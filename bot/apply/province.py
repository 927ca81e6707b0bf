"""The province's part: passed on, on a round's list, the council's result, the certificate."""

from __future__ import annotations

import secrets

from bot.apply import Env, Stale, on
from bot.apply.review import (
    change,
    dossier,
    held,
    history,
    me,
    names,
    tell_household,
    tell_pool,
)
from conversations import events as e
from conversations.letters import household
from conversations.records import State
from models.codes import new_code
from models.tables import Certificate, Dossier


@on(e.PassedToProvince)
def passed(env: Env, event: e.PassedToProvince) -> None:
    """The commune's request to the province (Điều 7.2.c): free again, at the next level."""
    row = held(env, event.dossier_id)
    if row.reached_province_at is not None:
        raise Stale
    change(
        env,
        row,
        state=State.PASSED,
        state_since=env.now,
        reached_province_at=env.now,
        officer_id=None,
        claimed_at=None,
        due_on=None,
    )
    history(env, row, "passed")
    product, _ = names(env, row)
    cutoff = env.content.next_cutoff(env.now.astimezone(env.content.province.zone).date())
    tell_pool(env, row)
    tell_household(
        env, row, household.passed(row.id or 0, product.name, cutoff.name, cutoff.results_before)
    )


def recording(env: Env, dossier_id: int) -> Dossier:
    """A case at the province, held by this officer of the province."""
    row = held(env, dossier_id)
    if row.reached_province_at is None or me(env).role == "commune":
        raise Stale
    return row


@on(e.PutOnRound)
def put_on_round(env: Env, event: e.PutOnRound) -> None:
    row = recording(env, event.dossier_id)
    change(env, row, state=State.LISTED, state_since=env.now, round_name=event.round_name)
    history(env, row, "listed", round=event.round_name)
    product, _ = names(env, row)
    tell_household(env, row, household.listed(row.id or 0, product.name, event.round_name))


@on(e.ResultRecorded)
def result_recorded(env: Env, event: e.ResultRecorded) -> None:
    """From 3 stars: a decision, and a certificate of 36 months (Điều 4.3). Once only."""
    row = recording(env, event.dossier_id)
    if row.state != State.LISTED:
        raise Stale
    ranked = event.stars >= 3
    if ranked and (not event.decision_number or event.decision_date is None):
        raise Stale
    change(
        env,
        row,
        Dossier.state == State.LISTED,
        state=State.RECOGNISED if ranked else State.UNRANKED,
        state_since=env.now,
        score=event.score,
        stars=event.stars,
        decision_number=event.decision_number or None,
        decision_date=event.decision_date,
    )
    history(env, row, "result", score=event.score, stars=event.stars)
    product, _ = names(env, row)
    if not ranked:
        tell_household(env, row, household.unranked(row.id or 0, product.name, event.score))
        return
    certificate = issue(env, row, event)
    opens, closes = env.content.re_evaluation_window(certificate.valid_to)
    tell_household(
        env,
        row,
        household.recognised(
            row.id or 0,
            product.name,
            event.stars,
            event.score,
            event.decision_number,
            certificate.issued_on,
            certificate.valid_to,
            certificate.code,
            opens,
            closes,
        ),
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


@on(e.CaseRefused)
def refused(env: Env, event: e.CaseRefused) -> None:
    row = dossier(env, event.dossier_id)
    if (
        row.officer_id != me(env).id
        or row.reached_province_at is None
        or (me(env).role == "commune")
    ):
        raise Stale
    change(env, row, state=State.REFUSED, state_since=env.now, refused_because=event.reason)
    history(env, row, "refused", reason=event.reason)
    product, _ = names(env, row)
    tell_household(env, row, household.refused(row.id or 0, product.name, event.reason))
