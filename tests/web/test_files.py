"""Files over HTTP: in with limits, out to their own chat only; and the one-use upload page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from models.messages import PhotoProblem
from tests.web.office import Office
from tests.web.visit import EXE, JPEG, Client, Person, multipart, open_chat, refused, site

TOKEN = "one-use-token-of-a-link"
MEGABYTE = 1024 * 1024


async def sealed(answer: ClientResponse) -> str:
    assert answer.status == 201
    word: str = (await answer.json())["file"]
    return word


async def test_several_photos_are_one_message(person: Person, office: Office) -> None:
    files = [
        await sealed(await person.uploads(JPEG + bytes([n]), f"trang {n}.jpg")) for n in range(3)
    ]
    assert office.heard == []  # nothing is said before the message is
    await person.says(files=files, text="Giấy kiểm nghiệm")
    (heard,) = office.heard
    assert [file.name for file in heard.files] == ["trang 0.jpg", "trang 1.jpg", "trang 2.jpg"]
    assert heard.text == "Giấy kiểm nghiệm"
    assert "Đã nhận 3 trang." in [line["text"] for line in await person.lines()]


async def test_what_the_photo_check_found_travels_with_the_file(
    person: Person, office: Office
) -> None:
    await person.says(files=[await sealed(await person.uploads(b"\xff\xd8\xff tiny"))])
    assert office.heard[0].files[0].problems == (PhotoProblem.SMALL,)


async def test_a_file_kept_for_one_chat_cannot_be_said_in_another(
    client: Client, person: Person, office: Office
) -> None:
    file = await sealed(await person.uploads(JPEG))
    other = await open_chat(client)
    await refused(await other.says(files=[file]), 400, "malformed")
    changed = file[:-4] + ("AAAA" if file[-4:] != "AAAA" else "BBBB")
    await refused(await person.says(files=[changed]), 400, "malformed")
    assert office.heard == []


async def test_a_file_sent_long_ago_is_asked_for_again(person: Person, office: Office) -> None:
    """It may be swept by now; what is said within the day never is."""
    file = await sealed(await person.uploads(JPEG))
    office.now += timedelta(hours=23)
    await person.says(files=[file])
    assert len(office.heard) == 1
    office.now += timedelta(hours=2)
    await refused(await person.says(files=[file]), 410, "gone")
    assert len(office.heard) == 1


@pytest.mark.parametrize("name", ["giay-phep.jpg", "giay-phep.pdf"])
async def test_a_program_is_no_photo_whatever_its_name(person: Person, name: str) -> None:
    sentence = await refused(await person.uploads(EXE, name), 415, "bad_type")
    assert "PDF" in sentence


async def test_a_file_over_20_mb_is_refused_with_what_to_do(person: Person) -> None:
    sentence = await refused(await person.uploads(JPEG + b"\0" * 25 * MEGABYTE), 413, "too_big")
    assert "20 MB" in sentence


async def test_a_file_over_20_mb_is_refused_though_it_hides_its_length(person: Person) -> None:
    async def drip() -> AsyncIterator[bytes]:
        yield (b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n')
        for _ in range(22):
            yield b"\0" * MEGABYTE
        yield b"\r\n--b--\r\n"

    headers = {**person.headers, "Content-Type": "multipart/form-data; boundary=b"}
    answer = await person.client.post("/chat/file", data=drip(), headers=headers)
    await refused(answer, 413, "too_big")


async def test_a_file_of_just_20_mb_is_taken(person: Person) -> None:
    data = JPEG + b"\0" * (20 * MEGABYTE - len(JPEG))
    assert (await person.uploads(data)).status == 201


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("multipart/form-data; boundary=b", b"--b--\r\n", "no_file"),
        ("multipart/form-data; boundary=b", b"no parts at all", "malformed"),
        ("multipart/form-data", b"--b--\r\n", "malformed"),
        ("application/octet-stream", JPEG, "malformed"),
    ],
)
async def test_an_upload_that_is_no_form_is_refused(
    person: Person, kind: str, body: bytes, code: str
) -> None:
    headers = {**person.headers, "Content-Type": kind}
    answer = await person.client.post("/chat/file", data=body, headers=headers)
    await refused(answer, 400, code)


async def test_an_empty_file_is_no_file(person: Person) -> None:
    await refused(await person.uploads(b""), 400, "no_file")


async def test_a_stranger_keeps_nothing(client: Client, office: Office) -> None:
    stranger = Person(client, "a-guess-that-is-long-enough")
    await refused(await stranger.uploads(JPEG), 401, "unknown_chat")
    assert office.files == {}


async def test_a_name_is_only_a_name(person: Person, office: Office) -> None:
    await person.says(files=[await sealed(await person.uploads(JPEG, "../../etc/m\u202eật.jpg"))])
    assert office.heard[0].files[0].name == "mật.jpg"


async def test_an_upload_that_takes_for_ever_is_ended(office: Office) -> None:
    async def stall() -> AsyncIterator[bytes]:
        yield b"--b\r\n"
        await asyncio.sleep(3600)

    async with TestClient(TestServer(site(office, upload_seconds=0.05))) as client:
        person = await open_chat(client)
        headers = {**person.headers, "Content-Type": "multipart/form-data; boundary=b"}
        answer = await client.post("/chat/file", data=stall(), headers=headers)
        await refused(answer, 503, "busy")


async def test_no_one_takes_every_place_for_uploads(client: Client, person: Person) -> None:
    done = asyncio.Event()

    async def hold() -> AsyncIterator[bytes]:
        yield b"--b\r\n"
        await done.wait()
        yield b"--b--\r\n"

    headers = {**person.headers, "Content-Type": "multipart/form-data; boundary=b"}
    held = [
        asyncio.ensure_future(client.post("/chat/file", data=hold(), headers=headers))
        for _ in range(4)
    ]
    async with asyncio.timeout(10):
        while (answer := await person.uploads(JPEG)).status == 201:
            pass  # the held ones are still arriving
    await refused(answer, 503, "busy")
    assert (await (await open_chat(client)).uploads(JPEG)).status == 201
    done.set()
    await asyncio.gather(*held)
    assert (await person.uploads(JPEG)).status == 201


async def url_of(person: Person, data: bytes, name: str) -> str:
    await person.says(files=[await sealed(await person.uploads(data, name))])
    files = next(line["files"] for line in await person.lines() if "files" in line)
    url: str = files[0]["url"]  # type: ignore[index]
    return url


async def test_pictures_show_and_papers_are_saved(person: Person) -> None:
    picture = await person.client.get(await url_of(person, JPEG, "ảnh.jpg"))
    assert await picture.read() == JPEG
    assert picture.headers["Content-Disposition"].startswith("inline")
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    other = await open_chat(person.client)
    paper = await person.client.get(await url_of(other, b"%PDF-1.7", "hồ sơ.pdf"))
    assert paper.headers["Content-Disposition"] == (
        "attachment; filename*=UTF-8''h%E1%BB%93%20s%C6%A1.pdf"
    )
    assert paper.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_picture_already_here_is_not_sent_again(person: Person) -> None:
    url = await url_of(person, JPEG, "ảnh.jpg")
    tag = (await person.client.get(url)).headers["ETag"]
    assert (await person.client.get(url, headers={"If-None-Match": tag})).status == 304


async def test_a_file_link_is_worth_nothing_to_others(person: Person, office: Office) -> None:
    url = await url_of(person, JPEG, "ảnh.jpg")
    assert person.chat not in url
    async with TestClient(TestServer(site(office))) as stranger:
        await refused(await stranger.get(url), 401, "unknown_chat")
        other = await open_chat(stranger)
        await refused(await stranger.get(url, headers=other.headers), 401, "unknown_chat")
        folder = (await url_of(other, JPEG + b"2", "b.jpg")).rpartition("/")[0]
        theirs = f"{folder}/{url.rpartition('/')[2]}"
        await refused(await stranger.get(theirs), 404, "unknown_file")


async def test_the_cookie_opens_files_and_nothing_else(client: Client, person: Person) -> None:
    cookie = (await client.post("/chat", json={})).headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/file/" in cookie
    await refused(await client.get("/chat/lines"), 401, "unknown_chat")


async def test_the_cookie_is_secure_behind_tls(office: Office) -> None:
    async with TestClient(TestServer(site(office, proxies=1))) as client:
        headers = {"X-Forwarded-Proto": "https"}
        assert (
            "Secure" in (await client.post("/chat", json={}, headers=headers)).headers["Set-Cookie"]
        )


@pytest.fixture
def link(office: Office) -> str:
    office.slots[TOKEN] = "Giấy kiểm nghiệm <mẫu>"
    return f"/u/{TOKEN}"


async def test_an_upload_link_shows_its_item_and_looking_uses_nothing_up(
    client: Client, link: str
) -> None:
    for _ in range(3):
        answer = await client.get(link)
        page = await answer.text()
        assert answer.status == 200 and "Giấy kiểm nghiệm &lt;mẫu&gt;" in page
        assert answer.headers["Cache-Control"] == "no-store"


async def test_an_upload_link_takes_files_once(client: Client, link: str, office: Office) -> None:
    json_please = {"Accept": "application/json"}
    two = multipart((JPEG, "a.jpg"), (b"%PDF-1.7", "b.pdf"))
    answer = await client.post(link, data=two, headers=json_please)
    assert "đã nhận được" in (await answer.json())["message"]
    assert [file.name for file in office.slot_files] == ["a.jpg", "b.pdf"]
    again = await client.post(link, data=multipart((JPEG, "c.jpg")), headers=json_please)
    assert "hết hạn" in await refused(again, 410, "slot_over")
    over = await client.get(link)
    assert over.status == 410 and "hết hạn" in await over.text()


async def test_an_upload_link_works_without_scripts(
    client: Client, link: str, office: Office
) -> None:
    wrong = await client.post(link, data=multipart((EXE, "a.jpg")))
    page = await wrong.text()
    assert wrong.status == 415 and "Mình chỉ nhận ảnh" in page and "Giấy kiểm nghiệm" in page
    right = await client.post(link, data=multipart((JPEG, "a.jpg")))
    assert right.status == 200 and "đã nhận được" in await right.text()
    assert len(office.slot_files) == 1


@pytest.mark.parametrize(
    ("files", "status", "code"),
    [
        ([], 400, "no_file"),
        ([(JPEG, "a.jpg"), (EXE, "b.jpg")], 415, "bad_type"),
        ([(JPEG, "a.jpg")] * 21, 413, "too_many_files"),
        ([(b"\0" * 21 * MEGABYTE, "a.jpg")], 413, "too_big"),
    ],
)
async def test_one_bad_file_leaves_the_upload_link_open(
    client: Client,
    link: str,
    office: Office,
    files: list[tuple[bytes, str]],
    status: int,
    code: str,
) -> None:
    answer = await client.post(link, data=multipart(*files), headers={"Accept": "application/json"})
    await refused(answer, status, code)
    assert office.slot_files == [] and TOKEN in office.slots


@pytest.mark.parametrize("token", ["x", "no%20such", "a-token-that-nobody-made", "%00" * 20])
async def test_a_made_up_upload_link_is_over(client: Client, token: str) -> None:
    assert (await client.get(f"/u/{token}")).status == 410
    answer = await client.post(f"/u/{token}", data=multipart((JPEG, "a.jpg")))
    assert answer.status == 410
