"""OAuth v4 of a Zalo OA: a new pair of tokens for a refresh token that is good once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from handlers.zalo_http import Http
from models.messages import Later

ACCESS_LIVES = timedelta(hours=25)  # when the answer does not say
SPENT = ("-118", "-14014")  # the refresh token is not valid
WAIT = 20.0  # seconds; less than the lease on the refresh token


@dataclass(frozen=True, slots=True)
class NewPair:
    access: str
    refresh: str
    lives: timedelta


class PairRefused(Exception):
    """Zalo answered that it gives no tokens for this; the text is its reason.

    `spent`: the refresh token is not valid (any more); else the app or its secret is not.
    """

    def __init__(self, reason: str, *, spent: bool) -> None:
        super().__init__(reason)
        self.spent = spent


@dataclass(frozen=True, slots=True)
class OAuth:
    """The app's way to tokens. `base` is like https://oauth.zaloapp.com."""

    http: Http
    base: str
    app_id: str
    app_secret: str

    async def renew(self, refresh: str) -> NewPair:
        """Spend the refresh token. PairRefused is final; Later with `unknown` may have spent it."""
        return await self._ask({"refresh_token": refresh, "grant_type": "refresh_token"})

    async def first(self, code: str, verifier: str) -> NewPair:
        """The pair for the code that consent gave (good for ten minutes, once)."""
        asked = {"code": code, "grant_type": "authorization_code", "code_verifier": verifier}
        return await self._ask(asked)

    def consent(self, redirect: str, challenge: str, state: str) -> str:
        """The page where the OA's admin agrees anew; without `redirect` Zalo sends them to the
        address in the app's settings."""
        asked = {"app_id": self.app_id, "code_challenge": challenge, "state": state}
        if redirect:
            asked["redirect_uri"] = redirect
        return f"{self.base}/v4/oa/permission?{urlencode(asked)}"

    async def _ask(self, asked: dict[str, str]) -> NewPair:
        status, answer = await self.http.post(
            f"{self.base}/v4/oa/access_token",
            form={**asked, "app_id": self.app_id},
            headers={"secret_key": self.app_secret},
            within=WAIT,
        )
        if answer is None or status >= 500:
            raise Later(f"HTTP {status}", unknown=True)
        if not answer.get("access_token") or not answer.get("refresh_token"):
            raise _refused(answer)
        lives = _seconds(answer.get("expires_in"))
        return NewPair(str(answer["access_token"]), str(answer["refresh_token"]), lives)


def _seconds(value: object) -> timedelta:
    """ "90000" or 90000; the usual life when it is neither."""
    try:
        return timedelta(seconds=float(str(value)))
    except ValueError:
        return ACCESS_LIVES


def _refused(answer: Mapping[str, Any]) -> PairRefused:
    names = ("error", "error_name", "error_description", "error_reason", "message")
    told = " ".join(str(answer[name]) for name in names if answer.get(name))
    spent = any(code in told for code in SPENT) or "refresh" in told.lower()
    return PairRefused(told[:200] or "no tokens in the answer", spent=spent)
