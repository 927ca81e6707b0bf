"""What is computed, in the order in which it is tried: rules, sums, days and sheets."""

from __future__ import annotations

from collections.abc import Callable

from conversations.policy.area_answers import old_area
from conversations.policy.counts.answers import counted
from conversations.policy.days.added import added_round
from conversations.policy.days.again import again, decided
from conversations.policy.days.certificate import certificate
from conversations.policy.days.certificate_month import certificate_of_month
from conversations.policy.days.commune import commune_time, latest_hand_in
from conversations.policy.days.others import revoked_by, transition
from conversations.policy.days.papers import paper_ends
from conversations.policy.days.results import result_of_hand_in
from conversations.policy.days.revoking import who_revokes
from conversations.policy.days.round_rules import cutoff_right, rounds_a_year
from conversations.policy.days.rounds import days_left, rounds
from conversations.policy.days.rule_times import counts_rest_days, rule_time
from conversations.policy.days.sent import sent
from conversations.policy.days.term import term_begins
from conversations.policy.days.visits import site_visit
from conversations.policy.days.waiting import waited
from conversations.policy.draft import Ask, Draft
from conversations.policy.foretold import accepted, foretold
from conversations.policy.lack_answers import lack
from conversations.policy.place_answers import became, old_commune
from conversations.policy.points.bounds import stars_below
from conversations.policy.points.centre import below_at_centre, from_ninety
from conversations.policy.points.parts import average, part_needed, stars_of_parts
from conversations.policy.points.stars import points_changed, points_short, stars_of_points
from conversations.policy.reward.answers import reward, reward_of_story
from conversations.policy.sector_answers import sets_of_group
from conversations.policy.set_answers import set_of_product
from conversations.policy.sheets.answers import least_of_item, points_of_item, points_of_step
from conversations.policy.sheets.elsewhere import from_elsewhere
from conversations.policy.sheets.minimums import minimums
from conversations.policy.sheets.most import most_of_item
from conversations.policy.sheets.most_of_groups import most_of_groups
from conversations.policy.sheets.most_of_parts import most_of_parts
from conversations.policy.sheets.not_counted import not_counted
from conversations.policy.sheets.portion_answers import item_of_portion
from conversations.policy.sheets.sums import sum_of_items
from conversations.policy.sheets.verdict import verdict
from conversations.policy.sheets.whole import sheet_of_product
from conversations.policy.stop_answers import ended
from conversations.policy.support_answers import support, support_named
from conversations.policy.who_answers import may_register

Computing = tuple[Callable[[Ask], Draft | None], ...]

#: Asked for among other things: the first that fits.
COMPUTED: Computing = (
    counted,
    reward,
    support,
    ended,
    stars_of_points,
    stars_below,
    old_commune,
    lack,
    least_of_item,
    minimums,
    points_of_item,
    rounds,
)
#: Told in figures that mean one thing only.
TOLD: Computing = (
    old_area,
    became,
    sets_of_group,
    foretold,
    accepted,
    reward_of_story,
    rule_time,
    counts_rest_days,
    rounds_a_year,
    cutoff_right,
    below_at_centre,
    from_ninety,
    transition,
    decided,
    site_visit,
    who_revokes,
    revoked_by,
    paper_ends,
    certificate,
    certificate_of_month,
    again,
    term_begins,
    added_round,
    days_left,
    sent,
    result_of_hand_in,
    latest_hand_in,
    commune_time,
    waited,
    stars_of_parts,
    part_needed,
    average,
    most_of_parts,
    most_of_groups,
    most_of_item,
    sum_of_items,
    item_of_portion,
    points_changed,
    points_short,
    support_named,
    not_counted,
    from_elsewhere,
    verdict,
    points_of_step,
    may_register,
)
#: Asked in words or figures that mean one thing only: no task that it also sounds like is meant.
PLAINLY_ASKED: Computing = (*TOLD, set_of_product, sheet_of_product)
#: Computed from all that a message tells.
STORIES: Computing = (
    counted,
    reward,
    support,
    transition,
    latest_hand_in,
    commune_time,
    again,
    certificate,
    certificate_of_month,
    stars_of_parts,
    part_needed,
    average,
    points_short,
    stars_of_points,
    lack,
    old_commune,
    sum_of_items,
    item_of_portion,
)
#: What we surely know, whatever else the message sounds like: a set, a step of a score sheet, who
#: may register, a commune, a certificate, a cut-off, what ends an evaluation.
OURS: Computing = (
    sets_of_group,
    set_of_product,
    sheet_of_product,
    reward_of_story,
    old_commune,
    certificate,
    certificate_of_month,
    days_left,
    item_of_portion,
    not_counted,
    from_elsewhere,
    verdict,
    may_register,
    points_of_item,
    ended,
    stars_of_parts,
)


#: What is told of the steps of a score sheet.
OF_SHEETS: Computing = (not_counted, verdict, points_of_step)


def first(computing: Computing, ask: Ask) -> Draft | None:
    """What the first that computes something gives."""
    return next((draft for compute in computing if (draft := ask.once(compute))), None)
