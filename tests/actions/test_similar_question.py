"""The question whether to join an open case about the same: how answers are read, and what is then done."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from turns import reading, said, turn

from actions.ask_similar import AskSimilar
from actions.base import Answer
from actions.draft import INITIAL
from actions.file_case import FileCase
from actions.read_message import ReadMessage
from actions.turn import Turn
from contact_center.cases import queries, service
from contact_center.cases.models import Case, CaseEvent, CaseFollower
from contact_center.citizens.service import identity_for
from contact_center.conversations.models import Conversation
from contact_center.database import Database

TOLD = {"reference": "26-1234-5678", "own": False, "filed": False}
DRAFT = {
    "case_type": "complaint", "description": "الزبالة متراكمة", "category": "waste.collection", "area": "المحرق",
    "block": "203", "governorate": "muharraq", "address": "", "attachments": [], "contact_name": "سلمان",
    "contact_phone": "+97336001122",
}  # fmt: skip
OPEN = {**DRAFT, "confirm": True, "similar_case": TOLD}


def answer_to(text: str, intent: str, **given: Any) -> Any:
    return reading(text, intent, asked="similar", slots=OPEN, **given)


@pytest.mark.parametrize(
    ("text", "intent", "choice"),
    [
        ("", "affirm", "join"),
        ("", "deny", "file"),
        ("اي", "affirm", "join"),
        ("لا", "deny", "file"),
        ("انضم", "inform", "join"),
        ("ضموني معاهم", "nlu_fallback", "join"),
        ("اي نفس المشكلة", "affirm", "join"),
        ("join it", "inform", "join"),
        ("سجلها بروحها", "inform", "file"),
        ("لا سجلوها بروحها", "deny", "file"),
        ("لا مو نفسها", "deny", "file"),
        ("ما ابي انضم", "inform", "file"),
        ("حفرة جديدة غير هذي", "report_complaint", "file"),
        ("file it separately please", "inform", "file"),
        ("no, this is a different one", "deny", "file"),
    ],
)
def test_answers(text: str, intent: str, choice: str) -> None:
    assert answer_to(text, intent).slots["similar"] == choice


@pytest.mark.parametrize("intent", ["faq_cost", "thank", "check_status", "speak_to_agent", "switch_language"])
def test_something_in_between_answers_nothing(intent: str) -> None:
    result = answer_to("كم الرسوم عندكم" if intent == "faq_cost" else "كلمة", intent)
    assert result.slots["similar"] is None
    assert not result.handled


def test_a_story_more_is_added_and_the_question_stays() -> None:
    result = answer_to("والريحة صارت ما تنطاق من الصبح لين الليل", "inform", category="waste.collection")
    assert result.slots["similar"] is None
    assert "ما تنطاق" in result.slots["description"]
    assert result.handled


def test_what_is_no_answer_is_explained_and_then_help_is_offered() -> None:
    first = answer_to("هاه", "nlu_fallback")
    assert said(first) == ["say_similar_unclear"]
    second = reading("هاه", "nlu_fallback", asked="similar", slots={**OPEN, "tries": 1})
    assert said(second) == ["say_similar_unclear_again", "say_offer_agent"]


def test_a_correction_brings_the_summary_again() -> None:
    result = answer_to("لا المكان سند مو المحرق", "correct_information")
    assert result.slots["area"] == "سند"
    assert result.slots["confirm"] is None
    assert result.slots["similar"] is None


def test_going_back_brings_the_summary_again() -> None:
    result = answer_to("ارجع", "go_back")
    assert result.slots["confirm"] is None


def test_where_nothing_is_similar_it_is_never_asked() -> None:
    result = reading("اي", "affirm", asked="confirm", slots=DRAFT)
    assert (result.slots["confirm"], result.slots["similar"]) == (True, "")


@pytest.fixture
def here(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    for module in ("file_case", "similar", "ask_similar"):
        monkeypatch.setattr(f"actions.{module}.database", lambda: database)
    return database


async def person(database: Database, phone: str | None = None) -> UUID:
    async with database.transaction() as session:
        address = phone or str(uuid4())
        identity = await identity_for(session, "whatsapp" if phone else "telegram", address, None, phone)
        conversation = Conversation(
            id=uuid4(), channel=identity.channel, address=address, identity_id=identity.id, language="ar"
        )
        session.add(conversation)
    return conversation.id


def message(conversation: UUID, asked: str, slots: dict[str, Any], intent: str = "affirm", **metadata: Any) -> Turn:
    given = turn("", intent, asked=asked, slots=slots, message_id=str(uuid4()), **metadata)
    return Turn(**{**vars(given), "conversation": str(conversation)})


async def confirms(conversation: UUID, **different: Any) -> dict[str, Any]:
    """The slots after somebody has confirmed the summary."""
    slots = {**INITIAL, "language": "ar", **DRAFT, **different}
    answer = await ReadMessage().act(message(conversation, "confirm", slots))
    return {**slots, **answer.slots}


async def files(conversation: UUID, slots: dict[str, Any], **metadata: Any) -> Answer:
    return await FileCase().act(message(conversation, "similar", slots, **metadata))


async def case_of(database: Database, answer: Answer) -> Case:
    async with database.transaction() as session:
        case = await queries.by_reference(session, answer.slots["last_reference"])
    assert case is not None
    return case


async def test_nothing_similar_is_filed_at_once(here: Database) -> None:
    slots = await confirms(await person(here))
    assert (slots["confirm"], slots["similar"], slots["similar_case"]) == (True, "", None)


async def test_a_repeated_turn_does_not_find_the_case_that_it_filed(here: Database) -> None:
    me = await person(here)
    slots = {**INITIAL, "language": "ar", **DRAFT}
    confirming = message(me, "confirm", slots)
    first = await ReadMessage().act(confirming)
    await FileCase().act(Turn(**{**vars(confirming), "slots": {**confirming.slots, **first.slots}}))
    assert await ReadMessage().act(confirming) == first


async def test_somebody_elses_case_is_told_of_without_their_words(here: Database) -> None:
    first, second = await person(here), await person(here)
    await files(first, await confirms(first, description="سر من أسراري", contact_name="يوسف"))
    slots = await confirms(second)
    assert (slots["similar"], slots["similar_case"]["own"]) == (None, False)
    (asked,) = (await AskSimilar().act(message(second, "similar", slots))).said
    for shown in ("تأخر جمع القمامة", "المحرق", "203", "وصل الجهة"):
        assert shown in asked["text"]
    for private in ("أسراري", "يوسف", "36001122", slots["similar_case"]["reference"]):
        assert private not in asked["text"]
    assert [button["payload"] for button in asked["buttons"]] == ["/affirm", "/deny"]


async def test_joining_files_nothing_and_tells_the_number(here: Database) -> None:
    first, second = await person(here), await person(here)
    filed = await case_of(here, await files(first, await confirms(first)))
    slots = {**await confirms(second, description="عند بيتي بعد"), "similar": "join"}
    joining = message(second, "similar", slots)
    answer, again = await FileCase().act(joining), await FileCase().act(joining)
    assert answer == again, "a repeated turn says the same"
    assert filed.reference in answer.said[0]["text"]
    assert "ضميناك" in answer.said[0]["text"]
    assert answer.slots["description"] is None
    async with here.transaction() as session:
        assert len(list(await session.scalars(select(Case)))) == 1
        assert len(list(await session.scalars(select(CaseFollower)))) == 1
        kept = await session.scalars(select(CaseEvent).where(CaseEvent.kind == "information"))
        assert [(event.text, event.public) for event in kept] == [("عند بيتي بعد", False)]


async def test_filing_anyway(here: Database) -> None:
    first, second = await person(here), await person(here)
    filed = await case_of(here, await files(first, await confirms(first)))
    mine = await case_of(here, await files(second, {**await confirms(second), "similar": "file"}))
    assert mine.id != filed.id


async def test_a_case_that_ended_meanwhile_is_filed_anew(here: Database) -> None:
    first, second = await person(here), await person(here)
    filed = await case_of(here, await files(first, await confirms(first)))
    slots = {**await confirms(second), "similar": "join"}
    async with here.transaction() as session:
        await service.set_status(session, await session.get_one(Case, filed.id), "closed", actor="key:erp")
    answer = await files(second, slots)
    assert len(answer.said) == 2
    assert (await case_of(here, answer)).id != filed.id


async def test_ones_own_case_is_added_to(here: Database) -> None:
    me = await person(here, "+97336001199")
    filed = await case_of(here, await files(me, await confirms(me)))
    slots = await confirms(me)
    assert slots["similar_case"] == {"reference": filed.reference, "own": True, "filed": True}
    (asked,) = (await AskSimilar().act(message(me, "similar", {**slots, "language": "en"}))).said
    assert asked["text"].startswith("You have an open request about the same")
    answer = await files(me, {**slots, "similar": "join"})
    assert "أضفنا كلامك" in answer.said[0]["text"]
    async with here.transaction() as session:
        assert list(await session.scalars(select(CaseFollower))) == []


async def test_on_a_call_the_agent_is_told_about_the_caller(here: Database) -> None:
    first, second = await person(here), await person(here)
    await files(first, await confirms(first))
    slots = {**await confirms(second), "similar": "join"}
    answer = await files(second, slots, channel="call_center")
    assert "المتصل" in answer.said[0]["text"]
    assert len(answer.said) == 2


@pytest.mark.parametrize("kind", ["suggestion", "inquiry", "compliment"])
async def test_only_complaints_are_joined(here: Database, kind: str) -> None:
    first, second = await person(here), await person(here)
    await files(first, await confirms(first))
    assert (await confirms(second, case_type=kind))["similar"] == ""
