"""What a message asks of the steps it tells: enough for which rank, or something else."""

from __future__ import annotations

import re

from conversations.policy.draft import Ask
from conversations.policy.reward.asked import names_reward

_LEAST = 3  # the lowest rank with minimums
_STAR = re.compile(r"\b([1-5]) (?:sao|stars?)\b")
#: "đủ 3 sao", "lên nổi 4 sao", "enough for four stars".
_REACHES = re.compile(
    r"\b(?:du|dat|duoc|len|leo|noi|toi|thanh|vao|ra|cham|xep|giu|mat|rot|vuong|chan|anh huong|ok|"
    r"enough|for|satisfi|reach|reaches|get|gets|give|meet|meets|qualifi|make|earn|okay|good|to)"
    r"(?: (?!roi\b)[a-z]+){0,4} $"
)
#: "3 sao được không", "bốn sao nổi không", "4 sao mục bao bì đủ chưa", "four stars possible".
_IS_REACHED = re.compile(
    r"^(?: [a-z]+){0,8}? (?:(?:duoc|du|dat|noi|on|ok|an|co)(?: (?:muc|roi|het))? "
    r"(?:khong|chua|k|ko|hay)|chua(?: [a-z]+){0,2}$|possible|with \d+ points|duoc$|"
    r"(?:[a-z]+ ){0,2}(?:minimum|requirement)|"
    r"(?:sao|vuong|chan|anh huong)(?: gi)? khong|thieu (?:gi|chi))"
)
#: "có cản 5 sao không", "ba sao không hè".
_ASKED_BARELY = re.compile(
    r"^(?: (?!dung|phai)[a-z]+)? (?:khong|ko|k)(?: (?:he|ha|a|nhi|vay|the|ad))?$"
)
#: "Đủ điểm là chắc chắn 4 sao rồi": expected, not held.
_SURE_OF = re.compile(
    r"\b(?:chac(?: chan| an)?|the nao cung|kieu (?:gi|chi) cung)(?: (?:la|se|duoc|dat|len))* $"
)
_HELD = re.compile(r"^ (?:roi|nam ngoai|tu nam|year)\b")
#: Enough for what? No rank is named, yet a verdict is asked.
_ENOUGH = re.compile(
    r"\b(?:du|dat)(?: (?:chuan|yeu cau|muc|dieu kien))? (?:chua|khong)\b|"
    r"\b(?:du|dat)(?: [a-z]+){0,3} (?:chua|khong)$|"
    r"(?<!can )(?<!can cho )(?<!can cho hang )(?<!can hang )\b(?:may sao|hang may)\b|"
    r"\b(?:good )?enough\b|\bqualif|how mani stars|which rank"
)
#: Something else is asked: money, a day, a place, a person, a way, how much it takes.
_ELSE = re.compile(
    r"\b(?:bao nhieu (?:tien|phan tram|%|dai li|ngay)|may (?:phan tram|%|dai li|ngay)|khi nao|"
    r"bao gio|ngay nao|o dau|dua vao dau|bao lau|lam gi|giay gi|lam sao de|cach nao|ho tro|"
    r"(?<!khong )(?<!chua )(?<!co )ai(?! (?:noi )?(?:dung|sai)\b)|"
    r"rewards?|monei|when (?:do|does|will|can|is)|where|who(?! is (?:right|wrong))|"
    r"how (?:much|long|to|do|mani(?! stars))|what percentage|support)(?!\w)"
)
_ASKS = re.compile(
    r"\b(?:khong|chua|ko|k|hay|a|nhi|ha|he|may sao|thi sao|sao nua|thieu (?:chi|gi)|"
    r"is|are|does|do|can|will|would|enough|may)\b"
)


def asks_else(ask: Ask) -> bool:
    """Whether the message asks something else than whether it is enough, or asks nothing."""
    if _ELSE.search(" ".join(ask.reading.sure)) or names_reward(ask):
        return True
    return not ("?" in ask.reading.said or _ASKS.search(ask.text))


def goal(ask: Ask) -> int:
    """The highest rank that is asked to be reached; 0 when a rank is named only in passing."""
    found = [
        int(star[1])
        for star in _STAR.finditer(ask.text)
        if int(star[1]) >= _LEAST
        and (
            _is_goal(ask.text[: star.start()], ask.text[star.end() :])
            or (star.end() == len(ask.text) and ask.reading.said.rstrip().endswith("?"))
        )
    ]
    own = [int(star) for star in _STAR.findall(" ".join(ask.reading.alone))]  # "thế còn 5 sao?"
    return max([*found, *(rank for rank in own if rank >= _LEAST)], default=0)


def _is_goal(before: str, behind: str) -> bool:
    if _HELD.match(behind) and not _SURE_OF.search(before):
        return False
    asked = _IS_REACHED.match(behind) or _ASKED_BARELY.match(behind)
    return asked is not None or _REACHES.search(before) is not None


def rank_named(ask: Ask) -> int:
    """The highest rank with minimums that is named at all; 0 when there is none."""
    return max((int(star) for star in _STAR.findall(ask.text) if int(star) >= _LEAST), default=0)


def asks_enough(ask: Ask) -> bool:
    """Whether it is asked to be enough without saying for which rank."""
    return _ENOUGH.search(ask.text) is not None
