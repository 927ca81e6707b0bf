"""Core statements compiled once and run on the driver: for what every message does.

A tenth of a millisecond of SQLAlchemy per statement is nothing, except in the turn, which runs six
of them thousands of times a second. Types still convert the values, so rows read the same.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    from models.database import Unit

Convert = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Compiled:
    """One statement for one database: SQL, its parameters with their converters, its columns."""

    sql: str
    names: tuple[tuple[str, Convert], ...]
    fixed: Mapping[str, Any]
    positional: bool
    columns: tuple[Convert, ...]

    def parameters(self, values: Mapping[str, Any]) -> Any:
        if self.fixed:
            values = {**self.fixed, **values}
        if self.positional:
            return [c(values[n]) if c else values[n] for n, c in self.names]
        return {n: c(values[n]) if c else values[n] for n, c in self.names}

    def row(self, raw: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            convert(value) if convert else value
            for convert, value in zip(self.columns, raw, strict=True)
        )


class Prepared:
    """A statement whose changing values are `bindparam`s; lists (`IN`) are not supported.

    One that inserts or ignores differs between databases: give a function of `insert` instead.
    """

    __slots__ = ("_compiled", "_is_made", "_statement")

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._is_made = inspect.isfunction(statement)
        self._compiled: dict[str, _Compiled] = {}

    def run(self, unit: Unit, **values: Any) -> int:
        """Run it; how many rows it changed."""
        plan = self._plan(unit)
        count: int = unit.driver.execute(plan.sql, plan.parameters(values)).rowcount
        return count

    def first(self, unit: Unit, **values: Any) -> tuple[Any, ...] | None:
        plan = self._plan(unit)
        raw = unit.driver.execute(plan.sql, plan.parameters(values)).fetchone()
        return None if raw is None else plan.row(raw)

    def all(self, unit: Unit, **values: Any) -> list[tuple[Any, ...]]:
        plan = self._plan(unit)
        rows = unit.driver.execute(plan.sql, plan.parameters(values)).fetchall()
        return [plan.row(raw) for raw in rows]

    def _plan(self, unit: Unit) -> _Compiled:
        plan = self._compiled.get(unit.dialect.name)
        if plan is None:
            made = self._statement(unit.insert) if self._is_made else self._statement
            plan = self._compiled[unit.dialect.name] = _compile(made, unit.dialect)
        return plan


def _compile(statement: Any, dialect: Dialect) -> _Compiled:
    compiled: SQLCompiler = statement.compile(dialect=dialect)
    binds = compiled.binds
    names = (compiled.positiontup if compiled.positional else list(binds)) or []
    columns = getattr(statement, "exported_columns", ())
    return _Compiled(
        sql=compiled.string,
        names=tuple((n, _type(binds[n], dialect).bind_processor(dialect)) for n in names),
        fixed={n: binds[n].effective_value for n in names if not binds[n].required},
        positional=bool(compiled.positional),
        columns=tuple(_type(c, dialect).result_processor(dialect, None) for c in columns),
    )


def _type(element: Any, dialect: Dialect) -> Any:
    return element.type.dialect_impl(dialect)
