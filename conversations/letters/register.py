"""Letters about the register of products."""

from __future__ import annotations

from conversations.letters import Line, Note, Press
from locales import N_
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
