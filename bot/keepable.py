"""A message without what no database keeps as text: NUL, and halves of broken emoji.

The wires take them out of what people type; here also out of ids and names that a provider sent.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any, TypeVar

from models.messages import Address, Attachment, Inbound

UNKEPT = re.compile(r"[\x00\ud800-\udfff]")
NAMES = tuple(field.name for field in fields(Inbound))
PARTS = tuple(field.name for field in fields(Attachment))
T = TypeVar("T", Inbound, Attachment)


def keepable(inbound: Inbound) -> Inbound:
    """The same message; a new one only when there is something to take out."""
    clean = _clean(inbound, NAMES)
    if UNKEPT.search(clean.address.id):
        address = Address(clean.address.channel, UNKEPT.sub("", clean.address.id))
        clean = replace(clean, address=address)
    if clean.files:
        clean = replace(clean, files=tuple(_clean(file, PARTS) for file in clean.files))
    return clean


def _clean(one: T, names: tuple[str, ...]) -> T:
    changed: dict[str, Any] = {}
    for name in names:
        value = getattr(one, name)
        if isinstance(value, str) and UNKEPT.search(value):
            changed[name] = UNKEPT.sub("", value)
    return replace(one, **changed) if changed else one
