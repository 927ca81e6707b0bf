"""The assistant as its users get it: `python -m bot run` on a free port, with its own folder."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
UP = re.compile(r"http://127\.0\.0\.1:(\d+)/")


class Process:
    """One `run`; what it prints is read as it comes."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.settings = settings
        self.port = 0
        self.printed: list[str] = []
        self.start()

    def start(self) -> None:
        """Start, and wait until it says where it listens."""
        given = {
            "DATABASE_URL": f"sqlite:///{self.folder}/ocop.sqlite3",
            "FILES_URL": str(self.folder / "files"),
            "HTTP_PORT": str(self.port),
            "DEMO": "true",
            "PYTHONPATH": str(ROOT),
            **self.settings,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=self.folder,
            env={**os.environ, **given},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.up = threading.Event()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        if not self.up.wait(60):
            raise AssertionError("never came up:\n" + "".join(self.printed))

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed.append(line)
            if found := UP.search(line):
                self.port = int(found[1])
                self.up.set()

    def links(self) -> list[str]:
        """The invitations it prints on a first start: the commune's, the province's."""
        for _ in range(200):
            found = re.findall(r"http://\S+\?invite=\S+", "".join(self.printed))
            if len(found) == 2:
                return found
            time.sleep(0.05)
        raise AssertionError("no invitations:\n" + "".join(self.printed))

    def kill(self) -> None:
        """As a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self._over()

    def stop(self) -> int:
        """As an operator does; the exit code."""
        self.process.terminate()
        return self._over()

    def _over(self) -> int:
        code = self.process.wait(15)
        self.reader.join(5)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code
