"""Positions: the wanted order, and as few moved as can be."""

from hypothesis import given
from hypothesis import strategies as st

from contact_center.configuration.order import positions

CODES = "abcdefgh"


def test_the_first_order_is_counted() -> None:
    assert positions("abc", {}) == {"a": 0, "b": 1, "c": 2}


def test_only_what_moved_gets_another_place() -> None:
    placed = {code: float(number) for number, code in enumerate(CODES)}
    moved = positions("habcdefg", placed)
    assert {code for code in CODES if moved[code] != placed[code]} == {"h"}
    assert positions("abxcdefgh", placed) == {**placed, "x": 1.5}


@given(st.permutations(CODES), st.dictionaries(st.sampled_from(CODES), st.integers(-5, 5).map(float)))
def test_whatever_there_was_they_come_in_the_wanted_order(wanted: list[str], present: dict[str, float]) -> None:
    placed = positions(wanted, present)
    assert sorted(wanted, key=lambda code: placed[code]) == wanted
    assert len(set(placed.values())) == len(wanted)
    assert positions(wanted, placed) == placed
