"""Letters about the programme's figures: pictures, the dashboard's address, reports."""

from __future__ import annotations

from datetime import datetime

from conversations.letters import Line, Note, Press
from locales import N_
from models.messages import SentFile

LOOK = Press(N_("Số liệu"), "go:stats")


def pictures(scope: str, files: tuple[SentFile, ...]) -> Note:
    """The figures, drawn."""
    return Note(
        (Line(N_("Số liệu OCOP {scope}, vẽ thành hình."), {"scope": scope}),), (LOOK,), files
    )


def link(url: str, until: datetime) -> Note:
    """The dashboard's address, to the officer who asked for it."""
    lines = (
        Line(N_("Bảng số liệu trên web: mở đường dẫn, rồi bấm “Mở bảng số liệu”.")),
        Line(
            N_(
                "Đường dẫn dùng một lần, đến {until}, mở ra xem được trong một ngày làm việc. Đừng "
                "chuyển cho ai: người mở được sẽ thấy số liệu của anh/chị."
            ),
            {"until": until},
        ),
    )
    return Note(lines, (Press(N_("Mở bảng số liệu"), url=url),))


def report(scope: str, period: str, files: tuple[SentFile, ...]) -> Note:
    """A report somebody asked for."""
    return Note((_about(scope, period),), (Press(N_("Kỳ khác"), "stats:report=1"),), files)


def scheduled(scope: str, period: str, files: tuple[SentFile, ...]) -> Note:
    """A report whose period has just ended."""
    lines = (_about(scope, period), Line(N_("Hết kỳ là mình gửi. Không cần nữa thì bấm nút dưới.")))
    return Note(lines, (LOOK, Press(N_("Thôi gửi báo cáo"), "stats:stop")), files)


def _about(scope: str, period: str) -> Line:
    fields = {"period": period, "scope": scope}
    return Line(N_("*Báo cáo {period}*, {scope}: tệp Word để ký, tệp Excel để tính."), fields)
