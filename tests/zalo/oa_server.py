"""A strict Zalo OA: refuses what the real one refuses, counts windows, rotates tokens."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import clock
from tests.zalo.media import Media

APP, APP_SECRET, OA_SECRET = "431000", "app-secret", "oa-secret"
MESSAGE = {"text", "attachment", "quote_message_id"}
CODE_LIVES, UPLOAD_LIVES = timedelta(minutes=10), timedelta(minutes=30)
POTS = {"quota_owner", "product_type", "quota_type"}
BUTTONS = {"oa.query.show", "oa.query.hide", "oa.open.url", "oa.open.phone", "oa.open.sms"}


@dataclass
class OaServer:
    """`refresh` is the token that is good now; `acted` is when each person last did something."""

    refresh: str = "refresh-0"
    base: str = ""
    access: str = ""
    access_until: datetime | None = None
    acted: dict[str, datetime] = field(default_factory=dict)
    free: dict[str, int] = field(default_factory=dict)
    sent: list[dict[str, Any]] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    lives: int = 90000  # seconds of an access token
    renewals: int = 0
    burnt: int = 0  # times a dead refresh token was used
    errors: list[int] = field(default_factory=list)  # answered to the next messages
    codes: dict[str, tuple[str, datetime]] = field(default_factory=dict)  # code → challenge, until
    lose_answer: bool = False  # the next renewal happens, its answer does not arrive
    uploads: dict[str, tuple[str, datetime]] = field(default_factory=dict)  # → kind, until
    count: Any = field(default_factory=lambda: itertools.count(1))
    media: Media = field(default_factory=Media)
    approved: dict[str, set[str]] = field(default_factory=dict)  # template id → its gaps
    templates: list[dict[str, Any]] = field(default_factory=list)  # accepted ones
    template_errors: list[int] = field(default_factory=list)
    faults: Callable[[], str] = lambda: ""  # what goes wrong with the next message
    history: list[dict[str, Any]] = field(default_factory=list)
    forms: bool = True  # does the plan have them?
    daily: int = 500  # template messages a day
    paid: int = 0
    asked_pots: int = 0  # times somebody read what the plan has left
    plan: int = 500  # messages beyond the free ones that the plan has

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/v4/oa/access_token", self.token)
        app.router.add_post("/v3.0/oa/message/cs", self.message)
        app.router.add_post("/v2.0/oa/upload/{kind}", self.upload)
        app.router.add_post("/message/template", self.template)
        app.router.add_post("/v3.0/oa/quota/message", self.pots)
        app.router.add_get("/v2.0/oa/listrecentchat", self.recent)
        app.router.add_get("/v2.0/oa/conversation", self.talk)
        app.router.add_get("/media/{name}", self.media.answer)
        return app

    async def start(self) -> str:
        self.server = TestServer(self.app())
        await self.server.start_server()
        return str(self.server.make_url("")).rstrip("/")

    async def token(self, request: web.Request) -> web.Response:
        form = await request.post()
        if request.headers.get("secret_key") != APP_SECRET or form.get("app_id") != APP:
            return web.json_response({"error": -14002, "error_name": "Invalid app secret"})
        if form.get("grant_type") == "authorization_code":
            verifier = str(form.get("code_verifier")).encode()
            digest = urlsafe_b64encode(hashlib.sha256(verifier).digest()).decode().rstrip("=")
            challenge, until = self.codes.pop(str(form.get("code")), ("", clock.now()))
            if len(verifier) != 43 or challenge != digest or clock.now() >= until:
                return web.json_response({"error": -14001, "error_name": "Invalid code"})
        elif form.get("grant_type") != "refresh_token" or form.get("refresh_token") != self.refresh:
            self.burnt += 1
            return web.json_response(
                {"error": -14014, "error_name": "Invalid refresh token", "error_description": "x"}
            )
        self.renewals += 1
        self.refresh = f"refresh-{self.renewals}"
        self.access = f"access-{self.renewals}"
        self.access_until = clock.now() + timedelta(seconds=self.lives)
        if self.lose_answer:
            self.lose_answer = False
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        pair = {"access_token": self.access, "refresh_token": self.refresh}
        return web.json_response({**pair, "expires_in": str(self.lives)})

    async def message(self, request: web.Request) -> web.Response:
        if code := self._token(request):
            return self._refuse(code)
        body = await request.json()
        if self.errors:
            return self._refuse(self.errors.pop(0))
        fault = self.faults()
        if fault == "busy":
            return self._refuse(-32)
        if fault == "broken":
            return web.Response(status=500, text="<html>oops</html>")
        if fault == "token":
            self.access = "revoked elsewhere"
            return self._refuse(-216)
        who = body["recipient"]["user_id"]
        code = self._shape(body) or self._window(who) or self._money(who)
        if code:
            return self._refuse(code)
        number = f"oamsg{next(self.count)}"
        self.sent.append({"to": who, "id": number, **body["message"]})
        self.remember(0, who, number, body["message"].get("text", ""))
        if fault == "lost":  # it arrived; the answer does not
            assert request.transport is not None
            request.transport.close()
        return web.json_response(
            {
                "error": 0,
                "message": "Success",
                "data": {"message_id": number, "user_id": who, "quota": self._quota(who)},
            }
        )

    async def upload(self, request: web.Request) -> web.Response:
        if code := self._token(request):
            return self._refuse(code)
        form = await request.post()
        file = form["file"]
        assert isinstance(file, web.FileField)
        data, kind = file.file.read(), request.match_info["kind"]
        most, ends = {
            "image": (1 << 20, (".jpg", ".png")),
            "file": (5 << 20, (".pdf", ".doc", ".docx")),
        }[kind]
        if "%" in file.filename:
            return self._refuse(-201)  # people would read it so
        if len(data) > most or not file.filename.endswith(ends):
            return self._refuse(-210)
        token = f"{kind}-{next(self.count)}"
        self.uploads[token] = kind, clock.now() + UPLOAD_LIVES
        name = "attachment_id" if kind == "image" else "token"
        return web.json_response({"error": 0, "message": "Success", "data": {name: token}})

    async def template(self, request: web.Request) -> web.Response:
        if code := self._token(request):
            return self._refuse(-124 if code in (-216, -220) else code)
        body = await request.json()
        if set(body) != {"phone", "template_id", "template_data", "tracking_id"}:
            return self._refuse(-201)
        if not re.fullmatch(r"84\d{9}", body["phone"]):
            return self._refuse(-108)
        if self.template_errors:
            return self._refuse(self.template_errors.pop(0))
        if set(body["template_data"]) != self.approved.get(body["template_id"]):
            return self._refuse(-132)
        if any(not 1 <= len(value) <= 200 for value in body["template_data"].values()):
            return self._refuse(-132)
        if (clock.now() + timedelta(hours=7)).hour not in range(6, 22):
            return self._refuse(-133)
        if len(self.templates) >= self.daily:
            return self._refuse(-144)
        self.templates.append(body)
        quota = {
            "dailyQuota": str(self.daily),
            "remainingQuota": str(self.daily - len(self.templates)),
        }
        data = {"msg_id": f"zbs{next(self.count)}", "sent_time": "1", "quota": quota}
        return web.json_response({"error": 0, "message": "Success", "data": data})

    async def pots(self, request: web.Request) -> web.Response:
        if code := self._token(request):
            return self._refuse(code)
        asked = await request.json()
        if asked.get("quota_owner") not in ("OA", "APP") or set(asked) - POTS:
            return self._refuse(-201)
        pot = {"asset_id": "a1", "product_type": "cs", "quota_type": "sub_quota"}
        left = max(self.plan - self.paid, 0)
        data = [{**pot, "valid_through": "28/11/2027", "total": self.plan, "remain": left}]
        self.asked_pots += 1
        return web.json_response({"error": 0, "message": "Success", "data": data})

    async def recent(self, request: web.Request) -> web.Response:
        newest: dict[str, dict[str, Any]] = {}
        for row in self.history:
            newest[row["from_id"] if row["src"] else row["to_id"]] = row
        return self._page(request, list(newest.values()), {"offset", "count"})

    async def talk(self, request: web.Request) -> web.Response:
        asked = json.loads(request.query.get("data", "{}"))
        who = asked.get("user_id")
        rows = [row for row in self.history if who in (row["from_id"], row["to_id"])]
        return self._page(request, rows, {"offset", "count", "user_id"})

    def _page(
        self, request: web.Request, rows: list[dict[str, Any]], fields: set[str]
    ) -> web.Response:
        if code := self._token(request):
            return self._refuse(code)
        asked = json.loads(request.query["data"])
        if set(asked) != fields or not 1 <= asked["count"] <= 10 or asked["offset"] < 0:
            return self._refuse(-201)
        rows = sorted(rows, key=lambda row: row["time"])[::-1]  # newest first
        page = rows[asked["offset"] : asked["offset"] + asked["count"]]
        return web.json_response({"error": 0, "message": "Success", "data": page})

    def remember(self, src: int, who: str, number: str, text: str, **more: Any) -> None:
        """One row of the talk with `who`, as the OA's console shows it."""
        people = ("oa", who) if src == 0 else (who, "oa")
        row = {"src": src, "time": int(clock.now().timestamp() * 1000), "type": "text"}
        row |= {"message": text, "message_id": number, "from_id": people[0], "to_id": people[1]}
        self.history.append({**row, **more})

    def _token(self, request: web.Request) -> int:
        if "Authorization" in request.headers:
            return -201
        given = request.headers.get("access_token")
        if not given or given != self.access:
            return -216
        return -220 if self.access_until is None or clock.now() >= self.access_until else 0

    def _refuse(self, code: int) -> web.Response:
        self.refused.append(code)
        return web.json_response({"error": code, "message": f"refused {code}"})

    def _shape(self, body: dict[str, Any]) -> int:
        message = body.get("message", {})
        if set(body) != {"recipient", "message"} or set(message) - MESSAGE:
            return -201
        text = message.get("text")
        if text is not None and not text.strip():
            return -201
        if text is not None and len(text.encode("utf-16-le")) // 2 > 2000:
            return -210
        if text is None and "attachment" not in message:
            return -201
        quoted, who = message.get("quote_message_id"), body["recipient"]["user_id"]
        theirs = {row["message_id"] for row in self.history if row["src"] and row["from_id"] == who}
        if quoted is not None and (quoted not in theirs or "attachment" in message):
            return -201
        attachment = message.get("attachment")
        return 0 if attachment is None else self._attachment(attachment)

    def _attachment(self, attachment: dict[str, Any]) -> int:
        payload = attachment["payload"]
        if attachment["type"] == "file":
            return 0 if self._uploaded(payload["token"]) == "file" else -201
        for button in payload.get("buttons", ()):
            if set(button) != {"title", "type", "payload"} or button["type"] not in BUTTONS:
                return -201
            if not button["title"] or len(button["title"]) > 100:
                return -210
        if len(payload.get("buttons", ())) > 5:
            return -210
        if payload.get("template_type") == "request_user_info":
            fields = {"title", "subtitle", "image_url"}
            if not self.forms or any(set(one) != fields for one in payload["elements"]):
                return -201
        for element in payload.get("elements", ()):
            given = element.get("attachment_id")
            if payload.get("template_type") == "media" and self._uploaded(given) != "image":
                return -201
        return 0

    def _uploaded(self, given: str) -> str:
        """The kind of what was uploaded, once and while it is fresh."""
        kind, until = self.uploads.pop(given, ("", clock.now()))
        return kind if clock.now() < until else ""

    def consent(self, challenge: str) -> str:
        """The OA's admin agrees on the page: the code Zalo sends them back with."""
        code = f"code-{next(self.count)}"
        self.codes[code] = challenge, clock.now() + CODE_LIVES
        return code

    def _window(self, who: str) -> int:
        acted = self.acted.get(who)
        if acted is None:
            return -213
        return -230 if clock.now() - acted >= timedelta(days=7) else 0

    def _money(self, who: str) -> int:
        """Nothing leaves that neither the window nor the plan has a place for."""
        fresh = clock.now() - self.acted[who] < timedelta(hours=48) and self.free.get(who, 0) > 0
        return 0 if fresh or self.paid < self.plan else -211

    def _quota(self, who: str) -> dict[str, str]:
        fresh = clock.now() - self.acted[who] < timedelta(hours=48)
        left = self.free.get(who, 0) if fresh else 0
        self.free[who] = max(left - 1, 0)
        if left > 0:
            return {"quota_type": "reply", "remain": str(self.free[who]), "total": "8"}
        self.paid += 1
        left = max(self.plan - self.paid, 0)
        return {"quota_type": "sub_quota", "remain": str(left), "total": str(self.plan)}

    def act(self, who: str) -> None:
        self.acted[who] = clock.now()
        self.free[who] = 8


