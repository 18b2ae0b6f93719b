"""What people complain of in these tests, in Bahraini dialect, and where each complaint belongs."""

from dataclasses import dataclass, replace

from contact_center.agencies.catalogue import catalogue
from tests.e2e.person import Story
from tests.e2e.pictures import photo


@dataclass(frozen=True)
class Expected:
    """What the case must say."""

    category: str
    agency: str


def _story(category: str, words: str, place: str, name: str, phone: str) -> Story:
    return Story(words, catalogue().categories[category].name_ar, place, name, phone)


POTHOLE = _story(
    "road.pothole",
    "في حفرة كبيرة في الشارع عندنا في سند والسيايير تتكسر منها",
    "سند مجمع 745 طريق 4530 جدام البرادة",
    "مريم أحمد",
    "36112233",
)
RUBBISH = _story(
    "waste.collection",
    "صار لنا اسبوع محد شال الزبالة من عند بيوتنا في المحرق والريحة ذابحتنا",
    "المحرق مجمع 203 طريق 312 مبنى 44",
    "يوسف الدوسري",
    "36223344",
)
POWER_CUT = _story(
    "power.outage",
    "الكهرباء طافية علينا من الصبح في الرفاع الشرقي واليهال ميتين من الحر",
    "الرفاع الشرقي مجمع 901 طريق 114 بيت 20",
    "نورة خليفة",
    "36334455",
)
WAGES = _story(
    "work.unpaid-wages",
    "الشركة ما عطتنا رواتبنا من ثلاث شهور وكل ما نسألهم يقولون باجر",
    "المنامة",
    "علي حسن",
    "36445566",
)
STRAY_DOGS = _story(
    "mun.stray-animals",
    "في جلاب ضالة وايد تتجمع في الفريج عندنا في البديع واليهال يخافون يطلعون",
    "البديع مجمع 553 طريق 5311 مبنى 12",
    "فاطمة الحداد",
    "36556677",
)
STREET_LIGHT = _story(
    "power.street-light",
    "ليتات الشارع عندنا في سترة مو شغالة من اسبوعين والشارع ظلام",
    "سترة مجمع 604 طريق 417",
    "حسين عبدالله",
    "36667788",
)

_EXPECTED = {
    POTHOLE.words: Expected("road.pothole", "works"),
    RUBBISH.words: Expected("waste.collection", "mun-muharraq"),
    POWER_CUT.words: Expected("power.outage", "ewa"),
    WAGES.words: Expected("work.unpaid-wages", "mol"),
    STRAY_DOGS.words: Expected("mun.stray-animals", "mma"),
    STREET_LIGHT.words: Expected("power.street-light", "ewa"),
}


def expected(story: Story) -> Expected:
    """Where a complaint belongs."""
    return _EXPECTED[story.words]


def with_photo(story: Story, *, first: bool = False) -> Story:
    """The same with a photo of its own, shown when asked for or before a word is said."""
    return replace(story, photo=photo(), photo_first=first)
