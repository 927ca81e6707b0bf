"""A product's certificate in its last months: evaluate again, put the reminder off, or stop it."""

from __future__ import annotations

from datetime import timedelta

from conversations import ending
from conversations.board_text import noted
from conversations.boards import Board
from conversations.context import Ctx
from conversations.ending import Stage
from conversations.events import ReminderChosen, RenewalBegun
from conversations.letters import Line
from conversations.letters import ending as letters
from conversations.records import UNDER_WAY, EndingView
from conversations.rooms import button
from conversations.said import Go, Said, Turn
from locales import N_, date_
from models.messages import Button, Say, Talk

MINE = ("certificate", "paper")  # what a household may put off


class Renew(Board):
    """answers: id (certificate); stopped (just stopped: may be taken back)."""

    key = "renew"
    title = N_("Giấy chứng nhận")

    def open_work(self, ctx: Ctx) -> tuple[tuple[str, Button], ...]:
        """Certificates in their last months with no dossier handed in yet."""
        near = [one for one in pressing(ctx) if one.dossier_id is None]
        return tuple((line(ctx, one), _begin(ctx, one)) for one in near[:3])

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        own = ctx.records.certificates(ctx.person.id)
        asked = str(talk.answers.get("id") or "")
        one = next((c for c in own if str(c.id) == asked), own[0] if len(own) == 1 else None)
        menu = (button(ctx, "Menu", "nav:menu"),)
        if one is not None:
            return noted(note, _card(ctx, one))
        if not own:
            return noted(note, Say(ctx.t("Bà con chưa có giấy chứng nhận OCOP nào."), (menu,)))
        rows = tuple((Button(c.product.name[:40], f"go:renew={c.id}"),) for c in own[:10])
        return noted(note, Say(ctx.t("Bà con xem sản phẩm nào?"), (*rows, menu)))

    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, _, value = action.partition("=")
        if verb == "begin":
            return self._begun(ctx, talk, value)
        if verb in ("later", "stop", "on"):
            return self._chosen(ctx, talk, verb, value)
        return None

    def _begun(self, ctx: Ctx, talk: Talk, value: str) -> Turn | None:
        """The dossier that is there, else a new one from the last."""
        own = ctx.records.certificates(ctx.person.id)
        one = next((c for c in own if str(c.id) == value), None)
        if one is None:
            return None
        if one.dossier_id is not None:
            note = ctx.t("{name} đã có hồ sơ đang làm, mình mở ra nhé.", name=one.product.name)
            return Turn(talk, then=Go("dossier", {"id": str(one.dossier_id)}, note))
        note = ctx.t("Đã mở hồ sơ đánh giá lại cho {name}.", name=one.product.name)
        if taken := _taken(ctx, one):
            more = ctx.t(
                "Mình chép sẵn {n} giấy còn hạn từ lần trước, bà con xem lại giúp.", n=taken
            )
            note = f"{note} {more}"
        return Turn(
            talk, events=(RenewalBegun(one.id),), then=Go("dossier", {"newest": True}, note)
        )

    def _chosen(self, ctx: Ctx, talk: Talk, verb: str, value: str) -> Turn | None:
        kind, _, number = value.partition(".")
        if kind not in MINE or not number.isdecimal() or len(number) > 15:
            return None
        return chosen(ctx, talk, verb, f"{kind}:{number}", f"renew:on={value}")


def chosen(ctx: Ctx, talk: Talk, verb: str, about: str, undo: str) -> Turn:
    """A reminder put off ("later"), stopped ("stop") or wanted again; `undo` wants it again."""
    menu = button(ctx, "Menu", "nav:menu")
    if verb == "later":
        day = ctx.today + timedelta(days=ctx.content.times.snooze_days)
        text = ctx.t("Được, {day} mình nhắc lại.", day=date_(ctx.lang, day))
        return Turn(talk, Say(text, ((menu,),)), (ReminderChosen(about, again_on=day),))
    if verb == "stop":
        text = ctx.t("Được, việc này mình thôi nhắc. Cần thì bấm nút dưới, mình nhắc lại.")
        rows = ((button(ctx, "Nhắc lại như cũ", undo), menu),)
        return Turn(talk, Say(text, rows), (ReminderChosen(about, stopped=True),))
    return Turn(talk, Say(ctx.t("Được, đến lúc mình lại nhắc."), ((menu,),)),
                (ReminderChosen(about),))  # fmt: skip


def pressing(ctx: Ctx) -> list[EndingView]:
    """The person's certificates in their last months for which nothing was handed in."""
    return [
        one
        for one in ctx.records.certificates(ctx.person.id)
        if one.dossier_state not in UNDER_WAY
        and ending.stage_of(ctx.content, one.certificate.valid_to, ctx.today)
    ]


def told(ctx: Ctx, one: EndingView, stage: Stage) -> letters.Ending:
    """The certificate as letters say it."""
    opens, closes = ctx.content.re_evaluation_window(one.certificate.valid_to)
    return letters.Ending(one.id, one.product.name, one.producer, one.certificate.stars, opens,
                          closes, one.certificate.valid_to, stage, one.dossier_id)  # fmt: skip


def line(ctx: Ctx, one: EndingView) -> str:
    """One line for the menu."""
    stage = ending.stage_of(ctx.content, one.certificate.valid_to, ctx.today) or Stage.ENDED
    fields = letters.said(told(ctx, one, stage), ctx.today)
    sentence = Line(letters.STAGES[stage], fields).tell(ctx.lang)
    return f"{one.product.name}: {sentence}"


def _begin(ctx: Ctx, one: EndingView) -> Button:
    return button(
        ctx, "Đánh giá lại {product}", f"renew:begin={one.id}", product=one.product.name[:24]
    )


def _card(ctx: Ctx, one: EndingView) -> Say:
    """The certificate, where it stands, what can be done."""
    held, menu = one.certificate, (button(ctx, "Menu", "nav:menu"),)
    stage = ending.stage_of(ctx.content, held.valid_to, ctx.today)
    if stage is not None and one.dossier_state not in UNDER_WAY:
        letter = letters.certificate(told(ctx, one, stage), ctx.content.process.late, ctx.today)
        say = letter.say(ctx.lang)
        return Say(say.text, (*say.rows, menu))
    opens, closes = ctx.content.re_evaluation_window(held.valid_to)
    text = ctx.t(
        "*{product}*, {stars} sao OCOP.\nGiấy chứng nhận {code}, đến hết {end}.\nNộp đánh giá lại "
        "từ {opens} đến {closes}.",
        product=one.product.name,
        stars=held.stars,
        code=held.code,
        end=date_(ctx.lang, held.valid_to),
        opens=date_(ctx.lang, opens),
        closes=date_(ctx.lang, closes),
    )
    if one.dossier_id is None:
        return Say(text, (menu,))
    return Say(text, ((button(ctx, "Mở hồ sơ", f"go:dossier={one.dossier_id}"),), menu))


def _taken(ctx: Ctx, one: EndingView) -> int:
    """How many papers the new dossier takes over."""
    last = next(
        (d for d in ctx.records.dossiers(ctx.person.id)
         if d.certificate and d.certificate.code == one.certificate.code),
        None,
    )  # fmt: skip
    if last is None:
        return 0
    return len(ending.carried(ctx.content, last, one.certificate.stars, ctx.today))
