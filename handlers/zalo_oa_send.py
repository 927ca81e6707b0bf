"""Sends one message of the outbox through a Zalo OA: text, buttons, images, files.

Each call counts against the person's window, so as few as possible are made. What was accepted
before a later part failed is remembered, and a second try goes on behind it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from handlers.plain import lettered, parts, unmarked
from handlers.zalo_oa_api import OaApi
from handlers.zalo_oa_events import MARK
from models.messages import Address, Button, Channel, Closed, Never, Outbound, Say, Sent, SentFile

BUTTONS = 5
TITLE = 100  # characters of a button's title
IMAGE, FILE = 1024 * 1024, 5 * 1024 * 1024  # bytes that may be uploaded
IMAGES = {"image/jpeg": ".jpg", "image/png": ".png"}
FILES = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
ASK = "request_user_info"
MEMORY = 500  # messages of which accepted parts are remembered


Told = Callable[[Address, Mapping[str, Any]], Awaitable[None]]


@dataclass(slots=True)
class OaSender:
    """`file` brings the bytes of a content key, `link` makes a short-lived address of a file (""
    when there is no public address); `told` hears the quota of each accepted message."""

    api: OaApi
    file: Callable[[str], Awaitable[bytes]]
    link: Callable[[SentFile], str]
    told: Told
    picture: str = ""  # address of the one on the form that asks for a number
    channel: Channel = Channel.ZALO_OA
    _done: dict[int, list[str]] = field(default_factory=dict)

    async def send(self, out: Outbound) -> Sent:
        """Deliver one row; raises Later, Never, Closed or Gone."""
        done = self._done.setdefault(out.id, [])
        while len(self._done) > MEMORY:
            self._done.pop(next(iter(self._done)))
        messages = await self._messages(out.say)
        for at, make in enumerate(messages):
            if at < len(done):
                continue
            message = await make()
            quoted = out.reply_to if at == 0 and set(message) == {"text"} else None
            try:
                done.append(await self._quoting(out.address, message, quoted))
            except Closed:
                raise
            except Never:
                if not done or make is not messages[-1] or not _asks(message):
                    raise
                done.append("-")  # the question stands without its form: a number can be typed
        self._done.pop(out.id, None)
        return Sent(tuple(done))

    async def _quoting(self, to: Address, message: dict[str, Any], quoted: str | None) -> str:
        """Words alone quote what they answer (nothing says that buttons may). An answer is not
        lost over its quote: what we heard without an id of Zalo's, or Zalo knows no more."""
        if quoted and ":" not in quoted:
            try:
                return await self._say(to, {**message, "quote_message_id": quoted})
            except Closed:
                raise
            except Never:
                pass
        return await self._say(to, message)

    async def _messages(self, say: Say) -> list[Make]:
        """What to send, in order; files are uploaded when their turn comes."""
        sent, lines = [], []
        for file in say.files:
            data = await self.file(file.key)
            if _fits(file, data):
                sent.append(self._upload(file, data))
            else:
                lines.append(f"{file.name}: {self.link(file)}")
        text, buttons = lettered(say, BUTTONS)
        text = "\n".join((text, *lines)).strip()
        texts = parts(text) if text else []
        for at, part in enumerate(texts):
            sent.append(_text(part, buttons if at == len(texts) - 1 else ()))
        if any(b.ask_phone for b in say.buttons):
            sent.append(_ask_phone(say.buttons, self.picture))
        return sent

    def _upload(self, file: SentFile, data: bytes) -> Make:
        async def make() -> dict[str, Any]:
            image = file.mime in IMAGES
            ending = (IMAGES if image else FILES)[file.mime]
            name = file.name if file.name.lower().endswith(ending) else file.name + ending
            form = aiohttp.FormData(quote_fields=False)  # the name is read by people
            form.add_field("file", data, filename=name, content_type=file.mime)
            path = "/v2.0/oa/upload/" + ("image" if image else "file")
            given = await self.api.call(path, form=form)
            if not image:
                return {"attachment": {"type": "file", "payload": {"token": given.get("token")}}}
            element = {"media_type": "image", "attachment_id": given.get("attachment_id")}
            media = {"template_type": "media", "elements": [element]}
            message = {"attachment": {"type": "template", "payload": media}}
            return {"text": unmarked(file.caption), **message} if file.caption else message

        return make

    async def _say(self, to: Address, message: Mapping[str, Any]) -> str:
        body = {"recipient": {"user_id": to.id}, "message": message}
        data = await self.api.call("/v3.0/oa/message/cs", body=body)
        quota = data.get("quota")
        await self.told(to, quota if isinstance(quota, Mapping) else {})
        return str(data.get("message_id") or "-")


Make = Callable[[], Awaitable[dict[str, Any]]]


def _fits(file: SentFile, data: bytes) -> bool:
    most = IMAGE if file.mime in IMAGES else FILE if file.mime in FILES else 0
    return len(data) <= most


def _text(text: str, buttons: tuple[Button, ...]) -> Make:
    async def make() -> dict[str, Any]:
        if not buttons:
            return {"text": text}
        payload = {"buttons": [_button(b) for b in buttons]}
        return {"text": text, "attachment": {"type": "template", "payload": payload}}

    return make


def _button(button: Button) -> dict[str, Any]:
    title = button.label[:TITLE]
    if button.action:
        return {"title": title, "type": "oa.query.hide", "payload": MARK + button.action}
    return {"title": title, "type": "oa.open.url", "payload": {"url": button.url}}


def _asks(message: Mapping[str, Any]) -> bool:
    payload = message.get("attachment", {}).get("payload", {})
    return bool(payload.get("template_type") == ASK)


def _ask_phone(buttons: tuple[Button, ...], picture: str) -> Make:
    """Zalo's own form: the person sends their number with one press."""

    async def make() -> dict[str, Any]:
        label = next(b.label for b in buttons if b.ask_phone)
        element = {"title": label[:TITLE], "subtitle": label[:TITLE]}
        if picture:
            element["image_url"] = picture
        payload = {"template_type": ASK, "elements": [element]}
        return {"attachment": {"type": "template", "payload": payload}}

    return make
