"""How Telegram reads what a bot sends: HTML, lengths, buttons, commands; and the words in which it
refuses (github.com/tdlib/telegram-bot-api, Client.cpp; github.com/tdlib/td, MessageEntity.cpp)."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import Any

TAGS = {
    *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "span"),
    *("tg-spoiler", "tg-emoji", "blockquote"),
}
KNOWN_ENTITIES = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
PLACES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}


@dataclass
class Bad(Exception):
    """A refusal."""

    code: int
    text: str
    more: dict[str, Any] | None = None


def bad(text: str, more: dict[str, Any] | None = None) -> Bad:
    return Bad(400, f"Bad Request: {text}", more)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def read_html(text: str, mode: str | None) -> str:
    """The text without its tags; refused when they do not fit together."""
    if mode is None:
        return text.strip()
    if mode != "HTML":
        raise bad("unsupported parse_mode")
    opened: list[str] = []
    shown, at = [], 0
    for tag in re.finditer(r"<(/?)([\w-]*)([^>]*)(>?)", text):
        shown.append(text[at : tag.start()])
        at = tag.end()
        _tag(tag, len(text[: tag.start()].encode()), opened)
    if opened:
        raise bad(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{opened[-1]}\""
        )
    shown.append(text[at:])
    return KNOWN_ENTITIES.sub(lambda found: html.unescape(found.group()), "".join(shown)).strip()


def _tag(tag: re.Match[str], where: int, opened: list[str]) -> None:
    name = tag[2].lower()
    if not tag[1]:
        if not tag[4]:
            raise bad(f"can't parse entities: Unclosed start tag at byte offset {where}")
        if name not in TAGS:
            raise bad(
                f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {where}'
            )
        opened.append(name)
    elif not opened:
        raise bad(f"can't parse entities: Unexpected end tag at byte offset {where}")
    elif not tag[4]:
        raise bad(f"can't parse entities: Unclosed end tag at byte offset {where}")
    elif (last := opened.pop()) != name:
        raise bad(
            f"can't parse entities: Unmatched end tag at byte offset {where}, "
            f'expected "</{last}>", found "</{name}>"'
        )


def shown_text(params: dict[str, Any]) -> str:
    text = read_html(params.get("text", ""), params.get("parse_mode"))
    if not text.strip():
        raise bad("message text is empty")
    if units(text) > 4096:
        raise bad("message is too long")
    return text


def caption(params: dict[str, Any]) -> str:
    text = read_html(params.get("caption", ""), params.get("parse_mode"))
    if units(text) > 1024:
        raise bad("message caption is too long")
    return text


def check_markup(raw: Any) -> dict[str, Any] | None:
    if not raw:
        return None
    markup: dict[str, Any] = json.loads(raw) if isinstance(raw, str) else raw
    for row in markup.get("inline_keyboard", []):
        for button in row:
            _check_button(button)
    for row in markup.get("keyboard", []):
        if not row or not all(button.get("text") for button in row):
            raise bad("can't parse reply keyboard markup JSON object")
    if sum(map(len, markup.get("inline_keyboard", []))) > 100:
        raise bad("reply markup is too long")
    return markup


def _check_button(button: dict[str, Any]) -> None:
    data = button.get("callback_data")
    kinds = button.keys() & {"callback_data", "url", "web_app", "copy_text", "login_url"}
    if not str(button.get("text", "")).strip():
        raise bad('can\'t parse inline keyboard button: Field "text" must be non-empty')
    if len(kinds) != 1:
        raise bad("text buttons are unallowed in the inline keyboard")
    if odd := button.keys() - kinds - {"text", "style", "icon_custom_emoji_id"}:
        raise bad(f"unknown fields of a button {sorted(odd)}")
    if data is not None and not 1 <= len(data.encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in kinds and not re.match(r"(https?://[^/]*\.|tg://)", button["url"]):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def check_profile(method: str, params: dict[str, Any]) -> None:
    """Names, descriptions and commands within their limits."""
    if not re.fullmatch(r"([a-z]{2})?", params.get("language_code", "")):
        raise bad("LANG_CODE_INVALID")
    most = {"name": 64, "description": 512, "short_description": 120}
    for field, limit in most.items():
        if units(params.get(field, "")) > limit:
            raise bad(f"bot {field.replace('_', ' ')} is too long")
    scope = json.loads(params["scope"]) if "scope" in params else {"type": "default"}
    if scope["type"] not in PLACES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    commands = json.loads(params.get("commands", "[]"))
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= units(one["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
