"""A person's producers as cards: look over, mend, add a product, have a helper's work confirmed."""

from __future__ import annotations

from conversations.context import Ctx
from conversations.events import CosignAsked
from conversations.places import commune_name
from conversations.records import ProducerView
from conversations.render import render
from conversations.rooms import Room, button, grid
from conversations.said import Go, Said, Turn
from conversations.steps import Choice
from conversations.understand import pick
from locales import N_
from models.messages import Button, Say, Talk


class MineRoom(Room):
    """State: {"id": producer} for one card, nothing for the list."""

    key = "mine"
    title = N_("Chủ thể của tôi")
    menu_label = N_("Chủ thể của tôi")
    parks = False

    def in_menu(self, ctx: Ctx) -> bool:
        return bool(ctx.records.producers(ctx.person.id))

    def open_work(self, ctx: Ctx) -> tuple[tuple[str, Button], ...]:
        """Producers that a helper filled in and nobody confirmed yet."""
        return tuple(
            (
                ctx.t("{name}: chờ chủ cơ sở xác nhận.", name=p.name),
                button(ctx, "Lấy mã xác nhận", f"mine:ask={p.id}"),
            )
            for p in ctx.records.producers(ctx.person.id)
            if not p.mine and not p.confirmed and p.phone
        )

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        producers = ctx.records.producers(ctx.person.id)
        chosen = chosen_of(producers, str(talk.answers.get("id") or ""))
        say = card(ctx, chosen) if chosen else listed(ctx, producers)
        return Say(f"{note}\n\n{say.text}" if note else say.text, say.rows)

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        verb, _, value = said.action.partition("=")
        producers = ctx.records.producers(ctx.person.id)
        if not said.action and (found := pick(said.text, names(producers))):
            return Turn(talk, then=Go(self.key, {"id": found.key}))
        chosen = next((p for p in producers if str(p.id) == value), None)
        if chosen is None or verb not in ("see", "ask"):
            return None
        if verb == "ask":
            return ask(ctx, talk, chosen)
        return Turn(talk, then=Go(self.key, {"id": value}))


def chosen_of(producers: tuple[ProducerView, ...], asked: str) -> ProducerView | None:
    """The producer asked for; the only one when there is one."""
    if len(producers) == 1:
        return producers[0]
    return next((p for p in producers if str(p.id) == asked), None)


def names(producers: tuple[ProducerView, ...]) -> list[tuple[Choice, str]]:
    return [(Choice(str(p.id), p.name, translated=True), p.name) for p in producers]


def listed(ctx: Ctx, producers: tuple[ProducerView, ...]) -> Say:
    """All of them, to choose from."""
    add = button(ctx, "Đăng ký chủ thể", "go:producer", "primary")
    if not producers:
        return Say(ctx.t("Bà con chưa đăng ký chủ thể nào."), ((add,), menu_row(ctx)))
    rows = grid([Button(p.name, f"mine:see={p.id}") for p in producers])
    return Say(ctx.t("Bà con xem chủ thể nào?"), (*rows, (add,), menu_row(ctx)))


def card(ctx: Ctx, producer: ProducerView) -> Say:
    """One producer: what is known, what can be done."""
    types = {t.id: t.name_en if ctx.lang == "en" else t.name for t in ctx.content.producer_types}
    text = render(
        "producer",
        ctx.lang,
        {
            "p": producer,
            "type": types.get(producer.type, producer.type),
            "commune": commune_name(ctx, producer.commune_code),
        },
    )
    rows = [
        (button(ctx, "Thêm sản phẩm", f"go:product={producer.id}", "primary"),),
        (button(ctx, "Sửa thông tin", f"go:producer_edit={producer.id}"),),
    ]
    if not producer.mine and not producer.confirmed:
        rows.append((button(ctx, "Lấy mã cho chủ xác nhận", f"mine:ask={producer.id}"),))
    if len(ctx.records.producers(ctx.person.id)) > 1:
        rows.append((button(ctx, "Chủ thể khác", "go:mine"),))
    return Say(text, (*rows, menu_row(ctx)))


def menu_row(ctx: Ctx) -> tuple[Button, ...]:
    return (button(ctx, "Menu", "nav:menu"),)


def ask(ctx: Ctx, talk: Talk, producer: ProducerView) -> Turn | None:
    """A code for the producer's own phone; it arrives as a letter right after."""
    if producer.mine or producer.confirmed:
        return None
    note = ctx.t(
        "Mã đang tới ngay bên dưới. Bà con đưa cho chủ cơ sở, để họ mở trên điện thoại của họ."
    )
    return Turn(
        talk, events=(CosignAsked(producer.id),), then=Go("mine", {"id": str(producer.id)}, note)
    )
