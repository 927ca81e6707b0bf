"""Letters to admins about how the assistant itself is doing."""

from __future__ import annotations

from datetime import datetime

from conversations.letters import Line, Note
from locales import N_


def erasure_waits(person: int, since: datetime, codes: str, days: int) -> Note:
    """Somebody asked to be erased; a dossier under way still needs their phone."""
    return Note(
        (
            Line(
                N_(
                    "! Người dùng số {person} xin xoá thông tin từ {since}. Số điện thoại còn giữ "
                    "vì hồ sơ {codes} đang được xem."
                ),
                {"person": person, "since": since, "codes": codes},
            ),
            Line(
                N_(
                    "Luật cho khoảng {n} ngày. Anh/chị giúp hồ sơ có kết quả sớm, hoặc báo cho "
                    "người đó vì sao còn giữ."
                ),
                {"n": days},
            ),
        )
    )


def copy_waits(person: int, since: datetime, days: int) -> Note:
    """Somebody asked for a copy of their data, and it was not made."""
    return Note(
        (
            Line(
                N_(
                    "! Người dùng số {person} xin bản sao thông tin từ {since} mà chưa gói được. "
                    "Luật cho khoảng {n} ngày: anh/chị báo người phụ trách máy giúp."
                ),
                {"person": person, "since": since, "n": days},
            ),
        )
    )


def messages_wait(channel: str, number: int, since: datetime) -> Note:
    """Messages should have left minutes ago and did not. `since`: when the oldest was written."""
    return Note(
        (
            Line(
                N_("! {n} tin chưa gửi được qua {channel}, tin lâu nhất từ {since}."),
                {"n": number, "channel": channel, "since": since},
            ),
            Line(
                N_(
                    "Tin không mất, mình vẫn gửi lại. Nếu kéo dài, anh/chị xem kênh đó hoặc gọi "
                    "điện cho người đang chờ."
                )
            ),
        ),
        key=f"late:{channel}",
    )
