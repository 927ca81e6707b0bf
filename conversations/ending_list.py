"""/ending: certificates of an officer's communes in their last months; a nudge to a household."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations import ending
from conversations.board_text import noted
from conversations.boards import Board
from conversations.context import Ctx
from conversations.ending import Stage
from conversations.events import HouseholdNudged, ListSeen
from conversations.letters import Line
from conversations.letters import ending as letters
from conversations.places import commune_name
from conversations.records import EndingView
from conversations.renew import chosen, told
from conversations.rooms import button
from conversations.said import Go, Said, Turn
from conversations.understand import show_phone
from locales import N_
from models.messages import Button, Say, Talk

PAGE = 8
Near = tuple[EndingView, Stage]


class EndingList(Board):
    """answers: page."""

    key = "ending"
    title = N_("Giấy chứng nhận sắp hết hạn")
    menu_label = N_("Sắp hết hạn")
    needs_consent = False
    officers_only = True

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        return replace(super().open(ctx, talk, answers), events=(ListSeen(self.key),))

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        found = near(ctx)
        menu = button(ctx, "Menu", "nav:menu")
        if not found:
            text = ctx.t("Không có giấy chứng nhận nào sắp hết hạn mà chưa nộp đánh giá lại.")
            return noted(note, Say(text, ((menu,),)))
        start = min(int(str(talk.answers.get("page", 0))) * PAGE, len(found) - 1) // PAGE * PAGE
        page = found[start : start + PAGE]
        head = ctx.t("*{n} sản phẩm cần nộp đánh giá lại*", n=len(found))
        lines = [head, *(_line(ctx, one, stage) for one, stage in page)]
        rows: list[tuple[Button, ...]] = [(_nudge(ctx, one),) for one, _ in page if not one.phone]
        if start + PAGE < len(found):
            rows.append((button(ctx, "Xem tiếp", f"ending:page={start // PAGE + 1}"), menu))
        else:
            rows.append((menu,))
        return noted(note, Say("\n".join(lines), tuple(rows), key="ending"))

    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, _, value = action.partition("=")
        if verb == "page" and value.isdecimal() and len(value) < 5:
            return self.drawn(ctx, self.entered(talk, {"page": int(value)}))
        if verb in ("later", "stop", "on"):
            return chosen(ctx, talk, verb, "ending", "ending:on=list")
        one = next((one for one, _ in near(ctx) if str(one.id) == value), None)
        if verb != "nudge" or one is None or one.phone:
            return None
        note = ctx.t("Đã nhắc {producer}. Mỗi ngày nhắc được một lần.", producer=one.producer)
        return Turn(self.entered(talk, dict(talk.answers) if talk.flow == self.key else {}),
                    events=(HouseholdNudged(one.id),), then=Go(self.key, {}, note))  # fmt: skip


def near(ctx: Ctx) -> list[Near]:
    """What the officer should know of, the most pressing first."""
    officer = ctx.person.officer
    if officer is None:
        return []
    staged = (
        (one, ending.stage_of(ctx.content, one.certificate.valid_to, ctx.today))
        for one in ctx.records.ending(officer, 1000)
    )
    return [(one, stage) for one, stage in staged if stage is not None]


def _line(ctx: Ctx, one: EndingView, stage: Stage) -> str:
    """One product; the phone of a producer that nobody here speaks for."""
    fields = letters.said(told(ctx, one, stage), ctx.today)
    text = Line(letters.LINES[stage], fields).tell(ctx.lang)
    more = [commune_name(ctx, one.commune_code)]
    if one.phone:
        more.append(show_phone(one.phone))
    if one.dossier_id is not None:
        more.append(ctx.t("đang làm hồ sơ"))
    return f"{text}\n   {' · '.join(more)}"


def _nudge(ctx: Ctx, one: EndingView) -> Button:
    return button(ctx, "Nhắc {product}", f"ending:nudge={one.id}", product=one.product.name[:30])
