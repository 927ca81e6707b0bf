"""A Bot API server on loopback, as strict as Telegram's: it refuses what Telegram refuses, in the
same words (github.com/tdlib/telegram-bot-api, Client.cpp), and unknown parameters too.

What people do is queued as updates (tests/telegram/phone.py); what bots send lands in `chats`. An
update lives a day, a press 150 seconds; a press can be answered for 15 seconds.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.telegram.hooks import HookSender
from tests.telegram.parsing import Bad, bad, caption, check_markup, check_profile, shown_text

KNOWN: dict[str, set[str]] = {
    "getMe": set(),
    "getUpdates": {"offset", "limit", "timeout", "allowed_updates"},
    "setWebhook": {"url", "secret_token", "allowed_updates", "max_connections"},
    "deleteWebhook": {"drop_pending_updates"},
    "getWebhookInfo": set(),
    "sendMessage": {
        *("chat_id", "text", "parse_mode", "link_preview_options", "reply_markup"),
        *("reply_parameters", "message_thread_id"),
    },
    "editMessageText": {
        *("chat_id", "message_id", "text", "parse_mode", "link_preview_options", "reply_markup"),
    },
    "editMessageReplyMarkup": {"chat_id", "message_id", "reply_markup"},
    "deleteMessage": {"chat_id", "message_id"},
    "sendPhoto": {
        *("chat_id", "photo", "caption", "parse_mode", "reply_markup", "reply_parameters"),
        "message_thread_id",
    },
    "sendDocument": {
        *("chat_id", "document", "caption", "parse_mode", "reply_markup", "reply_parameters"),
        "message_thread_id",
    },
    "sendMediaGroup": {"chat_id", "media", "reply_parameters", "message_thread_id"},
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
HIDDEN = ("_markup", "_keys", "edits")  # what the server notes on a message
LIFE, PRESS_LIFE, ANSWERABLE = 86_400.0, 150.0, 15.0  # seconds
PATH_LIFE = 3600.0  # of a file's path
UPDATES = {"message", "edited_message", "callback_query", "my_chat_member"}  # told by default
GROUP_BAN = 3.0  # seconds that a 429 of a chat lasts at first; a call before its end adds to it
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
    queries: dict[str, float] = field(default_factory=dict)  # a press, and when it came
    answered: list[str] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)  # what presses were told
    allowed: set[str] = field(default_factory=lambda: set(UPDATES))
    polling: int = 0
    asking: int = 0  # getUpdates under way
    hooked_at: float = float("-inf")
    sender: HookSender | None = None
    banned: dict[int, float] = field(default_factory=dict)  # chats, and until when
    sent_at: list[float] = field(default_factory=list)
    chat_sent: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def id(self) -> int:
        return int(self.token.partition(":")[0])


Fault = Callable[[str, dict[str, Any]], "web.Response | str | None"]


class BotApi:
    """The server. `fault(method, params)` may return a response to give instead, or "drop" (the
    connection dies before it is done) or "lose" (it is done, the answer never comes). `now` tells
    the time by which updates die; `second` is how long one second of a webhook's waits lasts."""

    def __init__(
        self,
        *tokens: str,
        limits: bool = False,
        now: Callable[[], float] = time.time,
        second: float = 1.0,
    ) -> None:
        self.now, self.second = now, second
        self.bots = {token: Bot(token, f"bot{token.partition(':')[0]}_bot") for token in tokens}
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self.chats: dict[int, list[dict[str, Any]]] = defaultdict(list)
        self.files: dict[str, bytes] = {}
        self.blocked: set[int] = set()
        self.moved: dict[int, int] = {}
        self.unknown: set[int] = set()
        self.deactivated: set[int] = set()
        self.kicked: set[int] = set()
        self.strangers: set[int] = set()  # never opened a chat with the bot
        self.topics: dict[int, set[int]] = {}  # of a forum; and those that were closed
        self.closed: set[int] = set()
        self.held: dict[str, tuple[str, str, Any]] = {}  # what was uploaded, by its name
        self.uploads = 0
        self.paths: dict[str, float] = {}  # files' paths, and when they were given
        self.fault: Fault = lambda method, params: None
        self.limits = limits
        self.refused_429 = 0
        self.cut_downloads = 0  # downloads to break off half-way
        self.ever: dict[int, list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
        self.born: dict[int, float] = {}  # updates, and when they came
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
        method = by_lower(request.match_info["method"])
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
        if odd := {name for name in params if "://" not in name} - KNOWN[method]:
            raise Bad(400, f"Bad Request: unknown parameters {sorted(odd)}")
        if method in SHOWS:
            if not re.fullmatch(r"-?\d+", str(params.get("chat_id", ""))):
                raise bad("chat_id is empty")
            self._pace(bot, int(params["chat_id"]))
            self._reach(int(params["chat_id"]))
        handler = getattr(self, "_" + re.sub("([A-Z])", r"_\1", method).lower(), None)
        if handler is not None:
            done = handler(bot, params)
            return await done if asyncio.iscoroutine(done) else done
        return self._profile(bot, method, params)

    def _reach(self, chat: int) -> None:
        if chat in self.moved:
            more = {"migrate_to_chat_id": self.moved[chat]}
            raise bad("group chat was upgraded to a supergroup chat", more)
        if chat in self.unknown:
            raise bad("chat not found")
        kind = "supergroup" if str(chat).startswith("-100") else "group"
        for who, text in (
            (self.blocked, "bot was blocked by the user"),
            (self.deactivated, "user is deactivated"),
            (self.strangers, "bot can't initiate conversation with a user"),
            (self.kicked, f"bot was kicked from the {kind} chat"),
        ):
            if chat in who:
                raise Bad(403, f"Forbidden: {text}")

    def _pace(self, bot: Bot, chat: int) -> None:
        """Of each bot: 30 a second in all, 20 a minute in a group, 1 a second (bursts of 4) in
        private. A call before a ban ends makes it longer."""
        now = time.monotonic()
        recent = [at for at in bot.sent_at[-40:] if now - at < 1.0]
        window, most = (60.0, 20) if chat < 0 else (4.0, 7)
        mine = [at for at in bot.chat_sent[chat] if now - at < window]
        ban = bot.banned.get(chat, 0.0)
        if ban > now:
            self._refuse(bot, chat, ban - now + 1.0)
        if self.limits and len(mine) >= most:
            self._refuse(bot, chat, GROUP_BAN if chat < 0 else 1.0)
        if self.limits and len(recent) >= 30:
            self.refused_429 += 1
            raise Bad(429, "Too Many Requests: retry after 1", {"retry_after": 1})
        bot.sent_at.append(now)
        bot.chat_sent[chat] = [*mine, now]

    def _refuse(self, bot: Bot, chat: int, seconds: float) -> None:
        self.refused_429 += 1
        wait = math.ceil(seconds)
        bot.banned[chat] = time.monotonic() + wait
        raise Bad(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})

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
        if "allowed_updates" in params:
            bot.allowed = set(json.loads(params["allowed_updates"])) or set(UPDATES)
        bot.polling += 1
        bot.news.set()  # a poll that is under way ends now: the newest one counts
        mine = bot.polling
        bot.news.set()  # whoever else asks is told that there are two
        offset = int(params.get("offset", 0))
        while bot.queue and bot.queue[0]["update_id"] < offset:
            bot.queue.popleft()
        self._bury(bot)
        until = time.monotonic() + min(float(params.get("timeout", 0)), 50.0)
        while not bot.queue and (left := until - time.monotonic()) > 0:
            bot.news.clear()
            bot.asking = mine
            try:
                await asyncio.wait_for(bot.news.wait(), left)
            except TimeoutError:
                break
            if bot.webhook:
                raise Bad(409, "Conflict: terminated by setWebhook request")
            if mine != bot.polling:
                raise Bad(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one "
                    "bot instance is running",
                )
        limit = int(params.get("limit", 100))
        return list(bot.queue)[: limit if 1 <= limit <= 100 else 100]

    def alive(self, update: dict[str, Any]) -> bool:
        """A press lives 150 seconds, anything else a day."""
        life = PRESS_LIFE if "callback_query" in update else LIFE
        return self.now() - self.born.get(update["update_id"], self.now()) < life

    def _bury(self, bot: Bot) -> None:
        bot.queue = deque(update for update in bot.queue if self.alive(update))

    def _set_webhook(self, bot: Bot, params: dict[str, Any]) -> Any:
        secret = params.get("secret_token", "x")
        if len(secret) > 256:
            raise bad("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]+", secret):
            raise bad("secret token contains unallowed characters")
        if not re.match(r"https?://", params.get("url", "")):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not 1 <= int(params.get("max_connections", 40)) <= 100:
            raise bad("bad webhook: max_connections is out of range")
        if time.monotonic() - bot.hooked_at < 1.0:
            raise Bad(429, "Too Many Requests: retry after 1", {"retry_after": 1})
        if "allowed_updates" in params:
            raw = params["allowed_updates"]
            bot.allowed = set(json.loads(raw) if isinstance(raw, str) else raw) or set(UPDATES)
        bot.webhook, bot.hooked_at = params, time.monotonic()
        bot.news.set()  # a poll that is under way ends now

        async def do(method: str, body: dict[str, Any]) -> Any:
            bot.calls.append(Hit(method, body, time.monotonic()))
            return await self._do(bot, method, body)

        bot.sender = HookSender(params, self.alive, do, self.second)
        return True

    def _get_webhook_info(self, bot: Bot, params: dict[str, Any]) -> Any:
        url = (bot.webhook or {}).get("url", "")
        return {
            "url": url,
            "has_custom_certificate": False,
            "pending_update_count": len(bot.queue),
        }

    def _delete_webhook(self, bot: Bot, params: dict[str, Any]) -> Any:
        bot.webhook = None
        return True

    def _send_message(self, bot: Bot, params: dict[str, Any]) -> Any:
        return self._put(bot, params, {"text": shown_text(params)})

    def _send_photo(self, bot: Bot, params: dict[str, Any]) -> Any:
        told = self._held(bot, "photo", params.get("photo"))
        return self._put(bot, params, {"photo": told, "caption": caption(params)})

    def _send_document(self, bot: Bot, params: dict[str, Any]) -> Any:
        told = self._held(bot, "document", params.get("document"))
        return self._put(bot, params, {"document": told, "caption": caption(params)})

    def _held(self, bot: Bot, kind: str, given: Any) -> Any:
        """An upload gets a name, which only this bot may use again, for the same kind."""
        if not given:
            raise bad(f"there is no {kind} in the request")
        if isinstance(given, str):
            known = self.held.get(given)
            if known is None or known[0] != bot.token:
                raise bad("wrong file identifier/HTTP URL specified")
            if known[1] != kind:
                types = f"{known[1].capitalize()} as {kind.capitalize()}"
                raise bad(f"can't use file of type {types}")
            return known[2]
        self.uploads += 1
        name = f"AgAC-{self.number()}"
        told: Any = {"file_id": name, "file_unique_id": f"u{name}", "file_name": given.filename}
        if kind == "photo":
            small, large = ({"width": n, "height": n} for n in (90, 900))
            ids = {"file_id": name, "file_unique_id": f"u{name}"}
            told = [{**small, "file_id": f"{name}s", "file_unique_id": "s"}, {**large, **ids}]
        self.held[name] = (bot.token, kind, told)
        return told

    def _send_media_group(self, bot: Bot, params: dict[str, Any]) -> Any:
        media = json.loads(params["media"])
        if not 2 <= len(media) <= 10:
            raise bad("wrong number of media in the album" if media else "media is empty")
        if len({one["type"] for one in media}) > 1:
            raise bad("Document can't be mixed with other media types")
        told = []
        for one in media:
            given, kind = one.get("media", ""), one["type"]
            held = self._held(bot, kind, params.get(given, given))
            told.append({kind: held, "caption": caption(one)})
        group = str(self.number())
        return [self._put(bot, params, {**what, "media_group_id": group}) for what in told]

    def _put(self, bot: Bot, params: dict[str, Any], what: dict[str, Any]) -> dict[str, Any]:
        chat = int(params["chat_id"])
        message = {
            "message_id": self.number(),
            "date": int(time.time()),
            "chat": chat_json(chat),
            "from": self._get_me(bot, {}),
            **{key: value for key, value in what.items() if value},
        }
        message |= self._topic(chat, params)
        self._check_reply(chat, params)
        if markup := check_markup(params.get("reply_markup")):
            message["_markup"] = markup
            self.ever[chat].append((message, markup))
            if "inline_keyboard" in markup:
                message["reply_markup"] = markup
            else:
                message["_keys"] = True
            asks = [key for row in markup.get("keyboard", []) for key in row if len(key) > 1]
            if chat < 0 and asks:
                raise bad("phone number can be requested in private chats only")
        self.messages[chat, message["message_id"]] = message
        self.chats[chat].append(message)
        return {key: value for key, value in message.items() if key not in HIDDEN}

    def _topic(self, chat: int, params: dict[str, Any]) -> dict[str, Any]:
        """Where in a forum a message stands: in the named topic, else where what it answers is."""
        known, named = self.topics.get(chat, set()), params.get("message_thread_id")
        if named is None:
            raw = params.get("reply_parameters") or "{}"
            to = json.loads(raw) if isinstance(raw, str) else raw
            first = self.messages.get((chat, int(to.get("message_id", 0))), {})
            named = first.get("message_thread_id") if first.get("is_topic_message") else None
        elif int(named) not in known:
            raise bad("message thread not found")
        if named is not None and int(named) in self.closed:
            raise bad("TOPIC_CLOSED")
        told = {"message_thread_id": int(named or 0), "is_topic_message": True}
        return told if named is not None else {}

    def _check_reply(self, chat: int, params: dict[str, Any]) -> None:
        raw = params.get("reply_parameters")
        if not raw:
            return
        to = json.loads(raw) if isinstance(raw, str) else raw
        known = (chat, int(to["message_id"])) in self.messages
        if not known and not to.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")

    def _edit_message_text(self, bot: Bot, params: dict[str, Any]) -> Any:
        message = self._found(bot, params)
        if "text" not in message:
            raise Bad(400, "Bad Request: there is no text in the message to edit")
        text, markup = shown_text(params), check_markup(params.get("reply_markup"))
        if text == message["text"] and markup == message.get("reply_markup"):
            raise Bad(400, NOT_MODIFIED)
        message["text"] = text
        return self._marked(message, markup)

    def _edit_message_reply_markup(self, bot: Bot, params: dict[str, Any]) -> Any:
        message = self._found(bot, params)
        markup = check_markup(params.get("reply_markup"))
        if markup == message.get("reply_markup"):
            raise Bad(400, NOT_MODIFIED)
        return self._marked(message, markup)

    def _marked(self, message: dict[str, Any], markup: dict[str, Any] | None) -> Any:
        self.ever[message["chat"]["id"]].append((message, markup or {}))
        message.pop("reply_markup", None)
        message["_markup"] = markup
        if markup:
            message["reply_markup"] = markup
        message["edits"] = message.get("edits", 0) + 1
        return {key: v for key, v in message.items() if key not in HIDDEN}

    def _found(self, bot: Bot, params: dict[str, Any]) -> dict[str, Any]:
        if "message_id" not in params:
            raise bad("message identifier is not specified")
        found = self.messages.get((int(params["chat_id"]), int(params["message_id"])))
        if found is None:
            raise bad("message to edit not found")
        if not found["from"]["is_bot"] or found["from"]["id"] != bot.id or "_keys" in found:
            raise bad("message can't be edited")  # somebody's else, or with a keyboard of its own
        return found

    def _delete_message(self, bot: Bot, params: dict[str, Any]) -> Any:
        if self.messages.pop((int(params["chat_id"]), int(params["message_id"])), None) is None:
            raise bad("message to delete not found")
        return True

    def _answer_callback_query(self, bot: Bot, params: dict[str, Any]) -> Any:
        query = str(params["callback_query_id"])
        came = bot.queries.get(query)
        if came is None or self.now() - came > ANSWERABLE:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(params.get("text", "")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        bot.answered.append(query)
        bot.answers[query] = params
        return True

    def _get_file(self, bot: Bot, params: dict[str, Any]) -> Any:
        file = params.get("file_id", "")
        if not file:
            raise bad("file_id not specified")
        if file not in self.files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        size = len(self.files[file])
        if size > 20 << 20:
            raise bad("file is too big")
        self.paths[f"x/{file}"] = self.now()
        return {
            "file_id": file,
            "file_unique_id": file,
            "file_size": size,
            "file_path": f"x/{file}",
        }

    async def _file(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        data = self.files.get(path.removeprefix("x/"))
        fresh = self.now() - self.paths.get(path, float("-inf")) < PATH_LIFE
        if data is None or not fresh or request.match_info["token"] not in self.bots:
            return refusal(404, "Not Found")
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
        check_profile(method, params)
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
        """Queue one update; with a webhook, `push` (or `bring`) sends it. A kind that the bot did
        not ask for is never told."""
        bot = self.bots[token]
        made = {"update_id": bot.next_update, **event}
        bot.next_update += 1
        if not bot.allowed & event.keys():
            return made
        self.born[made["update_id"]] = self.now()
        bot.queue.append(made)
        bot.news.set()
        return made

    async def push(self, token: str) -> list[int]:
        """Send what is queued to the webhook, in order, once each; the statuses. What was not
        answered with 2xx stays queued."""
        bot, statuses = self.bots[token], []
        assert bot.sender is not None
        self._bury(bot)
        for update in list(bot.queue):
            status, _ = await bot.sender.once(update)
            statuses.append(status)
            if 200 <= status < 300:
                bot.queue.remove(update)
        return statuses

    def bring(self, token: str) -> list[asyncio.Task[None]]:
        """Send what is queued as Telegram does: again and again until it is taken or dies."""
        bot = self.bots[token]
        assert bot.sender is not None
        tasks = [bot.sender.bring(update) for update in bot.queue]
        bot.queue.clear()
        return tasks

    async def taken(self, token: str) -> None:
        """Until the poller has confirmed everything that was queued and asks for more."""
        bot = self.bots[token]
        async with asyncio.timeout(60):
            while bot.queue or bot.asking != bot.polling:  # noqa: ASYNC110
                await asyncio.sleep(0.002)


METHODS = {name.lower(): name for name in KNOWN}


def by_lower(method: str) -> str:
    """Method names are known in any case."""
    return METHODS.get(method.lower(), method)


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
    return {**{key: parts.get(value, value) for key, value in texts.items()}, **direct, **parts}


def chat_json(chat: int) -> dict[str, Any]:
    if chat < 0:
        return {"id": chat, "type": "supergroup", "title": "Nhóm"}
    return {"id": chat, "type": "private", "first_name": "Lan"}
