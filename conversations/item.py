"""One paper of a dossier: what it is, and the pages sent for it, photo by photo until "xong"."""

from __future__ import annotations

from dataclasses import replace

from conversations import board_text, item_asking, item_rows, item_text, pages
from conversations.boards import split
from conversations.context import Ctx
from conversations.events import (
    Event,
    ItemFinished,
    ItemMarked,
    ItemPreviewAsked,
    PageRemoved,
    UploadLinkAsked,
)
from conversations.item_files import ItemFiles
from conversations.papers import Line, may_change, mine
from conversations.records import EDITABLE, DossierView, ItemState
from conversations.said import Go, Said, Turn
from conversations.understand import DONE_WORDS
from locales import N_
from models.content.fold import fold
from models.messages import Say, Talk

SETTLE = 2.0  # seconds an answer to a burst of photos waits for the rest of it


class Item(ItemFiles):
    """answers: id, item; ask (expiry | excuse | pages | redo); doubts, hold (files that wait for a
    word), mode (add | replace), notes and burst (of the files that came last), ack, renewed.
    """

    key = "item"
    title = N_("Giấy tờ trong hồ sơ")

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
