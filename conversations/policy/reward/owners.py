"""Whose products a piece of a message tells of, and how many people share one sum."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conversations.policy.reward import vocabulary
from conversations.policy.reward.words import Kind, Token

ME = "me"
_NOUN = "|".join(vocabulary.FACILITY)
_MINE = "toi|tui|em|minh|ta|choa|ni|nay|tau|bon|chung|ben toi|mi|our|ours|mine|we|i"
#: Words after "htx", "nhà" that do not say which one it is.
_NO_NAME = vocabulary.words(
    """
    co duoc dat la thi lam cung deu da dang se vua moi van nao chua o trong de bao noi muon cho va
    voi hay con ma neu khi cua rieng hang may nong nuoc xuong san bi phai can nhan linh thuong tinh
    has have had got gets with is are was were and in of to that which each make makes rieng
    """
)
_FACILITY = re.compile(
    rf"(?<= )(?:(\w+) )?({_NOUN}) (?:thu |cua )?((?:(?:ong|ba|anh|chi|bac|chu|co|o|mu) )?\w+)(?= )"
)
_NO_OWNER = vocabulary.words(
    "moi ca cung chung each every all per same nao tinh kiem giup lam phai"
)
_ENGLISH = {
    "their": "they", "his": "he", "her": "she", "other": "other", "another": "other",
    "first": "first", "second": "second", "third": "third", "our": ME, "mi": ME,
    "neighbouring": "other", "neighbour": "other",
}  # fmt: skip
_TITLES = "anh|chi|em|me|bo|co|chu|bac|di|cau|ong|o|mu"
_PEOPLE = re.compile(
    rf"(?<= )(vo(?! chong)|chong|(?:anh|chi|em|con|chau) (?:trai|gai|re|dau|ruot|ho)|(?:{_TITLES}) "
    rf"(?:toi|tui|minh)|nguoi ban|nguoi khac|"
    r"(?:mi |our |the )(?:sister|brother|wife|husband|mother|father|neighbour|neighbor|friend|son|"
    r"daughter|cousin|uncle|aunt)|she|he|theirs?|thei)(?= )"
)
_SUBJECT = re.compile(
    rf"^ (?:con |thi |ma )?((?:{_TITLES})(?: \w+)?) (?:(?:co|lam|duoc|thi|dung) |$)"
)
_ENGLISH_ONE = re.compile(
    r" (one|the other|another|the second) (?:one )?(?:has|have|had|got|with|ma[dk]e)"
)
_ME = re.compile(r"(?<= )(?:toi|tui|minh|choa|i|we|ours?|mine)(?= )")
_PERSON = "~"  # before the key of a person, who may share a producer with another
_KINDS = (Kind.COUNT, Kind.NOUN, Kind.RANK, Kind.SCORE, Kind.STOP)
_EACH_PERSON = vocabulary.words(
    """
    nguoi ho dua anh chi vo me bo con cha chau bac chu thanh xa hoi ong ba members member people
    persons person households families partners brothers sisters of ways friends us owners
    """
)
_PER_OWNER = re.compile(
    rf" (?:moi|each|tung|every) (?:1 |mot )?(?:{_NOUN}|to|nguoi|dua|noi|cho|anh|chi|ong|mu|of|"
    r"person)(?= )|"
    rf" (?:{_NOUN}|noi|ai|nguoi|dua) (?:(?:nao|dau|gi|mo) )?(?:also|cung|deu)(?= )|"
    r" each (?:won|win|earned|earn|got|have|has|had|with|getting|one|get)(?= )"
)
_SPLIT = re.compile(
    r" (?:chia|split|shared?|divided?)(?: (?:deu|cho|ra|thanh|lam|nhau|it|equalli|evenli|between|"
    r"among|amongst|by|into)){0,4} (\d+)(?= )|"
    r" (?:chia|split|shared?|divided?)(?: \w+){0,6}? (?:cho|among|between|with) (\d+)(?= )"
)


def owner(tokens: Sequence[Token]) -> str:
    """Who the products of a piece belong to: a key, ME for the one who asks, "" when not said."""
    size = next((p for p, t in enumerate(tokens) if t.kind in _KINDS), len(tokens))
    return _named(tokens[:size]) or _named(_after_of(tokens[size:]))


def _after_of(tokens: Sequence[Token]) -> Sequence[Token]:
    """What follows "của": "hai món ba sao của tui"."""
    of = next((p for p, t in enumerate(tokens) if t.word == "cua"), len(tokens))
    return tokens[of + 1 :]


def _named(tokens: Sequence[Token]) -> str:
    said = f" {' '.join(t.word for t in tokens)} ".replace(" hang xom ", " khac ")
    alone = [t.word for t in tokens if t.kind is Kind.OWNERS and t.value == 1]
    if alone:
        return f"1 {alone[-1]}"
    named = [key for m in _FACILITY.finditer(said) if (key := _key(*m.groups()))]
    if named:
        return named[-1]
    persons = _PEOPLE.findall(said) or _SUBJECT.findall(said)
    if persons:
        last = str(persons[-1])
        return _PERSON + ("they" if last.startswith("thei") else last)
    one = _ENGLISH_ONE.search(said)
    return one[1] if one else ME if _ME.search(said) else ""


def kind_of_owner(tokens: Sequence[Token]) -> str:
    """The kind of producer right before its products: "công ty 2 sản phẩm, hộ 1 sản phẩm"."""
    size = next((p for p, t in enumerate(tokens) if t.kind in _KINDS), len(tokens))
    said = " ".join(t.word for t in tokens[:size]).removesuffix(" co").removesuffix(" duoc")
    found = re.search(rf"(?:^| )({_NOUN})$", said) if size < len(tokens) else None
    return f"1 {found[1]}" if found else ""


def _key(before: str | None, noun: str, name: str) -> str:
    """Which producer "htx thanh", "nhà bên", "their company" is."""
    if before in _NO_OWNER:
        return ""
    if before in _ENGLISH:
        return _ENGLISH[before]
    if re.fullmatch(_MINE, name):
        return ME
    name = name.removesuffix(" co")  # "nhà bà có"
    return "" if name in _NO_NAME or (name.isdigit() and noun == "ho") else name


def per_owner(said: str) -> bool:
    """Whether what is told holds for each of several producers: "mỗi nhà", "hộ nào cũng"."""
    return _PER_OWNER.search(said) is not None


def personal(key: str) -> bool:
    """Whether a key names a person, not a producer."""
    return key.startswith(_PERSON)


def sharers(tokens: Sequence[Token], told: int) -> int:
    """How many people a sum is split among: "chia 5", "5 người chia đều", "chia đôi".

    `told` is the number known so far; a number that goes with the splitting comes before it.
    """
    counted = (Kind.WORD, Kind.FIGURE, Kind.COUNT)
    said = "".join(f" {t.value if t.value and t.kind in counted else t.word}" for t in tokens) + " "
    found = _SPLIT.search(said)
    if found:
        return int(found[1] or found[2])
    if re.search(r" chia (?:lam )?doi | vo chong (?:\w+ ){0,3}chia | in half ", said):
        return 2
    if " chia tu " in said:
        return 4
    people = (
        t.value for p, t in enumerate(tokens[:-1])
        if t.value > 1 and t.kind in counted and tokens[p + 1].word in _EACH_PERSON
    )  # fmt: skip
    return told or next(people, 0)
