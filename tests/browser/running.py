"""The assistant as its users get it: `python -m bot run` on a free port, with its own folder."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
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
        threading.Thread(target=self._read, daemon=True).start()
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
        """The invitations it printed, in order."""
        return re.findall(r"http://\S+\?invite=\S+", "".join(self.printed))

    def kill(self) -> None:
        """As a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> int:
        """As an operator does; the exit code."""
        self.process.terminate()
        return self.process.wait(15)
