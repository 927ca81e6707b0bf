"""Steps that few forms need: a time of day, several things at once, a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Any

from conversations.steps import Answers, Asker, Choice, NotUnderstood, Several, Step
from locales import N_

_BETWEEN = re.compile(r"[,;\n]+")


@dataclass(frozen=True, slots=True)
class Hour(Step):
    """A time of day as typed in Vietnam (8h30, 14:00, "2 giờ chiều"); kept as "HH:MM"."""

    def read(self, text: str, asker: Asker, answers: Answers) -> str:
        at = asker.hour(text)
        if at is None:
            raise NotUnderstood(asker.t("Mình chưa đọc ra giờ. Gõ như 8h30 hoặc 14:00 giúp nhé."))
        return f"{at:%H:%M}"

    def still_fits(self, answer: Any, asker: Asker, answers: Answers) -> bool:
        return time_of(answer) is not None or (answer is None and self.optional)


def time_of(answer: object) -> time | None:
    """ "08:30" as it was kept → a time."""
    try:
        return time.fromisoformat(str(answer))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Many(Step):
    """One or several, found from words with commas between; kept as a list of keys.

    `source` is searched; `browse` names what is offered as buttons.
    """

    source: str = ""
    browse: str = ""
    unknown: str = N_("Mình chưa tìm ra “{said}”. Anh/chị gõ lại giúp.")

    def choices(self, asker: Asker, answers: Answers, said: str = "") -> tuple[Choice, ...]:
        found = asker.find(self.source, said, answers) if said else ()
        return found or asker.options(self.browse, answers)

    def read(self, text: str, asker: Asker, answers: Answers) -> list[str]:
        said = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
        if not said:
            raise NotUnderstood(asker.t(self.unknown, said=text.strip()))
        asked = str(answers.get(self.key + "?") or "")
        keys = [self._one(part, asker, answers, asked, len(said) == 1) for part in said]
        return list(dict.fromkeys(keys))

    def _one(self, said: str, asker: Asker, answers: Answers, asked: str, alone: bool) -> str:
        shown = self.choices(asker, answers, asked)
        if exact := asker.pick(said, shown):
            return exact.key
        found = asker.find(self.source, said, answers)
        if len(found) == 1:
            return found[0].key
        if found and alone:
            raise Several(found)
        raise NotUnderstood(asker.t(self.unknown, said=said[:40]))

    def still_fits(self, answer: Any, asker: Asker, answers: Answers) -> bool:
        if answer is None:
            return self.optional
        known = (asker.find(self.source, f"={key}", answers) for key in _keys(answer))
        return isinstance(answer, list) and all(known)

    def tell(self, answer: Any, asker: Asker, answers: Answers) -> str:
        labels = []
        for key in _keys(answer):
            for choice in asker.find(self.source, f"={key}", answers)[:1]:
                labels.append(choice.label if choice.translated else asker.t(choice.label))
        return ", ".join(labels) or asker.t("tất cả")


def _keys(answer: object) -> list[str]:
    return [str(key) for key in answer] if isinstance(answer, list) else []


@dataclass(frozen=True, slots=True)
class FileStep(Step):
    """A photo or a document; kept as its content key, name and type. `Form` hears files."""

    photos: bool = False  # nothing but photos, which we keep without what their camera knew

    def read(self, text: str, asker: Asker, answers: Answers) -> Any:
        if self.photos:
            raise NotUnderstood(asker.t("Gửi một ảnh vào đây, không có thì bấm “Bỏ qua”."))
        raise NotUnderstood(asker.t("Anh/chị gửi ảnh hoặc tệp vào đây, không có thì bấm “Bỏ qua”."))

    def takes(self, mime: str) -> bool:
        return not self.photos or mime.startswith("image/")

    def still_fits(self, answer: Any, asker: Asker, answers: Answers) -> bool:
        if answer is None:
            return self.optional
        return isinstance(answer, dict) and bool(answer.get("key"))

    def tell(self, answer: Any, asker: Asker, answers: Answers) -> str:
        return str(answer["name"]) if isinstance(answer, dict) else "–"
