"""A question for yes or no: the first line says which, where the rule knows it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from conversations.policy import Answerer
from conversations.policy.passages import VERDICTS
from conversations.policy.yes_no import first_word

TODAY = date(2026, 11, 29)
ROWS = (
    ("Quyết định 148 giờ còn áp dụng không?", "Không. Quyết định 148 nay hết hiệu lực"),
    ("Doanh nghiệp lớn có thuộc diện OCOP không?", "Không. Doanh nghiệp lớn không có"),
    ("San pham 2 sao co duoc nghi quyet 51 ho tro mua may khong", "Không. Phần 50% này"),
    ("Nghị quyết 51 năm nay còn hiệu lực không ạ?", "Chưa chắc."),
    ("Tôi im lặng thì có coi là đồng ý cho dùng dữ liệu cá nhân không?", "Không. Im lặng"),
    ("Tổ tư vấn có xuống xưởng xem không?", "Có. Tổ có thể đề xuất"),
    ("Nghỉ làm hẳn thì có bị thu hồi giấy không?", "Có. Ngừng sản xuất thì cũng bị thu hồi"),
    ("Khu homestay của tôi có phải nộp sản phẩm mẫu không?", "Không. Nhóm du lịch không cần nộp"),
    ("Gửi ảnh căn cước vào đây được không?", "Không gửi ảnh căn cước"),
    ("Is Decision 148 still in force?", "No. Decision 148"),
)


@pytest.mark.parametrize(("asked", "told"), ROWS)
def test_yes_or_no_comes_first(asked: str, told: str, answerer: Answerer) -> None:
    text = answerer.answer(asked, TODAY).text
    assert text.removeprefix("- ").startswith(told), text


def test_a_rule_that_still_held_is_not_told_to_be_over(answerer: Answerer) -> None:
    asked = "Nghị quyết 51 còn hiệu lực không?"
    assert not answerer.answer(asked, date(2024, 5, 1)).text.startswith("- Chưa chắc")


def test_what_is_denied_is_not_what_is_asked(answerer: Answerer) -> None:
    asked = "Quyết định 148 không còn áp dụng, vậy nộp theo mẫu nào?"
    assert not answerer.answer(asked, TODAY).text.startswith(("- Không.", "- Có."))


#: How people ask for yes or no, in many voices, and how the answer begins.
VOICES = (
    ("Homestay khỏi nộp mẫu phải không?", "Đúng. Nhóm du lịch không cần"),
    ("khong nop mau co duoc khong", "Không. Chủ thể nộp 5 sản phẩm mẫu"),
    ("We don't have to send samples for a homestay, right?", "Right. The tourism group"),
    ("Chủ thể không phải làm Mẫu 03 đúng không?", "Đúng. Mẫu 03 do UBND xã"),
    ("Tui phải viết cả mẫu 03 à?", "Không. Mẫu 03 do UBND xã"),
    ("Chỉ nộp bản điện tử có được không?", "Không. Nộp ở UBND xã"),
    ("nâng hạng thì khỏi chờ hết hạn phải k ad", "Đúng. Không phải chờ hết hạn"),
    ("Giấy OCOP có giá trị 5 năm đúng không?", "Không phải. Giấy chứng nhận từ 3 sao trở lên"),
    ("The certificate is valid for 36 months, right?", "Right. A certificate"),
    ("Lộ dữ liệu phải báo trong 24 giờ đúng không?", "Không. Lộ dữ liệu: báo cơ quan trong 72 giờ"),
    ("lo du lieu thi bao trong 72 gio phai khong", "Đúng. Lộ dữ liệu"),
    ("Dán sao OCOP lên món khác chưa chấm, giấy có can chi không hè?", "Có. Dùng nhãn hiệu OCOP"),
    ("We stick the OCOP mark on other products. Could we lose the stars?", "Yes. Misleading use"),
    ("We lied in the papers, can we keep the certificate?", "No. False statements"),
    ("Nghỉ không mần món nớ nữa thì có bị thu giấy, mất sao không?", "Có. Ngừng sản xuất"),
    ("Ngừng sản xuất rồi thì giấy còn dùng được không?", "Không. Ngừng sản xuất"),
    ("Bác tôi bảo xã chấm sao luôn, có đúng không?", "Không. Xã, phường nhận hồ sơ"),
    ("5 sao là tỉnh công nhận hả?", "Không. 5 sao: Bộ"),
    ("Does the province recognise 5 stars?", "No. 5 stars: the Ministry"),
    ("Có HACCP rồi thì khỏi xin giấy ATTP đúng không?", "Đúng. Đã có GMP, HACCP"),
    ("nau ruou ban khoi can giay phep dung khong", "Không đúng. Nấu rượu thủ công"),
    ("I don't need a licence to sell home-made spirit, right?", "No, that is not right."),
    ("Hàng tươi có phải tự công bố không?", "Không. Hàng tươi"),
    ("Nghị định 15/2018 hết hiệu lực rồi à?", "Không. Hiện theo Nghị định 15/2018"),
    ("Nghị định 46 áp dụng chưa?", "Chưa. Nghị định 46/2026"),
    ("Ghi nhãn theo nghị định 43 còn đúng không?", "Không. Nghị định này thay"),
    ("Năm 2024 tôi nộp hồ sơ ở huyện, hồi đó vậy có đúng không?", "Đúng. Theo Quyết định 148"),
    ("Quyết định 148 không còn áp dụng đúng không?", "Đúng. Quyết định 148 nay hết"),
    ("Im lặng không phải là đồng ý, đúng không?", "Đúng. Im lặng không phải"),
    ("Nước mắm Phú Sáng xuất khẩu chưa?", "Rồi. Ba loại nước mắm"),
    ("Tôm nõn Hoa Linh Chi đã bán ra nước ngoài chưa?", "Chưa chắc. Báo cáo xếp"),
    ("Is 20 billion dong approved for OCOP already?", "Not yet."),
    ("Chỉ hợp tác xã mới được làm OCOP phải không?", "Không. Được đăng ký: hợp tác xã"),
    ("Nguyên liệu nhập khẩu toàn bộ thì có được chấm không?", "Không. Bị loại nếu toàn bộ"),
)  # fmt: skip
#: What is denied, narrowed or asked about something else: no yes, no "that is right".
NO_YES = (
    "Nghị định 15 không còn dùng nữa đúng không?",
    "Nộp mỗi bản giấy thôi được không?",
    "Chỉ hợp tác xã được tham gia OCOP đúng không?",
    "Kỳ chấm lại sau 36 tháng, mọi cơ sở đều bị đoàn về xưởng xem tận nơi à?",
    "Người ta nói phải lên hợp tác xã mới được thi, tổ hợp tác thì đừng mơ. Nói vậy có đúng không?",
    "Xưởng gắn camera để theo dõi ai, theo dõi công nhân à?",
    "20 tỷ làm OCOP đã được duyệt chi chưa hay mới tính thôi?",
    "A friend says 20 billion dong has already been approved. Is that right?",
    "tôm nõn hoa linh chi xuất khẩu được chưa hay mới tiềm năng",
    "Năm ngoái tôi được 4 sao theo luật cũ, giờ có bị bắt chấm lại theo luật mới không?",
    "Không dùng logo OCOP có bị thu hồi giấy không?",
    "Ghi nhãn đúng quy định thì có bị thu hồi giấy không?",
    "Bị thu hồi giấy thì có bị phạt tiền không?",
    "Nguyên liệu nhập một phần từ Lào có bị loại không?",
    "Giấy cấp 2 năm trước còn hạn không?",
    "Is filing a trademark application enough for 3 stars?",
    "Nộp Mẫu 01 với Mẫu 02 là đủ hồ sơ chưa?",
    "Hộ gia đình khỏi cần đăng ký kinh doanh, đúng không?",
    "Ghi nhãn theo Nghị định 43/2017 còn đúng không?",
    "Công nhân toàn nữ có được cộng điểm không?",
    "Đi hội chợ quốc tế thì sở nào hướng dẫn hả ad?",
    "Cu đơ Bà Hường đã sang Nhật chưa?",
)
_YES = ("Có.", "Đúng.", "Rồi.", "Yes.", "Right.")


@pytest.mark.parametrize(("asked", "told"), VOICES)
def test_the_word_fits_how_it_is_asked(asked: str, told: str, answerer: Answerer) -> None:
    text = answerer.answer(asked, date(2026, 12, 1)).text
    assert text.removeprefix("- ").startswith(told), text


@pytest.mark.parametrize("asked", NO_YES)
def test_a_wrong_yes_is_never_said(asked: str, answerer: Answerer) -> None:
    text = answerer.answer(asked, date(2026, 12, 1)).text
    assert not text.removeprefix("- ").startswith(_YES), text


def test_every_list_of_verdicts_has_its_word(answerer: Answerer) -> None:
    assert {v for v in VERDICTS if v not in ("must", "free", "harm", "figure")} <= set(
        first_word.WORDS
    )
    passages = answerer.library.passages.values()
    told = [v for p in passages for v in p.verdicts if v]
    assert len(told) > 30


NO = ("Không", "Chưa.", "No", "Not yet")
YES = ("Có", "Đúng", "Rồi", "Yes", "Right")
WRONG = {"yes": NO, "no": YES, "unknown": (*YES, *NO)}
ASKED = [
    line.split(" | ", 2)
    for line in Path(__file__).with_name("yes_no.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("true", "day", "asked"), ASKED)
def test_no_answer_begins_with_the_wrong_word(
    true: str, day: str, asked: str, answerer: Answerer
) -> None:
    answer = answerer.answer(asked, date.fromisoformat(day))
    first = answer.text.removeprefix("- ")
    said = any(
        re.match(rf"{re.escape(word)}(?=[.,:]| (?:phải|đúng)\b)", first) for word in WRONG[true]
    )
    assert not (answer.answered and said), answer.text
