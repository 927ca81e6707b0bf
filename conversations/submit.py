"""Reviewing a dossier and handing it in; after that, the receipt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from conversations.board_text import noted
from conversations.boards import Board, split
from conversations.context import Ctx
from conversations.events import DossierSubmitted, NewsOffered
from conversations.handing_in import by_the_way, may_hand_in, review
from conversations.papers import checklist, mine, submitted
from conversations.places import commune_name
from conversations.records import DossierView, State
from conversations.render import render
from conversations.rooms import button, grid
from conversations.said import Go, Said, Turn
from conversations.subscriptions import never_asked, offered
from locales import N_
from models.messages import Button, Say, Talk

HANDED_IN = ("submitted", "resubmitted")  # of the history


class Submit(Board):
    """answers: id; asks (just handed in, the receipt asks whether news are wanted). The review
    while the household may send, the receipt afterwards."""

    key = "submit"
    title = N_("Nộp hồ sơ")

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        if mine(ctx, answers.get("id")) is None:
            from conversations import menu

            return menu.go(ctx, talk, "dossier")
        return super().open(ctx, talk, answers)

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        dossier = mine(ctx, talk.answers.get("id"))
        if dossier is None:
            menu = (button(ctx, "Menu", "nav:menu"),)
            return noted(note, Say(ctx.t("Hồ sơ này không còn ở đây."), (menu,)))
        if submitted(dossier):
            given = noted(note, receipt(ctx, dossier))
            return offered(ctx, given) if talk.answers.get("asks") else given
        return noted(note, self._review(ctx, dossier))

    def _review(self, ctx: Ctx, dossier: DossierView) -> Say:
        facts = review(ctx, dossier)
        text = render("submit", ctx.lang, facts)
        at, first = dossier.id, []
        if not facts["stops"]:
            again = facts["again"]
            first.append(
                button(
                    ctx,
                    "Gửi lại cho cán bộ" if again else "Gửi hồ sơ",
                    f"submit:send={at}",
                    "primary",
                )
            )
        wanted = checklist(ctx, dossier).missing[:4]
        open_items = [
            Button(f"{line.mark} {line.paper.short}", f"dossier:open={at}.{line.paper.id}")
            for line in wanted
        ]
        if facts["stops"] and not (
            dossier.producer.registration_number and dossier.producer.confirmed
        ):
            open_items.append(button(ctx, "Chủ thể của tôi", f"go:mine={dossier.producer.id}"))
        ways = (button(ctx, "Về hồ sơ", f"go:dossier={at}"), button(ctx, "Menu", "nav:menu"))
        return Say(text, (*grid(first), *grid(open_items), ways), key=f"submit:{at}")

    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, at, _ = split(action)
        dossier = mine(ctx, at)
        if dossier is None or verb != "send":
            return None
        here = self.entered(talk, {"id": at})
        if submitted(dossier):
            return self.drawn(ctx, here, already(ctx, dossier))
        if not may_hand_in(ctx, dossier):
            return self.drawn(ctx, here)
        asks = _first(ctx) and never_asked(ctx)
        return Turn(
            here,
            events=(DossierSubmitted(dossier.id), *((NewsOffered(),) if asks else ())),
            then=Go(self.key, {"id": at, "asks": asks}),
        )

    def back(self, ctx: Ctx, talk: Talk) -> Turn | None:
        return Turn(talk, then=Go("dossier", {"id": str(talk.answers.get("id"))}))


def _first(ctx: Ctx) -> bool:
    """Has the person handed in none before?"""
    return not any(submitted(one) for one in ctx.records.dossiers(ctx.person.id))


def already(ctx: Ctx, dossier: DossierView) -> str:
    """A second tap: nothing was sent twice."""
    if dossier.state is State.WITHDRAWN:
        return ctx.t("Hồ sơ này đã rút.")
    return ctx.t("Hồ sơ đã nộp rồi, mình không gửi lần nữa.")


def _handed_in(ctx: Ctx, dossier: DossierView) -> datetime:
    """When it was last handed in: after a supplement it is not the first hour that counts."""
    times = [e.at for e in ctx.records.history(dossier.id) if e.what in HANDED_IN]
    return times[-1] if times else dossier.submitted_at or dossier.state_since


def receipt(ctx: Ctx, dossier: DossierView) -> Say:
    """The code, where it is, by when the commune answers."""
    text = render("receipt", ctx.lang, {
        "product": dossier.product.name,
        "code": dossier.code,
        "at": _handed_in(ctx, dossier),
        "commune": commune_name(ctx, dossier.commune_code),
        "pages": sum(len(item.pages) for item in dossier.items),
        "due": dossier.due_on if not dossier.at_province else None,
        **by_the_way(ctx, dossier),
    })  # fmt: skip
    rows = ((button(ctx, "Đến đâu rồi", f"go:status={dossier.id}"),
             button(ctx, "Nhắn cán bộ", f"go:officer={dossier.id}")),
            (button(ctx, "Menu", "nav:menu"),))  # fmt: skip
    return Say(text, rows)
