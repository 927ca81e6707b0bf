"""A commune's poster: the ways that are configured, as codes a phone reads."""

from __future__ import annotations

import pytest

from bot.documents.poster import pdf
from bot.posters import NoPoster, made
from bot.settings import Settings
from models.content import load


def chosen(**links: str) -> Settings:
    return Settings(_env_file=None, **links)  # type: ignore[arg-type]


def test_the_poster_names_the_commune_and_the_open_channels() -> None:
    content = load()
    code, commune = next(iter(content.communes.items()))
    settings = chosen(public_url="https://ocop.example", zalo_oa_link="https://zalo.me/123")
    poster = made(settings, content, code)
    assert [way.url for way in poster.ways] == ["https://zalo.me/123", "https://ocop.example"]
    assert commune.name in poster.commune
    sheet = pdf(poster)
    assert sheet.startswith(b"%PDF")
    from io import BytesIO

    from pypdf import PdfReader

    page = PdfReader(BytesIO(sheet)).pages[0]
    words = page.extract_text()
    assert "https://zalo.me/123" in words and commune.name in words
    assert round(float(page.mediabox.width)) == 595, "A4"


def test_a_poster_without_a_commune_or_a_channel() -> None:
    content = load()
    with pytest.raises(NoPoster, match="no commune"):
        made(chosen(public_url="https://ocop.example"), content, "00000")
    with pytest.raises(NoPoster, match="must be set"):
        made(chosen(), content, next(iter(content.communes)))
