"""Messages and talks as JSON and back. What a row of the inbox, outbox or talk holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson

from models.messages import (
    Address,
    Approved,
    Attachment,
    Button,
    Channel,
    Inbound,
    PhotoProblem,
    Say,
    SentFile,
    Talk,
)

Json = dict[str, Any]


def say_json(say: Say) -> Json:
    """What is empty is left out; `settle` and `key` are columns, not body."""
    body: Json = {"text": say.text}
    if say.rows:
        body["rows"] = [[button_json(button) for button in row] for row in say.rows]
    if say.files:
        body["files"] = [
            {"key": f.key, "name": f.name, "mime": f.mime, "caption": f.caption} for f in say.files
        ]
    if say.approved:
        body["approved"] = {"name": say.approved.name, "fields": say.approved.fields}
    return body


def button_json(button: Button) -> Json:
    body: Json = {"label": button.label, "action": button.action}
    if button.url:
        body["url"] = button.url
    if button.style != "plain":
        body["style"] = button.style
    if button.ask_phone:
        body["ask_phone"] = True
    if button.copy:
        body["copy"] = button.copy
    if button.mark:
        body["mark"] = button.mark
    return body


def say_from(body: Mapping[str, Any], key: str = "") -> Say:
    return Say(
        body["text"],
        tuple(tuple(Button(**button) for button in row) for row in body.get("rows", ())),
        tuple(SentFile(**file) for file in body.get("files", ())),
        key,
        approved=Approved(**body["approved"]) if "approved" in body else None,
    )


def inbound_json(inbound: Inbound) -> Json:
    """Everything the row has no column for; what is empty is left out."""
    every: Json = {
        "at": inbound.at.isoformat(),
        "text": inbound.text,
        "button": inbound.button,
        "files": [attachment_json(file) for file in inbound.files],
        "phone": inbound.phone,
        "place": inbound.place,
        "reply_to": inbound.reply_to,
        "pressed_on": inbound.pressed_on,
        "group": inbound.group,
        "other": inbound.other,
        "edited": inbound.edited,
        "edits": inbound.edits,
        "by": inbound.by,
        "change": inbound.change,
        "moved_to": inbound.moved_to,
        "language": inbound.language,
        "behind": inbound.behind,
    }
    return {name: value for name, value in every.items() if value}


def inbound_from(channel: str, address: str, external_id: str, body: Mapping[str, Any]) -> Inbound:
    """The message of a row, as it came (its display name, which is not kept, excepted)."""
    fields = {name: body[name] for name in _PLAIN if name in body}
    inbound = Inbound(
        Address(Channel(channel), address),
        external_id,
        datetime.fromisoformat(body["at"]),
        files=tuple(map(attachment_from, body.get("files", ()))),
        **fields,
    )
    place = body.get("place")
    return replace(inbound, place=(place[0], place[1])) if place else inbound


_PLAIN = (
    "text",
    "button",
    "phone",
    "reply_to",
    "pressed_on",
    "group",
    "other",
    "edited",
    "edits",
    "by",
    "change",
    "moved_to",
    "language",
    "behind",
)


def attachment_json(file: Attachment) -> Json:
    return {
        "kind": file.kind,
        "name": file.name,
        "mime": file.mime,
        "size": file.size,
        "key": file.key,
        "remote": file.remote,
        "problems": [str(problem) for problem in file.problems],
        "refused": file.refused,
    }


def attachment_from(body: Mapping[str, Any]) -> Attachment:
    problems = tuple(PhotoProblem(problem) for problem in body.get("problems", ()))
    return Attachment(**{**body, "problems": problems})


def talk_text(talk: Talk) -> str:
    """The talk as JSON text. Raises TypeError when an answer is nothing JSON knows."""
    return orjson.dumps(talk, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()


def talk_from(text: str | None) -> Talk:
    """The talk of a row; fields that an older or newer version knew are passed over."""
    return talk_of(orjson.loads(text)) if text else Talk()


def talk_of(body: Mapping[str, Any]) -> Talk:
    """The talk of a row that was read as JSON."""
    return Talk(**{name: body[name] for name in Talk.__slots__ if name in body})
