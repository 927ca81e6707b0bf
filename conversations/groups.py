"""Said in a group: general questions for everyone; for officers the alerts, and nothing personal.

A press counts for who pressed, with their rights, and is answered to them alone; what a case holds
is only ever shown in the private chat. Pictures, papers and voices are not taken here: they are
private. A corrected question is answered again; what a message did stays done.
"""

from __future__ import annotations

from dataclasses import replace

from conversations import asking
from conversations import events as e
from conversations.case_holding import LONGEST
from conversations.case_steps import why_not
from conversations.context import Ctx
from conversations.records import DossierView, OfficerView
from conversations.said import Said, Turn
from conversations.stages import holds, may_claim, may_talk, within
from models.content.fold import fold
from models.messages import Say, Talk

JOINED = "joined"  # Said.other when a group took us in
ALBUM = 2.0  # seconds until its pictures are all here
OFF = frozenset({"off", "tat", "thoi", "huy"})


def heard(ctx: Ctx, talk: Talk, said: Said) -> Turn:
    """What one message of a group does. The talk of who said it stays as it is."""
    if said.action:
        return pressed(ctx, talk, said.action)
    if said.other == JOINED:
        return Turn(talk, Say(f"{greeting(ctx)}\n\n{how_to_bind(ctx)}"))
    if said.edited and said.before is not None:
        return corrected(ctx, talk, said)
    if not (said.files or said.other):
        return worded(ctx, talk, said)
    if not said.text:  # an album is a message each: refused once
        return Turn(talk, Say(not_here(ctx), key="group:files", settle=ALBUM))
    turn = worded(ctx, talk, said)
    return replace(turn, say=replace(turn.say, text=f"{turn.say.text}\n\n{not_here(ctx)}"))


def worded(ctx: Ctx, talk: Talk, said: Said) -> Turn:
    """What its words do."""
    name, _, rest = said.text.removeprefix("/").partition(" ")
    if said.text.startswith("/"):
        if name.partition("@")[0].lower() == "group":
            return bound(ctx, talk, rest.strip())
        return Turn(talk, Say(f"{greeting(ctx)}\n\n{private(ctx)}"))
    if said.replied_dossier is not None and ctx.person.officer is not None:
        return relayed(ctx, talk, ctx.person.officer, said)
    return asking.in_group(ctx, talk, said.text) or Turn(talk, Say(private(ctx)))


def corrected(ctx: Ctx, talk: Talk, said: Said) -> Turn:
    """A message that was heard and reads otherwise now."""
    if said.text == said.before:  # a link got its preview: nothing changed
        return Turn(talk)
    if said.text.startswith("/") or said.replied_dossier is not None:
        text = ctx.t(
            "Tin đó mình đã làm theo lúc đầu. Muốn đổi thì nhắn một tin mới giúp mình nhé."
        )
        return Turn(talk, Say(text))
    return asking.in_group(ctx, talk, said.text) or Turn(talk, Say(private(ctx)))


# -- alerts ----------------------------------------------------------------------------------------
def bound(ctx: Ctx, talk: Talk, rest: str) -> Turn:
    """/group, /group off: an officer has this group hear what the officer hears, or no more."""
    officer = ctx.person.officer
    if officer is None:
        return Turn(talk, Say(ctx.t("Lệnh này dành cho cán bộ đã nhận lời mời trên trợ lý.")))
    if fold(rest) in OFF:
        return unbound(ctx, talk, officer)
    if officer.role == "commune" and not officer.communes:
        return Turn(talk, Say(ctx.t("Anh/chị chưa phụ trách xã nào.")))
    places = _places(ctx, officer)
    text = ctx.t(
        "Từ giờ nhóm này nhận báo hồ sơ mới của {places}. Tin trong nhóm không có số điện thoại; "
        "xem hồ sơ thì bấm nút, mình gửi riêng. Thôi nhận: gõ /group off",
        places=places,
    )
    return Turn(talk, Say(text), (e.GroupBound(ctx.group),))


