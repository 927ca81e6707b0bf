"""The rules an answer is computed from: sheets, sets, communes, rounds, working days, papers.

Everything is read when first asked for, so that a start costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Any

from conversations.policy.counts.figures import Counts
from conversations.policy.passages import NATIONAL, read_yaml
from conversations.policy.reading import Phrases
from conversations.policy.reward.arithmetic import Tariff
from conversations.policy.understand import Dictionary, plain
from models.content.calendar import Calendar, calendar
from models.content.dossier import Dossier, dossier
from models.content.law import Law, law
from models.content.lexicon import Lexicon, lexicon
from models.content.places import Places, Province, places, province
from models.content.process import Process, process
from models.content.reading import Row, read
from models.content.sets import Making, ProductSet, ProductWord, making, product_set, product_word
from models.content.sheet import ScoreSheet
from models.content.sheet_reading import score_sheet
from models.content.text import Text
from models.content.times import Times, times

_AND, _OR = " + ", "/"  # between what must be told together, and between words for the same


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What does not count at a criterion: what is told of it, how people say it (phrases with the
    place of their part, and how many parts must be told), the sets it is true of (empty: all), and
    whether it is meant only when the criterion is named."""

    told: Text
    says: tuple[tuple[Phrases[int], int], ...]
    sets: tuple[int, ...]
    named: bool


@dataclass(frozen=True, slots=True)
class Support:
    """A share of costs that a resolution pays, and from how many stars."""

    passage: str
    percent: int
    from_stars: int


