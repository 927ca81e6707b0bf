"""One of our messages as calls of the Bot API. Nothing is sent from here.

A short text with one file is its caption; else the files go first, as albums of 2 to 10, and the
text follows with the buttons on its last message.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from handlers.telegram_api import Upload
from handlers.telegram_pictures import shown
from handlers.telegram_text import CAPTION, TEXT, as_html, clean, split, units
from models.messages import Address, Button, Never, Outbound, Say, SentFile

DATA = 64  # bytes of callback data
ALBUM = 10
PHOTO_BYTES = 10 << 20
PHOTOS = frozenset({"image/jpeg", "image/png", "image/webp"})
LABEL = 64  # characters: more is cut by every client
NO_PREVIEW = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class AtTelegram:
    """A file that was sent before: as what, and what it is called there."""

    kind: str  # photo or document
    id: str


Data = Mapping[SentFile, bytes | AtTelegram]


@dataclass(frozen=True, slots=True)
class Call:
    """One call; the chat is added when it is made. `files`: what it carries, in order."""

    method: str
    params: dict[str, Any] = field(default_factory=dict)
    files: tuple[SentFile, ...] = ()

    @property
    def kind(self) -> str:
        """Of its files: photo or document."""
        media = self.params.get("media")
        return str(media[0]["type"]) if media else "photo" if "photo" in self.params else "document"

    def anew(self, data: Mapping[SentFile, bytes]) -> Call:
        """The same with the bytes themselves."""
        files = [Upload(data[file], _name(file)) for file in self.files]
        if media := self.params.get("media"):
            told = [{**one, "media": new} for one, new in zip(media, files, strict=True)]
            return replace(self, params={**self.params, "media": told})
        return replace(self, params={**self.params, self.kind: files[0]})


def place(address: Address) -> tuple[str, dict[str, Any]]:
    """The chat of an address, and what names the topic there in a call that sends."""
    chat, _, topic = address.id.partition(":")
    return chat, {"message_thread_id": int(topic)} if topic else {}


def calls(out: Outbound, data: Data) -> list[Call]:
    """What `out` is as new messages. `data` holds its files.

    Raises Never when Telegram could not take it.
    """
    say = with_links(out.say)
    markup = keyboard(say)
    text = clean(say.text)
    if len(say.files) == 1 and units(text or say.files[0].caption) <= CAPTION:
        made = [_file(say.files[0], data, text or say.files[0].caption)]
    else:
        made = list(_albums(say.files, data))
        shown = text or ("👇" if markup else "")
        made += [_text(part) for part in split(shown) if part]
    if not made:
        raise Never("there is nothing in it")
    if markup:
        made[-1].params["reply_markup"] = markup
    if out.reply_to:
        number = int(out.reply_to.rpartition(".")[2])
        made[0].params["reply_parameters"] = {
            "message_id": number,
            "allow_sending_without_reply": True,
        }
    for call in made:
        call.params.update(place(out.address)[1])
    return made


def edit(out: Outbound) -> Call | None:
    """The edit that puts `out` over its message; None when only a new message can carry it."""
    say = with_links(out.say)
    text = clean(say.text)
    several = not out.edits or " " in out.edits
    asks_phone = any(button.ask_phone for button in say.buttons)
    if several or say.files or asks_phone or not text or units(text) > TEXT:
        return None
    call = _text(text)
    call.params["message_id"] = int(out.edits or 0)
    if markup := keyboard(say):
        call.params["reply_markup"] = markup
    return Call("editMessageText", call.params)


def keyboard(say: Say) -> dict[str, Any] | None:
    """The buttons under a message. One that asks for the phone makes a keyboard of all of them:
    Telegram shows either kind, and a typed label means the same as a pressed button."""
    rows = [row for row in say.rows if row]
    if not rows:
        return None
    if any(button.ask_phone for button in say.buttons):
        typed = [[_key(button) for button in row] for row in rows]
        return {"keyboard": typed, "resize_keyboard": True, "one_time_keyboard": True}
    return {"inline_keyboard": [[_inline(button) for button in row] for row in rows]}


def _key(button: Button) -> dict[str, Any]:
    label = clean(button.label)[:LABEL]
    return {"text": label, "request_contact": True} if button.ask_phone else {"text": label}


def _inline(button: Button) -> dict[str, Any]:
    label = clean(button.label)[:LABEL] or "…"
    if button.url:
        return {"text": label, "url": button.url}
    if not 1 <= len(button.action.encode()) <= DATA:
        raise Never("BUTTON_DATA_INVALID")
    return {"text": label, "callback_data": button.action}


def with_links(say: Say) -> Say:
    """`say` with the addresses Telegram would not open (this machine's own) in the text instead."""
    hidden = [button for button in say.buttons if button.url and not _public(button.url)]
    if not hidden:
        return say
    lines = [f"{button.label}: {button.url}" for button in hidden]
    rows = tuple(tuple(b for b in row if b not in hidden) for row in say.rows)
    return Say("\n".join([say.text, *lines]), tuple(filter(None, rows)), say.files, say.key)


def _public(url: str) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return parts.scheme in ("http", "https", "tg") and "." in host


def _text(part: str) -> Call:
    params = {"text": as_html(part), "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
    return Call("sendMessage", params)


def _file(file: SentFile, data: Data, caption: str) -> Call:
    kind = _kind(file, data)
    params: dict[str, Any] = {kind: _carried(file, data)}
    if caption := _caption(caption):
        params |= {"caption": caption, "parse_mode": "HTML"}
    return Call("sendPhoto" if kind == "photo" else "sendDocument", params, (file,))


def _caption(text: str) -> str:
    return as_html(split(clean(text), CAPTION)[0])


def _kind(file: SentFile, data: Data) -> str:
    held = data[file]
    if isinstance(held, AtTelegram):
        return held.kind
    photo = file.mime in PHOTOS and len(held) <= PHOTO_BYTES and shown(held)
    return "photo" if photo else "document"


def _carried(file: SentFile, data: Data) -> Upload | str:
    held = data[file]
    return held.id if isinstance(held, AtTelegram) else Upload(held, _name(file))


def _name(file: SentFile) -> str:
    return file.name or file.key[:12]


def _albums(files: Sequence[SentFile], data: Data) -> Iterator[Call]:
    """Photos, then documents: Telegram does not mix them."""
    for kind in ("photo", "document"):
        same = [file for file in files if _kind(file, data) == kind]
        for start in range(0, len(same), ALBUM):
            some = same[start : start + ALBUM]
            if len(some) == 1:
                yield _file(some[0], data, some[0].caption)
            else:
                media = [_medium(f, kind, data) for f in some]
                yield Call("sendMediaGroup", {"media": media}, tuple(some))


def _medium(file: SentFile, kind: str, data: Data) -> dict[str, Any]:
    medium: dict[str, Any] = {"type": kind, "media": _carried(file, data)}
    if caption := _caption(file.caption):
        medium |= {"caption": caption, "parse_mode": "HTML"}
    return medium
