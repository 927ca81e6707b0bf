"""/p/CODE: a recognised product for whoever scans its label; says in words whether it holds."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from aiohttp import web

from bot import clock
from bot.records.register import RegisterRecords
from bot.web import HEALTH
from conversations.product_search import WORDS, Standing, standing
from conversations.products import days
from conversations.records import PublicProduct
from handlers.service_page import html_answer, service_page
from handlers.webchat_http import language_of
from locales import N_, date_, gettext
from models.codes import parse
from models.content import Content
from models.database import Unit
from models.files import MissingFile

if TYPE_CHECKING:
    from bot.app import Assistant

TITLE = N_("Sản phẩm OCOP")
ASK = N_("Hỏi trợ lý OCOP")
UNKNOWN = N_("Không có giấy chứng nhận nào mang mã này. Bà con xem lại mã in trên nhãn.")
STATES = {
    Standing.VALID: N_("Giấy chứng nhận còn giá trị"),
    Standing.EXPIRED: N_("Giấy chứng nhận đã hết hạn"),
    Standing.REVOKED: N_("Giấy chứng nhận đã bị thu hồi"),
}
_CODE = re.compile(r"[A-Za-z0-9-]{4,12}")


async def get_product(request: web.Request) -> web.Response:
    """GET /p/CODE: 200 with the card, 404 in words when the code is unknown, 503 while starting."""
    assistant, one = await _asked_for(request)
    lang = language_of(request)
    content = assistant.house.content
    body = _card(content, one, lang) if one else _unknown(lang)
    return _page(content, lang, body, 200 if one else 404)


async def get_photo(request: web.Request) -> web.Response:
    """GET /p/CODE/photo: the product's photo; 404 when it has none, 503 while starting."""
    import asyncio

    assistant, one = await _asked_for(request)
    if one is None or not one.photo_key:
        raise web.HTTPNotFound
    try:
        data = await asyncio.to_thread(assistant.house.files.get, one.photo_key)
    except MissingFile:
        raise web.HTTPNotFound from None
    headers = {"Cache-Control": "public, max-age=300"}
    return web.Response(body=data, content_type="image/jpeg", headers=headers)


async def _asked_for(request: web.Request) -> tuple[Assistant, PublicProduct | None]:
    """The assistant, and the product whose code the address holds; raises 503 while starting."""
    assistant = request.config_dict[HEALTH].assistant
    if assistant is None:
        raise web.HTTPServiceUnavailable(headers={"Retry-After": "5"})
    code = request.match_info["code"]
    known = parse(code) if _CODE.fullmatch(code) else None
    one = await assistant.db.read(lambda unit: _found(unit, known)) if known else None
    return assistant, one


def _found(unit: Unit, code: str) -> PublicProduct | None:
    return RegisterRecords(unit, clock.now()).certified(code)


def _unknown(lang: str) -> str:
    return f'<p class="standing revoked">{html.escape(gettext(lang, UNKNOWN))}</p>'


def _card(content: Content, one: PublicProduct, lang: str) -> str:
    state = standing(one, clock.now().astimezone(content.province.zone).date())
    commune = content.communes.get(one.commune_code)
    place = commune.full(lang) if commune else one.commune_code
    rows = {
        N_("Chủ thể"): one.producer,
        N_("Nơi làm"): f"{place}, {content.province.name}",
        N_("Quyết định"): f"{one.decision_number}, {date_(lang, one.issued_on)}",
        N_("Mã giấy chứng nhận"): one.code,
        N_("Nơi mua"): one.where_to_buy,
    }
    told = gettext(lang, WORDS[state], **days(lang, one))
    listed = "".join(
        f"<dt>{html.escape(gettext(lang, label))}</dt><dd>{html.escape(text)}</dd>"
        for label, text in rows.items()
        if text
    )
    photo = f'<img class="photo" src="/p/{one.code}/photo" alt="">' if one.photo_key else ""
    stars = gettext(lang, N_("{n} sao OCOP"), n=one.stars)
    return (
        f"<h2>{html.escape(one.product)}</h2>{photo}"
        f'<p class="stars"><span aria-hidden="true">{"★" * one.stars}</span> '
        f"{html.escape(stars)}</p>"
        f'<p class="standing {state.value}"><strong>{html.escape(gettext(lang, STATES[state]))}.'
        f"</strong> {html.escape(told)}</p><dl>{listed}</dl>"
    )


def _page(content: Content, lang: str, body: str, status: int) -> web.Response:
    words = {"lang": lang, "title": gettext(lang, TITLE), "place": content.province.name}
    main = (
        f'<article class="sheet product">{body}</article>'
        f'<p class="ask"><a href="/">{html.escape(gettext(lang, ASK))}</a></p>'
    )
    kept = "public, max-age=300" if status == 200 else "no-store"
    return html_answer(service_page("product", words, main), status, kept)
