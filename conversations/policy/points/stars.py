"""Answers from points to stars, the second test included (Quyết định 26/2026/QĐ-TTg, Điều 3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from conversations.policy import slots
from conversations.policy.draft import Ask, Draft
from conversations.policy.lack_answers import missing
from conversations.policy.points.reading import points_told
from locales import number
from models.content.law import Star

_ASKS_RANK = ("hang", "star", "stars", "rank", "khung", "dat", "giay", "certificate",
              "band", "cong nhan", "certified", "recognised",
              "tron len", "lam tron", "rounded")  # fmt: skip
_ASKS_ITEM = ("cong", "duoc may diem", "bao nhieu diem", "may diem", "how mani points")
_MEAN_OF_SUMS = ("trung binh cong", "tb cong", "binh quan cong")
#: "mấy sao", "lên sao": stars, not "thì sao", "làm sao", "có sao không".
_STARS_SAID = re.compile(
    r"\b(?<!thi )(?<!lam )(?<!ra )(?<!tai )(?<!vi )(?<!the )(?<!vay )(?<!co )sao\b(?! khong\b)|"
    r"\b[1-5] sao\b"
)
#: What asks for the way to the next rank.
_ASKS_NEXT = ("kem", "thieu", "hut", "nua", "them", "bac tren", "hang tren", "sao tren", "short",
              "more", "next", "len")  # fmt: skip
_HOW_MANY = ("may diem", "bao nhieu diem", "how mani", "how much", "bao nhieu", "may")  # fmt: skip
#: Something else is asked of a product with points: how long its paper holds, who signs, where.
_ASKS_BESIDES = re.compile(
    r"\b(?:may nam|(?:gia tri|hieu luc|thoi han) (?:may|bao)|bao lau|o dau|di dau|khieu nai|"
    r"ai (?:ki|cap|cong nhan|quyet)|nop lai|how long|where|who|cap nao|"
    r"(?:huyen|tinh|xa|bo|trung uong)(?: \w+){0,2} hay (?:la )?(?:huyen|tinh|xa|bo|trung uong))\b"
)
#: The score is the ministry's: below its rank the province decides on.
_BY_MINISTRY = re.compile(
    r"(?<!\bnoi )(?<!\bcan )\b(?:bo|trung uong)(?: (?:da|chi|moi|lai))* (?:cham|cho|xet)\b|"
    r"\b(?:gui|nop|trinh|dua|len|ra) (?:ra |len |ve )?(?:bo(?! (?:so|san|tieu|ho))|trung uong)\b|"
    r"\b(?:ministri|central council) (?:gave|scored|gives|scores)\b|"
    r"\b(?:from|by|to|at) the (?:ministri|central)\b"
)
CENTRAL = "qd26_trung_uong"
_RANK_ASKED = re.compile(
    r"\b(?:(?:may|bao nhieu) sao|hang (?:may|nao|gi)|du (?:chua|khong)|rank)\b"
)
_HOW_FAR = ("cach", "how far", "bao xa")
_STAR_ASKED = re.compile(r"(?i)(?:mấy|may|bn|bao nhiêu|bao nhieu|what|which)\s*[*★]")

_TOLD = 0.15  # sureness from which a message also speaks of a paper or a minimum
_WHOLE = 20  # points from which a score is that of a product, not of an item of the sheet
PASSAGE = "qd26_diem_sao"
HIGHEST = 5  # stars that the minister gives (Điều 4 khoản 1)


def stars_of_points(ask: Ask) -> Draft | None:
    """The rank of the points named, and what else it takes; None when no points are named."""
    named = _instead(ask) or points_told(ask, ask.text).scores
    asked = asks_rank(ask)
    of_item = ask.reading.has(*_ASKS_ITEM) and not ask.reading.has(*_MEAN_OF_SUMS)
    if not named or not asked or of_item:
        return None
    if ask.near("qd26_phan_abc", "qd26_dot", within=1) or len(named) > 2:
        return None
    if _ASKS_BESIDES.search(ask.text) and not _RANK_ASKED.search(ask.text):
        return None
    lines = [line for score in named for line in bands(ask, score)]
    return by_ministry(ask, max(named), lines) or judged(ask, [], max(named), lines)


def asks_rank(ask: Ask) -> bool:
    """Whether stars, a rank or a certificate are spoken of."""
    said = _STARS_SAID.search(ask.text) or _STAR_ASKED.search(ask.reading.said)
    return said is not None or ask.reading.has(*_ASKS_RANK)


def of_ministry(text: str) -> bool:
    """Whether a score is the ministry's."""
    return _BY_MINISTRY.search(text) is not None


