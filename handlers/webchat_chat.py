"""The talk itself over HTTP: open, read, follow, say.

Server-sent events, not long polling: one request a session instead of one a message, a resume
point (Last-Event-ID) in the standard, and a heartbeat that shows a dead connection. The page reads
them with fetch, since EventSource cannot carry the chat's header.
"""

from __future__ import annotations

import asyncio
import json
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import web

from handlers.webchat_files import unseal
from handlers.webchat_http import (
    WebChat,
    answering,
    asker,
    desk,
    language_of,
    let_read_files,
    line_id,
    number,
    own_chat,
    private,
    read_json,
)
from handlers.webchat_lines import lines_json
from handlers.webchat_words import (
    busy,
    empty,
    malformed,
    too_fast,
    too_long,
    too_many_chats,
    too_many_files,
)
from handlers.wire import Line
from models.messages import Address, Attachment, Channel, Inbound, Outcome

TEXT = 4096  # characters
FILES = 20  # of one message
STREAMS = 8  # open at once for one chat
NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")  # and halves of broken emoji

EVENT_STREAM = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",  # nginx would hold events back
}

Streams = dict[Address, set[asyncio.Task[Any]]]
STREAMING = web.AppKey("streaming", Streams)


@answering
async def open_chat(request: web.Request) -> web.Response:
    """POST /chat -> {"chat": secret id}."""
    await read_json(request)
    reception, language = desk(request).reception, language_of(request)
    address = await reception.open_chat(Channel.WEB, asker(request), language)
    if address is None:
        raise too_many_chats()
    response = private({"chat": address.id}, status=201)
    let_read_files(request, response, address)
    return response


@answering
async def get_lines(request: web.Request) -> web.Response:
    """GET /chat/lines: the newest; ?after=id: the next ones; ?before=id: older ones."""
    address, reception = await own_chat(request), desk(request).reception
    after = number(request, "after")
    if after is None:
        lines = await reception.tail(address, number(request, "before"))
    else:
        lines = await reception.lines(address, after)
    response = await _lines_response(request, address, lines)
    let_read_files(request, response, address)
    return response


@answering
async def say(request: web.Request) -> web.Response:
    """POST /chat/say {nonce, text | button, on, files, after} -> the lines after `after`.

    The nonce is the message's external id: said twice, heard once. The answer is in the same
    response, since the turn has committed it by then.
    """
    address, reception = await own_chat(request), desk(request).reception
    body = await read_json(request)
    after = body.get("after", 0)
    if not isinstance(after, int) or not 0 <= after < 1 << 63:
        raise malformed()
    inbound = _inbound(request, address, body)
    if not await reception.admits("message", asker(request)):
        raise too_fast()
    if await reception.receive(inbound) is Outcome.IGNORED:
        raise too_fast()
    return await _lines_response(request, address, await reception.lines(address, after))


async def _lines_response(
    request: web.Request, address: Address, lines: list[Line]
) -> web.Response:
    return private(lines_json(address, lines, await desk(request).reception.language(address)))


def _inbound(request: web.Request, address: Address, body: dict[str, object]) -> Inbound:
    nonce, button, on = body.get("nonce"), body.get("button"), body.get("on")
    if not isinstance(nonce, str) or not NONCE.fullmatch(nonce):
        raise malformed()
    if button is not None and not (isinstance(button, str) and 0 < len(button) <= 256):
        raise malformed()
    text = _text(body.get("text", ""))
    files = _files(desk(request), address, body.get("files", []))
    if not (text.strip() or button or files):
        raise empty()
    return Inbound(
        address,
        external_id=nonce,
        at=desk(request).now(),
        text=text if text.strip() else None,
        button=button,
        files=files,
        pressed_on=None if on is None else str(line_id(str(on))),
        language=language_of(request),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise malformed()
    text = unicodedata.normalize("NFC", CONTROL.sub("", value))
    if len(text) > TEXT:
        raise too_long()
    return text


def _files(chat: WebChat, address: Address, value: object) -> tuple[Attachment, ...]:
    if not isinstance(value, list):
        raise malformed()
    if len(value) > FILES:
        raise too_many_files()
    return tuple(unseal(chat.secret, address, sealed, chat.now()) for sealed in value)


@answering
async def events(request: web.Request) -> web.StreamResponse:
    """GET /chat/events: lines after Last-Event-ID (or ?after=), as they come."""
    address = await own_chat(request)
    seen = request.headers.get("Last-Event-ID")
    after = line_id(seen) if seen else number(request, "after") or 0
    with _place(request.config_dict[STREAMING], address):
        response = web.StreamResponse(headers=EVENT_STREAM)
        await response.prepare(request)
        await _follow(desk(request), response, address, after)
    return response


@contextmanager
def _place(streams: Streams, address: Address) -> Iterator[None]:
    """Hold one of the chat's places for the running task; refused when all are taken."""
    task = asyncio.current_task()
    mine = streams.setdefault(address, set())
    if len(mine) >= STREAMS or task is None:
        raise busy()
    mine.add(task)
    try:
        yield
    finally:
        mine.discard(task)
        if not mine:
            streams.pop(address, None)


async def _follow(
    chat: WebChat, response: web.StreamResponse, address: Address, after: int
) -> None:
    """Write lines as they come, a heartbeat when none do, until the reader or the chat is gone."""
    reception, seen = chat.reception, set[int]()
    try:
        while await reception.knows(address):
            lines = await reception.news(address, after, seen, chat.heartbeat)
            if lines:
                body = lines_json(address, lines, await reception.language(address))
                after = max(after, lines[-1].id)
                await response.write(f"id: {after}\ndata: {json.dumps(body)}\n\n".encode())
            else:
                await response.write(b": alive\n\n")
        await response.write(b"event: gone\ndata: {}\n\n")
    except ConnectionError:
        return  # the reader left; its page resumes with Last-Event-ID


async def end_streams(app: web.Application) -> None:
    """At shutdown: end every stream at once, so that none holds the process up."""
    for task in [task for tasks in app[STREAMING].values() for task in tasks]:
        task.cancel()
