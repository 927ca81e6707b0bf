"""An announcement as officers read it: the list, the preview with its count, how far it is."""

from __future__ import annotations

from dataclasses import replace

from conversations import announcement_rules
from conversations.context import Ctx
from conversations.letters import Line
from conversations.letters import announcements as letters
from conversations.records import AnnouncementView, EventView, OfficerView
from conversations.rooms import button
from conversations.segment_words import told
from locales import N_, datetime_, gettext
from models.content import Content
from models.content.text import Text
from models.messages import Button, Say

RULE = "———"


def topic_name(content: Content, topic: str) -> Text:
    known = content.announcements.topic(topic)
    return known.name if known else Text(topic, topic)


def speaker(content: Content, officer: OfficerView) -> Line:
    """Who announces, as people know them."""
    places = [content.communes[c] for c in sorted(officer.communes)[:2] if c in content.communes]
    vi, en = (", ".join(place.full(lang) for place in places) for lang in ("vi", "en"))
    return Line(
        letters.FROM.get(officer.role, letters.FROM["province"]),
        {"name": officer.name, "place": Text(vi, en)},
    )


def as_read(content: Content, one: AnnouncementView, *, trial: bool = False) -> letters.Announced:
    """The letter its receivers get."""
    return letters.Announced(
        one.topic,
        topic_name(content, one.topic),
        speaker(content, one.author),
        one.text,
        one.file,
        one.event,
        key="" if trial else f"ann:{one.id}",
        trial=one.id if trial else 0,
    )


def line(ctx: Ctx, one: AnnouncementView) -> Button:
    """The button of a list that opens it."""
    about = one.event.name if one.event else " ".join(one.text.split())
    state = ctx.t(announcement_rules.STATES[one.state])
    return Button(f"{state}: {about}"[:48], f"announcement_desk:open={one.id}")


def card(ctx: Ctx, officer: OfficerView, one: AnnouncementView) -> Say:
    """The announcement where it stands, with what the officer may do."""
    if one.state == "sending":
        told_ = ctx.records.progress(officer, one.id)
        say = letters.under_way(one.id, topic_name(ctx.content, one.topic), told_).say(ctx.lang)
        return _with_ways(ctx, one, say)
    ended = one.state in ("done", "cancelled")
    parts = [_head(ctx, one), _counts(ctx, officer, one) if ended else "", preview(ctx, one)]
    if not ended:
        parts.append(_whom(ctx, officer, one))
    files = () if ended or one.file is None else (one.file,)
    text = "\n\n".join(part for part in parts if part)
    return _with_ways(
        ctx, one, Say(text, actions(ctx, officer, one), files, f"announcement:{one.id}")
    )


def _with_ways(ctx: Ctx, one: AnnouncementView, say: Say) -> Say:
    """The rows every card ends with: the event's list, the other announcements, the menu."""
    out = one.event is not None and announcement_rules.was_sent(one)
    event = (_guests(ctx, one.event),) if out and one.event else ()
    ways = (button(ctx, "Các thông báo", "announcement_desk:list"), button(ctx, "Menu", "nav:menu"))
    return replace(say, rows=(*say.rows, *event, ways))


def _guests(ctx: Ctx, event: EventView) -> tuple[Button, ...]:
    return (button(ctx, "Danh sách dự", f"attendance_desk:open={event.id}", "primary"),)


def _head(ctx: Ctx, one: AnnouncementView) -> str:
    name = topic_name(ctx.content, one.topic)(ctx.lang)
    lines = [f"*{name}* · {ctx.t(announcement_rules.STATES[one.state])}"]
    if one.state == "rejected":
        lines.append(ctx.t("{who}: {reason}", who=one.second_name, reason=one.reason))
    elif one.second_name:
        lines.append(ctx.t("{who} đã đồng ý gửi.", who=one.second_name))
    return "\n".join(lines)


def _counts(ctx: Ctx, officer: OfficerView, one: AnnouncementView) -> str:
    counts = letters.counted(ctx.records.progress(officer, one.id))
    return "\n".join(count.tell(ctx.lang) for count in counts)


