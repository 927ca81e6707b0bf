"""What every route of the web chat shares: what it was given, whose chat it is, how it refuses."""

from __future__ import annotations

import hashlib
import ipaddress
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps

from aiohttp import web

from handlers.body import SECONDS, parsed, read_body
from handlers.webchat_words import Refused, Translate, malformed, too_long, unknown_chat
from handlers.wire import Reception
from models.messages import Address, Channel

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
JSON_BYTES = 64 * 1024  # the longest text is 4,096 characters: 24 kB when all are \\u escapes


@dataclass(frozen=True, slots=True)
class WebChat:
    """What the web chat is given. `title` and `place` are by language ("vi", "en").

    `secret` signs uploaded files until they are said; it must stay the same over restarts.
    `proxies` is how many trusted proxies add to X-Forwarded-For (0: the peer is the asker).
    """

    reception: Reception
    now: Callable[[], datetime]
    translate: Translate
    secret: bytes
    title: Mapping[str, str]
    place: Mapping[str, str] = field(default_factory=dict)
    proxies: int = 0
    heartbeat: float = 15.0  # seconds between signs of life on an idle event stream
    body_seconds: float = SECONDS  # for what is no file
    upload_seconds: float = 900.0  # 20 MB over a 25 kB/s phone connection


WEBCHAT = web.AppKey("webchat", WebChat)


def desk(request: web.Request) -> WebChat:
    return request.config_dict[WEBCHAT]


def answering(handler: Handler) -> Handler:
    """Turn a Refused into JSON {"message", "code"} in the reader's language."""

    @wraps(handler)
    async def answered(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except Refused as no:
            return refusal(request, no)

    return answered


def refusal(request: web.Request, no: Refused) -> web.Response:
    sentence = desk(request).translate(language_of(request), no.msgid)
    response = private({"message": sentence, "code": no.code}, status=no.status)
    if no.status in (429, 503):
        response.headers["Retry-After"] = "20"
    return response


def private(body: object, status: int = 200) -> web.Response:
    """A JSON answer that no one keeps."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return web.json_response(text=text, status=status, headers={"Cache-Control": "no-store"})


def language_of(request: web.Request) -> str:
    """The reader's language: the first of Accept-Language that we speak, else Vietnamese."""
    for wanted in request.headers.get("Accept-Language", "").split(","):
        code = wanted.split(";")[0].strip().lower()[:2]
        if code in ("vi", "en"):
            return code
    return "vi"


async def own_chat(request: web.Request) -> Address:
    """The chat of this request, from its Authorization header; unknown ones are refused.

    A header and not a cookie: tabs of one browser may be different people (a household, an
    officer), and no other site can make a browser send it, so nothing can be forged across sites.
    """
    scheme, _, chat = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        raise unknown_chat()
    return await known(request, chat)


async def known(request: web.Request, chat: str) -> Address:
    """The address of a chat id; refused before any look-up when it cannot be one."""
    address = Address(Channel.WEB, chat)
    if not 16 <= len(chat) <= 128 or not chat.isascii():
        raise unknown_chat()
    if not await desk(request).reception.knows(address):
        raise unknown_chat()
    return address


def tag(address: Address) -> str:
    """A public name of a chat that does not tell its id; a folder of file links is named so."""
    return hashlib.sha256(f"file:{address.id}".encode()).hexdigest()[:16]


def let_read_files(request: web.Request, response: web.Response, address: Address) -> None:
    """Give the browser the cookie that opens this chat's files, and only under their folder.

    Images and downloads are plain links, which cannot carry a header. The path keeps the chats of
    one browser apart; HttpOnly and Strict keep it from scripts and from other sites.
    """
    response.set_cookie(
        "chat",
        address.id,
        path=f"/file/{tag(address)}/",
        max_age=365 * 24 * 3600,
        httponly=True,
        samesite="Strict",
        secure=is_secure(request),
    )


def is_secure(request: web.Request) -> bool:
    forwarded = request.headers.get("X-Forwarded-Proto", "") if desk(request).proxies else ""
    return request.secure or forwarded == "https"


def asker(request: web.Request) -> str:
    """Who opens a chat, as a network address; one IPv6 subscriber counts as one."""
    proxies = desk(request).proxies
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    remote = hops[-proxies] if proxies and len(hops) >= proxies else request.remote or ""
    try:
        ip = ipaddress.ip_address(remote)
    except ValueError:
        return request.remote or "unknown"
    return str(ipaddress.ip_network(f"{ip}/64", strict=False)) if ip.version == 6 else str(ip)


async def read_json(request: web.Request) -> dict[str, object]:
    """The JSON object of a request; refused when it is none, or longer than any honest one."""
    if request.content_type != "application/json":
        raise malformed()
    try:
        data = await read_body(request, JSON_BYTES, desk(request).body_seconds)
    except web.HTTPRequestEntityTooLarge:
        raise too_long() from None
    try:
        body = parsed(data)
    except (ValueError, RecursionError):
        raise malformed() from None
    if not isinstance(body, dict):
        raise malformed()
    return body


def number(request: web.Request, name: str) -> int | None:
    """A line id of the query; None when it is not there."""
    value = request.query.get(name)
    if value is None:
        return None
    return line_id(value)


def line_id(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        raise malformed()
    return int(value)
