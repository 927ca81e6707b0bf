"""Everything this installation knows in one file, made while it runs; and putting it back.

The file is a ZIP: `manifest.json`, `database.sqlite3` as it was at one instant, and `files/KEY`
for each file. The database is copied first: a file is whole on the disk before a row names it, so
every file the copy names is there to be copied after it.
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

from models import snapshot
from models.database import DatabaseError
from models.files import KEY, FileStore, MissingFile

MANIFEST, DATABASE, FILES = "manifest.json", "database.sqlite3", "files/"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds. `aside` is where a restore put the database it replaced."""

    files: int
    version: str
    made_at: str
    aside: Path | None = None


def write(target: Path, database_url: str, files: FileStore, at: datetime) -> Kept:
    """Back up to the new file `target`, readable by its owner only; it is there whole or not at
    all. Raises DatabaseError, one sentence."""
    database = snapshot.sqlite_file(database_url)
    if target.exists():
        raise DatabaseError(f"{target} is there already: a backup never writes over another.")
    with _beside(target) as part, tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copied = Path(folder) / DATABASE
        version = snapshot.copy(database, copied)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as made:
            made.write(copied, DATABASE, zipfile.ZIP_DEFLATED)
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
    database = snapshot.sqlite_file(database_url)
    database.parent.mkdir(parents=True, exist_ok=True)
    if database.exists() and not replace:
        snapshot.put_back(source, database, replace=False)
    try:
        with zipfile.ZipFile(source) as backup, _beside(database) as part:
            manifest = json.loads(backup.read(MANIFEST))
            _extract(backup, DATABASE, part)
            version = snapshot.check(part)
            number = sum(_put_back(backup, files, name) for name in backup.namelist())
            if number != manifest["files"]:
                raise DatabaseError(f"{source} lacks {manifest['files'] - number} files.")
            aside = snapshot.put_back(part, database, replace=replace)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as wrong:
        raise DatabaseError(f"{source} cannot be restored: {wrong}.") from wrong
    return Kept(number, version, manifest["made_at"], aside)


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
