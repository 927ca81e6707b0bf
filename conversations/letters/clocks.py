"""Letters to officers that time brings: nobody acted, a day comes near, the day in one message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations.letters import Line, Note, Press
from conversations.letters.officer import open_case
from conversations.render import render
from locales import N_, gettext
from models.messages import Button, Say


def claim_reminder(dossier_id: int, code: str, product: str, hours: int) -> Note:
    """Nobody has taken the case, or its holder has not acted, for so many working hours."""
    return Note(
        (
            Line(
                N_("Hồ sơ *{code}* ({product}) đã chờ {hours} giờ làm việc."),
                {"code": code, "product": product, "hours": hours},
            ),
        ),
        (open_case(dossier_id, "primary"),),
    )


def back_in_pool(dossier_id: int, code: str, product: str) -> Note:
    """The holder did not act in time: the case is free again."""
    return Note(
        (
            Line(
                N_("Hồ sơ *{code}* ({product}) chưa được xử lý nên đã trở về danh sách chung."),
                {"code": code, "product": product},
            ),
        ),
        (open_case(dossier_id, "primary"),),
    )


def escalated(
    dossier_id: int, code: str, product: str, commune: str, *, at_province: bool = False
) -> Note:
    """Told one level up: nobody takes a case."""
    words = (
        N_("Hồ sơ *{code}* ({product}, {commune}) quá giờ mà chưa cán bộ tỉnh nào nhận.")
        if at_province
        else N_("Hồ sơ *{code}* ({product}, {commune}) quá giờ mà chưa cán bộ xã nào nhận.")
    )
    return Note(
        (Line(words, {"code": code, "product": product, "commune": commune}),),
        (open_case(dossier_id, "primary"),),
    )


def review_due(dossier_id: int, code: str, product: str, due_on: date, days: int) -> Note:
    """The commune's time ends in so many working days; below 0 it has ended."""
    if days < 0:
        words = N_("!! Hồ sơ *{code}* ({product}) đã quá hạn xem: {day}.")
    elif days == 0:
        words = N_("! Hồ sơ *{code}* ({product}) hết hạn xem hôm nay, {day}.")
    else:
        words = N_("! Hồ sơ *{code}* ({product}) còn {n} ngày làm việc, đến hết {day}.")
    fields = {"code": code, "product": product, "day": due_on, "n": days}
    return Note((Line(words, fields),), (open_case(dossier_id, "primary"),))


def supplement_late(dossier_id: int, code: str, product: str, due_on: date) -> Note:
    """The household has not mended its papers in time."""
    return Note(
        (
            Line(
                N_("Hồ sơ *{code}* ({product}): bà con chưa bổ sung, đã quá ngày {day}."),
                {"code": code, "product": product, "day": due_on},
            ),
        ),
        (
            Press(N_("Nhắn bà con"), f"case:msg={dossier_id}", style="primary"),
            open_case(dossier_id),
        ),
    )


@dataclass(frozen=True, slots=True)
class ChannelUse:
    """What left through a channel whose messages count, in a month; `most` where a plan has an end.

    free and paid: to people whose window is open; templates: paid, by phone number; refused: what
    the channel did not take; left: of `has` messages, what the plan still has for the paid ones.
    """

    name: str
    month: int
    free: int = 0
    paid: int = 0
    templates: int = 0
    refused: int = 0
    sent: int = 0
    most: int = 0
    left: int = 0
    has: int = 0


@dataclass(frozen=True, slots=True)
class Dated:
    """A case and its day, for a list."""

    code: str
    product: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Digest:
    """The officer's day in one message; only written when there is something. `channels` are for
    the province and the admins; `late` and `soon` name the first of the overdue and near ones."""

    new: int
    mine: int
    overdue: int
    near: int
    questions: int
    failed: int  # messages that could not be sent
    channels: tuple[ChannelUse, ...] = ()
    unanswered: int = 0  # questions of the week the assistant had no answer to
    topics: tuple[tuple[str, str, int], ...] = ()  # of those: the most asked, vi, en, how often
    late: tuple[Dated, ...] = ()
    soon: tuple[Dated, ...] = ()
    complaints: int = 0  # about products, not answered yet

    @property
    def empty(self) -> bool:
        told = (self.new, self.mine, self.overdue, self.questions, self.failed, self.unanswered)
        return not any((*told, self.complaints))

    def say(self, lang: str) -> Say:
        topics = [(en if lang == "en" else vi, times) for vi, en, times in self.topics]
        text = render("digest", lang, {"digest": self, "topics": topics})
        rows = [(Button(gettext(lang, "Mở danh sách"), "go:queue", style="primary"),)]
        if self.questions:
            rows.append((Button(gettext(lang, "Câu hỏi chờ trả lời"), "go:tickets"),))
        if self.complaints:
            rows.append((Button(gettext(lang, "Phản ánh của người dân"), "go:complaint_desk"),))
        return Say(text, tuple(rows), key="digest")
