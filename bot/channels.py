"""The channels that push: which of them have settings, and what each gives the process.

A `Plug` is made for each configured channel before the page is served (its webhook is a route of
the same server) and connected once the database is open. What comes in goes to the Reception.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from bot.parts import HOUSEHOLDS, OFFICERS, PARTS, ZALO
from bot.settings import Settings
from handlers.wire import Reception, Sender
from models.content import Content
from models.messages import Channel

if TYPE_CHECKING:  # the page starts before these are loaded
    from bot.counted import Few
    from bot.jobs import Fetch
    from bot.lanes import Pace
    from bot.outbox import Instead
    from bot.web import App
    from models.database import Database
    from models.files import FileStore


class CannotServe(Exception):
    """A channel's setting is one its provider does not take; the text is one sentence that says so
    to the operator. Only at the start."""


async def nothing() -> None:
    """No poller, nothing to close."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a channel is given once the database is open. `key` makes keys (bot.app.derived)."""

    settings: Settings
    db: Database
    content: Content
    files: FileStore
    key: bytes


@dataclass(frozen=True, slots=True)
class Wire:
    """One channel as the process runs it.

    `serve` runs beside the outbox until it is cancelled (a poller), or raises CannotServe, which
    ends the process; `close` comes last. `beat`,
    where a channel's library has a clockwork, has what is due looked at every so many seconds.
    `few`: are messages to somebody scarce there? `instead`: another way for what no channel takes.
    """

    sender: Sender
    fetch: Fetch | None = None
    pace: Pace | None = None
    serve: Callable[[], Coroutine[Any, Any, None]] = nothing
    close: Callable[[], Coroutine[Any, Any, None]] = nothing
    few: Few | None = None
    instead: Instead | None = None
    beat: Callable[[Callable[[], None], float], Coroutine[Any, Any, None]] | None = None

    @property
    def channel(self) -> Channel:
        return self.sender.channel


class Plug(Protocol):
    """A configured channel (or two that belong together)."""

    def attach(self, app: App, reception: Reception) -> None:
        """Add the routes of its webhook; what comes in goes to `reception`. Before the start."""

    def connect(self, parts: Parts) -> list[Wire]:
        """Its wires. On the event loop; nothing is sent yet."""


def configured(settings: Settings, only: frozenset[str] = PARTS) -> list[Plug]:
    """The plugs of every channel that has settings and is one of this process's parts (`only`).

    Heavy libraries are loaded when connected.
    """
    plugs: list[Plug] = []
    households = settings.telegram_household_token and HOUSEHOLDS in only
    officers = settings.telegram_officer_token and OFFICERS in only
    if households or officers:
        from bot.telegram import TelegramPlug

        plugs.append(TelegramPlug(settings, only))
    if ZALO in only and (settings.zalo_oa_app_id or settings.zalo_bot_token):
        plugs += _zalo(settings)
    return plugs


def _zalo(settings: Settings) -> list[Plug]:
    """The official account and the bot; both send files as links where they cannot carry them."""
    from bot.file_links import FileLinks

    links = FileLinks(settings.public_url or "")
    plugs: list[Plug] = [links]
    if settings.zalo_oa_app_id:
        from bot.zalo_oa import OaPlug

        plugs.append(OaPlug(settings, links))
    if settings.zalo_bot_token:
        from bot.zalo_bot import BotPlug

        plugs.append(BotPlug(settings, links))
    return plugs
