"""The demo: ready links for a household and two officers, so that both sides are seen at once."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from bot import clock
from bot.officers_admin import base_url, invite
from locales import gettext
from models import demo, officers
from models.codes import SECRET, new_code

if TYPE_CHECKING:
    from bot.settings import Settings
    from models.content import Content
    from models.database import Database, Unit

LIVES = timedelta(days=1)
REMOVE = "python -m bot demo remove"


async def welcome(
    database: Database, content: Content, settings: Settings, address: str = ""
) -> list[str]:
    """Lines for the terminal with fresh links; none when DEMO is off or somebody is an officer.

    The commune's officer covers every commune, so that whichever the newcomer's household names,
    the case arrives. Links of an earlier start that nobody used end.
    """
    if not settings.demo or await database.read(officers.any_officer):
        return []
    now = clock.now()
    await database.run(lambda unit: officers.end_demo(unit, now))
    base, lang = base_url(settings, address), settings.default_language
    commune = await invite(
        database,
        content,
        "commune",
        list(content.communes),
        gettext(lang, "Cán bộ xã (thử)"),
        demo=True,
        lives=LIVES,
    )
    named = gettext(lang, "Cán bộ tỉnh (thử)")
    province = await invite(database, content, "province", [], named, demo=True, lives=LIVES)
    household = f"{base}/?p={await household_code(database)}"
    return [
        gettext(lang, "Dùng thử, mỗi đường dẫn một thẻ trình duyệt (một lần, trong 24 giờ):"),
        "  " + gettext(lang, "Bà con: {link}", link=household),
        "  " + gettext(lang, "Cán bộ xã: {link}", link=commune.link(base)),
        "  " + gettext(lang, "Cán bộ tỉnh: {link}", link=province.link(base)),
        gettext(lang, "Xoá hết dữ liệu thử: {command}", command=REMOVE),
    ]


async def household_code(database: Database) -> str:
    """A code that begins a household marked as demo."""
    now, code = clock.now(), new_code(secrets.SystemRandom(), SECRET)
    await database.run(lambda unit: officers.add_demo_code(unit, code, at=now, until=now + LIVES))
    return code


async def remove(database: Database) -> demo.Removed:
    """Remove what the demo made; real cases that a demo officer held go back to their level."""
    from bot.work import rights

    def write(unit: Unit) -> demo.Removed:
        now = clock.now()
        gone = demo.remove(unit, now)
        for officer_id in gone.kept:
            rights.changed(unit, officer_id, now)
        return gone

    return await database.run(write)
