"""Everything this installation knows in one file, made while it runs; and putting it back.

The file is a ZIP: `manifest.json`, the database as it was at one instant (`database.sqlite3`, or
`database.dump` made by pg_dump), and `files/KEY` for each file. The database is copied first: a
file is whole in the store before a row names it, so every file the copy names is there afterwards.
"""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from migrations import HEAD
from models.database import DatabaseError, address_of
from models.files import KEY, FileStore, MissingFile
from models.snapshot import DUMP, SQLITE, keeper

MANIFEST, FILES = "manifest.json", "files/"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds. `aside` is where a restore put the database it replaced."""

    files: int
    version: str
    made_at: str
    aside: str | None = None


def write(target: Path, database_url: str, files: FileStore, at: datetime) -> Kept:
    """Back up to the new file `target`, readable by its owner only; it is there whole or not at
    all. Raises DatabaseError, one sentence."""
    if target.exists():
        raise DatabaseError(f"{target} is there already: a backup never writes over another.")
    with _beside(target) as part, tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copied, version = keeper(database_url).copy(Path(folder))
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as made:
            made.write(copied, copied.name, zipfile.ZIP_DEFLATED)
            number = sum(_add(made, files, key) for key in files.keys())  # noqa: SIM118 - no mapping
            manifest = {"made_at": at.isoformat(), "version": version, "files": number}
            made.writestr(MANIFEST, json.dumps(manifest))
        _sync(part)
        os.replace(part, target)
    return Kept(number, version, at.isoformat())


def restore(source: Path, database_url: str, files: FileStore, *, replace: bool) -> Kept:
    """Put a backup back: its files first, then the database in one step. Raises DatabaseError.

    A file that is there already stays; a database that is there is put aside with `replace`.
    """
    place = keeper(database_url)
    place.refuse(replace=replace)
    try:
        with zipfile.ZipFile(source) as backup, _working_folder(database_url) as folder:
            manifest = _manifest(source, backup)
            copied = _database(source, backup, folder)
            place.check(copied)
            number = sum(_put_back(backup, files, name) for name in backup.namelist())
            if number != manifest["files"]:
                raise DatabaseError(f"{source} lacks {manifest['files'] - number} files.")
            aside = place.put_back(copied, replace=replace)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as wrong:
        raise DatabaseError(f"{source} cannot be restored: {wrong}.") from wrong
    return Kept(number, manifest["version"], manifest["made_at"], aside)


def _manifest(source: Path, backup: zipfile.ZipFile) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(backup.read(MANIFEST))
    if told["version"] > HEAD:
        raise DatabaseError(
            f"{source} is of version {told['version']}, newer than this program's {HEAD}: "
            "update the program first."
        )
    return told


def _database(source: Path, backup: zipfile.ZipFile, folder: Path) -> Path:
    for name in (SQLITE, DUMP):
        if name in backup.namelist():
            _extract(backup, name, folder / name)
            return folder / name
    raise DatabaseError(f"{source} holds no database.")


@contextmanager
def _working_folder(database_url: str) -> Iterator[Path]:
    """Where a copy lies until it is put back: beside a file it replaces, so that it is renamed."""
    address = address_of(database_url)
    beside = None
    if address.get_backend_name() == "sqlite":
        beside = Path(address.database or "").expanduser().parent
        beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=beside) as folder:
        yield Path(folder)


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """A file of our own next to `place`, gone afterwards unless it was renamed."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{place.name}.", suffix=".part", dir=place.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _add(made: zipfile.ZipFile, files: FileStore, key: str) -> int:
    try:
        made.writestr(FILES + key, files.get(key))
    except MissingFile:  # swept meanwhile: nothing in the copy names it
        return 0
    return 1


def _put_back(backup: zipfile.ZipFile, files: FileStore, name: str) -> int:
    key = name.removeprefix(FILES)
    if key == name:
        return 0
    data = backup.read(name)
    if not KEY.fullmatch(key) or sha256(data).hexdigest() != key:
        raise DatabaseError(f"The file {key[:12]}… of the backup is damaged.")
    files.put(data)
    return 1


def _extract(backup: zipfile.ZipFile, name: str, target: Path) -> None:
    with backup.open(name) as source, target.open("wb") as copied:
        while chunk := source.read(1 << 20):
            copied.write(chunk)
        copied.flush()
        os.fsync(copied.fileno())


def _sync(file: Path) -> None:
    with file.open("rb") as written:
        os.fsync(written.fileno())
