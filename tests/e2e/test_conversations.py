"""Whole conversations as people hold them, over four channels; each ends in what must be true of case or draft.

Of all that is said in them nothing is empty, said twice running, in the wrong language or a key (`tests.e2e.talking`).
"""

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from contact_center.agencies.catalogue import catalogue
from contact_center.channels.sms_alphabet import parts
from tests.e2e import lines
from tests.e2e.person import REFERENCE, Story
from tests.e2e.system import System
from tests.e2e.talking import Meet, Someone, company

pytestmark = [pytest.mark.usefixtures("no_traceback"), pytest.mark.timeout(120, func_only=True)]

PIN_IN_SITRA = (26.1547, 50.6206)
SEWAGE = "في طفح مجاري في سند مجمع 643 صار له اسبوع"
MARYAM = Story("", "", "سند مجمع 743 طريق 4310", "مريم أحمد", "36112233")
JOHN = Story("", "", "road 4310, opposite the mosque", "John Smith", "36112244")
NEAR = "طريق 15 مقابل المسجد"


@pytest.fixture
async def meet(system: System) -> AsyncIterator[Meet]:
    """Meets people; when they have gone, all that they were told is looked through."""
    async with company(system) as meet:
        yield meet


def knows(category: str, story: Story = MARYAM, language: str = "ar", **told: str) -> Story:
    """Somebody who would recognise this category by its name, and says otherwise what is `told`."""
    return replace(story, category=catalogue().categories[category].name(language), **told)


def name_of(agency: str, language: str = "ar") -> str:
    return catalogue().agencies[agency].name(language)


async def at_summary(meet: Meet, channel: str, words: str, category: str) -> Someone:
    """Somebody who has told everything and is shown the summary."""
    someone = await meet(channel, knows(category))
    await someone.says(words)
    while (asked := await someone.expected()) != "confirm":
        await someone.answers(asked)
    return someone


async def with_case(meet: Meet, channel: str, words: str, category: str, place: str = NEAR) -> Someone:
    """Somebody who has filed a case."""
    someone = await meet(channel, knows(category, place=place))
    await someone.says(words)
    await someone.files_the_rest()
    return someone


# From the first word


async def test_everything_is_in_the_first_message(meet: Meet) -> None:
    someone = await meet("webchat", knows("drain.sewage-overflow", place=NEAR))
    await someone.says(SEWAGE)
    case = await someone.files_the_rest()
    assert not {"description", "case_type", "area"} & set(someone.asked)
    assert (case["category"], case["agency"]) == ("drain.sewage-overflow", "works")
    assert (case["description"], case["area"], case["block"]) == (SEWAGE, "سند", "643")


async def test_a_story_told_in_several_messages_is_one_description(meet: Meet) -> None:
    told = ("في ليت شارع خربان عندنا", "صار له اسبوعين وهو طافي", "والشارع ظلام واليهال يخافون")
    someone = await meet("telegram", knows("power.street-light", place="سترة مجمع 604 طريق 417"))
    await someone.tells("السلام عليكم", "ابي اشتكي", *told)
    case = await someone.files_the_rest()
    assert case["description"] == "\n".join(told)
    assert (case["category"], case["area"], case["road"]) == ("power.street-light", "سترة", "417")


async def test_the_photo_comes_first(meet: Meet) -> None:
    someone = await meet("telegram", knows("road.pothole", place=NEAR))
    await someone.shows()
    assert (await someone.expected(), "شكراً" in someone.heard) == ("description", True)
    await someone.says("حفرة عودة في الشارع عندنا في الرفاع الشرقي")
    case = await someone.files_the_rest()
    assert (case["category"], case["area"], len(case["attachments"])) == ("road.pothole", "الرفاع الشرقي", 1)


async def test_the_place_comes_first(meet: Meet) -> None:
    someone = await meet("whatsapp", knows("mun.stray-animals"))
    await someone.pins(*PIN_IN_SITRA)
    assert await someone.expected() == "description"
    await someone.says("في جلاب ضالة وايد تتجمع هني واليهال يخافون منها")
    case = await someone.files_the_rest()
    assert not {"area", "address"} & set(someone.asked)
    assert (case["category"], case["area"]) == ("mun.stray-animals", "سترة")
    assert (case["lat"], case["lon"]) == pytest.approx(PIN_IN_SITRA)


