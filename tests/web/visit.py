"""A web chat to test, and someone who visits it."""

from __future__ import annotations

from io import BytesIO

from aiohttp import ClientResponse, FormData, web
from aiohttp.test_utils import TestClient

from handlers.webchat import WebChat, attach
from locales import gettext
from tests.web.office import Office

Client = TestClient[web.Request, web.Application]
JPEG = b"\xff\xd8\xff" + b"\0" * 5000
EXE = b"MZ\x90\0" + b"\0" * 500


def site(office: Office, **changes: object) -> web.Application:
    app = web.Application()
    settings: dict[str, object] = {
        "secret": b"secret of the tests",
        "title": {"vi": "Trợ lý OCOP", "en": "OCOP assistant"},
        "place": {"vi": "Tỉnh Ví Dụ", "en": "Example Province"},
        "heartbeat": 0.05,
        **changes,
    }
    attach(app, WebChat(office, office.clock, gettext, **settings))  # type: ignore[arg-type]
    return app


class Person:
    """Someone with a chat: knows its secret, sends what the page would."""

    def __init__(self, client: Client, chat: str) -> None:
        self.client, self.chat = client, chat

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.chat}"}

    async def says(self, **message: object) -> ClientResponse:
        body = {"nonce": f"nonce-{len(message)}-{hash(str(message)) % 10**9}", **message}
        return await self.client.post("/chat/say", json=body, headers=self.headers)

    async def uploads(self, data: bytes, name: str = "anh.jpg") -> ClientResponse:
        form = multipart((data, name))
        return await self.client.post("/chat/file", data=form, headers=self.headers)

    async def lines(self, query: str = "?after=0") -> list[dict[str, object]]:
        answer = await self.client.get(f"/chat/lines{query}", headers=self.headers)
        assert answer.status == 200
        lines: list[dict[str, object]] = (await answer.json())["lines"]
        return lines


def multipart(*files: tuple[bytes, str]) -> FormData:
    """A form as browsers send it: names unquoted, in UTF-8."""
    form = FormData(quote_fields=False, default_to_multipart=True)
    for content, name in files:
        form.add_field("file", BytesIO(content), filename=name)
    return form


async def open_chat(client: Client) -> Person:
    answer = await client.post("/chat", json={})
    assert answer.status == 201
    return Person(client, (await answer.json())["chat"])


async def refused(answer: ClientResponse, status: int, code: str) -> str:
    """The sentence of a refusal, after checking its status and code."""
    assert answer.status == status
    body = await answer.json()
    assert body["code"] == code
    sentence: str = body["message"]
    return sentence
