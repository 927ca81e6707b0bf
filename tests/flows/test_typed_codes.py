"""A code typed by itself is known whatever characters chance gave it."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import codes
from models.messages import Channel
from tests.flows.talk import town
from tests.flows.test_complaints import CODE, listed

LETTERS_ONLY = "XQMVZ-FMAGG"


@pytest.mark.parametrize("typed", [LETTERS_ONLY, LETTERS_ONLY.lower().replace("-", "")])
async def test_a_code_of_letters_alone_joins_another_channel(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "new_code", lambda chance, length=6: LETTERS_ONLY)
    async with town(tmp_path) as here:
        lan = here.person("lan")
        await lan.say("/start")
        await lan.say("/link")
        assert LETTERS_ONLY in await lan.press("Lấy mã")
        other = here.person("lan", Channel.ZALO_BOT)
        assert "Đúng, nối lại" in await other.say(typed)


@pytest.mark.parametrize("typed", [CODE, CODE.lower().replace("-", "")])
async def test_a_certificate_whose_code_is_letters_alone_is_found(
    typed: str, tmp_path: Path
) -> None:
    """One in six printed labels has such a code."""
    assert CODE.replace("-", "").isalpha()
    async with town(tmp_path) as here:
        lan = await listed(here)
        assert "Còn giá trị đến hết" in await lan.say(typed)


async def test_a_word_that_looks_like_none_is_no_code(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        lan = here.person("lan")
        await lan.say("/start")
        assert "Mã này sai" not in await lan.say("congnghiep")
