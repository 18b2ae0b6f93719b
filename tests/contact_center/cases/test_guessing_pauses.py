"""How long somebody waits who tries numbers that are not theirs."""

from datetime import UTC, datetime, timedelta
from itertools import count

from contact_center.cases.guessing import FREE, WINDOW, Counted, after_asking

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
_numbers = (f"26-0000-{number:04}" for number in count())


def ask(counted: Counted, at: datetime, times: int = 1) -> Counted:
    for _ in range(times):
        counted = after_asking(counted, next(_numbers), at)
    return counted


def test_five_are_answered_and_the_sixth_waits_ten_minutes() -> None:
    five = ask(Counted(START), START, FREE)
    assert five.paused_until is None
    assert ask(five, START + MINUTE).paused_until == START + 11 * MINUTE


def test_tries_during_a_pause_do_not_make_it_longer() -> None:
    paused = ask(Counted(START), START, FREE + 1)
    assert ask(paused, START + 5 * MINUTE, 20) == paused


def test_the_next_pause_is_an_hour_and_stays_one() -> None:
    paused = ask(Counted(START), START, FREE + 1)
    for _ in range(2):
        later = (paused.paused_until or START) + MINUTE
        again = ask(paused, later, FREE)
        assert again.paused_until == paused.paused_until, "five are answered again"
        paused = ask(again, later)
        assert paused.paused_until == later + timedelta(hours=1)


def test_after_a_day_it_begins_with_the_short_pause() -> None:
    paused = ask(Counted(START), START, FREE + 1)
    later = START + timedelta(days=2)
    assert ask(paused, later, FREE + 1).paused_until == later + 10 * MINUTE


def test_slow_people_are_never_paused() -> None:
    counted = Counted(START)
    for number in range(30):
        counted = ask(counted, START + number * (WINDOW / FREE))
        assert counted.paused_until is None


def test_the_same_number_again_is_no_guess() -> None:
    counted = Counted(START)
    for _ in range(20):
        counted = after_asking(counted, "26-1234-5678", START)
    assert counted.paused_until is None
    assert counted.asked_for == ("26-1234-5678",)
