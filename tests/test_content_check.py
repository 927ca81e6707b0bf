"""Checking content: clean as shipped, and every kind of slip found with its line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models.content import Problem, load, validate

SHIPPED = Path(__file__).parent.parent / "content"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the content that a test may spoil; sheets 4 to 26 only where needed."""
    copy = tmp_path / "content"
    shutil.copytree(SHIPPED, copy, ignore=shutil.ignore_patterns("policy", "forms", "*.py*"))
    return copy


def test_shipped_content_is_clean() -> None:
    assert [str(p) for p in validate(SHIPPED)] == []


def test_content_loads_from_a_folder(root: Path) -> None:
    content = load("ha-tinh", root)
    assert content.sets[4].name_en.startswith("Honey")
    assert content.score_sheet(4).number == 4


def spoil(root: Path, name: str, old: str, new: str) -> int:
    """Replaces the first `old`; returns the line it stood on."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


SLIPS = [
    ("national/criteria/set-04.yaml", "max: 40", "max: 41", "parts must be"),
    ("national/criteria/set-04.yaml", "      max: 3\n", "      max: 2\n", "sum"),
    ("national/criteria/set-04.yaml", '"forged"', '"forgd"', "unknown rejection rule"),
    ("national/criteria/set-04.yaml", '{at: "2.1"', '{at: "99"', "unknown item"),
    ("national/criteria/set-04.yaml", "min_for: 3", "min_for: 6", "stars must rise"),
    ("national/criteria/set-04.yaml", "set: 4", "set: 5", "'set' must be 4"),
    ("national/dossier.yaml", '"dam_bao"', '"dam_bo"', "unknown score-sheet item 'dam_bo'"),
    ("national/dossier.yaml", 'sets: "15-20"', 'sets: "15-99"', "not between 1 and 26"),
    ("national/dossier.yaml", 'form: "mau_01"', 'form: "mau_09"', "unknown form"),
    ("national/dossier.yaml", 'covers: ["don', 'covers: ["dan', "unknown evidence"),
    ("national/dossier.yaml", 'en: "Cooperative"', 'n: "Cooperative"', "English"),
    ("national/process.yaml", '"lao_dong"', '"lao_dog"', "unknown score-sheet item"),
    ("national/times.yaml", "minutes: 10", 'minutes: "10"', "whole number"),
    ("national/sets.yaml", 'sector: "I"', 'sector: "IX"', "unknown sector"),
    ("national/products.yaml", "sets: [1]", "sets: [31]", "unknown set 31"),
    ("ha-tinh/communes.yaml", '"18100"', '"18073"', "commune code '18073' is used twice"),
    ("ha-tinh/communes.yaml", ', en: "Thạch Khê commune"', "", "English"),
    ("ha-tinh/communes.yaml", '["Kỳ Hoa"', '["Ky Hoa"', "unknown commune"),
    ("ha-tinh/communes.yaml", '"Thạch Trung", k', '"Bắc Hà", k', "is also in"),
    ("ha-tinh/province.yaml", "Asia/Ho_Chi_Minh", "Asia/Nowhere", "unknown time zone"),
    ("ha-tinh/lexicon.yaml", 'bare: "ok"', 'bare: "maybe"', "'bare' must be"),
    ("ha-tinh/examples.yaml", "example: true", "example: false", "examples only"),
]


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Problem], list[int]]:
    """All slips at once: the problems found, and the line each slip was made on."""
    copy = tmp_path_factory.mktemp("spoiled") / "content"
    shutil.copytree(SHIPPED, copy, ignore=shutil.ignore_patterns("policy", "forms", "*.py*"))
    lines = [spoil(copy, name, old, new) for name, old, new, _ in SLIPS]
    return validate(copy), lines


@pytest.mark.parametrize("number", range(len(SLIPS)), ids=[f"{s[0]} {s[3]}" for s in SLIPS])
def test_a_slip_is_found_where_it_stands(
    spoiled: tuple[list[Problem], list[int]], number: int
) -> None:
    problems, lines = spoiled
    name, _, _, says = SLIPS[number]
    found = [p.line for p in problems if p.file == name and says in p.message]
    assert found, [str(p) for p in problems]
    assert min(abs(line - lines[number]) for line in found) <= 40


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("national/process.yaml", '"04-30"', '"04-31"', "month and day"),
        ("ha-tinh/province.yaml", 'code: "42"', "code: 42", "'code' must be a text"),
        ("national/decisions.yaml", '"2026-05-22"', '"2026-05-32"', "must be a date"),
        ("national/decisions.yaml", 'status: "in_force"', 'status: "expired"', "does not fit"),
        ("national/rules.yaml", "min: 70", "min: 75", "bands"),
        ("ha-tinh/examples.yaml", "products:", "products: [", ""),
    ],
)
def test_a_slip_in_the_law_or_in_yaml_itself(
    root: Path, name: str, old: str, new: str, says: str
) -> None:
    spoil(root, name, old, new)
    found = [p for p in validate(root) if p.file == name]
    assert any(says in p.message and p.line > 0 for p in found), [str(p) for p in found]


@pytest.mark.parametrize(
    "name", ["national/dossier.yaml", "national/criteria/set-07.yaml", "ha-tinh/communes.yaml"]
)
def test_a_missing_file_is_named(root: Path, name: str) -> None:
    (root / name).unlink()
    assert any(p.file == name and "missing" in p.message for p in validate(root))


LAW, GAPS = "national/policy/law.yaml", "ha-tinh/policy/gaps.yaml"
PASSAGES = [
    (LAW, "document: qd26", "document: qd62", "unknown document 'qd62'"),
    (LAW, "status: in_force", "status: in_farce", "'status' must be one of"),
    (LAW, "confidence: high", "confidence: sure", "'confidence' must be one of"),
    (LAW, 'from: "2026-05-22"', 'from: "2026-05-42"', "must be a date"),
    (LAW, "- id: qd26_doi_tuong", "- id: qd26", "passage 'qd26' is used twice"),
    (LAW, 'section: "Điều 11"', "section: 11", "'section' must be"),
    (LAW, "  facts:\n", "  fact:\n", "at least one fact"),
    (GAPS, "gap: true", "gap: false", "only a gap"),
]


def test_slips_in_passages_are_found_where_they_stand(tmp_path: Path) -> None:
    root = tmp_path / "content"
    shutil.copytree(SHIPPED, root, ignore=shutil.ignore_patterns("forms", "*.py*"))
    lines = [spoil(root, name, old, new) for name, old, new, _ in PASSAGES]
    problems = validate(root)
    for line, (name, _, _, says) in zip(lines, PASSAGES, strict=True):
        found = [p.line for p in problems if p.file == name and says in p.message]
        assert any(abs(at - line) < 12 for at in found), (says, problems)


def test_many_slips_are_all_told_in_order(root: Path) -> None:
    spoil(root, "national/dossier.yaml", '"dam_bao"', '"dam_bo"')
    spoil(root, "ha-tinh/communes.yaml", '"18100"', '"18073"')
    problems = validate(root)
    assert {p.file for p in problems} >= {"national/dossier.yaml", "ha-tinh/communes.yaml"}
    assert problems == sorted(problems)


def test_a_star_without_evidence_is_found(root: Path) -> None:
    spoil(root, "national/dossier.yaml", 'basis: "so_huu_tri_tue, dấu ***"', 'basis: "x"')
    assert validate(root) == []
    spoil(root, "national/dossier.yaml", '{rank: 3, sets: "all", basis: "x"}', "")
    assert any("no evidence for 3 stars at 'so_huu_tri_tue'" in p.message for p in validate(root))


def rename(root: Path) -> None:
    shutil.move(root / "ha-tinh", root / "vung-mau")


def key_twice(root: Path) -> None:
    spoil(root, "ha-tinh/province.yaml", 'code: "42"', 'code: "42"\ncode: "43"')


@pytest.mark.parametrize(("change", "says"), [(key_twice, "key written twice")])
def test_yaml_that_hides_a_value_is_refused(
    root: Path, change: Callable[[Path], None], says: str
) -> None:
    change(root)
    assert any(says in p.message for p in validate(root))


def test_another_province_is_a_folder(root: Path) -> None:
    rename(root)
    content = load("vung-mau", root)
    assert content.province.id == "vung-mau"
    assert validate(root) == []
