"""A small, strict S3 on loopback: one bucket, path-style addresses, every signature checked.

Knows what the file store needs (put, get, head, copy, delete, list in pages) and refuses everything
else, so that nothing rests on what real stores merely happen to allow.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.sax.saxutils import escape

from models.files import Bucket

NAME, REGION, ACCESS, SECRET = "giay-to", "vn-1", "AKIDTEST", "mat/khau+cua=kho"
PAGE = 3  # keys a listing tells at once
SIGNED = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(\S+?)/(\d{8})/(\S+?)/s3/aws4_request, ?"
    r"SignedHeaders=(\S+?), ?Signature=([0-9a-f]{64})"
)


def _now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)  # the library asks the real clock too


class Bucketful:
    """What the server holds. `fate` gives a status to answer with instead, for a while."""

    def __init__(self) -> None:
        self.objects: dict[str, tuple[bytes, datetime]] = {}
        self.asked: list[str] = []
        self.fates: list[int] = []
        self.url = ""
        #: Called before each request is done, with its method and path.
        self.meanwhile: Callable[[str, str], None] = lambda method, path: None

    def age(self, seconds: float) -> None:
        """Everything that is there was written so long ago."""
        back = timedelta(seconds=seconds)
        self.objects = {name: (data, at - back) for name, (data, at) in self.objects.items()}

    @property
    def access(self) -> Bucket:
        return Bucket(self.url, REGION, ACCESS, SECRET)


@contextmanager
def serving() -> Iterator[Bucketful]:
    """The server, from here to the end of the block."""
    kept = Bucketful()
    handler = type("Handler", (_Handler,), {"kept": kept})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    kept.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    kept: Bucketful

    def log_message(self, *_: Any) -> None:
        """Quiet."""

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.kept.asked.append(f"{self.command} {self.path}")
        self.kept.meanwhile(self.command, self.path)
        if self.kept.fates:
            return self._answer(self.kept.fates.pop(0), b"<Error><Code>Drill</Code></Error>")
        wrong = self._unsigned(body)
        if wrong:
            return self._answer(403, f"<Error><Code>{wrong}</Code></Error>".encode())
        parts = urlsplit(self.path)
        bucket, _, name = unquote(parts.path).lstrip("/").partition("/")
        if bucket != NAME:
            return self._answer(404, b"<Error><Code>NoSuchBucket</Code></Error>")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        if self.command == "GET" and not name:
            return self._list(query)
        if query:
            return self._answer(501, b"<Error><Code>NotImplemented</Code></Error>")
        self._one(name, body)

    do_GET = do_PUT = do_HEAD = do_DELETE = do_POST = _serve

    def _one(self, name: str, body: bytes) -> None:
        objects = self.kept.objects
        if self.command == "PUT" and (source := self.headers.get("x-amz-copy-source")):
            return self._copy(unquote(source).lstrip("/").removeprefix(f"{NAME}/"), name)
        if self.command == "PUT":
            told = self.headers.get("x-amz-checksum-sha256", "")
            if told != base64.b64encode(hashlib.sha256(body).digest()).decode():
                return self._answer(400, b"<Error><Code>BadDigest</Code></Error>")
            objects[name] = body, _now()
            return self._answer(200, b"", ETag=f'"{hashlib.md5(body).hexdigest()}"')  # noqa: S324
        if self.command == "DELETE":
            objects.pop(name, None)
            return self._answer(204, b"")
        if name not in objects:
            return self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        data, at = objects[name]
        self._answer(200, data, ETag='"e"', **{"Last-Modified": format_datetime(at, usegmt=True)})

    def _copy(self, source: str, target: str) -> None:
        if source not in self.kept.objects:
            return self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        self.kept.objects[target] = self.kept.objects[source][0], _now()
        at = f"{_now():%Y-%m-%dT%H:%M:%S.000Z}"
        done = f"<CopyObjectResult><ETag>e</ETag><LastModified>{at}</LastModified>"
        self._answer(200, f"{done}</CopyObjectResult>".encode())

    def _list(self, query: dict[str, str]) -> None:
        if query.get("list-type") != "2":
            return self._answer(501, b"")
        after = query.get("continuation-token", "") or query.get("start-after", "")
        prefix = query.get("prefix", "")
        found = sorted(n for n in self.kept.objects if n.startswith(prefix) and n > after)
        more = len(found) > PAGE
        rows = "".join(
            f"<Contents><Key>{escape(name)}</Key><ETag>e</ETag>"
            f"<Size>{len(self.kept.objects[name][0])}</Size>"
            f"<LastModified>{self.kept.objects[name][1]:%Y-%m-%dT%H:%M:%S.000Z}</LastModified>"
            "</Contents>"
            for name in found[:PAGE]
        )
        token = f"<NextContinuationToken>{found[PAGE - 1]}</NextContinuationToken>" if more else ""
        self._answer(
            200,
            f"<ListBucketResult><Name>{NAME}</Name><IsTruncated>{str(more).lower()}</IsTruncated>"
            f"{token}{rows}</ListBucketResult>".encode(),
        )

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _unsigned(self, body: bytes) -> str:
        """Why this request is not properly signed (AWS Signature Version 4); "" when it is."""
        found = SIGNED.fullmatch(self.headers.get("Authorization", ""))
        stamp, told = self.headers.get("x-amz-date", ""), self.headers["x-amz-content-sha256"]
        if found is None or found[1] != ACCESS or found[3] != REGION:
            return "InvalidAccessKeyId"
        at = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        if abs(_now() - at) > timedelta(minutes=15) or stamp[:8] != found[2]:
            return "RequestTimeTooSkewed"
        if told != hashlib.sha256(body).hexdigest():
            return "XAmzContentSHA256Mismatch"
        if not {"host", "x-amz-date", "x-amz-content-sha256"} <= set(found[4].split(";")):
            return "SignatureDoesNotMatch"
        good = hmac.compare_digest(found[5], self._signature(found[2], stamp, found[4], told))
        return "" if good else "SignatureDoesNotMatch"

    def _signature(self, day: str, stamp: str, names: str, told: str) -> str:
        parts = urlsplit(self.path)
        query = sorted(parse_qsl(parts.query, keep_blank_values=True))
        canonical = "\n".join(
            (
                self.command,
                parts.path,
                "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in query),
                *(f"{name}:{' '.join(self.headers[name].split())}" for name in names.split(";")),
                "",
                names,
                told,
            )
        )
        scope = f"{day}/{REGION}/s3/aws4_request"
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        key = f"AWS4{SECRET}".encode()
        for word in (day, REGION, "s3", "aws4_request"):
            key = hmac.digest(key, word.encode(), "sha256")
        signed = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{digest}"
        return hmac.digest(key, signed.encode(), "sha256").hex()
