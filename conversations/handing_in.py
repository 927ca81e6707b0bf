"""What stands between a dossier and handing it in; used by the review and by the sending.

Quyết định 26/2026/QĐ-TTg: Điều 2.3 (who may take part), 5 (rounds), 6.1-6.2 (what is handed in),
7.1-7.2 (where, and the commune's working days).
"""

from __future__ import annotations

from typing import Any

from conversations.board_text import tail
from conversations.context import Ctx
from conversations.item_text import warning
from conversations.papers import Checklist, Line, checklist
from conversations.records import EDITABLE, DossierView, ItemState, State


def stops(ctx: Ctx, dossier: DossierView, listed: Checklist) -> list[str]:
    """Sentences on what blocks handing in; empty when it may be handed in now."""
    return [*_producer(ctx, dossier), *(_paper(ctx, line) for line in listed.blocking)]


def may_hand_in(ctx: Ctx, dossier: DossierView) -> bool:
    return dossier.state in EDITABLE and not stops(ctx, dossier, checklist(ctx, dossier))


def _producer(ctx: Ctx, dossier: DossierView) -> list[str]:
    producer, found = dossier.producer, []
    kind = next((t for t in ctx.content.producer_types if t.id == producer.type), None)
    if kind is not None and kind.needs_registration and not producer.registration_number:
        found.append(
            ctx.t(
                "Cơ sở chưa có đăng ký kinh doanh. Bà con làm ở bộ phận một cửa của xã, "
                "rồi mở “Chủ thể của tôi” ghi số vào. Giấy tờ khác cứ chuẩn bị tiếp."
            )
        )
    if not producer.confirmed:
        found.append(
            ctx.t(
                "Chủ cơ sở chưa xác nhận. Bà con mở “Chủ thể của tôi”, lấy mã xác nhận "
                "rồi đưa chủ cơ sở mở trên điện thoại của họ."
            )
        )
    return found


def _paper(ctx: Ctx, line: Line) -> str:
    told = tail(ctx, line)
    return f"{line.paper.name} – {told}" if told else line.paper.name


def review(ctx: Ctx, dossier: DossierView) -> dict[str, Any]:
    """The facts of the review before sending."""
    listed = checklist(ctx, dossier)
    costs = [_paper(ctx, line) for line in listed.costing]
    if len(costs) > 5:
        costs = [*costs[:5], ctx.t("và {n} giấy nữa", n=len(costs) - 5)]
    return {
        "product": dossier.product.name,
        "code": dossier.code,
        "stars": dossier.stars_aimed,
        "done": listed.done,
        "total": len(listed.needed),
        "pages": listed.pages,
        "stops": stops(ctx, dossier, listed),
        "costs": costs,
        "warnings": _expiring(ctx, listed),
        "again": dossier.state is not State.DRAFT,
        "by_hand": [ln.paper.name for ln in listed.lines
                    if ln.paper.on_paper and ln.item.state is ItemState.HAVE],
        **deadlines(ctx),
        **by_the_way(ctx, dossier),
    }  # fmt: skip


def deadlines(ctx: Ctx) -> dict[str, Any]:
    """When the commune must answer if handed in today, and the round that this still makes."""
    days = ctx.content.times.commune_review_working_days
    due = ctx.content.calendar.add_working_days(ctx.today, days)
    first, sure = ctx.content.next_cutoff(ctx.today), ctx.content.next_cutoff(due)
    return {
        "days": days,
        "due": due,
        "round": sure.name(ctx.lang),
        "before": sure.before,
        "nearer": first.before if first.before != sure.before else None,
    }


def by_the_way(ctx: Ctx, dossier: DossierView) -> dict[str, Any]:
    """What goes to the commune by hand."""
    one = ctx.content.sets.get(dossier.product.set_number)
    return {"copies": ctx.content.copies(ctx.lang), "samples": one.samples if one else 0}


def _expiring(ctx: Ctx, listed: Checklist) -> list[str]:
    found = []
    for line in listed.lines:
        told = warning(ctx, line.item.expires_on) if line.item.expires_on else ""
        if told and line.item.pages:
            found.append(f"{line.paper.name}: {told}")
    return found
