"""Letters of announcements: to the people they are for, and to the officers who are behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conversations.letters import Line, Note, Press
from conversations.records import AnnouncementView, EventView, Progress
from locales import N_, datetime_, gettext
from models.content.text import Text
from models.messages import Button, Say, SentFile

#: Who speaks, as the reader knows them.
FROM = {
    "commune": N_("cán bộ {name}, {place}"),
    "province": N_("cán bộ tỉnh {name}"),
    "admin": N_("cán bộ tỉnh {name}"),
}
SENT = (
    ("sent", N_("Đã tới: {n}")),
    ("waiting", N_("Đang chờ gửi: {n}")),
    ("refused", N_("Kênh không nhận: {n}")),
    ("unsubscribed", N_("Đã tắt chủ đề này: {n}")),
    ("no_channel", N_("Không còn kênh nào: {n}")),
    ("cancelled", N_("Dừng trước khi gửi: {n}")),
)


@dataclass(frozen=True, slots=True)
class Announced:
    """The announcement as a person reads it. Officers' words stay as they wrote them.

    `trial`: the copy to its author; its buttons lead back to the draft of that number.
    """

    topic: str
    topic_name: Text
    speaker: Line
    text: str
    file: SentFile | None = None
    event: EventView | None = None
    key: str = ""
    trial: int = 0

    def say(self, lang: str) -> Say:
        name = self.topic_name(lang)
        head = f"*{name}* · {self.speaker.tell(lang)}"
        parts = [head, self.text]
        if self.trial:
            parts.insert(0, gettext(lang, N_("(Bản gửi thử cho riêng anh/chị)")))
        rows: list[tuple[Button, ...]] = []
        if self.event is not None:
            parts.append(event_lines(lang, self.event))
            join = gettext(lang, N_("Đăng ký đi"))
            action = self._action(f"event:join={self.event.id}")
            rows.append((Button(join, action, style="primary"),))
        off = gettext(lang, N_("Thôi nhận tin “{topic}”"), topic=name)
        rows.append((Button(off, self._action(f"subscriptions:off={self.topic}")),))
        files = (self.file,) if self.file else ()
        return Say("\n\n".join(parts), tuple(rows), files, self.key)

    def _action(self, action: str) -> str:
        return f"announcement_desk:open={self.trial}" if self.trial else action


def event_lines(lang: str, event: EventView) -> str:
    """Name, place, start and seats of an event."""
    lines = [
        f"*{event.name}*",
        gettext(lang, N_("Ở đâu: {place}"), place=event.place),
        gettext(lang, N_("Lúc: {at}"), at=datetime_(lang, event.starts_at)),
    ]
    if event.seats:
        lines.append(gettext(lang, N_("Số chỗ: {n}"), n=event.seats))
    return "\n".join(lines)


def approval(one: AnnouncementView, topic: Text, who: str, people: int) -> Note:
    """To the province's other officers: may it go out? Key "approve:ID"."""
    lines = (
        Line(
            N_("{who} xin gửi thông báo *{topic}* tới {n} người. Cần anh/chị đồng ý."),
            {"who": who, "topic": topic, "n": people},
        ),
        Line("{text}", {"text": one.text}),
    )
    presses = (
        Press(N_("Xem trước"), f"announcement_desk:open={one.id}", style="primary"),
        Press(N_("Đồng ý gửi"), f"announcement_desk:approve={one.id}", style="danger"),
        Press(N_("Không đồng ý"), f"announcement_desk:reject={one.id}"),
    )
    return Note(lines, presses, key=f"approve:{one.id}")


def approval_settled(number: int, topic: Text, words: str, who: str) -> Note:
    """Over the letter that asked, once somebody answered or the time was up."""
    line = Line(words, {"topic": topic, "who": who})
    return Note((line,), (_open(number),), key=f"approve:{number}")


APPROVED = N_("Thông báo *{topic}*: {who} đã đồng ý gửi.")
REJECTED = N_("Thông báo *{topic}*: {who} không đồng ý.")
LAPSED = N_("Thông báo *{topic}* quá hạn duyệt, không gửi.")
WITHDRAWN = N_("Thông báo *{topic}* đã được rút lại.")


def approved(number: int, topic: Text, who: str) -> Note:
    """To its author."""
    words = N_("{who} đã đồng ý. Thông báo *{topic}* sẽ được gửi.")
    return Note((Line(words, {"who": who, "topic": topic}),), (_open(number),))


