"""The vocabulary of a form: questions as data. A condition is data too, so forms can be drawn.

An odd need becomes a new kind of step (a class with `read`, `still_fits`, `tell`), never a callback
inside a form. Where options depend on content or records a step names their source; `Asker`
resolves the name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Protocol

from locales import N_

Answers = Mapping[str, Any]


class NotUnderstood(Exception):
    """The answer cannot be taken; the message (already translated) says what to do."""


@dataclass(slots=True)
class Several(Exception):
    """The answer fits more than one choice: ask which."""

    choices: tuple[Choice, ...]
    note: str = ""
    said: str = ""  # what finds the choices again, when it is not the text itself


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: its key (kept as the answer), its label (a msgid) and a longer hint."""

    key: str
    label: str
    hint: str = ""
    translated: bool = False  # label is already in the reader's language


@dataclass(frozen=True, slots=True)
class Is:
    """True when the answer to `step` is one of `choices`."""

    step: str
    choices: tuple[str, ...]

    def holds(self, answers: Answers) -> bool:
        return str(answers.get(self.step)) in self.choices

    def may_hold(self, answers: Answers) -> bool:
        """Not ruled out yet."""
        return self.step not in answers or self.holds(answers)


@dataclass(frozen=True, slots=True)
class Not:
    """True when `step` is answered and the answer is none of `choices`."""

    step: str
    choices: tuple[str, ...]

    def holds(self, answers: Answers) -> bool:
        return self.step in answers and str(answers[self.step]) not in self.choices

    def may_hold(self, answers: Answers) -> bool:
        """Not ruled out yet."""
        return self.step not in answers or self.holds(answers)


@dataclass(frozen=True, slots=True)
class Either:
    """True when one of the conditions is."""

    conditions: tuple[Is | Not, ...]

    def holds(self, answers: Answers) -> bool:
        return any(condition.holds(answers) for condition in self.conditions)

    def may_hold(self, answers: Answers) -> bool:
        """Not ruled out yet."""
        return any(condition.may_hold(answers) for condition in self.conditions)


class Asker(Protocol):
    """What a step may ask the world while reading: words, options, matches, the day."""

    def t(self, msgid: str, /, **fields: object) -> str: ...
    def options(self, source: str, answers: Answers) -> tuple[Choice, ...]: ...
    def find(self, source: str, text: str, answers: Answers) -> tuple[Choice, ...]: ...
    def pick(self, text: str, choices: tuple[Choice, ...]) -> Choice | None: ...
    def phone(self, text: str) -> str | None: ...
    def day(self, text: str) -> date | None: ...
    def number(self, text: str) -> float | None: ...
    def hour(self, text: str) -> time | None: ...
    def show_phone(self, phone: str) -> str: ...
    def show_date(self, day: date) -> str: ...
    def show_number(self, value: float) -> str: ...


@dataclass(frozen=True, slots=True)
class Step:
    """A question: `key` names the answer; `ask` is the question (a msgid, may use {answers})."""

    key: str
    ask: str
    label: str = ""  # how the review names the answer
    when: Is | Not | Either | None = None
    optional: bool = False
    hint: str = ""  # a second sentence: an example, where to find it

    def read(self, text: str, asker: Asker, answers: Answers) -> Any:
        """The answer in `text`. Raises NotUnderstood or Several."""
        raise NotImplementedError

    def choices(self, asker: Asker, answers: Answers, said: str = "") -> tuple[Choice, ...]:
        """What is offered as buttons; `said` is the last text that fitted several."""
        return ()

    def still_fits(self, answer: Any, asker: Asker, answers: Answers) -> bool:
        return answer is not None or self.optional

    def tell(self, answer: Any, asker: Asker, answers: Answers) -> str:
        """The answer as a person reads it in the review."""
        return "–" if answer in (None, "") else str(answer)


@dataclass(frozen=True, slots=True)
class Text(Step):
    """Free words between `least` and `most` characters."""

    least: int = 2
    most: int = 200
    letters: bool = True  # must hold a letter: a number or an emoji alone is not a name
    lines: bool = False  # a whole letter: its line breaks stay, a question in it is its own

    def read(self, text: str, asker: Asker, answers: Answers) -> str:
        lines = text.splitlines() if self.lines else [text]
        words = "\n".join(" ".join(line.split()) for line in lines).strip()
        if len(words) > self.most:
            raise NotUnderstood(
                asker.t(
                    "Dài quá một chút. Bà con viết gọn trong {most} chữ cái giúp nhé.",
                    most=self.most,
                )
            )
        if len(words) < self.least or (self.letters and not any(c.isalpha() for c in words)):
            raise NotUnderstood(asker.t("Mình chưa đọc ra. Bà con gõ bằng chữ giúp nhé."))
        return words


