"""Reads the golden files, compares them with what happened, writes them when asked."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

HERE = Path(__file__).parent
Case = dict[str, Any]


def cases(name: str) -> list[Case]:
    found: list[Case] = json.loads((HERE / name).read_text(encoding="utf-8"))
    return found


async def agree(
    name: str, ours: str, make: Callable[[Case], Awaitable[Any]], *, update: bool
) -> None:
    """Each case's `ours` is what `make` gives; with `update` it becomes that."""
    known = cases(name)
    made = [{**case, ours: json.loads(json.dumps(await make(case)))} for case in known]
    if update:
        text = json.dumps(made, ensure_ascii=False, indent=1)
        (HERE / name).write_text(text + "\n", encoding="utf-8")
        return
    for was, now in zip(known, made, strict=True):
        assert was.get(ours) == now[ours], f"{name}: {was['what']}"


class Ear:
    """A server that takes everything and remembers it as it came over the wire."""

    def __init__(self, answer: Callable[[str], dict[str, Any]], headers: tuple[str, ...]) -> None:
        self.answer, self.headers = answer, headers
        self.calls: list[dict[str, Any]] = []

    async def start(self) -> str:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._take)
        self.server = TestServer(app)
        await self.server.start_server()
        return str(self.server.make_url("")).rstrip("/")

    async def _take(self, request: web.Request) -> web.Response:
        call: dict[str, Any] = {"call": f"{request.method} {request.path}"}
        if request.query:
            call["query"] = dict(request.query)
        call |= {name: request.headers[name] for name in self.headers if name in request.headers}
        if request.content_type == "application/json":
            call["body"] = await request.json()
        elif request.can_read_body:
            call["form"] = {k: self._field(v) for k, v in (await request.post()).items()}
        self.calls.append(call)
        return web.json_response(self.answer(request.path))

    @staticmethod
    def _field(value: Any) -> Any:
        if not isinstance(value, web.FileField):
            return value
        size = len(value.file.read())
        return {"name": value.filename, "type": value.content_type, "bytes": size}

    def heard(self) -> list[dict[str, Any]]:
        calls, self.calls = self.calls, []
        return calls
