"""Answers on the proposed rewards, with the working shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conversations.policy import slots
from conversations.policy.draft import Ask, Draft
from conversations.policy.reward import asked
from conversations.policy.reward.claims import checked, claimed
from conversations.policy.reward.counts import how_many
from conversations.policy.reward.halving import halved
from conversations.policy.reward.money import amounts, money_said
from conversations.policy.reward.paid_yet import paid_yet
from conversations.policy.reward.sides import against_former, compared
from conversations.policy.reward.story import Story
from conversations.policy.reward.sums import difference, level, silent, summed
from conversations.policy.reward.talk import story
from conversations.policy.reward.unsaid import unsaid
from conversations.policy.reward.vocabulary import POINTS

_TOPIC = "thuong_du_kien"
_SECOND = (
    "thu 2", "thu hai", "thu 3", "thu ba", "thu 4", "thu tu", "second", "third", "tiep theo",
    "thu nhi",
)  # fmt: skip
_RISE = re.compile(r"\b[345] (?:len|to) (?:hang )?[45]\b")


def reward(ask: Ask) -> Draft | None:
    """The reward of what the question describes; None when it is not about rewards."""
    if not ask.matter.rewards:
        return None
    if told_so := halved(ask) or paid_yet(ask):
        return _draft(ask, *told_so)
    ranks = slots.stars(ask.text)
    told = _story(ask)
    if asked.grew(ask) and not told.moves and (lines := against_former(ask)):
        return _draft(ask, *lines, besides=("thuong_truoc_day",))
    if (open_ := unsaid(ask, told)) is not None:
        return open_
    if asked.of_other_things(ask, told):
        return None
    upgrades = len(ranks) < 2 and not told.moves and asked.of_upgrades(ask)
    if upgrades and not told.missed and asked.speaks_of_reward(ask):
        return _of_upgrades(ask)
    if not ranks and not told.groups:
        return _tariff(ask) if _asks_levels(ask) else None
    if (amount := _amount_asked(ask, ranks)) is not None:
        return _draft(ask, *how_many(ask, ranks[0], amount))
    reckoned = told.tells and claimed(ask) is not None
    if not (reckoned or asked.about(ask, told)):
        return None
    return _worked(ask, told) or _single(ask, told)


def reward_of_story(ask: Ask) -> Draft | None:
    """The reward of products that are counted or go up, or whether it is halved or paid already:
    it can be about nothing else."""
    if not ask.matter.rewards:
        return None
    if told_so := halved(ask) or paid_yet(ask):
        return _draft(ask, *told_so)
    told = _story(ask)
    return reward(ask) if told.tells and not told.unclear else None


def _story(ask: Ask) -> Story:
    """The products told of; none where nothing in the talk could name any."""
    named = slots.stars(ask.text) or ask.reading.has(*POINTS) or _RISE.search(ask.text)
    if ask.reader is None or not (named or ask.talk):
        return Story()
    said = ask.reading.said
    return story(ask.reader, said, ask.lang, ask.matter.rank_of, tuple(ask.talk))


def _amount_asked(ask: Ask, ranks: Sequence[int]) -> int | None:
    """The amount of "350 triệu là mấy sản phẩm 3 sao?"; None when no such thing is asked."""
    found = amounts(ask.text)
    fits = len(ranks) == 1 and len(found) == 1 and ranks[0] in ask.matter.tariff.first
    return found[0] if fits and asked.how_many_products(ask) else None


def _worked(ask: Ask, told: Story) -> Draft | None:
    """The sum, the comparison, or the rule where what is told is not clear."""
    if asked.weighs(ask, told):
        sides = None if told.unclear else compared(ask, told)
        return _draft(ask, *sides) if sides else _unclear(ask)
    listed = len(told.groups) > 1 and asked.adds_up(ask)
    if not (told.tells or told.unclear or listed):
        return None
    if told.several and not told.moves and _only_lists(ask, told):
        return None
    hidden = told.several and not told.moves and not told.missed and asked.of_upgrades(ask)
    if hidden or told.unclear or any(group.rank < 3 and group.moves for group in told.groups):
        return _unclear(ask)
    lines = summed(ask, told)
    if not lines:
        return _unclear(ask)
    if ask.reading.has(*_SECOND) and all(
        g.rank not in ask.matter.tariff.later for g in told.groups
    ):
        lines.append(_never_less(ask))
    return _draft(ask, *lines)


def _only_lists(ask: Ask, told: Story) -> bool:
    """Stars named one by one without products: their levels are asked, unless they are added."""
    return all(not group.counted for group in told.groups) and not asked.adds_up(ask)


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


def _by_result(ask: Ask) -> list[str]:
    """That stars come first, where it is asked whether money does."""
    if not ask.reading.has("truoc", "ket qua", "roi moi", "before", "after", "result", "results"):
        return []
    return [ask.say("Thưởng theo kết quả đầu ra: đạt hạng sao rồi mới tính thưởng.")]


def _rule(ask: Ask) -> str:
    return ask.say("Nâng hạng: được phần chênh lệch giữa mức mới và mức đã hưởng, không cộng đủ.")


def _asks_levels(ask: Ask) -> bool:
    """The rewards in general: no stars are named, and nothing nearer is asked."""
    return asked.speaks_of_reward(ask) and ask.near("thuong_du_kien", within=1)


def _tariff(ask: Ask) -> Draft:
    """Every level there is, and the rule for upgrades."""
    lines = [line for rank in sorted(ask.matter.tariff.first) for line in _levels(ask, rank)]
    return _draft(ask, *_by_result(ask), *lines, _rule(ask))


def _of_upgrades(ask: Ask) -> Draft:
    """How an upgrade is rewarded, by rule and by every case of it."""
    tariff = ask.matter.tariff
    levels = sorted(tariff.first)
    cases = [(a, b) for a in levels for b in levels if a < b]
    ranks = slots.stars(ask.text)
    cases.sort(key=lambda case: case[0] not in ranks)
    lines = [difference(ask, a, b, tariff.first[a]) for a, b in cases]
    return _draft(ask, _rule(ask), *_by_result(ask), *lines, silent(ask, *min(cases)))


def _draft(ask: Ask, first: str, *lines: str, besides: Sequence[str] = ()) -> Draft:
    """The answer, never without saying right after its first line that nothing is certain."""
    warn = ask.say("Đây mới là dự kiến trong báo cáo, chưa ban hành nên chưa chắc được nhận.")
    cited = [source for topic in (_TOPIC, *besides) for source in ask.cited(topic)]
    return Draft(_TOPIC, (first, warn, *lines), tuple(cited), intent="reward")


def _single(ask: Ask, told: Story) -> Draft | None:
    tariff = ask.matter.tariff
    ranks = slots.stars(ask.text) or [group.rank for group in told.groups]
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
        each = tariff.of(rank, later=second)
        lines[0] = checked(ask, each, lines[0], () if second else (tariff.later[rank],))
    else:
        lines[0] = checked(ask, tariff.first[rank], lines[0])
        if second:
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