@dataclass(frozen=True, slots=True)
class Choose(Step):
    """One of the options: given here, or named by their source."""

    options: tuple[Choice, ...] = ()
    source: str = ""

    def choices(self, asker: Asker, answers: Answers, said: str = "") -> tuple[Choice, ...]:
        return self.options or asker.options(self.source, answers)

    def read(self, text: str, asker: Asker, answers: Answers) -> str:
        choice = asker.pick(text, self.choices(asker, answers))
        if choice is None:
            raise NotUnderstood(
                asker.t("Bà con bấm một nút bên dưới, hoặc gõ số thứ tự giúp mình nhé.")
            )
        return choice.key

    def still_fits(self, answer: Any, asker: Asker, answers: Answers) -> bool:
        if answer is None:
            return self.optional
        return any(c.key == str(answer) for c in self.choices(asker, answers))

    def tell(self, answer: Any, asker: Asker, answers: Answers) -> str:
        for choice in self.choices(asker, answers):
            if choice.key == str(answer):
                return choice.label if choice.translated else asker.t(choice.label)
        return Step.tell(self, answer, asker, answers)


@dataclass(frozen=True, slots=True)
class Search(Step):
    """One of many, found from words (a commune, a product set). Several fits: ask which.

    `source` is searched; `browse`, when given, names options shown before anything was said.
    """

    source: str = ""
    browse: str = ""
    unknown: str = N_("Mình chưa tìm ra. Bà con gõ lại tên giúp nhé.")

    def choices(self, asker: Asker, answers: Answers, said: str = "") -> tuple[Choice, ...]:
        if said:
            found = asker.find(self.source, said, answers)
            if found:
                return found
        return asker.options(self.browse, answers) if self.browse else ()

    def read(self, text: str, asker: Asker, answers: Answers) -> str:
        shown = self.choices(asker, answers, str(answers.get(self.key + "?") or ""))
        exact = asker.pick(text, shown) if shown else None
        if exact is not None:
            return exact.key
        found = asker.find(self.source, text, answers)
        if not found:
            raise NotUnderstood(asker.t(self.unknown))
        if len(found) > 1:
            raise Several(found)
        return found[0].key

    def tell(self, answer: Any, asker: Asker, answers: Answers) -> str:
        found = asker.find(self.source, "=" + str(answer), answers)
        if not found:
            return str(answer)
        return found[0].label if found[0].translated else asker.t(found[0].label)

    def still_fits(self, answer: Any, asker: Asker, answers: Answers) -> bool:
        if answer is None:
            return self.optional
        return bool(asker.find(self.source, "=" + str(answer), answers))


@dataclass(frozen=True, slots=True)
class Phone(Step):
    """A Vietnamese phone number in any usual spelling; kept as E.164."""

    def read(self, text: str, asker: Asker, answers: Answers) -> str:
        phone = asker.phone(text)
        if phone is None:
            raise NotUnderstood(
                asker.t("Số này chưa đúng. Số điện thoại có 10 chữ số, ví dụ 0912 345 678.")
            )
        return phone

    def tell(self, answer: Any, asker: Asker, answers: Answers) -> str:
        return asker.show_phone(str(answer)) if answer else "–"


@dataclass(frozen=True, slots=True)
class Number(Step):
    """A number between `least` and `most`, as Vietnamese people write it."""

    least: float = 0
    most: float = 1e12
    whole: bool = False

    def read(self, text: str, asker: Asker, answers: Answers) -> float | int:
        value = asker.number(text)
        fits = value is not None and self.least <= value <= self.most
        if value is None or not fits or (self.whole and value != int(value)):
            raise NotUnderstood(
                asker.t(
                    "Bà con gõ một số từ {least} đến {most} giúp mình nhé.",
                    least=asker.show_number(self.least),
                    most=asker.show_number(self.most),
                )
            )
        return int(value) if self.whole else value

    def tell(self, answer: Any, asker: Asker, answers: Answers) -> str:
        return "–" if answer is None else asker.show_number(answer)


@dataclass(frozen=True, slots=True)
class Day(Step):
    """A day as typed in Vietnam (25/11/2026, 25-11, "hôm nay"); kept as ISO text."""

    def read(self, text: str, asker: Asker, answers: Answers) -> str:
        day = asker.day(text)
        if day is None:
            raise NotUnderstood(
                asker.t("Mình chưa đọc ra ngày. Bà con gõ như 25/11/2026 giúp nhé.")
            )
        return day.isoformat()

    def tell(self, answer: Any, asker: Asker, answers: Answers) -> str:
        return asker.show_date(date.fromisoformat(str(answer))) if answer else "–"


@dataclass(frozen=True, slots=True)
class Review(Step):
    """The last step: everything answered, to look over, mend and send. Answered by "send"."""

    send: str = "Gửi"

    def read(self, text: str, asker: Asker, answers: Answers) -> str:
        words = (self.send, N_("Đúng rồi"), N_("Đồng ý"), "ok", N_("Gửi"), N_("Vâng"))
        choice = asker.pick(text, tuple(Choice("send", word) for word in words))
        if choice is None or text.strip().isdecimal():
            raise NotUnderstood(
                asker.t(
                    "Bà con xem lại rồi bấm “{send}”. Muốn sửa dòng nào thì gõ “sửa” và số "
                    "dòng, ví dụ: sửa 2.",
                    send=asker.t(self.send),
                )
            )
        return choice.key
