"""How many rounds a year the rule asks for, and what one more needs (Điều 5): not whether there
is one this year, which nobody has written."""

from __future__ import annotations

import re

from conversations.policy.days.reading import CENTRE, days_told
from conversations.policy.draft import Ask, Draft

_A_ROUND = re.compile(r"\b(?:dot|ki|lan)(?: \w+)? (?:cham|xet|danh gia|nua|bo sung|phu|thu|moi)\b|"
                      r"\b(?:dot|rounds?)\b")  # fmt: skip
_MORE = (
    r"(?:them|bo sung|thu ba|qua (?:2|hai)|nhieu hon|ngoai (?:2|hai)|more|extra|additional|third|"
    r"another|add|dot (?:3|ba)\b)"
)
_RULE = (
    r"(?:dieu kien|quy dinh|luat|truong hop nao|khi nao thi|can gi|can nhung gi|phai co gi|"
    r"duoc phep|duoc (?:mo|cham|to chuc|lam|ghi|quy dinh|neu)|ghi (?:vao|o|trong|ro)|can cu|"
    r"(?:van ban|giay to|quyet dinh|quy che|tai lieu|cho) nao|vao dau|quy che hay|tu y|"
    r"quyen|which (?:document|paper|decision)|provide|who decides|"
    r"conditions?|rules?|allow\w*|law|permitted|need\w*)"
)
_BY_RULE = re.compile(rf"\b{_MORE}\b.*\b{_RULE}\b|\b{_RULE}\b.*\b{_MORE}\b")
#: Of this or that year: a matter of plans, not of the rule.
_THIS_TIME = re.compile(
    r"\b(?:nam nay|nam sau|nam toi|sang nam|20\d\d|thang \d+|thang chap|cuoi nam|sap toi|lan nay|"
    r"quy che (?:hoi dong )?(?:cua )?tinh|this year|next year|planned|announced)\b"
)


def added_round(ask: Ask) -> Draft | None:
    """What the rule says of a round more; None when one of a certain year is asked for."""
    text = ask.text
    if not _A_ROUND.search(text) or not _BY_RULE.search(text) or _THIS_TIME.search(text):
        return None
    near = ask.near("qd26_dot", "qd26_dot_bo", "gap_dot_them", within=2)
    if not near or days_told(ask).named:
        return None
    centre = ask.reading.has(*CENTRE, "bo co", "bo duoc", "5 sao", "5 star")
    passage = ask.library.passages["qd26_dot_bo" if centre else "qd26_dot"]
    told = ("added", "least") if centre else ("added_how", "added", "least")
    lines = [passage.fact(name, ask.lang) for name in told]
    return Draft(passage.id, tuple(lines), ask.cited(passage.id))
