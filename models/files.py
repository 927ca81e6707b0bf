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
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

KEY = re.compile(r"[0-9a-f]{64}")
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")  # two letters or more: C:\ is a path


class MissingFile(LookupError):
    """The store holds nothing under this key (or it is no key at all)."""


class BadAddress(ValueError):
    """`FILES_URL` names no store we can use; the text is one sentence for the operator."""


class FileStore(Protocol):
    """Blocking; call it from a worker thread. A key is the sha256 of the content, in hex.

    A store that is away or full raises OSError: whoever asked tries again later.
    """

    def put(self, data: bytes) -> str:
        """Keep `data`; on return it is durable under the key returned."""

    def get(self, key: str) -> bytes:
        """The bytes, or MissingFile."""

    def exists(self, key: str) -> bool: ...

    def delete(self, key: str) -> None:
        """Forget the key; not being there is no error."""

    def keys(self) -> Iterator[str]: ...

    def sweep(self, keep: Callable[[str], bool], older_than_seconds: float) -> int:
        """Delete what `keep` does not claim and nobody put lately; how many went."""


class FolderStore:
    """A folder: `root/ab/abcdef…`, readable by its owner only."""

    def __init__(self, root: Path) -> None:
        """Raises BadAddress when the folder can neither be made nor written to."""
        self.root = root
        try:
            root.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as wrong:
            raise BadAddress(
                f"FILES_URL: the folder {root} cannot be made ({wrong.strerror})."
            ) from None
        if not os.access(root, os.W_OK | os.X_OK):
            raise BadAddress(f"FILES_URL: the folder {root} may not be written to.")

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


@dataclass(frozen=True, slots=True)
class Bucket:
    """How an S3-compatible store is reached; nothing of it is part of FILES_URL."""

    endpoint: str = ""  # "": Amazon's own
    region: str = ""
    access_key: str = ""
    secret_key: str = field(default="", repr=False)


def open_store(url: str, bucket: Bucket | None = None) -> FileStore:
    """The store that `FILES_URL` names: a folder, a file:// or s3:// address. Else BadAddress."""
    scheme = urlsplit(url).scheme if SCHEME.match(url) else ""
    if scheme == "s3":
        from models.files_s3 import S3Store

        return S3Store(url, bucket or Bucket())
    if scheme == "file":
        return _open_file_url(url)
    if scheme:
        raise BadAddress("FILES_URL takes a folder, file:///folder or s3://bucket/prefix.")
    return FolderStore(Path(url).expanduser())


def _open_file_url(url: str) -> FileStore:
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost") or not parts.path:
        raise BadAddress("FILES_URL: a file:// address needs three slashes, as file:///srv/files.")
    return FolderStore(Path(unquote(parts.path)))


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
