"""Checks the files of one province."""

from __future__ import annotations

from collections import Counter
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from models.content.check_national import check_days, check_lexicon, check_products
from models.content.checker import Checker
from models.content.places import Commune, commune, province
from models.content.reading import ContentError, Row, read
from models.content.targets import target, targets

KINDS = ("xã", "phường", "đặc khu")


def check_province(checker: Checker, folder: str) -> None:
    row = checker.read(f"{folder}/province.yaml")
    found = checker.parse(row, lambda r: province(r, folder))
    if found:
        try:
            ZoneInfo(found.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            checker.say(row, f"unknown time zone '{found.timezone}'")
        for extra in found.extra_rounds:
            if extra.results_before <= extra.before:
                checker.say(row, f"round '{extra.name.vi}' has its results before its requests")
    check_days(checker, row)
    _check_communes(checker, checker.read(f"{folder}/communes.yaml"))
    check_products(checker, checker.read(f"{folder}/products.yaml"))
    check_lexicon(checker, checker.read(f"{folder}/lexicon.yaml"))
    _check_examples(checker, checker.read(f"{folder}/examples.yaml"))
    if checker.root.joinpath(folder, "targets.yaml").is_file():
        _check_targets(checker, checker.read(f"{folder}/targets.yaml"))


def _check_communes(checker: Checker, row: Row) -> None:
    read = checker.parse_all(checker.rows(row, "units"), commune)
    checker.unique(checker.rows(row, "units"), "code", "commune code")
    names = Counter(one.name for _, one in read)
    for where, one in read:
        if names[one.name] > 1:
            checker.say(where, f"commune name '{one.name}' is used twice")
        if one.kind not in KINDS:
            checker.say(where, f"'kind' must be one of {', '.join(KINDS)}")
        if not one.code.isdecimal() or len(one.code) != 5:
            checker.say(where, "'code' must have five digits")
    _check_former(checker, read)
    for group in checker.rows(row, "close_names"):
        for unknown in set(group.texts("names")) - set(names):
            checker.say(group, f"unknown commune '{unknown}'")
    for said in checker.rows(row, "ambiguous"):
        if len(checker.rows(said, "means")) < 2:
            checker.say(said, "an ambiguous name has at least two meanings")
    if row.data and not read:
        checker.say(row, "there are no communes")


def _check_former(checker: Checker, read: list[tuple[Row, Commune]]) -> None:
    """A former unit went to one commune, unless it is marked as split."""
    went: dict[tuple[str, str, str], str] = {}
    for where, one in read:
        for unit in one.merged_from:
            key = (unit.name, unit.kind, unit.district)
            if key in went and not unit.part:
                other = went[key]
                checker.say(where, f"former '{unit.name}' is also in {other}; mark both as part")
            went[key] = one.name


def _check_examples(checker: Checker, row: Row) -> None:
    if row.data and row.data.get("example") is not True:
        checker.say(row, "must say 'example: true': these products are examples only")
    for entry in checker.rows(row, "products"):
        checker.parse(entry, lambda r: (r.text("name"), r.both("said_of_it")))
        for number in set(entry.wholes("sets")) - set(range(1, 27)):
            checker.say(entry, f"unknown set {number}")


def _check_targets(checker: Checker, row: Row) -> None:
    """Each target can be counted; producer types and papers are those of today's rules."""
    rows = checker.rows(row, "targets")
    checker.unique(rows, "id", "target")
    read = checker.parse_all(rows, target)
    if len(read) == len(rows):
        checker.parse(row, targets)
    known = set(_ids(checker, "producer_types")), set(_ids(checker, "evidence"))
    for where, one in read:
        for unknown in (set(one.types) - known[0]) | (set(one.evidence) - known[1]):
            checker.say(where, f"unknown '{unknown}': neither a producer type nor a paper")


def _ids(checker: Checker, key: str) -> list[str]:
    try:
        return [
            str(r.data.get("id")) for r in read(checker.root, "national/dossier.yaml").rows(key)
        ]
    except ContentError:
        return []  # told where that file is checked