@dataclass
class Zalo:
    """The side that calls our webhook, as Zalo does."""

    oa: OaServer
    url: str
    session: aiohttp.ClientSession
    count: Any = field(default_factory=lambda: itertools.count(1))
    form: str = "mac={}"  # how the signature is written
    shout: bool = False  # in capitals
    stamp_header: bool = False

    def event(self, who: str, name: str = "user_send_text", **message: Any) -> dict[str, Any]:
        return {
            "app_id": APP,
            "user_id_by_app": f"app-{who}",
            "event_name": name,
            "sender": {"id": who},
            "recipient": {"id": "oa"},
            "message": {"msg_id": f"in{next(self.count)}", **message},
            "timestamp": str(int(clock.now().timestamp() * 1000)),
        }

    async def post(
        self, body: dict[str, Any], *, mac: str | None = None, again: int = 0
    ) -> tuple[int, str]:
        if body.get("event_name", "").startswith(("user_", "follow")):
            who = body.get("sender", body.get("follower", {}))["id"]
            self.oa.act(who)
            message = body.get("message", {})
            if "msg_id" in message and not again:
                self.oa.remember(1, who, message["msg_id"], message.get("text", ""))
        raw = json.dumps(dict(reversed(body.items())), ensure_ascii=False, indent=1).encode()
        stamp = body["timestamp"]
        good = hashlib.sha256(APP.encode() + raw + stamp.encode() + OA_SECRET.encode()).hexdigest()
        sign = mac if mac is not None else good.upper() if self.shout else good
        headers = {"x-zevent-signature": self.form.format(sign)}
        headers["Content-Type"] = "application/json"
        if self.stamp_header:
            headers["X-ZEvent-Timestamp"] = stamp
        if again:
            headers["num_retry"] = str(again)
        async with self.session.post(f"{self.url}/zalo/oa", data=raw, headers=headers) as answer:
            return answer.status, await answer.text()

    def lost(self, who: str, text: str, **more: Any) -> None:
        """The person writes and no webhook ever tells of it."""
        self.oa.act(who)
        self.oa.remember(1, who, f"in{next(self.count)}", text, **more)

    async def say(self, who: str, text: str, **more: Any) -> dict[str, Any]:
        body = self.event(who, text=text, **more)
        for again in range(5):  # as Zalo does when the answer is late
            status, _ = await self.post(body, again=again)
            if status != 503:
                break
            await asyncio.sleep(1.0)
        assert status == 200, f"{status} for a text"
        return body
