"""What a caller hears and what each key leads to, over HTTP and on a real database."""

from datetime import timedelta

import pytest
from fastapi.routing import APIRoute
from phone_line import ALI, DESCRIPTION, MARYAM, PhoneLine, digits_of
from sqlalchemy import select

from contact_center.api.voice import router as routes
from contact_center.cases.models import Case, ReferenceGuesses
from contact_center.cases.reference import new_reference
from contact_center.clock import now
from contact_center.telephone.speech import digit_by_digit
from tests.fakes.twilio import Caller


async def calling(line: PhoneLine, phone: str = MARYAM) -> Caller:
    caller = line.twilio.caller(phone)
    await caller.calls()
    return caller


async def asking(line: PhoneLine, digits: str, phone: str = MARYAM) -> Caller:
    """A caller who has pressed 1 and typed a number."""
    caller = await calling(line, phone)
    await caller.presses("1")
    await caller.presses(digits)
    return caller


def wrong_digit(digits: str) -> str:
    return f"{digits[:-1]}{(int(digits[-1]) + 1) % 10}"


async def test_both_languages_welcome_and_the_call_is_recorded(line: PhoneLine) -> None:
    caller = line.twilio.caller()
    said = await caller.calls()
    assert [each.language for each in said] == ["ar", "ar", "en"]
    assert "For English, press nine." in caller.words
    call = await line.call_of(caller)
    assert (call.phone, call.state, call.language) == (MARYAM, "menu", "ar")


async def test_key_1_reads_the_number_back_and_tells_how_the_case_stands(line: PhoneLine) -> None:
    case = await line.files()
    caller = await asking(line, digits_of(case))
    assert digit_by_digit(digits_of(case), "ar") in caller.words
    for told in ("شكوى", "وزارة الأشغال", "وصل الجهة وينتظر بدء العمل فيه", "موعد الرد"):
        assert told in caller.words
    await caller.hangs_up()
    call = await line.call_of(caller)
    assert (call.state, call.outcome) == ("ended", "informed")
    assert call.ended_at is not None


async def test_key_9_tells_the_same_in_english(line: PhoneLine) -> None:
    case = await line.files()
    caller = await calling(line)
    said = await caller.presses("9")
    assert [each.language for each in said] == ["en", "ar"]
    await caller.presses("1")
    said = await caller.presses(digits_of(case))
    assert {each.language for each in said} == {"en"}
    assert digit_by_digit(digits_of(case), "en") in said[0].text
    assert "with the agency, waiting to be taken up" in said[0].text


async def test_whoever_last_called_in_english_is_greeted_so(line: PhoneLine) -> None:
    first = await calling(line)
    await first.presses("9")
    await first.hangs_up()
    said = await line.twilio.caller().calls()
    assert [each.language for each in said] == ["en", "en", "ar"]


async def test_the_number_alone_opens_no_words_no_name_and_no_phone(line: PhoneLine) -> None:
    case = await line.files()
    for phone in (ALI, MARYAM):  # what the network shows can be forged
        caller = await asking(line, digits_of(case), phone)
        assert "وزارة الأشغال" in caller.words
        for private in (DESCRIPTION, "مريم", "المحرق", MARYAM, digit_by_digit(MARYAM[4:], "ar")):
            assert private not in caller.words


async def test_a_late_answer_is_said_with_an_apology(line: PhoneLine) -> None:
    case = await line.files()
    async with line.database.transaction() as session:
        (await session.get_one(Case, case.id)).due_at = now() - timedelta(days=2)
    assert "ونعتذر عن التأخير" in (await asking(line, digits_of(case))).words


