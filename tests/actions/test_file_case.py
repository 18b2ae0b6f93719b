"""Filing and reading cases on a real PostgreSQL: once per message, the right agency, and nobody else's words."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from turns import turn

from actions import backend
from actions.ask_reference import AskReference
from actions.base import ActionFailed
from actions.case_status import CaseStatus
from actions.file_case import FileCase
from actions.my_cases import MyCases
from actions.turn import Turn
from contact_center.cases import queries, service
from contact_center.cases.models import Case, CaseFollower
from contact_center.cases.reference import Reference, new_reference
from contact_center.citizens.service import identity_for
from contact_center.clock import now
from contact_center.conversations.models import Conversation
from contact_center.database import Database

DRAFT = {
    "case_type": "complaint", "description": "الزبالة متراكمة", "category": "waste.collection", "area": "المحرق",
    "governorate": "muharraq", "address": "", "attachments": [], "contact_name": "", "contact_phone": "",
    "confirm": True,
}  # fmt: skip


@pytest.fixture
def here(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The test's database as the action server's own."""
    monkeypatch.setattr("actions.file_case.database", lambda: database)
    monkeypatch.setattr("actions.case_status.database", lambda: database)
    monkeypatch.setattr("actions.my_cases.database", lambda: database)
    monkeypatch.setattr("actions.ask_reference.database", lambda: database)
    return database


async def person(database: Database, channel: str, address: str, phone: str | None = None) -> UUID:
    """A conversation of someone who writes from `address`."""
    async with database.transaction() as session:
        identity = await identity_for(session, channel, address, None, phone)
        conversation = Conversation(id=uuid4(), channel=channel, address=address, identity_id=identity.id)
        session.add(conversation)
    return conversation.id


def said_by(conversation: UUID, slots: dict[str, Any], **metadata: Any) -> Turn:
    given = turn("اي", "affirm", asked="confirm", slots=slots, **metadata)
    return Turn(**{**vars(given), "conversation": str(conversation)})


async def filed(database: Database, conversation: UUID, **changed: Any) -> Case:
    answer = await FileCase().act(said_by(conversation, {**DRAFT, **changed}, message_id=str(uuid4())))
    async with database.transaction() as session:
        case = await queries.by_reference(session, answer.slots["last_reference"])
    assert case is not None
    return case


async def test_a_confirmed_form_becomes_a_case(here: Database) -> None:
    conversation = await person(here, "telegram", "1001")
    case = await filed(here, conversation, contact_phone="+97336001122", contact_name="حسين")
    assert (case.agency, case.category, case.area) == ("mun-muharraq", "waste.collection", "المحرق")
    assert (case.conversation_id, case.contact_phone, case.contact_name) == (conversation, "+97336001122", "حسين")
    assert case.address is None, "what was left empty is nothing"
    assert case.follows is None


async def test_a_case_that_could_not_be_reopened_is_named_in_the_new_one(here: Database) -> None:
    conversation = await person(here, "telegram", "1001")
    first = await filed(here, conversation)
    later = await filed(here, conversation, follows=first.reference)
    assert (later.id != first.id, later.follows) == (True, first.reference)


async def test_a_repeated_turn_files_one_case_and_says_the_same(here: Database) -> None:
    conversation = await person(here, "telegram", "1002")
    message = said_by(conversation, DRAFT, message_id=str(uuid4()))
    first, second = await FileCase().act(message), await FileCase().act(message)
    assert first == second
    async with here.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Case)) == 1


async def test_the_draft_is_empty_afterwards(here: Database) -> None:
    conversation = await person(here, "telegram", "1003")
    answer = await FileCase().act(said_by(conversation, DRAFT, message_id=str(uuid4())))
    assert all(not answer.slots[slot] for slot in ("description", "category", "area", "confirm", "contact_phone"))


