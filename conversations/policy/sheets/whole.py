"""The whole score sheet of a product: what it is scored on, and how many points each group has."""

from __future__ import annotations

import re
from dataclasses import replace

from conversations.policy import slots
from conversations.policy.draft import Ask, Draft, lowered
from conversations.policy.set_answers import unclear_set
from conversations.policy.sets import group_of_set, naming, product
from conversations.policy.sheets.items import item_named
from models.content.sheet import Item, Part

_HOW = r"(?:the nao|ra sao|sao|rang|kieu gi|cach nao|theo (?:gi|cai gi)|nhung gi|gi|chi)"
#: "chấm điểm thế nào", "bộ tiêu chí", "phiếu chấm", "thang điểm"; "tieu gi" is "tiêu chí" misheard.
_ASKS_SHEET = re.compile(
    rf"\bcham(?: diem| sao)? {_HOW}\b|\bcham sao$|"
    r"\b(?:cach|thang) (?:cham diem|cham(?! soc)|diem)\b|"
    r"\b(?:bo )?tieu (?:chi|gi)\b|\b(?:phieu|bang|mau|bieu) (?:cham|diem|tieu chi)\b|"
    r"\b(?:criteria|scoring|score ?sheet|scorecard)\b|\bhow (?:is|are|do you|to)\b(?=.*\bscor)"
)
#: Another thing about scoring is asked: who, when, where, how much, why, what ends it, older rules.
_ASKS_ELSE = re.compile(
    r"\b(?:ai|khi nao|bao gio|bao lau|o dau|may (?:diem|sao|phan|ngay|lan|bo)|bao nhieu|vi sao|"
    r"tai sao|khong|bi loai|bi dung|dung cham|sai|khac|luat cu|luat moi|truoc|148|1489|1048|"
    r"khieu nai|who|when|where|why|how (?:many|much|long))\b"
)
_FEW = 12  # words of a question that asks nothing besides


def sheet_of_product(ask: Ask) -> Draft | None:
    """The groups of criteria on the sheet of the product named, each with its points; the single
    criteria stand behind.

    For a short question on the sheet as a whole: none that names a rank or one criterion.
    """
    if not _asks_whole(ask):
        return None
    named = product(_besides(naming(ask)))
    if named is None:
        return None
    if named.word.confidence == "low":
        return unclear_set(ask, named)
    number = named.word.sets[0]
    if item_named(ask, number):
        return None
    sheet = ask.matter.sheet(number)
    head = ask.say("Chấm theo phiếu của {group}, 100 điểm.", group=group_of_set(ask, number))
    doubt = [ask.say("Hội đồng quyết định sau cùng; nên hỏi cán bộ trước khi làm hồ sơ.")]
    groups = [item for part in sheet.parts for item in part.items if item.children]
    return Draft(
        "qd26_phan_abc",
        (head, *(_part(ask, part) for part in sheet.parts), *doubt[: len(named.word.sets) - 1]),
        ask.cited("dau_sao_nghia"),
        behind=tuple(group_line(ask, item) for item in groups),
    )  # fmt: skip


def _asks_whole(ask: Ask) -> bool:
    return (
        len(ask.reading.words) <= _FEW
        and _ASKS_SHEET.search(ask.text) is not None
        and _ASKS_ELSE.search(ask.text) is None
        and not slots.stars(ask.text)
    )


def _besides(ask: Ask) -> Ask:
    """The same without the words that ask for the sheet: "tiêu chí" holds no pepper, "tiêu chí trà"
    no payout ("chi trả")."""
    asked = _ASKS_SHEET.search(ask.text)
    if asked is None:
        return ask
    start = ask.text[: asked.start()].count(" ")
    end = start + len(asked[0].split())
    words, marks = ask.reading.words, ask.reading.marks
    kept = (*words[:start], *words[end:])
    reading = replace(
        ask.reading, text=" ".join(kept), words=kept, marks=(*marks[:start], *marks[end:])
    )
    return replace(ask, reading=reading)


def _part(ask: Ask, part: Part) -> str:
    """ "Phần A, 40 điểm: tổ chức sản xuất 18; phát triển sản phẩm 10; sức mạnh cộng đồng 12." """
    return ask.say(
        "Phần {letter}, {points} điểm: {items}.",
        letter=part.letter, points=part.max, items=_listed(ask, part.items),
    )  # fmt: skip


def group_line(ask: Ask, item: Item) -> str:
    """ "Chỉ tiêu cảm quan, 15 điểm: tạp chất 2; thể chất 3; ..." """
    return ask.say(
        "{title}, {points} điểm: {items}.",
        title=item.title(ask.lang), points=item.max, items=_listed(ask, item.children),
    )  # fmt: skip


def _listed(ask: Ask, items: tuple[Item, ...]) -> str:
    return "; ".join(f"{lowered(item.title(ask.lang))} {item.max}" for item in items)
