"""What a complaint may be about, how it may end, and the words by which people ask to make one."""

from __future__ import annotations

import re

from locales import N_
from models.content.fold import fold

#: Kept with each complaint: never rename one.
KIND_WORDS: dict[str, str] = {
    "quality": N_("Chất lượng kém, không như giới thiệu"),
    "safety": N_("An toàn thực phẩm"),
    "mark": N_("Dùng sai nhãn OCOP, sai số sao, hàng giả"),
    "wrong": N_("Thông tin ghi sai"),
    "other": N_("Việc khác"),
}
OUTCOMES: dict[str, str] = {
    "settled": N_("Đã xử lý"),
    "warned": N_("Đã nhắc cơ sở sửa"),
    "passed": N_("Đã chuyển cơ quan có thẩm quyền"),
    "unfounded": N_("Chưa đủ căn cứ"),
}
_MEANT = re.compile(
    r"\b(?:phan anh|bao cao|bao(?! (?:nhieu|gio|lau|bi|goi|tieu|dam|ham)\b)"
    r"|to cao|to giac|khieu nai|report|complain)\b.{0,40}"
    r"\b(?:hang gia|hang nhai|hang kem|gia mao|nhai|chat luong|kem chat luong|san pham"
    r"|an toan thuc pham|nhan ocop|nhan mac|ngo doc|fake|counterfeit|quality|product)\b"
)


def meant(text: str) -> bool:
    """ "tôi muốn báo cáo hàng giả": somebody wants to report, and asks nothing."""
    said = " ".join(fold(text).split())
    return len(said.split()) <= 20 and bool(_MEANT.search(said))