def rejected(number: int, topic: Text, who: str, reason: str) -> Note:
    lines = (
        Line(N_("{who} không đồng ý gửi thông báo *{topic}*."), {"who": who, "topic": topic}),
        Line(N_("Lý do: {reason}"), {"reason": reason}),
    )
    return Note(lines, (_open(number),))


def lapsed(number: int, topic: Text, hours: int) -> Note:
    words = N_(
        "Thông báo *{topic}* chưa ai duyệt sau {n} giờ nên không gửi nữa. Anh/chị gọi một cán bộ "
        "tỉnh khác rồi soạn lại nhé."
    )
    return Note((Line(words, {"topic": topic, "n": hours}),), (_open(number),))


def out_of_reach(number: int, topic: Text) -> Note:
    """The author's rights no longer cover the segment when it was to be sent."""
    words = N_("Thông báo *{topic}* không gửi: quyền của anh/chị không còn bao hết nơi nhận.")
    return Note((Line(words, {"topic": topic}),), (_open(number),))


def under_way(number: int, topic: Text, told: Progress) -> Note:
    """How far it is. Key "announcement:ID": replaced in place where the channel can."""
    done = told.total - told.waiting
    lines = [
        Line(
            N_("Đang gửi thông báo *{topic}*: xong {done}/{n} người"),
            {"topic": topic, "done": done, "n": told.total},
        ),
        *counted(told),
    ]
    presses = (
        Press(N_("Làm mới"), f"announcement_desk:open={number}"),
        Press(N_("Dừng gửi"), f"announcement_desk:stop={number}", style="danger"),
    )
    return Note(tuple(lines), presses, key=f"announcement:{number}")


def finished(number: int, topic: Text, told: Progress, event: EventView | None = None) -> Note:
    """The delivery report."""
    lines = [Line(N_("Đã gửi xong thông báo *{topic}*."), {"topic": topic}), *counted(told)]
    return Note(tuple(lines), report_presses(number, event))


def report_presses(number: int, event: EventView | None) -> tuple[Press, ...]:
    """What may be done with an announcement that was sent."""
    presses = [Press(N_("Tải bảng Excel"), f"announcement_desk:report={number}")]
    if event is not None:
        presses.insert(
            0, Press(N_("Danh sách dự"), f"attendance_desk:open={event.id}", style="primary")
        )
    return tuple(presses)


def counted(told: Progress) -> Sequence[Line]:
    """A line for each count that is not nothing."""
    numbers = [(words, getattr(told, name)) for name, words in SENT]
    return [Line("• {line}", {"line": Line(words, {"n": n})}, tight=True)
            for words, n in numbers if n]  # fmt: skip


def report(number: int, topic: Text, files: tuple[SentFile, ...]) -> Note:
    words = N_("Ai đã nhận thông báo *{topic}*, từng cơ sở một.")
    return Note((Line(words, {"topic": topic}),), (_open(number),), files)


def _open(number: int) -> Press:
    return Press(N_("Xem thông báo"), f"announcement_desk:open={number}")


# -- events ---------------------------------------------------------------------------------------
def seat_free(event: EventView) -> Note:
    """From the waiting list to a seat."""
    line = Line(N_("Có chỗ rồi! Bà con được dự *{name}*, {at}, ở {place}."), _event_fields(event))
    return Note((line,), _event_presses(event))


def reminder(event: EventView, *, today: bool) -> Note:
    """To those who signed up, the day before and the same morning."""
    words = (
        N_("Hôm nay có *{name}*: {at}, ở {place}. Đến nơi bà con hỏi mã ở cửa rồi gõ vào đây.")
        if today
        else N_("Mai có *{name}*: {at}, ở {place}. Bà con nhớ đi nhé. Không đi được thì báo giúp.")
    )
    return Note((Line(words, _event_fields(event)),), _event_presses(event))


def called_off(event: EventView) -> Note:
    words = N_("*{name}* lúc {at} không tổ chức nữa. Bà con không phải đi. Xin lỗi bà con.")
    return Note((Line(words, _event_fields(event)),))


def _event_fields(event: EventView) -> dict[str, object]:
    return {"name": event.name, "at": event.starts_at, "place": event.place}


def _event_presses(event: EventView) -> tuple[Press, ...]:
    return (
        Press(N_("Xem sự kiện"), f"event:open={event.id}", style="primary"),
        Press(N_("Tôi không đi được"), f"event:leave={event.id}"),
    )