async def test_an_unknown_governorate_goes_to_the_agency_that_routes_on(here: Database) -> None:
    conversation = await person(here, "telegram", "1004")
    assert (await filed(here, conversation, governorate=None, area="الفريج")).agency == "iga"


async def test_on_a_call_the_number_is_to_be_read_back(here: Database) -> None:
    conversation = await person(here, "call_center", str(uuid4()))
    answer = await FileCase().act(said_by(conversation, DRAFT, message_id=str(uuid4()), channel="call_center"))
    assert len(answer.said) == 2
    assert answer.slots["last_reference"].replace("-", " – ") in answer.said[1]["text"]


async def test_a_database_that_does_not_answer_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Database("postgresql://nobody@127.0.0.1:1/none", pool_size=1)
    monkeypatch.setattr("actions.file_case.database", lambda: gone)
    with pytest.raises(OperationalError):
        await FileCase().act(said_by(uuid4(), DRAFT, message_id=str(uuid4())))


async def test_a_failure_tells_nothing_of_the_person(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = Database("postgresql://nobody@127.0.0.1:1/none", pool_size=1)
    monkeypatch.setattr("actions.backend.database", lambda: gone)
    state = {"sender_id": str(uuid4()), "slots": {**DRAFT, "contact_phone": "+97336007788"}, "latest_message": {}}
    tracker = Tracker.from_dict({**state, "active_loop": {}, "events": []})
    with pytest.raises(ActionFailed) as failure:
        await FileCase().run(CollectingDispatcher(), tracker, {})
    told = f"{failure.value!r} {failure.value.__context__ if not failure.value.__suppress_context__ else ''}"
    assert "36007788" not in told + capsys.readouterr().out
    assert "OperationalError" in told


async def status(conversation: UUID, reference: str) -> str:
    digits = reference.replace("-", "")
    answer = await CaseStatus().act(said_by(conversation, {"reference": digits, "language": "ar"}))
    assert answer.slots["reference"] is None
    return "\n".join(said["text"] for said in answer.said)


class TestStatus:
    async def test_who_filed_it_reads_their_own_words(self, here: Database) -> None:
        conversation = await person(here, "telegram", "2001")
        case = await filed(here, conversation)
        text = await status(conversation, case.reference)
        assert case.reference in text
        assert "الزبالة متراكمة" in text
        assert "بلدية المحرق" in text

    async def test_the_same_verified_phone_on_another_channel_is_the_same_person(self, here: Database) -> None:
        phone = "+97336001122"
        case = await filed(here, await person(here, "whatsapp", phone, phone))
        assert "الزبالة متراكمة" in await status(await person(here, "sms", phone, phone), case.reference)

    async def test_anyone_else_sees_what_the_number_alone_opens(self, here: Database) -> None:
        filer = await person(here, "telegram", "2002")
        case = await filed(here, filer, contact_name="حسين", contact_phone="+97336001122")
        text = await status(await person(here, "telegram", "2003"), case.reference)
        assert "تأخر جمع القمامة" in text
        for private in ("الزبالة متراكمة", "حسين", "36001122"):
            assert private not in text

    async def test_a_wrong_digit_is_said(self, here: Database) -> None:
        conversation = await person(here, "telegram", "2004")
        case = await filed(here, conversation)
        wrong = case.reference[:-1] + str((int(case.reference[-1]) + 1) % 10)
        assert "غلط" in await status(conversation, wrong)

    async def test_an_unknown_number_is_said(self, here: Database) -> None:
        assert "ما عندنا طلب" in await status(await person(here, "telegram", "2005"), new_reference(2026).display)

    async def test_the_newest_reply_is_shown(self, here: Database) -> None:
        conversation = await person(here, "telegram", "2006")
        case = await filed(here, conversation)
        async with here.transaction() as session:
            known = await session.get_one(Case, case.id)
            await service.reply(session, known, "تم رفع القمامة", close=True, actor="account:officer")
        text = await status(conversation, case.reference)
        assert "تم رفع القمامة" in text
        assert "منتهي" in text


class TestGuessing:
    async def test_after_five_numbers_that_are_not_theirs_somebody_waits(self, here: Database) -> None:
        filer, guesser = await person(here, "telegram", "4001"), await person(here, "telegram", "4002")
        foreign, mine = await filed(here, filer), await filed(here, guesser)
        assert "الحالة" in await status(guesser, foreign.reference)
        for _ in range(4):
            assert "ما عندنا طلب" in await status(guesser, new_reference(2026).display)
        there, nowhere = await status(guesser, new_reference(2026).display), await status(guesser, foreign.reference)
        assert there == nowhere, "whether a number exists is not to be told from the answer"
        assert "10 دقايق" in there
        assert "الزبالة متراكمة" in await status(guesser, mine.reference), "one's own is there at any time"
        assert "ما عندنا طلب" in await status(filer, new_reference(2026).display), "others do not wait"

    async def test_the_wait_is_over_in_time(self, here: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        guesser = await person(here, "telegram", "4003")
        for _ in range(6):
            await status(guesser, new_reference(2026).display)
        later = now() + timedelta(minutes=11)
        monkeypatch.setattr("contact_center.cases.guessing.now", lambda: later)
        for _ in range(5):
            assert "ما عندنا طلب" in await status(guesser, new_reference(2026).display)
        assert "60 دقيقة" in await status(guesser, new_reference(2026).display)

    async def test_while_waiting_a_number_costs_the_same_queries(self, here: Database) -> None:
        filer, guesser = await person(here, "telegram", "4004"), await person(here, "telegram", "4005")
        foreign = await filed(here, filer)
        for _ in range(6):
            await status(guesser, new_reference(2026).display)
        counts = [await queries_of(here, guesser, number) for number in (foreign, new_reference(2026))]
        assert counts[0] == counts[1] > 0

    async def test_who_joined_a_case_asks_for_it_as_often_as_they_like(self, here: Database) -> None:
        filer, follower = await person(here, "telegram", "4006"), await person(here, "telegram", "4007")
        case = await filed(here, filer)
        async with here.transaction() as session:
            identity = (await session.get_one(Conversation, follower)).identity_id
            session.add(CaseFollower(case_id=case.id, identity_id=identity, conversation_id=follower))
        for _ in range(6):
            await status(follower, new_reference(2026).display)
        text = await status(follower, case.reference)
        assert "الحالة" in text
        assert "الزبالة متراكمة" not in text


async def queries_of(database: Database, conversation: UUID, case: Case | Reference) -> int:
    seen: list[str] = []

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    await status(conversation, case.reference if isinstance(case, Case) else case.display)
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    return len(seen)


class TestMyCases:
    async def test_only_ones_own(self, here: Database) -> None:
        mine, other = await person(here, "telegram", "3001"), await person(here, "telegram", "3002")
        case, foreign = await filed(here, mine), await filed(here, other)
        (said,) = (await MyCases().act(said_by(mine, {"language": "ar"}))).said
        assert case.reference in said["text"]
        assert foreign.reference not in said["text"]

    async def test_the_newest_are_offered_where_a_number_is_asked(self, here: Database) -> None:
        mine = await person(here, "telegram", "3004")
        cases = [await filed(here, mine) for _ in range(3)]
        (said,) = (await AskReference().act(said_by(mine, {"language": "ar"}))).said
        offered = [button["title"] for button in said["buttons"][:-1]]
        assert offered == [cases[2].reference, cases[1].reference]

    async def test_none(self, here: Database) -> None:
        (said,) = (await MyCases().act(said_by(await person(here, "telegram", "3003"), {"language": "en"}))).said
        assert said["text"].startswith("We found no requests")


def test_a_conversation_of_rasa_shell_is_nobodys() -> None:
    assert backend.conversation_id_of(turn("اي", "affirm")) is None
