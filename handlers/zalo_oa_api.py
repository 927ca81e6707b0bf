"""Calls of the Zalo OA API: one access token for all, renewed once when it is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlencode

import aiohttp

from handlers.zalo_http import Http
from handlers.zalo_oa_errors import Meaning, TokenRefused, checked, meaning
from models.messages import Later


class Access(Protocol):
    """Where the access token comes from. Raises Later while there is none."""

    async def access(self) -> str: ...

    async def refused(self, access: str) -> None:
        """This one was refused before its time."""


@dataclass(frozen=True, slots=True)
class OaApi:
    """`base` is like https://openapi.zalo.me; `means` says what its error numbers mean."""

    http: Http
    base: str
    tokens: Access
    now: Callable[[], datetime]
    means: Meaning = meaning

    async def call(
        self, path: str, *, body: object = None, form: aiohttp.FormData | None = None
    ) -> dict[str, Any]:
        """The `data` of the answer to a POST, an object. Raises Later, Never, Closed or Gone."""
        data = await self._twice(path, body, form)
        return data if isinstance(data, dict) else {}

    async def listed(self, path: str, body: object) -> list[Any]:
        """The same where it is a list, or an object with one list in it."""
        data = await self._twice(path, body, None)
        inside = data.values() if isinstance(data, dict) else (data,)
        return next((one for one in inside if isinstance(one, list)), [])

    async def _twice(self, path: str, body: object, form: aiohttp.FormData | None) -> Any:
        """A token that died is renewed and the call made once more."""
        access = await self.tokens.access()
        try:
            return await self._post(access, path, body, form)
        except TokenRefused:
            await self.tokens.refused(access)
        if form is not None:
            raise Later("token renewed", seconds=1.0)  # a form can be sent only once
        try:
            return await self._post(await self.tokens.access(), path, body, form)
        except TokenRefused as why:
            raise Later(str(why), seconds=60.0) from None

    async def read(self, path: str, asked: Mapping[str, object]) -> list[Any]:
        """The list that a GET answers with; `asked` travels as JSON in one field, as Zalo wants it.

        Raises Later, Never, Closed or Gone.
        """
        headers = {"access_token": await self.tokens.access()}
        url = f"{self.base}{path}?{urlencode({'data': json.dumps(dict(asked))})}"
        status, answer = await self.http.get(url, headers=headers)
        try:
            found = checked(status, answer, self.now(), self.means)
        except TokenRefused as why:
            await self.tokens.refused(headers["access_token"])
            raise Later(str(why)) from None
        return found if isinstance(found, list) else []

    async def _post(
        self, access: str, path: str, body: object, form: aiohttp.FormData | None
    ) -> Any:
        headers = {"access_token": access}
        url = f"{self.base}{path}"
        status, answer = await self.http.post(url, body=body, form=form, headers=headers)
        return checked(status, answer, self.now(), self.means)
