"""Answers from points to stars, the second test included (Quyết định 26/2026/QĐ-TTg, Điều 3)."""

from __future__ import annotations

from conversations.policy import slots
from conversations.policy.draft import Ask, Draft
from conversations.policy.lack_answers import missing
from locales import number
from models.content.law import Star

_ASKS_RANK = ("sao", "hang", "star", "stars", "rank", "khung", "dat", "giay", "certificate")
_ASKS_ITEM = ("cong", "duoc may diem", "bao nhieu diem", "may diem", "how many points")
#: What asks for the way to the next rank.
_ASKS_NEXT = ("thieu", "hut", "nua", "them", "bac tren", "hang tren", "sao tren", "short", "more",
              "next", "len")  # fmt: skip

_TOLD = 0.15  # sureness from which a message also speaks of a paper or a minimum
_PASSAGE = "qd26_diem_sao"
_BY_MINISTER = 5  # stars that the minister gives (Điều 4 khoản 1)
_PARTS = {"a": 40, "b": 25, "c": 35}


def stars_of_points(ask: Ask) -> Draft | None:
    """The rank of the points named, and what else it takes; None when no points are named."""
    named = slots.points(ask.text)
    if not named or not ask.reading.has(*_ASKS_RANK) or ask.reading.has(*_ASKS_ITEM):
        return None
    if ask.near("qd26_phan_abc", "qd26_dot", within=1) or len(named) > 2:
        return None
    lines = [line for score in named for line in _band_lines(ask, score)]
    lacking = missing(ask)
    if lacking and max(named) >= 50:
        return Draft(_PASSAGE, (*lacking.lines, *lines), (*ask.cited(_PASSAGE), *lacking.sources))
    return Draft(_PASSAGE, (*lines, *_second_test(ask, named)), ask.cited(_PASSAGE))


def stars_of_parts(ask: Ask) -> Draft | None:
    """The sum of parts A, B and C and its rank; None unless all three are given."""
    parts = slots.part_points(ask.text)
    if not parts:
        return None
    over = [letter for letter, most in _PARTS.items() if parts[letter] > most]
    whole = sum(parts.values())
    shown = " + ".join(_n(ask, parts[letter]) for letter in "abc")
    lines = [ask.say("Tổng: {shown} = {total} điểm.", shown=shown, total=_n(ask, whole))]
    if over:
        lines.append(
            ask.say(
                "Phần {part} tối đa {most} điểm, bà con xem lại.",
                part=over[0].upper(),
                most=_PARTS[over[0]],
            )
        )
    if whole <= 100:
        lines += [*_band_lines(ask, whole), *_second_test(ask, [whole])]
    return Draft(_PASSAGE, tuple(lines), ask.cited(_PASSAGE))


def _n(ask: Ask, value: float) -> str:
    return str(int(value)) if value == int(value) else number(ask.lang, value)


def _band(ask: Ask, score: float) -> Star:
    return next(s for s in ask.matter.law.stars if score >= s.minimum)


def _band_lines(ask: Ask, score: float) -> list[str]:
    star = _band(ask, score)
    lines = [
        ask.say(
            "{score} điểm nằm trong khung {rank} sao ({range}).",
            score=_n(ask, score), rank=star.rank, range=_range(ask, star),
        )
    ]  # fmt: skip
    wanted = [r for r in slots.stars(ask.text) if r > star.rank]
    if wanted:
        need = next(s.minimum for s in ask.matter.law.stars if s.rank == wanted[0])
        lines.insert(
            0,
            ask.say(
                "Chưa đủ điểm cho {rank} sao: cần từ {need}, còn thiếu {short} điểm.",
                rank=wanted[0], need=need, short=_n(ask, need - score),
            ),
        )  # fmt: skip
    elif star.below is not None and ask.reading.has(*_ASKS_NEXT):
        lines.append(
            ask.say(
                "Thêm {short} điểm nữa thì đủ điểm cho {rank} sao.",
                short=_n(ask, star.below - score), rank=star.rank + 1,
            )
        )  # fmt: skip
    return lines


def _range(ask: Ask, star: Star) -> str:
    if star.below is None:
        return ask.say("từ {low} đến 100", low=star.minimum)
    if star.minimum == 0:
        return ask.say("dưới {high}", high=star.below)
    return ask.say("từ {low} đến dưới {high}", low=star.minimum, high=star.below)


def _told_of(ask: Ask) -> list[str]:
    """What the minimums a message also speaks of ask for: the plainest sentence of each."""
    passages = (ask.library.passages.get(hit.label) for hit in ask.top[:5] if hit.score >= _TOLD)
    near = [p for p in passages if p is not None and (p.evidence or "papers" in p.own)]
    return [p.said(ask.lang)[0] for p in near[:2]]


def _second_test(ask: Ask, scores: list[float]) -> list[str]:
    if _band(ask, max(scores)).rank == _BY_MINISTER:
        return [*_central(ask), *_both(ask)]
    if _band(ask, max(scores)).certificate:
        return [*_both(ask), *_told_of(ask)]
    return [ask.say("Hạng 1 sao, 2 sao không có quyết định công nhận và giấy chứng nhận.")]


def _both(ask: Ask) -> list[str]:
    return [ask.say("Đủ điểm chưa đủ: mọi mục có dấu sao của hạng đó còn phải đạt mức tối thiểu.")]


def _central(ask: Ask) -> list[str]:
    """Who decides on the highest rank: the province only asks for it."""
    return list(ask.library.passages["qd26_trung_uong"].said(ask.lang)[:2])
