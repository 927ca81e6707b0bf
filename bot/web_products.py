"""/p/CODE: a recognised product for whoever scans its label; says in words whether it holds."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from aiohttp import web

from bot import clock
from bot.records.register import RegisterRecords
from bot.web import HEALTH
from conversations.complaint_form import REPORTED
from conversations.records import PublicProduct
from conversations.standing import OPENED, Standing, standing, stars, told
from handlers.service_page import html_answer, service_page
from handlers.webchat_http import language_of
from locales import N_, date_, gettext
from models.codes import parse
from models.content import Content
from models.database import Unit
from models.files import MissingFile
from models.messages import Channel

if TYPE_CHECKING:
    from bot.app import Assistant

TITLE = N_("Sản phẩm OCOP")
ASK = N_("Hỏi trợ lý OCOP")
TELEGRAM = N_("Xem trên Telegram")
REPORT = N_("Phản ánh sản phẩm này")
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
    if one is None:
        return _page(content, lang, _unknown(lang), {ASK: "/"}, known=False)
    ways = {REPORT: f"/?p={REPORTED}{one.code}", ASK: "/"}
    if bot := assistant.house.links.get(Channel.TELEGRAM):
        ways[TELEGRAM] = f"{bot}?start={OPENED}{one.code}"
    return _page(content, lang, _card(content, one, lang), ways)


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
    return f'<p class="standing revoked">{_e(gettext(lang, UNKNOWN))}</p>'


def _card(content: Content, one: PublicProduct, lang: str) -> str:
    today = clock.now().astimezone(content.province.zone).date()
    state = standing(one, today)
    commune = content.communes.get(one.commune_code)
    place = commune.full(lang) if commune else one.commune_code
    rows = {
        N_("Chủ thể"): one.producer,
        N_("Nơi làm"): f"{place}, {content.province.name}",
        N_("Quyết định"): f"{one.decision_number}, {date_(lang, one.issued_on)}",
        N_("Mã giấy chứng nhận"): one.code,
        N_("Nơi mua"): one.where_to_buy,
    }
    words = "<br>".join(_e(line) for line in told(content, lang, one, today))
    newer = (
        f'<p><a class="choice" href="/p/{one.newer}">'
        f"{_e(gettext(lang, N_('Xem giấy chứng nhận mới')))}</a></p>"
        if one.newer
        else ""
    )
    listed = "".join(
        f"<dt>{_e(gettext(lang, label))}</dt><dd>{_e(text)}</dd>"
        for label, text in rows.items()
        if text
    )
    drawn = "★" * one.stars if state is Standing.VALID else ""
    photo = (
        f'<img class="photo" src="/p/{one.code}/photo?{one.photo_key[:8]}" alt="{_e(one.product)}">'
        if one.photo_key
        else ""
    )
    return (
        f"<h2>{_e(one.product)}</h2>"
        f'<p class="stars"><span aria-hidden="true">{drawn}</span> '
        f"{_e(stars(lang, one, today))}</p>"
        f'<p class="standing {state.value}"><strong>{_e(gettext(lang, STATES[state]))}.'
        f"</strong><br>{words}</p>{newer}{photo}<dl>{listed}</dl>"
    )


def _page(
    content: Content, lang: str, body: str, ways: Mapping[str, str], *, known: bool = True
) -> web.Response:
    """`ways`: where one may go from here."""
    words = {"lang": lang, "title": gettext(lang, TITLE), "place": content.province.name}
    links = "".join(f'<a href="{_e(to)}">{_e(gettext(lang, way))}</a>' for way, to in ways.items())
    main = f'<article class="sheet product">{body}</article><p class="ask">{links}</p>'
    kept = "no-cache" if known else "no-store"  # revoked a minute ago is revoked
    return html_answer(service_page("product", words, main), 200 if known else 404, kept)


def _e(text: str) -> str:
    return html.escape(text)
