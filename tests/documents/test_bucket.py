"""The whole assistant with its files in a bucket: a photo in, out again, orphans swept."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator, Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

import pytest
from aiohttp import FormData
from pydantic import SecretStr

from bot import clock
from bot.jobs import HANDLERS, Due
from models import jobs
from models.database import Unit
from tests.documents import s3_server
from tests.documents.s3_server import Bucketful
from tests.documents.samples import encoded, picture
from tests.security.house import House, house


@pytest.fixture
def bucket() -> Iterator[Bucketful]:
    with s3_server.serving() as kept:
        yield kept


@pytest.fixture
async def home(tmp_path: Path, bucket: Bucketful) -> AsyncIterator[House]:
    settings = {
        "files_url": f"s3://{s3_server.NAME}/ocop",
        "s3_endpoint": bucket.url,
        "s3_region": s3_server.REGION,
        "s3_access_key": SecretStr(s3_server.ACCESS),
        "s3_secret_key": SecretStr(s3_server.SECRET),
    }
    async with house(tmp_path, **settings) as started:
        yield started


async def chat(home: House) -> dict[str, str]:
    _, told = await home.ask("POST", "/chat", json={})
    return {"Authorization": f"Bearer {json.loads(told)['chat']}"}


async def upload(home: House, chat: dict[str, str]) -> tuple[int, dict[str, object]]:
    form = FormData(quote_fields=False, default_to_multipart=True)
    form.add_field("file", io.BytesIO(encoded(picture(), "JPEG")), filename="giay.jpg")
    status, told = await home.ask("POST", "/chat/file", data=form, headers=chat)
    return status, json.loads(told)


async def sweeps(home: House) -> None:
    works, due = home.assistant.jobs.works, Due(0, "sweep files", {}, 1, None, clock.now())
    await HANDLERS["sweep files"](works, due)


async def test_a_photo_comes_in_and_goes_out_again(
    home: House, bucket: Bucketful, tmp_path: Path
) -> None:
    lan = await chat(home)
    status, file = await upload(home, lan)
    assert status == 201
    ((name, (data, _)),) = bucket.objects.items()
    key = sha256(data).hexdigest()
    assert name == f"ocop/{key[:2]}/{key}" and not (tmp_path / "files").exists()
    said = {"nonce": "nonce-000001", "files": [file["file"]]}
    assert (await home.ask("POST", "/chat/say", json=said, headers=lan))[0] == 200
    _, lines = await home.ask("GET", "/chat/lines", headers=lan)
    (url,) = [f["url"] for line in json.loads(lines)["lines"] for f in line.get("files", ())]
    assert await home.ask("GET", url, headers=lan) == (200, data)


async def test_what_no_row_names_is_swept(home: House, bucket: Bucketful) -> None:
    lan = await chat(home)
    await upload(home, lan)  # never said
    bucket.age(25 * 3600)
    await sweeps(home)
    assert len(bucket.objects) == 1, "it may still be said"
    for _ in range(2):  # aside, then gone
        bucket.age(49 * 3600)
        await sweeps(home)
    assert bucket.objects == {}


def due_now(unit: Unit) -> None:
    jobs.put(unit, "sweep files", {}, clock.now(), clock.now())


async def test_a_bucket_too_big_for_one_job_is_swept_by_several(
    home: House, bucket: Bucketful, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if each job had time for one file only: none begins at the beginning again."""
    monkeypatch.setattr("bot.work.tidy.LONGEST", -1.0)
    store = home.assistant.jobs.works.house.files
    for number in range(20):
        store.put(str(number).encode())
    for _ in range(2):  # aside, then gone
        bucket.age(49 * 3600)
        bucket.asked.clear()
        await home.assistant.db.run(due_now)
        tried = 0
        while done := await home.assistant.jobs.drain():
            tried += done
        listed = [asked for asked in bucket.asked if "list-type=2" in asked]
        begun = [asked for asked in listed if "start-after" not in asked]
        assert tried >= 20
        assert len([asked for asked in begun if "continuation-token" not in asked]) == 1
    assert bucket.objects == {}


async def test_what_is_said_while_it_is_aside_comes_back(home: House, bucket: Bucketful) -> None:
    """The same photo as an orphan's, written right before a sweep deletes that, is said later."""
    lan = await chat(home)
    _, file = await upload(home, lan)
    bucket.age(49 * 3600)
    sent: list[str] = []

    def again(method: str, path: str) -> None:
        if method == "DELETE" and not sent:
            sent.append(path)
            bucket.objects[unquote(path).split("/", 2)[2]] = (data, clock.now())

    ((data, _),) = bucket.objects.values()
    bucket.meanwhile = again
    await sweeps(home)
    said = {"nonce": "nonce-000001", "files": [file["file"]]}
    assert (await home.ask("POST", "/chat/say", json=said, headers=lan))[0] == 200
    for _ in range(3):
        bucket.age(49 * 3600)
        await sweeps(home)
    assert sent and [kept for kept, _ in bucket.objects.values()] == [data]


async def test_a_bucket_that_is_away_is_told_and_comes_back(home: House, bucket: Bucketful) -> None:
    lan = await chat(home)
    bucket.fates = [503] * 20
    status, told = await upload(home, lan)
    assert (status, told["code"]) == (503, "busy") and bucket.objects == {}
    bucket.fates = []
    assert (await upload(home, lan))[0] == 201
