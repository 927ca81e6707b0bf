"""Letters about self-assessments."""

from __future__ import annotations

from conversations.letters import Line, Note, Press
from locales import N_
from models.messages import SentFile


def picture(product_id: int, product: str, file: SentFile) -> Note:
    """The result, drawn."""
    return Note(
        (Line(N_("Kết quả tự chấm *{product}* đây, bà con lưu lại nhé."), {"product": product}),),
        (Press(N_("Xem điểm"), f"score:see={product_id}"),),
        (file,),
    )
