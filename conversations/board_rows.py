"""What the board shows beside its lines: which dossier, whose files, which star, which page."""

from __future__ import annotations

from conversations import board_text, pages
from conversations.context import Ctx
from conversations.papers import checklist, may_change
from conversations.records import EDITABLE, DossierView
from conversations.rooms import button, grid
from models.messages import Button, Say, Talk

STARS = (3, 4, 5)
FEW = 8  # papers offered at once


def choose(ctx: Ctx) -> Say:
    """Several dossiers, or none."""
    own = ctx.records.dossiers(ctx.person.id)
    if own:
        rows = tuple((entrance(ctx, d),) for d in own[:10])
        return Say(ctx.t("Bà con mở hồ sơ nào?"), (*rows, (button(ctx, "Menu", "nav:menu"),)))
    text = ctx.t(
        "Bà con chưa có hồ sơ nào. Đăng ký sản phẩm xong là có danh mục giấy tờ để làm dần."
    )
    begin = button(ctx, "Đăng ký", "go:producer", "primary")
    look = button(ctx, "Xem cần giấy gì", "go:checklist")
    return Say(text, ((begin,), (look,), (button(ctx, "Menu", "nav:menu"),)))


def entrance(ctx: Ctx, dossier: DossierView) -> Button:
    """The button that opens a dossier's board."""
    return button(
        ctx, "Mở {product}", f"go:dossier={dossier.id}", product=dossier.product.name[:24]
    )


def whose(ctx: Ctx, talk: Talk, dossier: DossierView) -> Say:
    """Files came with no item open: whose are they?"""
    lines = [ln for ln in checklist(ctx, dossier).lines if may_change(dossier, ln)]
    lines.sort(key=lambda line: line.given)
    size, at = FEW, int(str(talk.answers.get("page", 0)))
    part = lines[at * size : (at + 1) * size] or lines[:size]
    rows = grid([Button(ln.paper.short, f"dossier:into={dossier.id}.{ln.paper.id}") for ln in part])
    turn = []
    if (at + 1) * size < len(lines):
        turn.append(button(ctx, "Giấy khác", f"dossier:page={dossier.id}.{at + 1}"))
    turn.append(button(ctx, "Bỏ ảnh này", f"dossier:drop={dossier.id}"))
    text = ctx.t("Mình đã giữ {n} tệp. Bà con cho biết là giấy nào:", n=len(pages.held(talk)))
    later = button(ctx, "Để sau", f"go:dossier={dossier.id}")
    return Say(text, (*rows, tuple(turn), (later,)), key=f"whose:{dossier.id}", settle=2.0)


def waiting(ctx: Ctx, dossier: DossierView, held: int) -> tuple[tuple[Button, ...], ...]:
    """The way back to files that were kept and belong to no paper yet."""
    if not held or dossier.state not in EDITABLE:
        return ()
    at = f"dossier:held={dossier.id}"
    return ((button(ctx, "Xếp {n} tệp đã gửi", at, "primary", n=held),),)


def stars(ctx: Ctx, dossier: DossierView) -> Say:
    """The stars to aim at."""
    text = ctx.t(
        "Bà con nhắm mấy sao? Danh mục giấy tờ sẽ đổi theo. Đang nhắm {stars} sao.",
        stars=dossier.stars_aimed,
    )
    ranks = [button(ctx, "{n} sao", f"dossier:star={dossier.id}.{n}", n=n) for n in STARS]
    back = button(ctx, "Quay lại", f"go:dossier={dossier.id}")
    return Say(text, (tuple(ranks), (back,)))


def turning(ctx: Ctx, dossier: DossierView, shown: board_text.Page) -> list[tuple[Button, ...]]:
    """Earlier and later pages of the board."""
    row = []
    if shown.number > 0:
        row.append(button(ctx, "Trang trước", f"dossier:page={dossier.id}.{shown.number - 1}"))
    if shown.number + 1 < shown.of:
        row.append(button(ctx, "Trang sau", f"dossier:page={dossier.id}.{shown.number + 1}"))
    return [tuple(row)] if row else []


def ways_out(ctx: Ctx, dossier_id: int) -> tuple[Button, ...]:
    """Out of the board."""
    return (
        button(ctx, "Gặp cán bộ", f"go:officer={dossier_id}"),
        button(ctx, "Menu", "nav:menu"),
    )
