"""Walks a form: where are we, what did that answer, what comes next. Pure.

The answers are the state: `waiting` is the first step on the path whose answer is missing or no
longer fits. Restart, deploy, back, edit, "Bước 3/7" and answers known beforehand all follow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from conversations.steps import Answers, Asker, NotUnderstood, Review, Several, Step
from models.messages import Talk


@dataclass(frozen=True, slots=True)
class Heard:
    """What one message did to a form."""

    talk: Talk
    note: str = ""  # a sentence to put before the question
    finished: bool = False
    missed: bool = False


class Path:
    """The steps of a form that count under the answers given, in order."""

    def __init__(self, steps: tuple[Step, ...], asker: Asker, answers: Answers) -> None:
        self.asker = asker
        self.steps: list[Step] = []
        self.said: dict[str, Any] = {k: v for k, v in answers.items() if k.startswith("_")}
        self.waiting: Step | None = None
        self.perhaps: list[Step] = []  # asked or not, as later answers will have it
        for step in steps:
            # answers on a branch that was left do not count, so conditions see `said` only
            if step.when is not None and not step.when.holds(self.said):
                if step.when.may_hold(self.said):
                    self.perhaps.append(step)
                continue
            self.steps.append(step)
            self._take(step, answers)

    def _take(self, step: Step, answers: Answers) -> None:
        if step.key in answers and step.still_fits(answers[step.key], self.asker, answers):
            self.said[step.key] = answers[step.key]
        elif self.waiting is None:
            self.waiting = step

    def step(self, key: str | None) -> Step | None:
        return next((s for s in self.steps if s.key == key), None)

    def current(self, talk: Talk) -> Step | None:
        """The step being asked: the one gone back to, else the first that waits."""
        return self.step(talk.asking) or self.waiting

    def before(self, step: Step | None) -> Step | None:
        """The step to go back to from `step`; None on the first."""
        at = self.steps.index(step) if step in self.steps else len(self.steps)
        return self.steps[at - 1] if at > 0 else None

    def place(self, step: Step) -> tuple[int, int]:
        """(3, 7) for "Bước 3/7"; a review is not counted. The 7 may shrink, it never grows."""
        asked = [s for s in self.steps if not isinstance(s, Review)]
        at = asked.index(step) + 1 if step in asked else len(asked)
        return at, len(asked) + len(self.perhaps)


def hear(steps: tuple[Step, ...], talk: Talk, text: str, asker: Asker, step_key: str = "") -> Heard:
    """`text` said to the form; `step_key` is the step the pressed button belonged to, if any."""
    path = Path(steps, asker, talk.answers)
    step = path.current(talk)
    if step is None or (step_key and step_key != step.key):
        return Heard(talk, note=asker.t("Nút đó là của bước trước, mình hỏi tiếp bước này nhé."))
    try:
        answer = step.read(text, asker, talk.answers)
    except Several as several:
        asked = {**talk.answers, step.key + "?": several.said or text}
        heard = replace(talk, answers=asked, misses=0)
        return Heard(heard, note=several.note or asker.t("Có mấy nơi gần giống, bà con chọn giúp:"))
    except NotUnderstood as why:
        return Heard(replace(talk, misses=talk.misses + 1), note=str(why), missed=True)
    return answered(steps, talk, step, answer, asker)


def answered(steps: tuple[Step, ...], talk: Talk, step: Step, answer: Any, asker: Asker) -> Heard:
    """The talk after `step` got `answer`; finished when nothing waits any more."""
    kept = {k: v for k, v in talk.answers.items() if k != step.key + "?"}
    after = replace(talk, answers={**kept, step.key: answer}, asking=None, misses=0)
    return Heard(after, finished=Path(steps, asker, after.answers).waiting is None)


def skip(steps: tuple[Step, ...], talk: Talk, asker: Asker) -> Heard | None:
    """Leave an optional step out; None when the step is needed."""
    step = Path(steps, asker, talk.answers).current(talk)
    if step is None or not step.optional:
        return None
    return answered(steps, talk, step, None, asker)


def back(steps: tuple[Step, ...], talk: Talk, asker: Asker) -> Talk | None:
    """One step back, answers kept; None on the first step."""
    path = Path(steps, asker, talk.answers)
    earlier = path.before(path.current(talk))
    if earlier is None:
        return None
    return replace(talk, asking=earlier.key, misses=0)


def edit(steps: tuple[Step, ...], talk: Talk, key: str, asker: Asker) -> Talk | None:
    """Ask `key` again; the rest stays. None when it is not on the path."""
    if Path(steps, asker, talk.answers).step(key) is None:
        return None
    return replace(talk, asking=key, misses=0)


def answered_by(steps: tuple[Step, ...], talk: Talk, text: str, asker: Asker) -> Step | None:
    """The latest step whose answer is what `text` says there; None when no step was so answered."""
    path = Path(steps, asker, talk.answers)
    for step in reversed([s for s in path.steps if s.key in path.said]):
        try:
            if step.read(text, asker, talk.answers) == path.said[step.key]:
                return step
        except (NotUnderstood, Several):
            continue
    return None


def final(steps: tuple[Step, ...], talk: Talk, asker: Asker) -> dict[str, Any]:
    """The answers that count, facts included, without answers of branches that were left."""
    return Path(steps, asker, talk.answers).said
