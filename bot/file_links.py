"""Short-lived addresses of files, for channels that cannot carry them: /f/TOKEN/NAME.

The token is sealed under a key of this installation and tells the file and when the link ends;
nothing is stored.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot import clock
from handlers import file_links as page
from handlers.wire import Reception
from models.messages import SentFile

if TYPE_CHECKING:
    from bot.channels import Parts, Wire
    from bot.web import App
    from models.files import FileStore

LIVES = timedelta(hours=24)
MARK = 16  # bytes of the seal


class FileLinks:
    """Makes and opens the links; a plug without a channel of its own."""

    def __init__(self, public_url: str) -> None:
        self.public_url = public_url.rstrip("/")
        self._key = b""
        self._files: FileStore | None = None

    def attach(self, app: App, reception: Reception) -> None:
        page.attach(app, self.read)

    def connect(self, parts: Parts) -> list[Wire]:
        self._key = hmac.digest(parts.key, b"file links", "sha256")
        self._files = parts.files
        return []

    def url(self, file: SentFile) -> str:
        """The link; "" where no public address is set."""
        if not self.public_url:
            return ""
        until = int((clock.now() + LIVES).timestamp())
        told = json.dumps([file.key, file.mime, file.name, until], separators=(",", ":")).encode()
        token = urlsafe_b64encode(self._seal(told) + told).decode().rstrip("=")
        return f"{self.public_url}/f/{token}/{quote(file.name)}"

    async def read(self, token: str) -> tuple[bytes, str, str] | None:
        """(data, mime, name); None when the link is not ours, is over or its file is gone."""
        from models.files import MissingFile

        try:
            raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except ValueError:
            return None
        seal, told = raw[:MARK], raw[MARK:]
        if not self._key or self._files is None or not hmac.compare_digest(seal, self._seal(told)):
            return None
        key, mime, name, until = json.loads(told)
        if clock.now().timestamp() >= until:
            return None
        try:
            return await asyncio.to_thread(self._files.get, key), mime, name
        except MissingFile:
            return None

    def _seal(self, told: bytes) -> bytes:
        return hmac.digest(self._key, told, "sha256")[:MARK]
