"""Whether the half from the second product counts for 4 and 5 stars: the report says it of 3 only.

Report (Phụ lục 13), section 7: "sản phẩm đạt hạng 3 sao: thưởng 100 triệu đồng/sản phẩm đối với
sản phẩm thứ nhất của cơ sở; từ sản phẩm thứ 2 trở đi, thưởng bằng 50%"; 4 and 5 stars have one
level each, "/sản phẩm".
"""

from __future__ import annotations

import re

from conversations.policy import slots
from conversations.policy.draft import Ask
from conversations.policy.reward.arithmetic import Tariff
from conversations.policy.reward.asked import speaks_of_reward
from conversations.policy.reward.money import money_said

_HALF = re.compile(
    r" (?:mot nua|1 nua|con nua|giam nua|cat nua|tru nua|chi nua|nua (?:tien|thuong|muc|gia)|50 "
    r"(?:%|phan tram|percent)|half|halved|halves|halving)(?= )| du (?:150|300)(?: trieu)? |"
    r" (?:full|only) (?:150|300|75) |"
    r" con 75 | chi 75 | con 150 "
)
_LESS = re.compile(r" (?:giam|cat|tru|bot|chia doi|thap di|it di|less|lower|reduced?|cut)(?= )")
_LATER = re.compile(
    r" (?:thu (?:hai|nhi|2|ba|3)|(?:mon|cai|san pham|sp) (?:hai|sau|ke|tiep)|tiep theo|tro di|"
    r"second|2nd|further|later|next|after the first|from the second)(?= )"
)
_WHETHER = re.compile(
    r" (?:khong|chua|hay|a|ha|phai|dung|right|or)(?= )|^ (?:do|does|is|are|will|would|and|so) |"
    r" (?:co phai|ap dung|chi (?:hang |voi |cho |rieng )?3 sao|only)(?= )"
)
_ONLY_THREE = re.compile(
    r" (?:chi(?: co)?(?: hang| voi| cho| rieng| san pham| mon)* 3 sao|"
    r"only (?:for |to )?(?:the )?3 stars?)(?= )(?!.* (?:hay|or) )"
)
#: "Chỉ 3 sao hay cả 4 sao", "được đủ hay chỉ một nửa": neither yes nor no answers that.
_CHOICE = re.compile(r" (?:hay|or)(?! (?:khong|not) $)(?= )")
#: A sum or an amount of several things is asked, or a rise.
_SUMS = re.compile(r" (?:bao nhieu|may|tong|cong|len [45] sao|nang|how much|total|altogether)(?= )")


def halved(ask: Ask) -> tuple[str, ...]:
    """The lines on whether the half counts for the stars named; none when it is not asked."""
    said = f" {ask.text} "
    ranks = slots.stars(ask.text)
    tariff = ask.matter.tariff
    whole = [rank for rank in ranks if rank in tariff.first and rank not in tariff.later]
    less = _HALF.search(said) or _LESS.search(said)
    later = _LATER.search(said) or (
        _HALF.search(said) and _LESS.search(said) and speaks_of_reward(ask)
    )
    only = _ONLY_THREE.search(said) is not None
    if not (less and later and _WHETHER.search(said)) or not (whole or only) or _SUMS.search(said):
        return ()
    if any(amount not in _of_one(tariff) for amount in slots.money(ask.text)):
        return ()  # a sum of several
    first = ask.say(
        "Báo cáo chỉ nêu giảm 50% cho hạng 3 sao, từ sản phẩm thứ hai; không nêu giảm cho hạng 4 "
        "sao, 5 sao."
    )
    if not _CHOICE.search(said):
        first = ask.say("Đúng. {line}" if only else "Không. {line}", line=first)
    return (first, *(_each(ask, rank) for rank in whole or (4, 5)))


def _of_one(tariff: Tariff) -> set[float]:
    """Million dong of one product, or half of it where the report names no half."""
    halves = {tariff.first[rank] / 2 for rank in tariff.first.keys() - tariff.later.keys()}
    return {*tariff.first.values(), *halves}


def _each(ask: Ask, rank: int) -> str:
    amount = money_said(ask, ask.matter.tariff.first[rank])
    return ask.say("Hạng {rank} sao: dự kiến {amount} mỗi sản phẩm.", rank=rank, amount=amount)
