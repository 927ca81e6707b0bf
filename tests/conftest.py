"""What every test stands on: no network but this machine's own loopback."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest


def _local(family: int, address: Any) -> bool:
    if family == getattr(socket, "AF_UNIX", None):
        return True
    host = str(address[0]).split("%")[0] if isinstance(address, tuple) else ""
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that would reach another machine fails, and says which one it asked for."""

    def guard(name: str) -> None:
        real = getattr(socket.socket, name)

        def connect(self: socket.socket, address: Any) -> Any:
            if not _local(self.family, address):
                raise AssertionError(f"a test tried to reach the network: {address!r}")
            return real(self, address)

        monkeypatch.setattr(socket.socket, name, connect)

    guard("connect")
    guard("connect_ex")
