"""What one reported: where it stands, and what to tell the officer about it."""

from __future__ import annotations

from conversations import asking
from conversations.board_text import noted
from conversations.boards import Board
from conversations.complaint_words import KIND_WORDS, OUTCOMES
from conversations.context import Ctx
from conversations.events import ComplaintReplied
from conversations.pages import refusal
from conversations.records import ComplaintView
from conversations.rooms import button
from conversations.said import Go, Said, Turn
from locales import N_, datetime_
from models.messages import Button, Say, SentFile, Talk

LONGEST = 2000


class OwnComplaints(Board):
    """answers: id ("" = the newest)."""

    key = "own_complaints"
    title = N_("Phản ánh của tôi")
    needs_consent = False

    def open_work(self, ctx: Ctx) -> tuple[tuple[str, Button], ...]:
        if ctx.person.officer is not None:
            return ()
        waiting = [c for c in ctx.records.own_complaints(ctx.person.id, 2) if c.state != "closed"]
        return tuple(
            (
                ctx.t("Phản ánh {code}: {state}.", code=c.code, state=state(ctx, c)),
                Button(ctx.t("Xem phản ánh {code}", code=c.code), f"go:own_complaints={c.id}"),
            )
            for c in waiting
        )

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        one = self._one(ctx, talk)
        menu = (button(ctx, "Menu", "nav:menu"),)
        if one is None:
            new = (button(ctx, "Phản ánh sản phẩm", "go:complaint_form"),)
            return noted(note, Say(ctx.t("Bà con chưa có phản ánh nào."), (new, menu)))
        return noted(note, Say("\n\n".join(told(ctx, one)), (menu,)))

    def _one(self, ctx: Ctx, talk: Talk) -> ComplaintView | None:
        number = str(talk.answers.get("id") or "")
        if number.isdecimal():
            return ctx.records.own_complaint(ctx.person.id, int(number[:12]))
        return next(iter(ctx.records.own_complaints(ctx.person.id, 1)), None)

    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        return None

    def words(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """To the officer; a question of policy is answered as everywhere."""
        if asking.sounds_like_question(said.text):
            return None
        return self._reply(ctx, talk, said.text[:LONGEST], ())

    def take(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        refused = [f for f in said.files if f.refused or not f.key]
        if refused:
            return self.drawn(ctx, talk, refusal(ctx, refused[0]))
        photos = [f for f in said.files if f.mime.startswith("image/")]
        if not photos:
            return self.drawn(ctx, talk, ctx.t("Chỗ này mình chỉ nhận ảnh hoặc chữ."))
        files = [SentFile(f.key or "", f"anh-{n}.jpg", f.mime) for n, f in enumerate(photos, 1)]
        return self._reply(ctx, talk, said.text[:LONGEST], tuple(files))

    def _reply(self, ctx: Ctx, talk: Talk, text: str, files: tuple[SentFile, ...]) -> Turn | None:
        one = self._one(ctx, talk)
        if one is None or one.state == "closed" or not (text or files):
            return None
        event = ComplaintReplied(one.id, text, files)
        note = ctx.t("Mình đã chuyển cho cán bộ.")
        return Turn(talk, events=(event,), then=Go(self.key, {"id": str(one.id)}, note))


def state(ctx: Ctx, one: ComplaintView) -> str:
    """Where it stands, as its reporter reads it."""
    if one.state == "closed":
        return ctx.t(OUTCOMES[one.outcome])
    if one.officer_name:
        return ctx.t("cán bộ {officer} đang xem", officer=one.officer_name)
    return ctx.t("chờ cán bộ nhận")


def told(ctx: Ctx, one: ComplaintView) -> list[str]:
    """A complaint as its reporter reads it."""
    lines = [
        ctx.t("*Phản ánh {code}* · {day}", code=one.code, day=datetime_(ctx.lang, one.made_at)),
        f"{ctx.t(KIND_WORDS[one.kind])}: {one.product}\n{one.text}",
        *(
            f"{line.who or ctx.t('Bà con')}: {line.text or ctx.t('(ảnh)')}"
            for line in one.lines[-6:]
        ),
    ]
    if one.state == "closed":
        lines.append(f"{ctx.t(OUTCOMES[one.outcome])}. {one.officer_name}: {one.result}")
    elif one.officer_name:
        lines.append(
            ctx.t(
                "Cán bộ {officer} đang xem. Muốn nói thêm, bà con gõ hoặc gửi ảnh vào đây.",
                officer=one.officer_name,
            )
        )
    elif one.late or one.due_at < ctx.now:
        lines.append(
            ctx.t(
                "Chưa có cán bộ nào nhận kịp, mình đã nhắc. Muốn nói thêm, bà con gõ hoặc gửi ảnh "
                "vào đây."
            )
        )
    else:
        lines.append(
            ctx.t(
                "Cán bộ sẽ nhận xem trước {time}. Muốn nói thêm, bà con gõ hoặc gửi ảnh vào đây.",
                time=datetime_(ctx.lang, one.due_at),
            )
        )
    return lines
