"""Which set, whose ministry, which of the six sectors; and what a product named must not take."""

from __future__ import annotations

from datetime import date

import pytest

from conversations.policy import Answerer

TODAY = date(2026, 11, 30)

FIRST = (
    ("Rượu sim là đồ uống hay thực phẩm?", "Xếp vào đồ uống"),
    ("Trà hoa cúc có phải là đồ uống không?", "Không: xếp vào thực phẩm"),
    ("Is coffee a food or a drink in OCOP?", "It counts as food"),
    ("Bột nghệ có do Bộ Y tế quản lý không?", "Không: nhóm này do Bộ Nông nghiệp"),
    ("Nước khoáng đóng chai có phải bên y tế quản lý không?", "Đúng: nhóm này do Bộ Y tế"),
    ("Does the Ministry of Health manage soap?", "Yes: this group is managed by the Ministry of"),
    ("Xà phòng thảo mộc thì bộ nào phụ trách?", "Cơ quan chủ trì quản lý: Bộ Y tế"),
    ("vai det tay cua to phu nu thi vao bo san pham nao", "Bộ sản phẩm số 22"),
    ("Bia thủ công thì bộ công thương hay bộ y tế quản lý?", "Cơ quan chủ trì quản lý: Bộ Công"),
    ("Ai chủ trì quản lý nhóm du lịch cộng đồng?", "Cơ quan chủ trì quản lý: Bộ Văn hóa"),
    ("gio cha thi phieu so may", "Bộ sản phẩm số 8"),
    ("Nước ép ổi là thực phẩm chức năng hay đồ uống?", "Xếp vào đồ uống"),
    ("Is a rattan basket a handicraft?", "Yes: it counts as"),
    ("Bò khô thì bộ nào quản, có phải bộ y tế không?", "Không: nhóm này do Bộ Nông nghiệp"),
    ("Dép cói xuất khẩu thuộc bộ mấy?", "Bộ sản phẩm số 21"),
    ("Mật mía có phải hàng thực phẩm không?", "Đúng: xếp vào thực phẩm"),
    ("Nhóm đồ uống chia làm mấy bộ?", "Nhóm đồ uống có 4 bộ sản phẩm: số 14-17"),
    ("duoc lieu gom bo nao", "Nhóm dược liệu và sản phẩm từ dược liệu có 3 bộ"),
    ("nhóm gia vị gồm những bộ mô", "Nhóm gia vị có 2 bộ sản phẩm: số 9-10"),
    ("How many sets are in the handicraft group?", "The group handicrafts holds 2 product sets"),
    ("Cam ép thuộc bộ nào trong 26 bộ?", "Bộ sản phẩm số 17"),
    ("Siro dâu vào phiếu mấy trong OCOP?", "Bộ sản phẩm số 17"),
    ("Khăn dệt, nước mắm thì mỗi thứ vô bộ mô?", "Khăn: bộ số 22"),
)


@pytest.mark.parametrize(("question", "told"), FIRST)
def test_what_is_asked_of_a_set_comes_first(question: str, told: str, answerer: Answerer) -> None:
    answer = answerer.answer(question, TODAY)
    assert answer.text.removeprefix("- ").startswith(told), answer.text


OTHER = (
    "Nước mắm muốn lên 4 sao thì dùng mẫu phiếu nào?",
    "Mật ong phải nộp mấy mẫu cho hội đồng?",
    "Theo bộ tiêu chí của bún khô thì câu chuyện được mấy điểm?",
    "Làm bánh thì phải nộp phiếu nào, ai ký?",
    "Nhãn của em chưa có mã QR thì được mấy điểm?",
    "Mứt gừng bỏ mấy lạng đường?",
)


@pytest.mark.parametrize("question", OTHER)
def test_a_product_named_takes_no_other_question(question: str, answerer: Answerer) -> None:
    assert "qd26_nhom" not in answerer.answer(question, TODAY).topic.split("+")


SETS = (
    ("chim sao nuoi hot thi vao nhom nao", 25),
    ("Gà tre nuôi làm cảnh thuộc bộ nào?", 25),
    ("buoi say deo dong goi la hang tuoi hay che bien", 7),
    ("mứt vỏ cam của tui thì vô nhóm mô rứa?", 7),
    ("cá trích phơi khô chấm theo phiếu số mấy", 8),
    ("dê ủ trấu vô bộ nào", 8),
    ("bot rau ma thi cham theo phieu so may", 7),
    ("bánh ngào thuộc nhóm nào ạ", 6),
    ("trà lá dung rừng thì vào bộ sản phẩm số mấy", 12),
    ("rượu ngâm ba kích thuộc bộ nào", 15),
    ("nước ép thanh long vào nhóm nào", 17),
    ("tinh dau vo buoi thi bo may", 20),
    ("thung tre cua tui thi vo nhom mo", 21),
    ("túi vải thêu tay xếp nhóm nào", 22),
    ("Vườn bưởi đón khách tham quan thì đăng ký bộ nào?", 26),
    ("Which product set are dried bananas in?", 7),
    ("What set do caged songbirds belong to?", 25),
)


@pytest.mark.parametrize(("question", "number"), SETS)
def test_what_a_village_sells_is_in_a_set(question: str, number: int, answerer: Answerer) -> None:
    answer = answerer.answer(question, TODAY)
    assert answer.answered
    assert f"số {number}:" in answer.text or f"set {number}:" in answer.text, answer.text


@pytest.mark.parametrize(
    "question",
    ["Qua bo phan nao thi ho so len tinh?", "san pham nho cua toi ai cham", "Cao lá vằng bộ nào?"],
)
def test_what_is_no_product_or_unclear_gets_no_set(question: str, answerer: Answerer) -> None:
    assert answerer.answer(question, TODAY).topic != "qd26_nhom"


def test_points_of_a_criterion_are_no_set(answerer: Answerer) -> None:
    said = "Riêng phiếu của cà phê thì mục quảng bá được tối đa mấy điểm?"
    assert answerer.answer(said, TODAY).topic != "qd26_nhom"
