"""What the official forms are filled in with: facts of the dossier, nothing invented.

What is not known stays blank on the form (bot/documents/forms.py). Gender, ethnicity and residence
are left to the pen. Forms: Quyết định 26/2026/QĐ-TTg, Phụ lục III.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.documents.forms import FIELDS, ScoreRow
from conversations.case_asks import VERDICTS
from conversations.records import GIVEN, AssessmentView, DossierView, ItemState
from conversations.understand import show_phone
from locales import date_
from models.content import Content, Item, ProductSet, Text

#: A box of Mẫu 02, Part I → the paper that lets it be ticked.
TICKED_BY = {
    "business": "dang_ky_kinh_doanh",
    "declaration": "cong_bo_chat_luong",
    "food_safety": "giay_attp",
    "production": "giay_du_dieu_kien_san_xuat",
    "trademark": "giay_nhan_hieu",
    "collective_mark": "quyen_su_dung_dau_hieu_chung",
}
#: The form's name of each content the commune assesses → its id in process.yaml (Điều 7.2.a).
ASSESSED = ("material", "labour", "idea", "identity")
HAVING = (GIVEN - {ItemState.EXCUSED}) | {ItemState.HAVE, ItemState.OPEN}

Fields = dict[str, object]


def fields(form: str, content: Content, case: DossierView, today: date) -> Fields:
    """The fields of `form` that are known. Vietnamese whatever the reader speaks: it is printed."""
    return {"mau_01": _mau_01, "mau_02": _mau_02, "mau_03": _mau_03}[form](content, case, today)


def blanks(form: str, content: Content, filled: Fields) -> list[Text]:
    """Labels of the fields left blank, for the person who signs; sensitive ones included."""
    known = {key for key, value in filled.items() if value}
    listed = content.forms[form].fields if form in content.forms else ()
    return [field.label for field in listed if field.id not in known and field.id in _askable(form)]


def _askable(form: str) -> set[str]:
    """Fields with a place on the form; ethnicity has one too, always blank."""
    return {*FIELDS[form], "ethnicity"}


def _mau_01(content: Content, case: DossierView, today: date) -> Fields:
    one = content.sets[case.product.set_number]
    return {
        "unit_name": case.producer.name,
        "representative": case.producer.representative,
        "position": case.producer.position,
        "address": _address(content, case),
        "phone": _phone(case),
        "email": case.producer.email,
        "product": case.product.name,
        "group": _group(content, one),
        "case": case.case_kind,
        "samples": str(one.samples) if one.samples else "",
        "province": content.province.name,
        "place": _place(content, case),
        "year": str(today.year),
    }


def _mau_02(content: Content, case: DossierView, today: date) -> Fields:
    one, sheet = content.sets[case.product.set_number], content.score_sheet(case.product.set_number)
    total = _points(case, sheet.items)
    return {
        **_subject(content, case),
        "phone": _phone(case),
        "email": case.producer.email,
        "registered_on": _day(case.producer.registered_on),
        "registration_number": case.producer.registration_number,
        "product": case.product.name,
        "product_set": f"{one.number}. {one.name}",
        "case": case.case_kind,
        "ticks": [tick for tick, paper in TICKED_BY.items() if _has(case, tick, paper)],
        "rows": list(_rows(content, case)),
        "most_total": str(sum(part.max for part in sheet.parts)),
        "score_total": str(total) if total is not None else "",
        "place": _place(content, case),
        "year": str(today.year),
    }


def _mau_03(content: Content, case: DossierView, today: date) -> Fields:
    said = {a.content: _assessed(a) for a in case.assessments}
    return {
        **_subject(content, case),
        "product": case.product.name,
        **{name: said.get(name, "") for name in ASSESSED},
        "commune": _place(content, case),
        "province": content.province.name,
    }


def _assessed(one: AssessmentView) -> str:
    """ "Đạt một phần. Mua mật của năm hộ trong xã." """
    return f"{dict(VERDICTS).get(one.verdict, one.verdict)}. {one.note}".strip()


def _subject(content: Content, case: DossierView) -> Fields:
    kind = next((t.name for t in content.producer_types if t.id == case.producer.type), "")
    return {
        "subject_name": case.producer.name,
        "subject_type": kind,
        "address": _address(content, case),
        "representative": case.producer.representative,
    }


def _has(case: DossierView, tick: str, paper: str) -> bool:
    if tick == "business" and case.producer.registration_number:
        return True
    return case.item(paper).state in HAVING


def _rows(content: Content, case: DossierView) -> Iterator[ScoreRow]:
    """The criteria of the set's sheet with their most points, and what the household scored itself;
    what it did not answer is left to the pen."""
    for part in content.score_sheet(case.product.set_number).parts:
        points = _points(case, part.items)
        yield ScoreRow(part.letter, part.title.vi, part.max, points, heading=True)
        for item in part.items:
            yield from _criterion(content, case, item)


def _criterion(content: Content, case: DossierView, item: Item) -> Iterator[ScoreRow]:
    proofs = tuple(
        paper.name.vi
        for paper in content.evidence.values()
        if item.id in paper.proves and case.item(paper.id).state in HAVING
    )
    chosen = None if item.children else item.option(case.scores.get(item.id))
    yield ScoreRow(
        item.number,
        f"{item.title.vi}: {chosen.short.vi}" if chosen else item.title.vi,
        item.max,
        _points(case, (item,)),
        proofs,
        heading=bool(item.children),
    )
    for child in item.children:
        yield from _criterion(content, case, child)


def _points(case: DossierView, items: Sequence[Item]) -> int | None:
    """Their points together; None while one of them is not answered: half a sum misleads."""
    points = 0
    for item in items:
        if item.children:
            below = _points(case, item.children)
        else:
            chosen = item.option(case.scores.get(item.id))
            below = chosen.points if chosen else None
        if below is None:
            return None
        points += below
    return points


def _group(content: Content, one: ProductSet) -> str:
    sector = next((s.name for s in content.sectors if s.id == one.sector), "")
    return "; ".join(dict.fromkeys(part for part in (sector, one.group, one.name) if part))


def _address(content: Content, case: DossierView) -> str:
    parts = (case.producer.address, _place(content, case), content.province.name)
    return ", ".join(part for part in parts if part)


def _place(content: Content, case: DossierView) -> str:
    commune = content.communes.get(case.commune_code)
    return commune.full() if commune else ""


def _phone(case: DossierView) -> str:
    return show_phone(case.producer.phone) if case.producer.phone else ""


def _day(day: date | None) -> str:
    return date_("vi", day) if day else ""