async def test_who_only_says_hello_is_helped_to_begin(meet: Meet) -> None:
    someone = await meet("whatsapp", knows("waste.collection", place=NEAR))
    await someone.says("السلام عليكم ورحمة الله")
    await someone.chooses_one("تسجيل شكوى")
    assert await someone.expected() == "description"
    await someone.says("محد شال الزبالة من عند بيتنا في المحرق من اسبوع")
    case = await someone.files_the_rest()
    assert (case["category"], case["agency"]) == ("waste.collection", "mun-muharraq")


# Each kind its own way


async def test_a_suggestion_is_not_asked_for_photos(meet: Meet) -> None:
    words = "عندي اقتراح، حطوا مظلات عند مواقف الباصات في المنامة لأن الناس توقف في الشمس"
    someone = await meet("webchat", knows("transport.bus"))
    await someone.says(words)
    case = await someone.files_the_rest()
    assert "attachments" not in someone.asked
    assert (case["type"], case["category"], case["description"]) == ("suggestion", "transport.bus", words)


async def test_an_inquiry_is_not_asked_for_an_address(meet: Meet) -> None:
    someone = await meet("sms", knows("traffic.licence"))
    await someone.says("عندي استفسار: شنو المطلوب حق تجديد رخصة السياقة؟")
    case = await someone.files_the_rest()
    assert not {"area", "address", "attachments", "contact_phone"} & set(someone.asked)
    assert (case["type"], case["category"]) == ("inquiry", "traffic.licence")


async def test_thanks_reach_whom_they_are_for_in_few_words(meet: Meet) -> None:
    someone = await meet("telegram", knows("health.centre"))
    await someone.says("ابي اشكر موظفين المركز الصحي في مدينة عيسى على تعاملهم الطيب مع والدتي")
    case = await someone.files_the_rest()
    assert not {"description", "case_type", "area", "address", "attachments"} & set(someone.asked)
    assert (case["type"], case["category"]) == ("compliment", "health.centre")


async def test_none_of_these_leads_by_groups_to_the_right_one(meet: Meet) -> None:
    someone = await meet("whatsapp", knows("mun.trees"))
    await someone.says("عندي مشكلة من زمان تعبتنا كلنا في الفريج ومحد راضي يحلها")
    steps = 0
    while not await someone.chooses(someone.story.category):
        steps += 1
        found = [await someone.chooses(title) for title in ("النظافة والبلدية", "الحدائق والحيوانات")]
        assert any(found) or await someone.chooses("ولا واحد من هذي"), someone.transcript
        assert steps <= 3, someone.transcript
    case = await someone.files_the_rest()
    assert case["category"] == "mun.trees"


# Who they are


async def test_the_same_place_as_last_time(meet: Meet) -> None:
    someone = await with_case(meet, "telegram", "في حفرة كبيرة وسط الشارع", "road.pothole", "جو مجمع 945 طريق 4511")
    first = await someone.case()
    someone.story = knows("waste.collection")
    await someone.says("وبعد الزبالة محد شالها من اسبوع")
    while (asked := await someone.expected()) != "area":
        await someone.answers(asked)
    await someone.chooses_one("نفس المكان")
    case = await someone.files_the_rest()
    assert case["reference"] != first["reference"]
    place = ("area", "block", "road")
    assert [case[part] for part in place] == [first[part] for part in place]


async def test_the_name_is_remembered_and_shown_not_asked(meet: Meet) -> None:
    someone = await with_case(meet, "webchat", "ليت الشارع طافي عندنا في البديع", "power.street-light")
    someone.story, someone.asked = knows("mun.trees", name="", place=NEAR), []
    await someone.says("في شجرة طايحة على الرصيف في البديع")
    case = await someone.files_the_rest()
    assert "contact_name" not in someone.asked
    assert f"{MARYAM.name} (من قبل)" in someone.transcript
    assert case["contact_name"] == MARYAM.name


async def test_no_name_means_no_question_for_a_number(meet: Meet) -> None:
    someone = await meet("webchat", knows("waste.construction-debris", place=NEAR))
    await someone.says("في ناس يرمون مخلفات بناء ورا البيوت في سار")
    while (asked := await someone.expected()) != "contact_name":
        await someone.answers(asked)
    await someone.chooses_one("بدون اسم")
    assert await someone.expected() == "confirm"
    case = await someone.files_the_rest()
    assert (case["contact_name"], case["contact_phone"]) == (None, None)


