"""Sums, comparisons and numbers of products in words, with the working shown."""

from __future__ import annotations

from collections.abc import Sequence

from conversations.policy.draft import Ask
from conversations.policy.reward.arithmetic import (
    Line,
    Rise,
    Sum,
    Unknown,
    least_for,
    most_for,
    sum_of,
    worked,
)
from conversations.policy.reward.story import Group, Story
from locales import number

#: The whole time is meant, not only what comes now.
_WHOLE_TIME = (
    "hai nam", "2 nam", "truoc sau", "tu truoc", "tu dau", "ba lan", "3 lan", "hai lan", "2 lan",
    "tung lan", "tinh het", "both years", "two years", "overall", "truoc toi nay",
    "ca qua trinh", "each time", "all along", "in all years", "truoc den nay",
)  # fmt: skip
_COMPARES = (
    "ben nao", "cai nao", "nhieu hon", "hon bao nhieu", "cao hon", "loi hon", "it hon", "hon may",
    "bang nhau", "pays more", "pay more", "better", "worth more", "more money", "so voi",
    "hon nhau", "nao hon", "huong nao", "cach nao", "duong nao", "earns more", "gets more",
    "higher reward", "bigger", "more than", "dang nao", "nao nhieu", "kem nhau", "hon 3 sao",
    "hon 4 sao", "than 3 star", "than 4 star", "chenh nhau",
)  # fmt: skip
_OR = ("hay", "hoac", "or", "than", "so")
_AT_LEAST = ("it nhat", "toi thieu", "can", "phai", "muon", "at least", "need", "reach", "tro len")
_ENOUGH = (
    "du cho",
    "du de",
    "du thuong",
    "toi da",
    "nhieu nhat",
    "enough",
    "cover",
    "pay for",
    "at most",
)


def money_said(ask: Ask, amount: int) -> str:
    """An amount in million dong."""
    return ask.say("{n} triệu đồng", n=number(ask.lang, amount))


def compares(ask: Ask, told: Story) -> bool:
    """Whether two ways are weighed, not added."""
    return len(told.groups) > 1 and ask.reading.has(*_COMPARES)


def summed(ask: Ask, told: Story) -> list[str] | None:
    """The sum of everything told, the whole first; None when no sum can be trusted."""
    said = ask.text.replace("hai lan dau", "").replace("2 lan dau", "")
    whole = any(f" {phrase} " in f" {said} " for phrase in _WHOLE_TIME) or any(
        len(g.path) > 2 for g in told.groups
    )
    try:
        found = worked(ask.matter.tariff, told.groups, whole=whole, owners=told.owners)
    except Unknown:
        return None
    lines = [_first_line(ask, found)]
    if told.sharers > 1:
        share = round(found.total / told.sharers, 1)
        lines.append(
            ask.say(
                "Chia đều cho {n}: mỗi phần {share}.",
                n=told.sharers,
                share=ask.say("{n} triệu đồng", n=number(ask.lang, share)),
            )
        )
    working = [_line(ask, line) for line in found.lines]
    lines += [line for line in working if line not in lines]
    lines += _notes(ask, told, found)
    return lines


def _first_line(ask: Ask, found: Sum) -> str:
    if len(found.lines) == 1 and found.owners == 1:
        only = found.lines[0]
        if isinstance(only, Line) and only.count > 1 and only.each:
            return _whole(ask, f"{only.count} × {only.each}", found.total)
        return _line(ask, only)
    sums = " + ".join(number(ask.lang, line.total) for line in found.lines if line.total)
    if found.owners > 1:
        sums = f"({sums})" if len(found.lines) > 1 else sums
        return _whole(ask, f"{found.owners} × {sums}", found.total)
    return _whole(ask, sums or "0", found.total)


def _whole(ask: Ask, sums: str, amount: int) -> str:
    return ask.say("Tổng cộng dự kiến: {sums} = {total}.", sums=sums, total=money_said(ask, amount))


