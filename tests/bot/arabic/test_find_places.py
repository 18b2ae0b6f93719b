from __future__ import annotations

import time
from pathlib import Path

import pytest
from arabic_texts import TEXTS
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import Area, area_named, english_name, find_areas, governorate_of_block, nearest_area
from bot.arabic.gazetteer import gazetteer

AREAS = gazetteer().areas


def named(text: str) -> list[str]:
    return [match.area for match in find_areas(text)]


@pytest.mark.parametrize(
    ("area", "governorate"),
    [
        ("المنامة", "capital"), ("جدحفص", "capital"), ("السنابس", "capital"), ("توبلي", "capital"),
        ("جد علي", "capital"), ("سترة", "capital"), ("العكر", "capital"), ("المعامير", "capital"), ("سند", "capital"),
        ("النبيه صالح", "capital"), ("المحرق", "muharraq"), ("الحد", "muharraq"), ("عراد", "muharraq"),
        ("قلالي", "muharraq"), ("جزر أمواج", "muharraq"), ("البديع", "northern"), ("عالي", "northern"),
        ("سلماباد", "northern"), ("مدينة حمد", "northern"), ("مدينة سلمان", "northern"), ("سار", "northern"),
        ("كرزكان", "northern"), ("دار كليب", "northern"), ("الرفاع", "southern"), ("مدينة عيسى", "southern"),
        ("مدينة زايد", "southern"), ("النويدرات", "southern"), ("الزلاق", "southern"), ("جو", "southern"),
        ("درة البحرين", "southern"),
    ],
)  # fmt: skip
def test_governorates(area: str, governorate: str) -> None:
    assert AREAS[area].governorate == governorate


def test_the_gazetteer_is_whole() -> None:
    assert len(AREAS) > 160
    assert len({area.english for area in AREAS.values()}) == len(AREAS)
    assert {area.governorate for area in AREAS.values()} == {"capital", "muharraq", "northern", "southern"}


@pytest.mark.parametrize("area", AREAS.values(), ids=lambda area: area.english)
def test_each_area_is_known_by_both_its_names_and_lies_in_bahrain(area: Area) -> None:
    assert area_named(area.name) == area
    assert english_name(area.name) == area.english
    assert area in (area_named(area.english), area_named(f"{area.english} village"))
    assert nearest_area(area.lat, area.lon) is not None


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("الكهرباء طافية بسترة", "سترة"), ("في المحرق", "المحرق"), ("والرفاع", "الرفاع"), ("لسند", "سند"),
        ("بالحد", "الحد"), ("للبديع", "البديع"), ("عالرفاع", "الرفاع"), ("وبالمحرق", "المحرق"), ("لمحرق", "المحرق"),
        ("بني جمره", "بني جمرة"), ("جد حفص", "جدحفص"), ("ابو صيبع", "أبو صيبع"), ("بوصيبع", "أبو صيبع"),
        ("دوار ٥ مدينة حمد", "مدينة حمد"), ("دوار ٥", "مدينة حمد"), ("الرفاع الشرقي", "الرفاع الشرقي"),
        ("حالة النعيم", "حالة النعيم"), ("گلالي", "قلالي"), ("سِتْـرَة", "سترة"), ("in Al-Hidd", "الحد"),
        ("A'ali", "عالي"), ("um al hassam", "أم الحصم"), ("elmu7arraq", "المحرق"),
        ("almuharraq", "المحرق"), ("fi elmuharraq", "المحرق"), ("el-riffa", "الرفاع"), ("ilhidd", "الحد"),
        ("fi m7arraq", "المحرق"), ("HAMAD TOWN", "مدينة حمد"),
        ("عندنا في عالي", "عالي"), ("انا من سند", "سند"), ("أهالي القدم", "القدم"), ("سند مجمع 743", "سند"),
        ("عالي، حي الفخار", "عالي"), ("ساكن في الدور", "الدور"), ("منطقة الخميس", "الخميس"),
    ],
)  # fmt: skip
def test_a_place_is_found_as_people_write_it(text: str, area: str) -> None:
    assert named(text) == [area]


