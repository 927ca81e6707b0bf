"""Who is an officer: invited with a one-time code, listed, revoked, moved. For the command line.

A person becomes an officer by opening the link, or typing the code, on any channel.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot import clock
from models import officers
from models.codes import SECRET, new_code

if TYPE_CHECKING:
    from bot.settings import Settings
    from models.content import Content
    from models.database import Database, Unit

LIVES = timedelta(days=7)
ROLES = ("commune", "province", "admin", "leader")


class NotPossible(Exception):
    """What was asked cannot be done; the message is one sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A fresh invitation. `code` is shown once; only its hash is kept."""

    code: str
    role: str
    communes: tuple[str, ...]
    expires_at: datetime

    def link(self, base: str) -> str:
        """The web chat's address that uses the invitation."""
        return f"{base.rstrip('/')}/?invite={self.code}"


def base_url(settings: Settings, address: str = "") -> str:
    """Where people reach the web chat: PUBLIC_URL, else `address`, else HTTP_HOST and HTTP_PORT."""
    if settings.public_url:
        return settings.public_url
    host = settings.http_host if settings.http_host not in ("0.0.0.0", "::") else "127.0.0.1"  # noqa: S104  # nobody can open "everywhere"
    return address or f"http://{host}:{settings.http_port}"


async def invite(
    db: Database,
    content: Content,
    role: str,
    communes: Sequence[str],
    name: str = "",
    *,
    demo: bool = False,
    lives: timedelta = LIVES,
) -> Invitation:
    """Make an invitation, used once before it expires. Raises NotPossible for a wrong role or
    commune (a code, or a name in any spelling)."""
    known = places(content, role, communes)
    now, code = clock.now(), new_code(secrets.SystemRandom(), SECRET)
    made = Invitation(code, role, known, now + lives)

    def keep(unit: Unit) -> None:
        officers.add_invite(unit, code, role, known, name, at=now, until=made.expires_at, demo=demo)

    await db.run(keep)
    return made


def places(content: Content, role: str, communes: Sequence[str]) -> tuple[str, ...]:
    """The codes of the communes of an officer of `role`; none for the province and the admins."""
    if role not in ROLES:
        raise NotPossible(f"--role takes one of {', '.join(ROLES)}.")
    if role != "commune":
        if communes:
            raise NotPossible(f"An officer of role {role} covers every commune: leave them out.")
        return ()
    if not communes:
        raise NotPossible("A commune officer needs --commune, at least once.")
    return tuple(dict.fromkeys(_place(content, said) for said in communes))


def _place(content: Content, said: str) -> str:
    if said in content.communes:
        return said
    found = content.find_commune(said)
    if len(found) == 1:
        return found[0].commune.code
    near = ", ".join(f"{m.commune.code} {m.commune.full()}" for m in found)
    raise NotPossible(
        f"{said!r} may be {near}: give the code." if found else f"No commune is called {said!r}."
    )


async def revoke(db: Database, officer_id: int) -> None:
    """End an officer's rights at once; open cases go back to their level."""
    await _changed(db, officer_id, partial(officers.revoke, officer_id=officer_id, now=clock.now()))


async def move(
    db: Database, content: Content, officer_id: int, role: str, communes: Sequence[str]
) -> None:
    """Give an officer another role or other communes; cases it may not hold any more go back."""
    known = places(content, role, communes)
    change = partial(
        officers.move, officer_id=officer_id, role=role, communes=known, now=clock.now()
    )
    await _changed(db, officer_id, change)


async def _changed(db: Database, officer_id: int, change: partial[bool]) -> None:
    from bot.work import rights

    def write(unit: Unit) -> bool:
        done = change(unit)
        if done:
            rights.changed(unit, officer_id, clock.now())
        return done

    if not await db.run(write):
        raise NotPossible(f"There is no active officer {officer_id}: `officer list` shows them.")
