"""Recording that a certificate was revoked: its decision and ground, confirmed.

Whoever may decide is content's (Điều 8.2): the province's chairperson, for 5 stars the minister.
The province's officers record either; no number of one authority counts for the other's.
"""

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


def may_restore(officer: OfficerView | None, one: PublicProduct) -> bool:
    """The same officers, when it was recorded by mistake."""
    return officer is not None and officer.role in PROVINCE and one.revoked_on is not None


@source("revocation_grounds")
def grounds(ctx: Ctx, answers: Answers) -> tuple[Choice, ...]:
    """As the content has them (grounds_for_revocation in process.yaml)."""
    found = ctx.content.process.revocation
    return tuple(Choice(one.id, one.text(ctx.lang), translated=True) for one in found)


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
            N_("Lý do cụ thể, để cơ sở đọc?"),
            N_("Lý do"),
            least=5,
            most=500,
            lines=True,
        ),
        Choose(
            "shown",
            N_("Người mua quét nhãn có đọc được căn cứ không?"),
            N_("Người mua đọc"),
            options=(
                Choice("yes", N_("Có, ghi cả căn cứ")),
                Choice("no", N_("Không, chỉ ghi ngày và quyết định")),
            ),
            hint=N_("Lý do cụ thể thì chỉ cơ sở và cán bộ đọc được."),
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
        known = {"_code": one.code, "_product": one.product, "_stars": one.stars} if one else {}
        return Form.open(self, ctx, talk, {**given, **known})

    def intro(self, ctx: Ctx, answers: Mapping[str, Any]) -> str:
        own = ctx.content.process.revoker(int(answers.get("_stars") or 3))
        return ctx.t(
            "Thu hồi giấy chứng nhận {code} của {product}, {stars} sao: do {who} quyết định, "
            "anh/chị ghi lại quyết định đó. Ví dụ số: {example}.",
            code=answers.get("_code", "–"),
            product=answers.get("_product", "–"),
            stars=answers.get("_stars", "–"),
            who=own.who(ctx.lang),
            example=own.example,
        )

    def finish(self, ctx: Ctx, answers: Mapping[str, Any]) -> Done:
        one = ctx.records.certified(str(answers.get("_code", "")))
        if one is None or not may_revoke(ctx.person.officer, one):
            return Done(note=ctx.t("Giấy chứng nhận này anh/chị không thu hồi được."))
        decision, day = str(answers["decision"]), date.fromisoformat(str(answers["date"]))
        if wrong := _wrong(ctx, one, decision, day):
            step, note = wrong
            return self.again(answers, note, step)
        ground, why = str(answers["ground"]), str(answers["why"])
        shown = answers["shown"] == "yes"
        event = CertificateRevoked(one.code, decision, day, ground, why, shown)
        note = ctx.t("Đã ghi thu hồi và báo bà con.")
        return Done((event,), note, "products", {"code": one.code})


def _wrong(ctx: Ctx, one: PublicProduct, decision: str, day: date) -> tuple[str, str] | None:
    """The step to ask again, and why."""
    process = ctx.content.process
    if other := process.not_its_own(one.stars, decision):
        words = N_("Số này là quyết định của {other}. Giấy {stars} sao do {own} thu hồi.")
        own = process.revoker(one.stars).who(ctx.lang)
        return "decision", ctx.t(words, other=other.who(ctx.lang), stars=one.stars, own=own)
    if not one.issued_on <= day <= ctx.today:
        return "date", ctx.t("Ngày thu hồi phải từ ngày cấp giấy đến hôm nay.")
    return None
