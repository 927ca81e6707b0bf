"""Codes used once before they expire: made for a purpose, taken exactly once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from bot.apply import Env, Stale
from models import codes
from models.messages import Channel
from models.tables import OneTimeCode

# Columns: SQLModel types them as plain values.
_CODE: Any = OneTimeCode


def make(env: Env, purpose: str, lives: timedelta, payload: dict[str, Any]) -> tuple[str, datetime]:
    """A fresh code of this person, and when it ends. An earlier one with the same payload ends."""
    _end(env, purpose, payload)
    code, until = codes.new_code(secrets.SystemRandom(), codes.SECRET), env.now + lives
    env.session.add(
        OneTimeCode(
            code_hash=codes.fingerprint(code),
            purpose=purpose,
            person_id=env.person.id,
            payload=payload,
            made_at=env.now,
            expires_at=until,
        )
    )
    return code, until


def take(env: Env, purpose: str, code: str) -> OneTimeCode:
    """Use the code up. Raises Stale when it is wrong, used or over."""
    known = codes.parse(code, codes.SECRET) or ""
    row = env.session.scalars(
        select(OneTimeCode).where(
            _CODE.code_hash == codes.fingerprint(known),
            _CODE.purpose == purpose,
            _CODE.expires_at > env.now,
        )
    ).first()
    if row is None:
        raise Stale
    taken: Any = env.session.execute(
        update(OneTimeCode)
        .where(_CODE.id == row.id, _CODE.used_at.is_(None))
        .values(used_at=env.now)
    )
    if taken.rowcount != 1:
        raise Stale
    return row


def link(env: Env, code: str) -> str:
    """The web chat's address that says the code first; "" where no public address is set."""
    return f"{env.public_url.rstrip('/')}/?resume={code}" if env.public_url else ""


def ways(env: Env, code: str) -> dict[Channel, str]:
    """Addresses that open the other channels of this deployment with the code.

    Telegram hands the code over. Zalo is seen to put it into the line that is typed, and nothing
    promises that: the person pastes it.
    """
    carry = {Channel.TELEGRAM: "start"}
    return {
        channel: f"{url}?{carry.get(channel, 'text')}={code}"
        for channel, url in env.links.items()
        if channel is not env.channel
    }


def _end(env: Env, purpose: str, payload: dict[str, Any]) -> None:
    rows = env.session.scalars(
        select(OneTimeCode).where(
            _CODE.person_id == env.person.id,
            _CODE.purpose == purpose,
            _CODE.used_at.is_(None),
        )
    )
    for row in rows:
        if row.payload == payload:
            row.used_at = env.now
            env.session.add(row)
