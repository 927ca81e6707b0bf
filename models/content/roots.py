"""Where content is: what is shipped, and a folder of one's own beside it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import IO, Any


def content_root(own: Path | None = None) -> Traversable:
    """The folder of the law and the provinces. What `own` holds comes before what is shipped, so
    that a province may be kept outside the program while the law comes with it."""
    shipped = files("content")
    return shipped if own is None else _Beside(own, shipped)


def provinces(root: Traversable) -> list[str]:
    """Folders under `root` that hold a province."""
    return sorted(f.name for f in root.iterdir() if f.joinpath("province.yaml").is_file())


class _Beside(Traversable):
    """Two folders as one; a folder in both is the first one's."""

    def __init__(self, first: Traversable, second: Traversable) -> None:
        self._first, self._second = first, second

    @property
    def name(self) -> str:
        return self._first.name

    def iterdir(self) -> Iterator[Traversable]:
        own = list(self._first.iterdir()) if self._first.is_dir() else []
        yield from own
        names = {one.name for one in own}
        yield from (one for one in self._second.iterdir() if one.name not in names)

    def joinpath(self, *descendants: str | Any) -> Traversable:
        top = str(descendants[0]).split("/")[0]
        held = self._first.joinpath(top)
        home = self._first if held.is_dir() or held.is_file() else self._second
        return home.joinpath(*descendants)

    def is_dir(self) -> bool:
        return True

    def is_file(self) -> bool:
        return False

    def open(self, mode: str = "r", *args: Any, **kwargs: Any) -> IO[Any]:
        raise IsADirectoryError(self.name)

    def read_bytes(self) -> bytes:
        raise IsADirectoryError(self.name)

    def read_text(self, encoding: str | None = None) -> str:
        raise IsADirectoryError(self.name)
