"""Words, numbers and dates as the reader writes them; and no sentence without English."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import locales
from locales import catalogue, extract
from tests.code_tree import modules

ROOT = Path(__file__).parents[1]
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
HEADER += '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A little product: one file that speaks, one template, one English catalogue."""
    (tmp_path / "conversations" / "templates").mkdir(parents=True)
    (tmp_path / "locales" / "en").mkdir(parents=True)
    (tmp_path / "conversations" / "hello.py").write_text(
        'x = N_("Chào bà con")\n'
        'ctx.t("Đã nhận {n} trang", n=3)\n'
        'gettext(lang, "Bà con "\n "gửi ảnh nhé")\n'
        'ngettext(lang, "{n} tệp", "{n} tệp", 2)\n'
        'button(ctx, "Quay lại", "nav:back")\n'
        "f\"{ctx.t('Hạn đến {day}.', day=1)} nhé\"\n"
        'ask.say("Còn hạn" if fresh else "Hết hạn")\n'
        'other("không phải câu nói")\n',
        encoding="utf-8",
    )
    (tmp_path / "conversations" / "templates" / "note.txt").write_text(
        '{{ _("Xong rồi") }}', encoding="utf-8"
    )
    return tmp_path


def english(tree: Path, entries: str, area: str = "a") -> list[str]:
    (tree / "locales" / "en" / f"{area}.po").write_text(HEADER + entries, encoding="utf-8")
    return [problem.what for problem in extract.problems(tree)]


def test_every_way_to_say_a_sentence_is_seen(tree: Path) -> None:
    assert {s.msgid for s in extract.said(tree)} == {
        "Chào bà con",
        "Đã nhận {n} trang",
        "Bà con gửi ảnh nhé",
        "{n} tệp",
        "Quay lại",
        "Hạn đến {day}.",
        "Còn hạn",
        "Hết hạn",
        "Xong rồi",
    }


def test_missing_unused_and_mismatched_english_is_told(tree: Path) -> None:
    said = english(
        tree,
        'msgid "Chào bà con"\nmsgstr "Hello"\n\n'
        'msgid "Đã nhận {n} trang"\nmsgstr "Got {count} pages"\n\n'
        'msgid "{n} tệp"\nmsgstr "{n} files"\n\n'
        'msgid "Xong rồi"\nmsgstr ""\n\n'
        'msgid "Chẳng ai nói"\nmsgstr "Nobody"\n',
    )
    assert sorted(said) == [
        "fields differ (count, n): 'Đã nhận {n} trang'",
        "no English for 'Bà con gửi ảnh nhé'",
        "no English for 'Còn hạn'",
        "no English for 'Hạn đến {day}.'",
        "no English for 'Hết hạn'",
        "no English for 'Quay lại'",
        "no English for 'Xong rồi'",
        "nobody says 'Chẳng ai nói'",
        "one form or two? '{n} tệp'",
    ]


def test_two_areas_may_not_contradict(tree: Path) -> None:
    english(tree, 'msgid "Quay lại"\nmsgstr "Back"\n', "a")
    said = english(tree, 'msgid "Quay lại"\nmsgstr "Return"\n', "b")
    assert any(what.startswith("other English at locales/en/a.po") for what in said)


def test_what_is_missing_can_be_added_to_an_area(tree: Path) -> None:
    assert extract.add_missing(tree, "new") == 9
    assert extract.add_missing(tree, "new") == 0
    assert {entry.msgid for entry in extract.english(tree)} == {
        sentence.msgid for sentence in extract.said(tree)
    }
    assert all("no English" in problem.what for problem in extract.problems(tree))


def test_every_sentence_has_english() -> None:
    found = extract.problems(ROOT)
    assert not found, "\n".join(f"{p.file}:{p.line}: {p.what}" for p in found)


VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u00e0-\u00fd\u1ea0-\u1ef9]")


def test_every_spoken_sentence_goes_through_the_catalogue() -> None:
    """A sentence in code that ends like one, yet is no msgid, would reach people untranslated."""
    known = "\n".join(form for s in extract.said(ROOT) for form in (s.msgid, s.plural))
    found = [
        f"{module.path}:{line} {text!r} is not marked for translation"
        for module in modules()
        if module.path.startswith(("conversations/", "bot/", "handlers/"))
        and not module.path.startswith(("bot/cli/", "bot/flows.py"))
        for line, text in module.texts()
        if VIETNAMESE.search(text)
        and len(text.split()) > 2
        and text.rstrip().endswith((".", "?", "!", ":"))
        and text not in known
        and " / " not in text  # both languages at once, before one is chosen
    ]
    assert not found, "\n".join(found)


def test_sentences_are_looked_up_and_filled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_catalogue", lambda lang: {"Chào {name}": "Hello {name}"})
    monkeypatch.setattr(
        catalogue,
        "_plurals",
        lambda lang: {("{n} ảnh", True): "{n} photo", ("{n} ảnh", False): "{n} photos"},
    )
    assert locales.gettext("vi", "Chào {name}", name="Lan") == "Chào Lan"
    assert locales.gettext("en", "Chào {name}", name="Lan {x}") == "Hello Lan {x}"
    assert locales.translator("en")("Chào {name}", name="Lan") == "Hello Lan"
    assert locales.gettext("en", "Chưa dịch") == "Chưa dịch"
    assert locales.gettext("vi", "Để {trống} nguyên") == "Để {trống} nguyên"
    photos = [locales.ngettext("en", "{n} ảnh", "{n} ảnh", n) for n in (0, 1, 1200)]
    assert photos == ["0 photos", "1 photo", "1,200 photos"]
    assert locales.ngettext("vi", "{n} ảnh", "{n} ảnh", 1200) == "1.200 ảnh"


def test_figures_are_written_as_people_write_them() -> None:
    assert locales.number("vi", 1250000) == "1.250.000"
    assert locales.number("vi", 87.5) == "87,5"
    assert locales.money("vi", 1250000) == "1.250.000 đồng"
    assert locales.money("en", 1250000) == "1,250,000 VND"
    assert locales.size("vi", 1_234_567) == "1,2 MB"
    assert locales.size("vi", 20) == "1 KB"
    assert locales.join("vi", ["mật ong", "cu đơ", "nước mắm"]) == "mật ong, cu đơ và nước mắm"
    assert locales.join("en", ["honey"]) == "honey"
    assert locales.join("en", []) == ""


def test_dates_and_times_are_vietnams() -> None:
    late = datetime(2026, 11, 24, 18, 5, tzinfo=UTC)
    assert locales.date_("vi", date(2026, 11, 5)) == "05/11/2026"
    assert locales.date_("en", date(2026, 11, 25)) == "25 November 2026"
    assert locales.datetime_("vi", late) == "1 giờ 05 ngày 25/11/2026"
    assert locales.datetime_("en", late) == "1:05 on 25 November 2026"
    assert locales.time_("vi", datetime(2026, 11, 25, 2, tzinfo=UTC)) == "9 giờ"
