"""Files in an S3-compatible store: `s3://bucket/prefix`, each under `prefix/ab/abcdef…`.

Written by one PUT, which S3 keeps whole or not at all; written again when it is there already, so
that it is young. The library is loaded when such a store is opened.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from models.files import ASIDE, KEY, BadAddress, Bucket, MissingFile, Swept, never

if TYPE_CHECKING:
    from obstore.store import S3Store as Remote

LONGEST = timedelta(seconds=60)  # of one request
AT_ONCE = 1000  # names that one request lists
TRIES = timedelta(seconds=20)  # after this nothing is tried again: the caller comes back later


class _There(NamedTuple):
    """A file in the bucket: its key, its name, whether it is aside, and since when."""

    key: str
    name: str
    aside: bool
    written: datetime


class S3Store:
    """A FileStore (models/files.py). May be used by any number of threads and processes."""

    def __init__(self, url: str, bucket: Bucket) -> None:
        """Raises BadAddress; whether the bucket is there shows at the first request."""
        parts = urlsplit(url)
        if not parts.hostname or parts.query or parts.fragment:
            raise BadAddress("FILES_URL: an S3 address names its bucket, as s3://bucket/prefix.")
        if not (bucket.access_key and bucket.secret_key):
            raise BadAddress("FILES_URL: s3:// needs S3_ACCESS_KEY and S3_SECRET_KEY.")
        self._remote = _connect(parts.hostname, unquote(parts.path).strip("/"), bucket)

    def put(self, data: bytes) -> str:
        key = sha256(data).hexdigest()
        try:
            with _told(key):
                self._remote.put(_name(key), data, use_multipart=False)
        except MissingFile:
            raise OSError("the file store has no such bucket") from None
        return key

    def get(self, key: str) -> bytes:
        for name in _names(key):
            with suppress(MissingFile), _told(key):
                return bytes(self._remote.get(name).bytes())
        raise MissingFile(key)

    def exists(self, key: str) -> bool:
        for name in _names(key) if KEY.fullmatch(key) else ():
            with suppress(MissingFile), _told(key):
                self._remote.head(name)
                return True
        return False

    def delete(self, key: str) -> None:
        with _told(key):
            for name in set(_names(key)):
                self._remote.delete(name)

    def keys(self) -> Iterator[str]:
        return iter({one.key for one in self._all()})

    def sweep(
        self,
        keep: Callable[[str], bool],
        older_than_seconds: float,
        after: str = "",
        enough: Callable[[], bool] = never,
    ) -> Swept:
        before = datetime.fromtimestamp(time.time() - older_than_seconds, UTC)
        gone, last = 0, after
        for one in self._all(after):
            if last != after and enough():
                return Swept(gone, last)
            kept, last = keep(one.key), _behind(one.name)
            if one.aside and kept:
                self._move(one.key, one.name, _name(one.key))
            elif one.aside and one.written < before:
                self._remote_delete(one.key, one.name)
                gone += 1
            elif not one.aside and not kept and one.written < before:
                self._move(one.key, one.name, _aside(one.key))
        return Swept(gone)

    def _move(self, key: str, source: str, target: str) -> None:
        """At every moment it is at one of the two, or at both; the copy is young."""
        with suppress(MissingFile):  # another sweep did it
            with _told(key):
                self._remote.copy(source, target)
            self._remote_delete(key, source)

    def _remote_delete(self, key: str, name: str) -> None:
        with _told(key):
            self._remote.delete(name)

    def _all(self, after: str = "") -> Iterator[_There]:
        """Every file, in the order of names; told a thousand at a time, which are not kept."""
        with _told(""):
            for some in self._remote.list(offset=after or None, chunk_size=AT_ONCE):
                for one in some:
                    folder, _, key = one["path"].rpartition("/")
                    if KEY.fullmatch(key):
                        aside = folder.startswith(f"{ASIDE}/")
                        yield _There(key, one["path"], aside, one["last_modified"])


def _connect(name: str, prefix: str, bucket: Bucket) -> Remote:
    from obstore.store import S3Store as Remote

    return Remote(
        name,
        prefix=prefix or None,
        endpoint=bucket.endpoint or None,
        region=bucket.region or "us-east-1",
        access_key_id=bucket.access_key,
        secret_access_key=bucket.secret_key,
        disable_bulk_delete=True,  # not every compatible store knows it
        checksum_algorithm="SHA256",  # the store refuses what was damaged on the way
        client_options={
            "allow_http": bucket.endpoint.startswith("http://"),
            "timeout": LONGEST,
            "connect_timeout": timedelta(seconds=5),
        },
        retry_config={"max_retries": 3, "retry_timeout": TRIES},
    )


def _name(key: str) -> str:
    if not KEY.fullmatch(key):
        raise MissingFile(key)
    return f"{key[:2]}/{key}"


def _behind(name: str) -> str:
    """What sorts right behind it; no key, for whatever holds a key names the file."""
    return f"{name[:-1]}~"


def _aside(key: str) -> str:
    return f"{ASIDE}/{_name(key)}"


def _names(key: str) -> tuple[str, ...]:
    """Where to look, one after the other: it may go aside or come back meanwhile."""
    return _name(key), _aside(key), _name(key)


@contextmanager
def _told(key: str) -> Iterator[None]:
    """The library's errors as ours. Its texts hold addresses and answers, so they stay inside."""
    from obstore.exceptions import BaseError, NotFoundError

    try:
        yield
    except (FileNotFoundError, NotFoundError):
        raise MissingFile(key) from None
    except BaseError as wrong:
        raise OSError(f"the file store answered with {type(wrong).__name__}") from None