def _line(ask: Ask, line: Line | Rise) -> str:
    if isinstance(line, Rise):
        return _rise(ask, line)
    if not line.each:
        return ask.say(
            "{count} sản phẩm {rank} sao: báo cáo không có mức thưởng, tính là 0.",
            count=line.count, rank=line.rank,
        )  # fmt: skip
    return ask.say(
        "{count} sản phẩm {rank} sao từ thứ hai trở đi: {count} × {each} = {total}."
        if line.later
        else "{count} sản phẩm {rank} sao: {count} × {each} = {total}.",
        count=line.count,
        rank=line.rank,
        each=line.each,
        total=money_said(ask, line.total),
    )


def _rise(ask: Ask, line: Rise) -> str:
    if line.count > 1:
        return ask.say(
            "{count} sản phẩm nâng từ {before} sao lên {after} sao: thêm phần chênh lệch "
            "{count} × ({after_m} - {held}) = {more}.",
            count=line.count, before=line.before, after=line.after, after_m=line.level,
            held=line.received, more=money_said(ask, line.total),
        )  # fmt: skip
    return difference(ask, line.before, line.after, line.received)


def difference(ask: Ask, before: int, after: int, held: int) -> str:
    """What going up adds, `held` million dong having been received."""
    tariff = ask.matter.tariff
    return ask.say(
        "Nâng từ {before} sao lên {after} sao: thêm phần chênh lệch {after_m} - "
        "{held} = {more}.",
        before=before, after=after, after_m=tariff.first[after], held=held,
        more=money_said(ask, tariff.upgrade(before, after, held)),
    )  # fmt: skip


def _notes(ask: Ask, told: Story, found: Sum) -> list[str]:
    """What stands beside the sum: asked apart, had before, not said by the report."""
    notes = [_apart(ask, group) for group in told.aside]
    if found.before:
        notes.append(
            ask.say(
                "Những sản phẩm có trước: {before}. Tính cả trước lẫn nay: {total}.",
                before=money_said(ask, found.before),
                total=money_said(ask, found.before + found.total),
            )
        )
    rises = [line for line in found.lines if isinstance(line, Rise)]
    doubts = list(dict.fromkeys((r.received, r.before) for r in rises if r.doubt))
    notes += [_doubt(ask, held, before) for held, before in doubts]
    notes += _perhaps_second(ask, told, rises)
    if len(rises) == 1 and len(found.lines) == 1 and rises[0].count == 1:
        notes.append(level(ask, rises[0].after))
    if found.low is not None:
        notes.append(
            ask.say(
                "Tính như trên khi sản phẩm 3 sao là sản phẩm thứ nhất của cơ sở; "
                "nếu là thứ hai trở đi thì tổng còn {low}.",
                low=money_said(ask, found.low * found.owners),
            )
        )
    return notes


def _apart(ask: Ask, group: Group) -> str:
    one = worked(ask.matter.tariff, [group], whole=False)
    return ask.say(
        "Riêng {count} sản phẩm {rank} sao: {total}.",
        count=group.count, rank=group.rank, total=money_said(ask, one.total),
    )  # fmt: skip


def _doubt(ask: Ask, held: int, before: int) -> str:
    return ask.say(
        "Báo cáo chưa nói rõ cách tính khi trước đó hưởng {held} triệu chứ không phải {first} "
        "triệu; đây là tính theo câu chữ, bà con hỏi cán bộ.",
        held=held, first=ask.matter.tariff.first[before],
    )  # fmt: skip


def _perhaps_second(ask: Ask, told: Story, rises: Sequence[Rise]) -> list[str]:
    """The same for a later product, when it is not said which of the owner's it is."""
    later = ask.matter.tariff.later
    moved = [g for g in told.groups if g.moves and g.path[0] in later]
    if len(moved) != 1 or moved[0].count > 1 or moved[0].received is not None or moved[0].order:
        return []
    line = next((r for r in rises if r.before in later and not r.doubt), None)
    return [silent(ask, line.before, line.after)] if line else []


