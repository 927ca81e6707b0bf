"""Answers on the proposed rewards, with the working shown."""

from __future__ import annotations

import re

from conversations.policy import slots
from conversations.policy.draft import Ask, Draft
from conversations.policy.reward_reading import Story, merged, story
from conversations.policy.rewards import Line, Sum, total
from locales import number

_REWARD = (
    "thuong", "tien thuong", "linh", "am duoc", "am bao nhieu", "treo thuong", "treo giai",
    "bu them", "reward", "rewards", "rewarded", "bonus", "bonuses", "prize", "prizes", "payout",
)  # fmt: skip
_MONEY = (*_REWARD, "trieu", "million", "tong muc", "cong lai", "gop lai", "tien")
_SECOND = (
    "thu 2", "thu hai", "thu 3", "thu ba", "thu 4", "thu tu", "second", "third", "tiep theo",
    "thu nhi",
)  # fmt: skip
#: What is asked of several products: a sum, unless something else is counted.
_SUM = (
    "cong lai", "gop lai", "tong cong", "tong", "tat ca", "het thay", "ca thay", "bao nhieu",
    "in total", "altogether", "total", "sum", "add up", "how much", "may trieu", "duoc may",
    "len may", "ra may", "may tien", "may dong", "bao nhiu", "cong don", "thanh may", "thu ve",
    "duoc nhieu", "la may", "bring in", "all that", "come to", "comes to", "worth",
)  # fmt: skip
_MORE = (
    "how much",
    "bao nhieu",
    "may trieu",
    "may tien",
    "them may",
    "chenh",
    "extra",
    "may dong",
    "them nhieu",
    "phan bu",
    "bu them",
    "top up",
    "difference",
    "duoc nhieu",
)
_OTHER = (
    "2030", "muc tieu", "chi tieu", "phan dau", "target", "targets", "diem", "points", "point",
    "ho so", "giay to", "dai li", "con hieu luc", "toan tinh", "ca tinh", "tinh minh co", "le phi",
    "bao nhieu san pham", "how many", "valid", "so bo", "phieu", "may cai", "may san pham",
    "cua tinh", "cua ha tinh",
)  # fmt: skip
_NOT_SUM = ("khi nao", "bao gio", "thu tuc", "ngay nao", "nam 2019", "truoc day", "2019", "thue")
_NO_REWARD = re.compile(
    r" (?:thuong (?:hieu|mai|xuyen|truc|luong|thuc|dan)|(?:binh|thong|cong|boi) thuong)(?= )"
)
_UPGRADE = (
    "nang hang", "len hang", "nang sao", "len sao", "tang sao", "tang hang", "upgrade", "upgrades",
    "upgraded", "upgrading", "moves up", "move up", "goes up", "go up", "higher star",
)  # fmt: skip


def reward(ask: Ask) -> Draft | None:
    """The reward of what the question describes; None when it is not about rewards."""
    ranks = slots.stars(ask.text)
    if not ask.matter.rewards or ask.reading.has(*_NOT_SUM):
        return None
    told = story(ask.text, ranks)
    by_rule = len(ranks) < 2 and not told.change
    if by_rule and ask.reading.has(*_UPGRADE) and _speaks_of_reward(ask):
        return _of_upgrades(ask)
    if not ranks:
        return _tariff(ask) if _asks_levels(ask) else None
    if not _about(ask, told):
        return None
    return _upgraded(ask, told) or _summed(ask, told) or _single(ask)


def reward_of_story(ask: Ask) -> Draft | None:
    """The reward of products that are counted or go up: it can be about nothing else."""
    told = story(ask.text, slots.stars(ask.text))
    return reward(ask) if told.several or told.change else None


def _asks_levels(ask: Ask) -> bool:
    """The rewards in general: no stars are named, and nothing nearer is asked."""
    return _speaks_of_reward(ask) and ask.near("thuong_du_kien", within=1)


def _tariff(ask: Ask) -> Draft:
    """Every level there is, and the rule for upgrades."""
    lines = [line for rank in sorted(ask.matter.tariff.first) for line in _levels(ask, rank)]
    rule = ask.say("Nâng hạng: được phần chênh lệch giữa mức mới và mức đã hưởng, không cộng đủ.")
    return _draft(ask, *lines, rule)


