"""An answer to one of our letters, by the channel's own "reply": it says what it is about.

Officers answer an alert or a question where it stands; households answer what an officer wrote. The
words go to the other side of that case, whatever else is open here.
"""

from __future__ import annotations

from conversations import events as e
from conversations.case_holding import LONGEST
from conversations.case_steps import cannot, here
from conversations.context import Ctx
from conversations.papers import mine
from conversations.records import OfficerView
from conversations.rooms import ROOMS, enter
from conversations.said import Said, Turn
from conversations.stages import may_talk
from models.messages import SentFile, Talk

TICKET, SAID = "ticket:", "said:"  # keys of letters: a question; an officer's words


def answer(ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
    """The turn of an answered letter; None when it answers nothing of that kind."""
    if said.edited or not (said.text or said.files):
        return None
    officer = ctx.person.officer
    if officer is not None and said.replied_key.startswith(TICKET):
        return _question(ctx, talk, said)
    if said.replied_dossier is None:
        return None
    if officer is not None and (turn := _case(ctx, talk, officer, said)):
        return turn
    return _household(ctx, talk, said)


def _question(ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
    """The answer is shown before it is sent, as when its button is pressed."""
    room = ROOMS.get("tickets")
    if room is None or not said.text:
        return None
    asked = room.open(ctx, talk, {"id": said.replied_key.removeprefix(TICKET)})
    return room.hear(ctx, asked.talk, Said(said.text)) or asked


def _case(ctx: Ctx, talk: Talk, officer: OfficerView, said: Said) -> Turn | None:
    case = ctx.records.case(officer, said.replied_dossier or 0)
    if case is None:
        return None
    inside = enter(ROOMS.rooms["case"], talk)
    if not may_talk(officer, case):
        return cannot(ctx, inside, case)
    files = tuple(SentFile(f.key, f.name, f.mime) for f in said.files if f.key and not f.refused)
    if not said.text and not files:
        return None
    event = e.CaseMessageSent(case.id, True, said.text[:LONGEST], files)
    note = ctx.t("Đã gửi bà con của hồ sơ {code}. Câu trả lời sẽ hiện ở đây.", code=case.code)
    return here(inside, case, event, note=note)


def _household(ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
    """Words for the officer. Photos too, when it was words they answer: else they are papers."""
    if mine(ctx, said.replied_dossier) is None:
        return None
    if said.files and not said.replied_key.startswith(SAID):
        return None
    room = ROOMS.rooms["officer"]
    asked = room.open(ctx, talk, {"id": str(said.replied_dossier)})
    return room.hear(ctx, asked.talk, Said(said.text, files=said.files))
