"""aiogram without the classes nobody uses: each is made ready when it is first used.

Its package makes validators for all 440 of Telegram's types and methods when it is imported, which
takes two seconds and a hundred megabytes; this bot reads updates and little else. `defer_build` has
them wait; what the package itself then makes ready by name waits too. Import aiogram only after
this module.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

_names: dict[str, Any] = {}  # what the annotations of its classes speak of
_rebuild: Any = BaseModel.__dict__["model_rebuild"].__func__


def _later(cls: type[BaseModel], /, **how: Any) -> bool | None:
    """In place of pydantic's own while aiogram is imported: its classes wait, others do not."""
    names = how.get("_types_namespace")
    if names is not None and cls.__module__.startswith("aiogram."):
        _names.update(names)
        return None
    done: bool | None = _rebuild(cls, **how)
    return done


def _now(cls: type[BaseModel], /, **how: Any) -> bool | None:
    """Make one class ready (pydantic asks at its first use), with the names it needs."""
    done: bool | None = _rebuild(cls, **{"_types_namespace": _names, **how})
    return done


_before = BaseModel.model_config
BaseModel.model_config = ConfigDict(**{**_before, "defer_build": True})
BaseModel.model_rebuild = classmethod(_later)  # type: ignore[assignment]
try:
    import aiogram  # noqa: F401
finally:
    BaseModel.model_rebuild = classmethod(_rebuild)  # type: ignore[assignment]
    BaseModel.model_config = _before

from aiogram.client.context_controller import BotContextController  # noqa: E402
from aiogram.methods import Response  # noqa: E402

for _family in (BotContextController, Response):
    _family.model_rebuild = classmethod(_now)  # type: ignore[assignment,method-assign]
