"""Words in the reader's language: Vietnamese is the source, English a catalogue beside it.

A Vietnamese sentence is its own key. `gettext("vi", "Bà con gửi {n} ảnh", n=3)` returns it filled
in; for "en" its English is looked up in `locales/en/*.po` (one file per area, merged). Numbers,
money and dates are written the way the reader writes them. Imports nothing of ours.
"""

from __future__ import annotations

from locales.catalogue import N_, Translate, gettext, ngettext, translator, warm
from locales.figures import date_, datetime_, join, money, number, size, time_

LANGUAGES = ("vi", "en")

__all__ = [
    "LANGUAGES",
    "N_",
    "Translate",
    "date_",
    "datetime_",
    "gettext",
    "join",
    "money",
    "ngettext",
    "number",
    "size",
    "time_",
    "translator",
    "warm",
]
