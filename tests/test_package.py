"""What is shipped: the wheel has everything and runs outside the tree; the lock fits."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.code_tree import PACKAGES, ROOT, modules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# How a distribution is imported, where its name does not say so; a database driver is chosen by
# the scheme of DATABASE_URL, time zones are read by zoneinfo.
IMPORTED_AS = {
    "python-telegram-bot": "telegram",
    "python-docx": "docx",
    "pyyaml": "yaml",
    "pillow": "PIL",
    "pillow-heif": "pillow_heif",
    "prometheus-client": "prometheus_client",
    "pydantic-settings": "pydantic_settings",
    "tzdata": "zoneinfo",
}


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(r).name) for r in requirements}


def test_every_dependency_earns_its_place() -> None:
    imported = {name.split(".")[0] for module in modules() for _, name in module.imports()}
    named = {text for module in modules() for _, text in module.texts()}
    unused = {
        name
        for name in names(PROJECT["project"]["dependencies"])
        if (module := IMPORTED_AS.get(name, name)) not in imported
        and not any(module in text for text in named if "+" in text)
    }
    assert not unused


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_pins_what_the_project_asks_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    asked = [*PROJECT["project"]["dependencies"]]
    if "dev" in lock:
        asked += PROJECT["dependency-groups"]["dev"]
    pinned = dict(re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", text, re.MULTILINE))
    for requirement in map(Requirement, asked):
        version = pinned.get(canonicalize_name(requirement.name))
        assert version and requirement.specifier.contains(version), requirement
    assert "://" not in text and "--index" not in text and "--find-links" not in text
    assert text.count("--hash=sha256:") > 2 * len(pinned), "hashes are missing"


def test_every_library_the_code_imports_is_asked_for() -> None:
    asked = names(PROJECT["project"]["dependencies"])
    known = {IMPORTED_AS.get(name, name) for name in asked} | set(sys.stdlib_module_names)
    known |= {*PACKAGES, "dotenv", "pydantic"}  # both come with pydantic-settings
    known |= {"yarl"}  # aiohttp's own addresses, part of its interface
    found = {
        f"{module.path}:{line} imports {name}"
        for module in modules()
        for line, name in module.imports()
        if name.split(".")[0] not in known
    }
    assert not found


def shipped() -> set[str]:
    """Every file of the packages that git knows or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *PACKAGES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name for name in listed.stdout.splitlines() if (ROOT / name).is_file()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = target.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_holds_every_file_the_program_needs(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert not shipped() - inside
    kinds = {(name.split("/")[0], Path(name).suffix) for name in inside}
    for needed in (
        ("content", ".yaml"),
        ("locales", ".po"),
        ("handlers", ".js"),
        ("migrations", ".py"),
    ):
        assert needed in kinds, f"no {needed[1]} of {needed[0]} in the wheel"
    assert not [name for name in inside if name.startswith(("tests/", "benchmarks/", ".ci/"))]


@pytest.mark.slow
def test_the_program_runs_outside_the_tree(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONSAFEPATH": "1"}
    code = "import bot, sys; print(bot.__file__); from bot.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "check"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(tmp_path / "site") in done.stdout


def test_ci_runs_the_same_checks_as_make() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for needed in ("set -eu", "ruff format --check", "ruff check", "mypy", "make test"):
        assert needed in script
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)


def test_every_word_of_make_is_explained_and_real() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    explained = set(re.findall(r"^([a-z]+):.*## ", text, re.MULTILINE))
    assert {"run", "test", "check", "talk", "words", "migrate", "fix", "help"} <= explained
    commands = set(re.findall(r"-m bot ([a-z]+)", text))
    from typer.main import get_command

    from bot.cli import build

    there = getattr(get_command(build()), "commands", {})
    assert commands <= set(there), (
        f"make calls commands that are not there: {commands - set(there)}"
    )


def test_commands_load_what_they_need_only_when_run() -> None:
    """`--help` must not pay for the web server, the database or the bots."""
    code = (
        "import sys; from bot.cli import build; build(); "
        "print([m for m in ('aiohttp', 'sqlalchemy', 'aiogram', 'telegram', 'babel', 'yaml') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert ast.literal_eval(done.stdout) == [], done.stderr
