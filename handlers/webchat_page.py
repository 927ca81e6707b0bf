"""The chat's page. It holds no one's data; what is said comes over /chat."""

from __future__ import annotations

import json

from aiohttp import web

from handlers.service_page import filled, html_answer
from handlers.webchat_http import desk, language_of
from handlers.webchat_words import NO_SCRIPT, page_words


async def get_page(request: web.Request) -> web.Response:
    """GET /: the chat."""
    chat, lang = desk(request), language_of(request)
    words = {
        "lang": lang,
        "title": chat.title[lang],
        "place": chat.place.get(lang, ""),
        "no_script": chat.translate(lang, NO_SCRIPT),
    }
    return html_answer(filled("chat.html", words, {"setup": setup(request)}), kept="no-cache")


def setup(request: web.Request) -> str:
    """What the page's script needs, as JSON that cannot close its own element."""
    chat = desk(request)
    setup = {
        "title": dict(chat.title),
        "place": dict(chat.place),
        "words": page_words(chat.translate),
    }
    return json.dumps(setup, ensure_ascii=False).replace("<", "\\u003c")
