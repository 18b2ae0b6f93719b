"""Who no longer wants a human being, and what is said of the queue and of the hours."""

from datetime import UTC, datetime

import pytest
from turns import reading, turn

from actions.human import _told, unwanted
from actions.opening_hours import opening, working_hours
from contact_center.conversations.handoff import Prospect

AR, EN = {"language": "ar"}, {"language": "en"}


@pytest.mark.parametrize(
    "text",
    ["خلاص ما ابي موظف", "ما أبي موظف", "ما عاد احتاج الموظف", "الغ طلب الموظف", "خلاص بدون موظف", "مو لازم موظف",
     "I don't need an agent", "no agent", "cancel the agent", "no longer need a human"],
)  # fmt: skip
def test_a_wish_is_withdrawn(text: str) -> None:
    assert unwanted(turn(text))
    assert reading(text, "speak_to_agent").slots["topic"] == "no_agent"


@pytest.mark.parametrize(
    "text",
    ["ابي موظف", "ما ابي روبوت ابي موظف", "ما ابي مساعد آلي ابي موظف", "I don't want a bot, I want a human", "موظف",
     "الموظف ما رد علي", "ما ابي اشتكي", "في موظف عندكم عاملني بطريقة سيئة وما ابي اسكت عن الموضوع هذا"],
)  # fmt: skip
def test_other_words_withdraw_nothing(text: str) -> None:
    assert not unwanted(turn(text))


def test_the_week_in_words() -> None:
    assert working_hours(AR) == "الأحد إلى الخميس من 7 الصبح لين 9 المسا، السبت من 8 الصبح لين 2 الظهر"
    assert working_hours(EN) == "Sunday to Thursday from 7 am to 9 pm, Saturday from 8 am to 2 pm"


@pytest.mark.parametrize(
    ("opens", "arabic", "english"),
    [
        (datetime(2026, 11, 22, 4, 0, tzinfo=UTC), "اليوم الأحد من 7 الصبح", "today, Sunday from 7 am"),
        (datetime(2026, 11, 23, 4, 0, tzinfo=UTC), "باجر الاثنين من 7 الصبح", "tomorrow, Monday from 7 am"),
        (
            datetime(2026, 11, 28, 11, 30, tzinfo=UTC),
            "السبت 28 نوفمبر من 2:30 الظهر",
            "Saturday 28 November from 2:30 pm",
        ),
    ],
)
def test_when_staff_are_back(monkeypatch: pytest.MonkeyPatch, opens: datetime, arabic: str, english: str) -> None:
    monkeypatch.setattr("actions.opening_hours.now", lambda: datetime(2026, 11, 22, 1, 0, tzinfo=UTC))
    assert (opening(opens, AR), opening(opens, EN)) == (arabic, english)


def prospect(**given: object) -> Prospect:
    return Prospect(**{"already": False, "ahead": 0, "on_duty": True, "opens_at": None, "open_now": True, **given})  # type: ignore[arg-type]


def test_each_prospect_has_words_of_its_own() -> None:
    later = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    prospects = [prospect(), prospect(ahead=2), prospect(already=True), prospect(on_duty=False),
                 prospect(on_duty=False, already=True), prospect(opens_at=later, open_now=False),
                 prospect(opens_at=later, open_now=False, already=True)]  # fmt: skip
    said = [_told(each, AR)[0]["text"] for each in prospects]
    assert len(set(said)) == len(said)
    assert "قدامك في الدور: 2" in said[1]
    assert "من 7 الصبح" in said[5]


def test_despair_is_not_told_of_places_in_a_queue() -> None:
    care = {**AR, "topic": "distress"}
    assert "قدامك" not in _told(prospect(ahead=3), care)[0]["text"]
    assert _told(prospect(already=True), care) == []
