"""Registering a producer (chủ thể): who it is, where, how to reach it. For oneself or for others.

Never asked: ethnicity, ID-card photos. Producer types: Quyết định 26/2026/QĐ-TTg, Điều 2.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations.asker import source
from conversations.contact_steps import Email, OwnPhone, PaperNumber, TheirPhone
from conversations.context import Ctx
from conversations.events import ProducerChanged, ProducerRegistered
from conversations.forms import Done, Form
from conversations.home import noted
from conversations.places import CommuneStep, now_part_of
from conversations.records import ProducerView
from conversations.said import Said, Turn
from conversations.steps import Answers, Choice, Choose, Day, Either, Is, Not, Review, Step, Text
from conversations.understand import show_phone
from locales import N_
from models.messages import Talk

#: Types that may still be without a registration; the others exist by theirs.
MAY_LACK = ("ho", "trang_trai")
_HAS_NUMBER = Either((Is("registered", ("yes",)), Not("type", MAY_LACK)))
_OTHERS = Is("for_whom", ("others",))

STEPS: tuple[Step, ...] = (
    Choose(
        "for_whom",
        N_("Bà con đăng ký cho ai?"),
        N_("Đăng ký cho"),
        options=(Choice("me", N_("Cho tôi")), Choice("others", N_("Giúp người khác"))),
    ),
    Choose(
        "relation",
        N_("Bà con là ai với chủ cơ sở?"),
        N_("Người làm giúp"),
        _OTHERS,
        options=(
            Choice("family", N_("Người nhà")),
            Choice("coop", N_("Người của hợp tác xã")),
            Choice("officer", N_("Cán bộ xã")),
            Choice("other", N_("Người quen")),
        ),
    ),
    Choose(
        "type",
        N_("Cơ sở thuộc loại nào?"),
        N_("Loại"),
        source="producer_types",
        hint=N_("Hội, trung tâm du lịch chỉ đăng ký được sản phẩm du lịch."),
    ),
    Choose(
        "registered",
        N_("Đã có giấy đăng ký kinh doanh chưa?"),
        N_("Đăng ký kinh doanh"),
        Is("type", MAY_LACK),
        options=(Choice("yes", N_("Có rồi")), Choice("no", N_("Chưa có"))),
    ),
    Text(
        "name",
        N_("Tên cơ sở là gì?"),
        N_("Tên"),
        hint=N_("Ghi như trên giấy tờ. Ví dụ: Hợp tác xã Hoa Sen."),
    ),
    Text(
        "representative",
        N_("Ai là người đại diện?"),
        N_("Đại diện"),
        most=100,
        hint=N_("Họ và tên. Ví dụ: Nguyễn Văn An."),
    ),
    Text(
        "position",
        N_("Chức vụ của người đại diện?"),
        N_("Chức vụ"),
        optional=True,
        most=60,
        hint=N_("Ví dụ: giám đốc, chủ hộ. Không có thì bỏ qua."),
    ),
    OwnPhone(
        "phone",
        N_("Số điện thoại để cán bộ gọi khi cần?"),
        N_("Điện thoại"),
        Is("for_whom", ("me",)),
        source="known_phones",
    ),
    TheirPhone(
        "their_phone",
        N_("Số điện thoại của chính chủ cơ sở?"),
        N_("Điện thoại của chủ"),
        _OTHERS,
        optional=True,
        hint=N_("Để chủ cơ sở tự xác nhận. Không có điện thoại thì bỏ qua."),
    ),
    CommuneStep(
        "commune",
        N_("Cơ sở ở xã, phường nào?"),
        N_("Xã, phường"),
        source="communes",
        browse="known_communes",
        hint=N_("Gõ tên cũ cũng được, không dấu cũng được."),
        unknown=N_("Mình chưa tìm ra xã này. Bà con gõ lại tên xã, phường giúp nhé."),
    ),
    Text(
        "address",
        N_("Thôn, xóm, số nhà?"),
        N_("Địa chỉ"),
        optional=True,
        letters=False,
        hint=N_("Để cán bộ dễ tìm. Có thể bỏ qua."),
    ),
    PaperNumber(
        "registration_number",
        N_("Số giấy đăng ký kinh doanh?"),
        N_("Số đăng ký"),
        _HAS_NUMBER,
        optional=True,
        hint=N_("In ở đầu giấy. Chưa có trong tay thì bỏ qua."),
    ),
    Day(
        "registered_on",
        N_("Cấp ngày nào?"),
        N_("Ngày cấp"),
        Not("registration_number", ("None",)),
        optional=True,
        hint=N_("Ví dụ: 25/11/2024."),
    ),
    Email(
        "email",
        N_("Có thư điện tử (email) không?"),
        N_("Email"),
        optional=True,
        hint=N_("Không có thì bỏ qua."),
    ),
    Review("review", N_("*Bà con xem lại giúp mình:*"), send=N_("Đúng rồi, lưu lại")),
)


class ProducerForm(Form):
    """A new producer; then straight on to its product."""

    key = "producer"
    title = N_("Đăng ký chủ thể")
    menu_label = N_("Đăng ký chủ thể")
    steps = STEPS

    def in_menu(self, ctx: Ctx) -> bool:
        return not ctx.records.producers(ctx.person.id)  # another one: from "Chủ thể của tôi"

    def hear(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        turn = super().hear(ctx, talk, said)
        if turn is None or turn.then is not None:
            return turn
        told = news(ctx, talk, turn.talk, said.text)
        return replace(turn, say=noted(told, turn.say)) if told else turn

    def finish(self, ctx: Ctx, answers: Mapping[str, Any]) -> Done:
        helping = str(answers.get("relation") or "")
        event = ProducerRegistered(fields_of(answers), helping)
        note = ctx.t("Đã lưu {name}. Giờ mình thêm sản phẩm nhé.", name=answers["name"])
        return Done((event,), note, "product", {"_newest": True})


class ProducerEdit(ProducerForm):
    """The same questions with their answers known: the review at once, any line mended."""

    key = "producer_edit"
    title = N_("Sửa thông tin chủ thể")
    menu_label = ""

    def facts(self, ctx: Ctx, answers: Mapping[str, Any]) -> dict[str, Any]:
        producer = _mine(ctx, answers.get("id"))
        return answers_of(producer) if producer else {}

    def finish(self, ctx: Ctx, answers: Mapping[str, Any]) -> Done:
        producer = _mine(ctx, answers.get("_id"))
        if producer is None:
            return Done(note=ctx.t("Mình không thấy chủ thể này nữa."))
        event = ProducerChanged(producer.id, fields_of(answers))
        return Done((event,), ctx.t("Đã sửa xong."), "mine", {"id": str(producer.id)})


def _mine(ctx: Ctx, producer_id: object) -> ProducerView | None:
    text = str(producer_id or "")
    return ctx.records.producer(ctx.person.id, int(text)) if text.isdecimal() else None


def news(ctx: Ctx, before: Talk, after: Talk, text: str) -> str:
    """What the last answer means for the person: a former commune's name, a paper that lacks."""
    new = {k: v for k, v in after.answers.items() if before.answers.get(k) != v}
    if "commune" in new and text:
        return now_part_of(ctx, text, str(new["commune"]))
    if new.get("registered") == "no":
        return registration_note(ctx, str(after.answers.get("type")))
    return ""


