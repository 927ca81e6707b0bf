"""/case CODE: the review card of one dossier, and everything an officer does with it.

Every act looks the case up with the officer's rights and checks the stage again, so an old button
can do nothing it should not: it shows the card as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from conversations import case_acts as acts
from conversations.case_card import card, item_card
from conversations.context import Ctx
from conversations.events import CaseSeen
from conversations.records import DossierView
from conversations.rooms import Room, enter
from conversations.said import Go, Said, Turn
from models.codes import parse
from models.messages import Say, Talk

Act = Callable[[Ctx, Talk, DossierView, list[str]], Turn]

#: What a button may do: "case:<verb>=<dossier>.<arg>..." → the act.
ACTS: dict[str, Act] = {
    "claim": acts.claim,
    "release": acts.release,
    "item": acts.open_item,
    "next": acts.next_item,
    "files": acts.files,
    "ok": acts.accept,
    "back": acts.ask_reason,
    "why": acts.return_for,
    "other": acts.ask_own_reason,
    "assess": acts.assess,
    "verdict": acts.verdict,
    "supp": acts.supplement,
    "undo": acts.undo,
    "pass": acts.pass_on,
    "form": acts.form,
    "rounds": acts.ask_round,
    "round": acts.put_on_round,
    "result": acts.result,
    "refuse": acts.ask_refusal,
    "msg": acts.ask_message,
    "end": acts.end_talk,
    "move": acts.ask_colleague,
    "to": acts.transfer,
    "talk": acts.show_talk,
}


class CaseRoom(Room):
    """Answers: id (dossier), item (open evidence line), asks (what the next words are)."""

    key = "case"
    title = "Xem hồ sơ"
    needs_consent = False
    officers_only = True
    parks = False

    def takes_payload(self, ctx: Ctx, payload: str) -> dict[str, Any] | None:
        found = self.find(ctx, payload) if ctx.person.officer else None
        return {"id": str(found.id)} if found else None

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        case = self.find(ctx, str(answers.get("id", "")))
        if case is None:
            return Turn(talk, then=Go("queue", note=unknown(ctx)))
        inside = enter(
            self,
            replace(talk, answers={}) if talk.flow == self.key else talk,
            {**answers, "id": case.id},
        )
        inside = replace(inside, answers={**dict(answers), "id": case.id})
        return Turn(inside, self.show(ctx, inside), events=(CaseSeen(case.id),))

    def find(self, ctx: Ctx, said: str) -> DossierView | None:
        """The case by id or public code, if this officer may see it."""
        officer = ctx.person.officer
        if officer is None:
            return None
        if said.isdecimal() and (case := ctx.records.case(officer, int(said))):
            return case
        code = parse(said)
        return ctx.records.case_by_code(officer, code) if code else None

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        case = self.find(ctx, str(talk.answers.get("id", "")))
        if case is None:
            return Say(note or unknown(ctx))
        item = talk.answers.get("item")
        say = item_card(ctx, case, str(item), talk) if item else card(ctx, case)
        return replace(say, text=f"{note}\n\n{say.text}") if note else say

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        if said.action:
            return self._press(ctx, talk, said.action)
        case = self.find(ctx, str(talk.answers.get("id", "")))
        if case is None:
            return Turn(talk, then=Go("queue", note=unknown(ctx)))
        if talk.answers.get("asks") and (said.text or said.files):
            return acts.words(ctx, talk, case, said)
        other = self.find(ctx, said.text) if said.text else None
        if other is not None:
            return Turn(talk, then=Go("case", {"id": str(other.id)}))
        return None

    def _press(self, ctx: Ctx, talk: Talk, action: str) -> Turn | None:
        verb, _, value = action.partition("=")
        dossier_id, *rest = value.split(".")
        case = self.find(ctx, dossier_id)
        if case is None:
            return Turn(talk, then=Go("queue", note=unknown(ctx)))
        if verb == "open":
            return self.open(ctx, talk, {"id": dossier_id})
        act = ACTS.get(verb)
        if act is None:
            return None
        here = talk if talk.flow == self.key else enter(self, talk)
        if str(here.answers.get("id")) != dossier_id:
            here = replace(here, answers={"id": case.id})
        return act(ctx, here, case, rest)


def unknown(ctx: Ctx) -> str:
    """The same words for a code that is not there and one that is not this officer's."""
    return ctx.t("Không có hồ sơ nào như vậy trong phạm vi của anh/chị.")