class Matter:
    """Content of the nation and of one province, by need."""

    def __init__(self, root: Traversable, folder: str) -> None:
        self.root = root
        self.folder = folder
        self._sheets: dict[int, ScoreSheet] = {}

    def _row(self, name: str) -> Row:
        return read(self.root, name)

    def _policy(self, folder: str, name: str) -> Any:
        return read_yaml(self.root.joinpath(folder, "policy", name))

    @cached_property
    def lexicon(self) -> Lexicon:
        folders = (NATIONAL, self.folder)
        return lexicon(*(self._row(f"{folder}/lexicon.yaml") for folder in folders))

    @cached_property
    def province(self) -> Province:
        return province(self._row(f"{self.folder}/province.yaml"), self.folder)

    @cached_property
    def places(self) -> Places:
        return places(self._row(f"{self.folder}/communes.yaml"))

    @cached_property
    def dictionary(self) -> Dictionary:
        """The words people say here; names of places and products are left as they are."""
        communes = self.places.communes.values()
        old = [unit for one in communes for unit in one.merged_from]
        kinds = dict(self._policy(NATIONAL, "places.yaml")["kinds"])
        names = {unit.name for unit in old} | {one.name for one in communes}
        areas = {_without(unit.district, kinds.values()) for unit in old}
        goods = {say for word in self.product_words for say in word.say}
        return Dictionary(self.lexicon, names | areas, kinds, goods)

    @cached_property
    def process(self) -> Process:
        return process(self._row(f"{NATIONAL}/process.yaml"))

    @cached_property
    def calendar(self) -> Calendar:
        return calendar(
            self._row(f"{NATIONAL}/calendar.yaml"),
            self._row(f"{self.folder}/province.yaml"),
            self.province.zone,
            self._row(f"{NATIONAL}/times.yaml").row("working_hours"),
        )

    @cached_property
    def times(self) -> Times:
        return times(self._row(f"{NATIONAL}/times.yaml"))

    @cached_property
    def law(self) -> Law:
        return law(self._row(f"{NATIONAL}/decisions.yaml"), self._row(f"{NATIONAL}/rules.yaml"))

    def rank_of(self, score: float) -> int:
        """The stars that a score gives, the second test aside."""
        return next(star.rank for star in self.law.stars if score >= star.minimum)

    @cached_property
    def dossier(self) -> Dossier:
        return dossier(self._row(f"{NATIONAL}/dossier.yaml"))

    @cached_property
    def ministries(self) -> dict[str, Text]:
        rows = self._row(f"{NATIONAL}/sets.yaml").rows("ministries")
        return {row.text("id"): row.both("name") for row in rows}

    @cached_property
    def sectors(self) -> dict[str, Text]:
        """The six sectors of Phụ lục I, by roman number."""
        rows = self._row(f"{NATIONAL}/sets.yaml").rows("sectors")
        return {row.text("id"): row.both("name") for row in rows}

    @cached_property
    def sector_words(self) -> dict[str, list[str]]:
        """Sector id -> how people name it."""
        return dict(self._policy(NATIONAL, "sectors.yaml")["sectors"])

    @cached_property
    def sectors_said(self) -> dict[str, str]:
        """How a sector is named, plain and the longest first -> its id."""
        words = self.sector_words
        said = {" ".join(plain(word)): id_ for id_, named in words.items() for word in named}
        return dict(sorted(said.items(), key=lambda one: -len(one[0])))

    @cached_property
    def ministry_words(self) -> dict[str, list[str]]:
        """Ministry id -> how people name it."""
        return dict(self._policy(NATIONAL, "sectors.yaml")["ministries"])

    @cached_property
    def product_words(self) -> tuple[ProductWord, ...]:
        """Words of the province first: they are nearer to what people make."""
        names = (f"{self.folder}/products.yaml", f"{NATIONAL}/products.yaml")
        return tuple(product_word(r) for name in names for r in self._row(name).rows("words"))

    @cached_property
    def products_said(self) -> Phrases[ProductWord]:
        return Phrases((say, word) for word in self.product_words for say in word.say)

    @cached_property
    def makings(self) -> tuple[Making, ...]:
        """What is done to raw products, and the set they then belong to."""
        return tuple(making(row) for row in self._row(f"{NATIONAL}/products.yaml").rows("makings"))

    @cached_property
    def sets(self) -> dict[int, ProductSet]:
        """The product sets by number, 1 to 26."""
        rows = self._row(f"{NATIONAL}/sets.yaml").rows("sets")
        return {row.whole("set"): product_set(row) for row in rows}

    def sheet(self, number: int) -> ScoreSheet:
        """The score sheet of product set `number`."""
        if number not in self._sheets:
            row = self._row(f"{NATIONAL}/criteria/set-{number:02d}.yaml")
            self._sheets[number] = score_sheet(row, self.law)
        return self._sheets[number]

    @cached_property
    def items(self) -> dict[str, dict[str, Any]]:
        """Item id -> the set whose ladder stands for it, and the words people use."""
        return dict(self._policy(NATIONAL, "items.yaml"))

    @cached_property
    def items_said(self) -> Phrases[str]:
        return Phrases((word, item) for item, row in self.items.items() for word in row["words"])

    @cached_property
    def items_told(self) -> Phrases[str]:
        """What names a criterion only when a step of it is told: words that are a step's own."""
        return Phrases((w, item) for item, row in self.items.items() for w in row.get("tells", ()))

    @cached_property
    def producers_said(self) -> Phrases[str]:
        """How people name a producer -> its type, or what it is when it is on no list."""
        rows = dict(self._policy(NATIONAL, "producers.yaml"))
        named = {**rows.pop("none"), **rows}
        return Phrases((word, who) for who, words in named.items() for word in words)

    @cached_property
    def levels(self) -> dict[str, dict[str, list[str]]]:
        """Item id -> the short text of a step -> how people tell that they have reached it."""
        return dict(self._policy(NATIONAL, "levels.yaml"))

    @cached_property
    def excluded(self) -> dict[str, list[LeftOut]]:
        """Item id -> what its sheets say does not count there."""
        items = dict(self._policy(NATIONAL, "excluded.yaml")["items"])
        return {item: [_left_out(row) for row in rows] for item, rows in items.items()}

    @cached_property
    def lacks(self) -> dict[str, list[str]]:
        return dict(self._policy(NATIONAL, "lacks.yaml"))

    @cached_property
    def stops(self) -> dict[str, list[str]]:
        """Stop rule id -> what people say when a product meets it."""
        return dict(self._policy(NATIONAL, "stops.yaml"))

    @cached_property
    def stops_said(self) -> Phrases[str]:
        said = ((word, rule) for rule, words in self.stops.items() for word in words)
        return Phrases((word, rule) for word, rule in said if _AND not in word)

    @cached_property
    def stops_in_parts(self) -> tuple[tuple[Phrases[int], str], ...]:
        """(what must be told together, each phrase with the place of its part; its rule)."""
        said = ((word, rule) for rule, words in self.stops.items() for word in words)
        return tuple((_in_parts(word), rule) for word, rule in said if _AND in word)

    @cached_property
    def narrows_said(self) -> Phrases[tuple[str, ...]]:
        """What narrows a count -> all the words of its kind, plain."""
        kinds = dict(self._policy(NATIONAL, "narrows.yaml")).values()
        bare = [tuple(" ".join(plain(word)) for word in kind) for kind in kinds]
        return Phrases((w, of) for kind, of in zip(kinds, bare, strict=True) for w in kind)

    @cached_property
    def other_provinces(self) -> list[str]:
        """Names of other provinces, and of places there that people know."""
        told = self._policy(NATIONAL, "places.yaml")
        own = self.province.name
        known = (name for of, names in told["known_for"].items() if of != own for name in names)
        return [*(name for name in told["provinces"] if name != own), *known]

    @cached_property
    def other_provinces_said(self) -> Phrases[str]:
        return Phrases((name, name) for name in self.other_provinces)

    @cached_property
    def not_provinces(self) -> list[str]:
        """Phrases that only look like a province when typed without diacritics."""
        return list(self._policy(NATIONAL, "places.yaml")["not_in"])

    @cached_property
    def _rewards(self) -> dict[str, Any]:
        return dict(self._policy(self.folder, "rewards.yaml"))

    @cached_property
    def rewards(self) -> bool:
        """Whether the province has rewards and support that can be worked out."""
        return self.root.joinpath(self.folder, "policy", "rewards.yaml").is_file()

    @cached_property
    def counts(self) -> Counts | None:
        """The report's figures that may be reckoned with; None when the province has none."""
        if not self.root.joinpath(self.folder, "policy", "counts.yaml").is_file():
            return None
        return Counts(self._policy(self.folder, "counts.yaml"))

    @cached_property
    def tariff(self) -> Tariff:
        return Tariff(self._rewards["first"], self._rewards["later"])

    @cached_property
    def former_rewards(self) -> dict[int, int]:
        """Million dong by rank paid years ago."""
        return dict(self._rewards.get("former", {}))

    @cached_property
    def support(self) -> Support:
        return Support(**self._rewards["support"])


def _without(area: str, kinds: Iterable[str]) -> str:
    """The name of an old town or city without its kind."""
    return next((area.removeprefix(f"{k} ") for k in kinds if area.startswith(f"{k} ")), area)


def _left_out(row: dict[str, Any]) -> LeftOut:
    says = tuple((_in_parts(phrase), phrase.count(_AND) + 1) for phrase in row["says"])
    return LeftOut(Text(**row["told"]), says, tuple(row.get("sets", ())), row.get("named", False))


def _in_parts(said: str) -> Phrases[int]:
    """The phrases of "a/b + c", each with the place of its part."""
    parts = enumerate(said.split(_AND))
    return Phrases((phrase, place) for place, part in parts for phrase in part.split(_OR))
