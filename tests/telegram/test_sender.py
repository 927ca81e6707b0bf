"""What leaves, through both libraries, against the strict server."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, nullcontext
from io import BytesIO
from typing import Any

import pytest
from aiohttp import web
from PIL import Image

from bot import clock
from handlers import telegram_pictures as pictures
from handlers.telegram_api import BotWire
from handlers.telegram_sender import TelegramSender
from handlers.telegram_text import split, units
from models.messages import (
    Address,
    Button,
    Channel,
    Gone,
    Later,
    Never,
    Outbound,
    Say,
    SentFile,
)
from tests.telegram.conftest import HOUSEHOLD
from tests.telegram.server import BotApi, refusal

WHERE = Address(Channel.TELEGRAM, "42")
PHOTO = b"\xff\xd8\xff" + b"0" * 500


class NoPace:
    """No limits, and a note of what was parked."""

    def __init__(self) -> None:
        self.parked: dict[str, float] = {}

    def sending(self, chat: str) -> AbstractAsyncContextManager[None]:
        return nullcontext()

    def spare(self, chat: str) -> bool:
        return True

    def park(self, chat: str, seconds: float) -> None:
        self.parked[chat] = seconds


async def read(key: str) -> bytes:
    return PHOTO


@pytest.fixture(params=["telegram_households", "telegram_officers"])
async def bot(api: BotApi, request: Any) -> AsyncIterator[BotWire]:
    made = importlib.import_module(f"handlers.{request.param}")
    bot: BotWire = made.Bot(HOUSEHOLD, api.base, Channel.TELEGRAM, clock.now, None)
    yield bot
    await bot.close()


@pytest.fixture
def sender(bot: BotWire) -> TelegramSender:
    return TelegramSender(Channel.TELEGRAM, bot, NoPace(), read)


def out(text: str = "Chào bà con", *rows: tuple[Button, ...], **more: Any) -> Outbound:
    files = tuple(more.pop("files", ()))
    return Outbound(1, WHERE, more.pop("kind", "send"), Say(text, rows, files), **more)


async def test_a_text_goes_with_its_bold_words_and_everything_else_escaped(
    api: BotApi, sender: TelegramSender
) -> None:
    sent = await sender.send(out("*Chè <sao>* & 3*4*5 </b>", (Button("Vâng", "x:1"),)))
    message = api.chats[42][0]
    assert message["text"] == "Chè <sao> & 3*4*5 </b>"
    assert sent.external_ids == (str(message["message_id"]),)
    raw = api.bots[HOUSEHOLD].calls[-1].params["text"]
    assert raw.startswith("<b>Chè &lt;sao&gt;</b>")
    assert message["reply_markup"]["inline_keyboard"] == [
        [{"text": "Vâng", "callback_data": "x:1"}]
    ]


async def test_a_long_text_is_cut_at_sentence_ends_with_the_buttons_last(
    api: BotApi, sender: TelegramSender
) -> None:
    text = "Câu thứ nhất của mình dài vừa phải thôi 😀. " * 300
    sent = await sender.send(out(text, (Button("Vâng", "x:1"),)))
    shown = [message["text"] for message in api.chats[42]]
    assert len(sent.external_ids) == len(shown) > 2
    assert all(units(part) <= 4096 and part.endswith(".") for part in shown)
    assert "".join(shown).replace(" ", "") == text.replace(" ", "")
    assert ["reply_markup" in m for m in api.chats[42]] == [False] * (len(shown) - 1) + [True]


def test_a_bold_word_is_never_cut() -> None:
    for at in range(60, 80):
        parts = split("a" * at + " *rất đậm lắm nhé* " + "b" * 60, 90)
        assert any("*rất đậm lắm nhé*" in part for part in parts)


async def test_one_photo_carries_a_short_text(api: BotApi, sender: TelegramSender) -> None:
    file = SentFile("k", "anh.jpg", "image/jpeg")
    await sender.send(out("*Ảnh* đây", (Button("Tốt", "x:ok"),), files=[file]))
    [message] = api.chats[42]
    assert message["photo"]
    assert message["caption"] == "Ảnh đây"
    assert message["reply_markup"]


async def test_many_photos_are_albums_and_papers_documents(
    api: BotApi, sender: TelegramSender
) -> None:
    photos = [SentFile("k", f"{n}.jpg", "image/jpeg", f"Mục {n}") for n in range(11)]
    paper = SentFile("p", "đơn.pdf", "application/pdf")
    sent = await sender.send(out("Minh chứng", files=[*photos, paper]))
    methods = [call.method for call in api.bots[HOUSEHOLD].calls]
    assert methods == ["sendMediaGroup", "sendPhoto", "sendDocument", "sendMessage"]
    assert len(sent.external_ids) == 13
    assert api.chats[42][11]["document"]["file_name"] == "đơn.pdf"
    assert api.chats[42][3]["caption"] == "Mục 3"


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    ("size", "shown"), [((4000, 3000), True), ((100, 2001), False), ((9000, 1001), False)]
)
def test_pictures_telegram_does_not_show_are_documents(
    form: str, size: tuple[int, int], shown: bool
) -> None:
    data = BytesIO()
    Image.new("L", size).save(data, form, exif=b"Exif\0\0" + bytes(40))
    assert pictures.shown(data.getvalue()) is shown


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF"])
def test_a_picture_whose_size_cannot_be_read_is_tried(data: bytes) -> None:
    assert pictures.shown(data)


async def test_an_edit_stays_in_place(api: BotApi, sender: TelegramSender) -> None:
    first = await sender.send(out("Bảng", (Button("A", "x:a"),)))
    edited = out("Bảng mới", (Button("B", "x:b"),), kind="edit", edits=first.external_ids[0])
    assert await sender.send(edited) == first
    assert await sender.send(edited) == first  # not modified: it is there
    assert [message["text"] for message in api.chats[42]] == ["Bảng mới"]


async def test_an_edit_of_what_is_gone_is_a_new_message(
    api: BotApi, sender: TelegramSender
) -> None:
    sent = await sender.send(out("Bảng mới", kind="edit", edits="999"))
    assert sent.external_ids == (str(api.chats[42][0]["message_id"]),) != ("999",)


async def test_a_mark_shows_the_choice_and_leaves_the_text(
    api: BotApi, sender: TelegramSender
) -> None:
    first = await sender.send(out("Có hay không?", (Button("Có", "x:1"), Button("Không", "x:0"))))
    mark = out("", (Button("✓ Có", "x:1"),), kind="mark", edits=first.external_ids[0])
    await sender.send(mark)
    await sender.send(mark)  # not modified: it is there
    [message] = api.chats[42]
    assert message["text"] == "Có hay không?"
    assert message["reply_markup"] == {
        "inline_keyboard": [[{"text": "✓ Có", "callback_data": "x:1"}]]
    }
    await sender.send(out("", (Button("✓ Có", "x:1"),), kind="mark", edits="999"))


async def test_what_is_sent_anew_takes_the_buttons_off_the_old_message(
    api: BotApi, sender: TelegramSender
) -> None:
    first = await sender.send(out("Câu dài. " * 600, (Button("A", "x:a"),)))
    ids = " ".join(first.external_ids)
    sent = await sender.send(out("Ngắn", (Button("B", "x:b"),), kind="edit", edits=ids))
    assert [m["text"] for m in api.chats[42] if "reply_markup" in m] == ["Ngắn"]
    assert sent.external_ids == (str(api.chats[42][-1]["message_id"]),)


async def test_buttons_too_long_for_telegram_never_leave(
    api: BotApi, sender: TelegramSender
) -> None:
    with pytest.raises(Never):
        await sender.send(out("Chào", (Button("A", "x" * 65),)))
    assert not api.bots[HOUSEHOLD].calls


async def test_addresses_telegram_would_not_open_are_in_the_text(
    api: BotApi, sender: TelegramSender
) -> None:
    links = (Button("Mở", url="http://localhost:8080/u/x"), Button("Xem", url="https://a.vn/"))
    await sender.send(out("Liên kết", links))
    [message] = api.chats[42]
    assert "Mở: http://localhost:8080/u/x" in message["text"]
    assert len(message["reply_markup"]["inline_keyboard"][0]) == 1


async def test_the_phone_is_asked_with_a_keyboard(api: BotApi, sender: TelegramSender) -> None:
    rows = ((Button("Gửi số", "", ask_phone=True),), (Button("Huỷ", "nav:cancel"),))
    await sender.send(out("Số điện thoại?", *rows))
    keyboard = api.chats[42][0]["_markup"]["keyboard"]
    assert keyboard == [[{"text": "Gửi số", "request_contact": True}], [{"text": "Huỷ"}]]


async def test_a_group_is_answered_below_its_message(api: BotApi, sender: TelegramSender) -> None:
    await sender.send(out(reply_to="1001.77"))
    assert '"message_id":77' in api.bots[HOUSEHOLD].calls[-1].params["reply_parameters"].replace(
        " ", ""
    )


async def fails(sender: TelegramSender, **more: Any) -> Later | Never | Gone:
    with pytest.raises((Later, Never, Gone)) as caught:
        await sender.send(out(**more))
    error = caught.value
    assert isinstance(error, Later | Never | Gone)
    return error


async def test_who_blocked_us_is_gone_and_who_moved_is_told(
    api: BotApi, sender: TelegramSender
) -> None:
    api.blocked.add(42)
    assert isinstance(await fails(sender), Gone)
    api.moved[42] = -100777
    assert await fails(sender) == Gone("moved", "-100777")
    api.blocked.clear()
    api.moved.clear()
    api.unknown.add(42)
    assert isinstance(await fails(sender), Gone)


@pytest.mark.parametrize(
    ("code", "text", "more", "seconds", "unknown"),
    [
        (429, "Too Many Requests: retry after 35", {"retry_after": 35}, 36.0, False),
        (502, "Bad Gateway", None, None, True),
        (500, "Internal Server Error", None, None, True),
        (401, "Unauthorized", None, 300.0, False),
    ],
)
async def test_what_may_work_later_is_later(
    api: BotApi,
    sender: TelegramSender,
    code: int,
    text: str,
    more: Any,
    seconds: float | None,
    unknown: bool,
) -> None:
    api.fault = lambda method, params: refusal(code, text, more)
    error = await fails(sender)
    assert isinstance(error, Later)
    assert (error.seconds, error.unknown) == (seconds, unknown)


async def test_a_dropped_connection_is_unknown_and_none_is_known(
    api: BotApi, sender: TelegramSender
) -> None:
    api.fault = lambda method, params: "drop"
    dropped = await fails(sender)
    await api.stop()
    refused = await fails(sender)
    assert isinstance(dropped, Later)
    assert isinstance(refused, Later)
    assert (dropped.unknown, refused.unknown) == (True, False)


async def test_an_answer_that_is_no_json_is_unknown(api: BotApi, sender: TelegramSender) -> None:
    api.fault = lambda method, params: web.Response(text="<html>", status=502)
    error = await fails(sender)
    assert isinstance(error, Later)
    assert error.unknown


async def test_tags_telegram_cannot_read_are_sent_as_plain_text(
    api: BotApi, sender: TelegramSender
) -> None:
    broken = refusal(400, "Bad Request: can't parse entities: Unmatched end tag")
    api.fault = lambda method, params: broken if "parse_mode" in params else None
    await sender.send(out("*Chào* <bà>"))
    assert api.chats[42][0]["text"] == "Chào <bà>"


async def test_a_second_try_goes_on_where_the_first_stopped(
    api: BotApi, sender: TelegramSender
) -> None:
    text = "Một câu dài vừa phải thôi nhé. " * 300
    sends = iter(range(9))
    busy = refusal(502, "Bad Gateway")
    api.fault = lambda method, params: busy if next(sends) == 1 else None
    assert isinstance(await fails(sender, text=text), Later)
    await sender.send(out(text))
    assert "".join(m["text"] for m in api.chats[42]).replace(" ", "") == text.replace(" ", "")


async def test_words_too_long_for_a_caption_follow_their_photo(
    api: BotApi, sender: TelegramSender
) -> None:
    text, file = "Câu của mình vừa phải thôi 😀. " * 40, SentFile("k", "anh.jpg", "image/jpeg")
    assert units(text) > 1024
    await sender.send(out(text, (Button("Vâng", "x:1"),), files=[file]))
    photo, words = api.chats[42]
    assert "caption" not in photo and "reply_markup" not in photo
    assert words["text"] == text.strip() and words["reply_markup"]
    album = [SentFile("k", f"{n}.jpg", "image/jpeg", text) for n in range(2)]
    await sender.send(out("", files=album))
    captions = [m["caption"] for m in api.chats[42][2:]]
    assert len(captions) == 2 and all(0 < units(one) <= 1024 for one in captions)
    assert all(one.endswith(".") for one in captions)
