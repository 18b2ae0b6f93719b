import pytest

from contact_center.cases.lifecycle import OPEN, TRANSITIONS, Status, check
from contact_center.errors import Conflict


def test_every_status_has_its_ways_out() -> None:
    assert set(TRANSITIONS) == set(Status)
    assert all(TRANSITIONS.values())


def test_the_statuses_are_those_that_outsiders_know() -> None:
    assert " ".join(Status) == (
        "received assigned in_progress waiting answered closed reopened transferred withdrawn duplicate"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("received", "assigned"),
        ("received", "answered"),
        ("assigned", "transferred"),
        ("transferred", "transferred"),
        ("in_progress", "waiting"),
        ("waiting", "in_progress"),
        ("answered", "answered"),
        ("answered", "closed"),
        ("answered", "reopened"),
        ("closed", "reopened"),
        ("withdrawn", "reopened"),
        ("duplicate", "reopened"),
        ("reopened", "answered"),
    ],
)
def test_allowed(before: str, after: str) -> None:
    assert check(before, after) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("closed", "answered"),
        ("closed", "closed"),
        ("withdrawn", "answered"),
        ("duplicate", "closed"),
        ("answered", "received"),
        ("received", "reopened"),
        ("assigned", "received"),
        ("waiting", "waiting"),
    ],
)
def test_refused(before: str, after: str) -> None:
    with pytest.raises(Conflict, match=f"{before} cannot become {after}"):
        check(before, after)


def test_an_unknown_status_is_refused() -> None:
    with pytest.raises(Conflict):
        check("received", "finished")


def test_a_case_that_has_ended_is_only_reopened_and_an_open_one_can_always_be_answered() -> None:
    assert set(Status) - OPEN == {"answered", "closed", "withdrawn", "duplicate"}
    assert all(Status.ANSWERED in TRANSITIONS[status] for status in OPEN)
    assert all(TRANSITIONS[Status(ended)] == {"reopened"} for ended in ("closed", "withdrawn", "duplicate"))
