"""The other side: bare aiogram, memory FSM, plain awaited filters, API answers stubbed.

Nothing it does is durable: a restart forgets every talk and every message under way.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any

import phonenumbers
from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.base import BaseSession
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Chat, InlineKeyboardButton, InlineKeyboardMarkup, Message

from benchmarks.form import ANSWERS, DONE, KINDS, QUESTIONS, said


class Filling(StatesGroup):
    """Where a person is."""

    kind = State()
    name = State()
    phone = State()
    amount = State()
    sold = State()


STATES = tuple(Filling.__states__)
router = Router()


class NoNetwork(BaseSession):
    """Every call is answered at once."""

    sent = 0

    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:
        self.sent += 1
        chat = Chat(id=method.chat_id, type="private")
        return Message(message_id=self.sent, date=datetime(2026, 11, 25, tzinfo=UTC), chat=chat)

    async def close(self) -> None:
        """Nothing is open."""

    async def stream_content(self, *args: Any, **more: Any) -> AsyncGenerator[bytes, None]:
        """Nothing is downloaded."""
        yield b""


def keyboard(step: int) -> InlineKeyboardMarkup:
    rows = [
        [InlineKeyboardButton(text=label, callback_data=f"fill:{key}")]
        for key, label in QUESTIONS[step].choices
    ]
    nav = [
        InlineKeyboardButton(text="Quay lại", callback_data="nav:back"),
        InlineKeyboardButton(text="Huỷ", callback_data="nav:cancel"),
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, nav])


async def ask(message: Message, state: FSMContext, step: int, note: str = "") -> None:
    await state.set_state(STATES[step])
    text = f"{note}Bước {step + 1}/5\n{QUESTIONS[step].ask}"
    await message.answer(text, reply_markup=keyboard(step))


async def understood(message: Message, state: FSMContext, step: int, answer: Any) -> None:
    if answer is None:
        await message.answer("Mình chưa hiểu.", reply_markup=keyboard(step))
        return
    await state.update_data({QUESTIONS[step].key: answer})
    if step + 1 < len(QUESTIONS):
        await ask(message, state, step + 1)
        return
    await state.clear()
    await ask(message, state, 0, f"{DONE}\n\n")


def chosen(text: str, choices: tuple[tuple[str, str], ...]) -> str | None:
    return next((key for key, label in choices if label.lower() == text.strip().lower()), None)


@router.message(Filling.kind)
async def kind(message: Message, state: FSMContext) -> None:
    await understood(message, state, 0, chosen(message.text or "", KINDS))


@router.message(Filling.name)
async def name(message: Message, state: FSMContext) -> None:
    await understood(message, state, 1, (message.text or "").strip() or None)


@router.message(Filling.phone)
async def phone(message: Message, state: FSMContext) -> None:
    try:
        number = phonenumbers.parse(message.text or "", "VN")
    except phonenumbers.NumberParseException:
        number = None
    good = number is not None and phonenumbers.is_valid_number(number)
    shown = phonenumbers.format_number(number, 0) if good and number else None
    await understood(message, state, 2, shown)


@router.message(Filling.amount)
async def amount(message: Message, state: FSMContext) -> None:
    text = message.text or ""
    await understood(message, state, 3, int(text) if text.isdecimal() else None)


@router.message(Filling.sold)
async def sold(message: Message, state: FSMContext) -> None:
    await understood(message, state, 4, chosen(message.text or "", ANSWERS))


@router.message()
async def start(message: Message, state: FSMContext) -> None:
    await ask(message, state, 0)


class Bare:
    """A dispatcher that is fed updates as a webhook would."""

    def __init__(self) -> None:
        self.session = NoNetwork()
        self.bot = Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", session=self.session)
        self.dispatcher = Dispatcher(storage=MemoryStorage())
        self.dispatcher.include_router(router)
        self._count = 0

    async def say(self, person: int, text: str) -> None:
        await self.dispatcher.feed_raw_update(self.bot, json.loads(self._wire(person, text)))

    async def fill(self, person: int, step: int) -> None:
        await self.say(person, said(person, step))

    def sent(self) -> int:
        return self.session.sent

    def _wire(self, person: int, text: str) -> str:
        self._count += 1
        user = {"id": person + 1, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
        message = {
            "message_id": self._count,
            "date": 1764036000,
            "chat": {"id": person + 1, "type": "private", "first_name": "Lan"},
            "from": user,
            "text": text,
        }
        return json.dumps({"update_id": self._count, "message": message})
