"""Sums of rewards in words, with the working shown."""

from __future__ import annotations

from collections.abc import Sequence

from conversations.policy.draft import Ask
from conversations.policy.reward.arithmetic import Line, Rise, Sum, Unknown, worked
from conversations.policy.reward.asked import whole_time
from conversations.policy.reward.claims import checked
from conversations.policy.reward.money import money_said
from conversations.policy.reward.story import Group, Story
from locales import number


def summed(ask: Ask, told: Story) -> list[str] | None:
    """The sum of everything told, the whole first; None when no sum can be trusted."""
    whole = whole_time(ask) or any(len(group.path) > 2 for group in told.groups)
    try:
        found = worked(ask.matter.tariff, told.groups, whole=whole, owners=told.owners)
    except Unknown:
        return None
    lines = [_first_line(ask, found)] if found.lines else []
    if told.sharers > 1:
        lines.insert(0, _share(ask, found.total, told.sharers))
    lines += [_missed(ask, told, *one) for one in told.missed]
    working = [_line(ask, line) for line in found.lines]
    lines += [line for line in working if line not in lines]
    notes = _notes(ask, told, found)
    if lines and told.sharers < 2 and not any(map(_doubtful, found.lines)):
        lines[0] = checked(ask, found.total, lines[0], _other_totals(ask, told, found))
    return [*lines, *notes]


def _other_totals(ask: Ask, told: Story, found: Sum) -> list[int]:
    """What the sum may be as well: with what was had before, or of products that are not first."""
    rises = [line for line in found.lines if isinstance(line, Rise)]
    second = [
        found.total + line.received - ask.matter.tariff.later[line.before]
        for line in rises
        if _perhaps_second(ask, told, rises) and line.before in ask.matter.tariff.later
    ]
    low = [] if found.low is None else [found.low * found.owners]
    return [*second, *low, *([found.before + found.total] if found.before else [])]


def _share(ask: Ask, total: int, people: int) -> str:
    return ask.say(
        "Chia đều cho {n}: dự kiến {total} : {n} = {share} mỗi phần.",
        n=people, total=number(ask.lang, total),
        share=money_said(ask, round(total / people, 1)),
    )  # fmt: skip


def _missed(ask: Ask, told: Story, aim: int, rank: int) -> str:
    """That the points are not those of the rank aimed at."""
    gained = any(group.rank == rank and not group.stays for group in told.groups)
    return ask.say(
        "Điểm này mới ở khung {rank} sao, chưa tới {aim} sao; tính theo {rank} sao."
        if gained
        else "Điểm này mới ở khung {rank} sao, chưa lên {aim} sao nên không được thưởng thêm.",
        rank=rank, aim=aim,
    )  # fmt: skip


def _first_line(ask: Ask, found: Sum) -> str:
    paying = [line for line in found.lines if line.total] or found.lines[:1]
    if len(paying) == 1 and found.owners == 1:
        only = paying[0]
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
    if len({group.owner for group in told.groups}) > 1:
        notes.append(ask.say("Mỗi cơ sở có sản phẩm thứ nhất của mình nên tính riêng."))
    if found.before and found.total:
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


def _doubtful(line: Line | Rise) -> bool:
    """Whether the line is of a rise that the report does not say how to count."""
    return isinstance(line, Rise) and line.doubt


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
