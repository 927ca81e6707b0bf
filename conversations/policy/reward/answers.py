"""Answers on the proposed rewards, with the working shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conversations.policy import slots
from conversations.policy.draft import Ask, Draft
from conversations.policy.reward.story import Story
from conversations.policy.reward.sums import (
    compared,
    compares,
    difference,
    how_many,
    level,
    money_said,
    silent,
    summed,
)
from conversations.policy.reward.talk import TOGETHER, story

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
    "cua tinh", "cua ha tinh", "may moc", "mua may", "machine", "machines", "may tinh",
)  # fmt: skip
_NOT_SUM = ("khi nao", "bao gio", "thu tuc", "ngay nao", "nam 2019", "truoc day", "2019", "thue")
_NO_REWARD = re.compile(
    r" (?:thuong (?:hieu|mai|xuyen|truc|luong|thuc|dan)|(?:binh|thong|cong|boi) thuong)(?= )"
)
_HOW_MANY = (
    "how mani",
    "may san pham",
    "bao nhieu san pham",
    "may mon",
    "bao nhieu mon",
    "may cai",
    "bao nhieu cai",
    "how many",
    "may mat hang",
    "bao nhieu mat hang",
    "may 4 sao",
)
_RISE = re.compile(r"\b[345] (?:len|to) (?:hang )?[45]\b")
_UPGRADE = (
    "nang hang", "len hang", "nang sao", "len sao", "tang sao", "tang hang", "upgrade", "upgrades",
    "upgraded", "upgrading", "moves up", "move up", "goes up", "go up", "higher star",
)  # fmt: skip


def reward(ask: Ask) -> Draft | None:
    """The reward of what the question describes; None when it is not about rewards."""
    if not ask.matter.rewards:
        return None
    ranks = slots.stars(ask.text)
    told = _story(ask)
    if ask.reading.has(*_NOT_SUM) and not told.moves:
        return None
    if len(ranks) < 2 and not told.moves and ask.reading.has(*_UPGRADE) and _speaks_of_reward(ask):
        return _of_upgrades(ask)
    if not ranks and not told.groups:
        return _tariff(ask) if _asks_levels(ask) else None
    if (amount := _amount_asked(ask, ranks)) is not None:
        return _draft(ask, *how_many(ask, ranks[0], amount))
    if not _about(ask, told):
        return None
    return _worked(ask, told) or _single(ask, told)


def reward_of_story(ask: Ask) -> Draft | None:
    """The reward of products that are counted or go up: it can be about nothing else."""
    if not ask.matter.rewards:
        return None
    told = _story(ask)
    return reward(ask) if (told.several or told.moves) and not told.unclear else None


def _story(ask: Ask) -> Story:
    """The products told of; none where nothing in the talk could name any."""
    if ask.reader is None or not (slots.stars(ask.text) or ask.talk or _RISE.search(ask.text)):
        return Story()
    return story(ask.reader, ask.reading.said, ask.lang, tuple(ask.talk))


def _amount_asked(ask: Ask, ranks: Sequence[int]) -> int | None:
    """The amount of "350 triệu là mấy sản phẩm 3 sao?"; None when no such thing is asked."""
    amounts = slots.money(ask.text)
    asked = ask.reading.has(*_HOW_MANY) and _speaks_of_reward(ask)
    fits = len(ranks) == 1 and len(amounts) == 1 and ranks[0] in ask.matter.tariff.first
    return amounts[0] if asked and fits else None


def _worked(ask: Ask, told: Story) -> Draft | None:
    """The sum, the comparison, or the rule where what is told is not clear."""
    if compares(ask, told):
        sides = None if told.unclear else compared(ask, told)
        return _draft(ask, *sides) if sides else _unclear(ask)
    if not (told.several or told.moves or told.unclear):
        return None
    if told.several and not told.moves and _only_lists(ask, told):
        return None
    hidden = told.several and not told.moves and ask.reading.has(*_UPGRADE)  # up to which rank?
    if hidden or told.unclear or any(group.rank < 3 and group.moves for group in told.groups):
        return _unclear(ask)
    lines = summed(ask, told)
    if lines is None:
        return _unclear(ask)
    if ask.reading.has(*_SECOND) and all(
        g.rank not in ask.matter.tariff.later for g in told.groups
    ):
        lines.append(_never_less(ask))
    return _draft(ask, *lines)


def _only_lists(ask: Ask, told: Story) -> bool:
    """Stars named one by one without products: their levels are asked, unless they are added."""
    return all(not group.counted for group in told.groups) and not ask.reading.has(*TOGETHER)


def _unclear(ask: Ask) -> Draft:
    """The levels of the stars named and the rule, instead of a sum that could be wrong."""
    tariff = ask.matter.tariff
    named = [rank for rank in slots.stars(ask.text) if rank in tariff.first] or sorted(tariff.first)
    lines = [line for rank in sorted(named) for line in _levels(ask, rank)]
    ask_again = ask.say(
        "Mình chưa chắc hiểu đúng số sản phẩm nên không cộng bừa. Bà con viết lại từng loại, như "
        "“2 sản phẩm 3 sao, 1 sản phẩm 4 sao lên 5 sao”, mình tính cùng."
    )
    return _draft(ask, ask_again, *lines, _rule(ask))


def _was_of_money(ask: Ask) -> bool:
    """Whether what was asked before was about money."""
    if ask.reader is None or not ask.talk:
        return True
    return ask.reader.read(ask.talk[-1]).has(*_MONEY, "pay", "pays", "worth")


def _by_result(ask: Ask) -> list[str]:
    """That stars come first, where it is asked whether money does."""
    if not ask.reading.has("truoc", "ket qua", "roi moi", "before", "after", "result", "results"):
        return []
    return [ask.say("Thưởng theo kết quả đầu ra: đạt hạng sao rồi mới tính thưởng.")]


def _rule(ask: Ask) -> str:
    return ask.say("Nâng hạng: được phần chênh lệch giữa mức mới và mức đã hưởng, không cộng đủ.")


def _asks_levels(ask: Ask) -> bool:
    """The rewards in general: no stars are named, and nothing nearer is asked."""
    return _speaks_of_reward(ask) and ask.near("thuong_du_kien", within=1)


def _tariff(ask: Ask) -> Draft:
    """Every level there is, and the rule for upgrades."""
    lines = [line for rank in sorted(ask.matter.tariff.first) for line in _levels(ask, rank)]
    return _draft(ask, *_by_result(ask), *lines, _rule(ask))


def _of_upgrades(ask: Ask) -> Draft:
    """How an upgrade is rewarded, by rule and by every case of it."""
    tariff = ask.matter.tariff
    levels = sorted(tariff.first)
    cases = [(a, b) for a in levels for b in levels if a < b]
    lines = [difference(ask, a, b, tariff.first[a]) for a, b in cases]
    return _draft(ask, _rule(ask), *_by_result(ask), *lines, silent(ask, *cases[0]))


def _speaks_of_reward(ask: Ask) -> bool:
    """thưởng, not thương hiệu, thương mại or thường xuyên."""
    text = _NO_REWARD.sub(" ", f" {ask.text} ")
    return any(f" {word} " in text for word in _REWARD)


def _about(ask: Ask, told: Story) -> bool:
    if _speaks_of_reward(ask):
        summed = (told.several or told.moves) and ask.reading.has(*_SUM)
        return summed or not ask.near("gap_thuong_khi_nao", within=1)
    if ask.reading.has(*_OTHER):
        return False
    if told.leans and (told.several or not _was_of_money(ask)):
        return _was_of_money(ask)
    if told.several and compares(ask, told):
        return True
    if told.moves:
        return told.leans or ask.reading.has(*_MORE)
    if told.several and ask.reading.has(*_SUM):
        return True
    return ask.reading.has(*_MONEY) and ask.near("thuong_du_kien", "task:reward", within=4)


def _draft(ask: Ask, first: str, *lines: str) -> Draft:
    """The answer, never without saying right after its first line that nothing is certain."""
    warn = ask.say("Đây mới là dự kiến trong báo cáo, chưa ban hành nên chưa chắc được nhận.")
    cited = ask.cited("thuong_du_kien")
    return Draft("thuong_du_kien", (first, warn, *lines), cited, intent="reward")


def _single(ask: Ask, told: Story) -> Draft | None:
    tariff = ask.matter.tariff
    ranks = slots.stars(ask.text)
    if not ranks:
        return None
    if any(rank in (1, 2) for rank in ranks):
        return _none(ask)
    if len(ranks) > 1:
        return _draft(ask, *(line for rank in ranks for line in _levels(ask, rank)))
    rank = ranks[0]
    second = ask.reading.has(*_SECOND) or any(group.order > 1 for group in told.groups)
    lines = [level(ask, rank)]
    if rank in tariff.later:
        later = money_said(ask, tariff.later[rank])
        half = ask.say(
            "Từ sản phẩm 3 sao thứ hai của cơ sở: bằng 50%, tức {later} mỗi sản phẩm.", later=later
        )
        lines = [half, *lines] if second else [*lines, half]
    elif second:
        lines.append(_never_less(ask))
    return _draft(ask, *lines)


def _never_less(ask: Ask) -> str:
    return ask.say("Báo cáo không nói hạng 4 sao, 5 sao giảm từ sản phẩm thứ hai.")


def _levels(ask: Ask, rank: int) -> list[str]:
    """The reward of a rank, and of the producer's later products of it."""
    later = ask.matter.tariff.later.get(rank)
    if later is None:
        return [level(ask, rank)]
    half = ask.say(
        "Từ sản phẩm 3 sao thứ hai của cơ sở: bằng 50%, tức {later} mỗi sản phẩm.",
        later=money_said(ask, later),
    )
    return [level(ask, rank), half]


def _none(ask: Ask) -> Draft:
    passage = ask.library.passages["gap_thuong_1_2_sao"]
    return Draft(passage.id, passage.said(ask.lang), ask.cited(passage.id), "reward", sure=False)
