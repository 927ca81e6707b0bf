"""Where the bytes of papers and photos live: by the hash of their content, never by a name.

A file is on the disk, whole and under its key, before any row names it; a row that was never
written leaves an orphan, which `sweep` removes later. Nothing here knows what the bytes are.

No look at the rows can tell that nobody is sending the same content at that moment. So a sweep puts
an orphan aside, where it is still read; a later one deletes it, when all that was sent before has
its row, or brings it back because a row names it after all.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

KEY = re.compile(r"[0-9a-f]{64}")
ASIDE = "aside"  # the folder of a store for what a later sweep deletes
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")  # two letters or more: C:\ is a path


class MissingFile(LookupError):
    """The store holds nothing under this key (or it is no key at all)."""


class BadAddress(ValueError):
    """`FILES_URL` names no store we can use; the text is one sentence for the operator."""


def never() -> bool:
    """A sweep goes to its end."""
    return False


@dataclass(frozen=True, slots=True)
class Swept:
    """How many files a sweep deleted, and after what the next goes on; "": it came to the end."""

    gone: int = 0
    after: str = ""


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

    def sweep(
        self,
        keep: Callable[[str], bool],
        older_than_seconds: float,
        after: str = "",
        enough: Callable[[], bool] = never,
    ) -> Swept:
        """Put aside what `keep` does not claim and nobody put so lately; delete what a sweep put
        aside so long ago and `keep` does not claim still.

        `keep` knows what is named now; a file is named sooner after it was put than this age.
        Always in the same order, so that one that had `enough` is gone on with `after` it.
        """


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
        for place in self._places(key):
            with suppress(FileNotFoundError):
                return place.read_bytes()
        raise MissingFile(key)

    def exists(self, key: str) -> bool:
        return KEY.fullmatch(key) is not None and any(p.is_file() for p in self._places(key))

    def delete(self, key: str) -> None:
        for place in self._places(key):
            place.unlink(missing_ok=True)

    def keys(self) -> Iterator[str]:
        """Asks for those aside twice: what moves meanwhile is not missed."""
        return iter({*self._keys(ASIDE), *self._keys(), *self._keys(ASIDE)})

    def sweep(
        self,
        keep: Callable[[str], bool],
        older_than_seconds: float,
        after: str = "",
        enough: Callable[[], bool] = never,
    ) -> Swept:
        before, gone = time.time() - older_than_seconds, 0
        for folder in (f"{number:02x}" for number in range(256)):
            if folder > after:
                gone += self._sweep(folder, keep, before)
                if enough():
                    return Swept(gone, folder)
        return Swept(gone)

    def _sweep(self, folder: str, keep: Callable[[str], bool], before: float) -> int:
        gone = 0
        for key in self._keys(ASIDE, folder):
            if keep(key):
                self._place(key).parent.mkdir(exist_ok=True, mode=0o700)
                os.replace(self._aside(key), self._place(key))
            else:
                gone += _remove_if_older(self._aside(key), before)
        for key in self._keys("", folder):
            if not keep(key) and _is_older(self._place(key), before):
                self._put_aside(key)
        halves = list(self.root.glob(f"{folder}/.*.part"))  # left by a crash amid a write
        return gone + sum(_remove_if_older(place, before) for place in halves)

    def _keys(self, under: str = "", folder: str = "??") -> Iterator[str]:
        return (p.name for p in (self.root / under).glob(f"{folder}/*") if KEY.fullmatch(p.name))

    def _put_aside(self, key: str) -> None:
        self._aside(key).parent.mkdir(exist_ok=True, parents=True, mode=0o700)
        with suppress(FileNotFoundError):
            os.utime(self._place(key))  # its time aside begins
            os.replace(self._place(key), self._aside(key))

    def _places(self, key: str) -> tuple[Path, ...]:
        """Where to look, one after the other: it may go aside or come back meanwhile."""
        return self._place(key), self._aside(key), self._place(key)

    def _aside(self, key: str) -> Path:
        return self.root / ASIDE / key[:2] / key

    def _place(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise MissingFile(key)
        return self.root / key[:2] / key

    def _renew(self, key: str) -> bool:
        """Make a file that is there young again, so that no sweep puts it aside soon."""
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


def _is_older(place: Path, before: float) -> bool:
    with suppress(FileNotFoundError):
        return place.stat().st_mtime < before
    return False


def _remove_if_older(place: Path, before: float) -> bool:
    if not _is_older(place, before):
        return False
    place.unlink(missing_ok=True)
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
