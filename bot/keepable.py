"""A message without what no database keeps: NUL, halves of broken emoji, ids without end.

The wires take the first two out of what people type; here also out of ids and names that a provider
sent. PostgreSQL would refuse them, and the provider would send them again for a day.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from hashlib import sha256
from typing import Any, TypeVar

from models.messages import Address, Attachment, Inbound

UNKEPT = re.compile(r"[\x00\ud800-\udfff]")
LONGEST = 100  # characters of an id; providers' own have some forty
NAMES = tuple(field.name for field in fields(Inbound))
PARTS = tuple(field.name for field in fields(Attachment))
T = TypeVar("T", Inbound, Attachment)


def keepable(inbound: Inbound) -> Inbound:
    """The same message; a new one only when there is something to take out."""
    clean = _clean(inbound, NAMES)
    if UNKEPT.search(clean.address.id) or len(clean.address.id) > LONGEST:
        address = Address(clean.address.channel, _short(UNKEPT.sub("", clean.address.id)))
        clean = replace(clean, address=address)
    if len(clean.external_id) > LONGEST:
        clean = replace(clean, external_id=_short(clean.external_id))
    if clean.files:
        clean = replace(clean, files=tuple(_clean(file, PARTS) for file in clean.files))
    return clean


def _short(name: str) -> str:
    """One that is too long is known by its hash: the same again is still the same."""
    kept = name.encode(errors="replace")
    return name if len(name) <= LONGEST else sha256(kept).hexdigest()


def _clean(one: T, names: tuple[str, ...]) -> T:
    changed: dict[str, Any] = {}
    for name in names:
        value = getattr(one, name)
        if isinstance(value, str) and UNKEPT.search(value):
            changed[name] = UNKEPT.sub("", value)
    return replace(one, **changed) if changed else one
