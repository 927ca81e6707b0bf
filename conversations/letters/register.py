"""Letters about the register of products."""

from __future__ import annotations

from datetime import date

from conversations.letters import Line, Note, Press
from locales import N_
from models.content.text import Text
from models.messages import SentFile


def label(code: str, product: str, files: tuple[SentFile, ...]) -> Note:
    """The label, as a picture and to print."""
    return Note(
        (
            Line(
                N_(
                    "Nhãn QR của *{product}*. Tệp PDF in đúng cỡ 80 × 50 mm; người mua quét là "
                    "thấy giấy chứng nhận còn giá trị hay không."
                ),
                {"product": product},
            ),
        ),
        (Press(N_("Xem sản phẩm"), f"products:card={code}"),),
        files,
    )


def photo_down(code: str, product: str) -> Note:
    """An officer took the product's photo down."""
    return Note(
        (
            Line(N_("Cán bộ đã gỡ ảnh của *{product}* khỏi thẻ sản phẩm."), {"product": product}),
            Line(N_("Bà con gửi ảnh khác, chụp rõ đúng sản phẩm của mình, là hiện lại.")),
        ),
        (Press(N_("Xem sản phẩm"), f"products:card={code}"),),
    )


def revoked(code: str, product: str, decision: str, day: date, ground: Text, why: str) -> Note:
    """To the household: what was decided, why, and what it means."""
    return Note(
        (
            Line(
                N_("Giấy chứng nhận OCOP {code} của *{product}* đã bị thu hồi."),
                {"code": code, "product": product},
            ),
            Line(N_("Quyết định {number} ngày {day}."), {"number": decision, "day": day}),
            Line(N_("Căn cứ: {ground}"), {"ground": ground}),
            Line(N_("Lý do: {reason}"), {"reason": why}),
            Line(
                N_(
                    "Từ nay bà con không dùng nhãn OCOP và số sao này nữa. Chỗ nào chưa rõ, bà con "
                    "hỏi cán bộ nhé."
                )
            ),
        ),
        (Press(N_("Gặp cán bộ"), "nav:officer", style="primary"),),
    )


def perhaps_one(listed_id: int, producer_id: int, name: str) -> Note:
    """To the commune's officers: the list and the chat know a producer of the same name."""
    at = f"{listed_id}.{producer_id}"
    words = N_(
        "*{name}* vừa đăng ký, trùng tên với một cơ sở cùng xã trong danh sách của tỉnh. Có phải "
        "một cơ sở không?"
    )
    return Note(
        (Line(words, {"name": name}),),
        (
            Press(N_("Phải, nhập làm một"), f"joining:yes={at}", style="primary"),
            Press(N_("Không phải"), f"joining:no={at}"),
        ),
        key=f"joining:{at}",
    )


def joined(name: str) -> Note:
    """To the household: what the list had is its own now."""
    words = N_(
        "Cán bộ đã nối *{name}* với danh sách của tỉnh: sản phẩm, giấy chứng nhận đã có ở đây."
    )
    return Note((Line(words, {"name": name}),), (Press(N_("Menu"), "nav:menu"),))
