"""The queue: who waits, who takes them, and how they are put through, over HTTP and on a real database."""

import asyncio
from datetime import datetime

import pytest
from phone_line import ALI, MARYAM, PhoneLine
from sqlalchemy import select

from contact_center.accounts.models import Account
from contact_center.clock import BAHRAIN
from contact_center.conversations.models import Conversation
from contact_center.errors import Conflict, InvalidInput
from contact_center.telephone import queries, service
from tests.fakes.twilio import Caller

AMAL, NOORA = "amal", "noora"
PHONE = "+97317111111"
FRIDAY, MONDAY = datetime(2027, 1, 15, 12, tzinfo=BAHRAIN), datetime(2027, 1, 18, 12, tzinfo=BAHRAIN)
"""At noon, of a week without a holiday."""


def seconds_until(moment: datetime) -> str:
    return str((moment - datetime.now(BAHRAIN)).total_seconds())


@pytest.fixture
async def agents(line: PhoneLine) -> None:
    """Two agents; Amal has said where she is rung."""
    async with line.database.transaction() as session:
        for name in (AMAL, NOORA):
            session.add(Account(username=name, display_name=name.title(), password_hash="-", role="agent"))
        await session.flush()
        await service.ring_at(session, AMAL, "17111111")


async def waiting(line: PhoneLine, phone: str = MARYAM) -> Caller:
    caller = line.twilio.caller(phone)
    await caller.calls()
    await caller.stays_silent()
    assert caller.waits
    return caller


async def taken(line: PhoneLine, caller: Caller, agent: str = AMAL) -> None:
    """An agent takes a caller, who is then sent on by the API."""
    call = await line.call_of(caller)
    async with line.database.transaction() as session:
        call = await service.take(session, call.id, agent)
    await line.bring(call)


async def test_who_waits_longest_is_first_and_hears_it(line: PhoneLine) -> None:
    first, second = await waiting(line), await waiting(line, ALI)
    assert "دورك الحين" in first.words
    assert "قبلك في الانتظار، 1" in second.words
    async with line.database.transaction() as session:
        assert [call.provider_id for call in await queries.waiting(session)] == [first.sid, second.sid]


async def test_an_agent_takes_a_caller_and_is_rung(line: PhoneLine, agents: None) -> None:
    other, caller = await waiting(line, ALI), await waiting(line)
    await taken(line, caller)
    assert caller.ringing == PHONE
    assert not caller.waits
    assert other.waits
    call = await line.call_of(caller)
    assert (call.state, call.taken_by) == ("taken", AMAL)
    async with line.database.transaction() as session:
        conversation = await session.get_one(Conversation, call.conversation_id)
    assert (conversation.caller_phone, conversation.channel) == (MARYAM, "call_center")
    await caller.agent_hangs_up()
    assert caller.ended
    call = await line.call_of(caller)
    assert (call.state, call.outcome) == ("ended", None)


@pytest.mark.parametrize("shown", ["+999123456", "sip:someone@example.com", "Anonymous", ""])
async def test_a_caller_whose_number_cannot_be_called_is_taken_all_the_same(
    line: PhoneLine, agents: None, shown: str
) -> None:
    caller = await waiting(line, shown)
    await taken(line, caller)
    assert caller.ringing == PHONE
    assert (await line.call_of(caller)).phone is None


async def test_two_agents_never_take_the_same_caller(line: PhoneLine, agents: None) -> None:
    call = await line.call_of(await waiting(line))
    async with line.database.transaction() as session:
        await service.ring_at(session, NOORA, "client:noora")

    async def take(agent: str) -> str | None:
        async with line.database.transaction() as session:
            return (await service.take(session, call.id, agent)).taken_by

    results = await asyncio.gather(take(AMAL), take(NOORA), return_exceptions=True)
    assert len([result for result in results if isinstance(result, Conflict)]) == 1
    assert len([result for result in results if result in (AMAL, NOORA)]) == 1


async def test_whom_nobody_can_ring_takes_no_call(line: PhoneLine, agents: None) -> None:
    call = await line.call_of(await waiting(line))
    with pytest.raises(InvalidInput):
        async with line.database.transaction() as session:
            await service.take(session, call.id, NOORA)


