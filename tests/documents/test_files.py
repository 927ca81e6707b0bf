"""The file store: nothing half-written, nothing outside its folder, orphans swept."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from models.files import BadAddress, FolderStore, MissingFile, open_store


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "files")


def age(store: FolderStore, key: str, seconds: float) -> None:
    place = store.path(key)
    os.utime(place, (place.stat().st_atime, place.stat().st_mtime - seconds))


def test_what_was_put_comes_back_under_its_hash(store: FolderStore) -> None:
    key = store.put(b"giay phep")
    assert key == sha256(b"giay phep").hexdigest()
    assert store.get(key) == store.path(key).read_bytes() == b"giay phep"
    assert store.exists(key)
    assert list(store.keys()) == [key]


def test_the_same_content_is_kept_once_and_opens_in_a_new_store(store: FolderStore) -> None:
    key = store.put(b"a")
    assert store.put(b"a") == key
    assert FolderStore(store.root).get(key) == b"a"
    assert len(list(store.keys())) == 1


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "a" * 63, "A" * 64, "g" * 64, "/" * 64])
def test_a_name_never_leaves_the_folder(store: FolderStore, key: str) -> None:
    assert not store.exists(key)
    for ask in (store.get, store.path, store.delete):
        with pytest.raises(MissingFile):
            ask(key)


def test_what_is_not_there_is_said(store: FolderStore) -> None:
    key = store.put(b"x")
    store.delete(key)
    store.delete(key)
    assert not store.exists(key)
    with pytest.raises(MissingFile):
        store.get(key)


def test_a_failed_write_leaves_nothing(store: FolderStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(b"too much")
    assert [p for p in store.root.rglob("*") if p.is_file()] == []


def test_others_on_the_machine_cannot_read(store: FolderStore) -> None:
    assert store.path(store.put(b"secret")).stat().st_mode & 0o077 == 0


def test_sweep_takes_old_orphans_only(store: FolderStore) -> None:
    claimed, orphan, young = store.put(b"1"), store.put(b"2"), store.put(b"3")
    for key in (claimed, orphan):
        age(store, key, 7200)
    assert store.sweep({claimed}.__contains__, older_than_seconds=3600) == 1
    assert set(store.keys()) == {claimed, young}


def test_sweep_spares_an_orphan_that_was_just_sent_again(store: FolderStore) -> None:
    key = store.put(b"again")
    age(store, key, 7200)
    store.put(b"again")
    assert store.sweep(lambda _: False, older_than_seconds=3600) == 0
    assert store.exists(key)


def test_sweep_clears_halves_of_a_crash(store: FolderStore) -> None:
    half = store.path(store.put(b"x")).parent / ".cut.part"
    half.write_bytes(b"ha")
    os.utime(half, (0, 0))
    assert store.sweep(lambda _: True, older_than_seconds=60) == 1
    assert not half.exists()


def test_the_store_of_an_address(tmp_path: Path) -> None:
    for url in (str(tmp_path / "a b"), (tmp_path / "a b").as_uri()):
        store = open_store(url)
        assert store.path(store.put(b"1")).is_relative_to(tmp_path / "a b")


@pytest.mark.parametrize("url", ["ftp://host/files", "file://host/files", "file:"])
def test_an_unknown_address_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(BadAddress, match=r"^FILES_URL.*\.$"):
        open_store(url)
