"""The talk over HTTP: open, say, read, follow; and everything that is refused."""

from __future__ import annotations

import asyncio
import json

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from models.messages import Button, Say
from tests.web.office import Office
from tests.web.visit import JPEG, Client, Person, open_chat, refused, site


async def test_the_first_page_brings_no_stranger_and_no_secret(client: Client) -> None:
    answer = await client.get("/", headers={"Accept-Language": "vi-VN,vi;q=0.9"})
    page = await answer.text()
    assert answer.status == 200 and '<html lang="vi">' in page and "Tỉnh Ví Dụ" in page
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe-inline" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "http://" not in page and "https://" not in page
    assert "Set-Cookie" not in answer.headers


async def test_the_page_speaks_english_to_who_asks(client: Client) -> None:
    page = await (await client.get("/", headers={"Accept-Language": "fr, en-GB;q=0.8"})).text()
    assert '<html lang="en">' in page and "Example Province" in page


async def test_a_message_is_answered_in_the_same_response(person: Person, office: Office) -> None:
    answer = await person.says(text="Xin chào", after=0)
    body = await answer.json()
    assert [line["text"] for line in body["lines"]] == ["Xin chào", "Mình nghe: Xin chào"]
    assert body["language"] == "vi"
    assert answer.headers["Cache-Control"] == "no-store"
    assert office.heard[0].address.id == person.chat


async def test_a_double_tap_is_one_message(person: Person, office: Office) -> None:
    first, second = await asyncio.gather(
        person.says(text="Gửi", nonce="one-nonce-0001"),
        person.says(text="Gửi", nonce="one-nonce-0001"),
    )
    assert first.status == second.status == 200
    assert len(office.heard) == 1
    assert len(await person.lines()) == 2


async def test_a_pressed_button_comes_with_its_message_and_shows_as_chosen(
    person: Person, office: Office
) -> None:
    await person.says(text="/start")
    menu = (await person.lines())[-1]
    assert [b["label"] for row in menu["rows"] for b in row] == [  # type: ignore[attr-defined]
        "Đăng ký sản phẩm",
        "Xem hồ sơ",
        "Hỏi chính sách",
    ]
    await person.says(button="a:board", on=menu["id"])
    assert office.heard[-1].button == "a:board"
    assert office.heard[-1].pressed_on == str(menu["id"])
    pressed = (await person.lines())[-2]
    assert (pressed["text"], pressed["pressed"], pressed["on"]) == ("Xem hồ sơ", "a:board", 2)


async def test_an_edit_names_the_line_it_replaces(person: Person, office: Office) -> None:
    line = await office.say(person.chat, Say("○ Giấy kiểm nghiệm", key="board"))
    await office.edit(person.chat, "board", Say("✓ Giấy kiểm nghiệm"))
    edit = (await person.lines(f"?after={line.id}"))[0]
    assert (edit["text"], edit["replaces"]) == ("✓ Giấy kiểm nghiệm", line.id)


async def test_only_web_links_become_links(person: Person, office: Office) -> None:
    row = (Button("Tốt", url="https://example.org/a"), Button("Xấu", url="javascript:alert(1)"))
    await office.say(person.chat, Say("Xem", rows=(row,)))
    shown = (await person.lines())[0]["rows"][0]  # type: ignore[index]
    assert shown[0]["url"] == "https://example.org/a"
    assert "url" not in shown[1]


async def test_a_long_talk_opens_at_its_end(person: Person, office: Office) -> None:
    for n in range(130):
        await office.say(person.chat, Say(str(n)))
    newest = await person.lines("")
    assert (len(newest), newest[-1]["text"]) == (100, "129")
    older = await person.lines(f"?before={newest[0]['id']}")
    assert [line["text"] for line in older] == [str(n) for n in range(30)]


async def test_strangers_are_refused_with_a_sentence(client: Client, office: Office) -> None:
    stranger = Person(client, "a-guess-that-is-long-enough")
    sentence = await refused(await stranger.says(text="Xin chào"), 401, "unknown_chat")
    assert "Bắt đầu lại" in sentence
    for path in ("/chat/lines", "/chat/events"):
        await refused(await client.get(path, headers=stranger.headers), 401, "unknown_chat")
        await refused(await client.get(path), 401, "unknown_chat")
        basic = {"Authorization": "Basic chat-0000-secret-secret"}
        await refused(await client.get(path, headers=basic), 401, "unknown_chat")
    assert office.heard == []


