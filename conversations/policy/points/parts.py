"""Answers on parts A, B and C of the sheet: their sum, what a missing part must bring, averages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from conversations.policy import slots
from conversations.policy.draft import Ask, Draft
from conversations.policy.points.reading import Points, most_of_parts, of_members, points_told
from conversations.policy.points.stars import PASSAGE, changed, judged, n_, second_test

_NEEDED = ("can", "phai", "thieu", "it nhat", "toi thieu", "bao nhieu", "may", "need", "needs",
           "needed", "at least", "must", "how mani", "how much", "minimum")  # fmt: skip
_ASKED = (
    "bao nhieu",
    "may",
    "nao",
    "khong",
    "what",
    "how",
    "which",
    "is that",
    "enough",
    "biet",
    "tinh",
    "hang",
    "xep",
)
_LETTER = re.compile(r"\b[abcABC]\b")
_REST = ("con lai", "remaining", "rest", "other", "kia")


def stars_of_parts(ask: Ask) -> Draft | None:
    """The sum of parts A, B and C and its rank; None unless all three are given."""
    told = _told(ask)
    if len(told.parts) < 3:
        return None
    most = most_of_parts(ask)
    parts = dict(told.parts)
    named = next((x for x in "abc" if ask.reading.has(f"phan {x} them", f"{x} them")), None)
    if told.won and named:
        parts[named] += told.won
    whole = sum(parts.values())
    lines = [_shares_line(ask, told, most)] if told.shares else []
    lines.append(
        ask.say(
            "Tổng: {shown} = {total} điểm.",
            shown=" + ".join(n_(ask, parts[x]) for x in "abc"), total=n_(ask, whole),
        )
    )  # fmt: skip
    if told.won and not named:
        lines.append(changed(ask, whole, told.won))
        whole += told.won
    lines += _over(ask, parts, most, whole)
    if whole > 100:
        return Draft(PASSAGE, tuple(lines), ask.cited(PASSAGE))
    return judged(ask, lines, whole, besides=False)


def _told(ask: Ask) -> Points:
    """The points of this question; of the one before what this one only adds to."""
    told = points_told(ask, ask.text)
    before = ask.reading.before
    if before is not None and (told.won or 0 < len(told.parts) < 3):
        earlier = points_told(ask, before.text)
        if len({*earlier.parts, *told.parts}) == 3:
            shares = {**earlier.shares, **told.shares}
            return Points(told.scores, {**earlier.parts, **told.parts}, shares, told.won, told.goal)
    return told


def _shares_line(ask: Ask, told: Points, most: dict[str, int]) -> str:
    worked = "; ".join(
        f"{x.upper()}: {n_(ask, told.shares[x])}% × {most[x]} = {n_(ask, told.parts[x])}"
        for x in sorted(told.shares)
    )
    return ask.say("Đổi ra điểm: {worked}.", worked=worked)


def _over(
    ask: Ask, parts: Mapping[str, float], most: dict[str, int], whole: float | None = None
) -> list[str]:
    """That a part holds more than its sheet gives, and what the sum is without that."""
    over = [x for x in parts if parts[x] > most[x]]
    lines = [
        ask.say("Phần {part} tối đa {most} điểm, bà con xem lại.", part=x.upper(), most=most[x])
        for x in over
    ]
    if over and whole is not None:
        least = whole - sum(parts[x] - most[x] for x in over)
        lines.append(ask.say("Lấy mức tối đa thì tổng là {total} điểm.", total=n_(ask, least)))
    return lines


def part_needed(ask: Ask) -> Draft | None:
    """What the parts not told must bring for the points or the stars wanted."""
    told = _told(ask)
    if not 0 < len(told.parts) < 3 or not ask.reading.has(*_NEEDED):
        return None
    missing = [x for x in "abc" if x not in told.parts]
    goals = _goals(ask, told)
    letters = {m.lower() for m in _LETTER.findall(ask.reading.said)}  # "c" alone is read as chị
    spoken = any(x in letters for x in missing)
    if not goals or not (spoken or ask.reading.has(*_REST)):
        return None
    most = most_of_parts(ask)
    held = sum(told.parts.values())
    lines = _over(ask, told.parts, most)
    lines += [_need_line(ask, goal, held, missing, most) for goal in goals]
    lines.append(
        ask.say(
            "Đã có {shown} = {total} điểm.",
            shown=" + ".join(n_(ask, told.parts[x]) for x in sorted(told.parts)),
            total=n_(ask, held),
        )
    )  # fmt: skip
    return Draft(
        PASSAGE, (*lines, *second_test(ask, [max(goals)], besides=False)), ask.cited(PASSAGE)
    )


def _goals(ask: Ask, told: Points) -> list[float]:
    """The points wanted: named, or from which the stars named begin."""
    if told.goal is not None:
        return [told.goal]
    if told.scores:
        return [max(told.scores)]
    least = {s.rank: float(s.minimum) for s in ask.matter.law.stars}
    return [least[rank] for rank in slots.stars(ask.text)]


def _need_line(ask: Ask, goal: float, held: float, missing: list[str], most: dict[str, int]) -> str:
    need, room = goal - held, sum(most[x] for x in missing)
    fields = {
        "parts": ask.say(" và ").join(x.upper() for x in missing),
        "goal": n_(ask, goal), "held": n_(ask, held), "need": n_(ask, need), "room": room,
        "top": n_(ask, held + room),
    }  # fmt: skip
    if need <= 0:
        return ask.say("Đã đủ {goal} điểm mà chưa cần phần {parts}.", **fields)
    if need > room:
        return ask.say(
            "Không được: để đủ {goal}, phần {parts} cần {goal} - {held} = {need} điểm, mà tối đa "
            "chỉ {room}; cao nhất được {top}.",
            **fields,
        )
    return ask.say(
        "Để đủ {goal} điểm, phần {parts} cần ít nhất {goal} - {held} = {need} (tối đa {room}).",
        **fields,
    )


def average(ask: Ask) -> Draft | None:
    """The average of what several members gave, and its rank."""
    given = of_members(ask.text)
    if not given or not ask.reading.has(*_ASKED):
        return None
    mean = sum(given) / len(given)
    line = ask.say(
        "Điểm trung bình: ({shown}) : {n} = {mean} điểm.",
        shown=" + ".join(n_(ask, one) for one in given), n=len(given), mean=n_(ask, mean),
    )  # fmt: skip
    return judged(ask, [line], mean, besides=False)
