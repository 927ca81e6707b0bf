"""The dossier board: one message per dossier, a line per paper, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations import board_rows, board_text, pages
from conversations.boards import Board, split
from conversations.context import Ctx
from conversations.events import DossierChanged, FormsAsked
from conversations.papers import Line, checklist, mine, submitted
from conversations.records import EDITABLE, DossierView
from conversations.rooms import button, enter, grid
from conversations.said import Go, Said, Turn
from conversations.understand import DONE_WORDS, pick
from locales import N_
from models.content.fold import fold
from models.messages import Button, Say, Talk


class Dossier(Board):
    """answers: id, page, more (points shown), stars (choosing), pending (files kept), sorting
    (asking whose those are)."""

    key = "dossier"
    title = N_("Hồ sơ")
    menu_label = N_("Hồ sơ của tôi")
    keeps = ("pending",)

    def in_menu(self, ctx: Ctx) -> bool:
        return bool(ctx.records.dossiers(ctx.person.id))

    def open_work(self, ctx: Ctx) -> tuple[tuple[str, Button], ...]:
        shown = ctx.records.dossiers(ctx.person.id)[:3]
        return tuple((board_text.menu_line(ctx, d), board_rows.entrance(ctx, d)) for d in shown)

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        inside = self.entered(talk, answers)
        if "id" not in inside.answers:
            own = ctx.records.dossiers(ctx.person.id)
            newest = inside.answers.get("newest") and own  # the form that opened it knows no id
            if len(own) == 1 or newest:
                inside = replace(inside, answers={**inside.answers, "id": str(own[0].id)})
        return self.drawn(ctx, inside)

    # -- what is shown -------------------------------------------------------------------------
    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        dossier = mine(ctx, talk.answers.get("id"))
        if dossier is None:
            return board_text.noted(note, board_rows.choose(ctx))
        if talk.answers.get("sorting") and pages.held(talk) and dossier.state in EDITABLE:
            return board_text.noted(note, board_rows.whose(ctx, talk, dossier))
        if talk.answers.get("stars"):
            return board_text.noted(note, board_rows.stars(ctx, dossier))
        return board_text.noted(note, self._board(ctx, talk, dossier))

    def _board(self, ctx: Ctx, talk: Talk, dossier: DossierView) -> Say:
        page = int(str(talk.answers.get("page", 0)))
        shown = board_text.page(ctx, dossier, page, bool(talk.answers.get("more")))
        rows = [
            *board_rows.waiting(ctx, dossier, len(pages.held(talk))),
            *grid(self._items(ctx, dossier, shown.lines)),
            *board_rows.turning(ctx, dossier, shown),
        ]
        return Say(shown.text, (*rows, *self._doors(ctx, talk, dossier)), key=f"board:{dossier.id}")

    def _items(self, ctx: Ctx, dossier: DossierView, lines: tuple[Line, ...]) -> list[Button]:
        """A button for each line of this page that waits for the household."""
        if dossier.state not in EDITABLE:
            return []
        waiting = [line for line in lines if not line.given]
        return [
            Button(f"{line.mark} {line.paper.short}", f"dossier:open={dossier.id}.{line.paper.id}")
            for line in waiting[:8]
        ]

    def _doors(self, ctx: Ctx, talk: Talk, dossier: DossierView) -> tuple[tuple[Button, ...], ...]:
        at = dossier.id
        if submitted(dossier):
            own = [
                button(ctx, "Đến đâu rồi", f"go:status={at}", "primary"),
                button(ctx, "Xem các giấy", f"dossier:all={at}"),
            ]
            return (*grid(own), board_rows.ways_out(ctx, at))
        ready = not checklist(ctx, dossier).blocking
        more = talk.answers.get("more")
        doors = [
            button(ctx, "Xem lại và nộp", f"go:submit={at}", "primary" if ready else "plain"),
            button(ctx, "Điền mẫu 01, 02", f"dossier:forms={at}"),
            button(ctx, "Ẩn phần thêm điểm" if more else "Thêm điểm", f"dossier:more={at}"),
            button(ctx, "Đổi sao", f"dossier:stars={at}"),
            button(ctx, "Xem các giấy", f"dossier:all={at}"),
        ]
        return (*grid(doors), board_rows.ways_out(ctx, at))

    # -- what is heard -------------------------------------------------------------------------
    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, at, what = split(action)
        dossier = mine(ctx, at)
        if dossier is None:
            return None
        here = talk if talk.flow == self.key and talk.answers.get("id") == at else None
        inside = here or self.entered(talk, {"id": at})
        if verb == "open":
            return _to_item(ctx, inside, at, what)
        if verb == "into":
            return self._into(ctx, inside, at, what)
        if verb in ("star", "forms"):
            return self._change(ctx, inside, dossier, verb, what)
        return self._look(ctx, inside, verb, what)

    def _look(self, ctx: Ctx, talk: Talk, verb: str, what: str) -> Turn | None:
        """Buttons that only change what is shown."""
        answers = {k: v for k, v in talk.answers.items() if k not in ("stars", "page")}
        if verb == "page" and what.isdecimal():
            answers["page"] = int(what)
        elif verb == "more":
            answers["more"] = not answers.get("more")
            answers["page"] = 1 if answers["more"] else 0
        elif verb == "all":
            return self._list(ctx, replace(talk, answers=answers))
        elif verb == "stars":
            answers["stars"] = True
        elif verb == "held":
            answers["sorting"] = True
        elif verb == "drop":
            answers = {k: v for k, v in answers.items() if k not in ("pending", "sorting")}
        else:
            return None
        return self.drawn(ctx, replace(talk, answers=answers))

    def _list(self, ctx: Ctx, talk: Talk) -> Turn:
        """Every paper as a button, the given ones too."""
        dossier = mine(ctx, talk.answers["id"])
        lines = checklist(ctx, dossier).lines if dossier else ()
        at = talk.answers["id"]
        rows = grid(
            [
                Button(f"{line.mark} {line.paper.short}", f"dossier:open={at}.{line.paper.id}")
                for line in lines
            ]
        )
        back = button(ctx, "Quay lại", f"go:dossier={at}")
        return Turn(talk, Say(ctx.t("Bà con muốn xem giấy nào?"), (*rows, (back,))))

    def _change(
        self, ctx: Ctx, talk: Talk, dossier: DossierView, verb: str, what: str
    ) -> Turn | None:
        here = {"id": str(dossier.id)}
        if verb == "forms":
            note = ctx.t(
                "Mình đang điền mẫu 01 và mẫu 02, xong gửi ngay vào đây. Bà con in ra, xem lại "
                "rồi ký."
            )
            asked = FormsAsked(dossier.id, ("mau_01", "mau_02"))
            return Turn(talk, events=(asked,), then=Go(self.key, here, note))
        if what not in map(str, board_rows.STARS):
            return None
        if dossier.state not in EDITABLE:
            return self.drawn(ctx, self.entered(talk, here), board_text.locked(ctx))
        note = ctx.t("Đã đổi sang {n} sao. Danh mục giấy tờ bên dưới tính theo mức này.", n=what)
        changed = DossierChanged(dossier.id, {"stars_aimed": int(what)})
        return Turn(self.entered(talk, here), events=(changed,), then=Go(self.key, here, note))

    def take(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """Files with no item open are kept until the person says whose they are."""
        dossier = mine(ctx, talk.answers.get("id"))
        good = [file for file in said.files if file.key and not file.refused]
        notes = [pages.refusal(ctx, f) for f in said.files if f.refused or not f.key]
        if not good:
            return self.drawn(ctx, talk, "\n".join(notes))
        if dossier is not None and dossier.state not in EDITABLE:
            return self.drawn(ctx, talk, board_text.locked(ctx))
        known = {str(h["key"]) for h in pages.held(talk)}
        new = [pages.packed(file) for file in good if file.key not in known]
        answers = {**talk.answers, "pending": [*pages.held(talk), *new], "sorting": True}
        return self.drawn(ctx, replace(talk, answers=answers), "\n".join(notes))

    def words(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """A paper named in words, abbreviated too; "xong": what is there is looked over."""
        from conversations import asking
        from conversations.steps import Choice

        dossier = mine(ctx, talk.answers.get("id"))
        if dossier is None or asking.sounds_like_question(said.text):
            return None
        sorting = bool(pages.held(talk) and talk.answers.get("sorting"))
        if fold(said.text).strip(" .!") in DONE_WORDS and not sorting:
            return Turn(talk, then=Go("submit", {"id": str(dossier.id)}))
        lines = checklist(ctx, dossier).lines
        named = (
            pick(said.text, [(Choice(ln.paper.id, ln.paper.name), ln.paper.name) for ln in lines])
            if not said.text.strip().isdecimal()
            else None
        )
        paper = named.key if named else ctx.answerer().paper(said.text) if ctx.answerer else ""
        if paper not in {line.paper.id for line in lines}:
            return None
        if sorting:
            return self._into(ctx, talk, str(dossier.id), paper)
        return _to_item(ctx, talk, str(dossier.id), paper)

    def _into(self, ctx: Ctx, talk: Talk, at: str, evidence: str) -> Turn | None:
        """The files kept go under `evidence`, as if they had been sent there."""
        from conversations.item import Item

        files = tuple(pages.unpacked(h) for h in pages.held(talk))
        kept = {k: v for k, v in talk.answers.items() if k not in ("pending", "sorting")}
        bare = replace(talk, answers=kept)
        if not files:
            return _to_item(ctx, bare, at, evidence)
        return Item().receive(ctx, enter(Item(), bare, {"id": at, "item": evidence}), files)


def _to_item(ctx: Ctx, talk: Talk, at: str, evidence: str) -> Turn:
    from conversations import menu

    return menu.go(ctx, talk, "item", {"id": at, "item": evidence})
