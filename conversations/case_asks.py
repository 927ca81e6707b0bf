"""What an officer is asked within a case: a reason, a verdict, a round, a colleague, words."""

from __future__ import annotations

from collections.abc import Callable

from conversations import rounds
from conversations.context import Ctx
from conversations.records import DossierView
from conversations.rooms import button, grid
from locales import N_
from models.messages import Button, Say

#: What the commune may say of one content (Điều 7.2).
VERDICTS = (("met", N_("Đạt")), ("partly", N_("Đạt một phần")), ("unmet", N_("Chưa đạt")))

Asked = tuple[str, list[Button]]

#: Questions that take any words: what is typed is never read as a button's label.
FREE = frozenset({"own", "refuse", "message"})


def ask_card(ctx: Ctx, case: DossierView, what: str, note: str = "") -> Say:
    """What the next words (or buttons) are for. `what` is "kind" or "kind:about"."""
    kind, _, about = what.partition(":")
    text, options = ASKED.get(kind, _message)(ctx, case, about)
    cancel = (button(ctx, "Thôi, về hồ sơ", f"case:open={case.id}"),)
    return Say(f"{note}\n\n{text}" if note else text, (*grid(options), cancel))


def _reason(ctx: Ctx, case: DossierView, about: str) -> Asked:
    options = [
        Button(r.name(ctx.lang), f"case:why={case.id}.{about}.{r.id}")
        for r in ctx.content.return_reasons
    ]
    options.append(button(ctx, "Lý do khác", f"case:other={case.id}.{about}"))
    return ctx.t("Vì sao trả lại mục này? Bà con sẽ đọc đúng lý do anh/chị chọn."), options


def _own(ctx: Ctx, case: DossierView, about: str) -> Asked:
    return ctx.t("Anh/chị gõ lý do, bà con sẽ đọc đúng câu này."), []


def _assess(ctx: Ctx, case: DossierView, about: str) -> Asked:
    contents = ctx.content.commune_contents
    content = next((c for c in contents if c.id == about), contents[0])
    options = [
        button(ctx, label, f"case:verdict={case.id}.{content.id}.{key}") for key, label in VERDICTS
    ]
    return ctx.t(
        "*{content}* (Điều 7.2). Anh/chị đánh giá thế nào? Muốn ghi nhận xét thì gõ "
        "trước, rồi chọn mức.",
        content=content.name(ctx.lang),
    ), options


def _again(ctx: Ctx, case: DossierView, about: str) -> Asked:
    """All four are assessed: which one to look at once more."""
    options = [
        Button(c.name(ctx.lang), f"case:assess={case.id}.{c.id}")
        for c in ctx.content.commune_contents
    ]
    return ctx.t("Anh/chị muốn đánh giá lại nội dung nào?"), options


def _round(ctx: Ctx, case: DossierView, about: str) -> Asked:
    options = [
        Button(rounds.told(c)(ctx.lang), f"case:round={case.id}.{c.before.isoformat()}")
        for c in rounds.offered(ctx, case)
    ]
    return ctx.t("Đưa hồ sơ {code} vào đợt nào?", code=case.code), options


def _colleague(ctx: Ctx, case: DossierView, about: str) -> Asked:
    officer = ctx.person.officer
    others = ctx.records.colleagues(officer, case.id) if officer else ()
    options = [Button(c.name, f"case:to={case.id}.{c.id}") for c in others]
    if not options:
        return ctx.t("Chưa có đồng nghiệp nào khác phụ trách hồ sơ này."), []
    return ctx.t("Chuyển hồ sơ {code} cho ai?", code=case.code), options


def _refuse(ctx: Ctx, case: DossierView, about: str) -> Asked:
    return ctx.t(
        "Anh/chị gõ lý do từ chối hồ sơ {code}; bà con sẽ đọc đúng câu này.", code=case.code
    ), []


def _message(ctx: Ctx, case: DossierView, about: str) -> Asked:
    return ctx.t(
        "Anh/chị gõ tin gửi bà con ({product}). Số điện thoại hai bên không hiện ra.",
        product=case.product.name,
    ), []


ASKED: dict[str, Callable[[Ctx, DossierView, str], Asked]] = {
    "reason": _reason,
    "own": _own,
    "assess": _assess,
    "again": _again,
    "round": _round,
    "colleague": _colleague,
    "refuse": _refuse,
    "message": _message,
}
