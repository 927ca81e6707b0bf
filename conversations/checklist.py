"""Which papers would be needed: for anyone, without consent, and nothing is kept about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from conversations.board_text import LINES, noted
from conversations.boards import Board, split
from conversations.context import Ctx
from conversations.forms import Done, Form
from conversations.papers import Need, Paper, papers
from conversations.render import render
from conversations.rooms import button, grid
from conversations.said import Said, Turn
from conversations.sets import SetStep
from conversations.steps import Choose, Step
from locales import N_
from models.messages import Button, Say, Talk

STEPS: tuple[Step, ...] = (
    Choose("type", N_("Bà con làm theo hình thức nào?"), N_("Hình thức"), source="producer_types"),
    SetStep("set", N_("Sản phẩm là gì?"), N_("Bộ sản phẩm"), source="sets",
            hint=N_("Gõ tên, ví dụ: mật ong. Hoặc bấm chọn theo ngành."),
            unknown=N_("Mình chưa tìm ra bộ nào. Bà con chọn theo ngành nhé.")),
    Choose("stars", N_("Bà con nhắm mấy sao?"), N_("Sao nhắm tới"), source="stars"),
)  # fmt: skip


class ChecklistForm(Form):
    """Three questions; then the list."""

    key = "checklist"
    title = N_("Xem cần giấy gì")
    menu_label = N_("Xem cần giấy gì")
    needs_consent: ClassVar[bool] = False
    steps = STEPS

    def in_menu(self, ctx: Ctx) -> bool:
        return ctx.person.officer is None

    def finish(self, ctx: Ctx, answers: Mapping[str, Any]) -> Done:
        known = {key: str(answers[key]) for key in ("type", "set", "stars")}
        return Done(then="papers", answers=known)


class Papers(Board):
    """answers: type, set, stars; paper (one opened), page, more (points shown)."""

    key = "papers"
    title = N_("Danh mục giấy tờ")
    needs_consent: ClassVar[bool] = False

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        listed = self._listed(ctx, talk)
        one = next((p for p in listed if p.id == talk.answers.get("paper")), None)
        if one is not None:
            return noted(note, self._one(ctx, one))
        return noted(note, self._all(ctx, talk, listed))

    def _listed(self, ctx: Ctx, talk: Talk) -> tuple[Paper, ...]:
        said = talk.answers
        number, stars = str(said.get("set")), str(said.get("stars"))
        types = {t.id for t in ctx.content.producer_types}
        if said.get("type") not in types or not (number.isdecimal() and stars.isdecimal()):
            return ()
        if int(number) not in ctx.content.sets:
            return ()
        kind = ctx.content.case_kinds[0].id
        return papers(ctx, str(said["type"]), int(number), kind, int(stars), ctx.today)

    def _all(self, ctx: Ctx, talk: Talk, listed: tuple[Paper, ...]) -> Say:
        if not listed:
            text = ctx.t("Bà con cho biết sản phẩm trước nhé.")
            return Say(text, ((button(ctx, "Xem cần giấy gì", "go:checklist", "primary"),),))
        points = [p for p in listed if p.need is Need.POINTS]
        more = bool(talk.answers.get("more"))
        shown = [p for p in listed if more or p.need is not Need.POINTS]
        of = max(1, -(-len(shown) // LINES))
        at = min(int(str(talk.answers.get("page") or 0)), of - 1)
        part = shown[at * LINES : (at + 1) * LINES]
        text = render("papers", ctx.lang, {
            "set": self._set_name(ctx, talk), "stars": talk.answers["stars"],
            "entry": [p for p in part if p.need is Need.ENTRY],
            "for_stars": [p for p in part if p.need is Need.STARS],
            "points": [p for p in part if p.need is Need.POINTS],
            "page": at + 1, "of": of, "folded": 0 if more else len(points),
        })  # fmt: skip
        buttons = [Button(p.short, f"papers:see={p.id}") for p in part]
        return Say(text, (*grid(buttons), *self._doors(ctx, at, of, more)), key="papers")

    def _doors(self, ctx: Ctx, at: int, of: int, more: bool) -> tuple[tuple[Button, ...], ...]:
        turn = []
        if at > 0:
            turn.append(button(ctx, "Trang trước", f"papers:page={at - 1}"))
        if at + 1 < of:
            turn.append(button(ctx, "Trang sau", f"papers:page={at + 1}"))
        turn.append(button(ctx, "Ẩn phần thêm điểm" if more else "Thêm điểm", "papers:more"))
        begin = button(ctx, "Đăng ký để làm hồ sơ", "go:product", "primary")
        other = button(ctx, "Xem sản phẩm khác", "papers:other")
        return (*grid(turn), (begin,), (other, button(ctx, "Menu", "nav:menu")))

    def _one(self, ctx: Ctx, paper: Paper) -> Say:
        hand_in = ctx.t("Giấy này nộp bản giấy ở xã, không gửi qua tin nhắn.")
        text = render("item", ctx.lang, {
            "paper": paper, "known": True, "photo": not paper.on_paper, "reason": "",
            "expiry": "", "state": need_told(ctx, paper), "next": hand_in if paper.on_paper else "",
        })  # fmt: skip
        return Say(
            text, ((button(ctx, "Quay lại", "papers:list"), button(ctx, "Menu", "nav:menu")),)
        )

    def _set_name(self, ctx: Ctx, talk: Talk) -> str:
        one = ctx.content.sets[int(str(talk.answers["set"]))]
        return one.name_en if ctx.lang == "en" else one.name

    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, what, _ = split(action)
        if talk.flow != self.key:
            return None
        answers = {k: v for k, v in talk.answers.items() if k != "paper"}
        if verb == "see":
            answers["paper"] = what
        elif verb == "page" and what.isdecimal():
            answers["page"] = int(what)
        elif verb == "more":
            answers["more"] = not answers.get("more")
        elif verb == "other":
            from conversations import menu

            return menu.go(ctx, self.entered(talk, {}), "checklist")
        elif verb != "list":
            return None
        return self.drawn(ctx, self.entered(talk, answers))

    def words(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        from conversations.steps import Choice
        from conversations.understand import pick

        listed = self._listed(ctx, talk)
        found = pick(said.text, [(Choice(p.id, p.name), p.name) for p in listed])
        return self.press(ctx, talk, f"see={found.key}", said) if found else None

    def back(self, ctx: Ctx, talk: Talk) -> Turn | None:
        if talk.answers.get("paper"):
            return self.press(ctx, talk, "list", Said())
        return super().back(ctx, talk)


def need_told(ctx: Ctx, paper: Paper) -> str:
    """What the paper is for, in words."""
    if paper.need is Need.ENTRY:
        return ctx.t("Cần có mới nộp được")
    if paper.need is Need.STARS:
        return ctx.t("Cần từ {stars} sao", stars=paper.rank or "")
    return ctx.t("Chỉ thêm điểm")
