"""Every sentence of the web chat: what the page shows, and why something was refused.

Vietnamese here, English in locales/en/webchat.po. The page gets both languages in one piece.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

LANGUAGES = ("vi", "en")


class Translate(Protocol):
    """A language ("vi", "en"), a Vietnamese sentence and its fields in; the sentence out."""

    def __call__(self, lang: str, msgid: str, /, **fields: object) -> str: ...


def N_(msgid: str, /) -> str:
    """Mark a sentence for translation."""
    return msgid


@dataclass(slots=True)
class Refused(Exception):
    """A request that is not taken: an HTTP status, a word for the page, a sentence for people."""

    status: int
    code: str
    msgid: str


def unknown_chat() -> Refused:
    return Refused(
        401,
        "unknown_chat",
        N_("Cuộc trò chuyện này không còn nữa. Bà con bấm “Bắt đầu lại” để trò chuyện tiếp nhé."),
    )


def too_many_chats() -> Refused:
    return Refused(
        429,
        "too_many_chats",
        N_("Vừa có nhiều cuộc trò chuyện mới từ mạng này. Bà con đợi ít phút rồi thử lại nhé."),
    )


def too_fast() -> Refused:
    return Refused(
        429,
        "too_fast",
        N_("Bà con gửi nhanh quá, mình chưa đọc kịp. Bà con đợi một phút rồi gửi tiếp nhé."),
    )


def malformed() -> Refused:
    return Refused(
        400, "malformed", N_("Có gì đó chưa đúng. Bà con tải lại trang rồi thử lại giúp mình nhé.")
    )


def empty() -> Refused:
    return Refused(
        400, "empty", N_("Tin nhắn còn trống. Bà con gõ vài chữ hoặc gửi ảnh rồi bấm gửi nhé.")
    )


def too_long() -> Refused:
    return Refused(
        413,
        "too_long",
        N_("Tin nhắn dài quá 4.096 ký tự. Bà con chia thành vài tin ngắn hơn giúp mình nhé."),
    )


def busy() -> Refused:
    return Refused(
        503,
        "busy",
        N_("Lúc này đang có nhiều người cùng gửi. Bà con đợi một chút rồi thử lại nhé."),
    )


def no_file() -> Refused:
    return Refused(400, "no_file", N_("Chưa có tệp nào. Bà con chọn ảnh hoặc tệp rồi gửi nhé."))


def too_many_files() -> Refused:
    return Refused(
        413, "too_many_files", N_("Mỗi lần gửi nhiều nhất 20 tệp. Bà con gửi thành vài lần nhé.")
    )


def unknown_file() -> Refused:
    return Refused(
        404, "unknown_file", N_("Không tìm thấy tệp này. Bà con mở lại từ cuộc trò chuyện nhé.")
    )


def slot_over() -> Refused:
    return Refused(
        410,
        "slot_over",
        N_(
            "Liên kết này đã dùng rồi hoặc đã hết hạn."
            " Bà con quay lại cuộc trò chuyện và xin liên kết mới nhé."
        ),
    )


def bad_file(why: str) -> Refused:
    """Why a file was not kept (Attachment.refused) as an answer."""
    status, msgid = _BAD_FILE.get(why, _BAD_FILE["corrupt"])
    return Refused(status, why, msgid)


_BAD_FILE: Mapping[str, tuple[int, str]] = {
    "too_big": (
        413,
        N_(
            "Tệp lớn quá 20 MB. Bà con chụp lại ở cỡ ảnh vừa,"
            " hoặc chia tệp thành nhiều phần nhỏ hơn nhé."
        ),
    ),
    "bad_type": (
        415,
        N_(
            "Mình chỉ nhận ảnh (JPEG, PNG, WebP, HEIC), PDF, Word (DOCX) và Excel (XLSX)."
            " Bà con chụp ảnh giấy tờ, hoặc lưu tệp thành PDF rồi gửi lại nhé."
        ),
    ),
    "corrupt": (
        422,
        N_(
            "Tệp này bị hỏng, mình không mở được."
            " Bà con chụp lại hoặc lưu lại tệp rồi gửi giúp mình nhé."
        ),
    ),
    "unsafe": (
        422,
        N_(
            "Tệp này có phần không an toàn (như macro) nên mình không nhận."
            " Bà con lưu lại thành PDF rồi gửi nhé."
        ),
    ),
    "gone": (410, N_("Mình không lấy được tệp này. Bà con gửi lại giúp mình nhé.")),
}

PAGE: Mapping[str, str] = MappingProxyType(
    {
        "other_language": N_("English"),
        "other_language_hint": N_("Chuyển sang tiếng Anh"),
        "log": N_("Cuộc trò chuyện"),
        "from_us": N_("Trợ lý nói"),
        "from_you": N_("Bạn nói"),
        "write": N_("Nhắn cho trợ lý…"),
        "send": N_("Gửi"),
        "attach": N_("Gửi ảnh hoặc tệp"),
        "camera": N_("Chụp ảnh"),
        "older": N_("Xem tin cũ hơn"),
        "newest": N_("Tin mới"),
        "typing": N_("Trợ lý đang trả lời"),
        "reconnecting": N_("Mất mạng, đang nối lại…"),
        "sending": N_("Đang gửi…"),
        "unsent": N_("Chưa gửi được, sẽ tự gửi lại"),
        "uploading": N_("Đang gửi tệp"),
        "cancel": N_("Hủy"),
        "cancelled": N_("Đã hủy, chưa gửi tệp nào"),
        "open_image": N_("Phóng to ảnh"),
        "close": N_("Đóng"),
        "file": N_("Tệp"),
        "yesterday": N_("Hôm qua"),
        "start_again": N_("Bắt đầu lại"),
        "which_chat": N_("Trên máy này đã có cuộc trò chuyện trước. Mình tiếp tục hay mở mới?"),
        "go_on": N_("Tiếp tục"),
        "new_chat": N_("Mở cuộc trò chuyện mới"),
        "try_again": N_("Thử lại"),
        "gone": unknown_chat().msgid,
        "too_long": too_long().msgid,
        "too_big": _BAD_FILE["too_big"][1],
        "too_many_files": too_many_files().msgid,
        "drop": N_("Thả tệp vào đây để gửi"),
        "no_storage": N_(
            "Trình duyệt đang ở chế độ riêng tư: đóng trang là mất cuộc trò chuyện này."
        ),
    }
)

SLOT: Mapping[str, str] = MappingProxyType(
    {
        "slot_for": N_("Gửi giấy tờ cho mục"),
        "slot_how": N_(
            "Chụp hoặc chọn ảnh, PDF, DOCX, XLSX (mỗi tệp không quá 20 MB)."
            " Liên kết này chỉ dùng một lần."
        ),
        "slot_choose": N_("Chọn ảnh hoặc tệp"),
        "slot_send": N_("Gửi các tệp này"),
        "slot_done": N_("Mình đã nhận được. Bà con quay lại cuộc trò chuyện để làm tiếp nhé."),
        "slot_unsent": N_("Chưa gửi được. Bà con kiểm tra mạng rồi bấm gửi lại nhé."),
    }
)
NO_SCRIPT = N_("Trang này cần JavaScript. Bà con bật JavaScript hoặc mở bằng trình duyệt khác nhé.")


def page_words(translate: Translate) -> dict[str, dict[str, str]]:
    """Both languages of the page's words, by language and key."""
    words = {**PAGE, **SLOT}
    return {lang: {key: translate(lang, text) for key, text in words.items()} for lang in LANGUAGES}
