"""The person's own case inside a policy answer: what their product lacks, where their case stands,
when their certificate ends. Nothing for strangers, officers and groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from conversations.board_rows import entrance
from conversations.board_text import menu_line
from conversations.context import Ctx
from conversations.ending import Stage, stage_of
from conversations.papers import checklist, submitted
from conversations.records import EDITABLE, DossierView, ItemState
from conversations.rooms import button
from locales import date_, join
from models.messages import Button

SHOWN = 2  # dossiers or certificates told of in one answer
PAPER = "paper:"  # "paper:giay_attp": one paper is asked about

Told = tuple[str, Button]


def of(ctx: Ctx, about: Iterable[str]) -> tuple[list[str], list[tuple[Button, ...]]]:
    """Sentences on the person's own case and the buttons that go on with it.

    `about` are the sides of a case an answer touches: papers, paper:<evidence id>, progress,
    certificate.
    """
    if ctx.group or ctx.person.officer is not None:
        return [], []
    told = [one for side in about for one in _side(ctx, side)]
    lines = list(dict.fromkeys(line for line, _ in told))[:SHOWN]
    doors = {one.action: (one,) for line, one in told if line in lines}
    return lines, list(doors.values())


def _side(ctx: Ctx, side: str) -> Iterator[Told]:
    if side.startswith(PAPER):
        return _paper(ctx, side.removeprefix(PAPER))
    known: dict[str, Callable[[Ctx], Iterator[Told]]] = {
        "papers": _papers,
        "progress": _progress,
        "certificate": _certificates,
    }
    return known[side](ctx)


def _papers(ctx: Ctx) -> Iterator[Told]:
    """What the dossiers being prepared still lack."""
    for dossier in _being_prepared(ctx):
        names = [line.paper.name for line in checklist(ctx, dossier).missing]
        if names:
            more = ctx.t(" (và {n} giấy nữa)", n=len(names) - 3) if len(names) > 3 else ""
            line = ctx.t(
                "Với sản phẩm {product}, bà con còn thiếu: {papers}.",
                product=f"*{dossier.product.name}*",
                papers=join(ctx.lang, names[:3]) + more,
            )
            yield line, entrance(ctx, dossier)


def _paper(ctx: Ctx, evidence: str) -> Iterator[Told]:
    """Whether the dossiers being prepared have the paper asked about."""
    for dossier in _being_prepared(ctx):
        line = checklist(ctx, dossier).line(evidence)
        if line is None:
            continue
        named = {"product": f"*{dossier.product.name}*", "paper": line.paper.name}
        if line.returned:
            told = ctx.t("Với sản phẩm {product}: cán bộ nhờ gửi lại {paper}.", **named)
        elif line.item.state is ItemState.EXCUSED:
            told = ctx.t("Với sản phẩm {product}: bà con ghi {paper} là không áp dụng.", **named)
        elif line.given:
            told = ctx.t("Với sản phẩm {product}: bà con đã có {paper} trong hồ sơ.", **named)
        else:
            told = ctx.t("Với sản phẩm {product}: hồ sơ còn thiếu {paper}.", **named)
        yield told, entrance(ctx, dossier)


def _progress(ctx: Ctx) -> Iterator[Told]:
    """Where the dossiers handed in are."""
    for dossier in ctx.records.dossiers(ctx.person.id):
        if submitted(dossier):
            door = button(
                ctx, "Xem: {product}", f"go:status={dossier.id}", product=dossier.product.name[:24]
            )
            yield menu_line(ctx, dossier), door


def _certificates(ctx: Ctx) -> Iterator[Told]:
    """Until when the person's certificates hold, and when to hand in again."""
    for one in ctx.records.certificates(ctx.person.id):
        ends = one.certificate.valid_to
        opens, closes = ctx.content.re_evaluation_window(ends)
        facts = {
            "product": f"*{one.product.name}*",
            "stars": one.certificate.stars,
            "end": date_(ctx.lang, ends),
            "opens": date_(ctx.lang, opens),
            "closes": date_(ctx.lang, closes),
        }
        stage = stage_of(ctx.content, ends, ctx.today)
        if ends < ctx.today:
            line = ctx.t("Giấy {stars} sao của {product} đã hết hạn ngày {end}.", **facts)
        elif stage is Stage.MISSED:
            line = ctx.t(
                "Giấy {stars} sao của {product} còn hạn đến {end}; đã qua ngày nộp đánh giá lại "
                "({closes}).",
                **facts,
            )
        else:
            line = ctx.t(
                "Giấy {stars} sao của {product} còn hạn đến {end}; nộp đánh giá lại từ {opens} đến "
                "{closes}.",
                **facts,
            )
        yield (
            line,
            button(ctx, "Xem giấy: {product}", f"go:renew={one.id}", product=one.product.name[:24]),
        )


def _being_prepared(ctx: Ctx) -> Iterator[DossierView]:
    return (d for d in ctx.records.dossiers(ctx.person.id) if d.state in EDITABLE)
