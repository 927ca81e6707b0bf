"""Where a dossier and the lines of its checklist are."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a dossier is. The value is stored; never rename one."""

    DRAFT = "draft"  # the household is preparing it
    SUBMITTED = "submitted"  # at the commune, nobody has claimed it
    REVIEWING = "reviewing"  # a commune officer has it
    SUPPLEMENT = "supplement"  # the household has items to mend
    FIXED = "fixed"  # sửa xong, chờ xem lại
    PASSED = "passed"  # sent to the province, not yet received
    RECEIVED = "received"  # a province officer has it
    COMPLETING = "completing"  # the province asked the household to complete it
    LISTED = "listed"  # on a round's list
    RECOGNISED = "recognised"  # 3 to 5 stars, certificate
    UNRANKED = "unranked"  # evaluated, below 3 stars: no certificate (Điều 4.1)
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


#: States in which the household may add, replace and remove pages.
EDITABLE = frozenset({State.DRAFT, State.SUPPLEMENT, State.COMPLETING})
#: States in which an evaluation is under way.
UNDER_WAY = frozenset(
    {
        State.SUBMITTED,
        State.REVIEWING,
        State.SUPPLEMENT,
        State.FIXED,
        State.PASSED,
        State.RECEIVED,
        State.COMPLETING,
        State.LISTED,
    }
)


class ItemState(StrEnum):
    """One line of the checklist, as the board shows it."""

    MISSING = "missing"
    HAVE = "have"  # the household has it on paper
    OPEN = "open"  # pages are being sent
    UPLOADED = "uploaded"
    ACCEPTED = "accepted"
    RETURNED = "returned"  # to be fixed, with a reason
    FIXED = "fixed"  # mended, waits to be seen again
    EXCUSED = "excused"  # not applicable, with a reason


#: Item states that count as given when a dossier is handed in.
GIVEN = frozenset({ItemState.UPLOADED, ItemState.ACCEPTED, ItemState.FIXED, ItemState.EXCUSED})
