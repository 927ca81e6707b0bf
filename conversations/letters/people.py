"""Letters about people: codes for another channel, a helper's work confirmed or changed, one's
data packed, a flow offered again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from conversations.letters import Line, Note, Press
from locales import N_
from models.messages import Channel, SentFile

CHANNELS = {
    Channel.WEB: N_("trang web"),
    Channel.TELEGRAM: "Telegram",
    Channel.TELEGRAM_OFFICER: "Telegram",
    Channel.ZALO_OA: "Zalo",
    Channel.ZALO_BOT: "Zalo",
    Channel.SIMULATOR: N_("trang thử"),
}


OPEN = {
    Channel.TELEGRAM: N_("Mở Telegram"),
    Channel.ZALO_OA: N_("Mở Zalo"),
    Channel.ZALO_BOT: N_("Mở Zalo Bot"),
}


def link_code(
    code: str, until: datetime, url: str, ways: Mapping[Channel, str] | None = None
) -> Note:
    """The code that joins another channel, to the one who asked for it; `ways` open the others."""
    how = (
        N_("Bấm mở, dán mã vào ô nhắn tin rồi gửi. Dùng một lần, đến {until}. Đừng đưa mã cho ai.")
        if ways
        else N_(
            "Mở trợ lý trên ứng dụng kia rồi gõ mã này. Dùng một lần, đến {until}. Đừng đưa mã "
            "cho ai."
        )
    )
    lines = (Line(N_("Mã của bà con: *{code}*"), {"code": code}), Line(how, {"until": until}))
    presses = (
        Press(OPEN[channel], url=way, style="primary", copy=code)
        for channel, way in (ways or {}).items()
    )
    return Note(lines, (*presses, *_open(url)))


def cosign_code(name: str, code: str, until: datetime, url: str) -> Note:
    """The code a helper passes on to the producer."""
    lines = (
        Line(N_("Mã để chủ cơ sở xác nhận *{name}*: *{code}*"), {"name": name, "code": code}),
        Line(
            N_(
                "Bà con chuyển mã hoặc đường dẫn này sang điện thoại của chủ cơ sở. Họ mở ra, xem "
                "lại rồi bấm xác nhận. Mã dùng đến {until}."
            ),
            {"until": until},
        ),
    )
    return Note(lines, _open(url))


def _open(url: str) -> tuple[Press, ...]:
    return (Press(N_("Mở đường dẫn"), url=url),) if url else ()


def confirmed(name: str, producer_id: int) -> Note:
    """To the helper: the producer looked it over and agreed."""
    return Note(
        (Line(N_("Chủ cơ sở đã xác nhận *{name}*."), {"name": name}),),
        (Press(N_("Xem"), f"go:mine={producer_id}"),),
    )


def changed_by_helper(name: str, producer_id: int) -> Note:
    """To the owner: a helper changed something."""
    return Note(
        (
            Line(
                N_("Người làm giúp vừa sửa thông tin của *{name}*. Bà con xem lại giúp mình."),
                {"name": name},
            ),
        ),
        (Press(N_("Xem"), f"go:mine={producer_id}", style="primary"),),
    )


def joined(channel: Channel) -> Note:
    """To the channels a person had before: another one came to it."""
    return Note(
        (
            Line(
                N_("Trò chuyện của bà con vừa được nối thêm một nơi: {channel}."),
                {"channel": Line(CHANNELS[channel])},
            ),
            Line(N_("Không phải bà con làm thì báo cán bộ ngay.")),
        ),
        (Press(N_("Gặp cán bộ"), "nav:officer"),),
    )


def packed(file: SentFile) -> Note:
    """One's data as a ZIP."""
    return Note((Line(N_("Thông tin của bà con đây, gói trong một tệp ZIP.")),), files=(file,))


def offered_again(title: str, flow: str) -> Note:
    """A flow left for a day."""
    return Note(
        (
            Line(
                N_("Hôm trước bà con đang làm dở: *{title}*. Mình vẫn giữ nguyên, làm tiếp nhé?"),
                {"title": Line(title)},
            ),
        ),
        (
            Press(N_("Làm tiếp"), f"nav:resume={flow}", style="primary"),
            Press(N_("Để sau"), "nav:later"),
        ),
        key="offer",
    )
