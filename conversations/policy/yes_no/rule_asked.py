"""Whether a message asks what the rule is rather than for something to be done: who may or must,
how long somebody has, which round, what happens if. Then no task is meant that it also sounds like.
"""

from __future__ import annotations

import re

from conversations.policy.reading import Reading

_OFFICE = r"(?:xa|phuong|tinh|hoi dong|can bo|co quan|uy ban|ubnd|huyen|to tu van|trung uong)"
_MUST = (
    r"(?:co quyen|co duoc|duoc (?:phep|quyen|giu|ngam|tra|tu choi)|co cho|cho phep|co phai|phai|"
    r"bat buoc|buoc|co nhan|co chiu)"
)
_RULE = re.compile(
    rf"\b{_OFFICE}(?: (?!nao\b|em\b|toi\b|minh\b)[a-z0-9]+){{0,3}} {_MUST}\b|"
    r"\b(?:theo|dung|trai|sai) (?:quy dinh|luat)\b|\bquy dinh (?:la|the nao|ra sao|cho|may|bao)\b|"
    r"\bai (?:la nguoi )?(?:ki|phai|chiu|cap|quyet dinh|co quyen|thong bao|xac nhan)\b|"
    r"\bdot (?:nao|may)\b|"
    r"\b(?:giu|ngam|om)(?: [a-z]+){0,4} (?:duoc |toi da )?(?:bao (?:lau|nhieu)|may ngay)\b|"
    r"\b(?:may|bao nhieu) ngay(?: [a-z]+){0,3} (?:phai|toi da|theo|duoc phep|qua han)\b|"
    r"\bphai nop (?:\d|mot|hai|may|bao nhieu) bo\b|"
    r"(?<!yeu cau )(?<!dan )(?<!doi )(?<!bao )"
    r"\bphai (?:la|o|ban|hoat dong|thanh lap|san xuat|du|dat|tu|tren|duoi)\b|"
    r"(?<!chuan )\bbi (?:gi|sao|loai|phat|dung|rut|thu hoi)\b|\bco dung khong\b|\bco bat buoc\b"
)
_ENGLISH_OFFICE = r"(?:communes?|wards?|province|council|ministri|officers?|office|committee)"
_DUTY = "mai|may|must|should"  # "mai": may, as it is read
_ENGLISH = re.compile(
    rf"\b(?:can|could|{_DUTY}|does|do|is|are) (?:the |mi |our |a )?{_ENGLISH_OFFICE} \w+|"
    rf"\b{_ENGLISH_OFFICE}(?: \w+){{0,2}} (?:{_DUTY}|have to|has to|allowed|supposed to)\b|"
    r"\bwhich round\b|\baccording to the (?:law|rules)\b|\bam i (?:allowed|obliged|required)\b|"
    r"\bhow (?:mani|long)(?: [a-z]+){0,2} (?:does|do|can|mai|may|must|has|have) (?:the|a|mi)\b"
)


def asks_rule(reading: Reading) -> bool:
    """Whether it asks for a rule, by words of duty, right, time and consequence."""
    rule = _ENGLISH if reading.lang == "en" else _RULE
    return rule.search(reading.text) is not None
