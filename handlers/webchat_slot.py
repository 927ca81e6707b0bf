"""/u/<token>: a page for one item of one dossier, used once, without a login.

Opening it uses nothing up (messengers fetch links for their previews); only a kept upload does.
"""

from __future__ import annotations

import re

from aiohttp import web

from handlers.service_page import PRIVATE, filled, html_answer, service_page
from handlers.webchat_files import clean_name, multipart, next_file, patience, read_part, stored
from handlers.webchat_http import asker, desk, language_of, private, refusal
from handlers.webchat_page import setup
from handlers.webchat_static import version
from handlers.webchat_words import (
    SLOT,
    Refused,
    bad_file,
    no_file,
    slot_over,
    too_fast,
    too_many_files,
)
from models.messages import Attachment, Outcome

FILES = 20
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,128}")


def slot_page(
    request: web.Request, title: str = "", notice: str = "", status: int = 200
) -> web.Response:
    """A form for `title`, a `notice` (a Vietnamese msgid), or both."""
    chat, lang = desk(request), language_of(request)
    words = {key: chat.translate(lang, msgid) for key, msgid in SLOT.items()}
    words |= {
        "item": title,
        "notice": chat.translate(lang, notice) if notice else "",
        "form_hidden": "" if title else "hidden",
        "notice_hidden": "" if notice else "hidden",
    }
    frame = {"lang": lang, "title": chat.title[lang], "place": chat.place.get(lang, "")}
    script = (
        f'<script type="application/json" id="setup">{setup(request)}</script>\n'
        f'<script type="module" src="/static/{version()}/upload.js"></script>\n'
    )
    main = filled("upload.html", words)
    page = service_page("upload", frame, main, head=PRIVATE + script, style=False)
    return html_answer(page, status)


async def get_slot(request: web.Request) -> web.Response:
    """The upload page of a link, or the sentence that it is over (410)."""
    try:
        return slot_page(request, title=await _title(request))
    except Refused as no:
        return slot_page(request, notice=no.msgid, status=no.status)


async def post_slot(request: web.Request) -> web.Response:
    """Take the files of the form; JSON for the page's script, a page for a plain form."""
    if "application/json" in request.headers.get("Accept", ""):
        return await _answer_json(request)
    title = await desk(request).reception.upload_slot(_token(request)) or ""
    try:
        await _fill(request)
    except Refused as no:
        return slot_page(request, title=title, notice=no.msgid, status=no.status)
    return slot_page(request, notice=SLOT["slot_done"])


async def _answer_json(request: web.Request) -> web.Response:
    try:
        await _fill(request)
    except Refused as no:
        return refusal(request, no)
    return private({"message": desk(request).translate(language_of(request), SLOT["slot_done"])})


async def _fill(request: web.Request) -> None:
    """Keep every file, then use the link up with them; one bad file refuses them all."""
    await _title(request)
    if not await desk(request).reception.admits("upload", asker(request), _token(request)):
        raise too_fast()
    parts = await multipart(request)
    kept: list[Attachment] = []
    async with patience(request, _token(request)):
        while (part := await next_file(parts)) is not None:
            if len(kept) == FILES:
                raise too_many_files()
            data = await read_part(part)
            kept.append(await _keep(request, data, clean_name(part.filename)))
    if not kept:
        raise no_file()
    if await desk(request).reception.fill_slot(_token(request), kept) is not Outcome.WRITTEN:
        raise slot_over()


async def _keep(request: web.Request, data: bytes, name: str) -> Attachment:
    file = await stored(desk(request).reception.keep_slot_file(_token(request), data, name))
    if file is None:
        raise slot_over()
    if file.refused:
        raise bad_file(file.refused)
    return file


async def _title(request: web.Request) -> str:
    title = await desk(request).reception.upload_slot(_token(request))
    if title is None:
        raise slot_over()
    return title


def _token(request: web.Request) -> str:
    token = request.match_info["token"]
    return token if TOKEN.fullmatch(token) else ""
