"""Where a dossier stands, in words; and who may act on it there. One place for both."""

from __future__ import annotations

from conversations.records import DossierView, OfficerView, State
from locales import N_

STATE_WORDS: dict[State, str] = {
    State.DRAFT: N_("đang chuẩn bị"),
    State.SUBMITTED: N_("đã nộp, chờ xã nhận"),
    State.REVIEWING: N_("xã đang xem"),
    State.SUPPLEMENT: N_("chờ bà con bổ sung"),
    State.FIXED: N_("sửa xong, chờ xem lại"),
    State.PASSED: N_("đã chuyển lên tỉnh"),
    State.RECEIVED: N_("tỉnh đã nhận"),
    State.COMPLETING: N_("tỉnh đề nghị hoàn thiện thêm"),
    State.LISTED: N_("đã vào danh sách đợt đánh giá"),
    State.RECOGNISED: N_("đã được công nhận"),
    State.UNRANKED: N_("chưa đạt 3 sao"),
    State.REFUSED: N_("không được nhận"),
    State.WITHDRAWN: N_("đã rút"),
}

#: Where an officer who holds the case checks items and may ask for a supplement.
CHECKING = frozenset({State.REVIEWING, State.FIXED, State.RECEIVED})
#: Where the province's holder lists, records the result or refuses.
RECORDING = frozenset({State.RECEIVED, State.FIXED, State.LISTED})
#: Where a case that nobody holds waits for an officer.
CLAIMABLE = frozenset(
    {
        State.SUBMITTED,
        State.SUPPLEMENT,
        State.FIXED,
        State.PASSED,
        State.COMPLETING,
        State.LISTED,
    }
)
#: Where the holder may hand the case over or give it back.
HELD = CHECKING | frozenset({State.SUPPLEMENT, State.COMPLETING, State.LISTED})
#: Roles that work on what the communes have passed on.
PROVINCE = frozenset({"province", "admin"})


def stands_at(officer: OfficerView, commune_code: str, at_province: bool) -> bool:
    """Is it the officer's level, and one of its communes? Province officers wait for the pass."""
    if officer.role == "commune":
        return not at_province and officer.covers(commune_code)
    return officer.role in PROVINCE and (at_province or officer.role == "admin")


def within(officer: OfficerView, other: OfficerView) -> bool:
    """Do the other's rights lie within the officer's own?"""
    if other.id == officer.id or officer.role in PROVINCE:
        return True
    return other.role == "commune" and other.communes <= officer.communes


def works_at(officer: OfficerView, case: DossierView) -> bool:
    """May the officer work on the case where it is now?"""
    return stands_at(officer, case.commune_code, case.at_province)


def may_claim(officer: OfficerView, case: DossierView) -> bool:
    """Nobody has it, and it is at the officer's level."""
    free = case.officer_id is None and case.state in CLAIMABLE
    return free and works_at(officer, case)


def holds(officer: OfficerView, case: DossierView) -> bool:
    """The officer has the case and its rights still cover it."""
    return case.officer_id == officer.id and works_at(officer, case)


def settled(case: DossierView) -> bool:
    """No request that may still be taken back, no refusal that waits for a second officer."""
    return case.undo_until is None and case.refusal is None


def may_check(officer: OfficerView, case: DossierView) -> bool:
    """May accept and return items, ask for a supplement, assess."""
    return holds(officer, case) and case.state in CHECKING and settled(case)


def may_hand_over(officer: OfficerView, case: DossierView) -> bool:
    """May give the case to a colleague, or back to everyone."""
    return holds(officer, case) and case.state in HELD and settled(case)


def may_look(officer: OfficerView, case: DossierView) -> bool:
    """May open the papers: the holder, and the second officer who decides on a refusal."""
    return holds(officer, case) or may_agree(officer, case)


def may_talk(officer: OfficerView, case: DossierView) -> bool:
    """May write to the household: the holder; while nobody holds it, whoever may take it."""
    return holds(officer, case) or may_claim(officer, case)


def at_commune(case: DossierView) -> bool:
    return not case.at_province


def may_record(officer: OfficerView, case: DossierView) -> bool:
    """May put on a round's list, record the council's result or refuse: the province's holder."""
    held = holds(officer, case) and case.at_province and officer.role in PROVINCE
    return held and case.state in RECORDING and settled(case)


def may_agree(officer: OfficerView, case: DossierView) -> bool:
    """May agree or disagree with a refusal that another officer put forward."""
    if case.refusal is None or not case.at_province or case.state not in RECORDING:
        return False
    return officer.role in PROVINCE and officer.id != case.refusal.officer_id


def may_take_back(officer: OfficerView, case: DossierView) -> bool:
    """May take one's own refusal back before a second officer agreed."""
    mine = case.refusal is not None and case.refusal.officer_id == officer.id
    return mine and works_at(officer, case)
