"""The server of these tests is as strict as Telegram: it refuses in Telegram's words, forgets what
Telegram forgets, and brings updates to a webhook as Telegram does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.telegram.conftest import HOUSEHOLD, OFFICER, running, soon, telegram
from tests.telegram.server import BotApi


class Caller:
    """Calls methods as a bot would."""

    def __init__(self, api: BotApi, session: aiohttp.ClientSession, token: str = HOUSEHOLD) -> None:
        self.api, self.session, self.token = api, session, token

    async def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        url = f"{self.api.base}/bot{self.token}/{method}"
        form = {k: v if isinstance(v, str) else json.dumps(v) for k, v in params.items()}
        async with self.session.post(url, data=form) as answer:
            body: dict[str, Any] = await answer.json()
            assert answer.status == (200 if body["ok"] else body["error_code"])
            return body


@pytest.fixture
async def call(api: BotApi) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as session:
        yield Caller(api, session)


def button(**more: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "A", **more}]]}


SEND = "sendMessage"
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    (SEND, {"text": "x"}, "chat_id is empty"),
    (SEND, {"chat_id": 1, "text": " "}, "message text is empty"),
    (SEND, {"chat_id": 1, "text": "x" * 4097}, "message is too long"),
    (SEND, {"chat_id": 1, "text": "x", "parse_mode": "Html5"}, "unsupported parse_mode"),
    (
        SEND,
        {"chat_id": 1, "text": "ạ<sao>", "parse_mode": "HTML"},
        'can\'t parse entities: Unsupported start tag "sao" at byte offset 3',
    ),
    (
        SEND,
        {"chat_id": 1, "text": "<b>x", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (
        SEND,
        {"chat_id": 1, "text": "x</b>", "parse_mode": "HTML"},
        "can't parse entities: Unexpected end tag at byte offset 1",
    ),
    (
        SEND,
        {"chat_id": 1, "text": "<b><i>x</b></i>", "parse_mode": "HTML"},
        'can\'t parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    ),
    (
        SEND,
        {"chat_id": 1, "text": "x", "reply_markup": button(callback_data="x" * 65)},
        "BUTTON_DATA_INVALID",
    ),
    (
        SEND,
        {"chat_id": 1, "text": "x", "reply_markup": button()},
        "text buttons are unallowed in the inline keyboard",
    ),
    (
        SEND,
        {"chat_id": 1, "text": "x", "reply_parameters": {"message_id": 9}},
        "message to be replied not found",
    ),
    (SEND, {"chat_id": 1, "text": "x", "message_thread_id": 9}, "message thread not found"),
    (
        SEND,
        {
            "chat_id": -1,
            "text": "x",
            "reply_markup": {"keyboard": [[{"text": "A", "request_contact": True}]]},
        },
        "phone number can be requested in private chats only",
    ),
    ("sendPhoto", {"chat_id": 1, "photo": "AgAC"}, "wrong file identifier/HTTP URL specified"),
    ("sendDocument", {"chat_id": 1}, "there is no document in the request"),
    ("editMessageText", {"chat_id": 1, "text": "x"}, "message identifier is not specified"),
    (
        "editMessageText",
        {"chat_id": 1, "message_id": 9, "text": "x"},
        "message to edit not found",
    ),
    ("deleteMessage", {"chat_id": 1, "message_id": 9}, "message to delete not found"),
    (
        "sendMediaGroup",
        {"chat_id": 1, "media": [{"type": "photo"}]},
        "wrong number of media in the album",
    ),
    (
        "sendMediaGroup",
        {"chat_id": 1, "media": [{"type": "photo"}, {"type": "document"}]},
        "Document can't be mixed with other media types",
    ),
    (
        "answerCallbackQuery",
        {"callback_query_id": "9"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("getFile", {"file_id": "9"}, "wrong file_id or the file is temporarily unavailable"),
    (
        "setWebhook",
        {"url": "https://a.vn", "secret_token": "a b"},
        "secret token contains unallowed characters",
    ),
    ("setMyCommands", {"commands": [{"command": "Menu"}]}, "BOT_COMMAND_INVALID"),
    ("setMyName", {"name": "x", "language_code": "vie"}, "LANG_CODE_INVALID"),
]


@pytest.mark.parametrize(("method", "params", "text"), REFUSED)
async def test_it_refuses_in_telegrams_words(
    call: Caller, method: str, params: dict[str, Any], text: str
) -> None:
    answer = await call(method, **params)
    assert answer["description"] == f"Bad Request: {text}"


async def test_what_has_a_keyboard_or_is_another_bots_is_not_edited() -> None:
    async with telegram(HOUSEHOLD, OFFICER) as api, aiohttp.ClientSession() as session:
        call, other = Caller(api, session), Caller(api, session, OFFICER)
        keys = {"keyboard": [[{"text": "A"}]]}
        first = (await call(SEND, chat_id=1, text="x", reply_markup=keys))["result"]["message_id"]
        second = (await call(SEND, chat_id=1, text="y"))["result"]["message_id"]
        refused = [
            await call("editMessageText", chat_id=1, message_id=first, text="z"),
            await other("editMessageText", chat_id=1, message_id=second, text="z"),
        ]
        assert {no["description"] for no in refused} == {"Bad Request: message can't be edited"}


async def test_each_bot_has_a_pace_of_its_own() -> None:
    async with (
        telegram(HOUSEHOLD, OFFICER, limits=True) as api,
        aiohttp.ClientSession() as session,
    ):
        call, other = Caller(api, session), Caller(api, session, OFFICER)
        answers = [await call(SEND, chat_id=n, text="x") for n in range(31)]
        assert answers[-1]["error_code"] == 429 and all(one["ok"] for one in answers[:30])
        assert (await other(SEND, chat_id=1, text="x"))["ok"]


async def test_a_webhook_ends_the_poll_that_is_under_way(call: Caller) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await soon(lambda: call.api.bots[HOUSEHOLD].asking > 0)
    assert (await call("setWebhook", url="https://a.vn"))["ok"]
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"


async def test_who_cannot_be_reached_is_told_apart(call: Caller) -> None:
    api = call.api
    api.blocked.add(1)
    api.deactivated.add(2)
    api.strangers.add(3)
    api.kicked.add(-100_4)
    told = [(await call(SEND, chat_id=c, text="x"))["description"] for c in (1, 2, 3, -100_4)]
    assert told == [
        "Forbidden: bot was blocked by the user",
        "Forbidden: user is deactivated",
        "Forbidden: bot can't initiate conversation with a user",
        "Forbidden: bot was kicked from the supergroup chat",
    ]


async def test_a_call_before_the_end_of_a_ban_makes_it_longer(call: Caller) -> None:
    call.api.limits = True
    answers = [await call(SEND, chat_id=5, text=str(n)) for n in range(9)]
    first, second = answers[7:]
    assert first["error_code"] == second["error_code"] == 429
    assert first["description"] == "Too Many Requests: retry after 1"
    assert second["parameters"]["retry_after"] > first["parameters"]["retry_after"]
    assert (await call(SEND, chat_id=6, text="x"))["ok"]  # that chat alone


async def test_what_waited_too_long_is_forgotten_and_a_path_too() -> None:
    at = [0.0]
    async with (
        telegram(HOUSEHOLD, now=lambda: at[0]) as api,
        aiohttp.ClientSession() as session,
    ):
        call = Caller(api, session)
        api.files["f"] = b"x"
        chat = {"chat": {"id": 1}, "from": {"id": 1}}
        api.update(HOUSEHOLD, message=chat)
        api.update(HOUSEHOLD, callback_query={**chat, "id": "1"})
        path = (await call("getFile", file_id="f"))["result"]["file_path"]
        at[0] = 151.0
        kept = (await call("getUpdates"))["result"]
        assert ["message" in update for update in kept] == [True]
        at[0] = 86_401.0
        assert (await call("getUpdates"))["result"] == []
        async with session.get(f"{api.base}/file/bot{HOUSEHOLD}/{path}") as answer:
            assert answer.status == 404


async def test_kinds_of_updates_that_were_not_asked_for_are_never_told(call: Caller) -> None:
    await call("getUpdates", allowed_updates=["message"])
    call.api.update(HOUSEHOLD, my_chat_member={"chat": {"id": 1}})
    assert (await call("getUpdates"))["result"] == []


async def test_a_webhook_gets_what_it_did_not_take_again_and_others_do_not_wait(
    tmp_path: Path,
) -> None:
    """503 twice for one chat: sent again at once, then later; another chat is served meanwhile."""
    async with telegram(HOUSEHOLD, second=0.02) as api, running(tmp_path, api, hook=True) as town:
        desk = town.assistant.desk
        real, tries = desk.turns.receive, 0

        async def sometimes(inbound: Any, first: Any = None) -> Any:
            nonlocal tries
            if inbound.address.id == "8301" and (tries := tries + 1) < 4:
                raise ConnectionError
            return await real(inbound, first)

        desk.turns.receive = sometimes  # type: ignore[method-assign]
        lan, hoa = town.phone(8301), town.phone(8302)
        lan.queue(text="/start")
        lan.queue(text="/menu")
        hoa.queue(text="/start")
        await asyncio.gather(*api.bring(HOUSEHOLD))
        await soon(lambda: len(lan.got) == 2 and len(hoa.got) == 1)
        sender = api.bots[HOUSEHOLD].sender
        assert sender is not None
        statuses = [status for number, status in sender.tries if number == 1000]
        assert statuses == [500, 500, 500, 200]
        order = [number for number, status in sender.tries if status == 200]
        assert order.index(1002) < order.index(1000) < order.index(1001)


async def test_a_press_is_answered_in_the_webhooks_own_answer(tmp_path: Path) -> None:
    async with telegram(HOUSEHOLD) as api, running(tmp_path, api, hook=True) as town:
        lan = town.phone(8303)
        await lan.says("/menu")
        query = lan.queue_press("English")
        await asyncio.gather(*api.bring(HOUSEHOLD))
        assert api.bots[HOUSEHOLD].answered == [query]
