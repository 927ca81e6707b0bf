"""Logs are JSON lines on stderr that carry ids, and never a person's name, number or words."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.code_tree import ROOT

SCRIPT = """
import logging, warnings
from bot import log
log.start("INFO")
mine = log.get_logger("bot.turn")
mine.info("turn written", inbound=812, outcome="written", phone="0912345678", text="xin chào")
mine.debug("not asked for")
try:
    try:
        raise KeyError("Nguyễn Thị Lan")
    except KeyError:
        raise OSError(28, "No space left", "/srv/Nguyễn Thị Lan.jpg")
except OSError:
    mine.exception("turn failed", inbound=813)
warnings.warn("the header says Nguyễn Thị Lan")
logging.getLogger("aiohttp.access").info("GET /secret-link")
logging.getLogger("aiohttp.server").warning("bad request %s", 7)
"""


def lines() -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_each_line_is_json_with_ids_and_nothing_personal() -> None:
    written, failed, odd, library = lines()
    assert written.pop("at")
    assert written == {
        "event": "turn written",
        "inbound": 812,
        "outcome": "written",
        "level": "info",
        "logger": "bot.turn",
    }
    assert failed["inbound"] == 813
    assert (
        failed["exception"]
        == "OSError 28 (<string>:12 <module>) <- KeyError (<string>:10 <module>)"
    )
    assert "Nguyễn" not in str(failed), "an error may quote what somebody wrote"
    assert odd["event"] == "<string>:15: UserWarning"
    assert (library["level"], library["event"]) == ("warning", "bad request 7")
