"""Letters about the register of products."""

from __future__ import annotations

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
        (_card(code),),
        files,
    )


def photo_down(code: str, product: str) -> Note:
    """An officer took the product's photo down."""
    return Note(
        (
            Line(N_("Cán bộ đã gỡ ảnh của *{product}* khỏi thẻ sản phẩm."), {"product": product}),
            Line(N_("Bà con gửi ảnh khác, chụp rõ đúng sản phẩm của mình, là hiện lại.")),
        ),
        (_card(code),),
    )


DECIDED = N_("Quyết định {number} ngày {day} của {who}.")


def revoked(code: str, product: str, decided: Line, ground: Text, why: str) -> Note:
    """To the household: what was decided, why, and what it means."""
    return Note(
        (
            Line(
                N_("Giấy chứng nhận OCOP {code} của *{product}* đã bị thu hồi."),
                {"code": code, "product": product},
            ),
            decided,
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


def revoked_to_officers(code: str, product: str, producer: str, decided: Line) -> Note:
    """To the commune, where people will ask."""
    words = N_("Giấy chứng nhận OCOP {code} của *{product}* ({producer}) đã bị thu hồi.")
    fields = {"code": code, "product": product, "producer": producer}
    return Note((Line(words, fields), decided), (_card(code),))


def restored(code: str, product: str) -> Note:
    """It was never revoked: a mistake of the office."""
    words = N_(
        "Cán bộ đã ghi nhầm: giấy chứng nhận OCOP {code} của *{product}* không bị thu hồi. Nhãn và "
        "số sao vẫn dùng như trước. Xin lỗi vì sự nhầm lẫn."
    )
    return Note((Line(words, {"code": code, "product": product}),), (_card(code),))


def _card(code: str) -> Press:
    return Press(N_("Xem sản phẩm"), f"products:card={code}")


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


def same_one(request_id: int, listed: str, producer: str, *, by_officer: bool) -> Note:
    """To the side that has to confirm: the list's producer is said to be the registered one."""
    words = (
        N_("Cán bộ thấy *{listed}* trong danh sách của tỉnh là *{producer}* của bà con. Đúng chứ?")
        if by_officer
        else N_("*{producer}* nói *{listed}* trong danh sách của tỉnh là cơ sở của họ. Đúng không?")
    )
    return Note(
        (
            Line(words, {"listed": listed, "producer": producer}),
            Line(N_("Đúng thì sản phẩm, giấy chứng nhận trong danh sách về cơ sở đã đăng ký.")),
        ),
        (
            Press(N_("Đúng, nhập làm một"), f"same_producer:yes={request_id}", style="primary"),
            Press(N_("Không phải"), f"same_producer:no={request_id}"),
        ),
        key=f"same:{request_id}",
    )


def not_joined(listed: str, producer: str) -> Note:
    """To who asked."""
    words = N_("*{listed}* trong danh sách và *{producer}* không phải một cơ sở: vẫn để riêng.")
    fields = {"listed": listed, "producer": producer}
    return Note((Line(words, fields),), (Press(N_("Menu"), "nav:menu"),))
