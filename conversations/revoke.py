"""Revoking a certificate: the decision's number and day, and the ground of the law; confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from conversations.asker import source
from conversations.context import Ctx
from conversations.events import CertificateRevoked
from conversations.forms import Done, Form
from conversations.records import OfficerView, PublicProduct
from conversations.said import Turn
from conversations.stages import PROVINCE
from conversations.steps import Answers, Choice, Choose, Day, Review, Text
from locales import N_
from models.messages import Talk


def may_revoke(officer: OfficerView | None, one: PublicProduct) -> bool:
    """An officer of the province, and a certificate that was not revoked yet."""
    return officer is not None and officer.role in PROVINCE and one.revoked_on is None


@source("revocation_grounds")
def grounds(ctx: Ctx, answers: Answers) -> tuple[Choice, ...]:
    """As the content has them (grounds_for_revocation in process.yaml)."""
    found = enumerate(ctx.content.process.revocation)
    return tuple(Choice(str(n), text(ctx.lang), translated=True) for n, text in found)


class RevokeForm(Form):
    """answers: id or _code, the certificate's code; _product."""

    key = "revoke"
    title = N_("Thu hồi giấy chứng nhận")
    needs_consent = False
    officers_only = True
    parks = False
    steps = (
        Text(
            "decision",
            N_("Số quyết định thu hồi?"),
            N_("Số quyết định"),
            letters=False,
            most=60,
            hint=N_("Ví dụ: 1234/QĐ-UBND"),
        ),
        Day("date", N_("Ngày ký quyết định?"), N_("Ngày quyết định")),
        Choose(
            "ground",
            N_("Thu hồi vì căn cứ nào?"),
            N_("Căn cứ"),
            source="revocation_grounds",
            hint=N_("Các trường hợp ở Điều 8, Quyết định 26/2026."),
        ),
        Text(
            "why",
            N_("Lý do cụ thể, để bà con đọc?"),
            N_("Lý do"),
            least=5,
            most=500,
            lines=True,
        ),
        Review(
            "send",
            N_("Anh/chị xem lại. Bà con được báo ngay, thẻ và trang sản phẩm ghi đã thu hồi."),
            send=N_("Ghi thu hồi"),
        ),
    )

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        given = dict(answers)
        one = ctx.records.certified(str(given.pop("id", "") or given.get("_code", "")))
        known = {"_code": one.code, "_product": one.product} if one else {}
        return Form.open(self, ctx, talk, {**given, **known})

    def intro(self, ctx: Ctx, answers: Mapping[str, Any]) -> str:
        return ctx.t(
            "Thu hồi giấy chứng nhận {code} của {product}.",
            code=answers.get("_code", "–"),
            product=answers.get("_product", "–"),
        )

    def finish(self, ctx: Ctx, answers: Mapping[str, Any]) -> Done:
        one = ctx.records.certified(str(answers.get("_code", "")))
        if one is None or not may_revoke(ctx.person.officer, one):
            return Done(note=ctx.t("Giấy chứng nhận này anh/chị không thu hồi được."))
        day = date.fromisoformat(str(answers["date"]))
        if not one.issued_on <= day <= ctx.today:
            kept = {k: v for k, v in answers.items() if k not in ("date", "send")}
            note = ctx.t("Ngày thu hồi phải từ ngày cấp giấy đến hôm nay.")
            return Done(note=note, then=self.key, answers=kept)
        event = CertificateRevoked(
            one.code, str(answers["decision"]), day, int(answers["ground"]), str(answers["why"])
        )
        note = ctx.t("Đã ghi thu hồi và báo bà con.")
        return Done((event,), note, "products", {"code": one.code})