def _of_upgrades(ask: Ask) -> Draft:
    """How an upgrade is rewarded, by rule and by every case of it."""
    tariff = ask.matter.tariff
    levels = sorted(tariff.first)
    cases = [(a, b) for a in levels for b in levels if a < b]
    lines = [_difference(ask, a, b, tariff.first[a]) for a, b in cases]
    rule = ask.say("Nâng hạng: được phần chênh lệch giữa mức mới và mức đã hưởng, không cộng đủ.")
    return _draft(ask, rule, *lines, _silent(ask, *cases[0]))


def _speaks_of_reward(ask: Ask) -> bool:
    """thưởng, not thương hiệu, thương mại or thường xuyên."""
    text = _NO_REWARD.sub(" ", f" {ask.text} ")
    return any(f" {word} " in text for word in _REWARD)


def _about(ask: Ask, told: Story) -> bool:
    if _speaks_of_reward(ask):
        return not ask.near("gap_thuong_khi_nao", within=1)
    if ask.reading.has(*_OTHER):
        return False
    if told.change:
        return ask.reading.has(*_MORE)
    if told.several and ask.reading.has(*_SUM):
        return True
    return ask.reading.has(*_MONEY) and ask.near("thuong_du_kien", "task:reward", within=4)


def _draft(ask: Ask, *lines: str) -> Draft:
    warn = ask.say("Đây mới là dự kiến trong báo cáo, chưa ban hành nên chưa chắc được nhận.")
    return Draft("thuong_du_kien", (*lines, warn), ask.cited("thuong_du_kien"), intent="reward")


def money_said(ask: Ask, amount: int) -> str:
    """An amount in million dong."""
    return ask.say("{n} triệu đồng", n=number(ask.lang, amount))


def _upgraded(ask: Ask, told: Story) -> Draft | None:
    if told.change is None:
        return None
    before, after, count = told.change.before, told.change.after, told.change.count
    tariff = ask.matter.tariff
    got = [
        n for n in slots.money(ask.text) if n in (tariff.first[before], tariff.later.get(before))
    ]
    held = got[0] if got else tariff.first[before]
    more = tariff.upgrade(before, after, held)
    lines = [_difference(ask, before, after, held)]
    if count > 1 or not told.new:
        lines.append(_times(ask, count, more) if count > 1 else _level(ask, after))
    if told.new:
        lines = _with_others(ask, told, count * more, lines)
    if before in tariff.later and not got:
        lines.append(_silent(ask, before, after))
    return _draft(ask, *lines)


def _difference(ask: Ask, before: int, after: int, held: int) -> str:
    """What going up adds, `held` million dong having been received."""
    tariff = ask.matter.tariff
    return ask.say(
        "Nâng từ {before} sao lên {after} sao: thêm phần chênh lệch {after_m} - "
        "{held} = {more}.",
        before=before, after=after, after_m=tariff.first[after], held=held,
        more=money_said(ask, tariff.upgrade(before, after, held)),
    )  # fmt: skip


def _with_others(ask: Ask, told: Story, more: int, lines: list[str]) -> list[str]:
    """Products rewarded beside the ones that go up: the whole sum first."""
    worked = total(ask.matter.tariff, told.new, told.three_before)
    sums = " + ".join(str(n) for n in (more, *(line.total for line in worked.lines)))
    whole = _whole(ask, sums, more + worked.total)
    return [whole, *lines, *(_line(ask, line) for line in worked.lines)]


def _whole(ask: Ask, sums: str, amount: int) -> str:
    total = money_said(ask, amount)
    return ask.say("Tổng cộng dự kiến: {sums} = {total}.", sums=sums, total=total)


def _times(ask: Ask, count: int, each: int) -> str:
    return ask.say(
        "Với {count} sản phẩm: tổng {count} × {each} = {total}.",
        count=count, each=each, total=money_said(ask, count * each),
    )  # fmt: skip


def _silent(ask: Ask, before: int, after: int) -> str:
    tariff = ask.matter.tariff
    later = tariff.later[before]
    return ask.say(
        "Nếu là sản phẩm thứ hai trở đi (trước hưởng {later} triệu) thì báo cáo chưa nói rõ; "
        "tính theo câu chữ là {after_m} - {later} = {more}. Bà con hỏi cán bộ.",
        later=later, after_m=tariff.first[after], more=money_said(ask, tariff.first[after] - later),
    )  # fmt: skip


