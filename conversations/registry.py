"""Every room, by key. A new room is added here and nowhere else; a test walks over the list."""

from __future__ import annotations

from conversations.rooms import Registry

ROOMS = Registry()
