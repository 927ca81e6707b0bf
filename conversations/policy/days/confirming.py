"""Whether a message only wants to hear that something is so: "15 ngày phải không", "is it 30?"."""

from __future__ import annotations

import re

from conversations.policy.draft import Ask

_END = r"(?: (?:a|ad|vay|the|rua|nhi|he|ha|ta|oi|em|anh|chi|co|bac|chu|ban|may|ong|ba|shop|bot))*$"
_CONFIRMS = re.compile(
    rf"\b(?:phai khong|dung khong|dung chu|phai hon|phai chang|khong phai a|co dung|that khong|"
    rf"dung chua|phai chu){_END}|(?<!khong )(?<!chua )\b(?:a|ha|ah|hon|nhi){_END}|"
    r"^(?:\w+ ){0,3}?(?:co phai|co dung|phai chang|nghe noi|nghe bao)\b|"
    r"\b(?:dung hay sai|co that|dung voi quy dinh)\b|"
    r"\b(?:right|correct|true|isn t it)$|\bis (?:it|that) (?:true|right|correct)\b|"
    r"^(?:\w+ )?(?:is|are|does|do|must|has|have|did|was|were)\b"
)
_PLAIN = re.compile(rf"\b(?:khong|chua){_END}")
_ELSE = re.compile(
    r"\b(?:bao nhieu|may (?:ngay|thang|nam|dot|lan|tuan|hom|bua)|khi nao|bao gio|the nao|ra sao|"
    r"ngay nao|hom nao|luc nao|bao lau|how|what|when|which|who|where)\b"
)


def confirms(ask: Ask) -> bool:
    """Whether it is asked if what is said is right."""
    text = _own(ask)
    return _CONFIRMS.search(text) is not None and _ELSE.search(text) is None


def says_or_not(ask: Ask) -> bool:
    """Whether yes or no is asked at all: "... không?" as well."""
    text = _own(ask)
    return confirms(ask) or (_PLAIN.search(text) is not None and _ELSE.search(text) is None)


def right_or_not(ask: Ask, line: str, *, right: bool) -> str:
    """What the rule says, behind the word on what somebody has heard of it."""
    return ask.say("Đúng. {line}", line=line) if right else ask.say("Không phải. {line}", line=line)


def _own(ask: Ask) -> str:
    return " ".join(ask.reading.alone) or ask.text
