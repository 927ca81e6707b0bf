"""“Đến đâu rồi?”: stage, since when, who holds it, the next date. By own dossier or by code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from conversations import timeline
from conversations.board_text import menu_line, noted
from conversations.boards import Board, split
from conversations.context import Ctx
from conversations.events import DossierWithdrawn
from conversations.papers import mine
from conversations.records import DossierView, State
from conversations.rooms import button
from conversations.said import Go, Said, Turn
from conversations.stages import STATE_WORDS
from locales import N_, date_
from models.codes import parse
from models.messages import Button, Say, Talk

#: States in which the household may still take its dossier back.
MAY_WITHDRAW = frozenset({State.SUBMITTED, State.REVIEWING, State.SUPPLEMENT, State.FIXED})


class Status(Board):
    """answers: id (of one's own dossier) or code; sure (asking before taking it back)."""

    key = "status"
    title = N_("Hồ sơ đến đâu rồi")
    menu_label = N_("Hồ sơ đến đâu rồi")
    needs_consent: ClassVar[bool] = False  # a code alone tells no one's name

    def in_menu(self, ctx: Ctx) -> bool:
        return ctx.person.officer is None

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        asked = str(answers.get("id") or "")
        own = ctx.records.dossiers(ctx.person.id)
        known = {"id": asked} if mine(ctx, asked) else {}
        if not known and (code := parse(asked)):
            same = next((d for d in own if d.code == code), None)
            known = {"id": str(same.id)} if same else {"code": code}
        if not asked and len(own) == 1:
            known = {"id": str(own[0].id)}
        note = ctx.t("Mã này chưa đúng, bà con xem lại giúp.") if asked and not known else ""
        return self.drawn(ctx, self.entered(talk, known), note)

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        dossier = mine(ctx, talk.answers.get("id"))
        if dossier is not None and talk.answers.get("sure"):
            return noted(note, self._sure(ctx, dossier))
        if dossier is not None:
            return noted(note, self._mine(ctx, dossier))
        if code := talk.answers.get("code"):
            return noted(note, self._stranger(ctx, str(code)))
        return noted(note, self._ask(ctx))

    def _mine(self, ctx: Ctx, dossier: DossierView) -> Say:
        at = dossier.id
        rows: list[tuple[Button, ...]] = [
            (
                button(ctx, "Mở hồ sơ", f"go:dossier={at}"),
                button(ctx, "Nhắn cán bộ", f"go:officer={at}"),
            )
        ]
        if dossier.state in MAY_WITHDRAW:
            rows.append(
                (button(ctx, "Rút hồ sơ", f"status:quit={at}"), button(ctx, "Menu", "nav:menu"))
            )
        else:
            rows.append((button(ctx, "Menu", "nav:menu"),))
        return Say(timeline.told(ctx, dossier), tuple(rows), key=f"status:{at}")

    def _sure(self, ctx: Ctx, dossier: DossierView) -> Say:
        text = ctx.t(
            "Rút hồ sơ *{product}* thì cán bộ thôi xem, muốn nộp lại phải nộp từ đầu. "
            "Bà con chắc chưa?",
            product=dossier.product.name,
        )
        return Say(
            text,
            (
                (button(ctx, "Chắc, rút hồ sơ", f"status:gone={dossier.id}", "danger"),),
                (button(ctx, "Không rút", f"go:status={dossier.id}"),),
            ),
        )

    def _stranger(self, ctx: Ctx, code: str) -> Say:
        """Stage and since when: no product, no names."""
        found = ctx.records.status_by_code(code)
        menu = ((button(ctx, "Menu", "nav:menu"),),)
        if found is None:
            return Say(
                ctx.t("Mình không thấy hồ sơ mã {code}. Bà con xem lại mã giúp.", code=code), menu
            )
        state, since = found
        day = date_(ctx.lang, since.astimezone(ctx.local.tzinfo).date())
        return Say(
            ctx.t(
                "Hồ sơ {code}: *{state}*, từ {day}.",
                code=code,
                state=ctx.t(STATE_WORDS[state]),
                day=day,
            ),
            menu,
        )

    def _ask(self, ctx: Ctx) -> Say:
        own = ctx.records.dossiers(ctx.person.id)
        rows = tuple(
            (Button(f"{d.product.name[:24]} · {d.code}", f"go:status={d.id}"),) for d in own[:8]
        )
        lines = [menu_line(ctx, d) for d in own[:8]]
        ask = ctx.t("Bà con gõ mã hồ sơ in trên giấy biên nhận, ví dụ 7KM-4QX.")
        text = "\n".join([*lines, ask])
        return Say(text, (*rows, (button(ctx, "Menu", "nav:menu"),)))

    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, at, _ = split(action)
        dossier = mine(ctx, at)
        if dossier is None or verb not in ("quit", "gone"):
            return None
        here = self.entered(talk, {"id": at, **({"sure": True} if verb == "quit" else {})})
        if dossier.state not in MAY_WITHDRAW:
            return self.drawn(ctx, self.entered(talk, {"id": at}))
        if verb == "quit":
            return self.drawn(ctx, here)
        note = ctx.t("Đã rút hồ sơ. Ảnh và giấy tờ vẫn giữ cho bà con.")
        return Turn(
            here, events=(DossierWithdrawn(dossier.id),), then=Go(self.key, {"id": at}, note)
        )

    def words(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        code = parse(said.text)
        return self.open(ctx, talk, {"id": code}) if code else None
