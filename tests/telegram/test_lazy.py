"""aiogram's classes are made ready when they are first used, and are then what aiogram made."""

from __future__ import annotations

import subprocess
import sys
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import FormData

import handlers.telegram_households  # noqa: F401 - aiogram comes through it
from handlers.telegram_api import Upload
from handlers.telegram_households_session import Ask, Session

NOBODY: Any = None  # a form is written without its bot
# In a process of its own: what these classes are depends on who imported aiogram first.
EVERY = """
import inspect
import handlers.telegram_households_lazy
import aiogram.methods, aiogram.types
from pydantic import BaseModel

ready = waiting = 0
for one in {**vars(aiogram.types), **vars(aiogram.methods)}.values():
    if inspect.isclass(one) and issubclass(one, BaseModel):
        waiting += not one.__pydantic_complete__
        one.model_rebuild()
        ready += one.__pydantic_complete__ or print(one)
print(waiting > 300, ready > 400)

chat = {"id": 1, "type": "private"}
told = {"update_id": 1, "message": {"message_id": 5, "date": 0, "chat": chat, "text": "xin"}}
update = aiogram.types.Update.model_validate(told)
sent = aiogram.methods.SendMessage(chat_id=1, text="a", reply_markup={"inline_keyboard": []})
print(type(update.message).__name__, update.event_type, type(sent.reply_markup).__name__)
class Other(BaseModel):
    later: "Another"
class Another(BaseModel):
    pass
Other.model_rebuild()
print(Other(later={}).later)
"""


def test_every_class_of_the_library_can_be_made_ready() -> None:
    told = subprocess.run(
        [sys.executable, "-c", EVERY], capture_output=True, text=True, check=True
    ).stdout
    assert told.split() == ["True", "True", "Message", "message", "InlineKeyboardMarkup"]


@pytest.mark.parametrize("text", ["a+b &=;%20%", "Mật ong é🙂\n#?/", '"\\', "\x00\u2028"])
async def test_a_form_says_what_was_to_be_said(text: str) -> None:
    params = {"chat_id": 5, "text": text, "no": None, "empty": "", "off": False, "rows": [{"a": 1}]}
    body = Session("http://127.0.0.1", 1.0).build_form_data(NOBODY, Ask("sendMessage", params))
    assert body.content_type == "application/x-www-form-urlencoded"
    written = {"chat_id": ["5"], "text": [text], "off": ["false"], "rows": ['[{"a":1}]']}
    assert parse_qs(body.decode()) == written


async def test_files_go_in_parts() -> None:
    params = {"chat_id": 5, "media": [{"type": "photo", "media": Upload(b"jpeg", "a.jpg")}]}
    made = Session("http://127.0.0.1", 1.0).build_form_data(NOBODY, Ask("sendMediaGroup", params))
    assert isinstance(made, FormData) and made.is_multipart
