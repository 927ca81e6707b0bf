"""What a commune's poster says, from the settings and the content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.settings import Settings
from locales import gettext
from models.content import Content

if TYPE_CHECKING:
    from bot.documents.poster import Poster, Way


class NoPoster(Exception):
    """Why none can be made, one sentence for the operator."""


def made(settings: Settings, content: Content, wanted: str, lang: str = "vi") -> Poster:
    """The poster of the commune with this code or name. Raises NoPoster."""
    from bot.documents.poster import Poster

    commune = content.communes.get(wanted)
    if commune is None:
        found = [c for c in content.communes.values() if c.name.casefold() == wanted.casefold()]
        if len(found) != 1:
            raise NoPoster(f"{wanted} is no commune's code or name of this province.")
        commune = found[0]
    open_ways = ways(settings, lang)
    if not open_ways:
        raise NoPoster("PUBLIC_URL, ZALO_OA_LINK, ZALO_BOT_LINK or TELEGRAM_LINK must be set.")
    return Poster(
        title=gettext(lang, "Trợ lý OCOP"),
        commune=f"{commune.name}, {content.province.name}",
        lines=(
            gettext(lang, "Đăng ký sản phẩm, làm hồ sơ, gửi giấy tờ, hỏi chính sách: ngay trên "
                          "điện thoại."),
            gettext(lang, "Mở máy ảnh, đưa vào ô vuông, bấm vào đường dẫn hiện ra."),
        ),
        ways=open_ways,
        foot=gettext(
            lang,
            "Không bao giờ hỏi tiền, mã OTP hay tài khoản ngân hàng. Cần người giúp: đến bộ phận "
            "một cửa của xã, phường.",
        ),
    )  # fmt: skip


def ways(settings: Settings, lang: str) -> list[Way]:
    """The channels people may open, those of Zalo first: most people have it."""
    from bot.documents.poster import Way

    known = (
        ("Zalo", settings.zalo_oa_link or settings.zalo_bot_link),
        ("Telegram", settings.telegram_link),
        (gettext(lang, "Trang web"), settings.public_url),
    )
    return [Way(name, url) for name, url in known if url]
