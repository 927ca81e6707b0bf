"""No test reaches another machine, whichever way it tries."""

from __future__ import annotations

import asyncio
import socket

import pytest


def test_another_machine_is_refused() -> None:
    with pytest.raises(AssertionError, match="reach the network"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(AssertionError, match="example"):
        socket.getaddrinfo("ocop.example", 443)
    with socket.socket() as plain, pytest.raises(AssertionError, match="reach the network"):
        plain.connect_ex(("192.0.2.1", 80))


async def test_the_event_loop_is_refused_too() -> None:
    with pytest.raises(AssertionError, match="reach the network"):
        await asyncio.open_connection("192.0.2.1", 80)


async def test_this_machine_is_reached() -> None:
    async def hello(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"xin chao")
        writer.close()

    server = await asyncio.start_server(hello, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert await reader.read() == b"xin chao"
        writer.close()
        await writer.wait_closed()
