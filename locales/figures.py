"""Numbers, money, dates and lists as the reader writes them. Babel is loaded when first used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo


@cache
def vietnam() -> tzinfo:
    """Vietnam's one time zone."""
    return ZoneInfo("Asia/Ho_Chi_Minh")


def number(lang: str, n: int | float | Decimal, /) -> str:
    """1250000 → "1.250.000" (vi), "1,250,000" (en); 87.5 → "87,5", "87.5"."""
    from babel.numbers import format_decimal

    return format_decimal(n, locale=lang)


def money(lang: str, dong: int | Decimal, /) -> str:
    """1250000 → "1.250.000 đồng" (vi), "1,250,000 VND" (en)."""
    return f"{number(lang, dong)} {'đồng' if lang == 'vi' else 'VND'}"


def date_(lang: str, day: date, /) -> str:
    """ "25/11/2026" (vi), "25 November 2026" (en)."""
    if lang == "vi":
        return f"{day.day:02}/{day.month:02}/{day.year}"
    from babel.dates import format_date

    return format_date(day, "d MMMM y", locale=lang)


def time_(lang: str, at: datetime, zone: tzinfo | None = None, /) -> str:
    """ "9 giờ 05" (vi), "9:05" (en), on the reader's clock. `at` must be aware."""
    local = at.astimezone(zone or vietnam())
    hour = f"{local.hour} giờ" if lang == "vi" else f"{local.hour}:{local.minute:02}"
    return f"{hour} {local.minute:02}" if lang == "vi" and local.minute else hour


def datetime_(lang: str, at: datetime, zone: tzinfo | None = None, /) -> str:
    """ "9 giờ 05 ngày 25/11/2026" (vi), "9:05 on 25 November 2026" (en). `at` must be aware."""
    day = date_(lang, at.astimezone(zone or vietnam()).date())
    return f"{time_(lang, at, zone)} {'ngày' if lang == 'vi' else 'on'} {day}"


def size(lang: str, count: int, /) -> str:
    """A file's size in bytes → "850 KB", "1,2 MB" (vi), "1.2 MB" (en)."""
    if count < 1_000_000:
        return f"{number(lang, max(1, round(count / 1000)))} KB"
    return f"{number(lang, round(count / 1_000_000, 1))} MB"


def join(lang: str, things: Sequence[str], /) -> str:
    """["a", "b", "c"] → "a, b và c" (vi), "a, b and c" (en)."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} {'và' if lang == 'vi' else 'and'} {things[-1]}"