async def test_a_mistyped_number_is_read_back_and_asked_for_again_then_an_agent_helps(line: PhoneLine) -> None:
    case = await line.files()
    wrong = wrong_digit(digits_of(case))
    caller = await asking(line, wrong)
    assert digit_by_digit(wrong, "ar") in caller.words
    assert "غلط بسيط" in caller.words
    assert "عشرة أرقام" in caller.heard[-1].text
    await caller.presses(wrong)
    assert not caller.waits
    await caller.presses(wrong)
    assert caller.waits
    assert "نحولك لموظف يساعدك" in caller.words
    assert (await line.call_of(caller)).state == "waiting"


async def test_after_a_mistyped_number_the_right_one_is_told(line: PhoneLine) -> None:
    case = await line.files()
    caller = await asking(line, wrong_digit(digits_of(case)))
    await caller.presses(digits_of(case))
    assert "وزارة الأشغال" in caller.words


@pytest.mark.parametrize(("typed", "why"), [("2612#", "أقل منها"), (None, "ما وصلنا أي رقم")])
async def test_too_few_digits_or_none_are_asked_for_again(line: PhoneLine, typed: str | None, why: str) -> None:
    caller = await calling(line)
    await caller.presses("1")
    said = await (caller.presses(typed) if typed else caller.stays_silent())
    assert why in said[0].text
    assert not caller.waits
    await caller.stays_silent()
    await caller.stays_silent()
    assert caller.waits


async def test_a_number_that_is_none_of_ours(line: PhoneLine) -> None:
    reference = new_reference(2026)
    caller = await asking(line, reference.digits)
    assert "ما عندنا طلب بهالرقم" in caller.words
    assert digit_by_digit(reference.digits, "ar") in caller.words


async def test_whoever_guesses_numbers_has_to_wait_and_is_helped_by_an_agent(line: PhoneLine) -> None:
    """As in a conversation: five in ten minutes, over however many calls, and then none, be it there or not."""
    others = [await line.files(None) for _ in range(6)]
    for case in others[:5]:
        assert "وزارة الأشغال" in (await asking(line, digits_of(case), ALI)).words
    for digits in (digits_of(others[5]), new_reference(2026).digits):
        caller = await asking(line, digits, ALI)
        assert "وزارة الأشغال" not in caller.words
        assert "هذي أرقام كثيرة في وقت قصير" in caller.words
        assert caller.waits


async def test_ones_own_numbers_are_no_guesses(line: PhoneLine) -> None:
    own = [await line.files() for _ in range(6)]
    for case in own:
        assert "وزارة الأشغال" in (await asking(line, digits_of(case))).words
    async with line.database.transaction() as session:
        assert not list(await session.scalars(select(ReferenceGuesses)))


async def test_callers_without_a_number_are_counted_together(line: PhoneLine) -> None:
    others = [await line.files(None) for _ in range(6)]
    shown = ("anonymous", "+266696687", "+7378742833", "RESTRICTED", "+86282452253")
    for case, phone in zip(others[:5], shown, strict=True):
        caller = await asking(line, digits_of(case), phone)
        assert "وزارة الأشغال" in caller.words
        assert (await line.call_of(caller)).phone is None
    assert "هذي أرقام كثيرة" in (await asking(line, digits_of(others[5]), "anonymous")).words


async def test_one_call_is_told_five_requests_and_then_an_agent_helps(line: PhoneLine) -> None:
    case = await line.files()
    caller = await asking(line, digits_of(case))
    for _ in range(4):
        await caller.presses("1")
        await caller.presses(digits_of(case))
        assert not caller.waits
    await caller.presses("1")
    assert caller.waits


async def test_after_a_status_silence_ends_the_call_kindly(line: PhoneLine) -> None:
    caller = await asking(line, digits_of(await line.files()))
    said = await caller.stays_silent()
    assert "ومع السلامة" in said[0].text
    assert caller.ended


