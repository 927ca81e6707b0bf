"""The body of a request, within a size and a time; what is larger or slower is refused cheaply.
What it says as JSON, without characters and numbers that no database keeps."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

from aiohttp import web

SECONDS = 20.0  # 64 kB over a poor phone connection take five
CHUNK = 64 * 1024
LONGEST_ID = 120  # characters: more than any channel's, less than a column takes
LARGEST = 2**63 - 1
# A look at the bytes is enough: the character that is none, half of one, a number that long.
_UNKEPT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])|[0-9]{19}")


async def read_body(request: web.Request, most: int, seconds: float = SECONDS) -> bytes:
    """Raises 413 (longer than `most` bytes, unpacked), 408 (not there in `seconds`) or 400."""
    if (request.content_length or 0) > most:
        raise _too_large(most, request.content_length or 0)
    data = bytearray()
    try:
        if request.content.is_eof():  # it all came with its head: there is nothing to wait for
            whole = request.content.read_nowait()
            if len(whole) > most:
                raise _too_large(most, len(whole))
            return whole
        async with asyncio.timeout(seconds):
            async for part in request.content.iter_chunked(CHUNK):
                data += part
                if len(data) > most:
                    raise _too_large(most, len(data))
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except web.RequestPayloadError:  # cut off, or not what its headers say
        raise web.HTTPBadRequest from None
    return bytes(data)


def parsed(raw: bytes) -> Any:
    """The JSON of a body. Raises ValueError or RecursionError when it is none."""
    value = json.loads(raw)
    return _kept(value) if _UNKEPT.search(raw) else value


def _kept(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "").encode(errors="ignore").decode()
    if isinstance(value, int):
        return value if abs(value) <= LARGEST else 0
    if isinstance(value, list):
        return [_kept(one) for one in value]
    if isinstance(value, dict):
        return {_kept(name): _kept(one) for name, one in value.items()}
    return value


def _too_large(most: int, size: int) -> web.HTTPException:
    return web.HTTPRequestEntityTooLarge(max_size=most, actual_size=size)
