"""Logs: one JSON object a line, to stderr, with ids only.

Never a name, a phone number or what somebody wrote: whoever reads a log may not be who may read
a case. A field with such a name is left out even when somebody passes it by mistake.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from structlog.stdlib import BoundLogger
    from structlog.typing import Processor

# Fields that could carry a person's words or who they are.
PERSONAL = {
    *("text", "message", "body", "say", "said", "answer", "answers", "caption", "label", "title"),
    *("name", "full_name", "phone", "email", "note", "token", "secret", "code"),
}
CAUSES, FRAMES = 4, 12  # of an error, the most that a line tells
# Libraries that tell what passes through them when asked for more than warnings.
_TALKATIVE = ("aiogram", "aiohttp", "telegram", "httpx", "httpcore", "apscheduler", "alembic")


def get_logger(where: str) -> BoundLogger:
    """A logger for one module: `get_logger(__name__).info("turn written", inbound=812)`."""
    structlog = _structlog()
    logger: BoundLogger = structlog.stdlib.get_logger(where)
    return logger


def _structlog() -> Any:
    """structlog without rich, which it loads when installed: 50 modules and 10 MB for colours."""
    alone = "rich" not in sys.modules
    if alone:
        sys.modules["rich"] = None  # type: ignore[assignment]
    try:
        import structlog
    finally:
        if alone:
            del sys.modules["rich"]
    return structlog


def start(level: str = "INFO") -> None:
    """Send our logs and our libraries' to stderr as JSON lines, from `level` up."""
    structlog = _structlog()
    shared = _processors()
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_without_people)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for library in _TALKATIVE:
        logging.getLogger(library).setLevel(max(logging.WARNING, logging.getLevelName(level)))


def _processors() -> list[Processor]:
    structlog = _structlog()
    return [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        _ids_only,
        _where_it_broke,
    ]


def _ids_only(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for field in PERSONAL & event.keys():
        del event[field]
    return event


def _where_it_broke(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The kinds of an error and its causes, and the lines they came through.

    Never its message: that may quote what somebody wrote. A turn's is kept with its message
    (`inbox`), a job's in its row.
    """
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["exception"] = " <- ".join(_broken(error))
    return event


def _broken(error: BaseException | None) -> Iterator[str]:
    for _ in range(CAUSES):
        if error is None:
            return
        frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
        number = f" {error.errno}" if isinstance(error, OSError) and error.errno else ""
        through = ", ".join(f"{_short(f.filename)}:{f.lineno} {f.name}" for f in frames)
        yield f"{type(error).__name__}{number} ({through})"
        context = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or context


def _short(file: str) -> str:
    """The file without the machine's folders."""
    return "/".join(PurePath(file).parts[-2:])


def _without_people(record: logging.LogRecord) -> bool:
    """Libraries name who asked, and quote the error of a task, in their sentences."""
    if record.name == "aiohttp.server":
        record.msg, record.args = str(record.msg).partition(" from %s")[0], record.args or ()
        if "%" not in record.msg:
            record.args = ()
    if record.name == "py.warnings":  # file:line: Kind: what was odd, in its own words
        record.msg, record.args = ":".join(record.getMessage().split(":")[:3]), ()
    if record.name == "asyncio":
        record.msg, record.args = re.split(r"[<(\n]", record.getMessage())[0].strip(), ()
    return True
