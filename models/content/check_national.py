"""Checks the files of the whole country against each other."""

from __future__ import annotations

from datetime import date, timedelta

from models.content import dossier as dossiers
from models.content import law as laws
from models.content.announcements import announcements
from models.content.check_sheets import Starred, check_sheets
from models.content.checker import Checker
from models.content.dossier import Evidence
from models.content.forms import form, other_law
from models.content.lexicon import lexicon
from models.content.periodic_reports import reports
from models.content.privacy import privacy
from models.content.process import process
from models.content.reading import Row
from models.content.sets import making, product_set, product_word
from models.content.templates import template
from models.content.times import times

BARE = ("ok", "careful", "never")  # how a word without diacritics may be read
STATUSES = ("in_force", "expired")
EFFORTS = ("self", "office", "months")


def check_national(checker: Checker) -> None:
    law = _check_law(checker)
    forms = _check_lists(checker)
    if law is None:
        return
    items: set[str] = set()
    for decision in law.decisions:
        if decision.sheets and decision.dossier:
            starred = check_sheets(checker, decision.sheets, law)
            _check_dossier(checker, decision, starred, forms)
            items |= starred.ids()
    _check_process(checker, items)


def _check_law(checker: Checker) -> laws.Law | None:
    row = checker.read("national/decisions.yaml")
    read = checker.parse_all(checker.rows(row, "decisions"), laws.decision)
    for where, one in read:
        _check_decision(checker, where, one)
    checker.unique(checker.rows(row, "decisions"), "number", "decision")
    if sum(one.effective_to is None for _, one in read) != 1:
        checker.say(row, "exactly one decision must be in force")
    starts = [one.effective_from for _, one in read]
    if starts != sorted(starts):
        checker.say(row, "decisions must be in the order of their dates")
    rules = checker.read("national/rules.yaml")
    found = checker.parse(rules, lambda r: laws.law(row, r))
    if found and [s.rank for s in found.stars] != [5, 4, 3, 2, 1]:
        checker.say(rules, "stars must run from 5 to 1")
    if found and not _bands_join(found.stars):
        checker.say(rules, "the bands of points must follow each other down to 0")
    return found


def _bands_join(stars: tuple[laws.Star, ...]) -> bool:
    below = [s.below for s in stars[1:]]
    return below == [s.minimum for s in stars[:-1]] and stars[-1].minimum == 0


def _check_decision(checker: Checker, row: Row, one: laws.Decision) -> None:
    if one.effective_from < one.issued:
        checker.say(row, "a decision cannot hold before it is issued")
    if one.effective_to and one.effective_to < one.effective_from:
        checker.say(row, "'effective_to' is before 'effective_from'")
    if one.status not in STATUSES:
        checker.say(row, f"'status' must be one of {', '.join(STATUSES)}")
    if (one.status == "in_force") != (one.effective_to is None):
        checker.say(row, "'status' does not fit 'effective_to'")


def _check_lists(checker: Checker) -> set[str]:
    """Sets, products, forms, other law and clocks; returns the ids of the forms."""
    sets = checker.read("national/sets.yaml")
    read = checker.parse_all(checker.rows(sets, "sets"), product_set)
    if [one.number for _, one in read] != list(range(1, 27)):
        checker.say(sets, "sets must be numbered 1 to 26")
    sectors = {r.data.get("id") for r in checker.rows(sets, "sectors")}
    ministries = {r.data.get("id") for r in checker.rows(sets, "ministries")}
    for where, one in read:
        if one.sector not in sectors:
            checker.say(where, f"unknown sector '{one.sector}'")
        for unknown in set(one.ministries) - ministries:
            checker.say(where, f"unknown ministry '{unknown}'")
    check_products(checker, checker.read("national/products.yaml"))
    checker.parse_all(checker.rows(checker.read("national/other-law.yaml"), "other_law"), other_law)
    check_lexicon(checker, checker.read("national/lexicon.yaml"))
    clocks = checker.read("national/times.yaml")
    checker.parse(clocks, times)
    checker.parse(checker.read("national/reports.yaml"), reports)
    checker.parse(clocks, lambda r: r.row("working_hours").rows("spans")[0].clock("from"))
    checker.parse(checker.read("national/privacy.yaml"), privacy)
    announced = checker.read("national/announcements.yaml")
    checker.parse(announced, announcements)
    checker.unique(checker.rows(announced, "topics"), "id", "topic")
    check_days(checker, checker.read("national/calendar.yaml"))
    notices = checker.rows(checker.read("national/templates.yaml"), "templates")
    checker.parse_all(notices, template)
    checker.unique(notices, "id", "template")
    forms = checker.parse_all(checker.rows(checker.read("national/forms.yaml"), "forms"), form)
    return {one.id for _, one in forms}


def check_products(checker: Checker, row: Row) -> None:
    """Product words lead to sets that exist, each word in one place."""
    seen: set[str] = set()
    for where, word in checker.parse_all(checker.rows(row, "words"), product_word):
        if not word.say or not word.sets:
            checker.say(where, "needs at least one word and one set")
        for number in set(word.sets) - set(range(1, 27)):
            checker.say(where, f"unknown set {number}")
        for said in seen & set(word.say):
            checker.say(where, f"'{said}' is listed twice")
        seen |= set(word.say)
    for where, made in checker.parse_all(checker.rows(row, "makings"), making):
        for number in {*made.of, *made.gives.sets} - set(range(1, 27)):
            checker.say(where, f"unknown set {number}")