async def test_who_does_not_want_to_be_known_says_so_at_once(meet: Meet) -> None:
    someone = await meet("whatsapp", knows("mun.building-violation", place=NEAR))
    await someone.says("ما ابي اسمي يطلع، جارنا يبني طابق ثالث بدون ترخيص في جدحفص")
    case = await someone.files_the_rest()
    assert not {"contact_name", "contact_phone"} & set(someone.asked)
    assert (case["contact_name"], case["contact_phone"]) == (None, None)
    assert "بدون اسم ولا رقم" in someone.transcript


# The summary


async def test_one_field_of_the_summary_is_changed_by_buttons(meet: Meet) -> None:
    someone = await at_summary(meet, "telegram", "في حفرة كبيرة في الشارع صار لها شهر", "road.pothole")
    await someone.presses("تعديل")
    await someone.presses("المنطقة")
    assert await someone.expected() == "area"
    await someone.says("جدعلي")
    await someone.says("والعنوان مجمع 721 طريق 2109")
    case = await someone.files_the_rest()
    assert (case["area"], case["block"], case["road"]) == ("جد علي", "721", "2109")


async def test_one_field_of_the_summary_is_changed_in_words(meet: Meet) -> None:
    someone = await at_summary(meet, "webchat", "في حفرة كبيرة في الشارع صار لها شهر", "road.pothole")
    await someone.says("لا، المكان سترة مو سند")
    assert await someone.expected() in ("confirm", "address")
    case = await someone.files_the_rest()
    assert (case["area"], case["contact_name"], case["contact_phone"]) == ("سترة", MARYAM.name, "+97336112233")


async def test_two_fields_of_the_summary_are_changed_in_one_breath(meet: Meet) -> None:
    someone = await at_summary(meet, "webchat", "ماي المجاري طافح في الشارع", "drain.sewage-overflow")
    await someone.says("الاسم غلط، اسمي زينب علي ورقمي 36998877")
    assert await someone.expected() == "confirm"
    case = await someone.files_the_rest()
    assert (case["contact_name"], case["contact_phone"]) == ("زينب علي", "+97336998877")
    assert (case["area"], case["block"]) == ("سند", "743")


# Steering


async def test_cancelled_and_taken_back_by_sms(meet: Meet) -> None:
    someone = await meet("sms", knows("waste.collection"))
    await someone.says("محد شال الزبالة من عند بيتنا من اسبوع")
    while (asked := await someone.expected()) != "area":
        await someone.answers(asked)
    before = await someone.draft()
    await someone.tells("الغوا الطلب", "نعم")
    assert (await someone.expected(), await someone.draft()) == (None, {})
    await someone.says("تراجعت، رجعوها")
    assert (await someone.expected(), await someone.draft()) == ("area", before)
    case = await someone.files_the_rest()
    assert case["category"] == "waste.collection"


async def test_back_to_the_question_before_and_on_with_another_answer(meet: Meet) -> None:
    someone = await meet("webchat", knows("road.pothole", place="مجمع 115 طريق 1505"))
    await someone.says("في حفرة كبيرة في الشارع")
    while (asked := await someone.expected()) != "area":
        await someone.answers(asked)
    await someone.tells("سند", "رجوع")
    assert await someone.expected() == "area"
    await someone.says("الحد")
    case = await someone.files_the_rest()
    assert (case["area"], case["block"], case["road"]) == ("الحد", "115", "1505")


async def test_what_may_be_left_open_is_skipped(meet: Meet) -> None:
    someone = await meet("webchat", knows("road.pothole"))
    await someone.says("في حفرة كبيرة في الشارع عندنا في عراد")
    while (asked := await someone.expected()) == "category":
        await someone.answers(asked)
    await someone.tells("تخطي", "تخطي", "تخطي", "تخطي")
    assert await someone.expected() == "confirm"
    case = await someone.files_the_rest()
    known = [case[field] for field in ("area", "block", "road", "contact_name", "contact_phone", "attachments")]
    assert known == ["عراد", None, None, None, None, []]


async def test_the_language_changes_in_the_middle(system: System, meet: Meet) -> None:
    line = lines.telegram(system, JOHN.name)
    someone = await meet("telegram", knows("water.leak", JOHN, "en", place="block 324 road 2407"), line=line)
    await someone.says("في تسريب ماي في الشارع عندنا في الجفير")
    before = await someone.draft()
    someone.language = "en"
    await someone.says("sorry, can we speak English?")
    assert (await someone.draft(), await someone.expected()) == (before, "category")
    case = await someone.files_the_rest()
    assert (case["category"], case["area"], case["block"]) == ("water.leak", "الجفير", "324")
    assert name_of(case["agency"], "en") in someone.heard


