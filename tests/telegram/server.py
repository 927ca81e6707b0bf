"""A Bot API server on loopback, as strict as Telegram's: it refuses what Telegram refuses, in the
same words (github.com/tdlib/telegram-bot-api, Client.cpp), and unknown parameters too.

People are told to do things (`says`, `presses`, ...); what bots send lands in `chats`.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, web

from tests.telegram.parsing import Bad, read_html, units

KNOWN: dict[str, set[str]] = {
    "getMe": set(),
    "getUpdates": {"offset", "limit", "timeout", "allowed_updates"},
    "setWebhook": {"url", "secret_token", "allowed_updates", "max_connections"},
    "deleteWebhook": {"drop_pending_updates"},
    "sendMessage": {
        *("chat_id", "text", "parse_mode", "link_preview_options", "reply_markup"),
        "reply_parameters",
    },
    "editMessageText": {
        *("chat_id", "message_id", "text", "parse_mode", "link_preview_options", "reply_markup"),
    },
    "editMessageReplyMarkup": {"chat_id", "message_id", "reply_markup"},
    "deleteMessage": {"chat_id", "message_id"},
    "sendPhoto": {
        *("chat_id", "photo", "caption", "parse_mode", "reply_markup", "reply_parameters"),
    },
    "sendDocument": {
        *("chat_id", "document", "caption", "parse_mode", "reply_markup", "reply_parameters"),
    },
    "sendMediaGroup": {"chat_id", "media", "reply_parameters"},
    "answerCallbackQuery": {"callback_query_id", "text", "show_alert"},
    "getFile": {"file_id"},
    "getMyName": {"language_code"},
    "setMyName": {"language_code", "name"},
    "getMyDescription": {"language_code"},
    "setMyDescription": {"language_code", "description"},
    "getMyShortDescription": {"language_code"},
    "setMyShortDescription": {"language_code", "short_description"},
    "getMyCommands": {"language_code", "scope"},
    "setMyCommands": {"language_code", "scope", "commands"},
}
FILES = ("photo", "document")
SHOWS = {
    *("sendMessage", "editMessageText", "editMessageReplyMarkup", "deleteMessage", "sendPhoto"),
    *("sendDocument", "sendMediaGroup"),
}


@dataclass
class Hit:
    """One call a bot made."""

    method: str
    params: dict[str, Any]
    at: float
    status: int = 200


@dataclass
class Bot:
    """One token."""

    token: str
    username: str
    queue: deque[dict[str, Any]] = field(default_factory=deque)
    next_update: int = 1000
    webhook: dict[str, Any] | None = None
    news: asyncio.Event = field(default_factory=asyncio.Event)
    profile: dict[str, Any] = field(default_factory=dict)
    calls: list[Hit] = field(default_factory=list)
    queries: set[str] = field(default_factory=set)
    answered: list[str] = field(default_factory=list)
    polling: int = 0

    @property
    def id(self) -> int:
        return int(self.token.partition(":")[0])


Fault = Callable[[str, dict[str, Any]], "web.Response | str | None"]


class BotApi:
    """The server. `fault(method, params)` may return a response to give instead, or "drop" (the
    connection dies before it is done) or "lose" (it is done, the answer never comes)."""

    def __init__(self, *tokens: str, limits: bool = False) -> None:
        self.bots = {token: Bot(token, f"bot{token.partition(':')[0]}_bot") for token in tokens}
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self.chats: dict[int, list[dict[str, Any]]] = defaultdict(list)
        self.files: dict[str, bytes] = {}
        self.blocked: set[int] = set()
        self.moved: dict[int, int] = {}
        self.unknown: set[int] = set()
        self.fault: Fault = lambda method, params: None
        self.limits = limits
        self.sent_at: list[float] = []
        self.chat_sent: dict[int, list[float]] = defaultdict(list)
        self.refused_429 = 0
        self.cut_downloads = 0  # downloads to break off half-way
        self._numbers = 100
        self.runner: web.AppRunner | None = None
        self.base = ""

    # -- running ---------------------------------------------------------------------------------
    async def start(self) -> str:
        app = web.Application(client_max_size=60 << 20)
        app.router.add_route("*", "/bot{token}/{method}", self._method)
        app.router.add_get("/file/bot{token}/{path:.*}", self._file)
        self.runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        self.base = f"http://127.0.0.1:{self.runner.addresses[0][1]}"
        return self.base

    async def stop(self) -> None:
        if self.runner is not None:
            await self.runner.cleanup()

    def number(self) -> int:
        self._numbers += 1
        return self._numbers

    # -- calls -----------------------------------------------------------------------------------
    async def _method(self, request: web.Request) -> web.StreamResponse:
        bot = self.bots.get(request.match_info["token"])
        if bot is None:
            return refusal(401, "Unauthorized")
        method = request.match_info["method"]
        params = await read_params(request)
        hit = Hit(method, params, time.monotonic())
        bot.calls.append(hit)
        made = self.fault(method, params)
        if made == "drop" and request.transport is not None:
            request.transport.abort()
            raise asyncio.CancelledError
        if isinstance(made, web.Response):
            hit.status = made.status
            return made
        try:
            result = await self._do(bot, method, params)
        except Bad as bad:
            hit.status = bad.code
            return refusal(bad.code, bad.text, bad.more)
        if made == "lose" and request.transport is not None:
            request.transport.abort()
            raise asyncio.CancelledError
        return web.json_response({"ok": True, "result": result})

    async def _do(self, bot: Bot, method: str, params: dict[str, Any]) -> Any:
        if method not in KNOWN:
            raise Bad(404, "Not Found")
        if odd := set(params) - KNOWN[method]:
            raise Bad(400, f"Bad Request: unknown parameters {sorted(odd)}")
        if method in SHOWS:
            self._pace(int(params.get("chat_id", 0)))
            self._reach(int(params.get("chat_id", 0)))
        handler = getattr(self, "_" + re.sub("([A-Z])", r"_\1", method).lower(), None)
        if handler is not None:
            done = handler(bot, params)
            return await done if asyncio.iscoroutine(done) else done
        return self._profile(bot, method, params)

    def _reach(self, chat: int) -> None:
        if chat in self.moved:
            raise Bad(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": self.moved[chat]},
            )
        if chat in self.blocked:
            raise Bad(403, "Forbidden: bot was blocked by the user")
        if chat in self.unknown:
            raise Bad(400, "Bad Request: chat not found")

    def _pace(self, chat: int) -> None:
        """30 a second in all, 20 a minute in a group, 1 a second (bursts of 4) in private."""
        now = time.monotonic()
        recent = [at for at in self.sent_at[-40:] if now - at < 1.0]
        window, most = (60.0, 20) if chat < 0 else (4.0, 7)
        mine = [at for at in self.chat_sent[chat] if now - at < window]
        if self.limits and (len(recent) >= 30 or len(mine) >= most):
            self.refused_429 += 1
            raise Bad(429, "Too Many Requests: retry after 1", {"retry_after": 1})
        self.sent_at.append(now)
        self.chat_sent[chat] = [*mine, now]

    # -- methods ---------------------------------------------------------------------------------
    def _get_me(self, bot: Bot, params: dict[str, Any]) -> Any:
        return {"id": bot.id, "is_bot": True, "first_name": "Bot", "username": bot.username}

    async def _get_updates(self, bot: Bot, params: dict[str, Any]) -> Any:
        if bot.webhook:
            raise Bad(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook "
                "to delete the webhook first",
            )
        bot.polling += 1
        bot.news.set()  # a poll that is under way ends now: the newest one counts
        mine = bot.polling
        offset = int(params.get("offset", 0))
        while bot.queue and bot.queue[0]["update_id"] < offset:
            bot.queue.popleft()
        until = time.monotonic() + min(float(params.get("timeout", 0)), 50.0)
        while not bot.queue and (left := until - time.monotonic()) > 0:
            bot.news.clear()
            try:
                await asyncio.wait_for(bot.news.wait(), left)
            except TimeoutError:
                break
            if mine != bot.polling:
                raise Bad(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one "
                    "bot instance is running",
                )
        return list(bot.queue)[: int(params.get("limit", 100))]

    def _set_webhook(self, bot: Bot, params: dict[str, Any]) -> Any:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", params.get("secret_token", "x")):
            raise Bad(400, "Bad Request: secret token contains unallowed characters")
        bot.webhook = params
        return True

    def _delete_webhook(self, bot: Bot, params: dict[str, Any]) -> Any:
        bot.webhook = None
        return True

    def _send_message(self, bot: Bot, params: dict[str, Any]) -> Any:
        return self._put(bot, params, {"text": shown_text(params)})

    def _send_photo(self, bot: Bot, params: dict[str, Any]) -> Any:
        size = {"file_id": "p", "file_unique_id": "p", "width": 90, "height": 90}
        return self._put(bot, params, {"photo": [size], "caption": caption(params)})

    def _send_document(self, bot: Bot, params: dict[str, Any]) -> Any:
        file = {"file_id": "d", "file_unique_id": "d", "file_name": params["document"].filename}
        return self._put(bot, params, {"document": file, "caption": caption(params)})

    def _send_media_group(self, bot: Bot, params: dict[str, Any]) -> Any:
        media = json.loads(params["media"])
        if not 2 <= len(media) <= 10:
            raise Bad(400, "Bad Request: wrong number of media in the album")
        size = {"file_id": "p", "file_unique_id": "p", "width": 90, "height": 90}
        file = {"file_id": "d", "file_unique_id": "d"}
        kinds: dict[str, dict[str, Any]] = {
            "photo": {"photo": [size]},
            "document": {"document": file},
        }
        return [self._put(bot, params, {**kinds[m["type"]], "caption": caption(m)}) for m in media]

    def _put(self, bot: Bot, params: dict[str, Any], what: dict[str, Any]) -> dict[str, Any]:
        chat = int(params["chat_id"])
        message = {
            "message_id": self.number(),
            "date": int(time.time()),
            "chat": chat_json(chat),
            "from": self._get_me(bot, {}),
            **{key: value for key, value in what.items() if value},
        }
        if markup := check_markup(params.get("reply_markup")):
            message["_markup"] = markup
            if "inline_keyboard" in markup:
                message["reply_markup"] = markup
        self.messages[chat, message["message_id"]] = message
        self.chats[chat].append(message)
        return {key: value for key, value in message.items() if key != "_markup"}

    def _edit_message_text(self, bot: Bot, params: dict[str, Any]) -> Any:
        message = self._found(params)
        if "text" not in message:
            raise Bad(400, "Bad Request: there is no text in the message to edit")
        text, markup = shown_text(params), check_markup(params.get("reply_markup"))
        if text == message["text"] and markup == message.get("reply_markup"):
            raise Bad(400, NOT_MODIFIED)
        message["text"] = text
        return self._marked(message, markup)

    def _edit_message_reply_markup(self, bot: Bot, params: dict[str, Any]) -> Any:
        message = self._found(params)
        markup = check_markup(params.get("reply_markup"))
        if markup == message.get("reply_markup"):
            raise Bad(400, NOT_MODIFIED)
        return self._marked(message, markup)

    def _marked(self, message: dict[str, Any], markup: dict[str, Any] | None) -> Any:
        message.pop("reply_markup", None)
        message["_markup"] = markup
        if markup:
            message["reply_markup"] = markup
        message["edits"] = message.get("edits", 0) + 1
        return {key: v for key, v in message.items() if key not in ("_markup", "edits")}

    def _found(self, params: dict[str, Any]) -> dict[str, Any]:
        found = self.messages.get((int(params["chat_id"]), int(params["message_id"])))
        if found is None:
            raise Bad(400, "Bad Request: message to edit not found")
        return found

    def _answer_callback_query(self, bot: Bot, params: dict[str, Any]) -> Any:
        query = params["callback_query_id"]
        if query not in bot.queries:
            raise Bad(
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
            )
        bot.answered.append(query)
        return True

    def _get_file(self, bot: Bot, params: dict[str, Any]) -> Any:
        file = params["file_id"]
        if file not in self.files:
            raise Bad(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        size = len(self.files[file])
        if size > 20 << 20:
            raise Bad(400, "Bad Request: file is too big")
        return {
            "file_id": file,
            "file_unique_id": file,
            "file_size": size,
            "file_path": f"x/{file}",
        }

    async def _file(self, request: web.Request) -> web.StreamResponse:
        data = self.files.get(request.match_info["path"].removeprefix("x/"))
        if data is None or request.match_info["token"] not in self.bots:
            return web.Response(status=404)
        start = int(re.sub(r"\D", "", request.headers.get("Range", "0")) or 0)
        part = data[start:]
        if self.cut_downloads:
            self.cut_downloads -= 1
            answer = web.StreamResponse(status=206 if start else 200)
            answer.content_length = len(part)
            await answer.prepare(request)
            await answer.write(part[: len(part) // 2])
            await asyncio.sleep(0.05)
            if request.transport is not None:
                request.transport.abort()
            return answer
        return web.Response(body=part, status=206 if start else 200)

    def _profile(self, bot: Bot, method: str, params: dict[str, Any]) -> Any:
        what = re.sub(r"^[gs]etMy", "", method)
        field_ = {"Name": "name", "Description": "description", "Commands": "commands"}.get(
            what, "short_description"
        )
        where = f"{what}/{params.get('language_code', '')}/{params.get('scope', '')}"
        if method.startswith("set"):
            bot.profile[where] = params.get(field_, "")
            return True
        kept = bot.profile.get(where, "[]" if what == "Commands" else "")
        return json.loads(kept) if what == "Commands" else {field_: kept}

    # -- updates ---------------------------------------------------------------------------------
    def update(self, token: str, **event: Any) -> dict[str, Any]:
        """Queue one update; with a webhook, `push` sends it."""
        bot = self.bots[token]
        made = {"update_id": bot.next_update, **event}
        bot.next_update += 1
        bot.queue.append(made)
        bot.news.set()
        return made

    async def push(self, token: str) -> list[int]:
        """Send what is queued to the webhook, in order; the statuses. A method in the answer is
        done. What was not answered with 200 stays queued."""
        bot, statuses = self.bots[token], []
        assert bot.webhook is not None
        headers = {"X-Telegram-Bot-Api-Secret-Token": bot.webhook["secret_token"]}
        async with ClientSession() as session:
            for update in list(bot.queue):
                async with session.post(bot.webhook["url"], json=update, headers=headers) as answer:
                    statuses.append(answer.status)
                    if answer.status == 200:
                        bot.queue.remove(update)
                        body = await answer.json()
                        if method := body.pop("method", None):
                            await self._do(bot, method, body)
        return statuses


NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


def refusal(code: int, text: str, more: dict[str, Any] | None = None) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": text}
    if more:
        body["parameters"] = more
    return web.json_response(body, status=code)


async def read_params(request: web.Request) -> dict[str, Any]:
    """Parameters of a query, a form, a multipart form or JSON; files as they came."""
    if request.content_type == "application/json":
        return dict(await request.json())
    form = await request.post()
    parts = {f"attach://{key}": value for key, value in form.items() if not isinstance(value, str)}
    texts = {k: v for k, v in {**request.query, **form}.items() if isinstance(v, str)}
    direct = {k: v for k, v in form.items() if not isinstance(v, str) and k in FILES}
    return {**{key: parts.get(value, value) for key, value in texts.items()}, **direct}


def chat_json(chat: int) -> dict[str, Any]:
    if chat < 0:
        return {"id": chat, "type": "supergroup", "title": "Nhóm"}
    return {"id": chat, "type": "private", "first_name": "Lan"}


def shown_text(params: dict[str, Any]) -> str:
    text = read_html(params.get("text", ""), params.get("parse_mode"))
    if not text.strip():
        raise Bad(400, "Bad Request: message text is empty")
    if units(text) > 4096:
        raise Bad(400, "Bad Request: message is too long")
    return text


def caption(params: dict[str, Any]) -> str:
    text = read_html(params.get("caption", ""), params.get("parse_mode"))
    if units(text) > 1024:
        raise Bad(400, "Bad Request: message caption is too long")
    return text


def check_markup(raw: Any) -> dict[str, Any] | None:
    if not raw:
        return None
    markup: dict[str, Any] = json.loads(raw) if isinstance(raw, str) else raw
    for row in markup.get("inline_keyboard", []):
        for button in row:
            data = button.get("callback_data")
            if not button.get("text"):
                raise Bad(400, "Bad Request: can't parse inline keyboard button: text is empty")
            if data is not None and not 1 <= len(data.encode()) <= 64:
                raise Bad(400, "Bad Request: BUTTON_DATA_INVALID")
            if data is None and not re.match(r"https?://[^/]*\.", button.get("url", "")):
                raise Bad(400, "Bad Request: inline keyboard button URL is invalid: Wrong HTTP URL")
    return markup
