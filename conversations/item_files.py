"""Files sent for a paper: pages at once, held back with a reason, or in the place of old ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations import board_text, pages
from conversations.boards import Board
from conversations.context import Ctx
from conversations.events import Event, PagesAdded, PagesReplaced
from conversations.papers import Line, checklist, may_change, mine
from conversations.records import EDITABLE, DossierView
from conversations.said import Go, Said, Turn
from models.messages import Attachment, Talk


class ItemFiles(Board):
    """The half of the item room that takes files; `conversations/item.py` has the rest."""

    keeps = ("doubts", "hold")

    def entered(self, talk: Talk, answers: Mapping[str, Any]) -> Talk:
        """What was being done with a paper goes on only while the talk stays at that paper."""
        here = talk.flow == self.key and all(
            str(talk.answers.get(k)) == str(answers.get(k)) for k in ("id", "item")
        )
        if here:
            return replace(talk, answers={**talk.answers, "ask": "", "ack": "", **answers})
        return super().entered(talk, answers)

    def found(self, ctx: Ctx, answers: Mapping[str, Any]) -> tuple[DossierView, Line] | None:
        """The dossier and the line, or None when they are not the person's or not asked for."""
        dossier = mine(ctx, answers.get("id"))
        line = checklist(ctx, dossier).line(str(answers.get("item"))) if dossier else None
        return (dossier, line) if dossier and line else None

    def take(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        return self.receive(ctx, talk, said.files)

    def receive(self, ctx: Ctx, talk: Talk, files: tuple[Attachment, ...]) -> Turn:
        """Files for the open paper: pages at once, held back with a reason, or refused."""
        found = self.found(ctx, talk.answers)
        if found is None:
            return self.drawn(ctx, talk)
        dossier, line = found
        if dossier.state not in EDITABLE:
            return self.drawn(ctx, talk, board_text.locked(ctx))
        if not may_change(dossier, line):
            return self.drawn(ctx, talk)
        at = f"{dossier.id}.{line.paper.id}"
        sorting = pages.sort(ctx, dossier.id, line.paper.id, files, pages.keys(talk.answers))
        album = pages.together(ctx, talk.answers.get("burst"))
        before = talk.answers.get("notes") if album else None
        answers = pages.doubted(ctx, talk.answers, at, sorting)
        answers |= {
            "notes": [*(before if isinstance(before, list) else ()), *sorting.notes],
            "ack": "files",
            "ask": "",
            "burst": ctx.now.isoformat(),
        }
        if not album:
            answers.pop("renewed", None)
        return self._place(ctx, replace(talk, answers=answers), dossier, line, sorting.good)

    def _place(
        self, ctx: Ctx, talk: Talk, dossier: DossierView, line: Line, good: tuple[Attachment, ...],
        insisted: bool = False,
    ) -> Turn:  # fmt: skip
        """Add the pages, or put them in the place of the old ones; ask which when it matters."""
        if not good:
            return self.drawn(ctx, talk)
        at, mode = f"{dossier.id}.{line.paper.id}", str(talk.answers.get("mode") or "")
        if not mode and line.returned and line.item.pages:
            hold = [*pages.waiting(talk.answers, "hold", at), *map(pages.packed, good)]
            return self.drawn(
                ctx, replace(talk, answers=pages.kept(talk.answers, "hold", at, hold))
            )
        event: Event
        answers = pages.kept(talk.answers, "hold", at, ())
        if mode == "replace":
            event = PagesReplaced(dossier.id, line.paper.id, good, insisted)
            answers["renewed"] = "1"
        else:
            event = PagesAdded(dossier.id, line.paper.id, good, insisted)
        answers["mode"] = "add"
        there = {"id": str(dossier.id), "item": line.paper.id, "ack": answers.get("ack") or "1"}
        return Turn(replace(talk, answers=answers), events=(event,), then=Go(self.key, there))

    def _mode(self, ctx: Ctx, talk: Talk, dossier: DossierView, line: Line, mode: str) -> Turn:
        """The new pages come after the old ones, or in their place."""
        answers = {**talk.answers, "mode": mode}
        at = f"{dossier.id}.{line.paper.id}"
        files = tuple(pages.unpacked(h) for h in pages.waiting(answers, "hold", at))
        if files:
            return self._place(ctx, replace(talk, answers=answers), dossier, line, files)
        note = ctx.t("Bà con gửi ảnh mới đi. Bản cũ vẫn giữ đến khi có ảnh mới.")
        if mode == "add":
            note = ctx.t("Bà con gửi tiếp các trang còn thiếu.")
        return self.drawn(ctx, replace(talk, answers=answers), note)

    def _doubts(self, ctx: Ctx, talk: Talk, dossier: DossierView, line: Line, verb: str) -> Turn:
        """Use the photos held back after all, or let them go."""
        at = f"{dossier.id}.{line.paper.id}"
        held = tuple(pages.unpacked(d) for d in pages.waiting(talk.answers, "doubts", at))
        answers = pages.kept(talk.answers, "doubts", at, ())
        bare = replace(talk, answers={**answers, "notes": [], "ack": "1"})
        if verb == "drop" or not held:
            return self.drawn(ctx, bare, ctx.t("Đã bỏ ảnh chưa rõ.") if held else "")
        return self._place(ctx, bare, dossier, line, held, insisted=True)
