"""Codes that people read to each other: no 0/O, 1/I/L, and a last character that checks the rest.

The 31 characters are a prime number, so one wrong character or two neighbours swapped never pass.
"""

from __future__ import annotations

import re
from hashlib import sha256
from random import Random

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
DOSSIER = 6  # characters of a dossier's public code: 28 million of them
SECRET = 10  # of a code that opens something once: 26 thousand billion

LONGEST = 1000  # characters of a text that are looked at

_WORDS = re.compile(r"[^\W_]+")


def new_code(random: Random, length: int = DOSSIER) -> str:
    """A fresh code such as "7KM-4QX". Give `secrets.SystemRandom()` where guessing must fail."""
    body = "".join(random.choice(ALPHABET) for _ in range(length - 1))
    return grouped(body + _last(body))


def check(code: str) -> bool:
    """Is `code` (hyphens or not, capitals) one that `new_code` may have made?"""
    bare = code.replace("-", "")
    if len(bare) < 4 or any(c not in ALPHABET for c in bare):
        return False
    return _last(bare[:-1]) == bare[-1]


def parse(text: str, length: int = DOSSIER) -> str | None:
    """The code in what a person typed: "mã 7km 4qx", "#7KM4QX", "7km-4qx." → "7KM-4QX".

    Of several readings the one made of fewest words counts, then the last.
    """
    words = [word.upper() for word in _WORDS.findall(text[:LONGEST])]
    for size in range(1, length + 1):
        for at in range(len(words) - size, -1, -1):
            joined = "".join(words[at : at + size])
            if len(joined) == length and check(joined):
                return grouped(joined)
    return None


def fingerprint(code: str) -> str:
    """What is kept of a one-time code (sha256 hex): the code itself is nowhere in the database."""
    return sha256(code.replace("-", "").upper().encode()).hexdigest()


def grouped(bare: str) -> str:
    """Two halves with a hyphen: easier to read aloud."""
    half = (len(bare) + 1) // 2
    return f"{bare[:half]}-{bare[half:]}"


def _last(body: str) -> str:
    """The character that makes the weighted sum 0: weights 2, 3, ... from the right."""
    total = sum(ALPHABET.index(c) * weight for weight, c in enumerate(reversed(body), 2))
    return ALPHABET[-total % len(ALPHABET)]
