"""/score: a product scored by its own household on the sheet of its set, question by question.

Each answer is kept at once, so that it goes on where it stopped, on any channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations import score_text, scoring
from conversations.board_text import noted
from conversations.boards import Board
from conversations.context import Ctx
from conversations.events import ScoreGiven, ScorePictureAsked
from conversations.rooms import button
from conversations.said import Go, Said, Turn
from conversations.scoring import Sitting
from locales import N_
from models.messages import Button, Say, Talk

MOST = 8  # sets offered for a name
Act = tuple[str, ...]


class Score(Board):
    """answers: id (product) or set with `given`; later; item, case, view, page, added."""

    key = "score"
    title = N_("Tự chấm điểm")
    menu_label = N_("Tự chấm điểm")
    parks = True
    keeps = ("id", "set", "given", "later")

    def in_menu(self, ctx: Ctx) -> bool:
        return ctx.person.officer is None

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        inside = self.entered(talk, answers)
        own = ctx.records.products(ctx.person.id)
        asked = str(inside.answers.get("id") or "")
        if asked and not any(str(p.id) == asked for p in own):
            inside = replace(inside, answers={})
        if len(own) == 1 and not inside.answers.keys() & {"id", "set"}:
            inside = replace(inside, answers={"id": str(own[0].id)})
        return self.drawn(ctx, inside)

    # -- what is shown -------------------------------------------------------------------------
    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        sitting = sitting_of(ctx, talk)
        if sitting is None:
            return noted(note, choose(ctx))
        return noted(note, self._view(ctx, talk, sitting))

    def _view(self, ctx: Ctx, talk: Talk, sitting: Sitting) -> Say:
        view, answers = talk.answers.get("view"), talk.answers
        if view == "gain":
            return score_text.gain(ctx, sitting, tuple(answers.get("added", ())))  # type: ignore[arg-type]
        if view == "list":
            return score_text.listed(ctx, sitting, int(str(answers.get("page", 0))))
        wanted = answers.get("item")
        item = next((i for i in sitting.sheet.items if i.id == wanted), None)
        item = item or (None if view == "see" else sitting.next_item())
        if item is None:
            return score_text.result(ctx, sitting)
        return score_text.question(ctx, sitting, item, str(answers.get("case") or ""))

    # -- what is heard -------------------------------------------------------------------------
    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, _, value = action.partition("=")
        at, *rest = value.split(".")
        if verb == "set":
            return self._try(ctx, talk, at)
        inside = self._at(ctx, talk, at)
        sitting = sitting_of(ctx, inside) if inside else None
        if inside is None or sitting is None:
            return None
        if verb == "a" and len(rest) == 2:
            return self._answered(ctx, inside, sitting, rest[0], rest[1])
        if verb == "image" and sitting.product is not None:
            note = ctx.t("Mình đang vẽ, xong gửi ngay vào đây.")
            asked = ScorePictureAsked(sitting.product.id)
            return Turn(inside, events=(asked,), then=Go(self.key, {"view": "see"}, note))
        return self._look(ctx, inside, verb, rest)

    def _at(self, ctx: Ctx, talk: Talk, at: str) -> Talk | None:
        """The talk at that sitting; None when it is not the person's."""
        here = talk if talk.flow == self.key else self.entered(talk, {})
        if at.startswith("s"):
            return here if str(here.answers.get("set")) == at[1:] else None
        if str(here.answers.get("id")) == at:
            return here
        mine = any(str(p.id) == at for p in ctx.records.products(ctx.person.id))
        return replace(here, answers={"id": at}) if mine else None

    def _try(self, ctx: Ctx, talk: Talk, number: str) -> Turn | None:
        if not number.isdecimal() or int(number) not in ctx.content.sets:
            return None
        inside = self.entered(talk, {})
        return self.drawn(ctx, replace(inside, answers={"set": int(number), "given": {}}))

    def _answered(
        self, ctx: Ctx, talk: Talk, sitting: Sitting, item_id: str, value: str
    ) -> Turn | None:
        kept = scoring.valid(sitting.sheet, item_id, value)
        if kept is None:
            return None
        rest = {k: v for k, v in talk.answers.items() if k in self.keeps}
        if sitting.product is None:
            rest["given"] = {**sitting.answers, item_id: kept}
            return self.drawn(ctx, replace(talk, answers=rest))
        event = ScoreGiven(sitting.product.id, item_id, kept)
        return Turn(replace(talk, answers=rest), events=(event,), then=Go(self.key))

    def _look(self, ctx: Ctx, talk: Talk, verb: str, rest: list[str]) -> Turn | None:
        """Buttons that only change what is shown."""
        answers = {k: v for k, v in talk.answers.items() if k in self.keeps}
        item = rest[0] if rest else ""
        if verb == "case" and len(rest) == 2:
            answers |= {"item": item, "case": rest[1]}
        elif verb == "item":
            answers["item"] = item
        elif verb == "later":
            answers["later"] = [*_texts(talk, "later"), item]
        elif verb == "list" and item.isdecimal() and len(item) < 4:
            answers |= {"view": "list", "page": int(item)}
        elif verb == "try":
            added = _texts(talk, "added")
            flipped = [a for a in added if a != item] if item in added else [*added, item]
            answers |= {"view": "gain", "added": flipped}
        elif verb in ("see", "gain"):
            answers["view"] = verb
        elif verb == "on":
            answers.pop("later", None)
        else:
            return None
        return self.drawn(ctx, replace(talk, answers=answers))

    def words(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """A product in words, while it is asked whose sheet."""
        if sitting_of(ctx, talk) is not None or not said.text:
            return None
        found = ctx.content.find_sets(said.text, MOST)
        if not found:
            return None
        rows = tuple(
            (Button(_set_name(ctx, match.set.number), f"score:set={match.set.number}"),)
            for match in found
        )
        return Turn(talk, Say(ctx.t("Sản phẩm thuộc bộ nào?"), (*rows, (_menu(ctx),))))


def sitting_of(ctx: Ctx, talk: Talk) -> Sitting | None:
    """The sheet that is open in this talk."""
    later = tuple(_texts(talk, "later"))
    number = talk.answers.get("set")
    if isinstance(number, int) and number in ctx.content.sets:
        given: Any = talk.answers.get("given") or {}
        return Sitting(number, ctx.content.score_sheet(number), given, None, later)
    asked = str(talk.answers.get("id") or "")
    own = ctx.records.products(ctx.person.id)
    product = next((p for p in own if str(p.id) == asked), None)
    if product is None:
        return None
    answers = ctx.records.scores(ctx.person.id, product.id)
    sheet = ctx.content.score_sheet(product.set_number)
    return Sitting(product.set_number, sheet, answers, product, later)


def choose(ctx: Ctx) -> Say:
    """One's own products, or a name to find the sheet by."""
    own = ctx.records.products(ctx.person.id)
    if own:
        rows = tuple((Button(p.name[:40], f"go:score={p.id}"),) for p in own[:10])
        return Say(ctx.t("Bà con tự chấm sản phẩm nào?"), (*rows, (_menu(ctx),)))
    text = ctx.t("Bà con muốn chấm thử sản phẩm gì? Gõ tên, ví dụ: mật ong, cu đơ, nước mắm.")
    return Say(text, ((_menu(ctx),),))


def _set_name(ctx: Ctx, number: int) -> str:
    one = ctx.content.sets[number]
    return f"{number}. {one.name_en if ctx.lang == 'en' else one.name}"


def _menu(ctx: Ctx) -> Button:
    return button(ctx, "Menu", "nav:menu")


def _texts(talk: Talk, key: str) -> list[str]:
    held = talk.answers.get(key)
    return [str(one) for one in held] if isinstance(held, list | tuple) else []
