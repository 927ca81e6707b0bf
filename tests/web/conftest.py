"""The web chat on a loopback port, with the in-memory office behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer

from tests.web.office import Office
from tests.web.visit import Client, Person, open_chat, site


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
async def client(office: Office) -> AsyncIterator[Client]:
    async with TestClient(TestServer(site(office))) as client:
        yield client


@pytest.fixture
async def person(client: Client) -> Person:
    return await open_chat(client)
