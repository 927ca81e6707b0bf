"""From what a person typed to plain folded words: dialect, shorthand, tones and typos aside."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from models.content.fold import fold, has_diacritics, spell
from models.content.lexicon import Dialect, Lexicon

_SOMETHING = 2  # words that must stay of a message
_NOTE = re.compile(r"\(.*?\)")
_CALLS = ("ad", "admin", "shop", "bot")  # who is spoken to: says nothing
_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*|[a-zà-ỹđ]+|%")
_TIDY = (
    (re.compile(r"(?<![\d.,/])([1-5])\s*(?:\*+|★+|s(?![a-zà-ỹđ])|saoo+)"), r"\1 sao "),
    (re.compile(r"(?<=\d)\s*(?:đ|d|điểm|diem)(?![a-zà-ỹđ])"), " điểm "),
    (re.compile(r"(?<![a-zà-ỹđ])(mấy|mây|may) (?:đ|d)(?![a-zà-ỹđ])"), r"\1 điểm "),
    (re.compile(r"(?<=\d)\s*(?:tr|triệu|trieu|củ)(?![a-zà-ỹđ])"), " triệu "),
    (re.compile(r"(?<![a-zà-ỹđ])t(?=\d{1,2}(?!\d))"), " tháng "),
    (re.compile(r"(?<=\d)(?=[a-zà-ỹđ])|(?<=[a-zà-ỹđ])(?=\d)"), " "),
)
#: Parts of the sheet, each with its points ("A đạt 36, C chắc 29"): other letters are parts too.
_SCORED = re.compile(
    r" ([abc])(?: (?:dat|duoc|dc|an|la|co|chac|cham|moi|chi|tam|khoang|thi|voi|deu|diem)){0,2}"
    r"(?= (?:\d|het diem|bo trong|mat trang|toi da|tuyet doi|full|max|tron|kich))"
)
#: "nhút Thanh Chương, à không, nhút nhà": the clause before is taken back.
_TAKEN_BACK = re.compile(
    r"(?i)[^,.;:!?\n]*,\s*(?:à|a|ủa|ý|í|ấy|uh|oh|sorry,?)?\s*"
    r"(?:(?<=à )(?:không|ko)|không phải|(?<=a )khong|khong phai|nhầm|lộn|(?:no,? )?wait|"
    r"i mean(?:t)?|no,? sorry)(?: rồi)?,\s*"
)
_ENGLISH = frozenset(
    "the is are was what how of to for my can do does did which who when where in and we our i "  # noqa: SIM905
    "it if with be will must should by on at from this that a an or many much get have has your "
    "you me there under after before any not need may would them their they all show tell right "
    "true yet already given paid one two three four five six please only".split()
)
_VIETNAMESE = frozenset(
    "la co khong duoc cho toi em anh minh cua thi nha gi nao bao nhieu may o dau nhu the nay "  # noqa: SIM905
    "lam ho so ai lap thanh xa tinh nop va con ko hay roi sao dc chua bi nhung".split()
)
#: A syllable without its marks, or several written together: "ho so", "sanpham".
_SYLLABLES = re.compile(
    r"(?:(?:ngh|ng|gh|gi|nh|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|uyu|oai|oay|oeo|uay|uoi|uou|ieu|yeu|ia|ie|iu|ua|ue|ui|uo|uu|uy|oa|oe|oi|oo|ai|ao|"
    r"au|ay|eo|eu|ye|[aeiouy])(?:ch|ng|nh|[cmnpt])?)+"
)
_WHOLE_WORD = 4  # letters from which a word is looked at: shorter ones are shorthand as well
_ANYWHERE = frozenset(("ocop", "haccp", "vietgap", "globalgap", "online", "shopee", "facebook",
                       "zalo", "tiktok", "livestream", "email", "website", "admin", "shop",
                       "feedback", "deadline", "file", "scan", "form"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase people say, and what it means; `keep` are compounds it is left alone in."""

    say: str
    to: str
    bare: str  # ok | careful | never: what to do with the form without diacritics
    keep: tuple[str, ...] = ()