@pytest.mark.parametrize(
    "text",
    [
        "الصوت عالي", "سلك ضغط عالي", "الحد الأدنى", "في الحد من الازعاج", "يوم الخميس",
        "ألم في القدم",
        "سار له يومين", "بالدور الثالث", "في جو حار", "جو صوروا", "بوري الماي مكسور", "وزارة الخارجية",
        "في القرية ماكو حديقة",
        "الماي عكر", "دون سند قانوني", "مجمع 203 الصوت عالي", "الحالة سيئة", "طريق سهلة", "مستشفى السلمانية",
        "محافظة المحرق",
        "my name is Khamis", "سترات", "",
    ],
)  # fmt: skip
def test_common_words_are_no_places(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize("text", ["عالي", "سند", "الحد", "سار", "الدور", "جو", "القدم", "الحجر", "الزنج", "القرية"])
def test_alone_such_a_word_is_a_place(text: str) -> None:
    assert named(text) == [text]
    assert named(f"في {text}.") == [text]


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("fi jid 7afs", "جدحفص"), ("jd7fs", "جدحفص"), ("markaz jed 7af9", "جدحفص"), ("3ali", "عالي"),
        ("fi bori kella trab", "بوري"), ("fel n3aim", "النعيم"), ("madinat 3eesa", "مدينة عيسى"),
        ("3isa town", "مدينة عيسى"), ("fil rfa3 ilsharqi", "الرفاع الشرقي"), ("rifa3 gharbi", "الرفاع الغربي"),
        ("bilad il gadeem", "البلاد القديم"), ("blad algadeem", "البلاد القديم"), ("fe 9adad", "صدد"),
        ("sahil jaw bil lail", "جو"), ("fi snad", "سند"), ("il m7arrag", "المحرق"), ("fil 7ad", "الحد"),
        ("8alali", "قلالي"), ("smahij", "سماهيج"), ("il bsaiteen", "البسيتين"), ("um il 7asam", "أم الحصم"),
        ("iz zinj", "الزنج"), ("il bdayya", "البديع"), ("bu 9aibe3", "أبو صيبع"), ("nwaidrat", "النويدرات"),
        ("ma3ameer", "المعامير"), ("bsanabis", "السنابس"), ("7oora", "الحورة"), ("3askar", "عسكر"),
        ("Ras Roman, rd431", "رأس رمان"), ("Villa 119, road 2571, block 525, Sar", "سار"),
        ("الزلاك مجمع 1056", "الزلاق"), ("راس رمان", "رأس رمان"), ("طوبلي", "توبلي"), ("مدينةعيسى", "مدينة عيسى"),
        ("بوقوة", "أبو قوة"), ("في أبو قوة", "أبو قوة"), ("جدعلي", "جد علي"), ("البسيتن مجمع 228", "البسيتين"),
        ("في سماهييج", "سماهيج"), ("في هملة", "الهملة"), ("لقضيبية", "القضيبية"), ("حالات النعيم", "حالة النعيم"),
    ],
)  # fmt: skip
def test_a_place_is_found_however_it_is_spelt(text: str, area: str) -> None:
    assert named(text) == [area]


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("عند دوار البوري", "بوري"), ("المقابلة لساحل عسكر", "عسكر"), ("كافتيريا بسوق الحد", "الحد"),
        ("سقف مدرسة الحد يخر", "الحد"), ("مساجد الحد ومداخلها", "الحد"), ("برادات عسكر", "عسكر"),
        ("طلعة سند الصبح", "سند"), ("في براحة سند", "سند"), ("لأطفال الحد", "الحد"), ("السايبة في جو ما خلت", "جو"),
        ("شوارع سترة الضيقة", "سترة"), ("مركز النعيم", "النعيم"), ("فريق الفاضل", "الفاضل"),
        ("مساكننا في هورة سند", "هورة سند"), ("في شارع البديع في السنابس", "السنابس"),
        ("مجمع 704 طريق 421 سند", "سند"), ("الكهربا مقطوعة عن سند", "سند"), ("سند كلها بدون كهربا", "سند"),
        ("road 12 Sitra", "سترة"), ("Sitra road 12", "سترة"), ("بمنطقة الحد الصناعية", "الحد"),
        ("سكروا الشارع، سترة", "سترة"), ("سند، الماي مقطوع من الصبح", "سند"), ("كرزكان عالي وايد", "كرزكان"),
        ("أهالي السلمانية يشتكون من المواقف", "السلمانية"), ("أهالي قرية الشاخورة", "الشاخورة"),
        ("The villa next door in Saar", "سار"),
    ],
)  # fmt: skip
def test_what_lies_in_a_place_names_it(text: str, area: str) -> None:
    assert named(text) == [area]


