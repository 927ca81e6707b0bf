"""The pages beside the chat (upload, product, dashboard): one frame around what each shows."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from aiohttp import web

from handlers.webchat_static import version

PRIVATE = '<meta name="robots" content="noindex">\n'
_FIELD = re.compile(r"\{\{(\w+)\}\}")


def filled(name: str, words: Mapping[str, str], markup: Mapping[str, str] | None = None) -> str:
    """A template of static/ with its {{fields}}: `words` are escaped, `markup` is put in as it is.

    In one pass, so that a {{field}} in somebody's words stays words.
    """
    values = {key: html.escape(text) for key, text in words.items()} | dict(markup or {})
    values.setdefault("static", f"/static/{version()}")
    return _FIELD.sub(lambda field: values[field[1]], _template(name))


def service_page(
    kind: str, words: Mapping[str, str], main: str, *, head: str = "", style: bool = True
) -> str:
    """The whole document. `words`: lang, title, place; `kind` names its class and style sheet."""
    if style:
        head += f'<link rel="stylesheet" href="/static/{version()}/{kind}.css">\n'
    return filled("service.html", {**words, "kind": kind}, {"head": head, "main": main})


def html_answer(
    text: str, status: int = 200, kept: str = "no-store", vary: str = "Accept-Language"
) -> web.Response:
    response = web.Response(text=text, content_type="text/html", status=status)
    response.headers["Cache-Control"] = kept
    response.headers["Vary"] = vary
    response.enable_compression()
    return response


@cache
def _template(name: str) -> str:
    return (resources.files("handlers") / "static" / name).read_text("utf-8")
