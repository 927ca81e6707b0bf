"""Any request to any entry, and any update in any shape: an answer, never an error of ours.

A few examples by default, always the same; `FUZZ=2000 pytest tests/security/test_fuzz.py` looks
long at others.
"""

from __future__ import annotations

import asyncio
import copy
import json
import os
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import web
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from yarl import URL

from bot import limits
from tests.security.house import House, house
from tests.security.test_requests import CHAT, EVENTS, LAN, TEXT, headers

EXAMPLES = int(os.environ.get("FUZZ", "12"))
FUZZED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    database=None,
)
HANGS = 90  # seconds: more than a busy machine takes, and than the longest wait for a body
Step = Callable[[House], Coroutine[Any, Any, None]]

# -- what is sent ----------------------------------------------------------------------------------
STRANGE = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "9" * 40,
        "\x00",
        "../../etc/passwd",
        "%00",
        "<script>",
        "' OR 1=1--",
        "٣",
        "🐝",
    ]
)
WORDS = STRANGE | st.text(max_size=40) | st.text("abcdefgh0123456789-_", min_size=8, max_size=70)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | WORDS
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4)
)
FIELDS = ("nonce", "text", "button", "on", "files", "after")
SAID = st.dictionaries(st.sampled_from(FIELDS), JSON | st.just("nonce-000001"), max_size=6)
BODIES = (
    st.binary(max_size=300)
    | JSON.map(lambda value: json.dumps(value).encode())
    | SAID.map(lambda value: json.dumps(value).encode())
)
KINDS = st.sampled_from(
    [
        *(
            "application/json",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "text/html",
        ),
        *("application/x-www-form-urlencoded", "application/json; charset=utf-16", "nonsense", ""),
    ]
)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            *("Accept-Language", "Cookie", "Last-Event-ID", "X-Forwarded-For", "If-None-Match"),
            *("Accept", "Range", "Authorization", "X-Forwarded-Proto", "Origin"),
        ]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60),
    max_size=4,
)


@contextmanager
def opened(folder: Path) -> Iterator[Callable[[Step], None]]:
    """A house on a loop of its own, and a way to do something in it."""
    with asyncio.Runner() as runner:
        around = house(folder)
        home = runner.run(around.__aenter__())
        try:
            yield lambda step: runner.run(step(home))
        finally:
            runner.run(around.__aexit__(None, None, None))


def entries(home: House) -> list[tuple[str, str]]:
    """Every route of the server as it runs: (method, path with {names})."""
    found = []
    for route in home.server.app.router.routes():
        resource = route.resource
        assert resource is not None
        found.append((route.method, resource.canonical))
    return sorted(set(found))


def test_every_entry_takes_any_request(tmp_path: Path) -> None:
    with opened(tmp_path) as inside:

        @FUZZED
        @given(st.data())
        def tried(data: st.DataObject) -> None:
            async def step(home: House) -> None:
                for method, path in entries(home):
                    await any_request(home, method, path, data)

            inside(step)

        tried()
        inside(nothing_broke)


async def any_request(home: House, method: str, path: str, data: st.DataObject) -> None:
    while "{" in path:
        before, _, rest = path.partition("{")
        path = before + quote(data.draw(WORDS), safe="") + rest.partition("}")[2]
    query = data.draw(st.dictionaries(st.sampled_from(["after", "before", "code", "state"]), WORDS))
    body = data.draw(BODIES) if method == "POST" else b""
    given = {**data.draw(HEADERS), "Content-Type": data.draw(KINDS)}
    if method == "POST" and path.startswith(("/telegram", "/zalo")) and data.draw(st.booleans()):
        given |= headers(home, path, body)
    told = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
    url = URL(f"{home.url}{path}?{told}", encoded=True)
    try:
        async with (
            asyncio.timeout(HANGS),
            home.session.request(method, url, data=body, headers=given) as answer,
        ):
            assert answer.status < 500 or answer.status == 503, (method, path, answer.status)
            if answer.content_type != "text/event-stream":
                await answer.read()
    except TimeoutError:
        raise AssertionError(f"no answer: {method} {url} {given} {body!r}") from None


async def nothing_broke(home: House) -> None:
    """Every message that was taken could be heard."""
    assert await home.rows("SELECT trace FROM inbound WHERE trace IS NOT NULL LIMIT 3") == []


async def test_the_entries_are_those_that_are_served(home: House) -> None:
    paths = {path for _, path in entries(home)}
    assert {"/", "/chat/say", "/telegram/households", "/zalo/oa", "/zalo/bot", "/metrics"} <= paths
    assert len(paths) >= 18
    assert isinstance(home.server.app, web.Application)


