"""Text can be read: contrast AA (4.5 to 1) of every pair of colours the style puts together."""

from __future__ import annotations

import re
from importlib import resources

import pytest

STYLE = (resources.files("handlers") / "static" / "style.css").read_text("utf-8")
PAIRS = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "leaf"),
    ("ink", "clay-soft"),
    ("soft", "paper"),
    ("soft", "card"),
    ("green", "card"),
    ("green", "leaf"),
    ("green", "paper"),
    ("on-green", "green"),
    ("clay", "card"),
    ("clay", "paper"),
    ("clay", "clay-soft"),
]


def palette(dark: bool) -> dict[str, str]:
    """Names and colours of one scheme; the dark one changes what it names."""
    light, night = re.findall(r":root \{(.*?)\}", STYLE, re.S)[:2]
    pattern = r"--([\w-]+): (#[0-9a-f]{6});"
    return dict(re.findall(pattern, light)) | (dict(re.findall(pattern, night)) if dark else {})


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_text_can_be_read(pair: tuple[str, str], dark: bool) -> None:
    colours = palette(dark)
    assert contrast(colours[pair[0]], colours[pair[1]]) >= 4.5


def test_white_on_the_readers_own_bubble_can_be_read() -> None:
    own = re.search(r"\.mine \.bubble \{[^}]*background: (#\w{6}); color: #fff", STYLE)
    assert own and contrast("#ffffff", own[1]) >= 4.5