def _summed(ask: Ask, told: Story) -> Draft | None:
    counted = sum(count for count, _ in told.new)
    if not counted or (counted == 1 and not told.held):
        return None
    if ask.reading.has(*_SECOND) and max(count for count, _ in told.new) == 1:
        return None
    worked = total(ask.matter.tariff, told.new, told.three_before)
    lines = _working(ask, worked)
    if told.held:
        lines.append(_all_in_all(ask, told))
    if ask.reading.has(*_SECOND) and all(
        rank not in ask.matter.tariff.later for _, rank in told.new
    ):
        lines.append(_never_less(ask))
    for count, rank in told.aside:
        one = total(ask.matter.tariff, [(count, rank)])
        lines.insert(
            1,
            ask.say(
                "Riêng {count} sản phẩm {rank} sao: {total}.",
                count=count, rank=rank, total=money_said(ask, one.total),
            ),
        )  # fmt: skip
    return _draft(ask, *lines)


def _all_in_all(ask: Ask, told: Story) -> str:
    """The sum with what was rewarded before."""
    worked = total(ask.matter.tariff, merged([*told.held, *told.new]))
    return ask.say("Tính cả sản phẩm đã có: {total}.", total=money_said(ask, worked.total))


def _working(ask: Ask, worked: Sum) -> list[str]:
    lines = [_line(ask, line) for line in worked.lines]
    if len(worked.lines) > 1 or worked.lines[0].count > 1:
        sums = " + ".join(number(ask.lang, line.total) for line in worked.lines)
        one = worked.lines[0]
        shown = sums if len(worked.lines) > 1 else f"{one.count} × {one.each}"
        lines.insert(0, _whole(ask, shown, worked.total))
    if worked.low is not None:
        lines.append(
            ask.say(
                "Tính như trên khi sản phẩm 3 sao là sản phẩm thứ nhất của cơ sở; "
                "nếu là thứ hai trở đi thì tổng còn {low}.",
                low=money_said(ask, worked.low),
            )
        )
    return lines


def _line(ask: Ask, line: Line) -> str:
    return ask.say(
        "{count} sản phẩm {rank} sao từ thứ hai trở đi: {count} × {each} = {total}."
        if line.later
        else "{count} sản phẩm {rank} sao: {count} × {each} = {total}.",
        count=line.count,
        rank=line.rank,
        each=line.each,
        total=money_said(ask, line.total),
    )


def _single(ask: Ask) -> Draft | None:
    tariff = ask.matter.tariff
    ranks = slots.stars(ask.text)
    if any(rank in (1, 2) for rank in ranks):
        return _none(ask)
    if len(ranks) > 1:
        return _draft(ask, *(line for rank in ranks for line in _levels(ask, rank)))
    rank = ranks[0]
    lines = [_level(ask, rank)]
    if rank in tariff.later:
        later = money_said(ask, tariff.later[rank])
        second = ask.say(
            "Từ sản phẩm 3 sao thứ hai của cơ sở: bằng 50%, tức {later} mỗi sản phẩm.", later=later
        )
        lines = [second, *lines] if ask.reading.has(*_SECOND) else [*lines, second]
    elif ask.reading.has(*_SECOND):
        lines.append(_never_less(ask))
    return _draft(ask, *lines)


def _never_less(ask: Ask) -> str:
    return ask.say("Báo cáo không nói hạng 4 sao, 5 sao giảm từ sản phẩm thứ hai.")


def _level(ask: Ask, rank: int) -> str:
    each = money_said(ask, ask.matter.tariff.first[rank])
    return ask.say("Sản phẩm {rank} sao: dự kiến thưởng {each}.", rank=rank, each=each)


def _levels(ask: Ask, rank: int) -> list[str]:
    """The reward of a rank, and of the producer's later products of it."""
    later = ask.matter.tariff.later.get(rank)
    if later is None:
        return [_level(ask, rank)]
    half = ask.say(
        "Từ sản phẩm 3 sao thứ hai của cơ sở: bằng 50%, tức {later} mỗi sản phẩm.",
        later=money_said(ask, later),
    )
    return [_level(ask, rank), half]


def _none(ask: Ask) -> Draft:
    passage = ask.library.passages["gap_thuong_1_2_sao"]
    return Draft(passage.id, passage.said(ask.lang), ask.cited(passage.id), "reward", sure=False)
