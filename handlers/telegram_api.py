"""What both of Telegram's bots share: one call of the Bot API, and what its errors mean for us.

The texts are those of the Bot API server's source (github.com/tdlib/telegram-bot-api, Client.cpp).
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from models.messages import Gone, Later, Never, SentFile

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")  # updates we read
ANSWER = 200  # characters a press may be answered with (Bot API, answerCallbackQuery)
TOO_LARGE = 413  # HTTP: more than a gateway on the way lets through
BROKEN_TOKEN = 300.0  # seconds between tries with a token Telegram does not know
Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes to send, wherever a parameter of a method takes a file."""

    data: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself, as getMe tells."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Query:
    """A press that is still to be answered: its id, and what to tell the one who pressed."""

    id: str
    text: str = ""

    def params(self) -> dict[str, str]:
        """Of answerCallbackQuery."""
        told = {"text": self.text[:ANSWER]} if self.text else {}
        return {"callback_query_id": self.id, **told}


@dataclass(slots=True)
class Refused(Exception):
    """Telegram answered that it will not: its code, its sentence, its parameters."""

    code: int
    description: str
    retry_after: float | None = None
    moved_to: int | None = None

    def says(self, *sentences: str) -> bool:
        """Is the refusal one of these?"""
        said = self.description.lower()
        return any(sentence.lower() in said for sentence in sentences)


@dataclass(slots=True)
class NoAnswer(Exception):
    """Telegram did not answer, or nothing we can read (then `body`). `unknown`: it may have done
    it."""

    reason: str
    unknown: bool = True
    body: str = ""


class Loose:
    """A JSON object with Telegram's fields as attributes; what is not there is None."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw

    def __getattr__(self, name: str) -> Any:
        return loosened(self._raw.get("from" if name == "from_user" else name))

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.first_name, self.last_name)))

    @property
    def date(self) -> datetime:
        return datetime.fromtimestamp(int(self._raw["date"]), UTC)


def loosened(value: Any) -> Any:
    """Objects anywhere in a JSON value as Loose ones."""
    if isinstance(value, Mapping):
        return Loose(value)
    return [loosened(one) for one in value] if isinstance(value, list) else value


class Api(Protocol):
    """One bot: calls methods through its library."""

    async def call(self, method: str, params: Params) -> Any:
        """The result, as JSON-like objects of the library. Raises Refused or NoAnswer."""


class Pace(Protocol):
    """Lets calls that show something through at the rate Telegram allows."""

    def sending(self, chat: str) -> AbstractAsyncContextManager[None]:
        """Around a call: waits until `chat` may get one more; Later when that takes long."""

    def spare(self, chat: str) -> bool:
        """Is there room for a call that only makes things nicer?"""

    def park(self, chat: str, seconds: float) -> None:
        """Telegram asked for a pause there."""


class Kept(Protocol):
    """What Telegram has already of the files we send; `kind` is photo or document."""

    async def known(self, file: SentFile, kind: str) -> str | None:
        """Its name there (a file_id); None when it has to be uploaded."""

    async def keep(self, file: SentFile, kind: str, remote: str) -> None:
        """It is there now, under this name."""

    async def forget(self, file: SentFile, kind: str) -> None:
        """Telegram does not know it any more."""


Read = Callable[[str], Awaitable[bytes]]  # the bytes under a content key

_GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user_deactivated",
    "user is deactivated",
    "group chat was deactivated",
    "chat_write_forbidden",
    "not enough rights to send",
    "have no rights to send",
    "need administrator rights in the channel chat",
    "bot was kicked",
    "input_user_deactivated",
)
NOT_MODIFIED = "message is not modified"
CANNOT_PARSE = "can't parse entities"
# A photo Telegram cannot show is still a document it can carry.
BAD_PHOTO = (
    *("photo_invalid_dimensions", "image_process_failed", "photo_save_file_invalid"),
    *("wrong type of the web page content", "photo_ext_invalid", "too big for a photo"),
)

# The name of a file we sent before is one no more, or not of its kind.
NOT_KEPT = (
    *("file identifier", "file_id", "file reference", "file_reference", "can't use file of type"),
    *("wrong type of the file", "file must be non-empty", "media_empty"),
)


def unwilling(status: int, answer: Any, body: str = "") -> Refused | NoAnswer:
    """What an answer that is not ok says, with its own number whatever the library makes of it.

    `answer`: its JSON, None when it is none (a gateway's page).
    """
    if not isinstance(answer, Mapping):
        if status == TOO_LARGE:
            return Refused(status, "Request Entity Too Large")
        return NoAnswer(f"unreadable, status {status}", body=body)
    told, more = str(answer.get("description") or ""), answer.get("parameters")
    more = more if isinstance(more, Mapping) else {}
    code, named = answer.get("error_code"), re.search(r"retry after (\d+)", told)
    wait = more.get("retry_after") or (named and named[1])
    return Refused(
        code if isinstance(code, int) else status,
        told,
        float(wait) if wait else None,
        more.get("migrate_to_chat_id"),
    )


def became(error: Refused | NoAnswer) -> Later | Never | Gone:
    """What an error means for the message that was to be sent."""
    if isinstance(error, NoAnswer):
        return Later(error.reason, unknown=error.unknown)
    if error.retry_after is not None or error.code == 429:
        return Later("429", (error.retry_after or 30.0) + 1.0)
    if error.moved_to is not None:
        return Gone("moved", str(error.moved_to))
    if error.code == 403 or (error.code == 400 and error.says(*_GONE)):
        return Gone(error.description)
    if error.code in (401, 404):
        return Later(error.description, BROKEN_TOKEN)
    if error.code == 409 or error.code >= 500:
        return Later(error.description, unknown=error.code >= 500)
    return Never(error.description)


class BotWire(Api, Protocol):
    """One bot of either library, as the process runs it."""

    me: Me | None

    async def updates(self, offset: int | None, limit: int) -> list[Any]:
        """The next updates as they came, waiting for them. Raises Refused or NoAnswer."""

    async def take(self, raw: Mapping[str, Any]) -> Query | None:
        """Hear one update; after the commit, the query that is to be answered."""

    async def close(self) -> None: ...
