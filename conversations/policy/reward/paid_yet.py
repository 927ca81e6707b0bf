"""Whether rewards are paid already: the report only plans them (Phụ lục 13, section 7)."""

from __future__ import annotations

import re

from conversations.policy import slots
from conversations.policy.draft import Ask
from conversations.policy.reward.asked import names_reward

_PAID = (
    r"(?:phat|trao|chi|tra|cap|giai ngan|nhan duoc|nhan|linh duoc|linh|ve|co|paid|given|handed|"
    r"received|distributed|payed)"
)
_YET = re.compile(
    rf" {_PAID}(?: \w+){{0,4}}? chua(?: \w+){{0,3}} $|"
    rf" (?:da|duoc) {_PAID}(?: \w+){{0,6}}? (?:chua|khong)(?: \w+){{0,3}} $|"
    rf" {_PAID}(?: \w+){{0,2}}? roi(?: \w+){{0,2}}? (?:dung|phai|ha|a|khong)(?: \w+){{0,3}} $|"
    rf" {_PAID}(?: \w+){{0,3}}? (?:yet|alreadi) $"
)
#: When, how and by what paper; what was laid down already is another thing than what was paid.
_ELSE = re.compile(
    r" (?:khi nao|bao gio|luc nao|chung nao|ngay nao|thang nao|nghi quyet|quyet dinh|van ban|"
    r"chinh sach|quy dinh|ho so|thu tuc|bao nhieu|may|when|resolution|how|muc)(?= )"
)
_LONG = 14  # words from which it is a story


def paid_yet(ask: Ask) -> tuple[str, ...]:
    """What is told when it is asked whether rewards are paid; none when something else is."""
    said = f" {ask.text} "
    if len(ask.reading.words) > _LONG or not _of_rewards(ask) or slots.stars(ask.text):
        return ()
    if _ELSE.search(said) or _YET.search(said) is None:
        return ()
    return (
        ask.say("Chưa thấy báo cáo nói đã phát tiền thưởng nào theo mức 2026-2030."),
        ask.say("Bao giờ ban hành, bao giờ chi thì báo cáo không nêu; bà con hỏi cán bộ xã."),
    )


def _of_rewards(ask: Ask) -> bool:
    return names_reward(ask) or ask.reading.has("reward", "rewards", "bonus", "bonuses")
