"""Somebody reports a product or a misuse of the OCOP mark, with no name, number or consent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conversations import product_search
from conversations.asker import finder
from conversations.complaint_words import KIND_WORDS
from conversations.context import Ctx
from conversations.events import ComplaintMade
from conversations.forms import Done, Form
from conversations.more_steps import FileStep
from conversations.places import commune_name, sure_commune
from conversations.said import Turn
from conversations.steps import Answers, Asker, Choice, Choose, Review, Search, Several, Text
from locales import N_
from models.codes import parse
from models.messages import SentFile, Talk

REPORTED = "r-"  # before a certificate's code in a link
FREE = "~"  # before a product told in words
NONE = "none"  # none of those that were found
FOUND = 6
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class ProductStep(Search):
    """A product of the register, or as the person names it."""

    def read(self, text: str, asker: Asker, answers: Answers) -> str:
        said = str(answers.get(self.key + "?") or "")
        shown = self.choices(asker, answers, said) if said else ()
        picked = asker.pick(text, shown) if shown else None
        if picked is not None:
            return FREE + said if picked.key == NONE else picked.key
        words = " ".join(text.split())[:200]
        found = asker.find(self.source, words, answers)
        if not found:
            return FREE + words
        note = asker.t("Có phải một trong các sản phẩm này không?")
        raise Several((*found, Choice(NONE, NOT_THESE)), note)

    def choices(self, asker: Asker, answers: Answers, said: str = "") -> tuple[Choice, ...]:
        found = asker.find(self.source, said, answers) if said else ()
        return (*found, Choice(NONE, NOT_THESE)) if found else ()

    def still_fits(self, answer: Any, asker: Asker, answers: Answers) -> bool:
        if isinstance(answer, str) and answer.startswith(FREE):
            return len(answer) > 1
        return Search.still_fits(self, answer, asker, answers)

    def tell(self, answer: Any, asker: Asker, answers: Answers) -> str:
        words = str(answer)
        return words[1:] if words.startswith(FREE) else Search.tell(self, answer, asker, answers)


NOT_THESE = N_("Không phải các sản phẩm này")

PHOTO_HINT = N_("Chụp sản phẩm, nhãn, hoá đơn. Không có thì bấm “Bỏ qua”.")
STEPS = (
    Choose(
        "kind",
        N_("Bà con phản ánh chuyện gì?"),
        N_("Chuyện"),
        options=tuple(Choice(key, words) for key, words in KIND_WORDS.items()),
    ),
    ProductStep(
        "product",
        N_("Sản phẩm nào?"),
        N_("Sản phẩm"),
        source="listed_products",
        hint=N_("Gõ tên sản phẩm hoặc mã trên nhãn. Ví dụ: nước mắm."),
    ),
    Text(
        "place",
        N_("Bà con thấy ở đâu?"),
        N_("Ở đâu"),
        optional=True,
        hint=N_("Chợ, cửa hàng, xã nào. Không rõ thì bấm “Bỏ qua”."),
    ),
    Text(
        "text",
        N_("Bà con kể giúp chuyện thế nào?"),
        N_("Kể lại"),
        least=5,
        most=LONGEST,
        lines=True,
        hint=N_("Mua khi nào, thấy gì. Bà con đừng ghi tên, số điện thoại của mình."),
    ),
    FileStep("photo", N_("Có ảnh không?"), N_("Ảnh"), optional=True, hint=PHOTO_HINT, photos=True),
    FileStep(
        "photo2",
        N_("Còn ảnh nữa không?"),
        N_("Ảnh thứ hai"),
        optional=True,
        hint=N_("Thêm một ảnh, hoặc bấm “Bỏ qua”."),
        photos=True,
    ),
    Review("send", N_("Bà con xem lại giúp mình:"), send=N_("Gửi phản ánh")),
)


@finder("listed_products")
def listed(ctx: Ctx, text: str, answers: Answers) -> tuple[Choice, ...]:
    """Products of the register that `text` may mean; "=CODE" asks for one."""
    if text.startswith("="):
        one = ctx.records.certified(text[1:])
        return (_choice(ctx, one),) if one else ()
    if one := ctx.records.certified(text):
        return (_choice(ctx, one),)
    want = product_search.wanted(ctx.content, text)
    if not want.words:
        return ()
    fits = product_search.look_for(ctx.records, want, ctx.today, FOUND)
    return tuple(_choice(ctx, one) for one in fits)


def _choice(ctx: Ctx, one: Any) -> Choice:
    label = f"{one.product}, {commune_name(ctx, one.commune_code)}"
    return Choice(one.code, label, translated=True)


class ComplaintForm(Form):
    """answers: those of STEPS; id (a certificate's code, from a product's card)."""

    key = "complaint_form"
    title = N_("Phản ánh sản phẩm")
    menu_label = N_("Phản ánh sản phẩm")
    needs_consent = False
    steps = STEPS

    def takes_payload(self, ctx: Ctx, payload: str) -> dict[str, Any] | None:
        """The link of a product's page: "r-7KM4QX"."""
        code = parse(payload[len(REPORTED) :]) if payload.startswith(REPORTED) else None
        found = ctx.records.certified(code) if code else None
        return {"id": found.code} if found else None

    def in_menu(self, ctx: Ctx) -> bool:
        """For those who buy; producers and officers find it under a product."""
        return ctx.person.officer is None and not ctx.records.producers(ctx.person.id)

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        given = dict(answers)
        one = ctx.records.certified(str(given.pop("id", "")))
        return Form.open(self, ctx, talk, {**given, "product": one.code} if one else given)

    def intro(self, ctx: Ctx, answers: Mapping[str, Any]) -> str:
        return ctx.t(
            "Bà con không cần để lại tên hay số điện thoại. Cơ sở và cán bộ không thấy ai phản "
            "ánh; có kết quả mình báo ngay tại đây."
        )

    def finish(self, ctx: Ctx, answers: Mapping[str, Any]) -> Done:
        if not ctx.records.has_left(ctx.person.id, "complaint"):
            note = ctx.t("Hôm nay bà con phản ánh nhiều rồi. Mai bà con gửi tiếp giúp mình nhé.")
            return Done(note=note)
        product, place = str(answers["product"]), str(answers.get("place") or "")
        listed_one = not product.startswith(FREE)
        event = ComplaintMade(
            kind=str(answers["kind"]),
            text=str(answers["text"]),
            certificate_code=product if listed_one else "",
            about="" if listed_one else product[1:],
            place=place,
            commune_code=sure_commune(ctx, place),
            files=tuple(_photos(answers)),
        )
        return Done((event,), ctx.t("Mình đã gửi cán bộ phụ trách."), "own_complaints", {"id": ""})


def _photos(answers: Mapping[str, Any]) -> list[SentFile]:
    """Under names of ours: a file's own name may tell whose it is."""
    kept = [answers[key] for key in ("photo", "photo2") if answers.get(key)]
    return [SentFile(p["key"], f"anh-{n}.jpg", p["mime"]) for n, p in enumerate(kept, 1)]
