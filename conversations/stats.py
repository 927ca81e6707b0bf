"""/stats: the programme at a glance for officers and leaders; reports; what officers record.

Commune officers see their communes, the others all of the province: the records decide it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations import periods, stats_text
from conversations.board_text import noted
from conversations.boards import Board
from conversations.context import Ctx
from conversations.events import (
    Event,
    FactRecorded,
    ReportAsked,
    ReportsChosen,
    StatsLinkAsked,
    StatsPictureAsked,
)
from conversations.records import OfficerView
from conversations.records.figures import counting
from conversations.rooms import button, grid
from conversations.said import Go, Said, Turn
from conversations.stats_views import (
    BACK,
    MANY,
    ask,
    automatic,
    facts,
    made,
    menu,
    reports,
    which,
    whom,
)
from locales import N_
from models.messages import Channel, Say, Talk

VIEWS = ("report", "facts", "ask")


class Stats(Board):
    """answers: view; of reports back, commune; of what is recorded measure, page, subject."""

    key = "stats"
    title = N_("Số liệu chương trình")
    menu_label = N_("Số liệu, báo cáo")
    needs_consent = False
    officers_only = True
    leaders = True

    def open(self, ctx: Ctx, talk: Talk, answers: Mapping[str, Any]) -> Turn:
        """The text at once; the pictures follow when somebody asks anew."""
        turn = self.drawn(ctx, self.entered(talk, answers))
        fresh = talk.flow != self.key and answers.get("view") not in VIEWS
        return replace(turn, events=(StatsPictureAsked(),)) if fresh else turn

    # -- what is shown -------------------------------------------------------------------------
    def show(self, ctx: Ctx, talk: Talk, note: str = "") -> Say:
        officer = ctx.person.officer
        if officer is None:
            return Say(note or ctx.t("Mục này dành cho cán bộ."))
        view = talk.answers.get("view")
        if view == "report":
            return noted(note, reports(ctx, officer, talk.answers))
        if view == "facts" and officer.works:
            return noted(note, facts(ctx, officer, talk.answers))
        asked = whom(ctx, officer, talk.answers) if view == "ask" else None
        if asked is not None:
            return noted(note, ask(ctx, *asked))
        return noted(note, _glance(ctx, officer))

    # -- what is heard -------------------------------------------------------------------------
    def press(self, ctx: Ctx, talk: Talk, action: str, said: Said) -> Turn | None:
        officer = ctx.person.officer
        verb, _, value = action.partition("=")
        if officer is None:
            return None
        if verb == "see":
            return self.drawn(ctx, self.entered(talk, {}))
        if verb in ("picture", "web"):
            return self._made(ctx, talk, StatsPictureAsked() if verb == "picture" else
                              StatsLinkAsked())  # fmt: skip
        if verb in ("report", "make"):
            return self._report(ctx, talk, officer, verb, value)
        if verb in ("stop", "on"):
            told = N_("Đã thôi gửi báo cáo tự động. Cần lúc nào, anh/chị lấy ở đây.")
            note = ctx.t(told if verb == "stop" else N_("Hết kỳ là mình gửi báo cáo."))
            event = ReportsChosen(verb == "on")
            return Turn(self.entered(talk, {}), automatic(ctx, note), events=(event,))
        if verb == "auto":
            return Turn(self.entered(talk, {"view": "report"}), automatic(ctx))
        return self._record(ctx, talk, officer, verb, value)

    def words(self, ctx: Ctx, talk: Talk, said: Said) -> Turn | None:
        """A commune's name, while a report is chosen."""
        officer = ctx.person.officer
        if officer is None or talk.answers.get("view") != "report" or not said.text:
            return None
        found = dict.fromkeys(m.commune.code for m in ctx.content.find_commune(said.text))
        mine = [code for code in found if _reads(officer, code)]
        if len(mine) == 1:
            return self.drawn(ctx, replace(talk, answers={**talk.answers, "commune": mine[0]}))
        return Turn(talk, which(ctx, mine)) if 1 < len(mine) <= MANY else None

    def _made(self, ctx: Ctx, talk: Talk, event: Event) -> Turn | None:
        """What is made beside the talk and sent into it."""
        if isinstance(event, StatsLinkAsked) and not _opens_web(ctx):
            return None
        rows = ((button(ctx, "Số liệu", "stats:see"), menu(ctx)),)
        return Turn(self.entered(talk, {}), made(ctx, rows), events=(event,))

    def _report(
        self, ctx: Ctx, talk: Talk, officer: OfficerView, verb: str, value: str
    ) -> Turn | None:
        """ "report=BACK.COMMUNE" shows the choice; "make=PERIOD.COMMUNE" has one made."""
        first, _, commune = value.partition(".")
        if commune and not _reads(officer, commune):
            return None
        if verb == "make":
            if periods.parse(first) is None:
                return None
            here = self.entered(talk, {"view": "report", "commune": commune})
            again = button(ctx, "Kỳ khác", f"stats:report=1.{commune}")
            event = ReportAsked(first, commune)
            return Turn(here, made(ctx, ((again, menu(ctx)),)), events=(event,))
        back = int(first) if first.isdecimal() and len(first) < 3 else 1
        view = {"view": "report", "back": min(back, BACK), "commune": commune}
        return self.drawn(ctx, self.entered(talk, view))

    def _record(
        self, ctx: Ctx, talk: Talk, officer: OfficerView, verb: str, value: str
    ) -> Turn | None:
        """ "facts=MEASURE.PAGE", "of=MEASURE.ID", "yes=MEASURE.ID", "no=MEASURE.ID"."""
        measure, _, rest = value.partition(".")
        if not officer.works or (rest and not (rest.isdecimal() and len(rest) < 16)):
            return None
        if verb == "facts":
            view = {"view": "facts", "measure": measure, "page": int(rest or 0)}
            return self.drawn(ctx, self.entered(talk, view))
        view = {"view": "ask", "measure": measure, "subject": int(rest or 0)}
        asked = whom(ctx, officer, view)
        if asked is None:
            return None
        if verb == "of":
            return self.drawn(ctx, self.entered(talk, view))
        if verb not in ("yes", "no"):
            return None
        told = N_("Đã ghi: {name}, có.") if verb == "yes" else N_("Đã ghi: {name}, chưa có.")
        event = FactRecorded(measure, asked[1].id, verb == "yes")
        after = {"view": "facts", "measure": measure, "page": 0}
        note = ctx.t(told, name=asked[1].name)
        return Turn(self.entered(talk, after), events=(event,), then=Go(self.key, after, note))


def _glance(ctx: Ctx, officer: OfficerView) -> Say:
    text = stats_text.summary(ctx, ctx.records.figures(officer, counting(ctx.content, ctx.today)))
    buttons = [button(ctx, "Hình vẽ", "stats:picture"), button(ctx, "Báo cáo", "stats:report=1")]
    if _opens_web(ctx):
        buttons.append(button(ctx, "Xem trên web", "stats:web"))
    if officer.works and stats_text.by_hand(ctx):
        buttons.append(button(ctx, "Ghi số liệu còn thiếu", "stats:facts"))
    buttons.append(menu(ctx))
    return Say(text, grid(buttons), key="stats")


def _reads(officer: OfficerView, commune: str) -> bool:
    return officer.reach is None or commune in officer.reach


def _opens_web(ctx: Ctx) -> bool:
    """Is there an address of the dashboard? Inside the web chat it is next door."""
    return bool(ctx.public_url) or ctx.channel is Channel.WEB
