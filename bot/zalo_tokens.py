"""The access token of a Zalo OA, renewed at half its life by one process at a time.

The refresh token is good once. So: a lease in the database before it is spent, the new pair in the
database before it is used, and an alarm with the page to consent again when Zalo takes neither.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot import clock
from bot.log import get_logger
from handlers.zalo_oa import CONSENT
from handlers.zalo_oauth import NewPair, OAuth, PairRefused
from models import jobs, tokens, windows
from models.codes import fingerprint
from models.database import Database, Unit
from models.messages import Channel, Later

if TYPE_CHECKING:
    from bot.settings import Settings
    from handlers.zalo_http import Http
    from models.tokens import Pair

CHANNEL = Channel.ZALO_OA
CONSENT_NEEDED = "consent needed"  # why messages wait for an admin
PATIENCE = 25.0  # seconds for another process to renew, before the message is put off
LOOK = 0.2  # seconds between looks at what it did
AGAIN = timedelta(minutes=1)  # after a try that may have spent the token
MENDED = timedelta(minutes=10)  # to look again whether the app's settings were mended
LOST = 600.0  # seconds until a message is tried again while there is no token
log = get_logger(__name__)


class Tokens:
    """One OA's tokens. `first` is the setting; later pairs are in the database."""

    def __init__(self, db: Database, oauth: OAuth, first: str, public_url: str) -> None:
        self.db, self.oauth, self.public_url = db, oauth, public_url
        self.name = f"zalo_oa:{oauth.app_id}"
        self._first = first
        self._began = False
        self._busy = asyncio.Lock()

    async def access(self) -> str:
        """A token to use now. Raises Later while there is none."""
        async with self._busy:
            pair = await self._pair()
            now = clock.now()
            if pair.stale(now) and not pair.lost:
                pair = await self._renewed(pair)
        if pair.usable(clock.now()):
            return pair.access
        why = CONSENT_NEEDED if pair.lost else "no access token yet"
        raise Later(why, seconds=LOST if pair.lost else 5.0)

    async def refused(self, access: str) -> None:
        """Zalo refused it before its time: do not use it again."""
        now = clock.now()
        await self.db.run(lambda unit: tokens.distrust(unit, self.name, access, now))

    async def serve(self) -> None:
        """Renew at half life even when nothing is sent."""
        while True:
            try:
                await self.access()
            except Later as why:
                log.info("no zalo token", reason=why.reason)
            except Exception:  # the database is away: it is asked again
                log.exception("zalo token cannot be renewed")
            await asyncio.sleep(60.0)

    async def consented(self, code: str, state: str) -> bool:
        """Somebody came back from the page of consent; whether that gave tokens. When it did not,
        admins get a new page: the old one is good once."""
        verifier = await self.db.run(lambda unit: tokens.redeem(unit, self.name, state))
        if verifier is None:
            return False
        try:
            await self._keep(await self.oauth.first(code, verifier))
        except (PairRefused, Later) as why:
            log.error("consent gave no token", reason=str(why))
            again = partial(self._alarm, reason=str(why), now=clock.now(), once=fingerprint(state))
            await self.db.run(again)
            return False
        await self.db.run(
            lambda unit: windows.due_again(unit, CHANNEL, CONSENT_NEEDED, clock.now())
        )
        return True

    async def begin(self) -> None:
        """Have the row there, as at the first message."""
        await self._pair()

    def page(self, unit: Unit, now: datetime, redirect: str = "") -> str:
        """Zalo's page of consent, good once. Its answer comes to `redirect`, or to us where there
        is a public address; else `python -m bot zalo consent` takes it."""
        state, verifier = secrets.token_urlsafe(24), secrets.token_hex(22)[:43]
        tokens.consent(unit, self.name, state, verifier, now)
        digest = hashlib.sha256(verifier.encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        back = redirect or (self.public_url + CONSENT if self.public_url else "")
        return self.oauth.consent(back, challenge, state)

    async def _pair(self) -> Pair:
        if not self._began:
            now = clock.now()
            await self.db.run(lambda unit: tokens.begin(unit, self.name, self._first, now))
            self._began = True
        found = await self.db.read(lambda unit: tokens.current(unit, self.name))
        if found is None:
            raise Later("no token row", seconds=5.0)
        return found

    async def _renewed(self, pair: Pair) -> Pair:
        """The pair after this or another process renewed it; the old one while that goes on."""
        now = clock.now()
        mine = await self.db.run(lambda u: tokens.lease(u, self.name, pair.refresh, now))
        if mine:
            await self._spend(pair)
        elif not pair.usable(now):
            await self._others(pair)
        return await self._pair()

    async def _spend(self, pair: Pair) -> None:
        """Use the refresh token up. Not cancelled half-way: the answer would be lost."""
        await asyncio.shield(asyncio.ensure_future(self._spent(pair)))

    async def _spent(self, pair: Pair) -> None:
        try:
            await self._keep(await self.oauth.renew(pair.refresh))
        except PairRefused as why:
            lost = partial(self._lost, refresh=pair.refresh, reason=str(why), spent=why.spent)
            await self.db.run(lost)
        except Later as why:
            until = clock.now() + AGAIN if why.unknown else None
            await self.db.run(lambda u: tokens.free(u, self.name, pair.refresh, until))
            log.warning("zalo token not renewed", reason=why.reason, unknown=why.unknown)

    async def _keep(self, new: NewPair) -> None:
        now = clock.now()
        await self.db.run(
            lambda u: tokens.keep(u, self.name, new.access, new.refresh, new.lives, now)
        )
        log.info("zalo token renewed")

    def _lost(self, unit: Unit, refresh: str, reason: str, spent: bool) -> None:
        """The refresh token is no good; or it is, and the app's own settings are not."""
        now = clock.now()
        if spent:
            tokens.lose(unit, self.name, refresh, now)
        else:
            tokens.free(unit, self.name, refresh, now + MENDED)
        log.error("zalo gives no token", reason=reason, consent_again=spent)
        self._alarm(unit, reason, now)

    def _alarm(self, unit: Unit, reason: str, now: datetime, once: str = "") -> None:
        """Tell the admins, once a day or once for `once`, with the page to consent again."""
        name = f"{self.name}:{once or now.date().isoformat()}"[:120]
        if jobs.known(unit, name):
            return  # the page they have stays the one that counts
        told = {"what": "zalo_token", "reason": reason, "url": self.page(unit, now)}
        jobs.put(unit, "channel_alarm", told, now, now, dedupe=name)

    async def _others(self, pair: Pair) -> None:
        """Wait for the process that renews."""
        for _ in range(int(PATIENCE / LOOK)):
            now_there = await self._pair()
            if now_there.refresh != pair.refresh or now_there.lost:
                return
            await asyncio.sleep(LOOK)


def of(settings: Settings, db: Database, http: Http) -> Tokens:
    """The tokens of the OA that the settings name."""
    secret = settings.zalo_oa_app_secret.get_secret_value()
    oauth = OAuth(http, settings.zalo_oa_oauth_base, settings.zalo_oa_app_id, secret)
    first = settings.zalo_oa_refresh_token.get_secret_value()
    return Tokens(db, oauth, first, settings.public_url or "")
