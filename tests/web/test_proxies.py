"""The proxies of the README, as it sets them up, before the assistant: where they are installed."""

from __future__ import annotations

import json
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from getpass import getuser
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path
from signal import SIGINT
from socket import create_connection, socket

import pytest

from tests.faults.process import Process

README = Path(__file__).parents[2] / "README.md"
HOST = "ocop.example.vn"
NGINX = """\
user {user};
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{server}
}}
"""
MB = 1024 * 1024

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")


def snippet(after: str) -> str:
    """The first block of the README behind these words."""
    text = README.read_text(encoding="utf-8")
    found = re.search(r"```\w*\n(.*?)```", text[text.index(after) :], re.DOTALL)
    assert found
    return found[1]


def free_port() -> int:
    with socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def certificate(folder: Path) -> tuple[Path, Path]:
    made, key = folder / "fullchain.pem", folder / "privkey.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}", "-keyout", key, "-out", made],
        check=True, capture_output=True,
    )  # fmt: skip
    return made, key


def nginx(folder: Path, port: int, behind: int) -> list[str]:
    made, key = certificate(folder)
    server = snippet("\nnginx:").replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    server = server.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    server = re.sub(r"/etc/\S+fullchain\.pem", str(made), server)
    server = re.sub(r"/etc/\S+privkey\.pem", str(key), server)
    server = server.replace("127.0.0.1:8080", f"127.0.0.1:{behind}")
    settings = folder / "nginx.conf"
    settings.write_text(
        NGINX.format(user=getuser(), folder=folder, server=server), encoding="utf-8"
    )
    return ["nginx", "-c", str(settings), "-p", str(folder), "-g", "daemon off;"]


def caddy(folder: Path, port: int, behind: int) -> list[str]:
    made, key = certificate(folder)
    site = snippet("\nCaddy (").replace(
        f"{HOST} {{", f"https://{HOST}:{port} {{\n\ttls {made} {key}"
    )
    site = site.replace("127.0.0.1:8080", f"127.0.0.1:{behind}")
    quiet = f"{{\n\tadmin off\n\tauto_https disable_redirects\n\tstorage file_system {folder}\n}}\n"
    settings = folder / "Caddyfile"
    settings.write_text(quiet + site, encoding="utf-8")
    return ["caddy", "run", "--config", str(settings), "--adapter", "caddyfile"]


class Outside:
    """A browser on the other side of the proxy."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port = port
        self.lines: list[HTTPSConnection] = []
        self.answers: list[HTTPResponse] = []
        self.trusted = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))

    def asks(
        self, method: str, path: str, body: bytes | None = None, /, **headers: str
    ) -> HTTPResponse:
        """The answer, its body unread. A minute without a byte is an error."""
        line = HTTPSConnection(HOST, self.port, timeout=60, context=self.trusted)
        plain = create_connection(("127.0.0.1", self.port), 60)
        try:
            line.sock = self.trusted.wrap_socket(plain, server_hostname=HOST)
        except OSError:
            plain.close()
            raise
        self.lines.append(line)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body, named)
        answer = line.getresponse()
        self.answers.append(answer)
        return answer

    def leaves(self) -> None:
        for answer in self.answers:
            answer.close()
        for line in self.lines:
            line.close()

    def posts(self, path: str, body: object, **headers: str) -> HTTPResponse:
        return self.asks(
            "POST", path, json.dumps(body).encode(), Content_Type="application/json", **headers
        )


@pytest.fixture(params=[nginx, caddy], scope="module")
def outside(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Outside]:
    kind = request.param
    if not shutil.which(kind.__name__):
        pytest.skip(f"{kind.__name__} is not installed")
    tmp_path, port = tmp_path_factory.mktemp("proxy"), free_port()
    assistant = Process(tmp_path, PUBLIC_URL=f"https://{HOST}")
    assistant.port = free_port()
    assistant.spawn()
    command = kind(tmp_path, port, assistant.port)
    with (tmp_path / "proxy.log").open("wb") as log:
        proxy = subprocess.Popen(command, stdout=log, stderr=log, cwd=tmp_path)
    try:
        browser = Outside(port, tmp_path)
        yield answering(browser, proxy, tmp_path / "proxy.log")
        browser.leaves()
    finally:
        proxy.send_signal(SIGINT)
        try:
            proxy.wait(10)
        except subprocess.TimeoutExpired:  # it waits for whoever is still connected
            proxy.kill()
            proxy.wait()
        assistant.kill()


def answering(outside: Outside, proxy: subprocess.Popen[bytes], log: Path) -> Outside:
    for _ in range(2400):
        assert proxy.poll() is None, log.read_text(encoding="utf-8")
        try:
            if outside.asks("GET", "/healthz").status == 200:
                return outside
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the proxy never answered:\n" + log.read_text(encoding="utf-8"))


def chat(outside: Outside, **headers: str) -> HTTPResponse:
    return outside.posts("/chat", {}, **headers)


def data_lines(stream: HTTPResponse) -> Iterator[dict[str, object]]:
    while line := stream.readline():
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


def test_a_reply_comes_through_the_stream_while_it_is_open(outside: Outside) -> None:
    """Held back by a proxy it would only come when the stream ends, which it does not."""
    mine = {"Authorization": f"Bearer {json.loads(chat(outside).read())['chat']}"}
    stream = outside.asks("GET", "/chat/events", None, **mine)
    assert stream.status == 200 and stream.headers["Content-Type"].startswith("text/event-stream")
    said = outside.posts("/chat/say", {"nonce": "nonce-0001", "text": "/start"}, **mine)
    assert said.status == 200, said.read()
    assert "OCOP" in json.dumps(next(data_lines(stream)), ensure_ascii=False)
    more = outside.posts("/chat/say", {"nonce": "nonce-0002", "text": "menu"}, **mine)
    assert more.status == 200 and next(data_lines(stream))


def test_files_of_twenty_megabytes_pass_and_larger_ones_are_told_so(outside: Outside) -> None:
    mine = {"Authorization": f"Bearer {json.loads(chat(outside).read())['chat']}"}

    def sent(size: int) -> HTTPResponse:
        head = (
            b'--edge\r\nContent-Disposition: form-data; name="file"; filename="giay.pdf"\r\n'
            b"Content-Type: application/pdf\r\n\r\n"
        )
        body = head + b"x" * size + b"\r\n--edge--\r\n"
        kind = "multipart/form-data; boundary=edge"
        return outside.asks("POST", "/chat/file", body, Content_Type=kind, **mine)

    passed = sent(20 * MB)  # read whole by the assistant, which then sees that it is no PDF
    assert passed.status != 413 and b'"message"' in passed.read(), passed.status
    with suppress(OSError):  # a proxy that hands on at once may close while we still send
        over = sent(21 * MB)
        assert over.status == 413 and json.loads(over.read())["code"] == "too_big"


def test_what_is_for_the_machine_stays_inside(outside: Outside) -> None:
    for path in ("/metrics", "/readyz"):
        assert outside.asks("GET", path).status == 404
    assert outside.asks("GET", "/").status == 200


def test_who_asks_and_how_is_told_by_the_proxy_not_by_the_asker(outside: Outside) -> None:
    opened = chat(outside)
    assert "Secure" in opened.headers["Set-Cookie"]  # the assistant heard https
    for number in range(200):
        answer = chat(outside, X_Forwarded_For=f"203.0.113.{number}", X_Forwarded_Proto="http")
        if answer.status != 201:
            break
        assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.status == 429  # one asker, whatever it says of itself
