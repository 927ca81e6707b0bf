"""Parts of the sheet told in words: all their points ("phần C điểm tuyệt đối"), or none of them."""

from __future__ import annotations

import re

_LETTER = r"(?:(?:phan|part) )?([abc])"
#: Whatever stands between a part and what it got, but another part, a number or what asks.
_SAYS = (
    r"(?: (?!(?:[abc]|phan|part|can|phai|thieu|bao|it|may (?:diem|moi|thi)|how|what|needs?|must)\b)"
    r"[a-z]+){0,7}?"
)
_ALL = (
    r"(?:(?:diem |so diem )?(?:tuyet doi|kich tran|kich khung|tron ven|tron diem|het diem|cao nhat|"
    r"toi da|full|max|maximum|perfect|top)(?: (?:diem|marks?|scores?|points?))?)"
)
_NONE = (
    r"(?:khong (?:duoc |co |an )?(?:mot )?diem nao|mat trang|bo trong|trang diem|nothing|"
    r"(?:no|zero) (?:points?|marks?)|zero)"
)
_NUMBER = r"(?P<number>\d{1,3}(?:[.,]\d{1,2})?)"
#: "C tối đa bao nhiêu": the most is asked for, not told.
_NOT_ASKED = r"(?! (?:bao nhieu|may|la bao|la may|duoc (?:may|bao nhieu) diem))"
#: A number that says itself which part it is of.
_NOT_OF = r"(?! (?:diem |points )?(?:o|in|for|on|of|cho) (?:(?:phan|part) )?[abc]\b)"
_AFTER = re.compile(
    rf"\b{_LETTER}{_SAYS} (?:{_ALL}|(?P<none>{_NONE}))\b{_NOT_ASKED}(?: {_NUMBER}{_NOT_OF})?"
)
#: "A 40 là tối đa, B 15" tells of A: only "tối đa ở B" may go on with a number.
_BEFORE = re.compile(
    rf"\b(?:{_ALL}|(?P<none>{_NONE}))(?: {_LETTER}\b(?! (?:duoc )?\d)|"
    rf"(?: (?:o|cua|cho|in|for|on|of|at)){{1,2}} {_LETTER}\b)"
)
#: "A và B đều tối đa": both.
_BOTH = re.compile(
    rf"\b{_LETTER} (?:va|voi|lan|and) "
    rf"(?={_LETTER}(?: (?:deu|cung|duoc|dat|an|lay|both|are|get|got|at)){{0,3}} {_ALL}\b)"
)

#: "full points in A and B": the same of each.
_IN_BOTH = re.compile(
    rf"\b{_ALL} (?:o|cua|cho|in|for|on|of)(?: (?:phan|parts?))? "
    r"([abc]) (?:va|voi|lan|and) ([abc])\b"
)


def wholes(text: str) -> tuple[list[tuple[str, float, bool]], str]:
    """(letter, percentage, True) of each part that is told in words, and the text without them.

    `text` is plain and folded. A number behind ("B trọn vẹn 25") says it better and is left.
    """
    found: list[tuple[str, float, bool]] = []

    def taken(told: re.Match[str]) -> str:
        letter = next(one for one in told.groups() if one in ("a", "b", "c"))
        number = told.groupdict().get("number")
        if number:
            return f" phan {letter} {number} "
        found.append((letter, 0.0 if told["none"] else 100.0, True))
        return " "

    text = _IN_BOTH.sub(r"phan \1 toi da phan \2 toi da ", text)
    text = _BOTH.sub(lambda told: f"phan {told[1]} toi da ", text)
    for pattern in (_AFTER, _BEFORE):
        text = pattern.sub(taken, text)
    return found, text
