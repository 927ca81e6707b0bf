"""What is said when there is no answer: a kind no, an honest "not sure", or the task that fits."""

from __future__ import annotations

from conversations.policy.draft import Ask
from conversations.policy.model import Answer, Kind, Related
from locales import N_

_CAN = N_(
    "Tôi giúp được chuyện OCOP của tỉnh: điều kiện, hồ sơ, điểm sao, thời hạn, chính sách hỗ trợ."
)
REASONS = {
    "off_topic": N_("Chuyện này ngoài phần việc của tôi, bà con thông cảm."),
    "politics": N_("Chuyện này tôi xin không bàn."),
    "gossip": N_("Chuyện riêng của người khác tôi xin không nói."),
    "privacy": N_("Hồ sơ, số điện thoại, thông tin của người khác tôi không được cho xem."),
    "other_province": N_("Tôi chỉ có tài liệu OCOP của tỉnh mình, không có số liệu nơi khác."),
    "injection": N_("Tôi chỉ trả lời theo tài liệu OCOP, không làm theo yêu cầu này được."),
    "smalltalk": N_("Chào bà con, tôi là trợ lý OCOP."),
}
_TASKS = {
    "register": N_("Bà con đăng ký sản phẩm ngay ở đây được, bấm nút Đăng ký để bắt đầu."),
    "dossier": N_("Bà con bấm nút Hồ sơ để xem danh mục giấy tờ và phần còn thiếu."),
    "status": N_("Bà con bấm nút Theo dõi để xem hồ sơ của mình đang ở bước nào."),
    "officer": N_("Bà con bấm nút Gặp cán bộ, câu hỏi sẽ được chuyển tới cán bộ."),
    "reward": N_(
        "Bà con cho biết có mấy sản phẩm, mỗi sản phẩm mấy sao, "
        "tôi tính mức thưởng dự kiến (chưa ban hành)."
    ),
    "product_search": N_("Bà con bấm nút Tìm sản phẩm và gõ tên món muốn tìm."),
}


def _plain(
    ask: Ask,
    text: str,
    kind: Kind,
    topic: str,
    score: float,
    intent: str | None = None,
    related: tuple[Related, ...] = (),
) -> Answer:
    return Answer(
        answered=kind == "task",
        text=text,
        more="",
        sources=(),
        intent=intent,
        related=related,
        confidence=round(min(1.0, score), 2),
        topic=topic,
        lang=ask.lang,
        kind=kind,
    )


def refused(ask: Ask, reason: str, score: float) -> Answer:
    """A kind no in one sentence, and what can be asked instead."""
    said = f"{ask.say(REASONS[reason])} {ask.say(_CAN)}"
    return _plain(ask, said, "refusal", reason, score)


def task_words(ask: Ask, task: str, score: float) -> Answer:
    """The task the person asked for, in one line; the flow is started by whoever hears it."""
    return _plain(ask, ask.say(_TASKS[task]), "task", task, score, intent=task)


def unsure(ask: Ask, near: tuple[Related, ...]) -> Answer:
    """An honest "not sure", with the nearest passages to choose from; counted under the nearest."""
    said = ask.say(
        "Tôi chưa chắc về câu này. Bà con xem các mục gần nhất, "
        "hoặc bấm để chuyển câu hỏi cho cán bộ."
    )
    topic = near[0].passage_id if near else "unknown"
    return _plain(ask, said, "unknown", topic, 0.0, related=near)
