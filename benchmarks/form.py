"""The five-step form both sides of the benchmark fill in, and what people answer."""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "Đăng ký nhanh"
KINDS = (
    ("coop", "Hợp tác xã"),
    ("group", "Tổ hợp tác"),
    ("firm", "Doanh nghiệp nhỏ và vừa"),
    ("farm", "Trang trại"),
    ("household", "Hộ có đăng ký kinh doanh"),
)
ANSWERS = (("yes", "Có"), ("no", "Không"))


@dataclass(frozen=True, slots=True)
class Question:
    """A step: its key, its question, its choices when it has any."""

    key: str
    ask: str
    choices: tuple[tuple[str, str], ...] = ()


QUESTIONS = (
    Question("kind", "Bà con là loại chủ thể nào?", KINDS),
    Question("name", "Tên cơ sở là gì?"),
    Question("phone", "Số điện thoại của bà con?"),
    Question("amount", "Một năm làm ra bao nhiêu tạ?"),
    Question("sold", "Sản phẩm đã bán ở siêu thị chưa?", ANSWERS),
)
DONE = "Xong rồi, cảm ơn bà con."


def said(person: int, step: int) -> str:
    """What person number `person` answers to the step's question."""
    match QUESTIONS[step].key:
        case "kind":
            return KINDS[person % len(KINDS)][1]
        case "name":
            return f"Cơ sở mật ong số {person} Vườn Đồi"
        case "phone":
            return f"0912 34{person // 100 % 10} {person % 1000:03}"
        case "amount":
            return str(10 + person % 90)
        case _:
            return ANSWERS[person % 2][1]
