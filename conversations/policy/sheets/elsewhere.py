"""A product that must be from the province and is not: no, whatever its points."""

from __future__ import annotations

import re

from conversations.policy.draft import OF_ITEM, Ask, Draft, lowered
from conversations.policy.guards import bought_from
from conversations.policy.sets import known_set
from conversations.policy.sheets.steps import whose

_ITEM = "nguon_goc"  # whose printed condition it is: "Cả 100% sản phẩm phải trồng trong tỉnh."
_MAY = re.compile(
    r"\b(?:duoc|dc|dang ki|tham gia|nop|cham|xet|ocop|on|ok)\b.*\b(?:khong|ko|k|chua|hay)\b|"
    r"\b(?:can|may|allowed|eligible|does|is)\b"
)
_ELSE = re.compile(
    r"\b(?:bao nhieu|may (?:diem|phan tram|sao)|giay gi|o dau|khi nao|the nao|how|which|what|where|"
    r"(?<!chua )(?<!khong )nguyen lieu|raw material|ban (?:o|ra|sang|di|qua))\b"
)
#: "gom ở tỉnh khác", "hàng ngoài tỉnh".
_ELSEWHERE = re.compile(
    r"\b(?<!khong )(?<!chang )(?:gom|lay|mua|nhap|thu mua|dem|trong|nuoi|hai|cat|buy|bought|grown|"
    r"sourced|comes?)(?: \w+){0,5} (?:tinh khac|ngoai tinh|nuoc ngoai|(?:an)?other provinces?|"
    r"outside the province|abroad)\b"
)


def from_elsewhere(ask: Ask) -> Draft | None:
    """That a fresh product gathered elsewhere may not take part (Phụ lục II, at the origin).

    None when its sheet has no such condition, or when something else than "may it" is asked.
    """
    number = known_set(ask)
    if number is None or not _MAY.search(ask.text) or _ELSE.search(ask.text):
        return None
    sheet = ask.matter.sheet(number)
    rule = next((item.requires for item in sheet.items if item.id == _ITEM), None)
    if rule is None or not (_ELSEWHERE.search(ask.text) or bought_from(ask.reading, ask.matter)):
        return None
    no = ask.say("Không: {rule}", rule=lowered(rule(ask.lang)))
    return Draft(OF_ITEM + _ITEM, (no, whose(ask, sheet)), ask.cited("dau_sao_nghia"))
