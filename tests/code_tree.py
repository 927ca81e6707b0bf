"""The product's own code as syntax trees, for the tests that read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "handlers", "conversations", "locales", "models", "migrations", "content")


@dataclass(frozen=True)
class Module:
    """One file: its path from the root, its dotted name, its text and tree."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def name(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def nodes(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)

    def imports(self) -> Iterator[tuple[int, str]]:
        """(line, dotted name) of each import; `from models import messages` → models.messages."""
        for node in self.nodes():
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = self._absolute(node)
                if base in PACKAGES or (ROOT / base.replace(".", "/")).is_dir():
                    yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
                else:
                    yield node.lineno, base

    def _absolute(self, node: ast.ImportFrom) -> str:
        """The package imported from, dots at its start resolved."""
        if not node.level:
            return node.module or ""
        up = Path(self.path).parts[: -node.level]
        return ".".join([*up, *([node.module] if node.module else [])])

    def docstrings(self) -> set[int]:
        """`id`s of the constants that are docstrings."""
        owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        first = (n.body[0] for n in self.nodes() if isinstance(n, owners) and n.body)
        return {id(e.value) for e in first if isinstance(e, ast.Expr)}

    def texts(self) -> Iterator[tuple[int, str]]:
        """(line, text) of each string in the code that is not a docstring."""
        skip = self.docstrings()
        for node in self.nodes():
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in skip
            ):
                yield node.lineno, node.value


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the product, tests and benchmarks left out."""
    paths = (p for package in PACKAGES for p in sorted((ROOT / package).rglob("*.py")))
    return tuple(
        Module(p.relative_to(ROOT).as_posix(), p.read_text(encoding="utf-8")) for p in paths
    )
