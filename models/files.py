"""Where the bytes of papers and photos live: by the hash of their content, never by a name.

A file is on the disk, whole and under its key, before any row names it; a row that was never
written leaves an orphan, which `sweep` removes later. Nothing here knows what the bytes are.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

KEY = re.compile(r"[0-9a-f]{64}")
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")  # two letters or more: C:\ is a path


class MissingFile(LookupError):
    """The store holds nothing under this key (or it is no key at all)."""


class BadAddress(ValueError):
    """`FILES_URL` names no store we know; the text is one sentence for the operator."""


class FileStore(Protocol):
    """Blocking; call it from a worker thread. A key is the sha256 of the content, in hex."""

    def put(self, data: bytes) -> str:
        """Keep `data`; on return it is durable under the key returned."""

    def get(self, key: str) -> bytes:
        """The bytes, or MissingFile."""

    def path(self, key: str) -> Path:
        """A readable file on this machine with the bytes, or MissingFile."""

    def exists(self, key: str) -> bool: ...

    def delete(self, key: str) -> None:
        """Forget the key; not being there is no error."""

    def keys(self) -> Iterator[str]: ...

    def sweep(self, keep: Callable[[str], bool], older_than_seconds: float) -> int:
        """Delete what `keep` does not claim and nobody put lately; how many went."""


class FolderStore:
    """A folder: `root/ab/abcdef…`, readable by its owner only."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True, mode=0o700)

    def put(self, data: bytes) -> str:
        key = sha256(data).hexdigest()
        if not self._renew(key):
            self._write(self._place(key), data)
        return key

    def get(self, key: str) -> bytes:
        try:
            return self._place(key).read_bytes()
        except FileNotFoundError:
            raise MissingFile(key) from None

    def path(self, key: str) -> Path:
        place = self._place(key)
        if not place.is_file():
            raise MissingFile(key)
        return place

    def exists(self, key: str) -> bool:
        return KEY.fullmatch(key) is not None and self._place(key).is_file()

    def delete(self, key: str) -> None:
        self._place(key).unlink(missing_ok=True)

    def keys(self) -> Iterator[str]:
        return (p.name for p in self.root.glob("??/*") if KEY.fullmatch(p.name))

    def sweep(self, keep: Callable[[str], bool], older_than_seconds: float) -> int:
        before = time.time() - older_than_seconds
        unclaimed = [self._place(key) for key in self.keys() if not keep(key)]
        halves = list(self.root.glob("??/.*.part"))  # left by a crash in the middle of a write
        return sum(_remove_if_older(place, before) for place in unclaimed + halves)

    def _place(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise MissingFile(key)
        return self.root / key[:2] / key

    def _renew(self, key: str) -> bool:
        """Make a file that is there young again, so that a sweep under way spares it."""
        try:
            os.utime(self._place(key))
        except FileNotFoundError:
            return False
        return True

    def _write(self, place: Path, data: bytes) -> None:
        place.parent.mkdir(exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as part:
                part.write(data)
                part.flush()
                os.fsync(part.fileno())
            os.replace(name, place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _sync_folder(place.parent)
        _sync_folder(self.root)  # the two-letter folder may be new


def open_store(url: str) -> FileStore:
    """The store that `FILES_URL` names: a folder's path or a file:// address. Else BadAddress."""
    if not SCHEME.match(url):
        return FolderStore(Path(url).expanduser())
    opener = OPENERS.get(urlsplit(url).scheme)
    if opener is None:
        known = ", ".join(f"{scheme}://" for scheme in OPENERS)
        raise BadAddress(f"FILES_URL takes a folder or an address that starts with {known}.")
    return opener(url)


def _open_file_url(url: str) -> FileStore:
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost") or not parts.path:
        raise BadAddress("FILES_URL: a file:// address needs three slashes, as file:///srv/files.")
    return FolderStore(Path(unquote(parts.path)))


OPENERS: dict[str, Callable[[str], FileStore]] = {"file": _open_file_url}


def _remove_if_older(place: Path, before: float) -> bool:
    try:
        if place.stat().st_mtime >= before:
            return False
        place.unlink()
    except FileNotFoundError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    """A rename survives a power cut only once its folder is on the disk."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
