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


def works_at(officer: OfficerView, case: DossierView) -> bool:
    """Is the case at the officer's level, in its communes? Province officers wait for the pass."""
    if officer.role == "commune":
        return not case.at_province and officer.covers(case.commune_code)
    return case.at_province or officer.role == "admin"


def may_claim(officer: OfficerView, case: DossierView) -> bool:
    """Nobody has it, and it is at the officer's level."""
    free = case.officer_id is None and case.state in (State.SUBMITTED, State.PASSED, State.FIXED)
    return free and works_at(officer, case)


def holds(officer: OfficerView, case: DossierView) -> bool:
    """The officer has the case and its rights still cover it."""
    return case.officer_id == officer.id and works_at(officer, case)


def may_check(officer: OfficerView, case: DossierView) -> bool:
    """May accept and return items, ask for a supplement, assess."""
    return holds(officer, case) and case.state in CHECKING and case.undo_until is None


def at_commune(case: DossierView) -> bool:
    return not case.at_province


def may_record(officer: OfficerView, case: DossierView) -> bool:
    """May put on a round's list, record the council's result or refuse: the province's holder."""
    held = holds(officer, case) and case.at_province and officer.role != "commune"
    return held and case.state in (State.RECEIVED, State.FIXED, State.LISTED)
