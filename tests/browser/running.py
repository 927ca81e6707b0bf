"""The assistant as a newcomer gets it: `run` prints who may try both sides."""

from __future__ import annotations

import re
import time

from tests.faults.process import Process


def invitations(process: Process) -> list[str]:
    """The links a first start prints: the commune's, the province's."""
    for _ in range(200):
        found = re.findall(r"http://\S+\?invite=\S+", "".join(process.printed))
        if len(found) == 2:
            return found
        time.sleep(0.05)
    raise AssertionError("no invitations:\n" + "".join(process.printed))


def appointed(process: Process, role: str, name: str, *communes: str) -> str:
    """The link that makes an officer, as an operator asks for it on the command line."""
    beside = Process(process.folder, process.module, HTTP_PORT=str(process.port))
    places = [word for commune in communes for word in ("--commune", commune)]
    beside.spawn("officer", "invite", "--role", role, "--name", name, *places)
    assert beside.wait() == 0, "".join(beside.printed)
    found = re.search(r"/\?invite=(\S+)", "".join(beside.printed))
    assert found, "".join(beside.printed)
    return f"http://127.0.0.1:{process.port}/?invite={found[1]}"
