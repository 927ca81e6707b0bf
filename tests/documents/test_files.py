"""The file stores, a folder and a bucket: nothing half-written or misplaced, orphans swept."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from models.files import KEY, BadAddress, Bucket, FileStore, FolderStore, MissingFile, open_store
from tests.documents import s3_server
from tests.documents.s3_server import Bucketful


@dataclass
class Place:
    """A kind of store: `open` gives it anew, `age` makes all that is in it older."""

    open: Callable[[], FileStore]
    age: Callable[[float], None]
    count: Callable[[], int]
    steps: Callable[[pytest.MonkeyPatch], AbstractContextManager[dict[int, Callable[[], object]]]]


class Steps(dict[int, Callable[[], object]]):
    """What is done before the nth touch of a store; that itself touches it uncounted."""

    def __init__(self) -> None:
        self.count, self.busy = 0, False

    def come(self) -> None:
        if not self.busy:
            self.busy, now = True, self.get(self.count, int)
            self.count += 1
            now()
            self.busy = False


@contextmanager
def on_disk_steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[Steps]:
    steps = Steps()

    def before(call: Callable[..., object]) -> Callable[..., object]:
        def called(*given: object, **more: object) -> object:
            steps.come()
            return call(*given, **more)

        return called

    with monkeypatch.context() as patched:
        for where, name in ((os, "utime"), (os, "replace"), (Path, "unlink"), (Path, "stat")):
            patched.setattr(where, name, before(getattr(where, name)))
        yield steps


def folder(root: Path) -> Place:
    def files() -> list[Path]:
        return [file for file in root.rglob("*") if file.is_file()]

    def age(seconds: float) -> None:
        for file in files():
            stat = file.stat()
            os.utime(file, (stat.st_atime, stat.st_mtime - seconds))

    return Place(lambda: open_store(str(root)), age, lambda: len(files()), on_disk_steps)


def bucket(server: Bucketful) -> Place:
    url = f"s3://{s3_server.NAME}/tinh/ho so"

    @contextmanager
    def steps(_: pytest.MonkeyPatch) -> Iterator[Steps]:
        made = Steps()
        server.meanwhile = lambda method, path: made.come()
        yield made
        server.meanwhile = lambda method, path: None

    count = partial(lambda kept: len(kept.objects), server)
    return Place(lambda: open_store(url, server.access), server.age, count, steps)


@pytest.fixture
def server() -> Iterator[Bucketful]:
    with s3_server.serving() as kept:
        yield kept


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "folder":
        yield folder(tmp_path / "files")
    else:
        with s3_server.serving() as kept:
            yield bucket(kept)


@pytest.fixture
def store(place: Place) -> FileStore:
    return place.open()


# -- every store -----------------------------------------------------------------------------------
def test_what_was_put_comes_back_under_its_hash(store: FileStore) -> None:
    key = store.put(b"giay phep")
    assert key == sha256(b"giay phep").hexdigest()
    assert store.get(key) == b"giay phep"
    assert store.exists(key)
    assert list(store.keys()) == [key]


def test_the_same_content_is_kept_once_and_opens_in_a_new_store(
    store: FileStore, place: Place
) -> None:
    key = store.put(b"a")
    assert store.put(b"a") == key
    assert place.open().get(key) == b"a"
    assert place.count() == 1


def test_a_large_file_comes_back_whole(store: FileStore) -> None:
    data = bytes(range(256)) * 40_000  # 10 MB: more than one part where parts are made
    assert store.get(store.put(data)) == data


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "a" * 63, "A" * 64, "g" * 64, "/" * 64])
def test_a_name_never_leaves_its_place(store: FileStore, key: str) -> None:
    assert not store.exists(key)
    for ask in (store.get, store.delete):
        with pytest.raises(MissingFile):
            ask(key)


def test_what_is_not_there_is_said(store: FileStore) -> None:
    key = store.put(b"x")
    store.delete(key)
    store.delete(key)
    assert not store.exists(key)
    with pytest.raises(MissingFile):
        store.get(key)


def test_all_keys_are_told_however_many(store: FileStore) -> None:
    put = {store.put(str(number).encode()) for number in range(10)}
    assert set(store.keys()) == put


HOUR = 3600


def nobody(_: str) -> bool:
    return False


def test_a_sweep_puts_old_orphans_aside_and_a_later_one_deletes_them(
    store: FileStore, place: Place
) -> None:
    claimed, orphan = store.put(b"1"), store.put(b"2")
    place.age(2 * HOUR)
    young = store.put(b"3")
    keep = {claimed, young}.__contains__
    for _ in range(2):  # it has not been aside for an hour yet
        assert store.sweep(keep, HOUR).gone == 0
        assert store.exists(orphan) and store.get(orphan) == b"2"
        assert set(store.keys()) == {claimed, orphan, young}
    assert place.open().get(orphan) == b"2"
    place.age(2 * HOUR)
    assert store.sweep(keep, HOUR).gone == 1
    assert set(store.keys()) == {claimed, young} and not store.exists(orphan)
    assert place.count() == 2


def test_a_sweep_in_pieces_is_a_whole_one(store: FileStore, place: Place) -> None:
    """Each piece stops as soon as it may; a store opened anew goes on where it stopped."""
    keys = [store.put(str(number).encode()) for number in range(12)]
    claimed, back = set(keys[:4]), keys[4]
    pieces = []
    for keep, deleted in ((claimed, 0), ({*claimed, back}, 7)):
        place.age(2 * HOUR)
        swept = [place.open().sweep(keep.__contains__, HOUR, "", lambda: True)]
        while swept[-1].after:
            after = swept[-1].after
            swept.append(place.open().sweep(keep.__contains__, HOUR, after, lambda: True))
            assert swept[-1].after > after or not swept[-1].after
            assert not KEY.search(after), "it would be named by the job that goes on"
        assert sum(one.gone for one in swept) == deleted
        pieces.append(len(swept))
    assert min(pieces) >= 12 and set(store.keys()) == {*claimed, back}
    assert place.count() == 5


def test_what_is_named_after_all_comes_back(store: FileStore, place: Place) -> None:
    key = store.put(b"again")
    place.age(2 * HOUR)
    store.sweep(nobody, HOUR)
    place.age(2 * HOUR)
    assert store.sweep({key}.__contains__, HOUR).gone == 0
    assert store.get(key) == b"again" and place.count() == 1
    place.age(2 * HOUR)
    assert store.sweep(nobody, HOUR).gone == 0, "it is put aside anew, not deleted"


def test_sweep_spares_an_orphan_that_was_just_sent_again(store: FileStore, place: Place) -> None:
    key = store.put(b"again")
    place.age(2 * HOUR)
    store.put(b"again")
    assert store.sweep(nobody, HOUR).gone == 0
    place.age(HOUR / 2)
    assert store.sweep(nobody, HOUR).gone == 0
    assert store.exists(key)


def test_what_is_deleted_aside_may_be_there_again(store: FileStore, place: Place) -> None:
    """Sent anew while it is aside: what is deleted later is the old copy alone."""
    key = store.put(b"again")
    place.age(2 * HOUR)
    store.sweep(nobody, HOUR)
    place.age(2 * HOUR)
    store.put(b"again")
    assert store.sweep(nobody, HOUR).gone == 1
    assert store.get(key) == b"again"


@pytest.mark.parametrize("step", range(8))
def test_sent_again_at_any_moment_of_a_sweep_it_is_not_lost(
    place: Place, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Somebody sends the same content before the sweep's `step`th touch of the store, whatever that
    is, and it is named an hour later: it can be read all the while, and afterwards."""
    store, other = place.open(), place.open()
    key = store.put(b"again")
    place.age(3 * HOUR)
    with place.steps(monkeypatch) as steps:
        steps[step] = lambda: other.put(b"again")
        store.sweep(nobody, 2 * HOUR)
    assert other.get(key) == b"again" and key in set(other.keys())
    for _ in range(3):  # named by now; each sweep is as far from the last as the age says
        place.age(3 * HOUR)
        store.sweep({key}.__contains__, 2 * HOUR)
        assert other.get(key) == b"again"
    assert place.count() == 1