@pytest.mark.parametrize(
    "text",
    [
        "شارع البديع زحمة", "على شارع عوالي", "حفرة بشارع سترة الصناعي", "عند جسر سترة", "طريق الزلاق السريع",
        "جسر الملك فهد زحمة", "زحمة 3la jisr el mu7arraq", "3ala share3 il bdaiya", "along the Budaiya Highway",
        "Riffa Views road", "Sitra bridge is closed", "near the Riffa flyover", "محافظ المحرق", "لبلدية المحرق",
        "Muharraq municipality never answered", "موقع قلعة البحرين", "محمية العرين", "near Alba roundabout",
        "حول سوق واقف", "صالة مدينة خليفة الرياضية", "السيف مول", "محاسب مجمع السيف",
        "موعد القلب في السلمانية تأجل والدكتور مسافر", "In Salmaniya emergency they left him waiting",
        "في بوري ماي مكسور", "في جو عائلي", "في الدور الثاني", "يرحم والديه", "غطاء المحرك طاح", "ابو محمد",
        "احنا في الجنوبية", "قبل ثمانية شهور", "بصدد تقديم شكوى", "سمعت صوت عالي", "ملعب الكورة", "لحد الحين",
        "banging, we cant get the door open", "bury the pipe in sand", "bukra lain bacher", "pain in my head",
        "ma 7ad ja", "shahada mn el sfara", "el mo7arrek 5arban", "my brother Ali", "عيالي في البيت", "زودتوها عن الحد",
    ],
)  # fmt: skip
def test_streets_offices_landmarks_and_words_are_no_places(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Waited 55 minutes for the 43 on Budaiya Highway, 7.10 to 8.05", "Budaiya Highway 12",
        "Shop name Muharraq Pearl Sweets charged 3.200", "muharraq pearl sweets charged me",
        "Sitra Contracting pays late",
        "Riffa Star Contracting W.L.L. no salary", "ate in Muharraq Star Restaurant", "مطعم «المحرق الجديد»",
        "من مطعم \"سترة للمشويات\" تسممنا", "شركة الرفاع ما دفعت الراتب", "سترة الحديثة للمقاولات",
    ],
)  # fmt: skip
def test_businesses_and_highways_are_no_places(text: str) -> None:
    assert find_areas(text) == []


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("قدام عسكر الماي دش علينا", "عسكر"), ("حافلة منقلبة باتجاه الدور", "الدور"),
        ("7areeqa fe el na3eem", "النعيم"),
        ("شركة في الرفاع ما دفعت", "الرفاع"), ("قالوا لي «سترة مو عندنا»", "سترة"), ("مطعم «سترة» وسخ", "سترة"),
        ("a restaurant in Muharraq", "المحرق"), ("The pipe in Sitra broke. Company says wait", "سترة"),
        ("Hidd road 12", "الحد"),
    ],
)  # fmt: skip
def test_such_words_beside_a_place_leave_it_one(text: str, area: str) -> None:
    assert [found.area for found in find_areas(text)] == [area]


def test_a_district_beside_its_town_is_named_with_it() -> None:
    assert named("sitra markoban") == named("سترة مركوبان") == ["سترة", "مركوبان"]
    assert named("سترة الخارجية") == ["سترة", "الخارجية"]
    assert named("فريج كانو بالمنامة") == ["كانو", "المنامة"]
    assert area_named("سترة مركوبان") == AREAS["مركوبان"]
    (first, second) = find_areas("سترة القرية")
    assert (first.area, second.area, second.ambiguous) == ("سترة", "القرية (سترة)", False)


def test_every_district_lies_in_a_town_of_its_governorate() -> None:
    districts = [area for area in AREAS.values() if area.town]
    assert districts
    assert all(AREAS[area.town].governorate == area.governorate for area in districts if area.town)


def test_places_in_a_row() -> None:
    assert named("جدحفص وجد علي") == ["جدحفص", "جد علي"]
    assert named("سترة وعالي والحد") == ["سترة", "عالي", "الحد"]
    assert named("لا مو سترة، قصدي سند") == ["سترة", "سند"]