async def test_questions_in_between_are_answered_and_nothing_is_lost(meet: Meet) -> None:
    someone = await meet("webchat", knows("waste.collection"))
    await someone.says("الزبالة متكدسة عند بيتنا في قلالي ومحد شالها")
    before = await someone.draft()
    await someone.says("والخدمة بفلوس؟")
    assert "مجانية" in someone.heard
    await someone.says("ومتى تردون علي؟")
    assert "يوم عمل" in someone.heard
    await someone.says("ومنو يشوف بياناتي؟")
    assert "الجهة المسؤولة" in someone.heard
    assert (await someone.draft(), await someone.expected()) == (before, "category")
    case = await someone.files_the_rest()
    assert (case["category"], case["agency"]) == ("waste.collection", "mun-muharraq")


async def test_annoyance_and_small_talk_do_no_harm(meet: Meet) -> None:
    someone = await meet("whatsapp", knows("road.pothole"))
    await someone.says("الشارع مليان حفر عندنا في توبلي")
    before = await someone.draft()
    await someone.tells("انت روبوت؟", "والله انتوا ما تفهمون", "شكرا", "شخباركم اليوم؟")
    assert (await someone.draft(), await someone.expected()) == (before, "category")
    assert before["area"] == "توبلي"


async def test_what_cannot_be_used_is_explained_then_help_is_offered(meet: Meet) -> None:
    someone = await meet("webchat", knows("road.pothole", name="سلمان", place=NEAR))
    await someone.says("في حفرة كبيرة في الشارع عندنا في عراد")
    while (asked := await someone.expected()) != "contact_phone":
        await someone.answers(asked)
    first = await someone.tells("12")
    assert "موظف" not in first
    assert await someone.tells("123") != first
    assert "موظف" in someone.heard
    await someone.says("999999")
    assert await someone.expected() == "confirm", "never a loop"
    assert (await someone.files_the_rest())["contact_phone"] is None


async def test_a_story_that_goes_on_at_a_later_question(meet: Meet) -> None:
    words, more = "في حفرة كبيرة في الشارع", "صار لها شهر والسيايير كلها تتكسر منها"
    someone = await meet("whatsapp", knows("road.pothole"))
    await someone.says(words)
    while (asked := await someone.expected()) != "area":
        await someone.answers(asked)
    await someone.says(more)
    assert await someone.expected() == "area"
    assert (await someone.files_the_rest())["description"] == f"{words}\n{more}"


async def test_a_road_without_an_area_is_kept_and_the_area_is_asked_for(meet: Meet) -> None:
    someone = await meet("telegram", knows("road.pothole"))
    await someone.tells("في حفرة كبيرة في الشارع", "نعم", "طريق 1815 مقابل المدرسة")
    assert await someone.expected() == "area"
    await someone.says("ام الحصم")
    draft = await someone.draft()
    assert (draft["area"], draft["road"], draft["address"]) == ("أم الحصم", "1815", "مقابل المدرسة")
    assert await someone.expected() == "attachments"


async def test_two_matters_become_two_cases(meet: Meet) -> None:
    someone = await meet("telegram", knows("road.pothole", place=NEAR))
    await someone.says("في حفرة كبيرة في الشارع عندنا في سار، وبعد الليتات طافية من اسبوع")
    first = await someone.files_the_rest()
    assert "الليتات طافية من اسبوع" in someone.heard
    someone.story = knows("power.street-light", place=NEAR)
    await someone.presses("نعم، نسجله")
    await someone.presses("نعم")
    await someone.chooses_one("نفس المكان")
    second = await someone.files_the_rest()
    assert [case["category"] for case in (first, second)] == ["road.pothole", "power.street-light"]
    assert "الليتات" not in first["description"]
    assert "حفرة" not in second["description"]


# After filing


async def test_a_photo_right_after_filing_is_added_to_the_case(meet: Meet) -> None:
    someone = await with_case(meet, "telegram", "في شباك منهول مكسور في الشارع عندنا في سار", "drain.manhole")
    case = await someone.case()
    await someone.shows()
    assert case["reference"] in someone.heard
    assert await someone.draft() == {}
    await someone.presses("نعم، نضيفه")
    await someone.says("لا بس هذا")
    assert len((await someone.case())["attachments"]) == len(case["attachments"]) + 1


