"""The programme in numbers: what is counted, how, and for whom. Plain values, no names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from models.content import Content
from models.content.targets import Targets

#: Communes that are counted; None: all of them.
Reach = frozenset[str] | None
STARS = (3, 4, 5)


@dataclass(frozen=True, slots=True)
class Counting:
    """How things are counted on a day: what the content says about it."""

    on: date
    ending: date  # certificates that end until then have begun their re-evaluation time
    ages: tuple[int, ...]  # days at one step: the upper bounds of the age columns
    targets: Targets
    trainings: tuple[str, ...]  # topics of events: being there counts as trained
    today: date  # dossiers and what officers recorded are as they stand today, whatever `on` is


def counting(content: Content, on: date, today: date | None = None) -> Counting:
    """`today` where a past day is counted."""
    ending = on + timedelta(days=content.process.opens_days_before)
    ages, targets = content.report_form.age_days, content.targets
    trainings = tuple(one.id for one in content.announcements.topics if one.trains)
    return Counting(on, ending, ages, targets, trainings, today or on)


@dataclass(frozen=True, slots=True)
class Held:
    """Products by their newest certificate that was not revoked."""

    good: int = 0  # valid, and far from its end
    ending: int = 0  # valid, in the time of its re-evaluation
    lapsed: int = 0

    @property
    def valid(self) -> int:
        return self.good + self.ending

    def __add__(self, other: Held) -> Held:
        lapsed = self.lapsed + other.lapsed
        return Held(self.good + other.good, self.ending + other.ending, lapsed)


@dataclass(frozen=True, slots=True)
class Share:
    """Of `of`: known to have it, known not to; the rest nobody recorded."""

    yes: int
    no: int
    of: int

    @property
    def known(self) -> bool:
        return self.yes + self.no > 0

    @property
    def unknown(self) -> int:
        return self.of - self.yes - self.no

    @property
    def percent(self) -> float:
        """Of all, so that what is not recorded never makes it look better."""
        return 100 * self.yes / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """The programme on a day, within `reach`."""

    on: date
    reach: Reach
    places: Mapping[str, Mapping[int, Held]]  # commune → stars → products
    sets: Mapping[int, Held]
    cases: Mapping[tuple[str, int], int]  # (state, age column) → dossiers under way
    overdue: int
    shares: Mapping[str, Share] = field(default_factory=dict)  # by measure
    today: date | None = None  # of dossiers and shares, when it is not `on`

    @property
    def stars(self) -> dict[int, Held]:
        """By star; every star is there."""
        found = {star: Held() for star in STARS}
        for by_star in self.places.values():
            for star, held in by_star.items():
                found[star] = found.get(star, Held()) + held
        return found

    @property
    def total(self) -> Held:
        return sum(self.stars.values(), Held())

    @property
    def open_cases(self) -> int:
        return sum(self.cases.values())


@dataclass(frozen=True, slots=True)
class Moves:
    """What happened in a span of days, within the same reach."""

    first: date
    last: date
    issued: Mapping[int, int]  # certificates by star
    lapsed: int
    revoked: int
    handed_in: int
    recognised: int
    unranked: int
    refused: int


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A producer, or one of its products, of which nobody recorded whether it has a thing."""

    id: int
    name: str
    producer: str  # "" when it is the producer itself
    commune_code: str
