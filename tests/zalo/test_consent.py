"""Consent again from the command line, as an operator without a public address does it."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.faults.process import Process
from tests.zalo.conftest import oa_settings
from tests.zalo.oa_server import OaServer


async def command(process: Process, *words: str) -> tuple[int, str]:
    """Exit code and what was printed."""
    process.printed.clear()
    process.spawn(*words)
    code = await asyncio.to_thread(process.wait)
    return code, "".join(process.printed)


@pytest.fixture
def operator(tmp_path: Path, oa: OaServer) -> Process:
    settings = {name.upper(): value for name, value in oa_settings(oa).items()}
    return Process(tmp_path, **{**settings, "PUBLIC_URL": ""})


async def test_the_page_the_way_back_and_how_it_stands(operator: Process, oa: OaServer) -> None:
    code, said = await command(operator, "zalo", "status")
    assert code == 0 and "Chưa có mã truy cập" in said
    code, said = await command(operator, "zalo", "consent")
    page = re.findall(r"https?://\S+/v4/oa/permission\S+", said)
    assert code == 0 and len(page) == 1 and page[0].startswith(oa.base)
    asked = parse_qs(urlsplit(page[0]).query)
    given = oa.consent(asked["code_challenge"][0])
    back = f"https://ocop.example/back?oa_id=1&code={given}&state={asked['state'][0]}"
    code, said = await command(operator, "zalo", "consent", "--back", back)
    assert code == 0 and "Đã nối lại với Zalo OA" in said, said
    code, said = await command(operator, "zalo", "status")
    assert code == 0 and "dùng được đến" in said and "!!" not in said
    code, said = await command(operator, "zalo", "consent", "--back", back)
    assert code == 1 and "Xin trang mới" in said, "once only"
    assert oa.renewals == 1 and oa.burnt == 0


async def test_without_an_oa_it_says_so(operator: Process) -> None:
    operator.settings["ZALO_OA_APP_ID"] = ""
    code, said = await command(operator, "zalo", "status")
    assert code == 2 and "ZALO_OA_APP_ID" in said and "Traceback" not in said
