"""What counts as the same thing: by place, by category, by words; in dialect, English and mixed spelling."""

import pytest

from contact_center.agencies.catalogue import catalogue
from contact_center.cases.duplicates import Draft
from contact_center.cases.likeness import alike, comparable, is_shared, likeness, one_thing, same_matter, same_thing

POTHOLE = Draft("road.pothole", "في حفرة كبيرة في الشارع عندنا", area="سند", block="745", road="4530")
HERE = (26.1521, 50.5487)
NOT_FAR = (26.1540, 50.5487)  # 211 m to the north
FAR = (26.1560, 50.5487)  # 434 m


def changed(draft: Draft, **different: object) -> Draft:
    return Draft(**(vars(draft) | different))


class TestPlace:
    @pytest.mark.parametrize(
        ("different", "same"),
        [
            ({}, True),
            ({"description": "الشارع تكسر والسيارة خربت"}, True),
            ({"road": None}, True),
            ({"road": "4512"}, False),
            ({"block": "743"}, False),
            ({"block": None}, False),
            ({"area": "سترة"}, True),  # the block says it better than the name
        ],
    )
    def test_a_pothole(self, different: dict[str, object], same: bool) -> None:
        assert same_thing(changed(POTHOLE, **different), POTHOLE) is same

    def test_pins_say_it_better_than_blocks(self) -> None:
        here = changed(POTHOLE, lat=HERE[0], lon=HERE[1])
        assert same_thing(changed(here, block="999", lat=NOT_FAR[0]), here)
        assert not same_thing(changed(here, lat=FAR[0]), here)

    def test_without_a_block_a_whole_area_is_too_much_for_a_pothole_unless_the_words_agree(self) -> None:
        somewhere = changed(POTHOLE, block=None, road=None)
        assert not same_thing(changed(somewhere, description="الشارع قدام المدرسة محفر وخربان"), somewhere)
        assert same_thing(changed(somewhere, description="حفره كبيره بالشارع عندنا من اسبوع"), somewhere)

    def test_a_power_cut_reaches_a_whole_area(self) -> None:
        one = Draft("power.outage", "الكهرباء طافية من الصبح", area="الرفاع الشرقي")
        other = Draft("power.outage", "مافي كهربا عندنا واليهال ميتين حر", area="الرفاع الشرقي")
        assert same_thing(other, one)
        assert not same_thing(changed(other, area="الرفاع الغربي"), one)

    def test_two_nowheres_are_not_one_place(self) -> None:
        nowhere = Draft("power.outage", "الكهرباء طافية من الصبح")
        assert not same_thing(nowhere, nowhere)


class TestCategory:
    def test_of_another_category_the_words_decide(self) -> None:
        leak = Draft("water.leak", "ماي المجاري طافح في الطريق والريحة قوية", block="604")
        sewage = Draft("drain.sewage-overflow", "طفح مجاري في الطريق والريحه وايد قويه", block="604")
        assert sewage.category in comparable("water.leak")
        assert same_thing(leak, sewage)
        assert not same_thing(changed(leak, description="بايب الماي مكسور ينقط من العداد"), sewage)

    def test_what_is_not_one_thing_by_nature_needs_words(self) -> None:
        shop = Draft("trade.unlicensed", "محل يبيع سجاير للصغار بدون ترخيص", block="311")
        assert not same_thing(changed(shop, description="صالون حلاقة فاتح في بيت"), shop)
        assert same_thing(changed(shop, description="المحل اللي يبيع السجاير بدون رخصة"), shop)

    def test_every_shared_thing_lies_somewhere(self) -> None:
        listed = {*one_thing().reach, *one_thing().taken_for}
        assert listed <= set(catalogue().categories)
        assert [code for code in listed if not is_shared(catalogue().categories[code])] == []

    def test_ones_own_affairs_are_nobody_elses(self) -> None:
        assert not is_shared(catalogue().categories["work.unpaid-wages"])
        assert not is_shared(catalogue().categories["utility.bill"])
        assert not is_shared(catalogue().categories["other.unclear"])


class TestOwn:
    def test_ones_own_matter_needs_no_place(self) -> None:
        wages = Draft("work.unpaid-wages", "الشركة ما عطتنا رواتبنا من ثلاث شهور")
        assert same_matter(changed(wages, description="بعدهم ما عطونا الرواتب، الشركة تماطل ثلاث شهور"), wages)
        assert not same_matter(changed(wages, description="المدير خصم علي نص المعاش بدون سبب"), wages)

    def test_the_same_words_of_another_place_are_another_matter(self) -> None:
        assert not same_matter(changed(POTHOLE, block="226", area="البسيتين"), POTHOLE)


SAME = [
    ("في حفرة كبيرة في الشارع عندنا", "حفره كبييره بالشارع"),
    ("الزبالة متكدسة من ثلاث أيام", "محد شال الزباله صار لها ثلاث ايام متكدسه"),
    ("ليتات الشارع مو شغالة", "ليتات الشارع طافية مو شغاله من اسبوع"),
    ("There is a big pothole on our road", "big pothole in the road, cars get damaged"),
    ("في طفح مجاري جدام البيت", "المجاري طافحة جدام بيتنا"),
]
DIFFERENT = [
    ("في حفرة كبيرة في الشارع عندنا", "الرصيف مكسر عند المدرسة"),
    ("الزبالة متكدسة من ثلاث أيام", "الحاوية مكسورة ونبي وحدة يديدة"),
    ("There is a big pothole on our road", "The school bus never comes on time"),
    ("المطعم وصخ وفيه صراصير", "الجيران يسوون ازعاج كل ليلة"),
    ("حفرة", "حفرة"),  # a single word says too little
    ("", "في حفرة كبيرة"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_words_for_the_same(one: str, other: str) -> None:
    assert alike(one, other), likeness(one, other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_words_for_something_else(one: str, other: str) -> None:
    assert not alike(one, other), likeness(one, other)


def test_it_is_the_same_either_way_round() -> None:
    assert all(likeness(one, other) == likeness(other, one) for one, other in SAME + DIFFERENT)
