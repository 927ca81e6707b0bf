"""The sentences of what was reckoned, with the working shown."""

from __future__ import annotations

from collections.abc import Sequence

from conversations.policy.counts.figures import Figure, Goal
from conversations.policy.draft import Ask
from locales import number


def n_(ask: Ask, value: float) -> str:
    """A number whole, or with one decimal."""
    value = round(value, 1)
    return number(ask.lang, int(value) if value == int(value) else value)


def name(ask: Ask, figure: Figure) -> str:
    return figure.name[ask.lang == "en"]


def names(ask: Ask, figures: Sequence[Figure]) -> str:
    """ "hợp tác xã, tổ hợp tác và doanh nghiệp"."""
    told = [name(ask, one) for one in figures]
    return ask.say(" và ").join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else told[0]


def headed(text: str) -> str:
    return text[:1].upper() + text[1:]


def total(figures: Sequence[Figure]) -> float:
    return sum(one.value for one in figures)


def worked(ask: Ask, figures: Sequence[Figure], by_id: dict[str, Figure]) -> str:
    """How figures make their sum: "15 + 2 = 17", "410 - 268 = 142", or the only one."""
    if len(figures) > 1:
        sums = " + ".join(n_(ask, one.value) for one in figures)
        return f"{sums} = {n_(ask, total(figures))}"
    less = [n_(ask, by_id[one].value) for one in figures[0].less]
    value = n_(ask, figures[0].value)
    return f"{' - '.join(less)} = {value}" if less else value


def share(ask: Ask, parts: Sequence[Figure], whole: Figure, by_id: dict[str, Figure]) -> str:
    """How much of the whole the parts are."""
    return ask.say(
        "{parts}: {worked}, trên {n} {whole} là {percent}% (tôi tự tính).",
        parts=headed(names(ask, parts)), worked=worked(ask, parts, by_id),
        n=n_(ask, whole.value), whole=name(ask, whole),
        percent=n_(ask, 100 * total(parts) / whole.value),
    )  # fmt: skip


def added(ask: Ask, parts: Sequence[Figure], by_id: dict[str, Figure]) -> str:
    return ask.say(
        "{parts}: {worked} (tôi tự tính).",
        parts=headed(names(ask, parts)), worked=worked(ask, parts, by_id),
    )  # fmt: skip


def still(ask: Ask, figure: Figure, goal: Goal, year: int) -> str:
    """What a figure lacks for its goal."""
    fields = {
        "name": headed(name(ask, figure)), "year": year, "goal": n_(ask, goal.value),
        "now": n_(ask, figure.value), "short": n_(ask, goal.value - figure.value),
    }  # fmt: skip
    if goal.least:
        return ask.say(
            "{name}: chỉ tiêu {year} ít nhất {goal}, nay {now}; cần thêm {goal} - {now} = {short} "
            "(tôi tự tính).",
            **fields,
        )
    return ask.say(
        "{name}: chỉ tiêu {year} {goal}, nay {now}; cần thêm {goal} - {now} = {short} "
        "(tôi tự tính).",
        **fields,
    )


def goals_added(ask: Ask, figures: Sequence[Figure], year: int) -> tuple[str, str]:
    """What several goals come to, and what is still to come until then."""
    goals = [one.goal for one in figures if one.goal]
    whole, now = sum(goal.value for goal in goals), total(figures)
    sums = " + ".join(n_(ask, goal.value) for goal in goals)
    fields = {"names": names(ask, figures), "year": year, "sums": sums, "whole": n_(ask, whole)}
    if any(goal.least for goal in goals):
        told = ask.say(
            "Chỉ tiêu {year}, {names}: {sums} = ít nhất {whole} (tôi tự tính).", **fields
        )
    else:
        told = ask.say("Chỉ tiêu {year}, {names}: {sums} = {whole} (tôi tự tính).", **fields)
    still = ask.say(
        "Nay có {now}, nên cần thêm {whole} - {now} = {short} (tôi tự tính).",
        now=n_(ask, now), whole=n_(ask, whole), short=n_(ask, whole - now),
    )  # fmt: skip
    return told, still


