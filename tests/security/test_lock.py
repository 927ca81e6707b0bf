"""What is installed is what was reviewed: every package pinned by hash, none from anywhere else.

Known-bad versions are not looked for here: that data lives on other machines. On a machine that may
reach it: `pip-audit -r requirements.lock --require-hashes`.
"""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.code_tree import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")


def entries(lock: str) -> list[tuple[Requirement, int]]:
    """Each pinned requirement, and how many hashes it has."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
    found = []
    for block in filter(str.strip, blocks):
        head = block.partition("\\")[0].strip()
        found.append((Requirement(head), len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", block))))
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_to_one_version_by_hash(lock: str) -> None:
    found = entries(lock)
    assert len(found) > 40
    for requirement, hashes in found:
        (pin,) = requirement.specifier
        assert pin.operator == "==" and "*" not in pin.version, requirement
        assert requirement.url is None and hashes > 0, requirement


def test_what_runs_is_part_of_what_is_tested() -> None:
    """The same versions in both locks: nothing is tested beside what is shipped."""
    runs, tests = (
        {
            (canonicalize_name(r.name), str(r.marker or "")): str(r.specifier)
            for r, _ in entries(one)
        }
        for one in LOCKS
    )
    names = {name for name, _ in tests}
    assert {name for name, _ in runs} <= names
    for key, version in runs.items():
        assert tests.get(key, version) == version, key


def test_the_security_rules_of_the_linter_are_on_and_hold() -> None:
    """Ruff's S rules (bandit's) over everything that is shipped; what is waived is named here."""
    shipped = ("bot", "handlers", "conversations", "locales", "models", "migrations")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "S", "--quiet"]
    waived = ["--ignore", "S311,S603,S607", "--output-format", "concise", "--no-cache"]
    done = subprocess.run(
        [*command, *waived, *shipped], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stdout
    noqa = re.compile(r"#\s*noqa:[^\n]*\bS\d{3}")
    marks = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for folder in shipped
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if noqa.search(line)
    ]
    assert len(marks) <= MARKS, "a waiver more: is it worth it?\n" + "\n".join(marks)


MARKS = 8
