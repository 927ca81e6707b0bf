"""Letters to admins about a channel itself: tokens that are lost, a plan that is nearly used up."""

from __future__ import annotations

from conversations.letters import Line, Note, Press
from locales import N_


def token_lost(reason: str, url: str) -> Note:
    """Nothing leaves through the Zalo OA until its admin consents again."""
    return Note(
        (
            Line(N_("!! Zalo OA không còn gửi được tin: mã truy cập đã mất.")),
            Line(
                N_(
                    "Quản trị viên của OA mở trang dưới đây và đồng ý lại. Tin chưa gửi vẫn được "
                    "giữ, sẽ đi ngay sau đó."
                )
            ),
            Line(N_("Zalo báo: {reason}"), {"reason": reason}),
        ),
        (Press(N_("Mở trang đồng ý"), url=url, style="primary"),) if url else (),
        key="channel:zalo_token",
    )


def plan_nearly_used(channel: str, used: int, most: int) -> Note:
    """Four fifths of what the plan allows are used."""
    return Note(
        (
            Line(
                N_("! {channel}: đã dùng {used} trên {most} của gói tháng này."),
                {"channel": channel, "used": used, "most": most},
            ),
            Line(N_("Hết gói thì tin không gửi được nữa. Anh/chị xem lại gói hoặc kênh khác.")),
        ),
        key=f"channel:{channel}",
    )


def templates_nearly_used(channel: str, used: int, most: int) -> Note:
    """Four fifths of the template messages of a day are used."""
    return Note(
        (
            Line(
                N_("! {channel}: hôm nay đã gửi {used} trên {most} tin mẫu."),
                {"channel": channel, "used": used, "most": most},
            ),
            Line(N_("Hết số tin mẫu thì lời nhắc chờ sang ngày mai.")),
        ),
        key=f"channel:{channel}:templates",
    )


def came_by_no_webhook(channel: str, number: int) -> Note:
    """Messages were read back that the channel had told nobody of."""
    return Note(
        (
            Line(
                N_("! {channel}: mình vừa đọc lại {number} tin bà con gửi mà Zalo không báo."),
                {"channel": channel, "number": number},
            ),
            Line(
                N_(
                    "Máy chủ nghỉ lâu thì Zalo tắt webhook. Anh/chị vào trang ứng dụng ở "
                    "developers.zalo.me xem, tắt rồi thì bật lại."
                )
            ),
        ),
        key=f"channel:{channel}:webhook",
    )


def refused_for_good(channel: str, number: int) -> Note:
    """Several messages of a day were refused for a reason that does not pass."""
    return Note(
        (
            Line(
                N_("!! {channel} không nhận {number} tin hôm nay và sẽ không nhận lại."),
                {"channel": channel, "number": number},
            ),
            Line(
                N_(
                    "Có thể Zalo vừa đổi cách làm. Anh/chị báo người phụ trách kỹ thuật xem nhật "
                    "ký; tin nào cần gấp thì gọi điện."
                )
            ),
        ),
        key=f"channel:{channel}:failed",
    )


def people_nearly_full(channel: str, used: int, most: int) -> Note:
    """The plan takes only so many people."""
    return Note(
        (
            Line(
                N_("! {channel}: đã có {used} trên {most} người mà gói cho phép."),
                {"channel": channel, "used": used, "most": most},
            ),
            Line(N_("Đủ người thì bà con mới sẽ được chỉ sang trang web.")),
        ),
        key=f"channel:{channel}:people",
    )
