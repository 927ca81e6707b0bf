"""The body of a request, within a size and a time; what is larger or slower is refused cheaply."""

from __future__ import annotations

import asyncio

from aiohttp import web

SECONDS = 20.0  # 64 kB over a poor phone connection take five
CHUNK = 64 * 1024


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


def _too_large(most: int, size: int) -> web.HTTPException:
    return web.HTTPRequestEntityTooLarge(max_size=most, actual_size=size)
