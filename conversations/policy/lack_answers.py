"""Can it go on without a paper? The lowest rank that needs it, from the dossier's rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from conversations.policy import slots
from conversations.policy.draft import Ask, Draft
from conversations.policy.matter import Matter
from conversations.policy.model import Source
from conversations.policy.sets import known_set
from conversations.policy.understand import Dictionary, plain
from models.content.dossier import Evidence, Need

_WITHOUT = re.compile(
    r"\b(?:chua (?:co|lam|xin|duoc cap|(?=dang ki|bao ho))|khong (?:co|lam|phai co)|"
    r"thieu|ko co|chang co|no co|without|no|don t have|do not have|not have|lack)"
    r"(?P<after>(?: ?\b[a-z0-9]+){1,7})"
)
#: "giấy attp thì chưa xin được": the paper is named first, and nothing else is missing behind.
_LEFT = re.compile(
    r"(?P<before>(?:\b[a-z0-9]+ ){2,7}?)(?:(?:thi|la|con|van|lai) )*"
    r"(?:(?:chua (?:co|xin|lam|duoc cap|ra|kip)|khong co|ko co)(?: duoc| ra| xong)?|is missing)"
    r"(?= (?:thi|the|vay|lieu|nen|ma|tong|hoi|xong|co duoc|and|but|so)\b|$)"
)

#: "nhãn hiệu chưa có giấy chứng nhận": what it is of stands before the paper.
_OF_IT = re.compile(
    r"(?P<of>\b[a-z]+ [a-z]+) (?:(?:thi|la|con|van|lai|moi) )*"
    r"(?:chua (?:co|ra|lay duoc|duoc cap)|khong co|ko co) (?P<paper>giay)\b"
)
#: "Chứng nhận" and "nhãn hiệu" are no "nhãn".
_NO_LABEL = re.compile(r"\b(?:(chung) (nhan)|(nhan) (hieu))\b")

#: The rules of the sheets (rules.yaml) that end the evaluation without a paper.
_ENDS = {"cong_bo_chat_luong": ("no_cosmetic_sheet", "no_declaration_sheet")}

_LOWEST = 3  # the lowest rank with a certificate
#: What is said around a paper's name, with its words written plainly.
_BESIDES = frozenset({
    *("giay", "to", "cai", "ban", "anh", "gui", "nop", "them", "mo", "xem", "day", "la", "cua"),
    *("cho", "toi", "minh", "em", "nhe"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a missing paper means: sentences, the verdict first, and their sources."""

    lines: tuple[str, ...]
    sources: tuple[Source, ...]
    evidence: str


def lack(ask: Ask) -> Draft | None:
    """The verdict on a paper someone does not have, when they ask about a rank or being scored."""
    asks_verdict = slots.stars(ask.text) or ask.reading.has(
        "duoc cham",
        "co duoc khong",
        "duoc khong",
        "tham gia",
        "nop duoc",
        "bi loai",
        "sao khong",
        "can we",
        "can i",
        "hau qua",
        "thi sao",
        "sao khong",
        "xu li",
        "what happens",
    )
    found = missing(ask) if asks_verdict else None
    if found is None or ask.open:
        return None
    return Draft("ev_" + found.evidence, found.lines, found.sources)


def missing(ask: Ask) -> Lacking | None:
    """The first paper said to be missing, with what it means; None when none is named."""
    told = [(said["after"], False) for said in _WITHOUT.finditer(ask.text)]
    told += [(said["before"], True) for said in _LEFT.finditer(ask.text)]
    found = next((one for words, ends in told if (one := _named(ask, words, ends=ends))), None)
    found = found or _named_apart(ask)
    return _verdict(ask, found) if found else None


def _named(ask: Ask, said: str, *, ends: bool) -> Evidence | None:
    """The paper that `said` names; `ends`: with its last words."""
    padded = f" {_words_apart(said.strip())} "
    best: tuple[int, str] = (0, "")
    for evidence, words in ask.matter.lacks.items():
        for word in words:
            sought = _words_apart(_plainly(word))
            told = padded.endswith(f" {sought} ") if ends else f" {sought} " in padded
            if len(sought) > best[0] and told and ask.reading.names(word):
                best = (len(sought), evidence)
    return next((e for e in ask.matter.dossier.evidence if e.id == best[1]), None)


