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
