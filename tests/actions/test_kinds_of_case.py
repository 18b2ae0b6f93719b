"""Each kind of case is spoken of in its own way: no date for thanks, the outcome of an idea, no «problem» in either."""

from datetime import timedelta
from uuid import UUID

import pytest
from test_file_case import DRAFT, filed, here, person, said_by, status

from actions.case_status import as_said
from actions.file_case import FileCase, receipt
from actions.my_cases import MyCases
from contact_center.cases import service
from contact_center.cases.lifecycle import Status
from contact_center.cases.models import Case
from contact_center.cases.praise import pass_on
from contact_center.cases.suggestion_progress import take_further
from contact_center.cases.views import own_view, public_view
from contact_center.clock import now
from contact_center.database import Database

__all__ = ["here"]
KINDS = ("complaint", "suggestion", "inquiry", "compliment")
PROBLEM = ("المشكلة", "problem", "solved")


def a_case(kind: str, state: str) -> Case:
    due = None if kind == "compliment" else now() + timedelta(days=3)
    return Case(
        reference="26-1234-5678", type=kind, category="waste.collection", agency="works", status=state, due_at=due,
        description="كلام", created_at=now(),
    )  # fmt: skip


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("state", list(Status))
@pytest.mark.parametrize("kind", KINDS)
def test_a_date_is_named_where_there_is_one_and_a_problem_only_in_a_complaint(
    kind: str, state: str, language: str
) -> None:
    case = a_case(kind, state)
    for view in (public_view(case), own_view(case, [], [])):
        said = as_said(view, {"language": language})[0]["text"]
        assert "لغاية ." not in said
        assert "by ." not in said
        assert not said.rstrip().endswith(":")
        if kind != "complaint":
            assert not any(word in said for word in PROBLEM), said
        if kind == "compliment":
            assert not any(word in said for word in ("موعد", "لغاية", "due", "late")), said


async def thanks(here: Database, description: str, language: str = "ar") -> tuple[Case, str]:
    conversation = await person(here, "telegram", "7001")
    case = await filed(here, conversation, case_type="compliment", description=description)
    said = receipt(case, said_by(conversation, {**DRAFT, "language": language}))
    return case, said[0]["text"]


@pytest.mark.parametrize(("language", "thanked"), [("ar", "شكراً من القلب"), ("en", "Thank you from the heart")])
async def test_thanks_are_thanked_for_and_promised_no_date(here: Database, language: str, thanked: str) -> None:
    case, said = await thanks(here, "مشكورين على السرعة", language)
    assert case.due_at is None
    assert thanked in said
    assert case.reference in said
    assert not any(word in said for word in ("موعد", "لغاية", "due", "supervisor", "المسؤول"))


async def test_an_idea_hears_when_its_outcome_comes(here: Database) -> None:
    conversation = await person(here, "telegram", "7002")
    turn = said_by(conversation, {**DRAFT, "case_type": "suggestion"}, message_id="7002")
    said = (await FileCase().act(turn)).said[0]["text"]
    assert "وصل اقتراحك" in said
    assert "الرد بالنتيجة: لغاية" in said


async def answered_idea(here: Database, conversation: UUID) -> Case:
    case = await filed(here, conversation, case_type="suggestion")
    async with here.transaction() as session:
        own = await session.get_one(Case, case.id)
        await service.reply(session, own, "ندرسها", close=True, outcome="under_study", actor="key:x")
    return case


async def test_what_becomes_of_an_idea_is_told_to_who_had_it(here: Database) -> None:
    conversation = await person(here, "telegram", "7003")
    case = await answered_idea(here, conversation)
    said = await status(conversation, case.reference)
    assert "النتيجة: قيد الدراسة" in said
    assert "تكمل الجهة دراسته" in said
    async with here.transaction() as session:
        own = await session.get_one(Case, case.id)
        await take_further(session, own, "done", "من أول الشهر", actor="key:x")
    said = await status(conversation, case.reference)
    assert "النتيجة: تنفذ" in said
    assert "في جديد على اقتراحك – من أول الشهر" in said
    (listed,) = (await MyCases().act(said_by(conversation, {"language": "ar"}))).said
    assert "النتيجة: تنفذ" in listed["text"]


async def test_and_to_nobody_else(here: Database) -> None:
    case = await answered_idea(here, await person(here, "telegram", "7004"))
    assert "النتيجة" not in await status(await person(here, "telegram", "7005"), case.reference)


@pytest.mark.parametrize(
    ("language", "whom"), [("ar", "وإلى المسؤول عن أحمد علي"), ("en", "to the supervisor of أحمد علي")]
)
async def test_whoever_is_named_is_reached_through_their_supervisor(here: Database, language: str, whom: str) -> None:
    _, said = await thanks(here, "شكرا للموظف أحمد علي", language)
    assert whom in said


async def test_that_thanks_arrived_is_said_when_asked(here: Database) -> None:
    conversation = await person(here, "telegram", "7006")
    case = await filed(here, conversation, case_type="compliment", description="مشكورين")
    async with here.transaction() as session:
        await pass_on(session, await session.get_one(Case, case.id), actor="account:sami")
    assert "وصل شكرك لأهله" in await status(conversation, case.reference)
