"""The council's result, as a form: score, stars, decision. Only the case's province officer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from conversations.context import Ctx
from conversations.events import ResultRecorded
from conversations.forms import Done, Form
from conversations.stages import may_record
from conversations.steps import Choice, Choose, Day, Is, Number, Review, Text
from locales import N_

STARS = (
    Choice("5", N_("5 sao")),
    Choice("4", N_("4 sao")),
    Choice("3", N_("3 sao")),
    Choice("2", N_("2 sao")),
    Choice("1", N_("1 sao")),
)
RANKED = Is("stars", ("3", "4", "5"))


class ResultForm(Form):
    """Below 3 stars there is no decision and no certificate (Quyết định 26/2026, Điều 4.1)."""

    key = "result"
    title = N_("Ghi kết quả Hội đồng")
    needs_consent = False
    officers_only = True
    steps = (
        Number(
            "score",
            N_("Hội đồng chấm bao nhiêu điểm?"),
            N_("Điểm"),
            least=0,
            most=100,
            hint=N_("Điểm trung bình, thang 100. Ví dụ: 72,5"),
        ),
        Choose("stars", N_("Được xếp mấy sao?"), N_("Hạng"), options=STARS),
        Text(
            "decision",
            N_("Số quyết định công nhận?"),
            N_("Số quyết định"),
            when=RANKED,
            letters=False,
            most=60,
            hint=N_("Ví dụ: 1234/QĐ-UBND"),
        ),
        Day("date", N_("Ngày ký quyết định?"), N_("Ngày quyết định"), when=RANKED),
        Review(
            "send",
            N_("Anh/chị xem lại kết quả trước khi ghi. Bà con sẽ được báo ngay."),
            send=N_("Ghi kết quả"),
        ),
    )

    def intro(self, ctx: Ctx, answers: Mapping[str, Any]) -> str:
        return ctx.t("Kết quả của hồ sơ {code}.", code=answers.get("_code", ""))

    def finish(self, ctx: Ctx, answers: Mapping[str, Any]) -> Done:
        officer = ctx.person.officer
        case = ctx.records.case(officer, int(answers["_id"])) if officer else None
        if case is None or officer is None or not may_record(officer, case):
            return Done(note=ctx.t("Hồ sơ này anh/chị không còn ghi kết quả được."), then="queue")
        problem = self._problem(ctx, answers)
        if problem:
            return self.again(answers, problem, "stars", "decision", "date")
        event = ResultRecorded(
            case.id,
            float(answers["score"]),
            int(answers["stars"]),
            str(answers.get("decision") or ""),
            date.fromisoformat(str(answers["date"])) if answers.get("date") else None,
        )
        return Done((event,), ctx.t("Đã ghi kết quả và báo bà con."), "case", {"id": str(case.id)})

    def _problem(self, ctx: Ctx, answers: Mapping[str, Any]) -> str:
        """The band of the score (Điều 3.3) and the day must agree with what is recorded."""
        score = float(answers["score"])
        band = next(star for star in ctx.content.law.stars if score >= star.minimum)
        if int(answers["stars"]) > band.rank:
            return ctx.t(
                "{score} điểm thì cao nhất là {n} sao (Điều 3.3). Anh/chị chọn lại hạng.",
                score=answers["score"],
                n=band.rank,
            )
        if answers.get("date") and date.fromisoformat(str(answers["date"])) > ctx.today:
            return ctx.t("Ngày ký quyết định không thể sau hôm nay.")
        return ""