async def test_a_photo_right_after_filing_begins_another_case(meet: Meet) -> None:
    someone = await with_case(meet, "whatsapp", "محد شال الزبالة من اسبوع عندنا في الحد", "waste.collection")
    first = await someone.case()
    await someone.shows()
    await someone.chooses_one("لا، موضوع ثاني")
    assert await someone.expected() == "description"
    someone.story = knows("road.pothole", place="الحد مجمع 115 طريق 1510")
    await someone.says("حفرة كبيرة في الشارع")
    second = await someone.files_the_rest()
    assert (second["category"], len(second["attachments"])) == ("road.pothole", 1)
    assert first["attachments"] == (await someone.case(first["reference"]))["attachments"] == []


async def test_the_bare_number_by_sms_says_how_it_stands(meet: Meet) -> None:
    owner = await with_case(meet, "sms", "ليتات الشارع طافية عندنا في سترة", "power.street-light")
    case = await owner.case()
    await owner.says(case["reference"].replace("-", " ").translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
    assert REFERENCE.findall(owner.heard) == [case["reference"]]
    assert name_of(case["agency"]) in owner.heard
    assert parts(owner.heard) <= 7


async def test_a_lost_number_is_found_by_who_they_are(meet: Meet) -> None:
    owner = await with_case(meet, "whatsapp", "محد شال الزبالة من اسبوع عندنا في الحد", "waste.collection")
    case = await owner.case()
    again = await meet("sms", line=lines.sms(owner.system, owner.line.address))
    await again.says("نسيت رقم الشكوى حقتي")
    assert case["reference"] in again.heard
    stranger = await meet("sms")
    await stranger.says("نسيت رقم الشكوى حقتي")
    assert REFERENCE.findall(stranger.heard) == []


async def test_on_telegram_ones_own_card_proves_who_they_are(meet: Meet) -> None:
    owner = await with_case(meet, "sms", "ليتات الشارع طافية عندنا في سترة", "power.street-light")
    case = await owner.case()
    again = await meet("telegram")
    again.line.citizen.phone = owner.line.address
    await again.says("وين وصلت شكاوي؟ ابي اشوف طلباتي")
    assert case["reference"] not in again.heard
    await again.chooses_one("إرسال رمز")
    await again.shares_own_card()
    assert case["reference"] in again.heard


async def test_of_somebody_elses_number_only_the_public_part_is_told(meet: Meet) -> None:
    owner = await with_case(meet, "webchat", "جارنا يرمي زبالته جدام بيتنا في سند كل يوم", "waste.street-cleaning")
    case = await owner.case()
    stranger = await meet("sms")
    await stranger.says(f"شصار على شكوى رقم {case['reference']}")
    assert catalogue().categories[case["category"]].name_ar in stranger.heard
    assert name_of(case["agency"]) in stranger.heard
    for private in (case["description"], MARYAM.name, MARYAM.phone, "جارنا"):
        assert private not in stranger.heard
    await stranger.says(f"ابي اسحب {case['reference']}")
    assert (await owner.case())["status"] == "received"


# Manners of speaking


async def test_in_dialect_with_much_around_it(meet: Meet) -> None:
    someone = await meet("whatsapp", knows("power.outage", place=NEAR))
    await someone.says("يا جماعة الخير والله العظيم تعبنا، الكهربا كل شوي تروح وترد عندنا في الدير ومحد معبرنا")
    case = await someone.files_the_rest()
    assert (case["category"], case["agency"], case["area"]) == ("power.outage", "ewa", "الدير")


async def test_in_arabizi(meet: Meet) -> None:
    someone = await meet("webchat", knows("road.pothole", place="Sanad block 743", name="3li 7asan"))
    await someone.says("fe 7ofra chbeera bel share3 3ndna w el sayayeer tit3awar")
    case = await someone.files_the_rest()
    assert (case["category"], case["area"], case["block"]) == ("road.pothole", "سند", "743")
    assert re.search("[\u0621-\u064a]", someone.heard)


async def test_in_english(system: System, meet: Meet) -> None:
    story = knows("waste.collection", JOHN, "en", place="Block 203 road 312")
    someone = await meet("telegram", story, "en", lines.telegram(system, JOHN.name))
    await someone.says("The garbage has not been collected from our street in Muharraq for a week")
    case = await someone.files_the_rest()
    assert (case["category"], case["agency"], case["block"]) == ("waste.collection", "mun-muharraq", "203")
    assert name_of("mun-muharraq", "en") in someone.heard
    await someone.says(f"what is the status of {case['reference']}?")
    assert case["reference"] in someone.heard