@pytest.mark.parametrize("why", ["no-answer", "busy", "failed"])
async def test_an_agent_who_does_not_answer_gives_the_caller_back(line: PhoneLine, agents: None, why: str) -> None:
    caller = await waiting(line)
    since = (await line.call_of(caller)).waiting_since
    later = await waiting(line, ALI)
    await taken(line, caller)
    await caller.agent_does_not_answer(why)
    assert caller.waits
    assert "دورك محفوظ" in caller.words
    call = await line.call_of(caller)
    assert (call.state, call.taken_by, call.waiting_since) == ("waiting", None, since)
    async with line.database.transaction() as session:
        assert [each.provider_id for each in await queries.waiting(session)] == [caller.sid, later.sid]


async def test_a_late_report_of_the_first_agent_does_not_take_the_caller_from_the_second(
    line: PhoneLine, agents: None
) -> None:
    caller = await waiting(line)
    await taken(line, caller)
    await caller.agent_does_not_answer()
    report = next(number for number, (at, _) in enumerate(caller.requests) if "/rung" in at)
    async with line.database.transaction() as session:
        await service.ring_at(session, NOORA, "client:noora")
    await taken(line, caller, NOORA)
    assert caller.ringing == "client:noora"
    conversation = (await line.call_of(caller)).conversation_id
    await caller.repeats(report)
    call = await line.call_of(caller)
    assert (call.state, call.taken_by, call.conversation_id) == ("taken", NOORA, conversation)


async def test_a_caller_who_hangs_up_while_waiting_waits_no_more(line: PhoneLine, agents: None) -> None:
    caller = await waiting(line)
    await caller.hangs_up()
    call = await line.call_of(caller)
    assert (call.state, call.outcome) == ("ended", "abandoned")
    with pytest.raises(Conflict):
        async with line.database.transaction() as session:
            await service.take(session, call.id, AMAL)


async def test_a_caller_who_hangs_up_with_the_agent_ends_the_record(line: PhoneLine, agents: None) -> None:
    caller = await waiting(line)
    await taken(line, caller)
    await caller.hangs_up()
    call = await line.call_of(caller)
    assert (call.state, call.taken_by, call.outcome) == ("ended", AMAL, None)


async def test_key_2_in_the_queue_leaves_it_for_a_call_back(line: PhoneLine) -> None:
    caller = await waiting(line)
    await caller.presses("2")
    assert caller.ended
    assert [callback.phone for callback in await line.callbacks()] == [MARYAM]
    call = await line.call_of(caller)
    assert (call.state, call.outcome) == ("ended", "callback")


async def test_any_other_key_in_the_queue_keeps_waiting(line: PhoneLine) -> None:
    caller = await waiting(line)
    await caller.presses("5")
    assert caller.waits
    await caller.stays_silent()
    assert caller.waits
    assert (await line.call_of(caller)).state == "waiting"


async def test_a_full_queue_becomes_a_call_back(line: PhoneLine) -> None:
    caller = await waiting(line)
    _, form = caller.requests[-1]
    status, text = await line.twilio.post("/webhooks/twilio/voice/left", form | {"QueueResult": "queue-full"})
    assert status == 200
    assert "مشغولة" in text
    assert [callback.phone for callback in await line.callbacks()] == [MARYAM]


async def test_repeated_requests_of_the_queue_change_nothing(line: PhoneLine, agents: None) -> None:
    caller = await waiting(line)
    await taken(line, caller)
    before = await line.call_of(caller)
    for number in range(len(caller.requests)):
        await caller.repeats(number)
    after = await line.call_of(caller)
    names = ("state", "taken_by", "taken_at", "times_taken", "waiting_since", "conversation_id", "outcome")
    assert [getattr(after, name) for name in names] == [getattr(before, name) for name in names]
    async with line.database.transaction() as session:
        assert len(list(await session.scalars(select(Conversation)))) == 1


async def test_outside_office_hours_it_is_said_when_staff_are_back(
    line: PhoneLine, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path_factory.mktemp("clock") / "offset"
    monkeypatch.setenv("TAWASUL_CLOCK_OFFSET_FILE", str(file))
    file.write_text(seconds_until(FRIDAY))
    caller = await waiting(line)
    assert "موظفينا يرجعون يوم السبت، الساعة 8 الصبح" in caller.words
    file.write_text(seconds_until(MONDAY))
    assert "يرجعون" not in (await waiting(line, ALI)).words
