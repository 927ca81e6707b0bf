"""The rules of this code that no tool checks: who imports whom, sizes, purity, ids in logs."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch

import yaml

from bot.log import PERSONAL
from bot.settings import Settings, provinces
from tests.code_tree import PACKAGES, ROOT, Module, modules

# Which of our packages a package may import; the first pattern that fits a module counts.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "handlers.*": ("handlers", "models.messages"),
    "conversations.steps": ("models.messages", "locales.N_"),
    "conversations.engine": ("conversations.steps", "conversations.said", "models.messages"),
    "conversations*": (
        *("conversations", "models.messages", "models.content", "models.codes", "locales"),
    ),
    "models.messages": (),
    "models.codes": (),
    "models.content*": ("models.content",),
    "locales*": ("locales",),
    "models*": ("models", "migrations"),
    "migrations*": ("migrations", "models"),
    "content*": ("content",),
}
# Where each big library may be met, and so where a change of it must be looked for.
AT_HOME: dict[str, tuple[str, ...]] = {
    "aiogram": ("bot/households*.py", "bot/telegram*", "handlers/telegram_households*.py"),
    "telegram": ("bot/officers*.py", "bot/telegram*", "handlers/telegram_officers*.py"),
    "aiohttp": ("bot/households*.py", "bot/web*.py", "bot/senders*", "handlers/*"),
    "sqlmodel": ("models/*", "bot/records/*", "bot/work/*", "bot/apply/*", "migrations/*"),
    "sqlalchemy": (
        *("models/*", "bot/records/*", "bot/work/*", "bot/apply/*", "migrations/*"),
        "bot/check_database.py",
    ),
    "alembic": ("models/migrate.py", "bot/cli/migrate.py", "migrations/*"),
    "jinja2": ("conversations/render*.py", "locales/*"),
    "babel": ("locales/*",),
    "typer": ("bot/cli/*",),
    "pydantic_settings": ("bot/settings.py",),
    "structlog": ("bot/log.py",),
    "obstore": ("models/files_s3.py",),
}
# Slow or large: loaded inside the function that needs it, never when a module is imported.
LOADED_WHEN_USED = (
    *("aiogram", "telegram", "docxtpl", "docx", "openpyxl", "xlsxwriter", "PIL", "segno"),
    *("pillow_heif", "holidays", "img2pdf", "pikepdf", "structlog", "psycopg", "matplotlib"),
    "obstore",
)
IMPURE = (
    *("asyncio", "threading", "socket", "sqlite3", "random", "secrets", "subprocess", "time"),
    *("os", "http", "urllib.request", "pathlib", "logging", "aiohttp", "sqlalchemy", "sqlmodel"),
)
SLOW_AT_HOME = ("handlers/telegram_*.py", "bot/telegram*", "bot/officers*.py", "bot/households*.py")


def ours(name: str) -> bool:
    return name.split(".")[0] in PACKAGES


def within(name: str, packages: Iterable[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def tell(offences: Iterable[str]) -> None:
    found = sorted(set(offences))
    assert not found, f"{len(found)} to mend:\n" + "\n".join(found)


def allowed(module: Module) -> tuple[str, ...] | None:
    return next((ok for glob, ok in MAY_IMPORT.items() if fnmatch(module.name, glob)), None)


def test_who_may_import_whom() -> None:
    tell(
        f"{module.path}:{line} may not import {name}"
        for module in modules()
        if (may := allowed(module)) is not None
        for line, name in module.imports()
        if ours(name) and not within(name, (*may, module.name))
    )


def test_each_library_is_met_in_few_places() -> None:
    tell(
        f"{module.path}:{line} imports {name}; its places are {', '.join(AT_HOME[library])}"
        for module in modules()
        for line, name in module.imports()
        if (library := name.split(".")[0]) in AT_HOME
        and not any(fnmatch(module.path, glob) for glob in AT_HOME[library])
    )


def top_imports(nodes: Iterable[ast.stmt]) -> Iterator[tuple[int, str]]:
    """Imports that run when the module is imported (not in functions or TYPE_CHECKING)."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
        elif isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.dump(node.test):
            yield from top_imports([*node.body, *node.orelse])
        elif isinstance(node, ast.Try | ast.ClassDef):
            yield from top_imports(node.body)


def test_heavy_libraries_are_loaded_when_used() -> None:
    tell(
        f"{module.path}:{line} imports {name} for everyone"
        for module in modules()
        if not any(fnmatch(module.path, glob) for glob in SLOW_AT_HOME)
        for line, name in top_imports(module.tree.body)
        if within(name, LOADED_WHEN_USED)
    )


def test_what_is_said_is_decided_without_clock_network_or_database() -> None:
    talking = [module for module in modules() if module.name.startswith("conversations")]
    assert talking
    tell(offence for module in talking for offence in impurities(module))