async def test_one_chat_does_not_see_another(client: Client, person: Person) -> None:
    await person.says(text="chuyện riêng")
    other = await open_chat(client)
    assert await other.lines() == []


async def test_starting_is_limited_for_one_address(client: Client, office: Office) -> None:
    office.most_chats = 2
    await open_chat(client)
    await open_chat(client)
    answer = await client.post("/chat", json={}, headers={"Accept-Language": "en"})
    assert "wait a few minutes" in await refused(answer, 429, "too_many_chats")
    assert set(office.askers) == {"127.0.0.1"}


@pytest.mark.parametrize(
    ("forwarded", "proxies", "asker"),
    [
        ("203.0.113.9", 0, "127.0.0.1"),  # nobody vouches for the header
        ("10.0.0.1, 203.0.113.9", 1, "203.0.113.9"),  # only the last hop is vouched for
        ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"),
        ("nonsense", 1, "127.0.0.1"),
    ],
)
async def test_who_asks_is_told_by_trusted_proxies_only(
    office: Office, forwarded: str, proxies: int, asker: str
) -> None:
    async with TestClient(TestServer(site(office, proxies=proxies))) as client:
        await client.post("/chat", json={}, headers={"X-Forwarded-For": forwarded})
    assert office.askers == [asker]


LONG = "ă" * 4097


@pytest.mark.parametrize(
    ("message", "status", "code"),
    [
        ({"text": LONG}, 413, "too_long"),
        ({"text": ""}, 400, "empty"),
        ({"text": " \n\u0000"}, 400, "empty"),
        ({}, 400, "empty"),
        ({"text": 5}, 400, "malformed"),
        ({"text": "a", "nonce": "short"}, 400, "malformed"),
        ({"text": "a", "nonce": "spaces are not nonces"}, 400, "malformed"),
        ({"text": "a", "nonce": None}, 400, "malformed"),
        ({"button": ["a"]}, 400, "malformed"),
        ({"button": "x" * 300}, 400, "malformed"),
        ({"button": "a:board", "on": "last"}, 400, "malformed"),
        ({"text": "a", "after": -1}, 400, "malformed"),
        ({"text": "a", "after": "0"}, 400, "malformed"),
        ({"files": "a"}, 400, "malformed"),
        ({"files": ["bm90IHNlYWxlZCBieSB1cw=="]}, 400, "malformed"),
        ({"files": ["!"]}, 400, "malformed"),
        ({"files": ["a"] * 21}, 413, "too_many_files"),
    ],
)
async def test_bad_messages_are_refused_with_a_sentence(
    person: Person, office: Office, message: dict[str, object], status: int, code: str
) -> None:
    assert len(await refused(await person.says(**message), status, code)) > 20
    assert office.heard == []


async def test_the_longest_text_is_taken_and_cleaned(person: Person, office: Office) -> None:
    # A decomposed letter counts once; control characters and half an emoji are dropped.
    said = "a\u0306" * 4090 + "\u0000\u0007 \ud83d" + "xong"
    assert (await person.says(text=said)).status == 200
    assert office.heard[0].text == "ă" * 4090 + " xong"


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 60000])
async def test_a_body_that_is_no_message_is_refused(person: Person, body: bytes) -> None:
    headers = {**person.headers, "Content-Type": "application/json"}
    answer = await person.client.post("/chat/say", data=body, headers=headers)
    await refused(answer, 400, "malformed")


async def test_a_body_longer_than_any_message_is_refused_with_a_sentence(person: Person) -> None:
    headers = {**person.headers, "Content-Type": "application/json"}
    answer = await person.client.post("/chat/say", data=b" " * 70000, headers=headers)
    await refused(answer, 413, "too_long")


async def test_a_form_of_another_site_opens_nothing(client: Client, office: Office) -> None:
    answer = await client.post("/chat", data={"a": "b"})
    await refused(answer, 400, "malformed")
    assert office.askers == []


