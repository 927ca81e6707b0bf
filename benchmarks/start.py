"""How soon a phone sees the page, and how much memory the web chat alone takes.

`python -m benchmarks.start` starts `python -m bot run` on an empty folder and again on what that
left behind, and asks for the page until it is there. Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).parents[1]
WANTED_SECONDS, WANTED_MB = 1.5, 130.0
PATIENCE = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Started:
    """Seconds from the start of the process; resident megabytes."""

    page: float
    chat: float
    idle_mb: float
    talked_mb: float


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def ask(port: int, method: str, path: str, body: str | None = None, chat: str = "") -> bytes | None:
    """The body of the answer; None while nobody listens."""
    headers = {"Content-Type": "application/json"} if body is not None else {}
    if chat:
        headers["Authorization"] = f"Bearer {chat}"
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.read() if answer.status < 300 else None
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


def until(port: int, began: float, method: str, path: str, body: str | None = None) -> bytes:
    while time.perf_counter() - began < PATIENCE:
        answer = ask(port, method, path, body)
        if answer is not None:
            return answer
        time.sleep(0.005)
    raise SystemExit(f"no answer from {path} in {PATIENCE:.0f} seconds")


def resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def start(folder: Path) -> Started:
    port = free_port()
    env = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'ocop.sqlite3'}",
        "FILES_URL": str(folder / "files"),
        "HTTP_PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "bot", "run"]
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        try:
            until(port, began, "GET", "/")
            page = time.perf_counter() - began
            chat = until(port, began, "POST", "/chat", "{}").decode().split('"')[3]
            opened = time.perf_counter() - began
            time.sleep(1.0)
            idle = resident(run.pid)
            for number in range(20):
                ask(
                    port,
                    "POST",
                    "/chat/say",
                    f'{{"nonce":"nonce-{number:04}","text":"menu"}}',
                    chat,
                )
            time.sleep(2.0)  # what answers questions is built when the first person is here
            return Started(page, opened, idle, resident(run.pid))
        finally:
            run.send_signal(signal.SIGTERM)
            run.wait(15)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        first = start(Path(folder))
        print(f"empty folder: page {first.page:.2f} s, chat opened {first.chat:.2f} s")
        again = [start(Path(folder)) for _ in range(runs)]
    page = statistics.median(one.page for one in again)
    chat = statistics.median(one.chat for one in again)
    idle = statistics.median(one.idle_mb for one in again)
    talked = statistics.median(one.talked_mb for one in again)
    print(f"page {page:.2f} s (< {WANTED_SECONDS}), chat opened {chat:.2f} s")
    print(f"resident: {idle:.0f} MB (< {WANTED_MB:.0f}), after a talk {talked:.0f} MB")
    return 0 if page < WANTED_SECONDS and max(idle, talked) < WANTED_MB else 1


if __name__ == "__main__":
    sys.exit(main())