async def test_key_2_keeps_who_is_to_be_called_back(line: PhoneLine) -> None:
    caller = await calling(line)
    before = now()
    said = await caller.presses("2")
    assert digit_by_digit("39001122", "ar") in said[0].text
    assert caller.ended
    (callback,) = await line.callbacks()
    assert (callback.phone, callback.language, callback.promised_by, callback.settled_at) == (MARYAM, "ar", None, None)
    assert before <= callback.asked_at <= now()
    assert (await line.call_of(caller)).outcome == "callback"


async def test_whoever_calls_again_is_called_back_once(line: PhoneLine) -> None:
    for _ in range(2):
        await (await calling(line)).presses("2")
    assert len(await line.callbacks()) == 1


async def test_key_2_asks_a_caller_without_a_number_for_one(line: PhoneLine) -> None:
    caller = await calling(line, "anonymous")
    assert "رقم الهاتف" in (await caller.presses("2"))[0].text
    assert "ما يبين رقم هاتف" in (await caller.presses("12#"))[0].text
    await caller.presses("36112233#")
    assert [callback.phone for callback in await line.callbacks()] == [ALI]


async def test_key_2_without_a_number_to_call_ends_at_an_agent(line: PhoneLine) -> None:
    caller = await calling(line, "anonymous")
    await caller.presses("2")
    for _ in range(3):
        await caller.stays_silent()
    assert caller.waits
    assert not await line.callbacks()


@pytest.mark.parametrize("keys", ["0", None])
async def test_no_key_or_zero_leads_to_an_agent(line: PhoneLine, keys: str | None) -> None:
    caller = await calling(line)
    await (caller.presses(keys) if keys else caller.stays_silent())
    assert caller.waits
    call = await line.call_of(caller)
    assert call.state == "waiting"
    assert call.waiting_since is not None


async def test_a_wrong_key_is_said_and_asked_again_twice(line: PhoneLine) -> None:
    caller = await calling(line)
    for _ in range(2):
        said = await caller.presses("7")
        assert "مو من الخيارات" in said[0].text
        assert not caller.waits
    await caller.presses("7")
    assert caller.waits


async def test_hanging_up_in_the_menu_ends_the_record(line: PhoneLine) -> None:
    caller = await calling(line)
    await caller.presses("1")
    await caller.hangs_up()
    call = await line.call_of(caller)
    assert (call.state, call.outcome) == ("ended", "hung_up")


async def test_a_repeated_request_changes_nothing(line: PhoneLine) -> None:
    case = await line.files(None)
    caller = await calling(line, ALI)
    await caller.presses("1")
    await caller.presses(digits_of(case))
    await caller.presses("2")
    before, count = await line.call_of(caller), len(caller.requests)
    wishes = [(each.id, each.asked_at) for each in await line.callbacks()]
    for number in range(count):
        first = await caller.repeats(number)
        assert await caller.repeats(number) == first
    after = await line.call_of(caller)
    for name in ("id", "state", "outcome", "began_at", "ended_at", "waiting_since", "language"):
        assert getattr(after, name) == getattr(before, name), name
    assert [(each.id, each.asked_at) for each in await line.callbacks()] == wishes
    async with line.database.transaction() as session:
        (guesses,) = await session.scalars(select(ReferenceGuesses))
        assert guesses.asked_for == [case.reference]


async def test_a_forged_signature_is_refused_at_every_step(line: PhoneLine) -> None:
    form = {"CallSid": "CA1", "From": MARYAM, "CallStatus": "ringing", "QueueResult": "leave", "DialCallStatus": "busy"}
    steps = [route.path for route in routes.routes if isinstance(route, APIRoute)]
    assert len(steps) == 11
    for step in steps:
        path = f"{step}?time=1"
        assert (await line.twilio.post(path, form, signature="forged"))[0] == 403, step
        assert (await line.http.post(path, data=form)).status_code == 403, step
        assert (await line.twilio.post(path, form))[0] == 200, step


async def test_what_is_no_call_is_refused(line: PhoneLine) -> None:
    assert (await line.twilio.post("/webhooks/twilio/voice", {"From": MARYAM}))[0] == 400