def by_ministry(ask: Ask, score: float, lines: list[str]) -> Draft | None:
    """What becomes of a dossier that got less at the ministry than its rank takes (Điều 7 khoản 4);
    None when the score is not the ministry's, or is enough."""
    if not of_ministry(ask.text) or band_of(ask, score).rank >= HIGHEST:
        return None
    after = ask.library.passages[CENTRAL].fact("below", ask.lang)
    return Draft(CENTRAL, (after, *lines), ask.cited(CENTRAL))


def judged(
    ask: Ask,
    worked: list[str],
    score: float,
    lines: list[str] | None = None,
    *,
    besides: bool = True,
) -> Draft:
    """The rank of `score` behind how it was worked out; a paper said to be missing comes first.

    `lines`: what is said of the rank, when it is more than that of the score. `besides` as in
    `second_test`.
    """
    lines = bands(ask, score) if lines is None else lines
    lacking = missing(ask) if band_of(ask, score).certificate else None
    if lacking:
        told = (*worked, *lacking.lines, *lines)
        return Draft(PASSAGE, told, (*ask.cited(PASSAGE), *lacking.sources))
    tests = second_test(ask, [score], besides=besides)
    return Draft(PASSAGE, (*worked, *lines, *tests), ask.cited(PASSAGE))


def _instead(ask: Ask) -> tuple[float, ...]:
    """ "Thế 85 thì sao?" after a score: the number that takes its place."""
    own = points_told(ask, " ".join(ask.reading.alone))
    if own.scores or own.parts or own.won or len(own.loose) != 1:
        return ()
    return own.loose if points_told(ask, ask.text).scores else ()


def points_short(ask: Ask) -> Draft | None:
    """How many points a named score lacks for the next rank, or for those that are wanted."""
    told = points_told(ask, ask.text)
    far = ask.reading.has(*_HOW_FAR) and bool(slots.stars(ask.text))
    scores = told.scores or (told.loose if far else ())
    if len(scores) != 1 or told.parts or told.won or scores[0] < _WHOLE:
        return None
    many = ask.reading.has(*_ASKS_NEXT, "can", "need") and ask.reading.has(*_HOW_MANY)
    if not far and not (many and ask.reading.has("diem", "points", "point")):
        return None
    if ask.reading.has("thuong", "reward"):
        return None
    score = scores[0]
    tests = second_test(ask, [score], besides=False)
    return Draft(PASSAGE, (*bands(ask, score), *tests), ask.cited(PASSAGE))


def points_changed(ask: Ask) -> Draft | None:
    """The rank after points won or lost, on the score of this question or of the one before."""
    told = points_told(ask, ask.text)
    if not told.won or told.parts:
        return None
    scores = told.scores or told.loose
    if not scores and ask.reading.before is not None:
        scores = points_told(ask, ask.reading.before.text).scores
    if len(scores) != 1 or not 0 <= scores[0] + told.won <= 100:
        return None
    total = scores[0] + told.won
    return judged(ask, [changed(ask, scores[0], told.won)], total)


def changed(ask: Ask, base: float, won: float) -> str:
    """ "66 + 5 = 71 điểm." """
    return ask.say(
        "{base} {sign} {won} = {total} điểm.",
        base=n_(ask, base), sign="+" if won > 0 else "-", won=n_(ask, abs(won)),
        total=n_(ask, base + won),
    )  # fmt: skip


def n_(ask: Ask, value: float) -> str:
    """A number of points as it is read: whole, or with at most two decimals."""
    value = round(value, 2)
    return str(int(value)) if value == int(value) else number(ask.lang, value)


def band_of(ask: Ask, score: float) -> Star:
    """The rank whose points `score` has."""
    return next(s for s in ask.matter.law.stars if score >= s.minimum)