def silent(ask: Ask, before: int, after: int) -> str:
    """That the report does not say how a later product that goes up is counted."""
    tariff = ask.matter.tariff
    later = tariff.later[before]
    return ask.say(
        "Nếu là sản phẩm thứ hai trở đi (trước hưởng {later} triệu) thì báo cáo chưa nói rõ; "
        "tính theo câu chữ là {after_m} - {later} = {more}. Bà con hỏi cán bộ.",
        later=later, after_m=tariff.first[after], more=money_said(ask, tariff.first[after] - later),
    )  # fmt: skip


def level(ask: Ask, rank: int) -> str:
    """The reward of one product."""
    each = money_said(ask, ask.matter.tariff.first[rank])
    return ask.say("Sản phẩm {rank} sao: dự kiến thưởng {each}.", rank=rank, each=each)


def compared(ask: Ask, told: Story) -> list[str] | None:
    """Two ways and what one brings more; None when the two sides cannot be told apart."""
    cut = next((p for p, opener in enumerate(told.openers) if p and opener in _OR), 0)
    if not cut and len(told.groups) == 2:
        cut = 1
    if not cut:
        return None
    try:
        sides = [
            worked(ask.matter.tariff, groups, whole=False)
            for groups in (told.groups[:cut], told.groups[cut:])
        ]
    except Unknown:
        return None
    lines = [_side(ask, groups, side) for groups, side in
             zip((told.groups[:cut], told.groups[cut:]), sides, strict=True)]  # fmt: skip
    return [_verdict(ask, *(side.total for side in sides)), *lines]


def _verdict(ask: Ask, one: int, other: int) -> str:
    if one == other:
        return ask.say("Hai bên bằng nhau, đều dự kiến {each}.", each=money_said(ask, one))
    return ask.say(
        "Bên thứ nhất dự kiến nhiều hơn: {one} so với {other}, hơn {more}."
        if one > other
        else "Bên thứ hai dự kiến nhiều hơn: {other} so với {one}, hơn {more}.",
        one=money_said(ask, one), other=money_said(ask, other),
        more=money_said(ask, abs(one - other)),
    )  # fmt: skip


def _side(ask: Ask, groups: Sequence[Group], side: Sum) -> str:
    named = " + ".join(
        ask.say("{count} sản phẩm {rank} sao", count=g.count, rank=g.rank) for g in groups
    )
    sums = " + ".join(number(ask.lang, line.total) for line in side.lines)
    if len(side.lines) == 1 and isinstance(line := side.lines[0], Line):
        sums = f"{line.count} × {line.each}"
    return ask.say("{named}: {sums} = {total}.", named=named, sums=sums,
                   total=money_said(ask, side.total))  # fmt: skip


def how_many(ask: Ask, rank: int, amount: int) -> list[str]:
    """How many products at `rank` make up `amount`, or are paid by it."""
    tariff = ask.matter.tariff
    most = most_for(tariff, rank, amount)
    least = least_for(tariff, rank, amount)
    reach = ask.reading.has(*_AT_LEAST) and not ask.reading.has(*_ENOUGH)
    shown = [least, least - 1] if reach else [most, most + 1]
    if most == least:
        shown = [most]
    head = ask.say(
        "{amount} ứng với {count} sản phẩm {rank} sao." if most == least
        else "Muốn đạt {amount} cần ít nhất {count} sản phẩm {rank} sao." if reach
        else "{amount} đủ cho nhiều nhất {count} sản phẩm {rank} sao.",
        amount=money_said(ask, amount), count=shown[0], rank=rank,
    )  # fmt: skip
    return [head, *(_so_many(ask, rank, count) for count in shown if count > 0)]


def _so_many(ask: Ask, rank: int, count: int) -> str:
    tariff = ask.matter.tariff
    first, later = tariff.first[rank], tariff.of(rank, later=True)
    sums = (
        f"{count} × {first}"
        if first == later or count == 1
        else (f"{first} + {count - 1} × {later}")
    )
    return ask.say(
        "{count} sản phẩm {rank} sao: {sums} = {total}.",
        count=count, rank=rank, sums=sums, total=money_said(ask, sum_of(tariff, rank, count)),
    )  # fmt: skip
