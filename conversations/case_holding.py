"""Who has a case, and the talk with its household."""

from __future__ import annotations

from dataclasses import replace

from conversations import events as e
from conversations.case_asks import ask_card
from conversations.case_card import talk_card
from conversations.case_steps import asks, cannot, here, me
from conversations.context import Ctx
from conversations.records import DossierView
from conversations.said import Go, Said, Turn
from conversations.stages import holds, may_claim, may_hand_over, may_talk
from models.messages import SentFile, Talk

LONGEST = 2000


def claim(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if holds(me(ctx), case):
        return here(talk, case, note=ctx.t("Anh/chị đang giữ hồ sơ {code} rồi.", code=case.code))
    if not may_claim(me(ctx), case):
        return cannot(ctx, talk, case)
    note = ctx.t("Anh/chị đã nhận hồ sơ {code}.", code=case.code)
    return here(talk, case, e.CaseClaimed(case.id), note=note)


def release(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_hand_over(me(ctx), case):
        return cannot(ctx, talk, case)
    note = ctx.t("Đã trả hồ sơ {code} về danh sách chung.", code=case.code)
    return Turn(talk, events=(e.CaseReleased(case.id),), then=Go("queue", note=note))


def ask_colleague(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_hand_over(me(ctx), case):
        return cannot(ctx, talk, case)
    return asks(ctx, talk, case, "colleague")


def transfer(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    colleague = next(
        (c for c in ctx.records.colleagues(me(ctx), case.id) if rest and str(c.id) == rest[0]),
        None,
    )
    if not may_hand_over(me(ctx), case) or colleague is None:
        return cannot(ctx, talk, case)
    note = ctx.t("Đã chuyển hồ sơ {code} cho {name}.", code=case.code, name=colleague.name)
    moved = e.CaseTransferred(case.id, colleague.id)
    return Turn(talk, events=(moved,), then=Go("queue", note=note))


def ask_message(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_talk(me(ctx), case):
        return cannot(ctx, talk, case)
    return asks(ctx, talk, case, "message")


def message(ctx: Ctx, talk: Talk, case: DossierView, said: Said, text: str) -> Turn:
    """Words and files for the household."""
    if not may_talk(me(ctx), case):
        return cannot(ctx, talk, case)
    sent = tuple(SentFile(f.key, f.name, f.mime) for f in said.files if f.key and not f.refused)
    if not text and not sent:
        return Turn(talk, ask_card(ctx, case, "message"))
    event = e.CaseMessageSent(case.id, True, text[:LONGEST], sent)
    note = ctx.t("Đã gửi bà con. Câu trả lời sẽ hiện ở đây.")
    return here(talk, case, event, note=note)


def show_talk(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    inside = replace(talk, answers={"id": str(case.id)})
    return Turn(inside, talk_card(ctx, case), (e.CaseSeen(case.id, "talk"),))


def end_talk(ctx: Ctx, talk: Talk, case: DossierView, rest: list[str]) -> Turn:
    if not may_talk(me(ctx), case):
        return cannot(ctx, talk, case)
    return here(talk, case, e.TalkLeft(case.id), note=ctx.t("Đã kết thúc trao đổi."))
