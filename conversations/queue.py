"""/queue: an officer's work, oldest deadline first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from conversations.boards import named
from conversations.context import Ctx
from conversations.events import ListSeen
from conversations.records import CaseLine, OfficerView, State
from conversations.render import render
from conversations.rooms import Room, button, enter
from conversations.said import Go, Said, Turn
from conversations.stages import STATE_WORDS
from locales import N_
from models.codes import parse
from models.messages import Button, Say, Talk

PAGE = 6


class QueueRoom(Room):
    """The list; its answer `skip` is where the page starts."""

    key = "queue"
    title = N_("Việc cần làm")
    needs_consent = False
    officers_only = True
    parks = False
    menu_label = N_("Hồ sơ chờ xử lý")

    def open_work(self, ctx: Ctx) -> tuple[tuple[str, Button], ...]:
        officer = ctx.person.officer
        waiting = ctx.records.queue_size(officer) if officer else 0
        if not waiting:
            return ()
        line = ctx.t("{n} hồ sơ chờ xử lý", n=waiting)
        return ((line, button(ctx, "Mở danh sách", "go:queue", "primary")),)

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        inside = enter(self, talk, {"skip": 0})
        return Turn(inside, self.show(ctx, inside), (ListSeen(self.key),))

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        officer = ctx.person.officer
        if officer is None:
            return Say(note or ctx.t("Mục này dành cho cán bộ."))
        total = ctx.records.queue_size(officer)
        skip = min(int(str(talk.answers.get("skip", 0))), max(0, total - 1))
        lines = ctx.records.queue(officer, PAGE, skip)
        text = render(
            "queue",
            ctx.lang,
            {
                "total": total,
                "skip": skip,
                "lines": [_told(ctx, officer, line) for line in lines],
            },
        )
        rows: list[tuple[Button, ...]] = [
            (Button(f"{line.code} · {line.product}"[:40], f"case:open={line.id}"),)
            for line in lines
        ]
        rows += [row for row in (_turning(ctx, skip, total),) if row]
        rows.append((button(ctx, "Menu", "nav:menu"),))
        return Say(f"{note}\n\n{text}" if note else text, tuple(rows), key="queue")

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        verb, _, value = said.action.partition("=")
        if verb == "skip" and value.isdecimal():
            inside = enter(self, talk, {"skip": int(value)})
            return Turn(inside, self.show(ctx, inside))
        if said.text and (found := named(self.show(ctx, talk), said.text)):
            from conversations import menu

            return menu.pressed(ctx, talk, Said(action=found.action))
        officer = ctx.person.officer
        code = parse(said.text) if said.text else None
        if officer is not None and code and (case := ctx.records.case_by_code(officer, code)):
            return Turn(talk, then=Go("case", {"id": str(case.id)}))
        return None


def _turning(ctx: Ctx, skip: int, total: int) -> tuple[Button, ...]:
    row = []
    if skip > 0:
        row.append(button(ctx, "Trang trước", f"queue:skip={max(0, skip - PAGE)}"))
    if skip + PAGE < total:
        row.append(button(ctx, "Trang sau", f"queue:skip={skip + PAGE}"))
    return tuple(row)


def _told(ctx: Ctx, officer: OfficerView, line: CaseLine) -> dict[str, object]:
    commune = ctx.content.communes.get(line.commune_code)
    return {
        "code": line.code,
        "product": line.product,
        "producer": line.producer,
        "commune": commune.full(ctx.lang) if commune else line.commune_code,
        "state": ctx.t(STATE_WORDS[line.state]),
        "due": line.due_on,
        "mark": _mark(ctx.today, line),
        "who": ctx.t("của tôi")
        if line.officer_id == officer.id
        else line.officer_name or ctx.t("chưa ai nhận"),
    }


def _mark(today: date, line: CaseLine) -> str:
    """Overdue, near, or in time."""
    if line.due_on is None or line.state is State.LISTED:
        return "·"
    left = (line.due_on - today).days
    return "!!" if left < 0 else "!" if left <= 3 else "·"