def test_a_shared_name_is_said_to_be_ambiguous_and_a_block_settles_it() -> None:
    (match,) = find_areas("القرية")
    assert match.ambiguous
    assert match.alternatives == ("القرية (سترة)",)
    (match,) = find_areas("القرية مجمع 603")
    assert (match.area, match.governorate, match.ambiguous) == ("القرية (سترة)", "capital", False)
    (match,) = find_areas("أهالي السهلة")
    assert match.ambiguous
    assert match.alternatives == ("السهلة الجنوبية",)


def test_a_match_is_the_whole_word_as_written() -> None:
    text = "الكهرباء طافية بسِترة، من الصبح"
    (match,) = find_areas(text)
    assert text[match.start : match.end] == "بسِترة"


@pytest.mark.parametrize("text", ["سترة", "في منطقة سترة", "بسترة", "Sitra", "سترة مجمع 602", "انا ساكن في سترة."])
def test_a_text_that_names_an_area_and_nothing_else(text: str) -> None:
    assert area_named(text) == AREAS["سترة"]


@pytest.mark.parametrize("text", ["", "ما ادري", "سترة والمحرق", "الماي مقطوع في سترة", "باريس"])
def test_a_text_that_does_not_name_one_area(text: str) -> None:
    assert area_named(text) is None


@pytest.mark.parametrize(
    ("block", "governorate"),
    [
        (105, "muharraq"), (228, "muharraq"), (317, "capital"), (382, "capital"), (426, "capital"), (436, "capital"),
        (454, "northern"), (528, "northern"), (604, "capital"), (623, "capital"), (633, "capital"), (711, "capital"),
        (720, "southern"), (736, "northern"), (805, "southern"), (901, "southern"), (946, "southern"),
        (1046, "northern"), (1056, "southern"), (1216, "northern"), (429, None), (0, None), (-1, None), (99999, None),
    ],
)  # fmt: skip
def test_block_numbers(block: int, governorate: str | None) -> None:
    assert governorate_of_block(block) == governorate


@pytest.mark.parametrize(
    ("lat", "lon", "governorate"),
    [
        (26.156, 50.618, "capital"), (26.271, 50.607, "muharraq"), (26.110, 50.500, "northern"),
        (26.120, 50.560, "southern"), (25.645, 50.757, "southern"),
    ],
)  # fmt: skip
def test_a_point_lies_in_the_nearest_area(lat: float, lon: float, governorate: str) -> None:
    area = nearest_area(lat, lon)
    assert area is not None
    assert area.governorate == governorate


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(25.29, 51.53), (26.22, 50.20), (26.43, 50.10), (25.70, 50.40), (0.0, 0.0), (90.0, 180.0), (float("nan"), 50.5)],
)
def test_a_point_outside_bahrain_lies_in_no_area(lat: float, lon: float) -> None:
    assert nearest_area(lat, lon) is None


@given(st.floats(), st.floats())
def test_any_point_is_answered(lat: float, lon: float) -> None:
    area = nearest_area(lat, lon)
    assert area is None or area.name in AREAS


@given(TEXTS)
def test_matches_lie_in_the_text_in_order_and_name_known_areas(text: str) -> None:
    end = 0
    for match in find_areas(text):
        assert end <= match.start < match.end <= len(text)
        end = match.end
        assert AREAS[match.area].governorate == match.governorate
        assert match.ambiguous == bool(match.alternatives)
    area_named(text)


def test_another_file_may_be_given(tmp_path: Path) -> None:
    own = tmp_path / "places.yml"
    own.write_text(
        "cues: {weak: [], strong: [], after: [], fillers: [], never_after: []}\n"
        "areas: [{ar: بلدة جديدة, en: New Town, in: northern, at: [26.1, 50.5]}]\n"
        "blocks: [{from: 1, to: 2, governorate: northern}]\n",
        encoding="utf-8",
    )
    assert [match.area for match in find_areas("في بلدة جديدة", own)] == ["بلدة جديدة"]
    assert find_areas("سترة", own) == []
    assert governorate_of_block(2, own) == "northern"


@pytest.mark.parametrize("piece", ["سترة ", "عالي ", "sitra markoban ", "a", "el ", "وبال", "3ali ", "ّ", "البسيتن في "])
def test_hostile_text_takes_no_long_time(piece: str) -> None:
    find_areas("سترة")  # the names are read once, when first asked
    started = time.process_time()
    find_areas(piece * (5000 // len(piece)))
    assert time.process_time() - started < 1.0
