import pytest

from contact_center.agencies.catalogue import CatalogueError, catalogue, parse
from contact_center.agencies.term import Term

SMALL = """
fallback_agency: iga
governorates: {capital: {ar: العاصمة, en: Capital, municipality: mun, governorate: gov}}
agencies: {iga: [هيئة, Authority, 5], mun: [بلدية, Municipality, 7], gov: [محافظة, Governorate, 14]}
categories: {road.pothole: [حفر, Potholes, "@municipality", required, null], other: [غير محدد, Other, iga, optional, 3]}
"""


def test_the_shipped_catalogue_is_whole() -> None:
    shipped = catalogue()
    assert (len(shipped.governorates), len(shipped.agencies), len(shipped.categories)) == (4, 48, 126)
    assert shipped.fallback_agency == "iga"
    assert [entry.position for entry in shipped.categories.values()] == list(range(126))


def test_an_entry_is_read_field_by_field() -> None:
    entry = catalogue().categories["waste.collection"]
    assert (entry.name_ar, entry.agency, entry.place, entry.term) == (
        "تأخر جمع القمامة",
        "@municipality",
        "required",
        Term(3),
    )
    assert catalogue().agencies["npra"].name("en") == "Nationality, Passports and Residence Affairs"
    assert catalogue().agencies["npra"].name("ar") == "شؤون الجنسية والجوازات والإقامة"
    assert catalogue().governorates["northern"].municipality == "mun-northern"


def test_days_are_the_categorys_or_else_the_agencys() -> None:
    assert catalogue().term("power.outage", "ewa") == Term(1)
    assert catalogue().term("utility.bill", "ewa") == Term(5)
    assert catalogue().term("gov.community", "gov-southern") == Term(14)


def test_an_agency_may_escalate_at_times_of_its_own() -> None:
    own = parse(SMALL + "escalations: {mun: [50, 90, 120]}\n").agencies
    assert (own["mun"].escalate_at, own["iga"].escalate_at) == ((50, 90, 120), (80, 100, 150))


def test_an_agency_may_have_a_rule_for_reopening_of_its_own() -> None:
    own = parse(SMALL + "reopening: {mun: [10, 1]}\n").agencies
    assert [(own[code].reopen_days, own[code].reopen_times) for code in ("mun", "iga")] == [(10, 1), (30, 2)]


def test_agencies_have_joined_unless_they_are_named() -> None:
    own = parse(SMALL + "not_joined: [gov]\n").agencies
    assert {code for code, agency in own.items() if not agency.joined} == {"gov"}
    assert all(agency.joined for agency in catalogue().agencies.values())


def test_no_name_is_missing() -> None:
    shipped = catalogue()
    named = [*shipped.governorates.values(), *shipped.agencies.values(), *shipped.categories.values()]
    assert all(entry.name_ar and entry.name_en for entry in named)


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("fallback_agency: iga", "fallback_agency: nobody", "nobody"),
        ("municipality: mun", "municipality: mon", "mon"),
        ("Other, iga", "Other, aga", "aga"),
        ("required", "perhaps", "perhaps"),
        ("optional, 3", "optional, 0", "0"),
        ("Authority, 5", "Authority, null", "None"),
        ("Authority, 5", "Authority", "malformed"),
        ("Other, iga, optional, 3", "Other, iga, optional", "malformed"),
        ("fallback_agency", "fallback", "malformed"),
        ("fallback_agency: iga", "fallback_agency: iga\nescalations: {iga: [90, 80, 150]}", "iga"),
        ("fallback_agency: iga", "fallback_agency: iga\nescalations: {iga: [80, 100]}", "three"),
        ("fallback_agency: iga", "fallback_agency: iga\nescalations: {nobody: [80, 100, 150]}", "nobody"),
        ("fallback_agency: iga", "fallback_agency: iga\nreopening: {nobody: [30, 2]}", "nobody"),
        ("fallback_agency: iga", "fallback_agency: iga\nreopening: {mun: [30]}", "malformed"),
        ("fallback_agency: iga", "fallback_agency: iga\nreopening: {mun: [30, -1]}", "mun: reopening"),
        ("fallback_agency: iga", "fallback_agency: iga\nnot_joined: [nobody]", "nobody"),
        ("fallback_agency: iga", "fallback_agency: iga\nnot_joined: [iga]", "iga"),
    ],
)
def test_a_catalogue_that_contradicts_itself_is_refused_by_name(before: str, after: str, complaint: str) -> None:
    assert before in SMALL
    parse(SMALL)
    with pytest.raises(CatalogueError, match=complaint):
        parse(SMALL.replace(before, after, 1))