# -- updates in any shape --------------------------------------------------------------------------
PRESS = {"id": "1", "from": LAN, "chat_instance": "1", "data": "x", "message": TEXT}
PHOTO = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9, "file_size": 9}
CONTACT = {"phone_number": "84912345678", "first_name": "Lan", "user_id": 5}
PLACE = {"latitude": 18.3, "longitude": 105.9}
TELEGRAM = [
    {"update_id": 1, "message": TEXT},
    {"update_id": 2, "callback_query": PRESS},
    {"update_id": 3, "edited_message": {**TEXT, "edit_date": 1795570300}},
    {"update_id": 4, "message": {**TEXT, "photo": [PHOTO], "caption": "giấy"}},
    {"update_id": 5, "message": {**TEXT, "contact": CONTACT, "location": PLACE}},
    {"update_id": 6, "message": {**TEXT, "reply_to_message": TEXT, "document": {**PHOTO}}},
    {"update_id": 7, "message": {**TEXT, "chat": {**CHAT, "id": -9, "type": "group"}}},
]
OA = EVENTS["/zalo/oa"]
ATTACHED = [{"type": "image", "payload": {"url": "http://x/y.jpg", "name": "a", "size": "9"}}]
ZALO_OA = [
    OA,
    {**OA, "event_name": "user_send_image", "message": {"msg_id": "2", "attachments": ATTACHED}},
    {**OA, "event_name": "user_send_file", "message": {"msg_id": "3", "attachments": ATTACHED}},
    {**OA, "event_name": "follow", "follower": {"id": "8"}},
    {**OA, "event_name": "oa_send_text", "sender": {"id": "oa"}, "recipient": {"id": "8"}},
]
ZALO_BOT = [EVENTS["/zalo/bot"], EVENTS["/zalo/bot"]["result"], [EVENTS["/zalo/bot"]]]
SAMPLES: dict[str, list[Any]] = {
    "/telegram/households": TELEGRAM,
    "/telegram/officers": TELEGRAM,
    "/zalo/oa": ZALO_OA,
    "/zalo/bot": ZALO_BOT,
}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a JSON value."""
    yield path
    inside = value.items() if isinstance(value, dict) else ()
    for key, inner in inside or (enumerate(value) if isinstance(value, list) else ()):
        yield from places(inner, (*path, key))


@st.composite
def changed(draw: st.DrawFn, sample: Any) -> Any:
    """The sample with one to three of its parts gone or something else."""
    made = copy.deepcopy(sample)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(places(made))))
        if not path:
            continue
        holder = made
        for key in path[:-1]:
            holder = holder[key]
        if draw(st.booleans()):
            holder[path[-1]] = draw(JSON)
        else:
            del holder[path[-1]]
    return made


#: What SQLite keeps and PostgreSQL does not: longer than a column, no such character, too large.
UNKEPT = ("9" * 1000, "\x00", "\ud800", 10**30, -(10**30))


@pytest.mark.parametrize("path", SAMPLES)
def test_every_field_may_hold_what_no_column_takes(
    tmp_path: Path, on_both: None, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr("bot.limits.MESSAGES", replace(limits.MESSAGES, times=10**6))
    with opened(tmp_path) as inside:

        async def each(home: House) -> None:
            for sample in SAMPLES[path]:
                for place in list(places(sample)):
                    for value in UNKEPT if place else ():
                        made = copy.deepcopy(sample)
                        holder = made
                        for key in place[:-1]:
                            holder = holder[key]
                        holder[place[-1]] = value
                        await an_update(home, path, made)

        inside(each)
        inside(nothing_broke)


def test_every_webhook_takes_updates_in_any_shape(tmp_path: Path, on_both: None) -> None:
    with opened(tmp_path) as inside:

        @FUZZED
        @given(st.data())
        def tried(data: st.DataObject) -> None:
            async def step(home: House) -> None:
                for path, samples in SAMPLES.items():
                    await an_update(home, path, data.draw(changed(data.draw(_one(samples)))))

            inside(step)

        tried()
        inside(nothing_broke)


def _one(samples: list[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from(range(len(samples))).map(lambda place: samples[place])


async def an_update(home: House, path: str, update: Any) -> None:
    raw = json.dumps(update).encode()
    status, _ = await home.ask("POST", path, data=raw, headers=headers(home, path, raw))
    assert status in (200, 400), (path, status, update)
