"""A household at the page of a server that keeps dying: says each thing until it is accepted."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from typing import Any, Protocol

from aiohttp import ClientError, ClientSession, ClientTimeout, FormData

PAUSE = 0.05  # seconds before the page tries again
HASTE = ClientTimeout(total=20)


class Listening(Protocol):
    """Where the page is served: a process, or an address before several."""

    @property
    def port(self) -> int: ...


@dataclass
class Household:
    """One chat. `accepted` holds what the server took with a 200, by nonce, once each."""

    process: Listening
    http: ClientSession
    name: str
    chat: str = ""
    accepted: dict[str, str] = field(default_factory=dict)
    tried: int = 0
    lines: list[dict[str, Any]] = field(default_factory=list)
    products: list[str] = field(default_factory=list)
    photos: int = 0
    _nonces: count[int] = field(default_factory=count)

    async def settle_in(self) -> None:
        """Open a chat, agree, register the household."""
        self.chat = (await self._ask("/chat", json={}))["chat"]
        await self.say("/register")
        await self.press("Tôi đồng ý")
        answers = ("cho toi", "ho kinh doanh", "roi", f"Hộ {self.name}", "Nguyễn Văn Cường")
        for answer in (*answers, "bỏ qua", "0912 345 678"):
            await self.say(answer)
        await self.say(COMMUNE)
        for answer in ("thôn 3", "28A8001234", "12/3/2023", "bỏ qua"):
            await self.say(answer)
        await self.press("Đúng rồi")

    async def add_product(self) -> None:
        """One more product with its dossier, and a photo for it."""
        name = f"Mật ong {self.name} {len(self.products)}"
        if self.products:
            await self.say("/menu")
            await self.press("Thêm sản phẩm")
        for answer in (name, "mật ong", "nhà nuôi", "lần đầu", "3"):
            await self.say(answer)
        await self.press("Đúng rồi")
        self.products.append(name)
        await self.press("○ Giấy đăng ký kinh doanh")
        self.photos += 1
        await self.send(_photo(f"{self.name} {self.photos}"))

    async def say(self, text: str) -> None:
        await self._say(text, text=text)

    async def press(self, label: str) -> None:
        """Press the newest button that starts so."""
        for line in reversed(self.lines):
            for button in (b for row in line.get("rows", ()) for b in row):
                if button["label"].startswith(label):
                    await self._say(label, button=button["data"], on=str(line["id"]))
                    return
        raise AssertionError(f"no button {label!r}; the last lines: {self.seen()}")

    async def send(self, photo: bytes) -> None:
        """Upload a photo, then say it."""

        def form() -> FormData:
            made = FormData(quote_fields=False, default_to_multipart=True)
            made.add_field("file", BytesIO(photo), filename="giay.jpg")
            return made

        kept = await self._ask("/chat/file", form=form)
        await self._say("photo", files=[kept["file"]])

    async def catch_up(self) -> None:
        """What came meanwhile."""
        told = await self._ask(f"/chat/lines?after={self._after()}")
        self.lines += told["lines"]

    def seen(self) -> str:
        return "\n".join(str(line.get("text", ""))[:200] for line in self.lines[-3:])

    def _after(self) -> int:
        return int(self.lines[-1]["id"]) if self.lines else 0

    async def _say(self, what: str, **message: object) -> None:
        nonce = f"nonce-{next(self._nonces):06}"
        body = {"nonce": nonce, "after": self._after(), **message}
        told = await self._ask("/chat/say", json=body)
        self.accepted[nonce] = what
        self.lines += told["lines"]

    async def _ask(self, path: str, json: object = None, form: Any = None) -> Any:
        """Until it is answered, as the page does: the server may be away."""
        headers = {"Authorization": f"Bearer {self.chat}"} if self.chat else {}
        while True:
            self.tried += 1
            url = f"http://127.0.0.1:{self.process.port}{path}"
            body = {"json": json} if json is not None else {"data": form()} if form else {}
            method = "POST" if body else "GET"
            try:
                async with self.http.request(
                    method, url, headers=headers, timeout=HASTE, **body
                ) as answer:
                    if answer.status < 300:
                        return await answer.json()
                    assert answer.status in (500, 503), (answer.status, await answer.text())
            except (ClientError, TimeoutError, ConnectionError):
                await asyncio.sleep(PAUSE)


COMMUNE = "Xã Hương Khê"


def _photo(seed: str) -> bytes:
    from tests.play.pictures import photo

    return photo(seed)