def preview(ctx: Ctx, one: AnnouncementView) -> str:
    """What people read, between two rules, buttons included."""
    seen = as_read(ctx.content, one).say(ctx.lang)
    labels = "\n".join(f"[{b.label}]" for b in seen.buttons)
    return f"{ctx.t('Bà con đọc thấy:')}\n{RULE}\n{seen.text}\n{labels}\n{RULE}"


def _whom(ctx: Ctx, officer: OfficerView, one: AnnouncementView) -> str:
    """The segment in words, how many get it and who does not, and when."""
    found = ctx.records.audience(officer, one.segment, one.topic, ctx.content)
    where = told(ctx.content, ctx.lang, one.segment)
    lines = [
        ctx.t("Gửi tới: {where}.", where=where),
        ctx.t("*{n} người nhận được.*", n=found.people),
    ]
    others = (
        (N_("{n} người chưa đồng ý nhận tin"), found.unasked),
        (N_("{n} người đã tắt chủ đề này"), found.unsubscribed),
        (N_("{n} cơ sở chưa ai dùng trợ lý: phải gọi điện"), found.strangers),
    )
    lines += [f"• {gettext(ctx.lang, words, n=n)}" for words, n in others if n]
    lines.append(when(ctx, one))
    if one.state == "draft" and announcement_rules.needs_second(ctx.content, officer, one.segment):
        lines.append(ctx.t("Tin gửi cả tỉnh nên cần một cán bộ tỉnh thứ hai đồng ý."))
    return "\n".join(lines)


def when(ctx: Ctx, one: AnnouncementView) -> str:
    """When it goes out: people are not disturbed at night."""
    asked = max(one.due_at or ctx.now, ctx.now)
    local = asked.astimezone(ctx.content.province.zone)
    quiet = ctx.content.times.is_quiet(local.time())
    if quiet:
        morning = ctx.content.times.morning(local)
        return ctx.t("Giờ đó bà con nghỉ, mình gửi lúc {at}.", at=datetime_(ctx.lang, morning))
    if one.state == "planned" and asked <= ctx.now:
        return ctx.t("Tin đang được gửi đi.")
    if one.due_at is None or one.due_at <= ctx.now:
        officer = ctx.person.officer
        waits = one.state == "asked" and not (
            officer and announcement_rules.may_approve(officer, one)
        )
        if waits:
            return ctx.t("Gửi ngay khi cán bộ thứ hai đồng ý.")
        return ctx.t("Gửi ngay khi anh/chị đồng ý.")
    return ctx.t("Gửi lúc {at}.", at=datetime_(ctx.lang, asked))


def actions(
    ctx: Ctx, officer: OfficerView, one: AnnouncementView
) -> tuple[tuple[Button, ...], ...]:
    """What this officer may do with it now."""
    if announcement_rules.may_edit(officer, one):
        second = announcement_rules.needs_second(ctx.content, officer, one.segment)
        send = N_("Xin duyệt") if second else N_("Gửi đi")
        return (
            (button(ctx, "Gửi thử cho tôi", f"announcement_desk:try={one.id}"),),
            (button(ctx, send, f"announcement_desk:send={one.id}", "primary"),),
            (
                button(ctx, "Sửa", f"announcement_desk:edit={one.id}"),
                button(ctx, "Bỏ bản này", f"announcement_desk:drop={one.id}", "danger"),
            ),
        )
    rows: list[tuple[Button, ...]] = []
    if announcement_rules.may_approve(officer, one):
        rows.append((button(ctx, "Đồng ý gửi", f"announcement_desk:approve={one.id}", "danger"),))
        rows.append((button(ctx, "Không đồng ý", f"announcement_desk:reject={one.id}"),))
    if announcement_rules.may_stop(officer, one):
        rows.append((button(ctx, "Rút lại", f"announcement_desk:stop={one.id}", "danger"),))
    if one.state in ("done", "cancelled") and announcement_rules.was_sent(one):
        rows.append((button(ctx, "Tải bảng Excel", f"announcement_desk:report={one.id}"),))
    return tuple(rows)
