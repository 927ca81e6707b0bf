"""/products: recognised products for anyone: search in words, a product's card, its label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations import product_search, standing
from conversations.board_text import noted
from conversations.boards import Board
from conversations.complaint_form import REPORTED
from conversations.context import Ctx
from conversations.events import (
    CertificateRestored,
    LabelAsked,
    ProductPhotoGiven,
    ProductPhotoTaken,
)
from conversations.pages import refusal
from conversations.places import commune_name
from conversations.records import PublicProduct
from conversations.revoke import may_restore, may_revoke
from conversations.rooms import button
from conversations.said import Go, Said, Turn
from conversations.same_producer import may_ask, own_there
from conversations.standing import OPENED, Standing
from locales import N_, date_
from models.codes import parse
from models.messages import Button, Say, SentFile, Talk

PAGE = 6
LONGEST = 40  # letters on a button


class Products(Board):
    """answers: q (what is looked for), page; code (a card), photo (the card waits for one)."""

    key = "products"
    title = N_("Tìm sản phẩm OCOP")
    menu_label = N_("Tìm sản phẩm")
    needs_consent = False

    def takes_payload(self, ctx: Ctx, payload: str) -> dict[str, Any] | None:
        """The link of a QR code: "p-7KM4QX"; a certificate's code typed alone."""
        if payload.startswith(REPORTED):
            return None
        code = parse(payload.removeprefix(OPENED))
        found = ctx.records.certified(code) if code else None
        return {"code": found.code} if found else None

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        given = dict(answers)
        if "id" in given:  # "/products nước mắm"
            given["q"] = given.pop("id")
        return self.drawn(ctx, self.entered(talk, given))

    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        if code := str(talk.answers.get("code") or ""):
            one = ctx.records.certified(code)
            if one is not None:
                return noted(note, card(ctx, one))
        if asked := str(talk.answers.get("q") or ""):
            return noted(note, found(ctx, asked, int(str(talk.answers.get("page", 0)))))
        text = ctx.t(
            "Bà con tìm sản phẩm gì? Gõ tên, nơi làm, số sao, ví dụ: mật ong 3 sao, nước mắm."
        )
        return noted(note, Say(text, ((_menu(ctx),),)))

    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        verb, _, value = action.partition("=")
        kept = {k: v for k, v in talk.answers.items() if k in ("q", "page")}
        kept = kept if talk.flow == self.key else {}
        if verb == "card" and ctx.records.certified(value):
            return self.drawn(ctx, self.entered(talk, {**kept, "code": value}))
        if verb == "page" and value.isdecimal() and len(value) < 4:
            return self.drawn(ctx, self.entered(talk, {**kept, "page": int(value)}))
        if verb == "back":
            return self.drawn(ctx, self.entered(talk, kept))
        if verb in ("photo", "nophoto"):
            return self._photo(ctx, talk, verb, value)
        if verb in ("restore", "restored"):
            return self._restore(ctx, talk, verb, value)
        one = ctx.records.certified(value) if verb == "label" else None
        if one is not None and may_print(ctx, one):
            note = ctx.t("Mình đang làm nhãn, xong gửi ngay vào đây.")
            return Turn(talk, events=(LabelAsked(value),), then=Go(self.key, {"code": value}, note))
        return None

    def _photo(self, ctx: Ctx, talk: Talk, verb: str, code: str) -> Turn | None:
        """Ask the household for its photo; take one down for an officer."""
        one = ctx.records.certified(code)
        officer = ctx.person.officer
        if one is not None and verb == "photo" and own(ctx, one):
            note = ctx.t("Bà con gửi một ảnh chụp rõ sản phẩm vào đây. Ai tìm cũng thấy ảnh này.")
            return self.drawn(ctx, self.entered(talk, {"code": one.code, "photo": True}), note)
        if one is None or not one.photo_key or verb != "nophoto" or officer is None:
            return None
        if not (officer.works and officer.covers(one.commune_code)):
            return None
        note = ctx.t("Đã gỡ ảnh và báo bà con.")
        event = ProductPhotoTaken(one.code)
        return Turn(talk, events=(event,), then=Go(self.key, {"code": one.code}, note))

    def _restore(self, ctx: Ctx, talk: Talk, verb: str, code: str) -> Turn | None:
        """A revocation recorded by mistake is taken back, asked once more before."""
        one = ctx.records.certified(code)
        if one is None or not may_restore(ctx.person.officer, one):
            return None
        if verb == "restore":
            return Turn(self.entered(talk, {"code": one.code}), _restoring(ctx, one))
        note = ctx.t("Đã bỏ thu hồi và báo cơ sở.")
        event = CertificateRestored(one.code)
        return Turn(talk, events=(event,), then=Go(self.key, {"code": one.code}, note))

    def take(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """The photo that was asked for; any other might be a paper with somebody's name on it."""
        one = ctx.records.certified(str(talk.answers.get("code") or ""))
        if not talk.answers.get("photo") or one is None or not own(ctx, one):
            return None
        file = said.files[0]
        if file.refused or not file.key:
            return self.drawn(ctx, talk, refusal(ctx, file))
        if file.mime != "image/jpeg":
            return self.drawn(ctx, talk, ctx.t("Chỗ này mình chỉ nhận ảnh."))
        note = ctx.t("Đã để ảnh lên thẻ sản phẩm.")
        event = ProductPhotoGiven(one.code, file.key)
        return Turn(talk, events=(event,), then=Go(self.key, {"code": one.code}, note))

    def words(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """Another search."""
        want = product_search.wanted(ctx.content, said.text)
        if want.anything or not product_search.look_for(ctx.records, want, ctx.today, 1):
            return None  # perhaps a question
        return self.drawn(ctx, self.entered(talk, {"q": said.text[:200]}))


def found(ctx: Ctx, asked: str, page: int) -> Say:
    """What fits, a line and a button each."""
    want = product_search.wanted(ctx.content, asked)
    fits = product_search.look_for(ctx.records, want, ctx.today)
    elsewhere = not fits and want.communes and (want.words or want.stars)
    if elsewhere:
        anywhere = replace(want, communes=frozenset())
        fits = product_search.look_for(ctx.records, anywhere, ctx.today)
    if not fits:
        text = ctx.t(
            "Mình chưa thấy sản phẩm OCOP nào như “{asked}”. Bà con gõ ngắn hơn hoặc tên khác nhé.",
            asked=asked[:80],
        )
        return Say(text, ((_menu(ctx),),))
    start = min(page * PAGE, len(fits) - 1) // PAGE * PAGE
    shown = fits[start : start + PAGE]
    head = (
        ctx.t("Ở nơi đó mình chưa thấy. Nơi khác có {n} sản phẩm:", n=len(fits))
        if elsewhere
        else ctx.t("Thấy {n} sản phẩm:", n=len(fits))
    )
    lines = [head, *(_line(ctx, one) for one in shown)]
    rows: list[tuple[Button, ...]] = [
        (Button(_named(one.product), f"products:card={one.code}"),) for one in shown
    ]
    if start + PAGE < len(fits):
        rows.append((button(ctx, "Xem tiếp", f"products:page={start // PAGE + 1}"),))
    return Say("\n".join(lines), (*rows, (_menu(ctx),)))


def _line(ctx: Ctx, one: PublicProduct) -> str:
    over = standing.standing(one, ctx.today) is not Standing.VALID
    mark = f" ({ctx.t('đã hết hạn')})" if over else ""
    return f"• {one.product}, {'★' * one.stars}{mark}, {commune_name(ctx, one.commune_code)}"


def card(ctx: Ctx, one: PublicProduct) -> Say:
    """One product: who makes it, where, how many stars, until when, where to buy."""
    reason = _reason(ctx, one)
    lines = [
        f"*{one.product}*",
        f"{standing.stars(ctx.lang, one, ctx.today)} · {_set(ctx, one.set_number)}",
        f"{one.producer}, {commune_name(ctx, one.commune_code)}",
        ctx.t(
            "Giấy chứng nhận {code}, quyết định {number} ngày {day}.",
            code=one.code,
            number=one.decision_number,
            day=date_(ctx.lang, one.issued_on),
        ),
        "",
        *standing.told(ctx.content, ctx.lang, one, ctx.today, buyer=not reason),
        *reason,
    ]
    if one.where_to_buy:
        lines.append(ctx.t("Nơi mua: {where}", where=one.where_to_buy))
    files = (SentFile(one.photo_key, "san-pham.jpg", "image/jpeg"),) if one.photo_key else ()
    rows: list[tuple[Button, ...]] = []
    if ctx.public_url:
        url = f"{ctx.public_url.rstrip('/')}/p/{one.code}"
        rows.append((Button(ctx.t("Mở trang sản phẩm"), url=url),))
    rows += _acts(ctx, one)
    if may_print(ctx, one):
        rows.append((button(ctx, "Nhãn QR để in", f"products:label={one.code}"),))
    rows.append((button(ctx, "Phản ánh sản phẩm này", f"go:complaint_form={one.code}"),))
    rows.append((button(ctx, "Tìm tiếp", "products:back"), _menu(ctx)))
    return Say("\n".join(lines), tuple(rows), files)


def _named(product: str) -> str:
    """A name that fits on a button."""
    return product if len(product) <= LONGEST else f"{product[: LONGEST - 1].rstrip()}…"


def own(ctx: Ctx, one: PublicProduct) -> bool:
    """Does the person act for the product's producer?"""
    mine = ctx.records.certificates(ctx.person.id)
    return any(held.certificate.code == one.code for held in mine)


def _acts(ctx: Ctx, one: PublicProduct) -> list[tuple[Button, ...]]:
    """What the household and officers may do with a card."""
    officer = ctx.person.officer
    rows: list[tuple[Button, ...]] = []
    if own(ctx, one):
        label = N_("Đổi ảnh sản phẩm") if one.photo_key else N_("Thêm ảnh sản phẩm")
        rows.append((button(ctx, label, f"products:photo={one.code}"),))
    if one.photo_key and officer and officer.works and officer.covers(one.commune_code):
        rows.append((button(ctx, "Gỡ ảnh", f"products:nophoto={one.code}"),))
    if may_ask(ctx, one):
        own_one = N_("Đây là sản phẩm của tôi")
        label = own_one if own_there(ctx, one) else N_("Nối với cơ sở đã đăng ký")
        rows.append((button(ctx, label, f"go:same_producer={one.code}"),))
    if may_revoke(officer, one):
        rows.append((button(ctx, "Thu hồi giấy chứng nhận", f"go:revoke={one.code}"),))
    if may_restore(officer, one):
        rows.append((button(ctx, "Ghi nhầm, bỏ thu hồi", f"products:restore={one.code}"),))
    return rows


def _reason(ctx: Ctx, one: PublicProduct) -> list[str]:
    """For its own household and its officers: why, whatever buyers read."""
    if one.revoked_on is None:
        return []
    ground_id, why = ctx.records.why_revoked(ctx.person, one.code)
    ground = ctx.content.process.ground(ground_id) if not one.ground else None
    lines = [ctx.t("Căn cứ: {ground}", ground=ground.text(ctx.lang))] if ground else []
    return [*lines, ctx.t("Lý do: {reason}", reason=why)] if why else lines


def _restoring(ctx: Ctx, one: PublicProduct) -> Say:
    text = ctx.t(
        "*Bỏ thu hồi giấy {code} của {product}?* Chỉ khi đã ghi nhầm. Cơ sở và cán bộ xã được báo.",
        code=one.code,
        product=one.product,
    )
    yes = button(ctx, "Đúng, ghi nhầm", f"products:restored={one.code}", "danger")
    return Say(text, ((yes,), (button(ctx, "Thôi, giữ lại", f"products:card={one.code}"),)))


def may_print(ctx: Ctx, one: PublicProduct) -> bool:
    """A label of a valid certificate: for officers, and for the product's own household."""
    if not ctx.public_url or standing.standing(one, ctx.today) is not Standing.VALID:
        return False
    if ctx.person.officer is not None:
        return ctx.person.officer.covers(one.commune_code)
    return own(ctx, one)


def _set(ctx: Ctx, number: int) -> str:
    known = ctx.content.sets[number]
    return known.name_en if ctx.lang == "en" else known.name


def _menu(ctx: Ctx) -> Button:
    return button(ctx, "Menu", "nav:menu")
