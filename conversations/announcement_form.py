"""An officer composes an announcement: what, to whom, when, and the event it invites to.

Nothing is sent from here: it becomes a draft, to be looked at, tried out and confirmed
(announcement_desk.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from conversations.announcement_rules import may_announce
from conversations.asker import source
from conversations.context import Ctx
from conversations.events import AnnouncementDrafted, Invited
from conversations.forms import Done, Form
from conversations.more_steps import FileStep, Hour, Many, time_of
from conversations.records import Segment
from conversations.segment_words import KIND_CHOICES
from conversations.steps import Answers, Choice, Choose, Day, Is, Number, Review, Step, Text
from locales import N_

LONGEST = 1200  # characters: with its event it fits the shortest channel
_EVENT = Is("event", ("yes",))
_LATER = Is("when", ("later",))

STEPS: tuple[Step, ...] = (
    Choose("topic", N_("Thông báo về việc gì?"), N_("Chủ đề"), source="announcement_topics"),
    Text(
        "text",
        N_("Nội dung thông báo?"),
        N_("Lời thông báo"),
        least=10,
        most=LONGEST,
        lines=True,
        hint=N_("Viết ngắn, dễ hiểu: việc gì, ai nên đọc, cần làm gì. Bà con đọc trên điện thoại."),
    ),
    FileStep(
        "file",
        N_("Có ảnh hoặc tệp gửi kèm không?"),
        N_("Gửi kèm"),
        optional=True,
        hint=N_("Gửi một ảnh hoặc một tệp vào đây. Không có thì bấm “Bỏ qua”."),
    ),
    Many(
        "communes",
        N_("Gửi cho xã, phường nào?"),
        N_("Nơi nhận"),
        optional=True,
        source="own_communes",
        browse="own_communes",
        hint=N_("Nhiều xã thì cách nhau dấu phẩy. Bỏ qua: mọi nơi anh/chị phụ trách."),
        unknown=N_("“{said}” không phải xã, phường anh/chị phụ trách, hoặc mình chưa tìm ra."),
    ),
    Choose("who", N_("Gửi cho cơ sở nào?"), N_("Ai nhận"), options=KIND_CHOICES),
    Many(
        "sets",
        N_("Bộ sản phẩm nào?"),
        N_("Bộ sản phẩm"),
        Is("who", ("sets",)),
        source="set_numbers",
        browse="no_options",
        hint=N_("Gõ số bộ hoặc tên sản phẩm. Nhiều bộ thì cách nhau dấu phẩy: 4, 11"),
    ),
    Many(
        "stars",
        N_("Sản phẩm mấy sao?"),
        N_("Hạng sao"),
        Is("who", ("stars",)),
        source="star_ranks",
        browse="star_ranks",
        hint=N_("Bấm một nút, hoặc gõ nhiều hạng: 3, 4"),
    ),
    Many(
        "types",
        N_("Loại cơ sở nào?"),
        N_("Loại cơ sở"),
        Is("who", ("types",)),
        source="types_of_producers",
        browse="types_of_producers",
        hint=N_("Bấm một nút, hoặc gõ nhiều loại, cách nhau dấu phẩy."),
    ),
    Choose(
        "event",
        N_("Có mời bà con đến dự không?"),
        N_("Mời dự"),
        options=(Choice("no", N_("Không, chỉ báo tin")), Choice("yes", N_("Có, cho đăng ký"))),
    ),
    Text("name", N_("Tên buổi này là gì?"), N_("Tên buổi"), _EVENT, least=5, most=150),
    Text("place", N_("Ở đâu?"), N_("Địa điểm"), _EVENT, least=4, most=200),
    Day("day", N_("Ngày nào?"), N_("Ngày dự"), _EVENT, hint=N_("Ví dụ: 25/11/2026.")),
    Hour("hour", N_("Mấy giờ bắt đầu?"), N_("Giờ bắt đầu"), _EVENT, hint=N_("Ví dụ: 8h00")),
    Number(
        "seats",
        N_("Có bao nhiêu chỗ?"),
        N_("Số chỗ"),
        _EVENT,
        optional=True,
        least=1,
        most=5000,
        whole=True,
        hint=N_("Không giới hạn thì bấm “Bỏ qua”."),
    ),
    Choose(
        "when",
        N_("Gửi lúc nào?"),
        N_("Lúc gửi"),
        options=(Choice("now", N_("Gửi ngay")), Choice("later", N_("Hẹn giờ"))),
    ),
    Day("send_day", N_("Gửi ngày nào?"), N_("Ngày gửi"), _LATER),
    Hour("send_hour", N_("Gửi lúc mấy giờ?"), N_("Giờ gửi"), _LATER, hint=N_("Ví dụ: 8h00")),
    Review("keep", N_("Anh/chị xem lại trước khi xem thử:"), send=N_("Xem thử")),
)


@source("announcement_topics")
def topics(ctx: Ctx, answers: Answers) -> tuple[Choice, ...]:
    """From the content."""
    known = ctx.content.announcements.topics
    return tuple(Choice(t.id, t.name(ctx.lang), translated=True) for t in known)


class AnnouncementForm(Form):
    """answers: the steps'; "_id" is the draft that is being changed."""

    key = "announcement_form"
    title = N_("Soạn thông báo")
    needs_consent = False
    officers_only = True
    steps = STEPS

    def facts(self, ctx: Ctx, answers: Mapping[str, Any]) -> dict[str, Any]:
        """An officer of one commune writes to that one."""
        officer = ctx.person.officer
        if officer is None or officer.role != "commune" or len(officer.communes) != 1:
            return {}
        return {"communes": sorted(officer.communes)}

    def finish(self, ctx: Ctx, answers: Mapping[str, Any]) -> Done:
        officer, segment = ctx.person.officer, segment_of(ctx, answers)
        if officer is None or not may_announce(officer, segment):
            return Done(
                note=ctx.t("Anh/chị không phụ trách nơi nhận này."), then="announcement_desk"
            )
        if wrong := problem(ctx, answers):
            note, steps = wrong
            return self.again(answers, note, *steps)
        drafted = AnnouncementDrafted(
            topic=str(answers["topic"]),
            text=str(answers["text"]),
            segment=segment,
            form={k: v for k, v in answers.items() if k not in ("keep", "_id", "id")},
            file=answers.get("file"),
            due_at=at(ctx, answers, "send_day", "send_hour"),
            invited=invited(ctx, answers),
            draft_id=int(str(answers.get("_id") or 0)),
        )
        return Done((drafted,), "", "announcement_desk", {"newest": True})


