"""Files in an S3-compatible store: `s3://bucket/prefix`, each under `prefix/ab/abcdef…`.

Written by one PUT, which S3 keeps whole or not at all; written again when it is there already, so
that it is young when a sweep under way looks. The library is loaded when such a store is opened.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from models.files import KEY, BadAddress, Bucket, MissingFile

if TYPE_CHECKING:
    from obstore.store import S3Store as Remote

LONGEST = timedelta(seconds=60)  # of one request
TRIES = timedelta(seconds=20)  # after this nothing is tried again: the caller comes back later


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
        with _told(key):
            return bytes(self._remote.get(_name(key)).bytes())

    def exists(self, key: str) -> bool:
        return self._written_at(key) is not None

    def delete(self, key: str) -> None:
        with _told(key):
            self._remote.delete(_name(key))

    def keys(self) -> Iterator[str]:
        return (key for key, _ in self._all())

    def sweep(self, keep: Callable[[str], bool], older_than_seconds: float) -> int:
        before = datetime.fromtimestamp(time.time() - older_than_seconds, UTC)
        old = [key for key, written in self._all() if written < before and not keep(key)]
        return sum(self._remove_if_older(key, before) for key in old)

    def _remove_if_older(self, key: str, before: datetime) -> bool:
        """Asked again right before: somebody may have sent the same content meanwhile."""
        written = self._written_at(key)
        if written is None or written >= before:
            return False
        self.delete(key)
        return True

    def _written_at(self, key: str) -> datetime | None:
        try:
            with _told(key):
                return self._remote.head(_name(key))["last_modified"]
        except MissingFile:
            return None

    def _all(self) -> Iterator[tuple[str, datetime]]:
        with _told(""):
            for some in self._remote.list():
                for one in some:
                    key = one["path"].rpartition("/")[2]
                    if KEY.fullmatch(key):
                        yield key, one["last_modified"]


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