def unbound(ctx: Ctx, talk: Talk, officer: OfficerView) -> Turn:
    """Only of officers whose rights lie within one's own; somebody else's stay."""
    every = ctx.records.officers_of_group(ctx.group)
    mine = tuple(other for other in every if within(officer, other))
    if not mine:
        return Turn(talk, Say(ctx.t("Nhóm này đang không nhận báo nào của anh/chị.")))
    text = (
        ctx.t("Nhóm này thôi nhận báo hồ sơ mới.")
        if len(mine) == len(every)
        else ctx.t("Nhóm này thôi nhận báo của anh/chị; báo của cán bộ khác vẫn còn.")
    )
    return Turn(talk, Say(text), (e.GroupUnbound(ctx.group, tuple(o.id for o in mine)),))


def _places(ctx: Ctx, officer: OfficerView) -> str:
    if officer.role != "commune":
        return ctx.t("cấp tỉnh")
    known = (ctx.content.communes.get(code) for code in sorted(officer.communes))
    return ", ".join(commune.full(ctx.lang) for commune in known if commune)


def pressed(ctx: Ctx, talk: Talk, action: str) -> Turn:
    """A button of an alert: what `say` holds is told to who pressed, alone."""
    officer = ctx.person.officer
    verb, _, number = action.partition("=")
    if officer is None:
        return Turn(talk, Say(ctx.t("Nút này dành cho cán bộ phụ trách hồ sơ. Cảm ơn bà con!")))
    if verb not in ("case:claim", "case:open") or not number.isdecimal():
        return Turn(talk, Say(ctx.t("Việc này anh/chị làm trong trò chuyện riêng giúp nhé.")))
    case = ctx.records.case(officer, int(number))
    if case is None:
        return Turn(talk, Say(ctx.t("Hồ sơ này không thuộc phạm vi của anh/chị.")))
    return claimed(ctx, talk, officer, case) if verb == "case:claim" else opened(ctx, talk, case)


def claimed(ctx: Ctx, talk: Talk, officer: OfficerView, case: DossierView) -> Turn:
    """Taken from the group; the case itself goes to the officer's private chat."""
    if holds(officer, case):
        return Turn(talk, Say(ctx.t("Anh/chị đang giữ hồ sơ {code} rồi.", code=case.code)))
    if not may_claim(officer, case):
        return Turn(talk, Say(why_not(ctx, case)))
    told = ctx.t("Anh/chị đã nhận hồ sơ {code}. Mình gửi vào trò chuyện riêng.", code=case.code)
    return Turn(talk, Say(told), (e.CaseClaimed(case.id), e.CaseOpenedInGroup(case.id)))


def opened(ctx: Ctx, talk: Talk, case: DossierView) -> Turn:
    told = ctx.t("Mình gửi hồ sơ {code} vào trò chuyện riêng của anh/chị.", code=case.code)
    return Turn(talk, Say(told), (e.CaseOpenedInGroup(case.id),))


def relayed(ctx: Ctx, talk: Talk, officer: OfficerView, said: Said) -> Turn:
    """An alert answered in the group: words for the household, of who may write to it."""
    case = ctx.records.case(officer, said.replied_dossier or 0)
    if case is None:
        return Turn(talk, Say(ctx.t("Hồ sơ này không thuộc phạm vi của anh/chị.")))
    if not may_talk(officer, case):
        return Turn(talk, Say(why_not(ctx, case)))
    sent = e.CaseMessageSent(case.id, True, said.text[:LONGEST])
    told = ctx.t("Đã gửi bà con của hồ sơ {code}. Trả lời sẽ đến trò chuyện riêng.", code=case.code)
    return Turn(talk, Say(told), (sent,))


# -- what everybody may read -----------------------------------------------------------------------
def greeting(ctx: Ctx) -> str:
    return ctx.t("Chào cả nhà, mình là trợ lý OCOP. Hỏi chung về OCOP thì gọi tên mình trong nhóm.")


def how_to_bind(ctx: Ctx) -> str:
    return ctx.t("Cán bộ muốn nhóm nhận báo hồ sơ mới thì gõ /group.")


def not_here(ctx: Ctx) -> str:
    return ctx.t(
        "Ảnh, giấy tờ, tin thoại mình không nhận trong nhóm, vì là việc riêng. "
        "Gửi riêng cho mình nhé."
    )


def private(ctx: Ctx) -> str:
    return ctx.t(
        "Trong nhóm mình chỉ trả lời câu hỏi chung về OCOP. Việc riêng, "
        "bà con nhắn trực tiếp cho mình nhé."
    )
