"""Letters that have to do with groups of officers: opened from one, no longer heard there."""

from __future__ import annotations

from conversations.letters import Line, Note
from conversations.letters.officer import open_case
from locales import N_


def opened(dossier_id: int, code: str, product: str) -> Note:
    """To the officer alone: the case whose button was pressed in a group."""
    line = Line(
        N_("Hồ sơ *{code}* ({product}) anh/chị vừa mở từ nhóm."), {"code": code, "product": product}
    )
    return Note((line,), (open_case(dossier_id, "primary"),))


def lost() -> Note:
    """To the officer who bound it: nothing reaches the group any more."""
    return Note(
        (
            Line(N_("Nhóm anh/chị đã đăng ký không còn nhận được báo hồ sơ mới.")),
            Line(N_("Muốn nhóm nhận lại: thêm mình vào nhóm rồi gõ /group ở đó.")),
        ),
    )


def silent() -> Note:
    """To the group: the rights it was bound with have ended."""
    return Note(
        (
            Line(
                N_(
                    "Nhóm này không còn nhận báo hồ sơ mới: cán bộ đã đăng ký nhóm không còn phụ "
                    "trách. Cán bộ phụ trách gõ /group để nhận lại."
                )
            ),
        ),
    )
