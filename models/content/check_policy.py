"""Checks the passages: each cites a known document, says when it holds, and can be told."""

from __future__ import annotations

from collections.abc import Iterable

from models.content.checker import Checker
from models.content.reading import Row

STATUSES = ("in_force", "expired", "historical", "period", "plan", "proposed", "unknown")
CONFIDENCES = ("high", "medium", "low")
#: Passages that answers rest on in every province, and those that reckoned rewards rest on.
NEEDED = ("lien_he", "gap_theo_xa")
REWARDED = ("thuong_du_kien", "gap_thuong_1_2_sao")


def check_policy(checker: Checker, provinces: Iterable[str]) -> None:
    """The nation's passages, then each province's on top of them."""
    evidence = {
        row.data.get("id") for row in checker.read("national/dossier.yaml").rows("evidence")
    }
    known, passages = _read(checker, "national", {})
    _check(checker, passages, known, passages, evidence)
    for folder in provinces:
        documents, own = _read(checker, folder, known)
        _check(checker, own, documents, [*passages, *own], evidence)
        _needed(checker, folder, {row.data.get("id") for row in (*passages, *own)})


def _needed(checker: Checker, folder: str, ids: set[object]) -> None:
    """The passages that the code names, where the province has policies at all."""
    place = checker.root.joinpath(folder, "policy")
    rewards = place.joinpath("rewards.yaml").is_file()
    wanted = (*NEEDED, *(REWARDED if rewards else ())) if place.is_dir() else ()
    for lacking in [one for one in wanted if one not in ids]:
        where = Row({}, f"{folder}/policy/{'rewards' if lacking in REWARDED else 'gaps'}.yaml")
        checker.say(where, f"there is no passage '{lacking}'")


def _read(checker: Checker, folder: str, known: dict[str, Row]) -> tuple[dict[str, Row], list[Row]]:
    """The documents that may be cited there, and the folder's own passages."""
    place = checker.root.joinpath(folder, "policy")
    if not place.is_dir():
        return known, []
    listed = checker.read(f"{folder}/policy/documents.yaml")
    documents = {key: listed.row(key) for key in listed.data}
    for row in documents.values():
        checker.parse(row, lambda r: (r.get("short"), r.maybe_day("from"), r.maybe_day("to")))
    names = sorted(f.name for f in place.iterdir() if f.name.endswith(".yaml"))
    rows = [row for name in names for row in checker.read_list(f"{folder}/policy/{name}")]
    return {**known, **documents}, rows


def _check(
    checker: Checker,
    rows: list[Row],
    documents: dict[str, Row],
    everything: list[Row],
    evidence: set[object],
) -> None:
    ids = {row.data.get("id") for row in everything}
    checker.unique(rows, "id", "passage")
    for row in rows:
        checker.parse(row, lambda r: (r.text("id"), r.both("title")))
        _cited(checker, row, documents)
        _dated(checker, row)
        _told(checker, row)
        for link in ("earlier", "later"):
            if row.has(link) and row.data[link] not in ids:
                checker.say(row, f"unknown passage '{row.data[link]}'")
        unknown = [link for link in row.texts("beside") if link not in ids]
        if unknown:
            checker.say(row, f"unknown passage '{unknown[0]}'")
        if row.has("evidence") and row.data["evidence"] not in evidence:
            checker.say(row, f"unknown evidence '{row.data['evidence']}'")


def _cited(checker: Checker, row: Row, documents: dict[str, Row]) -> None:
    gap = checker.parse(row, lambda r: r.flag("gap"))
    for cite in (row, *checker.rows(row, "also")):
        document = checker.parse(cite, lambda r: r.text("document"))
        if document and document not in documents:
            checker.say(cite, f"unknown document '{document}'")
        if document in documents and not documents[document].data.get("short") and not gap:
            checker.say(cite, "only a gap may name no document")
        if not isinstance(cite.data.get("section"), str):
            checker.say(cite, "'section' must be a text in quotes, empty for a whole document")


def _dated(checker: Checker, row: Row) -> None:
    days = checker.parse(row, lambda r: (r.maybe_day("from"), r.maybe_day("to")))
    if days and days[0] and days[1] and days[0] > days[1]:
        checker.say(row, "'from' is after 'to'")
    for key, allowed in (("status", STATUSES), ("confidence", CONFIDENCES)):
        if row.data.get(key) not in allowed:
            checker.say(row, f"'{key}' must be one of {', '.join(allowed)}")


def _told(checker: Checker, row: Row) -> None:
    facts = checker.rows(row, "facts")
    if not facts:
        checker.say(row, "a passage has at least one fact")
    for fact in facts:
        checker.parse(fact, lambda r: r.text("vi"))
    if facts and not facts[0].has("en"):
        checker.say(facts[0], "the first fact needs English (en)")
