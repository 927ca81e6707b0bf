"""The static files of every page: read once, kept in memory, sent gzipped."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from aiohttp import web

TYPES = {
    "js": "text/javascript",
    "css": "text/css",
    "svg": "image/svg+xml",
}
YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Static:
    """One static file, as it is sent."""

    body: bytes
    zipped: bytes
    mime: str


@cache
def statics() -> Mapping[str, Static]:
    """Every static file by name. Pages (.html) are not among them: they are filled in."""
    folder = resources.files("handlers") / "static"
    found = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        mime = TYPES.get(file.name.rpartition(".")[2])
        if mime:
            body = file.read_bytes()
            found[file.name] = Static(body, gzip.compress(body, 9, mtime=0), mime)
    return found


@cache
def version() -> str:
    """A hash of all static files: part of their address, so that they may be kept for a year."""
    digest = hashlib.sha256()
    for name, file in statics().items():
        digest.update(name.encode() + b"\0" + file.body)
    return digest.hexdigest()[:12]


async def get_static(request: web.Request) -> web.Response:
    """GET /static/<version>/<name>. Another version gets today's file, but may not keep it."""
    file = statics().get(request.match_info["name"])
    if file is None:
        raise web.HTTPNotFound
    fresh = request.match_info["version"] == version()
    headers = {"Cache-Control": YEAR if fresh else "no-cache", "Vary": "Accept-Encoding"}
    body = file.body
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"], body = "gzip", file.zipped
    return web.Response(body=body, content_type=file.mime, charset="utf-8", headers=headers)
