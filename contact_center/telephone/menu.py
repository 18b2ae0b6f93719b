"""What a caller is told, and what each key leads to. Each step may be asked for twice: it changes nothing more.

An address carries how often something was asked (`tries`, `asked`), so that a repeat is answered as before.
"""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.arabic import parse_phone
from contact_center.agencies.queries import catalogue
from contact_center.cases.reference import NotAReference, Reference, WrongCheckDigit, parse
from contact_center.channels.voice import Ask, End, Heard, Line, Told
from contact_center.channels.voice import Queue as InQueue
from contact_center.telephone import callbacks, service, speech, status
from contact_center.telephone.models import PhoneCall
from contact_center.telephone.outcomes import Outcome
from contact_center.telephone.words import line

TRIES = 2
"""So often something is asked again before an agent helps."""
NUMBERS = 5
"""So many requests are told in one call before an agent helps."""
REFERENCE_SECONDS = 10
STATUS, CALL_ME, AGENT, LANGUAGE = "1", "2", "0", "9"


async def greet(session: AsyncSession, heard: Heard) -> Told:
    """The first thing: welcome in both languages, and what there is to choose."""
    call = await service.answer(session, heard)
    return _menu(call, 0, line("welcome", call.language))


async def chosen(session: AsyncSession, heard: Heard, tries: int) -> Told:
    """A key of the menu; none: they stay on the line for an agent."""
    call = await service.answer(session, heard)
    if heard.digits == LANGUAGE:
        call.language = _other(call.language)
        return _menu(call, tries)
    known = await _usual(session, call, heard.digits)
    if known is not None:
        return known
    if heard.digits in ("", AGENT):
        return await to_agent(session, call, line("to_agent", call.language))
    if tries >= TRIES:
        return await to_agent(session, call, line("enough", call.language))
    return _menu(call, tries + 1, line("wrong_key", call.language))


async def numbered(session: AsyncSession, heard: Heard, tries: int, asked: int) -> Told:
    """A reference number, typed on the keys: how the case stands."""
    call = await service.answer(session, heard)
    if not heard.digits:
        return await _again(session, call, tries, asked, line("no_number", call.language))
    try:
        reference = parse(heard.digits)
    except NotAReference:
        return await _again(session, call, tries, asked, line("short_number", call.language))
    except WrongCheckDigit:
        digits = speech.digit_by_digit(heard.digits, call.language)
        return await _again(session, call, tries, asked, line("wrong_number", call.language, digits=digits))
    return await _status(session, call, reference, tries, asked)


async def told(session: AsyncSession, heard: Heard, tries: int, asked: int) -> Told:
    """A key after a case was told; none: that was all."""
    call = await service.answer(session, heard)
    if not heard.digits:
        return End((line("goodbye", call.language),))
    known = await _usual(session, call, heard.digits, asked)
    if known is not None:
        return known
    if heard.digits == AGENT or tries >= TRIES:
        return await to_agent(session, call, line("to_agent", call.language))
    return _after(call, asked, line("wrong_key", call.language), tries=tries + 1)


async def phone_typed(session: AsyncSession, heard: Heard, tries: int) -> Told:
    """The number at which somebody without one wants to be called."""
    call = await service.answer(session, heard)
    phone = parse_phone(heard.digits) if heard.digits else None
    if phone is not None:
        return await _will_call(session, call, phone)
    if tries >= TRIES:
        return await to_agent(session, call, line("enough", call.language))
    return _ask_phone(call, tries + 1, line("bad_phone", call.language))


async def call_back(session: AsyncSession, call: PhoneCall, *before: Line) -> Told:
    """Keep that they want to be called back, at their own number or at one that they type."""
    return _ask_phone(call, 0, *before) if call.phone is None else await _will_call(session, call, call.phone, *before)


async def to_agent(session: AsyncSession, call: PhoneCall, *before: Line) -> Told:
    """Have them wait for an agent."""
    await service.wait(session, call)
    return InQueue(before)


async def _usual(session: AsyncSession, call: PhoneCall, key: str, asked: int = 0) -> Told | None:
    """What the keys 1 and 2 lead to, wherever they are offered."""
    if key == STATUS:
        if asked >= NUMBERS:
            return await to_agent(session, call, line("enough", call.language))
        return _ask_number(call, 0, asked)
    return await call_back(session, call) if key == CALL_ME else None


async def _status(session: AsyncSession, call: PhoneCall, reference: Reference, tries: int, asked: int) -> Told:
    language = call.language
    view = await status.look_up(session, call, reference)
    if isinstance(view, status.Wait):
        return await to_agent(session, call, line("paused", language, minutes=speech.minutes(view.minutes, language)))
    if view is None:
        digits = speech.digit_by_digit(reference.digits, language)
        return await _again(session, call, tries, asked, line("unknown_number", language, digits=digits))
    if call.state == "menu":
        call.outcome = Outcome.INFORMED
    return _after(call, asked + 1, *status.stands(view, await catalogue(session), language))


async def _again(session: AsyncSession, call: PhoneCall, tries: int, asked: int, why: Line) -> Told:
    if tries >= TRIES:
        return await to_agent(session, call, why, line("enough", call.language))
    return _ask_number(call, tries + 1, asked, why)


async def _will_call(session: AsyncSession, call: PhoneCall, phone: str, *before: Line) -> Told:
    await callbacks.ask(session, call, phone)
    digits = speech.phone_aloud(phone, call.language)
    return End((*before, line("will_call", call.language, digits=digits)))


def _menu(call: PhoneCall, tries: int, *before: Line) -> Told:
    other = line("other_language", _other(call.language))
    return Ask((*before, line("menu", call.language), other), f"choice?tries={tries}")


def _ask_number(call: PhoneCall, tries: int, asked: int, *before: Line) -> Told:
    lines = (*before, line("ask_number", call.language))
    return Ask(lines, f"number?tries={tries}&asked={asked}", 10, REFERENCE_SECONDS)


def _after(call: PhoneCall, asked: int, *before: Line, tries: int = 0) -> Told:
    return Ask((*before, line("after", call.language)), f"told?tries={tries}&asked={asked}")


def _ask_phone(call: PhoneCall, tries: int, *before: Line) -> Told:
    lines = (*before, line("ask_phone", call.language))
    return Ask(lines, f"phone?tries={tries}", None, REFERENCE_SECONDS)


def _other(language: str) -> str:
    return "ar" if language == "en" else "en"
