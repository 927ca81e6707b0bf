"""/privacy: what is kept about a person; take it along, take consent back, have it erased.

Rights and time limits: Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP; words in the content.
"""

from __future__ import annotations

from conversations import home
from conversations.context import Ctx
from conversations.events import ConsentWithdrawn, DataErased, DataExportAsked
from conversations.render import render
from conversations.rooms import Room, button
from conversations.said import Go, Said, Turn
from conversations.steps import Choice
from conversations.understand import pick, show_phone
from locales import N_
from models.messages import Button, Say, Talk

#: What a board may be asked to do, with its button. "erase" and "sure" ask again first.
_LABELS = {
    "": {
        "export": N_("Tải về"),
        "full": N_("Quyền của tôi"),
        "withdraw": N_("Rút lại đồng ý"),
        "erase": N_("Xoá thông tin"),
    },
    "erase": {"sure": N_("Tôi muốn xoá"), "keep": N_("Thôi, giữ lại")},
    "sure": {"gone": N_("Xoá hẳn"), "keep": N_("Thôi, giữ lại")},
    "withdraw": {"withdrawn": N_("Rút lại"), "keep": N_("Thôi, giữ lại")},
    "full": {"keep": N_("Quay lại")},
}


class PrivacyRoom(Room):
    """State: {"ask": "" | erase | sure | withdraw | full}: what is being asked now."""

    key = "privacy"
    title = N_("Thông tin của tôi")
    needs_consent = False
    parks = False

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        ask = asked(ctx, talk)
        text = TEXTS[ask](ctx)
        rows = [_button(ctx, what, label) for what, label in labels(ctx, ask).items()]
        pairs = [tuple(rows[i : i + 2]) for i in range(0, len(rows), 2)]
        news = (
            (button(ctx, "Tin muốn nhận", "go:subscriptions"),)
            if ask == "" and home.consented(ctx)
            else ()
        )
        back = (*news, button(ctx, "Menu", "nav:menu"))
        return Say(f"{note}\n\n{text}" if note else text, (*pairs, back))

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        ask = asked(ctx, talk)
        known = labels(ctx, ask)
        what = said.action or _picked(ctx, known, said.text)
        if what not in known:  # an old button: its board is shown again, nothing is done
            return None
        return act(ctx, talk, what)


def asked(ctx: Ctx, talk: Talk) -> str:
    """What is being asked; nothing can be erased where nothing is kept."""
    ask = str(talk.answers.get("ask") or "") if talk.flow == PrivacyRoom.key else ""
    open_to_all = ask in ("", "full")
    return ask if ask in _LABELS and (open_to_all or home.consented(ctx)) else ""


def labels(ctx: Ctx, ask: str) -> dict[str, str]:
    if ask == "" and not home.consented(ctx):
        return {"full": _LABELS[""]["full"]}
    return _LABELS[ask]


def act(ctx: Ctx, talk: Talk, what: str) -> Turn:
    """Do it, or ask again."""
    if what == "export":
        note = ctx.t("Mình đang gói lại, xong sẽ gửi vào đây.")
        return Turn(talk, events=(DataExportAsked(),), then=Go("privacy", {"ask": ""}, note))
    if what == "gone":
        note = ctx.t("Đã xoá. Từ giờ mình không giữ gì ngoài phần luật buộc phải giữ.")
        return Turn(Talk(), events=(DataErased(),), then=Go("menu", note=note))
    if what == "withdrawn":
        version = ctx.person.consent or ""
        note = ctx.t("Đã rút lại. Mình không ghi thêm gì nữa. Muốn xoá phần đã ghi: gõ /privacy.")
        return Turn(Talk(), events=(ConsentWithdrawn(version),), then=Go("menu", note=note))
    return Turn(talk, then=Go("privacy", {"ask": "" if what == "keep" else what}))


def _button(ctx: Ctx, what: str, label: str) -> Button:
    style = "danger" if what in ("gone", "sure", "withdrawn") else "plain"
    return button(ctx, label, f"privacy:{what}", style)


def _picked(ctx: Ctx, known: dict[str, str], text: str) -> str:
    found = pick(text, [(Choice(what, label), ctx.t(label)) for what, label in known.items()])
    return found.key if found else ""


def _kept(ctx: Ctx) -> str:
    person = ctx.person
    return render(
        "kept",
        ctx.lang,
        {
            "person": person,
            "privacy": ctx.content.privacy,
            "kept": ctx.records.kept(person.id),
            "producers": ctx.records.producers(person.id),
            "consented": home.consented(ctx),
            "phone": show_phone(person.phone) if person.phone else "",
        },
    )


def _full(ctx: Ctx) -> str:
    return render("consent_full", ctx.lang, {"privacy": ctx.content.privacy})


def _erase(ctx: Ctx) -> str:
    facts = {"privacy": ctx.content.privacy, "kept": ctx.records.kept(ctx.person.id)}
    return render("erase", ctx.lang, facts)


def _sure(ctx: Ctx) -> str:
    return ctx.t(
        "*Chắc chắn xoá?*\nXoá rồi không lấy lại được. Muốn giữ một bản thì bấm “Thôi, "
        "giữ lại” rồi “Tải về” trước."
    )


def _withdraw(ctx: Ctx) -> str:
    return ctx.t(
        "*Rút lại đồng ý?*\nMình sẽ không ghi thêm gì về bà con. Những gì đã ghi vẫn còn "
        "đến khi bà con xoá. Hồ sơ đang làm sẽ dừng cho đến khi bà con đồng ý lại."
    )


TEXTS = {"": _kept, "full": _full, "erase": _erase, "sure": _sure, "withdraw": _withdraw}
