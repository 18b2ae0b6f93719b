"""What a caller hears who waits for an agent, and how they are put through. A repeat changes nothing, as in `menu`."""

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.office_hours import office_hours
from contact_center.agencies.queries import working_calendar
from contact_center.channels.voice import Connect, End, Ending, Heard, Hold, Leave, Line, Told
from contact_center.channels.voice import Queue as InQueue
from contact_center.clock import now
from contact_center.telephone import menu, service, speech
from contact_center.telephone.models import PhoneCall
from contact_center.telephone.queries import ahead_of, line_of
from contact_center.telephone.words import line

HOLD_SECONDS = 20
"""Between two times that something is said to whoever waits."""
RING_SECONDS = 20


def step_of(call: PhoneCall) -> str:
    """Where a call goes on whom an agent has taken."""
    return f"connect?time={call.times_taken}"


async def holding(session: AsyncSession, heard: Heard) -> Told:
    """How many are before them, when staff are back, and that they may be called instead."""
    call = await service.answer(session, heard)
    lines = [await _place(session, call), *await _closed(session, call), line("hold", call.language)]
    return Hold(tuple(lines), "held", HOLD_SECONDS)


async def held(session: AsyncSession, heard: Heard) -> Told:
    """A key while they wait."""
    return Leave() if heard.digits == menu.CALL_ME else await holding(session, heard)


async def left(session: AsyncSession, heard: Heard, ending: Ending) -> Told:
    """They are out of the provider's queue."""
    call = await service.answer(session, heard)
    if ending == Ending.GONE:
        await service.end(session, call)
        return End()
    if ending == Ending.TAKEN:
        return await _through(session, call)
    await service.leave(session, call)
    busy = (line("full", call.language),) if ending == Ending.FAILED else ()
    return await menu.call_back(session, call, *busy)


async def connect(session: AsyncSession, heard: Heard, time: int) -> Told:
    """Ring the agent who took them, unless that is over."""
    call = await service.answer(session, heard)
    if call.times_taken != time:
        return InQueue(())
    return await _through(session, call)


async def rung(session: AsyncSession, heard: Heard, time: int, *, through: bool) -> Told:
    """The agent has hung up, or did not answer: then they wait on, at their place."""
    call = await service.answer(session, heard)
    if through:
        return End((line("goodbye", call.language),))
    await service.give_back(session, call, time)
    return InQueue((line("no_agent", call.language),))


async def _through(session: AsyncSession, call: PhoneCall) -> Told:
    where = await line_of(session, call.taken_by) if call.taken_by and call.state == "taken" else None
    if where is None:
        return InQueue(())
    return Connect((line("connecting", call.language),), where, f"rung?time={call.times_taken}", RING_SECONDS)


async def _place(session: AsyncSession, call: PhoneCall) -> Line:
    ahead = await ahead_of(session, call)
    return line("ahead", call.language, ahead=ahead) if ahead else line("next", call.language)


async def _closed(session: AsyncSession, call: PhoneCall) -> list[Line]:
    hours, calendar, moment = office_hours(), await working_calendar(session), now()
    if hours.are_on(moment, calendar):
        return []
    opens_at = hours.next_opening(moment, calendar)
    return [line("closed", call.language, when=speech.opening(opens_at, call.language))] if opens_at else []