def reached(ask: Ask, figure: Figure, goal: Goal, year: int) -> str:
    """How much of its goal a figure is."""
    return ask.say(
        "{name}: nay {now}, bằng {percent}% chỉ tiêu {year} là {goal} (tôi tự tính).",
        name=headed(name(ask, figure)), now=n_(ask, figure.value), year=year,
        goal=n_(ask, goal.value), percent=n_(ask, 100 * figure.value / goal.value),
    )  # fmt: skip


def gap(ask: Ask, more: Sequence[Figure], fewer: Sequence[Figure], by_id: dict[str, Figure]) -> str:
    """By how much some figures are more than others."""
    a, b = total(more), total(fewer)
    return ask.say(
        "{more} ({a}) hơn {fewer} ({b}): {x} - {y} = {gap} (tôi tự tính).",
        more=headed(names(ask, more)), a=worked(ask, more, by_id), fewer=names(ask, fewer),
        b=worked(ask, fewer, by_id), x=n_(ask, a), y=n_(ask, b), gap=n_(ask, a - b),
    )  # fmt: skip


def times(
    ask: Ask, more: Sequence[Figure], fewer: Sequence[Figure], by_id: dict[str, Figure]
) -> str:
    """How many times as many some figures are as others."""
    a, b = total(more), total(fewer)
    return ask.say(
        "{more} ({a}) gấp {x} : {y} = {times} lần {fewer} ({b}) (tôi tự tính).",
        more=headed(names(ask, more)), a=worked(ask, more, by_id), fewer=names(ask, fewer),
        b=worked(ask, fewer, by_id), x=n_(ask, a), y=n_(ask, b), times=n_(ask, a / b),
    )  # fmt: skip


def yearly(ask: Ask, figure: Figure, years: tuple[int, int]) -> str:
    """An amount for several years, the same every year."""
    count = years[1] - years[0] + 1
    unit = figure.unit[ask.lang == "en"] or name(ask, figure)
    return ask.say(
        "Chia đều {first}-{last}: {value} : {count} năm = {each} {unit} mỗi năm (tôi tự tính).",
        first=years[0], last=years[1], value=n_(ask, figure.value), count=count,
        each=n_(ask, figure.value / count), unit=unit,
    )  # fmt: skip


def times_goal(ask: Ask, figure: Figure, goal: Goal) -> str:
    """How many times a figure its goal is."""
    return ask.say(
        "{name}: chỉ tiêu {goal} gấp {goal} : {now} = {times} lần nay (tôi tự tính).",
        name=headed(name(ask, figure)), goal=n_(ask, goal.value), now=n_(ask, figure.value),
        times=n_(ask, goal.value / figure.value),
    )  # fmt: skip


def share_still(ask: Ask, now: float, goal: float, year: int) -> str:
    """How many points a percentage lacks for its goal."""
    return ask.say(
        "Chỉ tiêu {year} ít nhất {goal}%: còn thiếu {goal} - {now} = {short} điểm phần trăm "
        "(tôi tự tính).",
        year=year, goal=n_(ask, goal), now=n_(ask, now), short=n_(ask, goal - now),
    )  # fmt: skip


def average(ask: Ask, figure: Figure, each: Figure) -> str:
    """What of a figure comes to each of another."""
    return ask.say(
        "{name}: {value} : {count} {each} = {average} cho mỗi nơi, bình quân (tôi tự tính).",
        name=headed(name(ask, figure)), value=n_(ask, figure.value), count=n_(ask, each.value),
        each=name(ask, each), average=n_(ask, figure.value / each.value),
    )  # fmt: skip


def against(ask: Ask, one: Figure, other: Figure) -> str:
    """A figure in percent of another."""
    return ask.say(
        "{one} ({a}) bằng {percent}% {other} ({b}) (tôi tự tính).",
        one=headed(name(ask, one)), a=n_(ask, one.value), other=name(ask, other),
        b=n_(ask, other.value), percent=n_(ask, 100 * one.value / other.value),
    )  # fmt: skip
