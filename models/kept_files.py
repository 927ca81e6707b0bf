"""Which files a provider has already, and under which name of its own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, delete, select

from models.database import Unit
from models.prepared import Prepared
from models.tables import KeptFile

_K: Any = KeptFile.__table__  # type: ignore[attr-defined]
NAME, REMOTE = 128, 255  # characters
_SOME = {"stream_results": True, "yield_per": 1000}

_SAME = (
    _K.c.bot == bindparam("bot"),
    _K.c.file == bindparam("file"),
    _K.c.name == bindparam("name"),
    _K.c.kind == bindparam("kind"),
)
_FIND = Prepared(select(_K.c.remote).where(*_SAME))
_DROP = Prepared(delete(_K).where(*_SAME))


def _keep(put: Any) -> Any:
    named: dict[str, Any] = {
        name: bindparam(name) for name in ("bot", "file", "name", "kind", "remote")
    }
    return (
        put(_K)
        .values(**named)
        .on_conflict_do_update(
            index_elements=["bot", "file", "name", "kind"], set_={"remote": bindparam("remote")}
        )
    )


_KEEP = Prepared(_keep)


def find(unit: Unit, bot: str, file: str, name: str, kind: str) -> str | None:
    row = _FIND.first(unit, bot=bot, file=file, name=name[:NAME], kind=kind)
    return None if row is None else str(row[0])


def keep(unit: Unit, bot: str, file: str, name: str, kind: str, remote: str) -> None:
    """From now on it is named so; a name too long to keep is not kept."""
    if len(remote) <= REMOTE:
        _KEEP.run(unit, bot=bot, file=file, name=name[:NAME], kind=kind, remote=remote)


def drop(unit: Unit, bot: str, file: str, name: str, kind: str) -> None:
    """The provider does not know it any more."""
    _DROP.run(unit, bot=bot, file=file, name=name[:NAME], kind=kind)


def unnamed(unit: Unit, named: Collection[str]) -> list[str]:
    """The files that nothing of ours names. Looks at every row."""
    every = unit.core.execute(select(_K.c.file).distinct(), execution_options=_SOME).scalars()
    return [file for file in every if file not in named]


def forget(unit: Unit, files: Collection[str]) -> None:
    """No provider has to know these any more."""
    unit.core.execute(delete(_K).where(_K.c.file.in_(files)))
