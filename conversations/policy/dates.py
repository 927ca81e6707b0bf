"""What holds on the day of asking, in words."""

from __future__ import annotations

from datetime import date

from conversations.policy.passages import Document, Passage
from locales import date_, gettext


def standing(passage: Passage, on: date, lang: str) -> str:
    """The standing of a passage on the day `on`: in force, ended, not yet, proposed, unknown."""
    if passage.status == "proposed":
        return gettext(lang, "mới là dự kiến, chưa ban hành")
    if passage.status == "historical":
        return gettext(lang, "số liệu của giai đoạn trước, có thể đã đổi")
    if passage.status == "plan":
        return gettext(lang, "nêu trong báo cáo, chưa thấy quyết định phê duyệt")
    if passage.status == "unknown":
        return gettext(lang, "chưa rõ còn áp dụng hay không, nên hỏi cán bộ")
    return _in_time(passage, on, lang)


def _in_time(passage: Passage, on: date, lang: str) -> str:
    if passage.from_ and on < passage.from_:
        return gettext(
            lang, "chưa có hiệu lực vào ngày hỏi, áp dụng từ {day}", day=date_(lang, passage.from_)
        )
    if passage.to and on > passage.to:
        if passage.status == "period":
            return gettext(
                lang,
                "giai đoạn {start}-{end} đã kết thúc, chưa rõ có kéo dài",
                start=passage.from_.year if passage.from_ else "",
                end=passage.to.year,
            )
        return gettext(lang, "đã hết hiệu lực từ khoảng {day}", day=date_(lang, passage.to))
    if passage.to:
        return gettext(lang, "đang có hiệu lực, đến khoảng {day}", day=date_(lang, passage.to))
    return gettext(lang, "đang có hiệu lực")


def fitting(passage: Passage, on: date, all_: dict[str, Passage]) -> Passage:
    """The passage on the same matter whose decision held on `on`; `passage` when there is none."""
    if passage.from_ and on < passage.from_ and passage.earlier:
        return fitting(all_[passage.earlier], on, all_)
    return passage


def before_it(passage: Passage, day: date, documents: dict[str, Document], lang: str) -> str:
    """What held on the day a question is about, when the passage's own document did not yet."""
    document = passage.cites[0].document
    former = documents.get(document.replaces)
    if former is None or document.from_ is None or day >= document.from_:
        return ""
    while former.from_ and day < former.from_ and former.replaces in documents:
        former = documents[former.replaces]
    return gettext(
        lang,
        "Trước {day} thì theo {document}, chưa theo quyết định này.",
        day=date_(lang, document.from_),
        document=former.short,
    )
