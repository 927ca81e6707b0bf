"""What the Zalo Bot Platform tells: one object, wrapped ({"ok", "result"}) or flat.

"Unsupported" is a PDF, a video or a contact card, and also every message of people whom Zalo
protects (children, people with disabilities, people who cannot read): its content is withheld and
the cases cannot be told apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from handlers.body import LONGEST_ID
from models.messages import Address, Attachment, Channel, Inbound

WITHHELD = "withheld"  # Inbound.other of what Zalo does not hand over
URLS = ("url", "attachment_url", "file_url", "document_url", "document")
BUCKET = 10  # seconds: what comes without any id is one message for that long


def updates(body: object) -> Iterator[Mapping[str, Any]]:
    """Every event in a body: wrapped, flat or a list of them."""
    if isinstance(body, Mapping):
        inner = body.get("result", body)
        if isinstance(inner, Mapping):
            yield inner
        elif isinstance(inner, list):
            yield from (one for one in inner if isinstance(one, Mapping))
    elif isinstance(body, list):
        for one in body:
            yield from updates(one)


def read(event: Mapping[str, Any], at: datetime) -> Inbound | None:
    """What a person did; None for events of nobody, of bots and of no interest."""
    name = str(event.get("event_name") or "")
    kind = name.removeprefix("message.").removesuffix(".received")
    message = _dict(event.get("message")) or event  # seen: fields without a message around them
    sender, chat = _dict(message.get("from")), _dict(message.get("chat"))
    where = str(chat.get("id") or sender.get("id") or "")
    if not 0 < len(where) <= LONGEST_ID or sender.get("is_bot") or not kind or kind == "reaction":
        return None
    return Inbound(
        Address(Channel.ZALO_BOT, where),
        _id(name, message, where, at),
        at,
        text=_text(message) or None,
        files=_files(kind, message),
        group=str(chat.get("chat_type") or "").upper() == "GROUP",
        other=_other(kind, message),
        name=str(sender.get("display_name") or "") or None,
    )


def _text(message: Mapping[str, Any]) -> str:
    return str(message.get("text") or message.get("caption") or message.get("link") or "")


def _files(kind: str, message: Mapping[str, Any]) -> tuple[Attachment, ...]:
    if kind == "image":
        url = _url(message.get("photo")) or _url(message.get("photo_url"))
        return (Attachment("photo", remote=url),) if url else ()
    if kind == "voice":
        url = _url(message.get("voice_url")) or _url(message.get("voice"))
        return (Attachment("voice", remote=url),) if url else ()
    if kind in ("file", "document"):
        holder = _dict(message.get("file")) or _dict(message.get("document")) or message
        url = next(filter(None, (_url(holder.get(name)) for name in URLS)), "")
        name = str(holder.get("name") or holder.get("file_name") or "")
        return (Attachment("document", name=name, remote=url),) if url else ()
    return ()


def _url(value: object) -> str:
    """An address given as itself, in an object or in a list of sizes."""
    if isinstance(value, list):
        return _url(value[-1]) if value else ""
    if isinstance(value, Mapping):
        return _url(value.get("url"))
    return value if isinstance(value, str) and value.startswith("http") else ""


def _other(kind: str, message: Mapping[str, Any]) -> str | None:
    if kind == "unsupported":
        return WITHHELD
    if _text(message) or _files(kind, message):
        return None
    return WITHHELD if kind in ("image", "voice", "file", "document") else kind


def _id(name: str, message: Mapping[str, Any], where: str, at: datetime) -> str:
    """(event, message id), the same for a second copy; without an id, the event and its instant."""
    if given := message.get("message_id") or message.get("msg_id"):
        return f"{name}:{given}"
    when = message.get("date") or int(at.timestamp()) // BUCKET
    return f"{name}:{hashlib.sha256(f'{where}:{when}'.encode()).hexdigest()[:32]}"


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
