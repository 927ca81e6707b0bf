"""Files over HTTP: in as a stream with a hard limit, out only to the chat that was shown them."""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
import re
import unicodedata
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import TypeVar
from urllib.parse import quote

from aiohttp import BodyPartReader, MultipartReader, web

from handlers.webchat_http import answering, asker, desk, known, own_chat, private, tag
from handlers.webchat_words import (
    bad_file,
    busy,
    malformed,
    no_file,
    too_fast,
    unknown_chat,
    unknown_file,
)
from handlers.wire import Away
from models.messages import Address, Attachment, PhotoProblem

FILE_BYTES = 20 * 1024 * 1024
ENVELOPE_BYTES = 16 * 1024  # of a multipart form around its file
SAID_WITHIN = 24 * 3600.0  # seconds from being sent; half of bot.work.tidy.YOUNG
UPLOADS = 100  # at once; each holds at most 1 MB of memory, the rest on disk
UPLOADS_EACH = 4  # of one chat or link, so that no one takes every place
T = TypeVar("T")
INLINE = frozenset({"image/jpeg", "image/png", "image/webp"})

UPLOADING = web.AppKey("uploading", Counter[str])


@answering
async def send_file(request: web.Request) -> web.Response:
    """POST /chat/file (one multipart file) -> {"file": sealed, name, mime, size, problems}.

    The page says the sealed files in a message of their own, so several photos are one message and
    a broken connection costs one photo, not all.
    """
    address = await own_chat(request)
    if (request.content_length or 0) > FILE_BYTES + ENVELOPE_BYTES:
        raise bad_file("too_big")
    if not await desk(request).reception.admits("upload", asker(request), address.id):
        raise too_fast()
    parts = await multipart(request)
    async with patience(request, address.id):
        part = await next_file(parts)
        if part is None:
            raise no_file()
        data, name = await read_part(part), clean_name(part.filename)
    kept = await stored(desk(request).reception.keep_file(address, data, name))
    if kept.refused:
        raise bad_file(kept.refused)
    body = {"name": kept.name, "mime": kept.mime, "size": kept.size, "problems": kept.problems}
    sealed = seal(desk(request).secret, address, kept, desk(request).now())
    return private({"file": sealed, **body}, status=201)


async def stored(asked: Awaitable[T]) -> T:
    """What the file store says; when it is away, the page is told to come back."""
    try:
        return await asked
    except Away:
        raise busy() from None


@asynccontextmanager
async def patience(request: web.Request, owner: str) -> AsyncIterator[None]:
    """A place among the uploads and a time limit; a slow or full house is told to come back."""
    places = request.config_dict[UPLOADING]
    if places[owner] >= UPLOADS_EACH or places.total() >= UPLOADS:
        raise busy()
    places[owner] += 1
    try:
        async with asyncio.timeout(desk(request).upload_seconds):
            yield
    except TimeoutError:
        raise busy() from None
    finally:
        places[owner] -= 1
        if not places[owner]:
            del places[owner]


async def multipart(request: web.Request) -> MultipartReader:
    if request.content_type != "multipart/form-data":
        raise malformed()
    try:
        return await request.multipart()
    except (ValueError, AssertionError):
        raise malformed() from None


async def next_file(parts: MultipartReader) -> BodyPartReader | None:
    """The next part that is a file; fields and nested parts are passed over."""
    try:
        while (part := await parts.next()) is not None:
            if isinstance(part, BodyPartReader) and part.filename is not None:
                return part
    except (ValueError, EOFError):
        raise malformed() from None
    return None


async def read_part(part: BodyPartReader) -> bytes:
    """A file's bytes; refused as soon as they pass the limit. Slow ones wait on disk."""
    size = 0
    with SpooledTemporaryFile(max_size=1024 * 1024) as spool:
        try:
            while chunk := await part.read_chunk(64 * 1024):
                size += len(chunk)
                if size > FILE_BYTES:
                    raise bad_file("too_big")
                spool.write(chunk)
        except ValueError:
            raise malformed() from None
        if not size:
            raise no_file()
        spool.seek(0)
        return spool.read()


def clean_name(name: str | None) -> str:
    """A file name to show: no folders, no control characters, at most 120 characters."""
    last = re.split(r"[/\\]", name or "")[-1]
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip()
    return unicodedata.normalize("NFC", shown)[-120:]


def seal(secret: bytes, address: Address, file: Attachment, now: datetime) -> str:
    """A kept file as a word that only its own chat can hand back unchanged, within a day."""
    told = {**asdict(file), "at": now.timestamp()}
    body = json.dumps(told, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_mark(secret, address, body) + body).decode()


def unseal(secret: bytes, address: Address, sealed: object, now: datetime) -> Attachment:
    try:
        raw = base64.b64decode(str(sealed), altchars=b"-_", validate=True)
    except ValueError:
        raise malformed() from None
    mark, body = raw[:16], raw[16:]
    if not hmac.compare_digest(mark, _mark(secret, address, body)):
        raise malformed()
    fields = json.loads(body)
    if now.timestamp() - fields.pop("at") > SAID_WITHIN:
        raise bad_file("gone")  # what is said later could name what a sweep deletes
    fields["problems"] = tuple(PhotoProblem(problem) for problem in fields["problems"])
    return Attachment(**fields)


def _mark(secret: bytes, address: Address, body: bytes) -> bytes:
    return hmac.digest(secret, f"webchat file\0{address.id}\0".encode() + body, "sha256")[:16]


@answering
async def get_file(request: web.Request) -> web.Response:
    """GET /file/<folder>/<key>: images shown, other types saved; only within their own chat."""
    key = request.match_info["key"]
    found = await stored(desk(request).reception.read_file(await _reader(request), key))
    if found is None:
        raise unknown_file()
    data, mime, name = found
    shown = "inline" if mime in INLINE else "attachment"
    headers = {
        "Cache-Control": "private, no-cache",  # kept by this browser, asked for every time
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name or key, safe='')}",
        "ETag": f'"{key}"',
    }
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return web.Response(status=304, headers=headers)
    return web.Response(body=data, content_type=mime, headers=headers)


async def _reader(request: web.Request) -> Address:
    """Whose file folder this is: by the header, or by the folder's cookie."""
    if "Authorization" in request.headers:
        address = await own_chat(request)
    else:
        address = await known(request, request.cookies.get("chat", ""))
    if not hmac.compare_digest(tag(address), request.match_info["folder"]):
        raise unknown_chat()
    return address
