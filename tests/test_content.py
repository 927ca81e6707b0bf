"""What the content files promise to the rest: sets, communes, checklists, scores, dates."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.content import ContentError, RulesNotHeld, fold, load

TODAY = date(2026, 11, 25)
CONTENT = load("ha-tinh")


def names(text: str) -> list[str]:
    return [m.commune.name for m in CONTENT.find_commune(text)]


def numbers(text: str) -> list[int]:
    return [m.set.number for m in CONTENT.find_sets(text)]


# Words.


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đồng  Lộc", "dong loc"),
        ("HOÀ", "hoa"),
        ("ho\u0300a", "hoa"),
        ("", ""),
        (" ĐƯỜNG\n", "duong"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


# Communes.


def test_69_communes_with_names_in_both_languages() -> None:
    assert len(CONTENT.communes) == 69
    ward = CONTENT.communes["18073"]
    assert (ward.full(), ward.full("en")) == ("phường Thành Sen", "Thành Sen ward")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Cẩm Bình", "Cẩm Bình"),
        ("cam binh", "Cẩm Bình"),
        ("CẨM BÌNH", "Cẩm Bình"),
        ("x. Cam Binh", "Cẩm Bình"),
        ("Xã Cẩm Bình, tỉnh Hà Tĩnh", "Cẩm Bình"),
        ("tôi ở xã Cẩm Bình ạ", "Cẩm Bình"),
        ("toi o xa cam binh a", "Cẩm Bình"),
        ("Cam Bin", "Cẩm Bình"),
        ("Yên Hoà", "Yên Hòa"),
        ("xã Thạch Hà", "Thạch Hà"),
        ("Cam Binh commune", "Cẩm Bình"),
        ("sơn kim i", "Sơn Kim 1"),
        ("18484", "Đồng Lộc"),
    ],
)
def test_a_commune_in_any_spelling_is_sure(said: str, name: str) -> None:
    assert names(said) == [name]


@pytest.mark.parametrize(
    ("said", "now"),
    [
        ("TT Nghèn", "Can Lộc"),
        ("thị trấn Phố Châu", "Hương Sơn"),
        ("Thạch Hạ", "Trần Phú"),
        ("Hộ Độ", "Trần Phú"),
        ("Cẩm Quang huyện Cẩm Xuyên", "Cẩm Xuyên"),
        ("Thạch Đài, Thạch Hà", "Hà Huy Tập"),
        ("hoa lac", "Đức Thọ"),
    ],
)
def test_former_names_lead_to_the_commune_of_today(said: str, now: str) -> None:
    (match,) = CONTENT.find_commune(said)
    assert match.commune.name == now
    assert match.former
    assert match.note is not None
    assert now in match.note("vi")
    assert now in match.note("en")


@pytest.mark.parametrize(
    ("said", "some"),
    [
        ("Trần Phú", {"Trần Phú", "Thành Sen"}),
        ("P.Tran Phu", {"Trần Phú", "Thành Sen"}),
        ("Hà Huy Tập", {"Hà Huy Tập", "Thành Sen"}),
        ("Đại Nài", {"Thành Sen", "Hà Huy Tập"}),
        ("Kỳ Lợi", {"Vũng Áng", "Sông Trí", "Hoành Sơn"}),
        ("Hồng Lĩnh", {"Bắc Hồng Lĩnh", "Nam Hồng Lĩnh"}),
        ("Sơn Kim", {"Sơn Kim 1", "Sơn Kim 2"}),
    ],
)
def test_names_of_several_places_are_asked(said: str, some: set[str]) -> None:
    assert set(names(said)) == some


def test_a_name_of_commune_and_old_district_offers_the_commune_first() -> None:
    assert names("Thạch Hà")[0] == "Thạch Hà"
    assert len(names("Thạch Hà, Hà Tĩnh")) == len(names("Thạch Hà")) > 5
    assert "Trần Phú" in names("thach ha")  # the former Thạch Hạ, when typed bare
    assert "Trần Phú" not in names("Thạch Hà")


def test_an_old_district_offers_its_communes() -> None:
    assert set(names("thị xã Kỳ Anh")) >= {"Vũng Áng", "Sông Trí", "Hoành Sơn", "Hải Ninh"}
    assert len(names("huyện Hương Sơn")) == 9


def test_every_ambiguous_name_of_the_list_is_asked() -> None:
    for name in CONTENT.places.ambiguous:
        assert len(names(name.said)) > 1, name.said


def test_every_commune_is_found_by_its_full_name_bare_or_not() -> None:
    for commune in CONTENT.communes.values():
        assert commune.name in names(commune.full())
        assert commune.name in names(fold(commune.full()))


def test_every_former_unit_leads_to_its_commune() -> None:
    for commune in CONTENT.communes.values():
        for unit in commune.merged_from:
            assert commune.name in names(f"{unit.kind} {unit.name}"), unit.name


@pytest.mark.parametrize("said", ["", "   ", "Hà Nội", "😀", "xã", ",,,", "a" * 5000, "12345"])
def test_what_is_no_commune_is_not_found(said: str) -> None:
    assert names(said) == []


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_nothing_a_person_types_breaks_the_search(said: str) -> None:
    for match in CONTENT.find_commune(said):
        assert match.commune.code in CONTENT.communes
    for found in CONTENT.find_sets(said):
        assert 0 < found.score <= 100


def test_decomposed_letters_are_the_same_letters() -> None:
    assert names(unicodedata.normalize("NFD", "xã Cẩm Bình")) == ["Cẩm Bình"]
    assert numbers(unicodedata.normalize("NFD", "mật ong"))[0] == 4


# Product sets.


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("mật ong", 4),
        ("mat ong rung Vũ Quang", 4),
        ("mat ongg", 4),
        ("honey", 4),
        ("cu đơ", 7),
        ("Kẹo cu do bà Hường", 7),
        ("nhung hươu", 18),
        ("nước mắm", 9),
        ("nuoc mam ca com", 9),
        ("chè xanh", 11),
        ("trà cà gai leo", 12),
        ("bưởi Phúc Trạch", 1),
        ("cam bù", 1),
        ("bánh ram", 6),
        ("tôm nõn", 8),
        ("tom non", 8),
        ("nón lá", 21),
        ("rượu nhung hươu", 15),
        ("rượu nếp", 14),
        ("homestay", 26),
        ("đông trùng hạ thảo", 18),
        ("thịt lợn hun khói", 8),
        ("hương trầm", 21),
    ],
)
def test_products_lead_to_their_set(said: str, number: int) -> None:
    assert numbers(said)[0] == number


def test_uncertain_products_offer_several_sets_and_say_why() -> None:
    first, *rest = CONTENT.find_sets("nhung hươu")
    assert {m.set.number for m in rest} == {2, 8}
    assert first.note is not None
    assert "hỏi cán bộ" in first.note("vi").lower()
    assert first.score > rest[0].score
    assert first.because == "nhung hươu"


@pytest.mark.parametrize("said", ["", "a", "abcxyz", "???", "1234"])
def test_unknown_products_offer_nothing(said: str) -> None:
    assert numbers(said) == []


def test_no_more_sets_than_asked() -> None:
    assert len(CONTENT.find_sets("nhung hươu", limit=2)) == 2


def test_examples_are_found_in_one_of_their_sets() -> None:
    for example in CONTENT.examples:
        assert set(example.sets) & set(numbers(example.name)), example.name


# The checklist.


def ids(kind: str = "first", stars: int = 3, number: int = 4, producer: str = "ho") -> list[str]:
    return [i.id for i in CONTENT.checklist(producer, number, kind, stars, TODAY)]


def test_honey_for_three_stars() -> None:
    items = CONTENT.checklist("ho", 4, "first", 3, TODAY)
    blocking = [i.id for i in items if i.blocks]
    assert blocking == [
        "phieu_dang_ky",
        "bao_cao_tu_danh_gia",
        "san_pham_mau",
        "dang_ky_kinh_doanh",
        "giay_attp",
        "nguon_goc_nguyen_lieu",
    ]
    assert [i.id for i in items][: len(blocking)] == blocking
    assert "don_nhan_hieu" in ids()
    assert "giay_nhan_hieu" not in ids()
    ranks = [i.required_for or 9 for i in items if not i.blocks]
    assert ranks == sorted(ranks)


def test_four_stars_ask_the_certificate_in_place_of_the_application() -> None:
    assert "giay_nhan_hieu" in ids(stars=4)
    assert "don_nhan_hieu" not in ids(stars=4)
    assert "hop_dong_lien_ket" in ids(stars=4)
    assert "hop_dong_lien_ket" not in ids(stars=3)


def test_case_kinds_ask_for_what_is_new() -> None:
    assert "thay_doi_tu_khi_cong_nhan" in ids("upgrade")
    assert "cap_nhat_sau_cong_nhan" in ids("again")
    assert not {"thay_doi_tu_khi_cong_nhan", "cap_nhat_sau_cong_nhan"} & set(ids("first"))


def test_tourism_needs_no_samples_and_no_household_registration() -> None:
    items = {i.id: i for i in CONTENT.checklist("du_lich", 26, "first", 3, TODAY)}
    assert "san_pham_mau" not in items
    assert not items["dang_ky_kinh_doanh"].blocks
    assert "giay_attp" not in items


def test_item_says_everything_in_both_languages() -> None:
    for number in (1, 4, 14, 18, 21, 23, 26):
        for item in CONTENT.checklist("htx", number, "first", 5, TODAY):
            texts = (item.name, item.why, item.issuer, item.how, item.photo_hint)
            assert all(t("vi") and t("en") and t("vi") != t("en") for t in texts), item.id
            assert len(item.name("vi")) <= 48, item.id


def test_papers_that_expire_and_papers_of_persons_are_marked() -> None:
    items = {i.id: i for i in CONTENT.checklist("ho", 4, "first", 3, TODAY)}
    assert items["giay_attp"].expires
    assert not items["cau_chuyen"].expires
    assert items["lao_dong_dia_phuong"].personal
    assert items["bao_cao_tu_danh_gia"].personal
    assert items["phieu_dang_ky"].form == "mau_01"
    assert "hỏi cán bộ" in (items["giay_attp"].doubt("vi") or "")
    assert items["cau_chuyen"].doubt("en") is None


def test_unknown_choices_are_refused() -> None:
    for producer, number, kind in (("x", 4, "first"), ("ho", 27, "first"), ("ho", 4, "x")):
        with pytest.raises(KeyError):
            CONTENT.checklist(producer, number, kind, 3, TODAY)


def test_a_dossier_keeps_the_rules_of_its_day() -> None:
    assert CONTENT.rules_on(date(2026, 5, 22)).number == "26/2026/QĐ-TTg"
    assert CONTENT.rules_on(date(2026, 5, 21)).number == "1489/QĐ-TTg"
    assert CONTENT.rules_on(date(2024, 1, 1)).number == "148/QĐ-TTg"
    assert CONTENT.rules_on(date(2020, 1, 1)).number == "1048/QĐ-TTg"
    with pytest.raises(RulesNotHeld):
        CONTENT.rules_on(date(2010, 1, 1))
    with pytest.raises(RulesNotHeld):
        CONTENT.checklist("ho", 4, "first", 3, date(2026, 5, 21))


def test_producer_types() -> None:
    types = {t.id: t for t in CONTENT.producer_types}
    assert list(types) == ["htx", "tht", "dn", "trang_trai", "ho", "du_lich"]
    assert types["ho"].needs_registration
    assert not types["du_lich"].may_make(4)
    assert types["du_lich"].may_make(26)
    assert types["ho"].may_make(26)


# Dates.


def test_working_days_skip_weekends_and_holidays() -> None:
    days = CONTENT.calendar
    assert not days.is_working(date(2026, 11, 22))  # Sunday
    assert not days.is_working(date(2026, 9, 2))  # National Day
    assert not days.is_working(date(2026, 8, 31))  # swapped ...
    assert days.is_working(date(2026, 8, 22))  # ... for this Saturday
    assert days.add_working_days(date(2026, 8, 28), 1) == date(2026, 9, 3)
    assert days.add_working_days(date(2026, 9, 3), -1) == date(2026, 8, 28)
    assert days.add_working_days(date(2026, 11, 27), 0) == date(2026, 11, 27)
    assert days.working_days_between(date(2026, 8, 28), date(2026, 9, 3)) == 1
    assert days.working_days_between(date(2026, 9, 3), date(2026, 8, 28)) == -1


@pytest.mark.parametrize("start", [date(2026, 2, 10), date(2026, 4, 24), date(2026, 11, 25)])
def test_adding_and_counting_working_days_agree(start: date) -> None:
    for n in range(1, 40):
        end = CONTENT.calendar.add_working_days(start, n)
        assert CONTENT.calendar.working_days_between(start, end) == n


def test_working_hours_run_only_while_offices_are_open() -> None:
    add = CONTENT.calendar.add_working_hours
    friday = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)  # 16:00 in the province
    assert add(friday, 1) == datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
    assert add(friday, 2) == datetime(2026, 11, 30, 1, 30, tzinfo=UTC)  # Monday 08:30
    lunch = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)  # Monday 12:00
    assert add(lunch, 1) == datetime(2026, 11, 30, 7, 30, tzinfo=UTC)  # 14:30


def test_cutoffs_are_strict_and_yearly() -> None:
    cutoff = CONTENT.next_cutoff(date(2026, 4, 29))
    assert (cutoff.before, cutoff.results_before) == (date(2026, 4, 30), date(2026, 6, 30))
    assert CONTENT.next_cutoff(date(2026, 4, 30)).before == date(2026, 10, 30)
    assert CONTENT.next_cutoff(TODAY).before == date(2027, 4, 30)
    assert "Điều 5" in cutoff.source


def test_hand_in_leaves_the_commune_its_15_days() -> None:
    cutoff = CONTENT.next_cutoff(TODAY)
    last = CONTENT.hand_in_by(cutoff)
    assert CONTENT.calendar.add_working_days(last, 15) < cutoff.before
    next_day = CONTENT.calendar.add_working_days(last, 1)
    assert CONTENT.calendar.add_working_days(next_day, 15) >= cutoff.before


def test_certificates_last_36_months() -> None:
    assert CONTENT.certificate_end(date(2026, 11, 25)) == date(2029, 11, 25)
    assert CONTENT.certificate_end(date(2024, 2, 29)) == date(2027, 2, 28)
    assert CONTENT.certificate_end(date(2026, 12, 31)) == date(2029, 12, 31)


def test_re_evaluation_window_is_180_to_120_days_before() -> None:
    opens, closes = CONTENT.re_evaluation_window(date(2027, 6, 30))
    assert (opens, closes) == (date(2027, 1, 1), date(2027, 3, 2))


# Clocks, reasons, words.


def test_times_of_law_and_choice() -> None:
    times = CONTENT.times
    assert times.commune_review_working_days == 15
    assert times.undo_minutes == 10
    assert times.digests == (time(7), time(17))
    assert "Điều 7.2" in times.law["commune_review"]
    assert "undo" not in times.law
    assert times.is_quiet(time(23))
    assert times.is_quiet(time(5))
    assert not times.is_quiet(time(9))


def test_return_reasons_and_the_four_contents() -> None:
    assert [r.name("vi") for r in CONTENT.return_reasons] == [
        "Ảnh mờ, khó đọc",
        "Thiếu trang",
        "Giấy đã hết hạn",
        "Sai tên, không khớp",
        "Không đúng mẫu",
    ]
    assert [c.id for c in CONTENT.commune_contents] == ["material", "labour", "idea", "identity"]


def test_sensitive_fields_are_marked() -> None:
    fields = {f.id: f for f in CONTENT.forms["mau_02"].fields}
    assert fields["ethnicity"].sensitive
    assert fields["phone"].personal


def test_lexicon_reads_longest_phrases_first() -> None:
    lengths = [len(p.say) for p in CONTENT.lexicon.phrases]
    assert lengths == sorted(lengths, reverse=True)
    words = {d.word: d for d in CONTENT.lexicon.dialect}
    assert "quy mô" in words["mô"].keep_in
    assert words["hầy"].drop


def test_unknown_province_is_said() -> None:
    with pytest.raises(ContentError, match="no such province"):
        load("nowhere")


def test_the_only_province_needs_no_name() -> None:
    assert load().province.name == CONTENT.province.name


def test_loading_does_not_bring_in_heavy_libraries() -> None:
    code = (
        "import sys; from models.content import load; c = load(); c.communes; c.producer_types;"
        "c.score_sheet(4); c.find_commune('cam binh');"
        "print([m for m in ('holidays', 'rapidfuzz') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
