"""A webhook of a Zalo OA: somebody did something, left, or an officer answered by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from handlers.body import LONGEST_ID
from models.messages import Address, Attachment, Channel, Inbound

ENOUGH = 1000  # characters of an anonymous message: the officers' console has the rest
MARK = "#ocop:"  # before a button's data, which comes back as the person's text
KINDS: dict[str, Literal["photo", "document", "voice"]] = {
    "image": "photo",
    "file": "document",
    "audio": "voice",
}
#: Sent by people and read by nobody: answered with what is understood.
ANONYMOUS = "anonymous"  # Inbound.other of somebody who writes without being signed in to Zalo
OTHERS = ("sticker", "gif", "video", "business_card")


@dataclass(frozen=True, slots=True)
class Left:
    """The person unfollowed the OA."""

    address: Address


@dataclass(frozen=True, slots=True)
class ByHand:
    """The OA sent something: an echo of ours, or an officer who answers in the OA's console."""

    address: Address
    external_id: str
    text: str


Event = Inbound | Left | ByHand


def read(body: Mapping[str, Any], at: datetime) -> Event | None:
    """The event in a webhook's body; None for those that ask for nothing (seen, received, ...)."""
    name = str(body.get("event_name") or "")
    if name == "follow":
        who = _follower(body)
        return Inbound(_address(who), _own_id(body, who), at, text="/start") if who else None
    if name == "unfollow":
        who = _follower(body)
        return Left(_address(who)) if who else None
    if name.startswith("oa_send_"):
        who = _id(body.get("recipient"))
        return ByHand(_address(who), *_said(body)) if who else None
    if name == "user_submit_info":
        return _submitted(body, at)
    if name.startswith("user_send_"):
        return _sent(body, name.removeprefix("user_send_"), at)
    if name.startswith("anonymous_send_"):
        return _anonymous(body, name.removeprefix("anonymous_send_"), at)
    return None


def _sent(body: Mapping[str, Any], kind: str, at: datetime) -> Inbound | None:
    who = _id(body.get("sender"))
    if not who:
        return None
    message = _dict(body.get("message"))
    msg_id, text = _said(body)
    payloads = [
        (str(item.get("type") or kind), _dict(item.get("payload")))
        for item in _list(message.get("attachments"))
        if isinstance(item, Mapping)
    ]
    places = [_dict(x.get("coordinates")) for t, x in payloads if t == "location"]
    places.append(_dict(message.get("location")))  # seen both ways
    place = next((spot for one in places if (spot := _spot(one))), None)
    button = text[len(MARK) :] if text.startswith(MARK) else None
    files = tuple(f for t, p in payloads if (f := _file(t, p)) is not None)
    words = text if button is None else ""
    if kind in ("link", "links") and payloads:
        words = " ".join(filter(None, (text, str(payloads[0][1].get("url") or ""))))
    understood = words or button or files or payloads or place
    return Inbound(
        _address(who),
        msg_id or _own_id(body, who),
        at,
        text=words or None,
        button=button,
        files=files,
        place=place,
        reply_to=str(message.get("quote_msg_id") or "") or None,
        other=kind if kind in OTHERS or not understood else None,
    )


def _anonymous(body: Mapping[str, Any], kind: str, at: datetime) -> Inbound | None:
    """By an id that is nobody's for long: what they wrote is for the officers, and all there is."""
    said = _sent(body, kind, at)
    if said is None:
        return None
    words = said.text or f"({kind})"
    return Inbound(said.address, said.external_id, at, text=words[:ENOUGH], other=ANONYMOUS)


def _submitted(body: Mapping[str, Any], at: datetime) -> Inbound | None:
    """The person's own number and name, from the form that the OA asks with."""
    who, info = _id(body.get("sender")), _dict(body.get("info"))
    if not who:
        return None
    phone = str(info.get("phone") or "") or None
    if phone and phone.startswith("84"):
        phone = f"+{phone}"
    name = str(info.get("name") or "") or None
    return Inbound(_address(who), _own_id(body, who), at, phone=phone, name=name)


def _file(kind: str, payload: Mapping[str, Any]) -> Attachment | None:
    url = str(payload.get("url") or "")
    if kind not in KINDS or not url:
        return None
    size = str(payload.get("size") or "0")
    return Attachment(
        KINDS[kind],
        name=str(payload.get("name") or ""),
        size=int(size) if size.isdecimal() and len(size) < 16 else 0,
        remote=url,
    )


def _spot(spot: Mapping[str, Any]) -> tuple[float, float] | None:
    try:
        return float(spot["latitude"]), float(spot["longitude"])
    except (KeyError, ValueError, TypeError):
        return None


def _said(body: Mapping[str, Any]) -> tuple[str, str]:
    """(id, text) of the message."""
    message = _dict(body.get("message"))
    return str(message.get("msg_id") or message.get("message_id") or ""), str(
        message.get("text") or ""
    )


def _own_id(body: Mapping[str, Any], who: str) -> str:
    """An id for what has none: the same for every re-send."""
    return f"{body.get('event_name')}:{who}:{body.get('timestamp')}"


def _follower(body: Mapping[str, Any]) -> str:
    """Who follows: told without a sender, as far as has been seen."""
    return _id(body.get("follower")) or _id(body.get("sender"))


def _address(who: str) -> Address:
    return Address(Channel.ZALO_OA, who)


def _id(value: object) -> str:
    """Whose; nobody's when no id of Zalo's is so long."""
    found = str(_dict(value).get("id") or "")
    return found if len(found) <= LONGEST_ID else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
