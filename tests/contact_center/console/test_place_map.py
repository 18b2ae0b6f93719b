"""The drawing of a place: from the gazetteer's centres, to scale, north up."""

import math

import pytest

from bot.arabic.gazetteer import gazetteer
from contact_center.console.place_map import Drawing, PlaceMap, place_map

SANAD = gazetteer().areas["سند"]


def drawn(lat: float | None, lon: float | None, area: str | None = None, language: str = "ar") -> PlaceMap:
    made = place_map(lat, lon, area, language)
    assert made is not None
    return made


def named(drawing: Drawing) -> list[str]:
    return [dot.name for dot in drawing.dots if dot.name]


def test_the_pin_is_in_the_middle_and_what_is_around_it_to_scale() -> None:
    made = drawn(SANAD.lat + 0.009, SANAD.lon)  # a kilometre to the north, where Jurdab is as near
    assert (made.near.pin.x, made.near.pin.y) == (made.near.width / 2, made.near.height / 2)
    (sanad,) = [dot for dot in made.near.dots if dot.name == "سند"]
    assert sanad.x == pytest.approx(made.near.pin.x, abs=0.2)
    assert sanad.y - made.near.pin.y == pytest.approx(made.near.kilometre, rel=0.01)  # south of the pin is below it
    assert (made.nearest, round(made.away_km, 1), made.exact) == ("جرداب", 1.0, True)


def test_east_is_to_the_right_and_as_long_as_north() -> None:
    made = drawn(SANAD.lat, SANAD.lon - 0.01)
    (sanad,) = [dot for dot in made.near.dots if dot.name == "سند"]
    kilometres = 0.01 * 111.195 * math.cos(math.radians(26.1))
    assert sanad.x - made.near.pin.x == pytest.approx(kilometres * made.near.kilometre, rel=0.01)


def test_the_whole_country_is_on_the_other_sheet() -> None:
    made = drawn(SANAD.lat, SANAD.lon)
    assert len(made.whole.dots) == len(gazetteer().areas)
    assert named(made.whole) == []
    assert all(0 < dot.x < made.whole.width and 0 < dot.y < made.whole.height for dot in made.whole.dots)


@pytest.mark.parametrize("area", gazetteer().areas.values(), ids=lambda area: area.english)
def test_no_name_is_written_over_another_or_over_the_edge(area: object) -> None:
    for language in ("ar", "en"):
        sheet = drawn(area.lat, area.lon, language=language).near  # type: ignore[attr-defined]
        boxes = [(dot.x - 4 * len(dot.name), dot.x + 4 * len(dot.name), dot.y) for dot in sheet.dots if dot.name]
        assert all(left >= 0 and right <= sheet.width for left, right, _ in boxes)
        for i, (left, right, y) in enumerate(boxes):
            for other_left, other_right, other_y in boxes[:i]:
                assert left >= other_right or other_left >= right or abs(y - other_y) >= 16
            assert left >= 12 + sheet.kilometre or y <= sheet.height - 31, "over the scale"


@pytest.mark.parametrize(
    ("north", "area", "how"), [(0.009, None, "near"), (0.001, None, "amid"), (None, "سند", "about")]
)
def test_how_far_is_said_as_exactly_as_it_is_known(north: float | None, area: str | None, how: str) -> None:
    made = drawn(None, None, area) if north is None else drawn(SANAD.lat + north, SANAD.lon)
    assert made.how == how


def test_a_named_area_is_drawn_as_about_there() -> None:
    made = drawn(None, None, "سند")
    assert (made.exact, made.nearest, made.away_km) == (False, "سند", 0)
    assert "Sanad" in named(drawn(SANAD.lat + 0.01, SANAD.lon, language="en").near)


@pytest.mark.parametrize("place", [(None, None, None), (None, None, "بيتنا"), (24.7, 46.7, None), (24.7, 46.7, "سند")])
def test_what_is_not_known_or_not_in_bahrain_is_not_drawn(
    place: tuple[float | None, float | None, str | None],
) -> None:
    assert place_map(*place, "ar") is None
