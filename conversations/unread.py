"""A message whose content the channel withholds: files it cannot carry, people it protects.

The two cannot be told apart, so one answer serves both; and an officer is told every time nobody
has been yet, for the person may not be able to read or to write at all.
"""

from __future__ import annotations

from conversations.context import Ctx
from conversations.events.talks import AnonymousWrote, MessageWithheld
from conversations.rooms import button
from conversations.said import Turn
from models.messages import Button, Say, Talk

WITHHELD = "withheld"  # Said.other of such a message
ANONYMOUS = "anonymous"  # of one by somebody who is not signed in to Zalo


def answer(ctx: Ctx, talk: Talk, name: str = "") -> Turn:
    """The ways that are left: a photo, the page, the desk, a call. The talk stays where it is."""
    ways = [ctx.t("• Giấy tờ: chụp ảnh từng trang rồi gửi vào đây.")]
    if ctx.public_url:
        ways.append(ctx.t("• Hoặc mở trang {url}: gửi tệp, gõ chữ đều được.", url=ctx.public_url))
    ways.append(_desk(ctx))
    ways.append(ctx.t("• Mình đã báo cán bộ; có việc gấp bà con cứ gọi điện cho cán bộ xã."))
    text = ctx.t(
        "Zalo không chuyển cho mình nội dung tin vừa rồi (tệp PDF, video, hoặc tin của người được "
        "Zalo bảo vệ). Bà con đừng lo, vẫn làm được:"
    )
    return Turn(talk, Say("\n".join((text, *ways)), (_row(ctx, talk),)), (MessageWithheld(name),))


def anonymous(ctx: Ctx, talk: Talk, text: str) -> Turn:
    """Always the same: nothing can be kept for an id that is another's tomorrow."""
    told = ctx.t(
        "Bà con đang nhắn mà chưa đăng nhập Zalo, nên mình chưa làm hồ sơ, chưa trả lời ở đây "
        "được. Mình đã chuyển tin cho cán bộ. Bà con đăng nhập Zalo rồi nhắn lại, mình giúp "
        "được ngay."
    )
    if ctx.public_url:
        told += " " + ctx.t("Hoặc mở trang {url}.", url=ctx.public_url)
    return Turn(talk, Say(told), (AnonymousWrote(text),))


def _row(ctx: Ctx, talk: Talk) -> tuple[Button, ...]:
    row = [button(ctx, "Gặp cán bộ", "nav:officer"), button(ctx, "Menu", "nav:menu")]
    paper, dossier = talk.answers.get("item"), talk.answers.get("id")
    if ctx.public_url and talk.flow == "item" and paper and dossier:
        at = f"item:web={dossier}.{paper}"
        row.insert(0, button(ctx, "Gửi qua trang web", at, "primary"))
    return tuple(row)


def _desk(ctx: Ctx) -> str:
    """The desk of the person's commune, when it is known."""
    codes = [p.commune_code for p in ctx.records.producers(ctx.person.id)]
    commune = ctx.content.communes.get(codes[0]) if codes else None
    if commune is None:
        return ctx.t("• Hoặc đến bộ phận một cửa của xã, phường: có người làm giúp.")
    return ctx.t(
        "• Hoặc đến bộ phận một cửa của {commune}: có người làm giúp.", commune=commune.name
    )
