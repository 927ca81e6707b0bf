"""Sends one row through a bot: new, over an earlier message, or as a mark on its buttons.

One try; the outbox owns what follows. What was sent of a message in several parts is remembered,
so that a second try of this process goes on where the first one stopped.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.telegram_api import (
    BAD_PHOTO,
    CANNOT_PARSE,
    NOT_MODIFIED,
    Api,
    Kept,
    NoAnswer,
    Pace,
    Read,
    Refused,
    became,
)
from handlers.telegram_outbound import Call, calls, edit, keyboard, place
from handlers.telegram_sent_files import Files
from handlers.telegram_text import without_tags
from models.messages import Channel, Gone, Later, Never, Outbound, Sent

MARK_LATER = 2.0  # seconds a mark waits for a quiet moment
HALF_SENT = 1000  # messages remembered that were sent in part
TOPIC = "message_thread_id"
NO_TOPIC = ("message thread not found", "topic_deleted", "topic_closed", "topic_id_invalid")
log = logging.getLogger(__name__)


class TelegramSender:
    """A channel's Sender on one bot. `read` brings the bytes of files; `kept` knows which of them
    Telegram has already."""

    def __init__(
        self, channel: Channel, api: Api, pace: Pace, read: Read, kept: Kept | None = None
    ) -> None:
        self.channel = channel
        self.api, self.pace = api, pace
        self.files = Files(read, kept)
        self._half: dict[int, list[str]] = {}

    async def send(self, out: Outbound) -> Sent:
        """Deliver it; raises Later, Never or Gone."""
        try:
            return await self._send(out)
        except (Refused, NoAnswer) as error:
            raise self._why(out, error) from None

    def _why(self, out: Outbound, error: Refused | NoAnswer) -> Later | Never | Gone:
        why = became(error)
        if isinstance(why, Later):
            if why.seconds is not None:
                self.pace.park(place(out.address)[0], why.seconds)
        else:
            self._half.pop(out.id, None)
        return why

    async def _send(self, out: Outbound) -> Sent:
        if out.kind == "mark":
            return await self._mark(out)
        if out.kind == "edit" and out.id not in self._half and await self._edited(out):
            return Sent((out.edits or "",))
        made = calls(out, await self.files.of(out.say))
        done = self._half.setdefault(out.id, [])
        for call in made[len(done) :]:
            done.append(await self._new(out, call))
        self._half.pop(out.id, None)
        if out.edits:
            await self._strip(out)
        while len(self._half) > HALF_SENT:
            del self._half[next(iter(self._half))]
        return Sent(tuple(" ".join(done).split()))

    async def _edited(self, out: Outbound) -> bool:
        """Put it over its message; False when that cannot be and a new one is needed."""
        call = edit(out)
        if call is None:
            return False
        try:
            await self._call(out, call)
        except Refused as no:
            if no.says(NOT_MODIFIED):
                return True
            if no.code != 400 or isinstance(became(no), Gone):
                raise
            log.info("an edit is sent anew, outbound %s", out.id)
            return False
        return True

    async def _mark(self, out: Outbound) -> Sent:
        """Change the buttons of its message; one that is no more needs no mark."""
        chat, number = place(out.address)[0], (out.edits or "").split()[-1:]
        markup = keyboard(out.say)
        if number and markup:
            if not self.pace.spare(chat):
                raise Later("nothing to spare for a mark", MARK_LATER)
            params = {"message_id": int(number[0]), "reply_markup": markup}
            try:
                await self._call(out, Call("editMessageReplyMarkup", params))
            except Refused as no:
                if no.code != 400 or no.retry_after or no.moved_to:
                    raise
        return Sent()

    async def _strip(self, out: Outbound) -> None:
        """What was sent anew leaves no buttons on the message it was meant to replace."""
        params = {"message_id": int((out.edits or "").split()[-1])}
        try:
            await self._call(out, Call("editMessageReplyMarkup", params))
        except (Refused, NoAnswer, Later):
            log.info("old buttons stay, outbound %s", out.id)

    async def _new(self, out: Outbound, call: Call) -> str:
        """Send one message (or album); its ids, with spaces between."""
        first = call
        try:
            made = await self._call(out, call)
        except Refused as no:
            call = await self.files.uploaded(call, no) or _other_way(call, no) or call
            if call is first:
                raise
            made = await self._call(out, call)
        several = made if isinstance(made, list | tuple) else [made]
        await self.files.keep(call, several)
        return " ".join(str(message.message_id) for message in several)

    async def _call(self, out: Outbound, call: Call) -> Any:
        chat = place(out.address)[0]
        async with self.pace.sending(chat):
            return await self.api.call(call.method, {"chat_id": int(chat), **call.params})


def _other_way(call: Call, no: Refused) -> Call | None:
    """How to send what Telegram refused for its form or place: as plain text, a picture as a file,
    what was for a topic that is no more for everybody."""
    if no.code == 400 and TOPIC in call.params and no.says(*NO_TOPIC):
        return replace(call, params={k: v for k, v in call.params.items() if k != TOPIC})
    if no.code == 400 and no.says(CANNOT_PARSE):
        return replace(call, params=_plain(call.params))
    if no.code == 400 and call.method == "sendPhoto" and no.says(*BAD_PHOTO):
        params = {("document" if k == "photo" else k): v for k, v in call.params.items()}
        return Call("sendDocument", params)
    if no.code == 400 and call.method == "sendMediaGroup" and no.says(*BAD_PHOTO):
        media = [{**one, "type": "document"} for one in call.params["media"]]
        return Call("sendMediaGroup", {**call.params, "media": media})
    return None


def _plain(params: Mapping[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        name: without_tags(params[name]) for name in ("text", "caption") if name in params
    }
    kept = {name: value for name, value in params.items() if name != "parse_mode"}
    if "media" in params:
        shown["media"] = [_plain(one) for one in params["media"]]
    return {**kept, **shown}
