"""/stats: the dashboard for officers, opened by a one-use link from the chat.

The link is only used up when somebody presses the button (messengers fetch links for previews);
then a cookie opens the page for a working day. Role and communes are looked up at every request.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from aiohttp import web

from bot import clock
from bot.records import SqlRecords
from bot.web import HEALTH
from bot.web_stats_page import dashboard, door, over, page
from conversations.charts import Sheet, charts
from conversations.records import Figures
from conversations.records.figures import counting
from handlers.service_page import html_answer
from handlers.webchat_http import is_secure, language_of
from models import dashboard as keys
from models import people
from models.content import Content
from models.database import Database, Unit

COOKIE, FOLDER = "stats", "/stats"
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
Seen = tuple[str, Figures]  # the officer's language, what it may see


async def get_dashboard(request: web.Request) -> web.Response:
    """GET /stats: the figures of whoever the cookie is, or (401) how to get in."""
    content = _content(request)
    seen = await _seen(request)
    if seen is None:
        return _answer(content, language_of(request), over(language_of(request)), 401)
    lang, figures = seen
    return _answer(content, lang, dashboard(content, figures, lang), 200)


async def get_chart(request: web.Request) -> web.Response:
    """GET /stats/chart/NAME.png: one chart of the same figures; 404 for anybody else."""
    import asyncio

    seen = await _seen(request)
    if seen is None:
        raise web.HTTPNotFound
    lang, figures = seen
    drawn = {chart.id: chart for chart in charts(_content(request), figures, lang)}
    chart = drawn.get(request.match_info["name"])
    if chart is None:
        raise web.HTTPNotFound
    from bot.documents.charts import png

    body = await asyncio.to_thread(png, Sheet("", (replace(chart, title=""),), ""))
    return web.Response(body=body, content_type="image/png", headers={"Cache-Control": "no-store"})


async def get_door(request: web.Request) -> web.Response:
    """GET /stats/open/TOKEN: a button, or (410) that the link is over."""
    content, lang, token = _content(request), language_of(request), _token(request)
    now = clock.now()
    waits = False
    if token:
        waits = await _db(request).read(lambda unit: keys.waits(unit, token, now))
    return _answer(content, lang, door(lang) if waits else over(lang), 200 if waits else 410)


async def post_door(request: web.Request) -> web.Response:
    """POST /stats/open/TOKEN: the link is used up, the browser gets its cookie."""
    content, lang, token = _content(request), language_of(request), _token(request)
    now = clock.now()
    opened = await _db(request).run(lambda unit: keys.enter(unit, token, now)) if token else None
    if opened is None:
        return _answer(content, lang, over(lang), 410)
    response = _to_dashboard()
    response.set_cookie(
        COOKIE,
        opened[0],
        path=FOLDER,
        max_age=int(keys.SESSION_LIVES.total_seconds()),
        httponly=True,
        samesite="Strict",
        secure=is_secure(request),
    )
    return response


async def post_leave(request: web.Request) -> web.Response:
    """POST /stats/leave: the session ends here and everywhere."""
    session, now = request.cookies.get(COOKIE, ""), clock.now()
    if TOKEN.fullmatch(session):
        await _db(request).run(lambda unit: keys.leave(unit, session, now))
    response = _to_dashboard()
    response.del_cookie(COOKIE, path=FOLDER)
    return response


async def _seen(request: web.Request) -> Seen | None:
    """What this browser may see now; None without a session, or when the rights have ended."""
    session, content, now = request.cookies.get(COOKIE, ""), _content(request), clock.now()
    if not TOKEN.fullmatch(session):
        return None
    return await _db(request).read(lambda unit: _look(unit, content, session, now))


def _look(unit: Unit, content: Content, session: str, now: datetime) -> Seen | None:
    person_id = keys.holder(unit, session, now)
    records = SqlRecords(unit, now)
    officer = records.officer_of(person_id) if person_id is not None else None
    if officer is None:
        return None
    today = now.astimezone(content.province.zone).date()
    lang = people.person(unit, officer.person_id).language
    return lang, records.figures(officer, counting(content, today))


def _answer(content: Content, lang: str, body: str, status: int) -> web.Response:
    return html_answer(page(content, lang, body), status, vary="Accept-Language, Cookie")


def _to_dashboard() -> web.Response:
    return web.Response(status=303, headers={"Location": FOLDER, "Cache-Control": "no-store"})


def _content(request: web.Request) -> Content:
    """503 while the assistant is starting."""
    assistant = request.config_dict[HEALTH].assistant
    if assistant is None:
        raise web.HTTPServiceUnavailable(headers={"Retry-After": "5"})
    return assistant.house.content


def _db(request: web.Request) -> Database:
    assistant = request.config_dict[HEALTH].assistant
    if assistant is None:
        raise web.HTTPServiceUnavailable(headers={"Retry-After": "5"})
    return assistant.db


def _token(request: web.Request) -> str:
    token = request.match_info["token"]
    return token if TOKEN.fullmatch(token) else ""
