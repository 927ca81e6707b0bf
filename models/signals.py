"""Words from process to process on one PostgreSQL (LISTEN and NOTIFY): that rows were committed.

Sent after the commit, from a connection of its own: NOTIFY within a transaction makes all commits
of the server wait for each other. Words that come within a moment leave together. A word may be
lost; whoever listens looks at the rows again from time to time, and more often while not `live`.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy.engine import URL

from models.in_use import OURS, plain

CHANNEL = "ocop_wake"
MOMENT = 0.01  # seconds in which words are gathered
PULSE = 20.0  # seconds between words to oneself: a pooler in between may swallow them
AGAIN = (0.5, 1.0, 2.0, 5.0)  # seconds until it connects anew
LONGEST = 7500  # bytes of one notification; PostgreSQL takes 8000
Heard = Callable[[list[str]], None]


class Signals:
    """One connection, one thread. `heard` is called there, with the words of other processes;
    with none when some may have been missed."""

    def __init__(self, url: URL, heard: Heard) -> None:
        self._url, self._heard = plain(url), heard
        self._words: dict[str, None] = {}  # an ordered set
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._rings, self._bell = os.pipe()
        self._own, self._pulse_heard = "", False
        self._thread = threading.Thread(target=self._serve, name="db-signals", daemon=True)

    @property
    def live(self) -> bool:
        """Does a word that is sent now reach everybody who listens?"""
        return self._pulse_heard

    def start(self) -> None:
        self._thread.start()

    def send(self, word: str) -> None:
        """Tell the others. From any thread; never waits. A word has no spaces."""
        with self._lock:
            first = not self._words
            self._words[word] = None
        if first:
            self._ring()

    def close(self) -> None:
        """Stop listening; what was not sent yet is not."""
        self._stop.set()
        self._ring()
        if self._thread.is_alive():
            self._thread.join(5)
        for end in (self._rings, self._bell):
            os.close(end)

    def _ring(self) -> None:
        with contextlib.suppress(OSError):
            os.write(self._bell, b".")

    def _serve(self) -> None:
        import psycopg

        failures = 0
        while not self._stop.is_set():
            try:
                with psycopg.connect(
                    self._url, autocommit=True, application_name=OURS
                ) as connection:
                    self._listen(connection)
                    failures = 0
            except psycopg.Error:  # the poll goes on, and this comes back
                failures += 1
            self._pulse_heard = False
            self._stop.wait(AGAIN[min(failures, len(AGAIN) - 1)])

    def _listen(self, connection: Any) -> None:
        connection.add_notify_handler(lambda note: self._take(note.pid, note.payload))
        connection.execute(f"LISTEN {CHANNEL}")
        self._own = f"pulse:{connection.info.backend_pid}"
        self._heard([])
        beat = 0.0
        while not self._stop.is_set():
            if time.monotonic() >= beat:
                beat = time.monotonic() + PULSE
                connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, self._own))
            ready, _, _ = select.select([connection.fileno(), self._rings], [], [], 1.0)
            if self._rings in ready:
                self._stop.wait(MOMENT)
                os.read(self._rings, 4096)
                for payload in self._gathered():
                    connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))
            if connection.fileno() in ready:
                self._read(connection.pgconn)

    def _read(self, wire: Any) -> None:
        """What came while no statement ran; what comes during one goes to the handler."""
        wire.consume_input()
        while (note := wire.notifies()) is not None:
            self._take(note.be_pid, note.extra.decode())

    def _take(self, sender: int, payload: str) -> None:
        if payload == self._own:
            self._pulse_heard = True
        elif f"pulse:{sender}" != self._own and not payload.startswith("pulse:"):
            self._heard(payload.split())

    def _gathered(self) -> Iterator[str]:
        with self._lock:
            words, self._words = list(self._words), {}
        payload = ""
        for word in words:
            if payload and len(payload) + len(word) + 1 > LONGEST:
                yield payload
                payload = ""
            payload = f"{payload} {word}".lstrip()
        if payload:
            yield payload
