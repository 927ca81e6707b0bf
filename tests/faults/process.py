"""The assistant as an operator starts it, `python -m bot run`, killed and started again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread
from typing import Any

from tests import databases

ROOT = Path(__file__).parents[2]
_UP = re.compile(r"http://127\.0\.0\.1:(\d+)/$")


class Process:
    """One installation in `folder`; at most one process at a time, always on the same port."""

    def __init__(self, folder: Path, module: str = "bot", **settings: str) -> None:
        self.folder, self.module, self.settings = folder, module, settings
        self.database = folder / "ocop.sqlite3"
        self.url = settings.get("DATABASE_URL") or databases.at(self.database)
        self.files = folder / "files"
        self.port = 0
        self.printed: list[str] = []

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What another program reads in the database meanwhile, or changes (RETURNING)."""
        return databases.rows(self.url, query)

    def spawn(self, *command: str) -> None:
        """Start it (`run` when no other command is given), without waiting."""
        env = {
            **os.environ,
            "DATABASE_URL": self.url,
            "FILES_URL": str(self.files),
            "HTTP_PORT": str(self.port),
            "DEMO": "false",
            "LOG_LEVEL": "WARNING",
            "PYTHONPATH": str(ROOT),
            **self.settings,
        }
        self._up = Event()
        self._process = subprocess.Popen(
            [sys.executable, "-m", self.module, *(command or ("run",))],
            cwd=self.folder,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reading = Thread(target=self._read, args=(self._process, self._up), daemon=True)
        self._reading.start()

    def start(self) -> None:
        """Start `run`, and wait until it says where it listens."""
        self.spawn()
        assert self._up.wait(240), "never came up:\n" + "".join(self.printed[-20:])

    def kill(self) -> None:
        """As a power cut does."""
        self._process.send_signal(signal.SIGKILL)
        self._over(10)

    def stop(self, seconds: float = 10) -> int:
        """As an operator does; the exit code, or TimeoutExpired."""
        self._process.terminate()
        return self._over(seconds)

    def wait(self, seconds: float = 60) -> int:
        """The exit code of a command that ends by itself."""
        return self._over(seconds)

    def _over(self, seconds: float) -> int:
        code = self._process.wait(seconds)
        self._reading.join(10)
        if self._process.stdout is not None:
            self._process.stdout.close()
        return code

    def _read(self, process: subprocess.Popen[str], up: Event) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.printed.append(line)
            if found := _UP.search(line.strip()):
                self.port = int(found[1])
                up.set()