def _named_apart(ask: Ask) -> Evidence | None:
    """The paper whose name is told in two: "nhãn hiệu thì chưa có giấy"."""
    told = _OF_IT.search(ask.text)
    if told is None:
        return None
    name = f"{told['paper']} {told['of']}"
    return next(
        (
            evidence
            for evidence in ask.matter.dossier.evidence
            for word in ask.matter.lacks.get(evidence.id, ())
            if name == _plainly(word)
        ),
        None,
    )


@lru_cache(maxsize=512)
def _plainly(name: str) -> str:
    """A name of the content as its plain words."""
    return " ".join(plain(name))


def _words_apart(said: str) -> str:
    """The words of one meaning glued together."""
    return _NO_LABEL.sub(lambda two: "_".join(filter(None, two.groups())), said)


def called(matter: Matter, dictionary: Dictionary, text: str) -> str:
    """The id of the paper that `text` names and says nothing else of ("giấy attp", "đkkd")."""
    said = plain(text, dictionary)
    for reading in (list, _bare):  # as it is; else without "giấy", "gửi" around it
        sought = reading(said)
        found = {
            evidence
            for evidence, name in _names(matter)
            if sought and reading(plain(name, dictionary)) == sought
        }
        if len(found) == 1:
            return found.pop()
    return ""


def _names(matter: Matter) -> Iterator[tuple[str, str]]:
    """(evidence, name): the papers' own names, and what people call them."""
    for one in matter.dossier.evidence:
        yield from ((one.id, one.name(lang)) for lang in ("vi", "en"))
    for evidence, words in matter.lacks.items():
        yield from ((evidence, word) for word in words)


def _bare(words: list[str]) -> list[str]:
    return [word for word in words if word not in _BESIDES]


def _verdict(ask: Ask, evidence: Evidence) -> Lacking:
    number = known_set(ask)
    needs = [n for n in evidence.needs if number is None or number in n.sets]
    name = evidence.name(ask.lang)
    ranks = slots.stars(ask.text)
    wanted = max(ranks) if ranks else _rank_of_score(ask)
    blocking = [n for n in needs if n.rank == "entry" or int(n.rank) <= wanted]
    lines = [
        *_ends(ask, number, evidence.id),
        _headline(ask, name, blocking, wanted),
        *(_reason(ask, n) for n in needs[:3]),
    ]
    lines.append(ask.say("Nơi làm: {issuer}", issuer=evidence.issuer(ask.lang)))
    if evidence.doubt and number is None:
        lines.append(ask.say("Chưa rõ: {doubt}", doubt=evidence.doubt(ask.lang)))
    return Lacking(tuple(lines), ask.cited("dau_sao_nghia"), evidence.id)


def _rank_of_score(ask: Ask) -> int:
    """The rank with a certificate that the score told is in; the lowest one when none is told."""
    return max([_LOWEST, *(ask.matter.rank_of(score) for score in slots.points(ask.text))])


def _ends(ask: Ask, number: int | None, evidence: str) -> list[str]:
    """The printed rule by which the evaluation ends without this paper, on the product's sheet."""
    if number is None:
        return []
    stops = ask.matter.sheet(number).stops
    return [s.rule.text(ask.lang) for s in stops if s.rule.id in _ENDS.get(evidence, ())]


def _headline(ask: Ask, name: str, blocking: list[Need], wanted: int) -> str:
    if not blocking:
        return ask.say(
            "{name} không phải mức tối thiểu của {rank} sao, thiếu thì chỉ mất điểm.",
            name=name,
            rank=wanted,
        )
    if any(n.rank == "entry" for n in blocking):
        return ask.say("Chưa được: thiếu {name} thì hồ sơ không đạt, dễ bị loại.", name=name)
    return ask.say(
        "Chưa được {rank} sao: {name} là mức tối thiểu, thiếu thì không đạt dù đủ điểm.",
        rank=wanted,
        name=name,
    )


def _reason(ask: Ask, need: Need) -> str:
    sets = ranges(sorted(need.sets))
    if need.rank == "entry":
        return ask.say("Cần có để hồ sơ được nhận và chấm (bộ {sets}).", sets=sets)
    return ask.say("Tối thiểu từ {rank} sao (bộ {sets}).", rank=need.rank, sets=sets)


def ranges(numbers: list[int]) -> str:
    """[1, 2, 3, 7] → "1-3, 7"."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(f"{r[0]}-{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs)
