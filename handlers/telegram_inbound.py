"""An update of Telegram as one of our messages. Both libraries name the fields as Telegram does.

In groups only commands, mentions and replies to us are read, corrected ones too; the rest is
nobody's business. A topic of a forum is an address of its own: "-100123:45".
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from handlers.body import LONGEST_ID
from handlers.telegram_api import Me
from handlers.telegram_text import clean
from models.messages import Address, Attachment, Change, Channel, Inbound

FILE_BYTES = 20 << 20  # what getFile brings (Bot API, getFile)
# What people send and we do not read; checked in this order, since a moving picture is also a file.
OTHERS = (
    *("sticker", "poll", "animation", "video", "video_note", "voice", "audio", "dice", "game"),
    *("story", "contact", "checklist", "paid_media", "invoice", "web_app_data", "giveaway"),
)
# What Telegram itself puts into a chat: nobody said it.
SERVICE = (
    *("new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo"),
    *("delete_chat_photo", "group_chat_created", "supergroup_chat_created", "pinned_message"),
    *("message_auto_delete_timer_changed", "write_access_allowed", "connected_website"),
    *("proximity_alert_triggered", "boost_added", "chat_background_set", "forum_topic_created"),
    *("forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "video_chat_scheduled"),
    *("general_forum_topic_hidden", "general_forum_topic_unhidden", "video_chat_started"),
    *("video_chat_ended", "video_chat_participants_invited", "users_shared", "chat_shared"),
    *("giveaway_created", "giveaway_completed", "giveaway_winners", "channel_chat_created"),
    *("successful_payment", "refunded_payment", "passport_data", "checklist_tasks_done"),
    *("checklist_tasks_added", "direct_message_price_changed", "paid_message_price_changed"),
    *("gift", "unique_gift", "migrate_from_chat_id", "migrate_to_chat_id"),
)
# In a group: an answer of one person to another, though it hangs on our message.
CHATTER = ("sticker", "animation", "dice", "game")
GENERAL = 1  # the topic every forum has; sent to without its number
HERE, AWAY = ("member", "administrator", "creator"), ("left", "kicked")
SHAPE = TypeAdapter(Inbound)


def from_update(update: Any, channel: Channel, me: Me, now: datetime) -> Inbound | None:
    """The message in `update`; None when there is nothing in it to hear.

    ValueError (pydantic's ValidationError) when a field is not of its kind: python-telegram-bot
    does not look, and what is written down must be readable again.
    """
    inbound = from_checked(update, channel, me, now)
    if inbound is not None:
        SHAPE.validate_json(SHAPE.dump_json(inbound, warnings="none"), strict=True)
    return inbound


def from_checked(update: Any, channel: Channel, me: Me, now: datetime) -> Inbound | None:
    """The same of an update whose library looked at every field."""
    found = _read(update, channel, me, now)
    kept = found is None or 0 < len(found.address.id) <= LONGEST_ID  # else no chat of Telegram's
    return found if kept else None


def _read(update: Any, channel: Channel, me: Me, now: datetime) -> Inbound | None:
    if update.callback_query is not None:
        return _pressed(update, channel, now)
    if update.message is not None:
        return _said(update.update_id, update.message, channel, me, now)
    if update.edited_message is not None:
        return _edited(update.update_id, update.edited_message, channel, me, now)
    if update.my_chat_member is not None:
        return _membership(update.update_id, update.my_chat_member, channel)
    return None


def _membership(number: int, changed: Any, channel: Channel) -> Inbound | None:
    """Blocked, or let in again; taken into a group, or put out of it. Channels are not talks."""
    if str(changed.chat.type) == "channel":
        return None
    before, after = (_status(m) for m in (changed.old_chat_member, changed.new_chat_member))
    group = is_group(changed.chat)
    change: Change
    if after in AWAY:
        change = "left" if group else "blocked"
    elif before in AWAY and after in HERE:
        change = "joined" if group else "back"
    else:
        return None  # made an administrator, or restricted
    return Inbound(
        Address(channel, str(changed.chat.id)),
        f"{number}.member",
        changed.date,
        group=group,
        change=change,
        by=str(changed.from_user.id),
        language=language(changed.from_user),
    )


def _status(member: Any) -> str:
    """ "kicked", in either library."""
    return str(getattr(member.status, "value", member.status))


def _moved(number: int, message: Any, channel: Channel, now: datetime) -> Inbound | None:
    """A group became a supergroup; told in either of the two chats."""
    old, new = message.chat.id, message.migrate_to_chat_id
    if message.migrate_from_chat_id is not None:
        old, new = message.migrate_from_chat_id, message.chat.id
    if new is None:
        return None
    at = Address(channel, str(old))
    return Inbound(at, f"{number}.moved", now, group=True, change="moved", moved_to=str(new))


def is_group(chat: Any) -> bool:
    return str(chat.type) != "private"


def language(user: Any) -> str | None:
    """ "vi" or "en" when the person's app speaks it."""
    code = (user.language_code or "").partition("-")[0]
    return code if code in ("vi", "en") else None


def _pressed(update: Any, channel: Channel, now: datetime) -> Inbound | None:
    query = update.callback_query
    if query.message is None or not query.data:
        return None
    return Inbound(
        _where(query.message, channel),
        f"{update.update_id}.{query.id}",
        now,
        button=query.data,
        pressed_on=str(query.message.message_id),
        group=is_group(query.message.chat),
        by=str(query.from_user.id),
        language=language(query.from_user),
        name=query.from_user.full_name,
    )


def _said(number: int, message: Any, channel: Channel, me: Me, now: datetime) -> Inbound | None:
    if (moved := _moved(number, message, channel, now)) is not None:
        return moved
    text = clean(message.text or message.caption or "") or None
    group = is_group(message.chat)
    if message.from_user is None or (message.from_user.is_bot and message.sender_chat is None):
        return None
    if group:
        text = _to_us(text or "", message, me)
        if text is None:
            return None
    files, place = _files(message), _place(message)
    phone, other = _phone(message), _other(message)
    if group:  # none of it is for everybody's eyes: it is not taken, only that it came is told
        other = _shown_to_all(message, other)
        files, place, phone = (), None, None
    if not (text or files or place or phone or other):
        return None  # somebody joined, something was pinned: not said by anyone
    return Inbound(
        _where(message, channel),
        f"{number}.{message.message_id}",
        now,
        text=text or None,
        files=files,
        phone=phone,
        place=place,
        reply_to=_answered(message, me),
        group=group,
        by=str(message.from_user.id) if message.sender_chat is None else None,
        other=None if phone or files or place else other,
        language=language(message.from_user),
        name=message.from_user.full_name,
    )


def _edited(number: int, message: Any, channel: Channel, me: Me, now: datetime) -> Inbound | None:
    """A corrected text. The files of a corrected caption were heard with the first one."""
    text = clean(message.text or message.caption or "")
    if message.from_user is None or (message.from_user.is_bot and message.sender_chat is None):
        return None
    group = is_group(message.chat)
    if group:
        text = _to_us(text, message, me) or ""
    if not text:
        return None
    return Inbound(
        _where(message, channel),
        f"{number}.{message.message_id}",
        now,
        text=text,
        reply_to=_answered(message, me),
        group=group,
        by=str(message.from_user.id) if message.sender_chat is None else None,
        edited=True,
        edits=f".{message.message_id}",
        language=language(message.from_user),
        name=message.from_user.full_name,
    )


def _to_us(text: str, message: Any, me: Me) -> str | None:
    """What a group's message says to us, without our name; None when it is not for us."""
    command = re.match(r"/\w+(?:@(\w+))?", text)
    if command:
        meant = command[1]
        return text if meant is None or meant.lower() == me.username.lower() else None
    mention = re.compile(rf"@{re.escape(me.username)}\b", re.IGNORECASE)
    if me.username and mention.search(text):
        return mention.sub("", text).strip() or "/help"
    return text if _answered(message, me) else None


def _answered(message: Any, me: Me) -> str | None:
    """The id of our message that is answered; what opened a topic is answered by all in it."""
    first = message.reply_to_message
    if first is None or getattr(first, "forum_topic_created", None) is not None:
        return None
    ours = first.from_user is not None and first.from_user.id == me.id
    return str(first.message_id) if ours else None


def _where(message: Any, channel: Channel) -> Address:
    """The chat, and in a forum the topic. A thread of replies has a number too, and is no topic;
    one of a private chat is the same talk."""
    topic = getattr(message, "message_thread_id", None)
    in_topic = getattr(message, "is_topic_message", None) and topic not in (None, GENERAL)
    chat = str(message.chat.id)
    return Address(channel, f"{chat}:{topic}" if in_topic and is_group(message.chat) else chat)


def _shown_to_all(message: Any, other: str | None) -> str | None:
    """What came to us in a group besides words, if anything did."""
    kinds = ("photo", "document", "contact", "location", "venue")
    kind = next((kind for kind in kinds if getattr(message, kind, None)), other)
    return None if kind in CHATTER or message.animation is not None else kind


def _files(message: Any) -> tuple[Attachment, ...]:
    if message.photo:
        best = max(message.photo, key=lambda size: size.width * size.height)
        mime, size = "image/jpeg", _size(best.file_size)
        return (Attachment("photo", "", mime, size, remote=best.file_id),)
    file = message.document
    if file is None or message.animation is not None:
        return ()
    name, mime, size = clean(file.file_name or ""), file.mime_type or "", _size(file.file_size)
    if size > FILE_BYTES:
        return (Attachment("document", name, mime, size, refused="too_big"),)
    return (Attachment("document", name, mime, size, remote=file.file_id),)


def _size(told: int | None) -> int:
    """In bytes; one that no file has is as good as none (aiogram takes digits for a number)."""
    return told if told and 0 < told < 1 << 50 else 0


def _place(message: Any) -> tuple[float, float] | None:
    where = message.venue.location if message.venue is not None else message.location
    return None if where is None else (where.latitude, where.longitude)


def _phone(message: Any) -> str | None:
    """The sender's own number; somebody else's card is not theirs to give."""
    contact = message.contact
    if contact is None or contact.user_id != message.from_user.id:
        return None
    number: str = contact.phone_number
    return number if number.startswith("+") else f"+{number}"


def _other(message: Any) -> str | None:
    """What it is that we do not read; a kind newer than this code too, but nothing of Telegram's
    own."""
    kind = next((kind for kind in OTHERS if getattr(message, kind, None) is not None), None)
    if kind or message.text or message.caption or any(getattr(message, s, None) for s in SERVICE):
        return kind
    return "unknown"
