"""A Zalo OA: what comes in once is heard once, what leaves fits its windows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot import clock
from conversations.said import Turn
from models.messages import Channel, Say
from tests import databases
from tests.zalo.conftest import Deployed, deployed, oa_settings
from tests.zalo.oa_server import OaServer, Zalo


async def test_a_person_is_greeted_with_buttons_that_come_back_as_text(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    await zalo.say("lan", "xin chào")
    await here.settle()
    assert len(oa.sent) == 1, "one reply for one message"
    await press(zalo, oa, "Đăng ký chủ thể")
    await here.settle()
    await press(zalo, oa, "Tôi đồng ý")
    await here.settle()
    assert len(oa.sent) == 3
    consent = await here.rows("SELECT consent_version FROM person")
    assert consent[0]["consent_version"]
    assert not oa.refused and oa.burnt == 0


async def test_a_button_of_somebody_else_does_nothing(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    await zalo.say("lan", "xin chào")
    await here.settle()
    button = oa.sent[0]["attachment"]["payload"]["buttons"][0]["payload"]
    await zalo.say("hoa", button)
    await here.settle()
    rows = await here.rows("SELECT consent_version FROM person")
    assert not any(row["consent_version"] for row in rows)
    assert "Nút đó đã cũ" in oa.sent[-1]["text"]


@pytest.mark.parametrize("form", ["mac={}", "{}", "MAC = {}", "mac={:X}"])
@pytest.mark.parametrize("header", [False, True])
async def test_every_form_of_the_signature(
    here: Deployed, zalo: Zalo, form: str, header: bool
) -> None:
    zalo.form, zalo.stamp_header = form.replace(":X", ""), header
    zalo.shout = ":X" in form
    await zalo.say("lan", "xin chào")
    assert len(await here.rows("SELECT id FROM inbound")) == 1


async def test_a_wrong_signature_is_refused_and_nothing_written(here: Deployed, zalo: Zalo) -> None:
    status, _ = await zalo.post(zalo.event("lan", text="xin chào"), mac="0" * 64)
    assert status == 401
    assert not await here.rows("SELECT id FROM inbound")


async def test_an_event_kept_and_sent_again_days_later_is_refused(
    here: Deployed, zalo: Zalo
) -> None:
    event = zalo.event("lan", text="xin chào")
    here.clock.move(timedelta(hours=2))  # as late as Zalo's own last try
    assert (await zalo.post(event, again=5))[0] == 200
    here.clock.move(timedelta(hours=23))
    assert (await zalo.post(zalo.event("lan", text="menu")))[0] == 200
    assert (await zalo.post(event))[0] == 401
    other = {**zalo.event("lan", text="xin chào"), "timestamp": "soon"}
    assert (await zalo.post(other))[0] == 401
    assert len(await here.rows("SELECT id FROM inbound")) == 2


async def test_age_goes_by_zalos_clock_not_by_ours(here: Deployed, zalo: Zalo) -> None:
    here.clock.move(timedelta(days=-900))
    event = zalo.event("lan", text="xin chào")
    here.clock.move(timedelta(days=900))
    assert (await zalo.post(event))[0] == 200


async def test_warn_lets_a_wrong_signature_in(
    tmp_path: Path, morning: clock.Clock, oa: OaServer
) -> None:
    given = {**oa_settings(oa), "zalo_oa_signature": "warn"}
    async with (
        deployed(tmp_path, morning, **given) as here,
        aiohttp.ClientSession() as session,
    ):
        zalo = Zalo(oa, here.url, session)
        status, _ = await zalo.post(zalo.event("lan", text="xin chào"), mac="0" * 64)
        assert status == 200
        assert len(await here.rows("SELECT id FROM inbound")) == 1


async def test_resends_and_events_without_sender(here: Deployed, zalo: Zalo, oa: OaServer) -> None:
    body = zalo.event("lan", text="xin chào")
    for again in range(4):
        assert (await zalo.post(body, again=again))[0] == 200
    follow = {
        "app_id": "431000",
        "oa_id": "oa",
        "follower": {"id": "hoa"},
        "event_name": "follow",
        "timestamp": "1795570200000",
    }
    for again in range(2):
        assert (await zalo.post(follow, again=again))[0] == 200
    seen = zalo.event("lan", "user_seen_message", msg_ids=["x"])
    assert (await zalo.post(seen))[0] == 200
    await here.settle()
    assert sorted(m["to"] for m in oa.sent) == ["hoa", "lan"]  # two people: no order between them


async def test_unfollow_stops_and_the_next_word_starts_again(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    await zalo.say("lan", "xin chào")
    gone = {
        "app_id": "431000",
        "oa_id": "oa",
        "follower": {"id": "lan"},
        "timestamp": "1795570200000",
    }
    assert (await zalo.post({**gone, "event_name": "unfollow"}))[0] == 200
    assert (await here.rows("SELECT status FROM address"))[0]["status"] == "stopped"
    await zalo.say("lan", "menu")
    assert (await here.rows("SELECT status FROM address"))[0]["status"] == "active"


async def test_an_officer_who_answers_by_hand_has_the_talk(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    await zalo.say("lan", "xin chào")
    await here.settle()
    ours = zalo.event("oa", "oa_send_text", text=oa.sent[0]["text"], msg_id=oa.sent[0]["id"])
    ours |= {"sender": {"id": "oa"}, "recipient": {"id": "lan"}}
    assert (await zalo.post(ours))[0] == 200
    await zalo.say("lan", "giúp")
    await here.settle()
    assert len(oa.sent) == 2, "an echo of our own message does not silence us"
    hand = zalo.event("oa", "oa_send_text", text="Chào chị, tôi là cán bộ xã đây")
    hand |= {"sender": {"id": "oa"}, "recipient": {"id": "lan"}}
    assert (await zalo.post(hand))[0] == 200
    await zalo.say("lan", "dạ em hỏi về giấy an toàn thực phẩm")
    await here.settle()
    assert len(oa.sent) == 2
    assert len(await here.rows("SELECT id FROM inbound")) == 3, "kept, though not answered"
    back = zalo.event("oa", "oa_send_text", text="#bot")
    back |= {"sender": {"id": "oa"}, "recipient": {"id": "lan"}}
    await zalo.post(back)
    await zalo.say("lan", "giúp")
    await here.settle()
    assert len(oa.sent) == 3


@pytest.mark.parametrize("how", ["menu", "button", "a day"])
async def test_the_talk_comes_back_to_the_bot(
    here: Deployed, zalo: Zalo, oa: OaServer, how: str
) -> None:
    await zalo.say("lan", "xin chào")
    await here.settle()
    hand = zalo.event("oa", "oa_send_text", text="Chào chị, tôi là cán bộ xã đây")
    assert (await zalo.post(hand | {"recipient": {"id": "lan"}}))[0] == 200
    await zalo.say("lan", "giúp")
    await here.settle()
    assert len(oa.sent) == 1
    if how == "menu":
        await zalo.say("lan", "menu")
    elif how == "button":
        await press(zalo, oa, "Đăng ký chủ thể")
    else:
        here.clock.move(timedelta(hours=24, minutes=1))
        await zalo.say("lan", "giúp")
    await here.settle()
    assert len(oa.sent) == 2


async def test_what_is_not_stored_in_time_is_not_confirmed_and_heard_once(
    here: Deployed, zalo: Zalo, oa: OaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.zalo_oa.LIMIT", 0.0)
    body = zalo.event("lan", text="xin chào")
    assert (await zalo.post(body))[0] == 503, "Zalo sends it again"
    monkeypatch.undo()
    assert (await zalo.post(body, again=1))[0] == 200
    await here.settle()
    assert len(oa.sent) == 1 and len(await here.rows("SELECT id FROM inbound")) == 1


async def test_an_answer_in_words_quotes_what_was_typed(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    """Nothing says that a message with buttons may quote, so only words alone do."""
    house = here.assistant.house
    object.__setattr__(house, "respond", lambda ctx, talk, said: Turn(talk, Say("Dạ đây ạ.")))
    body = await zalo.say("lan", "giấy đâu")
    await here.settle()
    assert oa.sent[-1]["quote_message_id"] == body["message"]["msg_id"]
    oa.history.clear()  # Zalo knows the message no more
    await zalo.say("lan", "giấy đâu")
    oa.history.clear()
    await here.settle()
    assert len(oa.sent) == 2 and "quote_message_id" not in oa.sent[-1], "said all the same"


async def test_the_form_for_a_number_has_its_picture_and_may_be_refused(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    """Refused, the question stands all the same: a number can be typed."""
    for words in ("đăng ký", "tôi đồng ý", "cho tôi", "hợp tác xã", "HTX Hoa", "Lê Thị Lan"):
        await zalo.say("lan", words)
        await here.settle()
    await zalo.say("lan", "giám đốc")
    await here.settle()
    form = oa.sent[-1]["attachment"]["payload"]
    assert form["template_type"] == "request_user_info"
    picture = form["elements"][0]["image_url"].replace("https://ocop.example", here.url)
    async with zalo.session.get(picture) as answer:
        assert (await answer.read()).startswith(b"\x89PNG")
    oa.refused.clear()
    oa.forms = False
    await zalo.say("lan", "quay lại")
    await here.settle()
    await zalo.say("lan", "giám đốc")
    await here.settle()
    assert "Số điện thoại" in oa.sent[-1]["text"] and oa.refused == [-201]
    assert not await here.rows("SELECT id FROM outbound WHERE status != 'sent'")


async def test_when_the_plan_is_used_up_answers_stay_free(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    await zalo.say("lan", "xin chào")
    await here.settle()
    oa.paid = oa.plan
    for number in range(8):
        await notice(here, f"tin {number}.")
    assert oa.refused == [-211], "seven are free, the eighth waits"
    await zalo.say("lan", "menu")
    await here.settle()
    assert "Đăng ký" in oa.sent[-1]["text"], "and stands in nobody's way"
    here.clock.move(timedelta(hours=1, minutes=1))
    await here.settle()
    assert oa.sent[-1]["text"] == "tin 7."


async def test_buttons_quote_nothing(here: Deployed, zalo: Zalo, oa: OaServer) -> None:
    await zalo.say("lan", "xin chào")
    await here.settle()
    assert "attachment" in oa.sent[-1] and "quote_message_id" not in oa.sent[-1]


async def test_admins_hear_when_zalo_refuses_again_and_again(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    from models import people
    from models.messages import Address
    from models.tables import Officer

    def admin(unit: Any) -> None:
        known = people.meet(unit, Address(Channel.WEB, "admin"), "vi", clock.now())
        unit.add(Officer(person_id=known.person_id, role="admin", since=clock.now()))

    await here.assistant.db.run(admin)
    await zalo.say("lan", "xin chào")
    await here.settle()
    for number in range(8):
        oa.errors = [-99999]
        await notice(here, f"tin {number}")
    await here.settle()
    told = await here.rows("SELECT body FROM outbound WHERE address = 'admin'")
    assert len(told) == 1 and "không nhận 6 tin hôm nay" in databases.text_of(told[0]["body"])


async def test_after_the_free_ones_they_are_counted_as_paid(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    await zalo.say("lan", "xin chào")
    await here.settle()
    for number in range(9):
        await notice(here, f"tin {number}")
    counts = await here.rows("SELECT kind, count FROM channel_count ORDER BY kind")
    told = {"left:sub_quota": 498, "most:sub_quota": 500}
    assert {row["kind"]: row["count"] for row in counts} == {"free": 8, "paid": 2, **told}
    window = await here.rows("SELECT free_left FROM channel_window")
    assert window[0]["free_left"] == 0


async def test_after_seven_days_nothing_is_tried(here: Deployed, zalo: Zalo, oa: OaServer) -> None:
    await zalo.say("lan", "xin chào")
    await here.settle()
    here.clock.move(timedelta(days=7, minutes=1))
    await notice(here, "nhắc hạn")
    assert len(oa.sent) == 1 and -230 not in oa.refused
    failed = await here.rows("SELECT status, error FROM outbound ORDER BY id DESC LIMIT 1")
    assert failed[0]["status"] == "failed" and "closed" in failed[0]["error"]
    counts = await here.rows("SELECT count FROM channel_count WHERE kind = 'refused'")
    assert counts[0]["count"] == 1


async def test_errors_inside_200(here: Deployed, zalo: Zalo, oa: OaServer) -> None:
    await zalo.say("lan", "xin chào")
    await here.settle()
    oa.errors = [-32]
    await notice(here, "thử lại")
    assert len(oa.sent) == 1
    here.clock.move(timedelta(minutes=2))
    await here.settle()
    assert len(oa.sent) == 2, "a rate limit is tried again"
    oa.errors = [-201]
    await notice(here, "sai")
    oa.errors = [-213]
    await notice(here, "đã đi")
    status = await here.rows("SELECT status, error FROM outbound ORDER BY id DESC LIMIT 2")
    assert [row["status"] for row in status] == ["failed", "failed"]
    assert (await here.rows("SELECT status FROM address"))[0]["status"] == "stopped"


async def test_a_night_message_waits_for_six_o_clock(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    await zalo.say("lan", "xin chào")
    await here.settle()
    oa.errors = [-234]
    await notice(here, "đêm")
    due = await here.rows("SELECT due_at FROM outbound WHERE status = 'waiting'")
    assert str(due[0]["due_at"]).startswith("2026-11-25 23:00")


async def test_long_texts_and_files(here: Deployed, zalo: Zalo, oa: OaServer) -> None:
    from models.messages import SentFile

    await zalo.say("lan", "xin chào")
    await here.settle()
    files = here.assistant.house.files
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    sent = (
        SentFile(files.put(b"%PDF-1.4 small"), "Mẫu số 01.pdf", "application/pdf"),
        SentFile(files.put(b"x" * 100), "bảng.xlsx", sheet),
        SentFile(files.put(b"\xff\xd8\xff" + b"x" * 100), "ảnh", "image/jpeg"),
    )
    await notice(here, "Đoạn một. " * 150 + "\n\n" + "Đoạn hai. " * 150, files=sent)
    kinds = [m.get("attachment", {}).get("type", "text") for m in oa.sent[1:]]
    assert kinds == ["file", "template", "text", "text"]
    assert not oa.refused
    link = oa.sent[-1]["text"].split("bảng.xlsx: ")[1].split()[0]
    assert link.startswith("https://ocop.example/f/")
    local = link.replace("https://ocop.example", here.url)
    async with zalo.session.get(local) as answer:
        assert await answer.read() == b"x" * 100
    here.clock.move(timedelta(hours=25))
    async with zalo.session.get(local) as answer:
        assert answer.status == 410


async def test_what_was_uploaded_for_a_try_that_failed_is_uploaded_again(
    here: Deployed, zalo: Zalo, oa: OaServer
) -> None:
    """What Zalo gives for an upload ends soon, and is good for one message."""
    from models.messages import SentFile

    await zalo.say("lan", "xin chào")
    await here.settle()
    files = here.assistant.house.files
    pdf = SentFile(files.put(b"%PDF-1.4 small"), "Mẫu số 01.pdf", "application/pdf")
    jpg = SentFile(files.put(b"\xff\xd8\xff" + b"x" * 100), "ảnh.jpg", "image/jpeg")
    oa.errors = [-211]  # an hour until it is tried again
    await notice(here, "giấy của bà con", files=(pdf, jpg))
    assert len(oa.sent) == 1
    here.clock.move(timedelta(hours=1, minutes=1))
    await here.settle()
    kinds = [m.get("attachment", {}).get("type", "text") for m in oa.sent[1:]]
    assert kinds == ["file", "template", "text"] and set(oa.refused) == {-211}


async def test_a_photo_is_fetched_from_zalo_only(here: Deployed, zalo: Zalo, oa: OaServer) -> None:
    base = oa.base
    oa.media["a.jpg"] = b"not a photo"
    for url in (f"{base}/media/a.jpg", f"{base}/media/gone.jpg", "http://192.0.2.9/x"):
        photo = {"type": "image", "payload": {"url": url}}
        body = zalo.event("lan", "user_send_image", attachments=[photo])
        assert (await zalo.post(body))[0] == 200
    await here.settle()
    refused = await here.rows("SELECT payload FROM inbound ORDER BY id")
    assert len(refused) == 3 and all(
        '"refused"' in databases.text_of(row["payload"]) for row in refused
    )


async def press(zalo: Zalo, oa: OaServer, label: str) -> None:
    """Tap a button of the last message: its payload comes back as the person's text."""
    payload = oa.sent[-1]["attachment"]["payload"]
    titles = {b["title"]: b["payload"] for b in payload["buttons"]}
    await zalo.say("lan", titles[label])


async def notice(here: Deployed, text: str, files: Any = ()) -> None:
    """Somebody else's news for Lan, sent as a job or another turn would."""
    from models.messages import Address, Say

    class Letter:
        def say(self, lang: str) -> Say:
            return Say(text, files=files)

    def write(unit: Any) -> None:
        from models import people

        known = people.at_address(unit, Address(Channel.ZALO_OA, "lan"))
        assert known is not None
        post = here.assistant.house.post(unit, clock.now())
        post.to_person(known.person_id, Letter())
        post.deliver()

    await here.assistant.db.run(write)
    await here.settle()
