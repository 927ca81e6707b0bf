"""What /stats shows beside the figures: the choice of a report, what officers record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversations import periods, stats_text
from conversations import stats_tables as tables
from conversations.context import Ctx
from conversations.periods import MONTHS, Period
from conversations.records import OfficerView, Unrecorded
from conversations.records.figures import counting
from conversations.rooms import button
from models.content.targets import Target
from models.messages import Button, Say

PAGE = 6
MANY = 12  # communes offered for a name
BACK = 12  # periods that reports go back


def reports(ctx: Ctx, officer: OfficerView, answers: Mapping[str, Any]) -> Say:
    """A button a kind of period; earlier and later ones; whose."""
    back, commune = int(str(answers.get("back", 1))), str(answers.get("commune") or "")
    reach = frozenset({commune}) if commune else officer.reach
    lines = [ctx.t("*Báo cáo của {scope}*", scope=tables.scope(ctx.content, reach, ctx.lang)),
             ctx.t("Tệp Word và Excel. Anh/chị chọn kỳ:")]  # fmt: skip
    if len(officer.reach or "..") > 1:
        lines.append(ctx.t("Muốn báo cáo của một xã, phường: gõ tên xã, phường đó."))
    rows: list[tuple[Button, ...]] = []
    for kind in MONTHS:
        period = _ago(periods.of(kind, ctx.today), back)
        name = period.name(ctx.lang)
        rows.append((Button(name[:1].upper() + name[1:], f"stats:make={period.key}.{commune}"),))
    turning = [button(ctx, "Kỳ trước", f"stats:report={back + 1}.{commune}")]
    if back > 0:
        turning.append(button(ctx, "Kỳ sau", f"stats:report={back - 1}.{commune}"))
    rows.append(tuple(turning))
    if commune and len(officer.reach or "..") > 1:
        rows.append((button(ctx, "Tất cả xã, phường", f"stats:report={back}"),))
    rows.append((button(ctx, "Gửi tự động", "stats:auto"), button(ctx, "Số liệu", "stats:see")))
    rows.append((menu(ctx),))
    return Say("\n".join(lines), tuple(rows), key="stats")


def _ago(period: Period, back: int) -> Period:
    for _ in range(min(back, BACK)):
        period = period.before()
    return period


def facts(ctx: Ctx, officer: OfficerView, answers: Mapping[str, Any]) -> Say:
    """The measures to record; of one, whom nobody recorded yet."""
    measure, page = str(answers.get("measure") or ""), int(str(answers.get("page") or 0))
    back = (button(ctx, "Số liệu", "stats:see"), menu(ctx))
    target = ctx.content.targets.of(measure)
    if target is None or target not in stats_text.by_hand(ctx):
        kinds = [
            (Button(one.name(ctx.lang)[:60], f"stats:facts={one.measure}.0"),)
            for one in stats_text.by_hand(ctx)
        ]
        return Say(ctx.t("Anh/chị ghi số liệu nào?"), (*kinds, back), key="stats")
    how = counting(ctx.content, ctx.today)
    found = ctx.records.unrecorded(officer, how, measure, PAGE + 1, page * PAGE)
    if not found and page == 0:
        text = ctx.t("*{name}*: đã ghi đủ rồi, cảm ơn anh/chị.", name=target.name(ctx.lang))
        return Say(text, ((button(ctx, "Mục khác", "stats:facts"), *back[:1]), back[1:]))
    text = ctx.t("*{name}*\nChưa ghi, anh/chị chọn:", name=target.name(ctx.lang))
    rows: list[tuple[Button, ...]] = [
        (Button(one.name[:40], f"stats:of={measure}.{one.id}"),) for one in found[:PAGE]
    ]
    if len(found) > PAGE:
        rows.append((button(ctx, "Xem tiếp", f"stats:facts={measure}.{page + 1}"),))
    rows.append((button(ctx, "Mục khác", "stats:facts"), *back))
    return Say(text, tuple(rows), key="stats")


def whom(
    ctx: Ctx, officer: OfficerView, answers: Mapping[str, Any]
) -> tuple[Target, Unrecorded] | None:
    """Of whom it is asked; None when it is nobody the officer may record."""
    measure, subject = str(answers.get("measure")), int(str(answers.get("subject") or 0))
    target = ctx.content.targets.of(measure)
    how = counting(ctx.content, ctx.today)
    one = ctx.records.recordable(officer, how, measure, subject)
    return (target, one) if target and one else None


def ask(ctx: Ctx, target: Target, one: Unrecorded) -> Say:
    value = f"{target.measure}.{one.id}"
    answer = (button(ctx, "Có", f"stats:yes={value}"), button(ctx, "Chưa có", f"stats:no={value}"))
    skip = button(ctx, "Chưa rõ, để sau", f"stats:facts={target.measure}.0")
    return Say(stats_text.question(ctx, target, one), (answer, (skip,)), key="stats")


def which(ctx: Ctx, codes: list[str]) -> Say:
    """Several communes go by that name."""
    rows = tuple(
        (Button(tables.commune_name(ctx.content, code, ctx.lang), f"stats:report=1.{code}"),)
        for code in codes
    )
    return Say(ctx.t("Tên này có ở mấy nơi, bà con chọn giúp:"), (*rows, (menu(ctx),)))


def automatic(ctx: Ctx, note: str = "") -> Say:
    """Whether reports come by themselves."""
    text = ctx.t(
        "Hết tháng, quý, nửa năm, năm: mình gửi báo cáo vào ngày làm việc đầu tiên sau đó."
    )
    choice = (button(ctx, "Gửi cho tôi", "stats:on"), button(ctx, "Thôi gửi", "stats:stop"))
    return Say(note or text, (choice, (button(ctx, "Báo cáo", "stats:report=1"), menu(ctx))))


def made(ctx: Ctx, rows: tuple[tuple[Button, ...], ...]) -> Say:
    """Something is on its way."""
    return Say(ctx.t("Mình đang làm, xong gửi ngay vào đây."), rows)


def menu(ctx: Ctx) -> Button:
    return button(ctx, "Menu", "nav:menu")
