"""Letters to admins about how the assistant itself is doing."""

from __future__ import annotations

from datetime import datetime

from conversations.letters import Line, Note
from locales import N_


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
