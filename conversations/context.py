"""What a turn knows: who, when, which channel, the content, and where to look things up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from conversations.records import PersonView, Records
from locales import gettext
from models.content import Content
from models.messages import CAPABILITIES, Capabilities, Channel


@dataclass(frozen=True, slots=True)
class Ctx:
    """Given to every room; nothing in it changes during a turn.

    `now` is the aware instant of the turn. `answerer` gives the policy answers (built when first
    asked, so a start without questions stays light).
    """

    person: PersonView
    now: datetime
    content: Content
    records: Records
    channel: Channel = Channel.WEB
    group: int = 0  # the group this is said in, by its number among the people; 0: alone with us
    answerer: Callable[[], Any] | None = None  # -> conversations.policy.Answerer
    channels: tuple[Channel, ...] = (Channel.WEB,)  # configured in this deployment
    public_url: str = ""
    links: Mapping[Channel, str] = field(default_factory=dict)  # where people open a channel

    def t(self, msgid: str, /, **fields: object) -> str:
        """`msgid` in the person's language, fields filled in."""
        return gettext(self.person.language, msgid, **fields)

    @property
    def lang(self) -> str:
        return self.person.language

    @property
    def can(self) -> Capabilities:
        return CAPABILITIES[self.channel]

    @property
    def local(self) -> datetime:
        """`now` on the province's clock."""
        return self.now.astimezone(ZoneInfo(self.content.province.timezone))

    @property
    def today(self) -> date:
        return self.local.date()
