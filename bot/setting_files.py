"""Settings kept in files, as container platforms hand out secrets: `NAME_FILE=/run/secrets/x`."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path

MOST = 64 * 1024  # bytes; a secret is shorter
SUFFIX = "_FILE"


class BadSettingFile(ValueError):
    """A file of a setting cannot be used; the text is one sentence for the operator."""


def from_files(names: Collection[str], dotenv: Mapping[str, str | None]) -> dict[str, str]:
    """What the files hold, by setting, without the line end they close with.

    `names` are the settings in lower case; `dotenv` is what `.env` says, over which the
    environment wins. Raises BadSettingFile.
    """
    given = {k.lower(): v for k, v in {**dotenv, **os.environ}.items() if v}
    found = {}
    for name in names:
        if path := given.get(f"{name}{SUFFIX}".lower()):
            if name in given:
                raise BadSettingFile(
                    f"{name.upper()} and {name.upper()}{SUFFIX} are both set: one is enough."
                )
            found[name] = _read(name.upper() + SUFFIX, Path(path))
    return found


def _read(setting: str, path: Path) -> str:
    try:
        if path.stat().st_size > MOST:
            raise BadSettingFile(f"{setting} names a file that is too long for a setting.")
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except OSError as wrong:
        why = wrong.strerror
    except UnicodeDecodeError:
        why = "it is not text"
    raise BadSettingFile(f"{setting} names a file that cannot be read: {why}.")
