"""One paper of a dossier: what it is, and the pages sent for it, photo by photo until "xong"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations import board_text, item_asking, item_rows, item_text, pages
from conversations.boards import Board, split
from conversations.context import Ctx
from conversations.dossier import may_change
from conversations.events import (
    Event,
    ItemFinished,
    ItemMarked,
    ItemPreviewAsked,
    PageRemoved,
    PagesAdded,
    PagesReplaced,
    UploadLinkAsked,
)
from conversations.papers import Line, checklist, mine
from conversations.records import EDITABLE, DossierView, ItemState
from conversations.said import Go, Said, Turn
from locales import N_
from models.content.fold import fold
from models.messages import Attachment, Say, Talk

DONE_WORDS = {"xong", "xong roi", "du roi", "het", "het roi", "done", "finished"}
SETTLE = 2.0  # seconds an answer to a burst of photos waits for the rest of it


class Item(Board):
    """answers: id, item; ask (expiry | excuse | pages | redo); doubts, hold (files that wait for a
    word), mode (add | replace), notes and burst (of the files that came last), ack, renewed.
    """

    key = "item"
    title = N_("Giấy tờ trong hồ sơ")
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

    def back(self, ctx: Ctx, talk: Talk) -> Turn:
        return self.finish(ctx, talk, quietly=True)

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        found = self.found(ctx, talk.answers)
        if found is None:
            return board_text.noted(note, item_rows.nothing(ctx))
        dossier, line = found
        at = f"{dossier.id}.{line.paper.id}"
        ask = str(talk.answers.get("ask") or "")
        if held := pages.waiting(talk.answers, "hold", at):
            return board_text.noted(note, item_asking.add_or_replace(ctx, len(held), at))
        if ask in item_asking.QUESTIONS:
            return board_text.noted(note, item_asking.QUESTIONS[ask](ctx, line, at))
        changing = may_change(dossier, line)
        doubts = pages.waiting(talk.answers, "doubts", at)
        rows = item_rows.rows(ctx, dossier, line, bool(doubts), changing)
        if ack := talk.answers.get("ack"):
            text = item_text.received(ctx, line.item, talk.answers, doubts)
            key = f"pages:{dossier.id}:{line.paper.id}"
            return board_text.noted(
                note, Say(text, rows, key=key, settle=SETTLE if ack == "files" else 0.0)
            )
        text = item_text.card(ctx, dossier, line, changing=changing, full=not note)
        return board_text.noted(note, Say(text, rows))

    # -- files ---------------------------------------------------------------------------------
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

    # -- buttons -------------------------------------------------------------------------------
    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, at, what = split(action)
        page = what if verb == "del" else ""
        if page:
            what = pages.owner(mine(ctx, at), page)
        here = self.entered(talk, {"id": at, "item": what})
        found = self.found(ctx, here.answers)
        if found is None:
            return None
        dossier, line = found
        if verb == "take":
            return self.receive(ctx, here, said.files)
        if verb == "show":
            return self.drawn(ctx, here)
        if verb == "done":
            return self.finish(ctx, here)
        if verb == "see":
            return self._job(
                ctx,
                here,
                ItemPreviewAsked(dossier.id, line.paper.id),
                ctx.t("Mình đang ghép các trang thành một tệp, gửi ngay vào đây."),
            )
        if not may_change(dossier, line) and not line.paper.on_paper:
            return self.drawn(ctx, here)
        if dossier.state not in EDITABLE:
            return self.drawn(ctx, here, board_text.locked(ctx))
        if verb == "del":
            return self._remove(ctx, here, dossier, line, int(page))
        return self._change(ctx, here, dossier, line, verb)

    def _change(
        self, ctx: Ctx, talk: Talk, dossier: DossierView, line: Line, verb: str
    ) -> Turn | None:
        if verb in ("keep", "drop"):
            return self._doubts(ctx, talk, dossier, line, verb)
        if verb in ("add", "new"):
            return self._mode(ctx, talk, dossier, line, "add" if verb == "add" else "replace")
        if verb == "web":
            return self._job(ctx, talk, UploadLinkAsked(dossier.id, line.paper.id))
        if verb in ("have", "none"):
            return self._mark(
                talk,
                dossier,
                line,
                "have" if verb == "have" else "missing",
                ctx.t("Đã ghi: {paper}.", paper=line.paper.name),
            )
        if verb in ("pages", "expiry", "excuse"):
            return self.drawn(ctx, replace(talk, answers={**talk.answers, "ask": verb}))
        return None

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

    def _remove(
        self, ctx: Ctx, talk: Talk, dossier: DossierView, line: Line, page_id: int
    ) -> Turn | None:
        if page_id not in {p.id for p in line.item.pages}:
            return None
        left = "pages" if len(line.item.pages) > 1 else ""
        there = {"id": str(dossier.id), "item": line.paper.id, "ask": left}
        return Turn(
            talk,
            events=(PageRemoved(dossier.id, page_id),),
            then=Go(self.key, there, ctx.t("Đã xoá một trang.")),
        )

    def _job(self, ctx: Ctx, talk: Talk, event: Event, note: str = "") -> Turn:
        there = {"id": talk.answers["id"], "item": talk.answers["item"]}
        return Turn(talk, events=(event,), then=Go(self.key, there, note))

    def _mark(
        self, talk: Talk, dossier: DossierView, line: Line, state: str, note: str, excuse: str = ""
    ) -> Turn:
        marked = ItemMarked(dossier.id, line.paper.id, state, excuse)
        return Turn(talk, events=(marked,), then=Go("dossier", {"id": str(dossier.id)}, note))

    # -- words ---------------------------------------------------------------------------------
    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        asked = str(talk.answers.get("ask") or "")
        if said.text and not said.action and asked in ("expiry", "excuse"):
            labelled = self.labelled(ctx, talk, said) if not said.text[:1].isdigit() else None
            return labelled or self._answered(ctx, talk, said.text, asked)
        return super().hear(ctx, talk, said)

    def words(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        return self.finish(ctx, talk) if fold(said.text).strip(" .!") in DONE_WORDS else None

    def _answered(self, ctx: Ctx, talk: Talk, text: str, asked: str) -> Turn | None:
        found = self.found(ctx, talk.answers)
        if found is None or found[0].state not in EDITABLE:
            return None
        dossier, line = found
        if asked == "excuse":
            reason = " ".join(text.split())[:300]
            if len(reason) < 3:
                return self.drawn(ctx, talk, ctx.t("Bà con gõ lý do bằng vài chữ giúp mình nhé."))
            return self._mark(
                talk, dossier, line, "excused", ctx.t("Đã ghi: không áp dụng."), reason
            )
        return item_asking.expires(ctx, talk, self, dossier, line, text)

    def finish(self, ctx: Ctx, talk: Talk, *, quietly: bool = False) -> Turn:
        """ "Xong": the pages sent are the paper. `quietly`: only going back to the board."""
        found = self.found(ctx, talk.answers)
        if found is None:
            return Turn(talk, then=Go("dossier"))
        dossier, line = found
        board = Go("dossier", {"id": str(dossier.id)})
        at = f"{dossier.id}.{line.paper.id}"
        waits = [pages.waiting(talk.answers, kind, at) for kind in ("doubts", "hold")]
        if any(waits) and not quietly:
            note = ctx.t("Còn ảnh đang chờ bà con quyết.")
            return self.drawn(ctx, replace(talk, answers={**talk.answers, "ack": "1"}), note)
        if line.item.state is not ItemState.OPEN or not line.item.pages:
            missing = not line.item.pages and not quietly
            note = ctx.t("Chưa có trang nào. Bà con gửi ảnh rồi hãy bấm Xong nhé.")
            return self.drawn(ctx, talk, note) if missing else Turn(talk, then=board)
        event = ItemFinished(dossier.id, line.paper.id)
        if line.paper.expires and line.item.expires_on is None:
            ask = {"id": board.answers["id"], "item": line.paper.id, "ask": "expiry"}
            return Turn(talk, events=(event,), then=Go(self.key, ask))
        note = ctx.t("Đã lưu {n} trang: {paper}.", n=len(line.item.pages), paper=line.paper.name)
        return Turn(talk, events=(event,), then=replace(board, note=note))