@pytest.mark.parametrize("step", range(8))
def test_it_can_be_read_while_it_goes_aside_and_comes_back(
    place: Place, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    store, other = place.open(), place.open()
    key, read = store.put(b"again"), []
    for keep in (nobody, {key}.__contains__):
        place.age(3 * HOUR)
        with place.steps(monkeypatch) as steps:
            steps[step] = lambda: read.append((other.get(key), other.exists(key)))
            store.sweep(keep, HOUR)
    assert set(read) <= {(b"again", True)} and other.get(key) == b"again"
    assert read or step > 2


# -- a folder --------------------------------------------------------------------------------------
def path(store: FolderStore, key: str) -> Path:
    return store.root / key[:2] / key


@pytest.fixture
def on_disk(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "files")


def test_a_failed_write_leaves_nothing(
    on_disk: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        on_disk.put(b"too much")
    assert [p for p in on_disk.root.rglob("*") if p.is_file()] == []


def test_others_on_the_machine_cannot_read_or_run(on_disk: FolderStore) -> None:
    mode = path(on_disk, on_disk.put(b"#!/bin/sh")).stat().st_mode
    assert mode & 0o077 == 0 and mode & 0o111 == 0


def test_sweep_clears_halves_of_a_crash(on_disk: FolderStore) -> None:
    half = path(on_disk, on_disk.put(b"x")).parent / ".cut.part"
    half.write_bytes(b"ha")
    os.utime(half, (0, 0))
    assert on_disk.sweep(lambda _: True, older_than_seconds=60).gone == 1
    assert not half.exists()


# -- a bucket --------------------------------------------------------------------------------------
def test_files_lie_under_the_prefix(server: Bucketful) -> None:
    key = bucket(server).open().put(b"x")
    assert list(server.objects) == [f"tinh/ho so/{key[:2]}/{key}"]


@pytest.mark.parametrize("fates", [[503], [500, 503]])
def test_a_store_that_stumbles_is_asked_again(server: Bucketful, fates: list[int]) -> None:
    store = bucket(server).open()
    server.fates = fates
    key = store.put(b"x")
    assert store.get(key) == b"x"


@pytest.mark.parametrize("change", ["secret_key", "access_key", "region"])
def test_wrong_keys_are_refused_and_told_without_them(server: Bucketful, change: str) -> None:
    wrong = replace(server.access, **{change: "sai-hoan-toan"})
    store = open_store(f"s3://{s3_server.NAME}/x", wrong)
    with pytest.raises(OSError) as told:
        store.put(b"x")
    assert not server.objects
    assert "sai-hoan-toan" not in str(told.value) and s3_server.SECRET not in repr(server.access)


def test_a_bucket_that_is_not_there_is_no_missing_file(server: Bucketful) -> None:
    store = open_store("s3://khong-co", server.access)
    with pytest.raises(OSError, match="bucket"):
        store.put(b"x")


def test_a_store_that_is_away_is_an_os_error(server: Bucketful) -> None:
    away = replace(server.access, endpoint="http://127.0.0.1:9")
    with pytest.raises(OSError, match="the file store"):
        open_store(f"s3://{s3_server.NAME}", away).get("a" * 64)


# -- addresses -------------------------------------------------------------------------------------
def test_the_store_of_an_address(tmp_path: Path) -> None:
    for url in (str(tmp_path / "a b"), (tmp_path / "a b").as_uri()):
        store = open_store(url)
        assert isinstance(store, FolderStore)
        assert path(store, store.put(b"1")).is_relative_to(tmp_path / "a b")


@pytest.mark.parametrize(
    "url", ["ftp://host/files", "file://host/files", "file:", "s3://", "s3://b/?x=1", "s3://b/p"]
)
def test_an_unknown_address_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(BadAddress, match=r"^FILES_URL.*\.$"):
        open_store(url, Bucket("http://127.0.0.1:9"))


def test_a_folder_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadAddress, match=r"cannot be made"):
        open_store(str(tmp_path / "file" / "files"))
