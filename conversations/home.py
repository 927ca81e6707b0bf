"""The menu: a greeting, what is open, the next step; help, language, kind refusals."""

from __future__ import annotations

from dataclasses import replace

from conversations.context import Ctx
from conversations.events import LanguageChosen
from conversations.forms import Form
from conversations.rooms import ROOMS, Room, button, grid, leave
from conversations.said import Go, Said, Turn
from locales import LANGUAGES, N_
from models.messages import Button, Say, Talk

OTHER = N_("Loại tin này mình chưa đọc được. Bà con gõ chữ, hoặc gửi ảnh, tệp PDF nhé.")
_VOICE = N_("Tin thoại mình chưa nghe được. Bà con gõ chữ, hoặc bấm nút; khó quá thì gặp cán bộ.")
_VIDEO = N_("Video mình chưa xem được. Bà con chụp ảnh từng trang rồi gửi giúp mình nhé.")
#: What people send that we do not read (Said.other) → what to do instead.
UNREAD = {
    "voice": _VOICE,
    "audio": _VOICE,
    "video": _VIDEO,
    "video_note": _VIDEO,
    "animation": _VIDEO,
    "sticker": N_("Hình dán thì mình chưa hiểu ý. Bà con gõ chữ hoặc bấm một nút bên dưới nhé."),
    "poll": N_("Bình chọn thì mình chưa trả lời được. Bà con gõ câu hỏi bằng chữ giúp mình nhé."),
    "contact": N_("Mình chỉ nhận số của chính bà con: bà con gõ số, hoặc bấm nút gửi số của mình."),
}


def consented(ctx: Ctx) -> bool:
    """Has the person agreed to the version of the consent text in force?"""
    return ctx.person.consent == ctx.content.privacy.version


def at_menu(ctx: Ctx, talk: Talk, note: str = "") -> Turn:
    """The menu as it stands for this person."""
    lines = [note or greeting(ctx)]
    work = open_work(ctx, talk, lines)
    if not work and not note:
        officer = ctx.person.officer is not None
        lines.append(ctx.t("Anh/chị chọn việc:") if officer else ctx.t("Bà con muốn làm gì?"))
    rows = [*work, *main_rows(ctx, talk)]
    return Turn(talk, Say("\n\n".join(lines), tuple(rows), key="menu"))


def greeting(ctx: Ctx) -> str:
    """A greeting by the time of day."""
    hour = ctx.local.hour
    if ctx.person.officer is not None:
        return ctx.t("Chào anh/chị!")
    if hour < 11:
        return ctx.t("Chào buổi sáng bà con!")
    if hour < 14:
        return ctx.t("Chào buổi trưa bà con!")
    if hour < 18:
        return ctx.t("Chào buổi chiều bà con!")
    return ctx.t("Chào buổi tối bà con!")


def open_work(ctx: Ctx, talk: Talk, lines: list[str]) -> list[tuple[Button, ...]]:
    """Lines and buttons for what is open: parked flows first, then the person's own work."""
    rows: list[tuple[Button, ...]] = []
    for key in reversed(talk.parked):
        room = ROOMS.get(key)
        if room is not None and room.parks:
            lines.append(ctx.t("Đang làm dở: {title}.", title=ctx.t(room.title)))
            rows.append(
                (
                    button(
                        ctx,
                        "Làm tiếp: {title}",
                        f"nav:resume={key}",
                        "primary",
                        title=ctx.t(room.title),
                    ),
                )
            )
    for room in ROOMS.rooms.values():
        for line, item in room.open_work(ctx):
            lines.append(line)
            rows.append((item,))
    return rows


def main_rows(ctx: Ctx, talk: Talk) -> tuple[tuple[Button, ...], ...]:
    """The rooms a person may open from the menu, in the registry's order.

    A flow left half-way has its own button already.
    """
    items = [
        button(ctx, room.menu_label, f"go:{room.key}")
        for room in ROOMS.rooms.values()
        if room.menu_label and room.in_menu(ctx) and not (room.parks and room.key in talk.parked)
    ]
    other = "English" if ctx.lang == "vi" else "Tiếng Việt"
    items.append(Button(other, f"nav:lang={'en' if ctx.lang == 'vi' else 'vi'}"))
    return grid(items)


def guard(ctx: Ctx) -> str:
    """What the assistant never asks: said at first contact and in every help."""
    return ctx.t("Mình không bao giờ hỏi tiền, mã OTP hay tài khoản ngân hàng.")


def help_(ctx: Ctx, talk: Talk, room: Room | None) -> Turn:
    """What can be done here, and the current step again."""
    text = ctx.t(
        "Bà con bấm nút, gõ số thứ tự, hoặc gõ bằng lời (không dấu cũng được).\n"
        "Lúc nào cũng gõ được: *menu*, *quay lại*, *huỷ*, *gặp cán bộ*, *tiếng Anh*.\n"
        "Hỏi về OCOP lúc nào cũng được, mình trả lời kèm nguồn.\n"
        "Ứng dụng khác: gõ /link. Thông tin của mình: gõ /privacy."
    )
    note = f"{text}\n\n{guard(ctx)}"
    say = at_menu(ctx, talk, note).say if room is None else noted(note, room.show(ctx, talk))
    genuine = button(ctx, "Tin nhắn này có thật không?", "go:genuine")
    return Turn(talk, replace(say, rows=(*say.rows, (genuine,))))


def noted(note: str, say: Say) -> Say:
    """`say` with a sentence before it."""
    return replace(say, text=f"{note}\n\n{say.text}" if say.text else note)


def language(ctx: Ctx, talk: Talk, code: str) -> Turn:
    """Switch the language, then the same step in it."""
    if code not in LANGUAGES:
        rows = ((Button("Tiếng Việt", "nav:lang=vi"), Button("English", "nav:lang=en")),)
        return Turn(talk, Say("Bà con chọn ngôn ngữ. / Please choose a language.", rows))
    here = Go(talk.flow or "menu")
    return Turn(talk, events=(LanguageChosen(code),), then=here)


def files_at_menu(ctx: Ctx, talk: Talk, said: Said) -> Turn:
    """Files with no open item: kept by the dossier's board, which asks whose they are."""
    board = ROOMS.get("dossier")
    if board is not None and consented(ctx) and ctx.records.dossiers(ctx.person.id):
        inside = board.open(ctx, talk, {}).talk
        if turn := board.hear(ctx, inside, said):
            return turn
    note = ctx.t(
        "Mình nhận được tệp rồi, nhưng chưa biết là của giấy tờ nào. Bà con mở hồ sơ, "
        "chọn mục rồi gửi lại giúp nhé."
    )
    return at_menu(ctx, talk, note)


def not_understood(ctx: Ctx, said: Said, misses: int) -> str:
    """A kind sentence; never the same one twice in a row."""
    if said.other:
        return ctx.t(UNREAD.get(said.other, OTHER))
    if said.place is not None:
        return ctx.t("Vị trí thì mình chưa dùng được. Bà con gõ tên xã, tên thôn giúp mình nhé.")
    if said.phone is not None:
        return ctx.t("Số điện thoại lúc này mình chưa cần; khi nào cần mình hỏi nhé.")
    if misses < 2:
        return ctx.t("Mình chưa hiểu ý bà con.")
    return ctx.t("Mình vẫn chưa hiểu. Bà con bấm một nút bên dưới, hoặc bấm “Gặp cán bộ” nhé.")


def leave_form(talk: Talk, room: Room | None) -> Talk:
    """Out of the room; a form keeps its answers for later."""
    return leave(talk, park=isinstance(room, Form))
