"""How a bot presents itself: its name, what it does, its commands, by language and scope.

Set only where it differs: Telegram lets these be changed a few times a day.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.log import get_logger
from handlers.telegram_api import Refused
from locales import LANGUAGES, N_, gettext
from models.messages import Channel

Insist = Callable[[str, Mapping[str, Any]], Awaitable[Any]]
log = get_logger(__name__)

PRIVATE = {"type": "all_private_chats"}
GROUPS = {"type": "all_group_chats"}
HOUSEHOLDS = (
    ("menu", N_("Bảng chọn việc")),
    ("register", N_("Đăng ký chủ thể và sản phẩm")),
    ("dossier", N_("Làm hồ sơ")),
    ("status", N_("Xem hồ sơ đến đâu")),
    ("officer", N_("Gặp cán bộ")),
    ("check", N_("Kiểm tra tin nhắn có thật không")),
    ("notices", N_("Tin muốn nhận")),
    ("link", N_("Dùng trên ứng dụng khác")),
    ("privacy", N_("Thông tin của mình")),
    ("language", N_("Đổi ngôn ngữ")),
    ("cancel", N_("Dừng việc đang làm")),
    ("help", N_("Cách dùng")),
)
OFFICERS = (
    ("queue", N_("Hồ sơ chờ xử lý")),
    ("stats", N_("Số liệu chương trình")),
    ("announce", N_("Thông báo, sự kiện")),
    ("menu", N_("Bảng chọn việc")),
    ("language", N_("Đổi ngôn ngữ")),
    ("cancel", N_("Dừng việc đang làm")),
    ("help", N_("Cách dùng")),
)
IN_GROUPS = (("help", N_("Cách dùng")),)
OFFICERS_GROUPS = (("group", N_("Cho nhóm nhận báo hồ sơ mới")), *IN_GROUPS)
NAMES = {
    Channel.TELEGRAM: N_("Trợ lý OCOP"),
    Channel.TELEGRAM_OFFICER: N_("Trợ lý OCOP cho cán bộ"),
}
ABOUT = {
    Channel.TELEGRAM: N_(
        "Mình giúp bà con đăng ký, làm hồ sơ OCOP bằng ảnh chụp, theo dõi kết quả và hỏi chính "
        "sách. Mình không bao giờ hỏi tiền, mã OTP hay tài khoản ngân hàng."
    ),
    Channel.TELEGRAM_OFFICER: N_(
        "Nhận báo hồ sơ mới, thẩm định và trả lời bà con ngay trong trò chuyện. Cần mã mời."
    ),
}
SHORT = {
    Channel.TELEGRAM: N_("Trợ lý làm hồ sơ OCOP cho bà con."),
    Channel.TELEGRAM_OFFICER: N_("Thẩm định hồ sơ OCOP trong trò chuyện."),
}


async def introduce(insist: Insist, channel: Channel, *, officers: bool) -> None:
    """Set what Telegram shows of the bot; a refusal is logged, the bot works without. `officers`:
    they are served on this bot."""
    in_groups = OFFICERS_GROUPS if officers else IN_GROUPS
    for lang in LANGUAGES:
        code = {"language_code": "" if lang == "vi" else lang}
        for what, words in (("Name", NAMES), ("Description", ABOUT), ("ShortDescription", SHORT)):
            field = {"Name": "name", "Description": "description"}.get(what, "short_description")
            await _set(insist, what, code, field, gettext(lang, words[channel]))
        commands = OFFICERS if channel is Channel.TELEGRAM_OFFICER else HOUSEHOLDS
        for scope, known in ((PRIVATE, commands), (GROUPS, in_groups)):
            told = [{"command": name, "description": gettext(lang, about)} for name, about in known]
            await _set(insist, "Commands", {**code, "scope": scope}, "commands", told)


async def _set(
    insist: Insist, what: str, where: Mapping[str, Any], field: str, value: str | list[Any]
) -> None:
    try:
        found = await insist(f"getMy{what}", where)
        if _same(found, field, value):
            return
        await insist(f"setMy{what}", {**where, field: value})
    except Refused as no:
        log.warning("profile not set", what=what, reason=no.description)


def _same(found: Any, field: str, value: str | list[Any]) -> bool:
    if isinstance(value, str):
        return bool(getattr(found, field) == value)
    return [(one.command, one.description) for one in found] == [
        (one["command"], one["description"]) for one in value
    ]
