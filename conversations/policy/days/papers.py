"""Answers on papers with a term of their own: when one of a named day ends, when it was given."""

from __future__ import annotations

from datetime import date

from conversations.policy.days.named import Dated
from conversations.policy.days.roles import Role, role
from conversations.policy.days.told import days_of
from conversations.policy.draft import Ask, Draft
from conversations.policy.understand import plain
from locales import date_
from models.content.dossier import Evidence, Term
from models.content.process import certificate_end

_ASKS_END = (
    *("bao gio", "khi nao", "ngay nao", "hom nao", "luc nao", "chung nao", "toi dau", "may nam"),
    *("het han", "con han", "con dung", "dung duoc", "con xai", "con hieu luc", "con gia tri"),
    *("when", "until", "valid", "expire", "run out", "how long", "last day", "still"),
)
_ASKS_GIVEN = ("cap ngay nao", "cap hom nao", "cap khi nao", "cap bao gio", "ki ngay nao",
               "ki khi nao", "cap tu ngay nao", "cap luc nao", "when was", "issued when",
               "issue date")  # fmt: skip
_NOW = ("nay", "hom nay", "bay gio", "gio", "hien", "still", "now", "today")
#: Other certificates and other days: of stars, of a dossier at the commune.
_BESIDES = ("ocop", "sao", "star", "stars", "gui tinh", "gui len tinh", "ngay lam viec",
            "working days", "danh gia lai")  # fmt: skip


def paper_ends(ask: Ask) -> Draft | None:
    """The last day of a paper from the day it was given, or the other way round.

    None when no paper with a term is named, when no day is, or when neither is asked.
    """
    named = _named(ask)
    if named is None:
        return None
    paper, term = named
    dated = [one for one in days_of(ask) if _of_paper(ask, paper, one)]
    ended = next((one.day for one in dated if role(one) is Role.ENDS), None)
    if ended is not None and ask.reading.has(*_ASKS_GIVEN):
        return _draft(ask, paper, term, certificate_end(ended, -term.months))
    issued = next((one for one in dated if role(one) is Role.ISSUED), None)
    if issued is None or not ask.reading.has(*_ASKS_END):
        return None
    others = [one.day for one in days_of(ask) if one is not issued]
    now = [ask.on] if ask.reading.has(*_NOW) else []
    return _draft(ask, paper, term, issued.day, next(iter([*others, *now]), None))


def _named(ask: Ask) -> tuple[Evidence, Term] | None:
    """The paper with a term that is named, by its longest name."""
    best: tuple[int, Evidence, Term] | None = None
    for paper in ask.matter.dossier.evidence:
        for word in ask.matter.lacks.get(paper.id, ()) if paper.term else ():
            if paper.term and ask.reading.names(word) and (not best or len(word) > best[0]):
                best = (len(word), paper, paper.term)
    return best[1:] if best else None


def _of_paper(ask: Ask, paper: Evidence, one: Dated) -> bool:
    """Whether a day is the paper's: beside something else with days it must stand behind it."""
    if not ask.reading.has(*_BESIDES):
        return True
    names = (" ".join(plain(word)) for word in ask.matter.lacks[paper.id])
    return any(name in one.before for name in names)


def _draft(ask: Ask, paper: Evidence, term: Term, issued: date, on: date | None = None) -> Draft:
    end = certificate_end(issued, term.months)
    lines = [
        *([_still(ask, end, on)] if on else []),
        ask.say(
            "{paper} cấp ngày {issued}, giá trị {n} tháng, hết hạn ngày {end}.",
            paper=paper.name(ask.lang), issued=date_(ask.lang, issued), n=term.months,
            end=date_(ask.lang, end),
        ),
        term.note(ask.lang),
    ]  # fmt: skip
    return Draft(term.passage, tuple(lines), ask.cited(term.passage))


def _still(ask: Ask, end: date, on: date) -> str:
    day = date_(ask.lang, on)
    if on <= end:
        return ask.say("Còn hạn: ngày {day} giấy vẫn dùng được.", day=day)
    return ask.say("Không còn hạn: ngày {day} giấy đã hết hạn.", day=day)