async def test_what_could_not_be_written_is_not_confirmed(person: Person, office: Office) -> None:
    office.down = True
    assert (await person.says(text="Gửi", nonce="kept-by-page-1")).status == 500
    office.down = False
    assert (await person.says(text="Gửi", nonce="kept-by-page-1")).status == 200
    assert [line["text"] for line in await person.lines()] == ["Gửi", "Mình nghe: Gửi"]


async def event(answer: ClientResponse) -> tuple[int, list[str]]:
    """The next event of a stream: its id and the texts of its lines."""
    number = 0
    async for raw in answer.content:
        name, _, value = raw.decode().strip().partition(": ")
        if name == "id":
            number = int(value)
        if name == "data":
            return number, [line["text"] for line in json.loads(value)["lines"]]
    raise AssertionError("the stream ended")


async def test_news_come_by_themselves_and_resume_where_they_broke_off(
    person: Person, office: Office
) -> None:
    await office.say(person.chat, Say("một"))
    async with person.client.get("/chat/events", headers=person.headers) as stream:
        assert await event(stream) == (1, ["một"])
        await office.say(person.chat, Say("hai"))
        assert await event(stream) == (2, ["hai"])
    await office.say(person.chat, Say("ba"))  # while nobody listens
    headers = {**person.headers, "Last-Event-ID": "2"}
    async with person.client.get("/chat/events", headers=headers) as stream:
        assert await event(stream) == (3, ["ba"])


async def test_an_idle_stream_shows_that_it_lives(person: Person) -> None:
    async with person.client.get("/chat/events", headers=person.headers) as stream:
        assert await stream.content.readline() == b": alive\n"


async def test_a_stream_ends_with_its_chat(person: Person, office: Office) -> None:
    async with person.client.get("/chat/events", headers=person.headers) as stream:
        office.chats.clear()
        assert b"event: gone" in await stream.content.read()


async def test_streams_of_one_chat_are_limited(person: Person) -> None:
    streams = [await person.client.get("/chat/events", headers=person.headers) for _ in range(8)]
    await refused(await person.client.get("/chat/events", headers=person.headers), 503, "busy")
    for stream in streams:
        stream.close()


async def test_open_streams_do_not_hold_up_a_stop(office: Office) -> None:
    server = TestServer(site(office, heartbeat=3600))
    async with TestClient(server) as client:
        person = await open_chat(client)
        stream = await client.get("/chat/events", headers=person.headers)
        async with asyncio.timeout(5):
            await server.close()
        stream.close()


@pytest.mark.parametrize("query", ["?after=x", "?after=-1", "?before=1e9", "?after=" + "9" * 30])
async def test_a_line_id_is_a_number(person: Person, query: str) -> None:
    answer = await person.client.get(f"/chat/lines{query}", headers=person.headers)
    await refused(answer, 400, "malformed")


async def test_static_files_may_be_kept_for_a_year_at_their_own_address(client: Client) -> None:
    page = await (await client.get("/")).text()
    script = page.split('src="')[1].split('"')[0]
    answer = await client.get(script)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content_type == "text/javascript"
    old = await client.get("/static/000000000000/chat.js")
    assert old.headers["Cache-Control"] == "no-cache"
    for name in ("chat.html", "nothing.js", "..%2Fwire.py"):
        assert (await client.get(f"/static/x/{name}")).status == 404


async def test_the_whole_page_is_light(client: Client) -> None:
    from handlers.webchat_static import statics

    page = await (await client.get("/")).read()
    assert len(page) + sum(len(file.body) for file in statics().values()) < 60_000


async def test_a_flood_is_told_to_wait_and_nothing_of_it_is_heard(
    person: Person, office: Office
) -> None:
    office.full = {"message", "upload"}
    answer = await person.says(text="nữa")
    assert answer.headers["Retry-After"]
    assert "đợi một phút" in await refused(answer, 429, "too_fast")
    await refused(await person.uploads(JPEG), 429, "too_fast")
    assert office.heard == []
    assert office.admitted == [
        ("message", "127.0.0.1", ""),
        ("upload", "127.0.0.1", person.chat),
    ]
