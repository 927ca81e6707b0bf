"""The passages: citable facts read from the content files of the nation and of one province."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from conversations.policy import asks

_Fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NATIONAL = "national"
MINIMUMS = "toi_thieu:"  # topic of the computed answers on what a product set must reach


@dataclass(frozen=True, slots=True)
class Document:
    """A document that passages cite. `prefix` stands before a bare section number; `replaces` is
    the id of the one that held before."""

    id: str
    short: str
    issuer: str
    issued: date | None
    from_: date | None
    to: date | None
    prefix: str
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Cite:
    """A place in a document."""

    document: Document
    section: str


#: By kind: words of a question to which a sentence says so; "must" and "free" name a deed that is
#: a duty, or is none; "harm" what has bad consequences; "figure" a figure, behind the words it is
#: asked with.
Verdicts = dict[str, tuple[str, ...]]
VERDICTS = ("no", "not_yet", "unsure", "yes", "must", "free", "harm", "figure")


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable answer. `facts` are (vi, en) sentences, the plainest first; `names` are what those
    are called that an answer takes alone ("" for the others).

    `gap` marks a question whose answer the papers do not hold: its facts say so; `beside` are
    the passages on what is known of the matter.
    `role` marks what an office does. `earlier` and `later` name the passage on the same matter
    under another decision. `own` are the sides of a person's own case it touches (papers,
    progress, certificate); `evidence` the paper it is about. `days` are the first and the last day
    on which each sentence is said, `verdicts` the words of a question to which it says yes or no.
    """

    id: str
    title: tuple[str, str]
    cites: tuple[Cite, ...]
    status: str
    from_: date | None
    to: date | None
    confidence: str
    gap: bool
    beside: tuple[str, ...]
    role: bool
    earlier: str
    later: str
    evidence: str
    own: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    asks: tuple[str, ...]
    days: tuple[tuple[date | None, date | None], ...] = ()
    verdicts: tuple[Verdicts, ...] = ()

    def name(self, lang: str) -> str:
        return self.title[lang == "en"]

    def said(self, lang: str, on: date | None = None) -> tuple[str, ...]:
        """The sentences in `lang`, or those that are said on a day; the English may be fewer."""
        pairs = zip(self.facts, self.days, strict=True)
        told = [fact for fact, days in pairs if on is None or _within(on, *days)]
        return tuple(f[lang == "en"] for f in told if f[lang == "en"])

    def fact(self, name: str, lang: str) -> str:
        """The sentence that content calls `name`. Raises ValueError when there is none."""
        return self.facts[self.names.index(name)][lang == "en"]


@dataclass(frozen=True, slots=True)
class Library:
    """Everything the answers come from."""

    passages: dict[str, Passage]
    documents: dict[str, Document]
    concepts: dict[str, tuple[str, ...]]
    tasks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    refusals: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def beside(self, topic: str) -> tuple[str, ...]:
        """The passages on what is known of the matter of a gap."""
        passage = self.passages.get(topic)
        return passage.beside if passage is not None else ()

    def sides(self, topic: str) -> tuple[str, ...]:
        """The sides of a person's own case that an answer on `topic` ("one+another") touches."""
        found: list[str] = []
        for name in topic.split("+"):
            passage = self.passages.get(name)
            if passage is not None:
                found += [
                    *passage.own,
                    *([f"paper:{passage.evidence}"] if passage.evidence else []),
                ]
            elif name.startswith(MINIMUMS):
                found.append("papers")
        return tuple(dict.fromkeys(found))


def _within(on: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= on) and (last is None or on <= last)


def read_yaml(path: Traversable) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Fast)  # noqa: S506 - a safe loader


def provinces(root: Traversable) -> list[str]:
    """Folders that hold a province's policies."""
    return sorted(
        p.name for p in root.iterdir() if p.name != NATIONAL and p.joinpath("policy").is_dir()
    )


def load(root: Traversable, province: str) -> Library:
    """The library of one province. Raises KeyError when a passage names an unknown document."""
    folders = [root.joinpath(NATIONAL, "policy"), root.joinpath(province, "policy")]
    documents = {d.id: d for f in folders for d in _documents(f.joinpath("documents.yaml"))}
    more: asks.Asks = {}
    for folder in folders:
        for label, said in asks.read(folder.joinpath("asks")).items():
            more.setdefault(label, []).extend(said)
    passages = {p.id: p for f in folders for p in _passages(f, documents, more)}
    concepts = read_yaml(folders[0].joinpath("concepts.yaml"))
    return Library(
        passages=passages,
        documents=documents,
        concepts={name: tuple(words) for name, words in concepts.items()},
        tasks=_examples(folders[0].joinpath("tasks.yaml"), more, "task:"),
        refusals=_examples(folders[0].joinpath("refusals.yaml"), more, "refuse:"),
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _documents(path: Traversable) -> Iterator[Document]:
    for id_, row in read_yaml(path).items():
        yield Document(
            id=id_,
            short=row["short"],
            issuer=row["issuer"],
            issued=_day(row.get("issued")),
            from_=_day(row.get("from")),
            to=_day(row.get("to")),
            prefix=row.get("prefix", ""),
            replaces=row.get("replaces", ""),
        )


def _passages(
    folder: Traversable, documents: dict[str, Document], more: asks.Asks
) -> Iterator[Passage]:
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        rows = read_yaml(path) if path.name.endswith(".yaml") else None
        if isinstance(rows, list):  # the other files are mappings
            yield from (_passage(row, documents, more.get(row["id"], [])) for row in rows)


def _passage(row: dict[str, Any], documents: dict[str, Document], more: list[str]) -> Passage:
    document = documents[row["document"]]
    cites = [row, *row.get("also", [])]
    return Passage(
        id=row["id"],
        title=(row["title"]["vi"], row["title"]["en"]),
        cites=tuple(Cite(documents[c["document"]], c["section"]) for c in cites),
        status=row["status"],
        from_=_day(row.get("from")) or document.from_,
        to=_day(row.get("to")) or document.to,
        confidence=row["confidence"],
        gap=row.get("gap", False),
        beside=tuple(row.get("beside", ())),
        role=row.get("role", False),
        earlier=row.get("earlier", ""),
        later=row.get("later", ""),
        evidence=row.get("evidence", ""),
        own=tuple(row.get("own", ())),
        facts=tuple((f["vi"], f.get("en", "")) for f in row["facts"]),
        names=tuple(f.get("name", "") for f in row["facts"]),
        days=tuple((_day(f.get("from")), _day(f.get("to"))) for f in row["facts"]),
        verdicts=tuple(_verdicts(f) for f in row["facts"]),
        asks=(*row["asks"].get("vi", []), *row["asks"].get("en", []), *more),
    )


def _verdicts(fact: dict[str, Any]) -> Verdicts:
    return {word: tuple(fact[f"says_{word}"]) for word in VERDICTS if f"says_{word}" in fact}


def _examples(path: Traversable, more: asks.Asks, prefix: str) -> dict[str, tuple[str, ...]]:
    return {
        name: (*row.get("vi", []), *row.get("en", []), *more.get(prefix + name, []))
        for name, row in read_yaml(path).items()
    }
