"""Whoever says "none of these" comes to any category in at most three choices."""

from actions.category_groups import SECTIONS, choices
from contact_center.agencies.catalogue import catalogue
from contact_center.agencies.entries import UNCLEAR


def test_three_choices_lead_to_every_category() -> None:
    reached, lists = set(), [SECTIONS]
    for _ in range(3):
        reached |= {category for code in lists for category in choices()[code].categories}
        lists = [group for code in lists for group in choices()[code].groups]
    assert reached == set(catalogue().categories) - {UNCLEAR}
    assert lists == []
