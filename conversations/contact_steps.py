"""Kinds of steps that only registration needs: phones with a known one offered, e-mail, numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from conversations.steps import Answers, Asker, Choice, NotUnderstood, Phone, Step, Text

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_NUMBER = re.compile(r"[0-9A-ZĐ][0-9A-ZĐ ./-]{2,48}[0-9A-ZĐ]")


@dataclass(frozen=True, slots=True)
class OwnPhone(Phone):
    """One's own phone: those known already are offered, so that one press answers."""

    source: str = ""

    def choices(self, asker: Asker, answers: Answers, said: str = "") -> tuple[Choice, ...]:
        return asker.options(self.source, answers)

    def read(self, text: str, asker: Asker, answers: Answers) -> str:
        known = self.choices(asker, answers)
        picked = asker.pick(text, known) if len(text.strip()) < 3 or text.startswith("+") else None
        return picked.key if picked else Phone.read(self, text, asker, answers)


@dataclass(frozen=True, slots=True)
class TheirPhone(Step):
    """Somebody else's phone: no button that sends one's own number."""

    def read(self, text: str, asker: Asker, answers: Answers) -> str:
        return Phone(self.key, self.ask).read(text, asker, answers)

    def tell(self, answer: object, asker: Asker, answers: Answers) -> str:
        return asker.show_phone(str(answer)) if answer else "–"


@dataclass(frozen=True, slots=True)
class Email(Step):
    """An e-mail address; kept in lower case."""

    def read(self, text: str, asker: Asker, answers: Answers) -> str:
        address = text.strip().lower()
        if len(address) > 200 or _EMAIL.fullmatch(address) is None:
            raise NotUnderstood(
                asker.t(
                    "Địa chỉ thư này chưa đúng. Ví dụ: hoasen@gmail.com. Không có thì bấm “Bỏ qua”."
                )
            )
        return address


@dataclass(frozen=True, slots=True)
class PaperNumber(Text):
    """The number of a paper: digits, maybe letters and marks, at least one digit."""

    most: int = 50

    def read(self, text: str, asker: Asker, answers: Answers) -> str:
        number = " ".join(text.upper().split())
        if _NUMBER.fullmatch(number) is None or not any(c.isdigit() for c in number):
            raise NotUnderstood(
                asker.t("Số này mình chưa đọc ra. Bà con gõ đúng như trên giấy, ví dụ 0123456789.")
            )
        return number
