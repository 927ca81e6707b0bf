"""File names people can read and no system can trip over."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80  # characters of the stem: some disks count bytes, and Vietnamese letters take three
KNOWN = re.compile(
    r"\.(jpe?g|png|webp|hei[cf]|pdf|docx?|docm|xlsx?|xlsm|exe|com|bat|cmd|scr|js|vbs|html?|svg|zip)$",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(r'[<>:"|?*]')
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # Windows opens these


def clean_name(name: str, extension: str) -> str:
    """`name` without folders, control and direction marks, and with the extension of its content.

    With an empty `extension` (a refused file) the name's own one stays, for the sentence that
    tells the person which file it was.
    """
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    base = "".join(" " if c.isspace() else c for c in base if _visible(c) or c.isspace())
    stem = re.sub(r" +", " ", FORBIDDEN.sub("_", base)).strip(" .")
    while extension and KNOWN.search(stem):
        stem = KNOWN.sub("", stem).rstrip(" .")
    stem = stem[:LONGEST].rstrip(" .") or "tep"
    if DEVICES.fullmatch(stem.split(".")[0]):
        stem = f"_{stem}"
    return stem + extension


def _visible(char: str) -> bool:
    """No controls, no right-to-left tricks (`gpj.exe`), nothing unassigned or private."""
    return unicodedata.category(char)[0] != "C"
