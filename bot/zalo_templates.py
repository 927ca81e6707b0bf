"""The last way of a notice: a text Zalo approved, to the person's phone number, paid for.

Only for notices that have such a text in content (templates.yaml) and a number for it in
ZALO_OA_TEMPLATES, and only for people who agreed to be written to.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from bot import clock
from bot.log import get_logger
from bot.settings import SettingsError, template_ids
from bot.zalo_counts import alarm, day, month, nearly
from handlers import zalo_oa_template
from handlers.zalo_oa_api import OaApi
from handlers.zalo_oa_template import Delivered
from models import outbox, people, windows
from models.claims import Claimed
from models.content.templates import Template
from models.database import Database, Unit
from models.messages import Address, Channel, Closed, Outbound, Sent

CHANNEL = Channel.ZALO_OA
TO = "person:"  # the address of such a row: the number is looked up when it leaves
log = get_logger(__name__)


def named(written: str, texts: Mapping[str, Template]) -> dict[str, str]:
    """Zalo's numbers by the names of our texts. Raises SettingsError for a name there is not."""
    ids = template_ids(written)
    for name in ids:
        if name not in texts:
            known = ", ".join(texts)
            raise SettingsError(f"ZALO_OA_TEMPLATES names {name}; there are {known}.")
    return ids


class Templates:
    """`ids` are Zalo's numbers by the names of `texts`."""

    def __init__(
        self, db: Database, api: OaApi, texts: Mapping[str, Template], ids: Mapping[str, str]
    ) -> None:
        self.db, self.api, self.texts, self.ids = db, api, texts, ids

    def instead(self, unit: Unit, claimed: Claimed, now: datetime) -> bool:
        """Let a notice that no channel of its person takes now leave as a template message.

        False when it has none, or we know no number: then somebody must phone.
        """
        approved, person_id = claimed.out.say.approved, claimed.person_id
        if claimed.out.kind != "send" or approved is None or person_id is None:
            return False
        if approved.name not in self.ids or not _number(unit, person_id):
            return False
        to = Address(CHANNEL, f"{TO}{person_id}")
        outbox.as_template(unit, claimed.out.id, to, now)
        return True

    async def send(self, out: Outbound) -> Sent:
        """Raises Later, or Closed when it cannot be delivered: then somebody must phone."""
        approved = out.say.approved
        template_id = self.ids.get(approved.name) if approved else None
        person_id = int(out.address.id.removeprefix(TO))
        phone = await self.db.read(lambda unit: _number(unit, person_id))
        if approved is None or template_id is None or not phone:
            raise Closed("no template or no number any more")
        data = self.texts[approved.name].filled(approved.fields)
        tracking = f"ocop-{out.id}"
        given = await zalo_oa_template.send(self.api, phone, template_id, data, tracking)
        await self._told(given)
        return Sent((given.id,))

    async def _told(self, given: Delivered) -> None:
        """Count it. It is gone: a failure here must not send it again."""
        try:
            await self.db.run(partial(_count, given=given, now=clock.now()))
        except Exception:
            log.exception("a template message was not counted", channel=CHANNEL)


def _number(unit: Unit, person_id: int) -> str:
    """The person's own phone number, while they agree to be written to."""
    try:
        who = people.person(unit, person_id)
    except LookupError:
        return ""
    return (who.phone or "") if who.consent and not who.erased else ""


def _count(unit: Unit, given: Delivered, now: datetime) -> None:
    windows.count(unit, CHANNEL, month(now), "template")
    used = given.most - given.left
    if nearly(used, given.most):
        alarm(unit, CHANNEL, "templates", used, given.most, now, day(now))