def segment_of(ctx: Ctx, answers: Mapping[str, Any]) -> Segment:
    """Whom the answers mean. A commune officer's "everywhere" is its own communes, by name."""
    officer = ctx.person.officer
    communes = tuple(answers.get("communes") or ())
    if not communes and officer is not None and officer.role == "commune":
        communes = tuple(sorted(officer.communes))
    kind = str(answers["who"])
    return Segment(communes, kind, tuple(answers.get(kind) or ()))


def at(ctx: Ctx, answers: Mapping[str, Any], day: str, hour: str) -> datetime | None:
    """The instant of a day and an hour on the province's clock; None when they were not asked."""
    if not answers.get(day):
        return None
    clock = time_of(answers.get(hour)) or time(8)
    local = datetime.combine(date.fromisoformat(str(answers[day])), clock)
    return local.replace(tzinfo=ctx.content.province.zone).astimezone(ctx.now.tzinfo)


def invited(ctx: Ctx, answers: Mapping[str, Any]) -> Invited | None:
    starts = at(ctx, answers, "day", "hour")
    if starts is None:
        return None
    seats = int(answers.get("seats") or 0)
    return Invited(str(answers["name"]), str(answers["place"]), starts, seats)


def problem(ctx: Ctx, answers: Mapping[str, Any]) -> tuple[str, tuple[str, ...]] | None:
    """What does not fit together, and the steps to ask again."""
    sends, starts = at(ctx, answers, "send_day", "send_hour"), at(ctx, answers, "day", "hour")
    if starts is not None and starts <= ctx.now:
        return ctx.t("Giờ bắt đầu đã qua rồi. Anh/chị chọn lại."), ("day", "hour")
    if sends is not None and sends <= ctx.now:
        return ctx.t("Giờ gửi đã qua rồi. Anh/chị chọn lại."), ("send_day", "send_hour")
    if sends is not None and starts is not None and sends >= starts:
        return ctx.t("Tin phải gửi trước khi bắt đầu. Anh/chị chọn lại."), ("send_day", "send_hour")
    return None
