"""The page and its static files: read once, kept in memory, sent gzipped."""

from __future__ import annotations

import gzip
import hashlib
import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from aiohttp import web

from handlers.webchat_http import desk, language_of
from handlers.webchat_words import NO_SCRIPT, SLOT, page_words

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


async def get_page(request: web.Request) -> web.Response:
    """GET /: the chat. It holds no one's data; what is said comes over /chat."""
    return _html(request, "chat.html", {}, status=200)


def slot_page(
    request: web.Request, title: str = "", notice: str = "", status: int = 200
) -> web.Response:
    """The one-use upload page: a form for `title`, a `notice` (a Vietnamese msgid), or both."""
    translate, lang = desk(request).translate, language_of(request)
    fields = {key: translate(lang, msgid) for key, msgid in SLOT.items()}
    fields |= {
        "item": title,
        "notice": translate(lang, notice) if notice else "",
        "form_hidden": "" if title else "hidden",
        "notice_hidden": "" if notice else "hidden",
    }
    return _html(request, "upload.html", fields, status)


def _html(request: web.Request, name: str, fields: Mapping[str, str], status: int) -> web.Response:
    chat, lang = desk(request), language_of(request)
    texts = {
        "lang": lang,
        "title": chat.title[lang],
        "place": chat.place.get(lang, ""),
        "static": f"/static/{version()}",
        "no_script": chat.translate(lang, NO_SCRIPT),
        **fields,
    }
    page = _template(name)
    for key, text in texts.items():
        page = page.replace("{{" + key + "}}", html.escape(text))
    page = page.replace("{{setup}}", _setup(request))
    response = web.Response(text=page, content_type="text/html", status=status)
    response.headers["Cache-Control"] = "no-store" if fields else "no-cache"
    response.headers["Vary"] = "Accept-Language"
    response.enable_compression()
    return response


@cache
def _template(name: str) -> str:
    return (resources.files("handlers") / "static" / name).read_text("utf-8")


def _setup(request: web.Request) -> str:
    """What the page's script needs, as JSON that cannot close its own element."""
    chat = desk(request)
    setup = {
        "title": dict(chat.title),
        "place": dict(chat.place),
        "words": page_words(chat.translate),
    }
    return json.dumps(setup, ensure_ascii=False).replace("<", "\\u003c")