def bands(ask: Ask, score: float) -> list[str]:
    """The rank of a score, and what it lacks for the ranks that are wanted or the next one."""
    star = band_of(ask, score)
    lines = [
        ask.say(
            "{score} điểm nằm trong khung {rank} sao ({range}).",
            score=n_(ask, score), rank=star.rank, range=range_of(ask, star),
        )
    ]  # fmt: skip
    wanted = sorted(r for r in slots.stars(ask.text) if r > star.rank)
    if wanted:
        return [*_steps(ask, score, wanted), *lines]
    if star.below is not None and ask.reading.has(*_ASKS_NEXT):
        lines.append(
            ask.say(
                "Thêm {short} điểm nữa thì đủ điểm cho {rank} sao.",
                short=n_(ask, star.below - score), rank=star.rank + 1,
            )
        )  # fmt: skip
    if not star.certificate and ask.reading.has("giay", "certificate", "cong nhan", "thieu"):
        first = min((s for s in ask.matter.law.stars if s.certificate), key=lambda s: s.rank)
        lines.insert(
            0, ask.say("Chưa được cấp giấy chứng nhận: giấy có từ {rank} sao.", rank=first.rank)
        )
    return lines


def _steps(ask: Ask, score: float, wanted: list[int]) -> list[str]:
    """The points each wanted rank still takes, one after the other."""
    least = {s.rank: s.minimum for s in ask.matter.law.stars}
    lines = [
        ask.say(
            "Chưa đủ điểm cho {rank} sao: cần từ {need}, còn thiếu {short} điểm.",
            rank=wanted[0], need=least[wanted[0]], short=n_(ask, least[wanted[0]] - score),
        )
    ]  # fmt: skip
    for low, high in pairwise(wanted):
        lines.append(
            ask.say(
                "Từ {low} sao lên {high} sao: thêm {more} điểm ({to} - {from_}); tính từ nay là "
                "{all} điểm.",
                low=low, high=high, more=least[high] - least[low], to=least[high],
                from_=least[low], all=n_(ask, least[high] - score),
            )
        )  # fmt: skip
    return lines


def range_of(ask: Ask, star: Star) -> str:
    """The points of a rank in words: "từ 50 đến dưới 70"."""
    if star.below is None:
        return ask.say("từ {low} đến 100", low=star.minimum)
    if star.minimum == 0:
        return ask.say("dưới {high}", high=star.below)
    return ask.say("từ {low} đến dưới {high}", low=star.minimum, high=star.below)


def _told_of(ask: Ask) -> list[str]:
    """What the minimums a message also speaks of ask for: the plainest sentence of each."""
    passages = (ask.library.passages.get(hit.label) for hit in ask.top[:5] if hit.score >= _TOLD)
    near = [p for p in passages if p is not None and (p.evidence or "papers" in p.own)]
    return [_of_rank(ask, p.said(ask.lang)) for p in near[:2]]


def _of_rank(ask: Ask, lines: Sequence[str]) -> str:
    """The line on the highest rank that is spoken of; else the plainest one, the first."""
    ranks = slots.stars(ask.text)
    asked = f"{max(ranks)} {'sao' if ask.lang == 'vi' else 'star'}" if ranks else ""
    return next((line for line in lines if asked and asked in line), lines[0])


def second_test(ask: Ask, scores: Sequence[float], *, besides: bool = True) -> list[str]:
    """That points are not all: the minimums, who gives the highest rank, who gets no paper.

    `besides`: with the minimums that the message may speak of.
    """
    if band_of(ask, max(scores)).rank == HIGHEST:
        spoken = _told_of(ask) if besides else []
        return [*_central(ask)[: 1 if spoken else 2], *_both(ask), *spoken]
    if band_of(ask, max(scores)).certificate:
        return [*_both(ask), *(_told_of(ask) if besides else ())]
    return [ask.say("Hạng 1 sao, 2 sao không có quyết định công nhận và giấy chứng nhận.")]


def _both(ask: Ask) -> list[str]:
    return [ask.say("Đủ điểm chưa đủ: mọi mục có dấu sao của hạng đó còn phải đạt mức tối thiểu.")]


def _central(ask: Ask) -> list[str]:
    """Who decides on the highest rank: the province only asks for it."""
    passage = ask.library.passages[CENTRAL]
    return [passage.fact(name, ask.lang) for name in ("asked_for", "decided")]