def impurities(module: Module) -> Iterator[str]:
    for line, name in module.imports():
        if within(name, IMPURE):
            yield f"{module.path}:{line} imports {name}"
    for node in module.nodes():
        if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith):
            yield f"{module.path}:{node.lineno} is async"
        if isinstance(node, ast.Call) and called(node) in ("now", "utcnow", "today"):
            yield f"{module.path}:{node.lineno} calls {called(node)}()"
        if isinstance(node, ast.Name) and node.id in ("open", "input", "print"):
            yield f"{module.path}:{node.lineno} uses {node.id}"


def called(node: ast.Call) -> str:
    """The last part of what is called: `datetime.now(UTC)` → "now"."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def test_the_engine_and_its_steps_stand_on_the_standard_library() -> None:
    core = [m for m in modules() if m.name in ("conversations.engine", "conversations.steps")]
    assert len(core) == 2
    tell(
        f"{module.path}:{line} imports {name}"
        for module in core
        for line, name in module.imports()
        if not ours(name) and name.split(".")[0] not in sys.stdlib_module_names
    )


def test_only_the_clock_knows_the_time() -> None:
    tell(
        f"{module.path}:{node.lineno} asks the time itself; bot.clock.now() knows it"
        for module in modules()
        if module.path != "bot/clock.py"
        for node in module.nodes()
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("datetime.now", "datetime.utcnow", "date.today")
    )


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, the docstring left out."""
    length = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        length -= (first.end_lineno or 0) - first.lineno + 1
    return length


def test_a_function_fits_on_a_phone_and_a_file_in_a_sitting() -> None:
    tell(
        f"{module.path} has {count} lines; 300 are the most"
        for module in modules()
        if (count := module.text.count("\n")) > 300
    )
    tell(
        f"{module.path}:{node.lineno} {node.name} has {lines_of(node)} lines; 40 are the most"
        for module in modules()
        for node in module.nodes()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and lines_of(node) > 40
    )


def test_every_module_says_what_it_is() -> None:
    tell(f"{m.path} has no docstring" for m in modules() if not ast.get_docstring(m.tree))


def names_in(content: object) -> Iterator[str]:
    """Every `name` in a content file, in any language."""
    if isinstance(content, dict):
        name = content.get("name")
        yield from [name] if isinstance(name, str) else (name or {}).values()
        for key, value in content.items():
            if key != "confidence":
                yield from names_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from names_in(value)


def place_names() -> set[str]:
    """The provinces and communes of all content, today's and former, and their folders."""
    names = set(provinces())
    for province in provinces():
        folder = ROOT / "content" / province
        about = yaml.safe_load((folder / "province.yaml").read_text(encoding="utf-8"))
        names |= set(about["name"].values())
        for file in folder.glob("communes*.yaml"):
            names |= set(names_in(yaml.safe_load(file.read_text(encoding="utf-8"))))
    return {name for name in names if name}


def test_another_province_is_a_folder_not_a_change_of_code() -> None:
    places = place_names()
    assert len(places) > 2
    anyplace = re.compile(rf"\b({'|'.join(sorted(map(re.escape, places), key=len)[::-1])})\b")
    tell(
        f"{module.path}: names {hit.group()}"
        for module in modules()
        for hit in anyplace.finditer(module.text)
    )


def test_every_setting_is_used() -> None:
    used = {
        node.attr
        for module in modules()
        if module.path != "bot/settings.py"
        for node in module.nodes()
        if isinstance(node, ast.Attribute)
    }
    tell(f"{name} is read nowhere" for name in set(Settings.model_fields) - used)


LEVELS = ("debug", "info", "warning", "error", "critical", "exception")


def log_calls() -> Iterator[tuple[Module, ast.Call]]:
    for module in modules():
        for node in module.nodes():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                on = ast.unparse(node.func.value).lower()
                if node.func.attr in LEVELS and "log" in on:
                    yield module, node


def personal(node: ast.AST) -> bool:
    """Whether an argument reads something that could be a person's words or who they are."""
    word = getattr(node, "attr", getattr(node, "id", ""))
    return word in PERSONAL


def test_logs_carry_ids_never_people() -> None:
    calls = list(log_calls())
    tell(
        f"{module.path}:{node.lineno} logs {keyword.arg}"
        for module, node in calls
        for keyword in node.keywords
        if keyword.arg in PERSONAL or personal(keyword.value)
    )
    tell(
        f"{module.path}:{node.lineno} logs a made-up sentence: pass ids as fields"
        for module, node in calls
        if not node.args
        or not isinstance(node.args[0], ast.Constant)
        or any(personal(argument) for argument in node.args[1:])
    )


def test_only_the_command_line_prints() -> None:
    tell(
        f"{module.path}:{node.lineno} prints"
        for module in modules()
        if not module.path.startswith(("bot/cli/", "bot/__main__"))
        for node in module.nodes()
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    )


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    tell(
        f"{m.path}:{number} {line.strip()}"
        for m in modules()
        for number, line in enumerate(m.text.splitlines(), 1)
        if later.search(line)
    )
