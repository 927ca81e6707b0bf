"""Everything the content files say, read when first asked for and then kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from models.content import calendar as calendars
from models.content import lexicon as lexicons
from models.content import places as place_files
from models.content import process as processes
from models.content import sets as set_files
from models.content import targets as target_files
from models.content.find_commune import CommuneFinder, CommuneMatch
from models.content.national import National
from models.content.process import Cutoff
from models.content.reading import ContentError, Row, read
from models.content.roots import content_root, provinces
from models.content.sets import SetMatch
from models.content.text import Text


@dataclass(frozen=True, slots=True)
class Example:
    """A product the provincial report names; an example only, its stars today are not known."""

    name: str
    sets: tuple[int, ...]  # as we read Phụ lục I, likeliest first
    said_of_it: Text
    source: str


class Content(National):
    """The rules of the country and one province. Read-only; files are read on first use."""

    def __init__(self, root: Traversable, province: str) -> None:
        super().__init__(root)
        self._folder = province

    def _local(self, name: str) -> Row:
        return read(self._root, f"{self._folder}/{name}")

    # The province and its communes.

    @cached_property
    def province(self) -> place_files.Province:
        return place_files.province(self._local("province.yaml"), self._folder)

    @cached_property
    def places(self) -> place_files.Places:
        return place_files.places(self._local("communes.yaml"))

    @property
    def communes(self) -> Mapping[str, place_files.Commune]:
        """Communes and wards by code."""
        return MappingProxyType(self.places.communes)

    @cached_property
    def _finder(self) -> CommuneFinder:
        return CommuneFinder(self.places, self.province.name)

    def find_commune(self, text: str) -> tuple[CommuneMatch, ...]:
        """Communes meant by `text`: none = not found, one = sure, several = ask which."""
        return self._finder.find(text)

    # Rounds and working days.

    def next_cutoff(self, on: date) -> Cutoff:
        """The first round that a commune's request made on `on` still makes."""
        return processes.next_cutoff(self.process.rounds, self.province.extra_rounds, on)

    def hand_in_by(self, cutoff: Cutoff) -> date:
        """Last day to hand in at the commune so that its review ends before the cut-off."""
        last = self.calendar.add_working_days(cutoff.before, -1)
        return self.calendar.add_working_days(last, -self.times.commune_review_working_days)

    @cached_property
    def calendar(self) -> calendars.Calendar:
        hours = self._national("times.yaml").row("working_hours")
        local = self._local("province.yaml")
        return calendars.calendar(self._national("calendar.yaml"), local, self.province.zone, hours)

    # Words.

    @cached_property
    def product_words(self) -> tuple[set_files.ProductWord, ...]:
        """The province's words before the country's."""
        rows = [*self._local("products.yaml").rows("words")]
        rows += self._national("products.yaml").rows("words")
        return tuple(set_files.product_word(r) for r in rows)

    def find_sets(self, text: str, limit: int = 5) -> tuple[SetMatch, ...]:
        """Sets that a product called `text` may belong to, likeliest first."""
        return set_files.find(text, self.sets, self.product_words, limit)

    @cached_property
    def lexicon(self) -> lexicons.Lexicon:
        return lexicons.lexicon(self._national("lexicon.yaml"), self._local("lexicon.yaml"))

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """Products of the provincial report, as examples."""
        row = self._local("examples.yaml")
        return tuple(
            Example(r.text("name"), r.wholes("sets"), r.both("said_of_it"), row.text("source"))
            for r in row.rows("products")
        )

    @cached_property
    def targets(self) -> target_files.Targets:
        """What the programme wants to reach here; none in a province that has no such file."""
        if not self._root.joinpath(self._folder, "targets.yaml").is_file():
            return target_files.Targets()
        return target_files.targets(self._local("targets.yaml"))


@cache
def load(province: str | None = None, root: Path | None = None) -> Content:
    """The content of the folder `province`; what the folder `root` holds comes before what is
    shipped.

    Without `province`, the only one there is. Raises ContentError when there is no such province,
    or when several are there and none is named.
    """
    folder = content_root(root)
    if province is None:
        found = provinces(folder)
        if len(found) != 1:
            raise ContentError(".", 0, f"name one province of: {', '.join(found) or 'none'}")
        return load(found[0], root)
    if not folder.joinpath(province, "province.yaml").is_file():
        raise ContentError(f"{province}/province.yaml", 0, "there is no such province")
    return Content(folder, province)
