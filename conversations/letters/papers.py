"""Letters that carry a paper made for a household: forms, a preview, a page to send files by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from conversations.letters import Line, Note, Press
from locales import N_
from models.content.text import Text
from models.messages import SentFile


def upload_link(
    dossier_id: int, evidence: str, paper: Text | str, url: str, until: datetime
) -> Note:
    """A page for one paper, used once."""
    return Note(
        (
            Line(
                N_("Đường dẫn gửi *{paper}*, dùng một lần, đến {until}:"),
                {"paper": paper, "until": until},
            ),
            Line(
                N_("Mở ra, chọn ảnh hoặc tệp, không phải đăng nhập. Gửi xong bà con quay lại đây.")
            ),
        ),
        (
            Press(N_("Mở trang gửi tệp"), url=url, style="primary"),
            Press(N_("Về giấy này"), f"dossier:open={dossier_id}.{evidence}"),
        ),
    )


def preview(
    dossier_id: int, evidence: str, paper: Text | str, pages: int, files: tuple[SentFile, ...]
) -> Note:
    """The pages as the officer will see them."""
    return Note(
        (
            Line(
                N_("*{paper}*: {n} trang, cán bộ sẽ thấy như tệp này."),
                {"paper": paper, "n": pages},
            ),
        ),
        (Press(N_("Về giấy này"), f"dossier:open={dossier_id}.{evidence}"),),
        files,
    )


def filled_forms(
    dossier_id: int, product: str, files: tuple[SentFile, ...], missing: Sequence[Text | str]
) -> Note:
    """The forms as filled in; `missing` are what was left blank."""
    lines = [
        Line(
            N_("Mẫu đã điền cho *{product}*. Bà con in ra, xem lại, ký và đóng dấu nếu có."),
            {"product": product},
        )
    ]
    if missing:
        lines.append(Line(N_("Còn để trống, bà con tự ghi tay:")))
        lines += [Line("• {what}", {"what": what}, tight=True) for what in missing[:8]]
    return Note(
        tuple(lines), (Press(N_("Mở hồ sơ"), f"go:dossier={dossier_id}", style="primary"),), files
    )
