"""What every test stands on: no network but this machine's own loopback, and a database."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from tests import databases

# The same examples every time, however slow the machine: a change is not refused for what chance
# found elsewhere. FUZZ looks at others.
hypothesis.settings.register_profile(
    "suite",
    deadline=None,
    derandomize="FUZZ" not in os.environ,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("suite")


def _local(host: Any) -> bool:
    """Whether a host is this machine: empty, localhost, or a loopback address."""
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if name in ("localhost", "0.0.0.0", "::"):
        return True
    try:
        return ipaddress.ip_address(name.split("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that would reach another machine fails, and says which one it asked for."""

    def refuse(host: Any) -> None:
        if not _local(host):
            raise AssertionError(f"a test tried to reach the network: {host!r}")

    def guard(name: str) -> None:
        real = getattr(socket.socket, name)

        def connect(self: socket.socket, address: Any) -> Any:
            if isinstance(address, tuple):  # else a path: a Unix socket
                refuse(address[0])
            return real(self, address)

        monkeypatch.setattr(socket.socket, name, connect)

    def lookup(host: Any, *rest: Any, **more: Any) -> Any:
        refuse(host)
        return real_lookup(host, *rest, **more)

    real_lookup = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    guard("connect")
    guard("connect_ex")


@pytest.fixture(autouse=True)
def _database(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every database of the test is of one kind (tests/databases.py)."""
    with databases.kept_in(getattr(request, "param", databases.CHOSEN)):
        yield


@pytest.fixture
def on_both() -> None:
    """Asked for by a test, or by a fixture of it, that must hold on SQLite and on PostgreSQL."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "on_both" in metafunc.fixturenames:
        metafunc.parametrize("_database", databases.BOTH, indirect=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the bot's side of the stories")
    parser.addoption("--pictures", default="", help="a folder to keep screenshots in")


@pytest.fixture(autouse=True)
def _zalo_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a slow machine a message of Zalo's may take longer than the two seconds it waits; what
    happens then has tests of its own, here everybody is patient."""
    monkeypatch.setattr("handlers.zalo_oa.LIMIT", 60.0)