def check_lexicon(checker: Checker, row: Row) -> None:
    checker.parse(row, lexicon)
    tables = {"phrases": "say", "dialect": "word", "shorthand": "short", "abbreviations": "abbr"}
    for table, key in tables.items():
        checker.unique(checker.rows(row, table), key, table)
    for entry in [*checker.rows(row, "phrases"), *checker.rows(row, "dialect")]:
        if entry.data.get("bare") not in BARE:
            checker.say(entry, f"'bare' must be one of {', '.join(BARE)}")
    for entry in checker.rows(row, "shorthand"):
        if entry.data.get("ambiguous") and len(entry.texts("means")) < 2:
            checker.say(entry, "ambiguous with one meaning")


def check_days(checker: Checker, row: Row) -> None:
    """Swapped days are dates with a reason and a source."""
    for key in ("off", "worked"):
        for day in checker.rows(row, key):
            checker.parse(day, lambda r: (r.day("date"), r.both("why"), r.text("source")))


def _check_dossier(
    checker: Checker, decision: laws.Decision, starred: Starred, forms: set[str]
) -> None:
    row = checker.read(f"national/{decision.dossier}")
    if row.data.get("decision") != decision.number:
        checker.say(row, f"'decision' must be {decision.number}")
    types = checker.parse_all(checker.rows(row, "producer_types"), dossiers.producer_type)
    kinds = checker.parse_all(checker.rows(row, "case_kinds"), dossiers.case_kind)
    read = checker.parse_all(checker.rows(row, "evidence"), dossiers.evidence)
    checker.unique(checker.rows(row, "evidence"), "id", "evidence")
    known = {
        "producer type": {one.id for _, one in types},
        "case kind": {one.id for _, one in kinds},
        "evidence": {one.id for _, one in read},
        "form": forms,
        "score-sheet item": starred.ids(),
    }
    for where, one in read:
        _check_names(checker, where, one, known)
        _check_needs(checker, where, one, starred)
    _check_covered(checker, row, [one for _, one in read], starred)


def _check_names(checker: Checker, row: Row, one: Evidence, known: dict[str, set[str]]) -> None:
    producers = set(one.producers or ()) | {p for n in one.needs for p in n.producers or ()}
    used: dict[str, set[str]] = {
        "producer type": producers,
        "case kind": set(one.cases or ()),
        "evidence": set(one.covers),
        "form": {one.form} if one.form else set(),
        "score-sheet item": set(one.proves),
    }
    for what, names in used.items():
        for unknown in sorted(names - known[what]):
            checker.say(row, f"unknown {what} '{unknown}'")
    if one.effort not in EFFORTS:
        checker.say(row, f"'effort' must be one of {', '.join(EFFORTS)}")
    if not one.files or not set(one.files) <= {"photo", "pdf"}:
        checker.say(row, "'files' takes photo and pdf")


def _check_needs(checker: Checker, row: Row, one: Evidence, starred: Starred) -> None:
    for need in one.needs:
        if not need.sets <= one.sets:
            checker.say(row, f"needed for sets outside its own: {sorted(need.sets - one.sets)}")
        if need.rank == "entry":
            continue
        for number in sorted(need.sets - need.unstarred):
            if not any(need.rank in starred.ranks.get((number, i), ()) for i in one.proves):
                checker.say(row, f"set {number} has no star for rank {need.rank} on what it proves")


def _check_covered(checker: Checker, row: Row, read: list[Evidence], starred: Starred) -> None:
    """Every starred minimum has evidence that is needed for it, or is seen on the samples."""
    for (number, item), ranks in starred.ranks.items():
        for rank in ranks:
            if not any(_covers(one, number, item, rank) for one in read):
                checker.say(row, f"no evidence for {rank} stars at '{item}' of set {number}")


def _covers(one: Evidence, number: int, item: str, rank: int) -> bool:
    needed = any(n.rank in (rank, "entry") and number in n.sets for n in one.needs)
    return item in one.proves and needed


def _check_process(checker: Checker, items: set[str]) -> None:
    row = checker.read("national/process.yaml")
    found = checker.parse(row, process)
    if found is None:
        return
    for where in checker.rows(row, "commune_contents"):
        for unknown in set(where.texts("assesses")) - items:
            checker.say(where, f"unknown score-sheet item '{unknown}'")
    if len(found.commune_contents) != 4:
        checker.say(row, "the commune assesses four contents")
    if found.opens_days_before <= found.closes_days_before:
        checker.say(row, "the re-evaluation window must open before it closes")
    if sorted(star for one in found.revokers for star in one.stars) != [3, 4, 5]:
        checker.say(row, "'revoked_by' must name who revokes 3, 4 and 5 stars, each once")
    for key in ("steps", "return_reasons", "commune_contents", "grounds_for_revocation"):
        checker.unique(checker.rows(row, key), "id", key)
    gap = date(2025, *found.rounds[-1].before) - date(2025, *found.rounds[0].before)
    if gap < timedelta(0):
        checker.say(row, "rounds must be in the order of the year")
