"""What was said on a Zalo OA while nobody listened: its lists of recent talks and of one talk.

Shapes as the API's pages show them in copies: a list of rows, newest first, `src` 1 from a person
and 0 from the OA, `time` in milliseconds, at most ten a page. Nothing here is promised: rows that
are not understood are passed over.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from handlers.zalo_oa_api import OaApi
from handlers.zalo_oa_events import Event, read

RECENT, TALK = "/v2.0/oa/listrecentchat", "/v2.0/oa/conversation"
PAGE = 10  # rows; the API gives no more
MOST = 50  # pages of one list
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: Type of a row → how a webhook names the same.
KINDS = {
    "text": "text",
    "photo": "image",
    "image": "image",
    "voice": "audio",
    "audio": "audio",
    "file": "file",
    "sticker": "sticker",
    "gif": "gif",
    "video": "video",
    "link": "link",
    "links": "link",
    "location": "location",
}

Row = Mapping[str, Any]


async def rows(api: OaApi, path: str, since: datetime, **which: str) -> AsyncIterator[Row]:
    """The rows of a list since then, newest first. Raises Later, Never, Closed or Gone."""
    for page in range(MOST):
        asked = {**which, "offset": page * PAGE, "count": PAGE}
        found = [row for row in await api.read(path, asked) if isinstance(row, Mapping)]
        for row in found:
            if said_at(row) < since:
                return
            yield row
        if len(found) < PAGE:
            return


def said_at(row: Row) -> datetime:
    """When it was said; long ago when the row does not tell."""
    time = str(row.get("time") or "0")
    return _EPOCH + timedelta(milliseconds=int(time) if time.isdigit() else 0)


def person(row: Row) -> str:
    """The id of the person the row was said by or to."""
    return str(row.get("from_id" if _theirs(row) else "to_id") or "")


def event(row: Row, at: datetime) -> Event | None:
    """The row as its webhook would have told it."""
    kind, id_ = KINDS.get(str(row.get("type") or "").lower()), str(row.get("message_id") or "")
    who = person(row)
    if kind is None or not id_ or not who:
        return None
    message = {
        "msg_id": id_,
        "text": str(row.get("message") or ""),
        "attachments": _files(kind, row),
    }
    known = {"timestamp": str(row.get("time")), "message": message}
    if _theirs(row):
        return read({**known, "event_name": f"user_send_{kind}", "sender": {"id": who}}, at)
    return read({**known, "event_name": f"oa_send_{kind}", "recipient": {"id": who}}, at)


def _theirs(row: Row) -> bool:
    return str(row.get("src")) == "1"


def _files(kind: str, row: Row) -> list[dict[str, Any]]:
    if kind == "location":
        return [{"type": kind, "payload": {"coordinates": _place(row.get("location"))}}]
    url = str(row.get("url") or row.get("thumb") or "")
    if kind == "text" or not url:
        return []
    return [{"type": kind, "payload": {"url": url, "name": str(row.get("description") or "")}}]


def _place(value: object) -> object:
    """Given as an object, or as one in a string."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return None
