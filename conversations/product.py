"""Registering a product: what it is, which set scores it, why now, how many stars are wished for.

The set is found from the product's own name, or by sector → group → set. Sets: Quyết định
26/2026/QĐ-TTg, Phụ lục I; stars: Điều 3.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations.asker import source
from conversations.context import Ctx
from conversations.events import DossierOpened, ProductRegistered
from conversations.forms import Done, Form
from conversations.home import noted
from conversations.records import EDITABLE, UNDER_WAY, ProducerView, ProductView
from conversations.rooms import ROOMS, leave
from conversations.said import Turn
from conversations.sets import SetStep, doubt_about
from conversations.steps import Answers, Choice, Choose, Review, Step, Text
from locales import N_, number
from models.content.fold import fold
from models.messages import Say, Talk

STEPS: tuple[Step, ...] = (
    Choose("producer", N_("Sản phẩm của cơ sở nào?"), N_("Chủ thể"), source="my_producers"),
    Text(
        "name",
        N_("Sản phẩm tên là gì?"),
        N_("Sản phẩm"),
        hint=N_("Ghi như trên nhãn. Ví dụ: Mật ong hoa rừng."),
    ),
    SetStep(
        "set",
        N_("Sản phẩm thuộc bộ nào?"),
        N_("Bộ sản phẩm"),
        source="sets",
        hint=N_("Bấm một dòng, hoặc gõ tên khác để tìm."),
        unknown=N_("Mình chưa tìm ra bộ nào. Bà con chọn theo ngành nhé."),
    ),
    Text(
        "material_from",
        N_("Nguyên liệu lấy từ đâu?"),
        N_("Nguyên liệu"),
        most=300,
        hint=N_("Ví dụ: nhà tự nuôi, tự trồng; mua của bà con trong xã."),
    ),
    Choose("case_kind", N_("Lần này là gì?"), N_("Hồ sơ"), source="case_kinds"),
    Choose(
        "stars",
        N_("Bà con nhắm mấy sao?"),
        N_("Sao nhắm tới"),
        source="stars",
        hint=N_("Chưa chắc thì chọn 3 sao, sau này đổi được."),
    ),
    Review("review", N_("*Bà con xem lại giúp mình:*"), send=N_("Đúng rồi, mở hồ sơ")),
)


class ProductForm(Form):
    """A product and its dossier; then straight on to the dossier's board."""

    key = "product"
    title = N_("Thêm sản phẩm")
    menu_label = N_("Thêm sản phẩm")
    steps = STEPS

    def in_menu(self, ctx: Ctx) -> bool:
        return bool(ctx.records.producers(ctx.person.id))

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        if ctx.records.producers(ctx.person.id):
            return super().open(ctx, talk, answers)
        turn = ROOMS.rooms["producer"].open(ctx, leave(talk, park=True), {})
        note = ctx.t("Trước hết mình ghi lại cơ sở làm ra sản phẩm nhé.")
        return replace(turn, say=noted(note, turn.say))

    def facts(self, ctx: Ctx, answers: Mapping[str, Any]) -> dict[str, Any]:
        mine = ctx.records.producers(ctx.person.id)
        asked = str(answers.get("id") or "")
        if answers.get("_newest") or len(mine) == 1:
            return {"producer": str(mine[-1].id)}
        return {"producer": asked} if any(str(p.id) == asked for p in mine) else {}

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        step, say = self.current(ctx, talk), super().show(ctx, talk, note)
        if step is not None and step.key == "set":
            doubt = doubt_about(ctx, talk.answers)
            return replace(say, text=f"{say.text}\n{doubt}") if doubt else say
        if step is not None and step.key == "stars":
            return replace(say, text=f"{say.text}\n\n{star_lines(ctx)}")
        return say

    def finish(self, ctx: Ctx, answers: Mapping[str, Any]) -> Done:
        known = same_product(ctx, int(answers["producer"]), str(answers["name"]))
        if known is not None:
            return another_dossier(ctx, known, answers)
        fields = {
            "name": answers["name"],
            "set_number": int(answers["set"]),
            "material_from": answers["material_from"],
        }
        event = ProductRegistered(
            int(answers["producer"]), fields, str(answers["case_kind"]), int(answers["stars"])
        )
        note = ctx.t("Đã mở hồ sơ cho {name}.", name=answers["name"])
        return Done((event,), note, "dossier", {"newest": True})


def same_product(ctx: Ctx, producer_id: int, name: str) -> ProductView | None:
    """The producer's product of that name, however it is spelled."""
    mine = (p for p in ctx.records.products(ctx.person.id) if p.producer_id == producer_id)
    return next((p for p in mine if fold(p.name) == fold(name)), None)


def another_dossier(ctx: Ctx, product: ProductView, answers: Mapping[str, Any]) -> Done:
    """A known product: its open dossier, or a new one."""
    busy = EDITABLE | UNDER_WAY
    for dossier in ctx.records.dossiers(ctx.person.id):
        if dossier.product.id == product.id and dossier.state in busy:
            note = ctx.t("{name} đã có hồ sơ đang làm, mình mở ra nhé.", name=product.name)
            return Done((), note, "dossier", {"id": str(dossier.id)})
    event = DossierOpened(product.id, str(answers["case_kind"]), int(answers["stars"]))
    note = ctx.t("Đã mở hồ sơ cho {name}.", name=product.name)
    return Done((event,), note, "dossier", {"newest": True})


def star_lines(ctx: Ctx) -> str:
    """What 3, 4 and 5 stars ask for, a line each."""
    lines = [
        ctx.t(
            "• {rank} sao: từ {least} điểm, {who} công nhận",
            rank=star.rank,
            least=number(ctx.lang, star.minimum),
            who=star.recognised_by(ctx.lang),
        )
        for star in reversed(ctx.content.law.stars)
        if star.certificate and star.recognised_by is not None
    ]
    return "\n".join(
        [*lines, ctx.t("Mỗi mức còn có các mục tối thiểu, có trong danh mục giấy tờ.")]
    )


@source("my_producers")
def my_producers(ctx: Ctx, answers: Answers) -> tuple[Choice, ...]:
    """The producers the person registered or helps."""
    return tuple(_choice(p) for p in ctx.records.producers(ctx.person.id))


def _choice(producer: ProducerView) -> Choice:
    return Choice(str(producer.id), producer.name, translated=True)


@source("case_kinds")
def case_kinds(ctx: Ctx, answers: Answers) -> tuple[Choice, ...]:
    """First, upgrade, re-evaluation (Điều 6.1)."""
    return tuple(
        Choice(k.id, k.name_en if ctx.lang == "en" else k.name, translated=True)
        for k in ctx.content.case_kinds
    )


@source("stars")
def stars(ctx: Ctx, answers: Answers) -> tuple[Choice, ...]:
    """The ranks that carry a certificate, lowest first."""
    return tuple(
        Choice(str(star.rank), ctx.t("{rank} sao", rank=star.rank), translated=True)
        for star in reversed(ctx.content.law.stars)
        if star.certificate
    )
