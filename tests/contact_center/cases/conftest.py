"""A filed case in one line, and what may be told apart about it."""

from collections.abc import Callable
from typing import Any

import pytest

from contact_center.cases.new_case import NewCase


@pytest.fixture
def a_case() -> Callable[..., NewCase]:
    """Makes a form as a person in Muharraq fills it; name what is different."""

    def make(**different: Any) -> NewCase:
        form: dict[str, Any] = {
            "type": "complaint",
            "category": "waste.collection",
            "description": "الزبالة متكدسة من ثلاث أيام",
            "governorate": "muharraq",
            "area": "البسيتين",
            "block": "226",
            "channel": "telegram",
        }
        return NewCase(**(form | different))

    return make