def registration_note(ctx: Ctx, kind: str) -> str:
    """What a producer without registration lacks and where to get it; from the content."""
    paper = ctx.content.evidence["dang_ky_kinh_doanh"]
    doubts = [t.doubt for t in ctx.content.producer_types if t.id == kind == "trang_trai"]
    lines = [
        ctx.t("Chưa có giấy này thì chưa nộp được hồ sơ OCOP, nhưng chuẩn bị trước thì được."),
        ctx.t("Xin ở đâu: {where}", where=paper.issuer(ctx.lang)),
        paper.how(ctx.lang),
        *(doubt(ctx.lang) for doubt in doubts if doubt),
    ]
    return "\n".join(lines)


def fields_of(answers: Mapping[str, Any]) -> dict[str, object]:
    """Columns of the producer from the answers that count."""
    texts = ("name", "representative", "position", "address", "registration_number", "email")
    return {
        "type": str(answers["type"]),
        **{key: str(answers.get(key) or "") for key in texts},
        "phone": str(answers.get("phone") or answers.get("their_phone") or ""),
        "commune_code": str(answers["commune"]),
        "registered_on": answers.get("registered_on"),
    }


def answers_of(producer: ProducerView) -> dict[str, Any]:
    """The answers a registered producer stands for; optional blanks count as skipped."""
    day = producer.registered_on
    return {
        "_id": producer.id,
        "for_whom": "me" if producer.mine else "others",
        "relation": producer.relation or "other",
        "type": producer.type,
        "registered": "yes" if producer.registration_number else "no",
        "name": producer.name,
        "representative": producer.representative,
        "position": producer.position or None,
        "phone": producer.phone,
        "their_phone": producer.phone or None,
        "commune": producer.commune_code,
        "address": producer.address or None,
        "registration_number": producer.registration_number or None,
        "registered_on": day.isoformat() if day else None,
        "email": producer.email or None,
    }


@source("producer_types")
def producer_types(ctx: Ctx, answers: Answers) -> tuple[Choice, ...]:
    """The types of Điều 2.3, in the reader's language."""
    return tuple(
        Choice(t.id, t.name_en if ctx.lang == "en" else t.name, translated=True)
        for t in ctx.content.producer_types
    )


@source("known_phones")
def known_phones(ctx: Ctx, answers: Answers) -> tuple[Choice, ...]:
    """The person's own numbers, newest first: nothing is typed twice."""
    own = [p.phone for p in ctx.records.producers(ctx.person.id) if p.mine and p.phone]
    numbers = dict.fromkeys([*([ctx.person.phone] if ctx.person.phone else []), *reversed(own)])
    return tuple(Choice(n, show_phone(n), translated=True) for n in numbers)
