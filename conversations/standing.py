"""What a certificate's code says today, in words for whoever scans it: does it hold, why not, and
what to do then. Chat card and public page say the same.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from conversations.records import PublicProduct
from locales import N_, date_, gettext
from models.content import Content

OPENED = "p-"  # before a code in a link that opens the product in a talk


class Standing(StrEnum):
    """What a certificate's code says today."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


_DAYS = {
    Standing.VALID: N_("Còn giá trị đến hết {end}."),
    Standing.EXPIRED: N_("Đã hết giá trị từ sau ngày {end}."),
    Standing.REVOKED: N_("Đã bị thu hồi ngày {revoked}."),
}
_DO = {
    Standing.EXPIRED: N_("Số sao này không dùng nữa. Mua hàng thì hỏi nơi bán giấy mới."),
    Standing.REVOKED: N_(
        "Sản phẩm này không được mang nhãn OCOP nữa. Thấy còn bán với nhãn "
        "OCOP, bà con phản ánh để cán bộ xem."
    ),
}


def standing(one: PublicProduct, today: date) -> Standing:
    """Where the certificate stands."""
    if one.revoked_on is not None:
        return Standing.REVOKED
    return Standing.VALID if one.valid_to >= today else Standing.EXPIRED


def stars(lang: str, one: PublicProduct, today: date) -> str:
    """The stars, and that they are no more when they are no more."""
    holds = standing(one, today) is Standing.VALID
    words = N_("{n} sao OCOP") if holds else N_("Từng đạt {n} sao OCOP")
    return gettext(lang, words, n=one.stars)


def told(
    content: Content, lang: str, one: PublicProduct, today: date, *, buyer: bool = True
) -> list[str]:
    """The day, whose decision and on which ground, and what a buyer does."""
    state = standing(one, today)
    revoked = date_(lang, one.revoked_on) if one.revoked_on else ""
    lines = [gettext(lang, _DAYS[state], end=date_(lang, one.valid_to), revoked=revoked)]
    if state is Standing.REVOKED:
        lines += _decided(content, lang, one)
    if one.newer:
        lines.append(
            gettext(lang, N_("Sản phẩm đã có giấy chứng nhận mới: {code}."), code=one.newer)
        )
    elif buyer and state in _DO:
        lines.append(gettext(lang, _DO[state]))
    return lines


def _decided(content: Content, lang: str, one: PublicProduct) -> list[str]:
    lines = []
    if one.revoked_by:
        who = content.process.revoker(one.stars).who(lang)
        words = N_("Theo quyết định {number} của {who}.")
        lines.append(gettext(lang, words, number=one.revoked_by, who=who))
    ground = content.process.ground(one.ground)
    if ground is not None:
        lines.append(gettext(lang, N_("Căn cứ: {ground}"), ground=ground.text(lang)))
    return lines