class Dictionary:
    """Dialect, phone shorthand, trade abbreviations and spelling habits, ready to apply.

    `names` are names of places: what in them looks like dialect is left alone. `kinds` is what
    people write for short before such a name: "tt", "p". `goods` are names of products, left alone
    as well: "túi cói" bare has no "tui" in it.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        names: Collection[str] = (),
        kinds: Mapping[str, str] | None = None,
        goods: Collection[str] = (),
    ) -> None:
        self.phrases = [Word(spell(p.say), spell(p.to), p.bare) for p in lexicon.phrases]
        self.dialect = {spell(d.word): _dialect(d) for d in lexicon.dialect}
        self.bare = {fold(w.say): w for w in self.dialect.values() if w.bare != "never"}
        self.short = dict(_short(lexicon))
        self.names: dict[str, list[str]] = defaultdict(list)
        self.kinds = dict(kinds or {})
        self.placed = {fold(name) for name in names}
        self.goods = {word for name in goods for word in fold(name).split()}
        own = {*self.bare, *self.short}
        kept = (one for one in goods if not own.issuperset(fold(one).split()))  # "tui coi"
        for name in map(spell, (*names, *kept)):
            for word in name.split() if " " in name else ():
                self.names[fold(word)].append(name)
        self.pairs = [
            (fold(s.wrong), fold(s.right))
            for s in lexicon.spelling
            if fold(s.wrong) != fold(s.right)
        ]


def _dialect(word: Dialect) -> Word:
    to = "" if word.drop else spell(word.means[0])
    return Word(spell(word.word), to, word.bare, tuple(map(spell, word.keep_in)))


def _short(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for one in lexicon.shorthand:
        yield spell(one.short), _NOTE.sub("", spell(one.means[0])).strip()
    for long in lexicon.abbreviations:
        for abbr in (long.abbr, *long.also):
            if " " not in abbr and not abbr[0].isdigit():
                yield spell(abbr), spell(long.to)
                yield fold(abbr), spell(long.to)
    for call in _CALLS:
        yield call, ""


def meant(said: str) -> str:
    """A message without what its writer takes back: "nhút Thanh Chương, à không, nhút nhà"."""
    kept = _TAKEN_BACK.sub(" ", said).strip()
    return kept if len(kept.split()) > _SOMETHING else said


def language(text: str) -> str:
    """ "vi" or "en", by diacritics, by the small words used, and where there are none of either by
    the shape of the others: "Documents required?"."""
    if has_diacritics(text):
        return "vi"
    said = re.findall(r"[a-z]+", text.lower())
    english, vietnamese = sum(w in _ENGLISH for w in said), sum(w in _VIETNAMESE for w in said)
    if not vietnamese and _looks_foreign(said):
        return "en"
    return "en" if english > vietnamese and english else "vi"


def _looks_foreign(said: list[str]) -> bool:
    """Whether most of the words can be no Vietnamese syllables, nor several written together."""
    long = [w for w in said if len(w) >= _WHOLE_WORD and w not in _ANYWHERE]
    foreign = sum(_SYLLABLES.fullmatch(w) is None for w in long)
    return foreign * 2 > len([w for w in said if w not in _ANYWHERE and len(w) > 1])


def tokens(text: str) -> list[str]:
    """Words and numbers of already spelled text."""
    return _TOKEN.findall(text)


def tidy(text: str) -> str:
    """`text` spelled in lower case, with "4*", "28đ", "t12" and glued digits written out."""
    said = spell(text)
    for pattern, to in _TIDY:
        said = pattern.sub(to, said)
    return said


def plain(text: str, words: Dictionary | None = None) -> list[str]:
    """The folded words of `text`; with a dictionary, shorthand and dialect put plainly."""
    return [bare for bare, _ in marked(text, words)]


def marked(text: str, words: Dictionary | None = None) -> list[tuple[str, str]]:
    """Each word of `text` folded, and as it was marked with diacritics."""
    said = tokens(tidy(text))
    if words:
        said = tokens(" ".join(_mapped(said, words)))
    bare = [_i(w) for w in _paired(fold(" ".join(said)), words).split()]
    if len(bare) != len(said):
        said = bare
    return list(zip(bare, said, strict=True))


def _i(word: str) -> str:
    """i and y at the end of a bare syllable are one: đăng kí, quản lý."""
    return word[:-1] + "i" if len(word) > 1 and word[-1] == "y" and word[-2] not in "aou" else word


def _paired(said: str, words: Dictionary | None) -> str:
    for wrong, right in words.pairs if words else ():
        if wrong in said:
            said = re.sub(rf"\b{wrong}\b", right, said)
    return said


def _mapped(said: list[str], words: Dictionary) -> Iterator[str]:
    """What a place is first, then phrases, longest first; then word by word, compounds left
    alone."""
    said = [word for place in range(len(said)) for word in _kind(said, place, words)]
    bare = all(fold(w) == w for w in said)
    dialectal = any(
        (entry := words.dialect.get(w)) and (fold(w) != w or (bare and entry.bare != "never"))
        for w in said
    )
    text = " ".join(said)
    for phrase in words.phrases:
        text = _replaced(text, phrase, bare and (phrase.bare == "ok" or dialectal))
    kept = text.split()
    guarded = _guarded(kept, words)
    listed = len(set(_SCORED.findall(f" {fold(text)} "))) > 1
    for place, word in enumerate(kept):
        alone = place in guarded or _is_letter(kept, place) or (listed and word in ("a", "b", "c"))
        yield word if alone else _one(word, words, bare, dialectal)


def _kind(said: list[str], place: int, words: Dictionary) -> list[str]:
    """The word at `place`; put out in full when it is short for a kind of place before a name: a
    town is no circular."""
    kind = words.kinds.get(said[place])
    behind = (fold(" ".join(said[place + 1 : end])) for end in range(place + 2, place + 5))
    return kind.split() if kind and any(name in words.placed for name in behind) else [said[place]]


def _is_letter(said: list[str], place: int) -> bool:
    """Whether a single letter names a part of the sheet ("phần A 35"), not a person."""
    if len(said[place]) > 1:
        return False
    before = said[place - 1] if place else ""
    after = said[place + 1] if place + 1 < len(said) else ""
    return fold(before) in ("phan", "part") or (said[place] in "abc" and after[:1].isdigit())


def _replaced(text: str, phrase: Word, bare: bool) -> str:
    for form in (phrase.say, fold(phrase.say) if bare else phrase.say):
        if form in text:
            text = re.sub(rf"(?<!\S){re.escape(form)}(?!\S)", phrase.to, text)
    return text


def _guarded(said: list[str], words: Dictionary) -> set[int]:
    """Places inside a compound that a dialect word is left alone in."""
    text = " ".join(said)
    places: set[int] = set()
    for word in set(said):
        entry = words.dialect.get(word) or words.bare.get(word)
        named = words.names.get(fold(word), ()) if entry or word in words.short else ()
        for compound in (*(entry.keep if entry else ()), *named):
            for form in {compound, fold(compound)}:
                if form in text:
                    places.update(_places(said, form.split()))
    return places


def _places(said: list[str], compound: list[str]) -> Iterator[int]:
    size = len(compound)
    for start in range(len(said) - size + 1):
        if said[start : start + size] == compound:
            yield from range(start, start + size)


def _one(word: str, words: Dictionary, bare: bool, dialectal: bool) -> str:
    entry = words.dialect.get(word)
    if entry is None and bare:
        near = words.bare.get(word)
        entry = near if near and (near.bare == "ok" or dialectal) else None
    if entry is not None and not (bare and entry.bare == "never"):
        return entry.to
    return words.short.get(word, word)
