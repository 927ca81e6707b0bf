"""The round of a dossier that an office sends on a day that is told: the commune to the province,
or the province to the ministry (Điều 5)."""

from __future__ import annotations

import re
from datetime import date

from conversations.policy.days.again import asks_again
from conversations.policy.days.cutoffs import cut_line, next_cut, round_called
from conversations.policy.days.named import Dated
from conversations.policy.days.old_law import new_rules
from conversations.policy.days.reading import CENTRE, asks_left, asks_when, days_told
from conversations.policy.days.roles import Role, role
from conversations.policy.draft import Ask, Draft, lowered
from locales import date_
from models.content.process import Cutoff, Round, cutoff, next_cutoff

_PASSAGE, _CENTRE_PASSAGE = "qd26_dot", "qd26_dot_bo"
_MISSED = 92  # days for which a cut-off that was missed is told of
#: Asks for a round, or whether one is made.
_ROUND = re.compile(r"\b(?:dot|ki|rounds?|kip|lo|tre|in time|make it|too late|missed?)\b")
#: A cut-off that is told as such: nothing was sent on that day.
_A_LIMIT = re.compile(r"\b(?:la|moc|han|han chot|cuoi|deadline|is)(?: ngay| hom)?$")
#: A dossier for 5 stars that is sent goes to the ministry, but where the commune is named.
_OF_MINISTER = re.compile(
    r"^(?!.*\b(?:xa|phuong|commune|ward)\b).*(?:\bho so(?: \w+){0,3} 5 sao\b|\b5 stars? dossier)"
)
_GONE = (Role.SENT, Role.HANDED)
_BY_PROVINCE = re.compile(r"\b(?:tinh|province)(?: \w+){0,3} (?:gui|trinh|chuyen|sends?|sent)\b")


def sent(ask: Ask) -> Draft | None:
    """The round that a dossier sent on a named day falls in, and the one it is too late for."""
    if asks_again(ask):
        return None
    for dated in days_told(ask).named:
        if dated.day < new_rules(ask) or _is_limit(ask, dated):
            continue
        told = role(dated)
        to_centre = told is Role.FORWARDED or (
            told is Role.SENT and ask.reading.has(*CENTRE) and _BY_PROVINCE.search(ask.text)
        )
        to_centre = to_centre or (told in _GONE and _OF_MINISTER.search(ask.text) is not None)
        if to_centre and (_ROUND.search(ask.text) or asks_when(ask) or asks_left(ask)):
            return _to_centre(ask, dated.day)
        if told is Role.SENT and not ask.reading.has(*CENTRE) and _ROUND.search(ask.text):
            return _to_province(ask, dated.day)
    return None


def _is_limit(ask: Ask, dated: Dated) -> bool:
    rule, at = ask.matter.process, (dated.day.month, dated.day.day)
    limits = {one.before for one in (*rule.rounds, *rule.centre_rounds)}
    return at in limits and _A_LIMIT.search(dated.before) is not None


def _to_province(ask: Ask, day: date) -> Draft:
    cut = next_cut(ask, day)
    lines = (
        *_missed_line(ask, ask.matter.process.rounds, day),
        ask.say(
            "Xã gửi ngày {sent} là trước mốc {before} nên vào {name}.",
            sent=date_(ask.lang, day), before=date_(ask.lang, cut.before),
            name=lowered(round_called(ask, cut)),
        ),
        cut_line(ask, cut),
    )  # fmt: skip
    return Draft(_PASSAGE, lines, ask.cited(_PASSAGE))


def _to_centre(ask: Ask, day: date) -> Draft:
    cut = next_cutoff(ask.matter.process.centre_rounds, (), day)
    lines = (
        *_missed_line(ask, ask.matter.process.centre_rounds, day),
        ask.say(
            "Tỉnh gửi lên Bộ trước {before} thì vào {name}: Bộ chấm xong trước {results}.",
            before=date_(ask.lang, cut.before), name=lowered(cut.name(ask.lang)),
            results=date_(ask.lang, cut.results_before),
        ),
    )  # fmt: skip
    return Draft(_CENTRE_PASSAGE, lines, ask.cited(_CENTRE_PASSAGE))


def _missed_line(ask: Ask, rounds: tuple[Round, ...], day: date) -> list[str]:
    """The round that the day has just missed; "before" is strict."""
    missed = _last_missed(rounds, day)
    if (day - missed.before).days >= _MISSED:
        return []
    return [
        ask.say(
            "Ngày {sent} không kịp {name}: phải trước {before}.",
            sent=date_(ask.lang, day), name=lowered(missed.name(ask.lang)),
            before=date_(ask.lang, missed.before),
        )
    ]  # fmt: skip


def _last_missed(rounds: tuple[Round, ...], day: date) -> Cutoff:
    every = [cutoff(one, year) for year in (day.year - 1, day.year) for one in rounds]
    return max((cut for cut in every if cut.before <= day), key=lambda cut: cut.before)
