"""/case CODE: the review card of one dossier, and everything an officer does with it.

Every act looks the case up with the officer's rights and checks the stage again, so an old button
can do nothing it should not: it shows the card as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from conversations import case_commune as commune
from conversations import case_holding as holding
from conversations import case_items as items
from conversations import case_province as province
from conversations.boards import named
from conversations.case_asks import FREE, ask_card
from conversations.case_card import card, item_card
from conversations.case_steps import here
from conversations.context import Ctx
from conversations.events import CaseSeen
from conversations.records import DossierView
from conversations.rooms import Room, enter
from conversations.said import Go, Said, Turn
from locales import N_
from models.codes import parse
from models.messages import Say, Talk

Act = Callable[[Ctx, Talk, DossierView, list[str]], Turn]

#: What a button may do: "case:<verb>=<dossier>.<arg>..." → the act.
ACTS: dict[str, Act] = {
    "claim": holding.claim,
    "release": holding.release,
    "move": holding.ask_colleague,
    "to": holding.transfer,
    "msg": holding.ask_message,
    "end": holding.end_talk,
    "talk": holding.show_talk,
    "item": items.open_item,
    "next": items.next_item,
    "files": items.files,
    "ok": items.accept,
    "back": items.ask_reason,
    "why": items.return_for,
    "other": items.ask_own_reason,
    "supp": items.supplement,
    "undo": items.undo,
    "assess": commune.assess,
    "verdict": commune.verdict,
    "pass": commune.pass_on,
    "form": commune.form,
    "rounds": province.ask_round,
    "round": province.put_on_round,
    "result": province.result,
    "refuse": province.ask_refusal,
    "agree": province.agree,
    "disagree": province.disagree,
}
SHORTEST = 3  # characters of a reason


class CaseRoom(Room):
    """Answers: id (dossier), item (open evidence line), asks (what the next words are), note."""

    key = "case"
    title = N_("Xem hồ sơ")
    needs_consent = False
    officers_only = True
    parks = False

    def takes_payload(self, ctx: Ctx, payload: str) -> dict[str, Any] | None:
        found = self.find(ctx, payload) if ctx.person.officer else None
        return {"id": str(found.id)} if found else None

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        """A case by id or code; without one (another language was chosen) what is open already."""
        known = dict(answers) or dict(talk.answers if talk.flow == self.key else {})
        case = self.find(ctx, str(known.get("id", "")))
        if case is None:
            return Turn(talk, then=Go("queue", note=unknown(ctx) if known else ""))
        inside = replace(enter(self, talk), answers={**known, "id": str(case.id)})
        seen = CaseSeen(case.id, f"item:{known['item']}" if known.get("item") else "case")
        return Turn(inside, self.show(ctx, inside), events=(seen,))

    def find(self, ctx: Ctx, said: str) -> DossierView | None:
        """The case by id or public code, if this officer may see it."""
        officer = ctx.person.officer
        if officer is None:
            return None
        if _is_id(said) and (case := ctx.records.case(officer, int(said))):
            return case
        code = parse(said)
        return ctx.records.case_by_code(officer, code) if code else None

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        case = self.find(ctx, str(talk.answers.get("id", "")))
        if case is None:
            return Say(note or unknown(ctx))
        asks, item = talk.answers.get("asks"), talk.answers.get("item")
        if asks:
            say = ask_card(ctx, case, str(asks))
        else:
            say = item_card(ctx, case, str(item)) if item else card(ctx, case)
        return replace(say, text=f"{note}\n\n{say.text}") if note else say

    def back(self, ctx: Ctx, talk: Talk) -> Turn | None:
        """From a question or a paper to the case, from the case to the list."""
        if talk.answers.keys() & {"asks", "item"}:
            return Turn(talk, then=Go(self.key, {"id": talk.answers.get("id", "")}))
        return Turn(talk, then=Go("queue"))

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        if said.action:
            return self._press(ctx, talk, said.action)
        case = self.find(ctx, str(talk.answers.get("id", "")))
        if case is None:
            return Turn(talk, then=Go("queue", note=unknown(ctx)))
        kind = str(talk.answers.get("asks", "")).partition(":")[0]
        if kind not in FREE and (turn := self._labelled(ctx, talk, said)):
            return turn
        if kind and (said.text or said.files):
            return words(ctx, talk, case, said)
        other = self.find(ctx, said.text) if said.text else None
        return Turn(talk, then=Go(self.key, {"id": str(other.id)})) if other else None

    def _labelled(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """The turn of the button whose label, number or part was typed."""
        from conversations import asking, menu

        if not said.text or asking.sounds_like_question(said.text):
            return None
        found = named(self.show(ctx, talk), said.text)
        return menu.pressed(ctx, talk, Said(action=found.action)) if found else None

    def _press(self, ctx: Ctx, talk: Talk, action: str) -> Turn | None:
        verb, _, value = action.partition("=")
        dossier_id, *rest = value.split(".")
        case = self.find(ctx, dossier_id) if _is_id(dossier_id) else None
        if case is None:
            return Turn(talk, then=Go("queue", note=unknown(ctx)))
        if verb == "open":
            return self.open(ctx, talk, {"id": dossier_id})
        act = ACTS.get(verb)
        if act is None:
            return None
        inside = talk if talk.flow == self.key else enter(self, talk)
        if str(inside.answers.get("id")) != dossier_id:
            inside = replace(inside, answers={"id": dossier_id})
        return act(ctx, inside, case, rest)


def _is_id(said: str) -> bool:
    """ASCII digits, few enough for the database."""
    return said.isascii() and said.isdecimal() and len(said) <= 15


def unknown(ctx: Ctx) -> str:
    """The same words for a code that is not there and one that is not this officer's."""
    return ctx.t("Không có hồ sơ nào như vậy trong phạm vi của anh/chị.")


def words(ctx: Ctx, talk: Talk, case: DossierView, said: Said) -> Turn:
    """The words that were waited for: a reason, a remark, a message."""
    asks = str(talk.answers["asks"])
    kind, _, about = asks.partition(":")
    text = " ".join(said.text.split())
    if kind == "message":
        return holding.message(ctx, talk, case, said, text)
    if len(text) < SHORTEST:
        return Turn(talk, ask_card(ctx, case, asks, ctx.t("Anh/chị gõ rõ hơn một chút giúp.")))
    if kind == "reason":
        return items.reason_by_words(ctx, talk, case, about, text)
    if kind == "own":
        return items.send_back(ctx, talk, case, about, text)
    if kind == "refuse":
        return province.refuse(ctx, talk, case, text)
    if kind == "assess":
        return commune.verdict_by_words(ctx, talk, case, about, text)
    note = ctx.t("Mình chưa rõ anh/chị chọn mục nào.")
    return here(talk, case, note=note, asks=asks)
