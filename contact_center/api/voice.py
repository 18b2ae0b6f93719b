"""Where Twilio asks what to tell a caller: one address for each step, see docs/telephone.md."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.api.dependencies import DatabaseOf, VoiceOf
from contact_center.api.twilio_signature import SignedForm
from contact_center.channels.twilio_voice import VoiceLine, is_over, read_call, read_ending, was_put_through
from contact_center.channels.voice import Heard, Told
from contact_center.database import Database
from contact_center.errors import NotFound
from contact_center.telephone import menu, queue, service

router = APIRouter(prefix="/webhooks/twilio/voice", include_in_schema=False)

Step = Callable[[AsyncSession], Awaitable[Told]]
Tell = Callable[[Step], Awaitable[Response]]


async def heard_by(form: SignedForm) -> Heard:
    """What the request says of the call."""
    return read_call(form)


async def line_on(voice: VoiceOf) -> VoiceLine:
    """Our number for calls; raises `NotFound` where there is none."""
    if voice is None:
        raise NotFound("Calls are not switched on.")
    return voice


async def telling(line: Annotated[VoiceLine, Depends(line_on)], database: DatabaseOf) -> Tell:
    """Does a step in a transaction of its own and answers with its TwiML."""
    return lambda step: _tell(line, database, step)


HeardBy = Annotated[Heard, Depends(heard_by)]
Telling = Annotated[Tell, Depends(telling)]


@router.post("")
async def greet(heard: HeardBy, tell: Telling) -> Response:
    """A call comes in."""
    return await tell(lambda session: menu.greet(session, heard))


@router.post("/choice")
async def choice(heard: HeardBy, tell: Telling, tries: int = 0) -> Response:
    """A key of the menu, or none."""
    return await tell(lambda session: menu.chosen(session, heard, tries))


@router.post("/number")
async def number(heard: HeardBy, tell: Telling, tries: int = 0, asked: int = 0) -> Response:
    """A reference number, or nothing."""
    return await tell(lambda session: menu.numbered(session, heard, tries, asked))


@router.post("/told")
async def told(heard: HeardBy, tell: Telling, tries: int = 0, asked: int = 0) -> Response:
    """A key after a case was told, or none."""
    return await tell(lambda session: menu.told(session, heard, tries, asked))


@router.post("/phone")
async def phone(heard: HeardBy, tell: Telling, tries: int = 0) -> Response:
    """A number to be called at, or nothing."""
    return await tell(lambda session: menu.phone_typed(session, heard, tries))


@router.post("/waiting")
async def waiting(heard: HeardBy, tell: Telling) -> Response:
    """What is said to whoever waits; asked for again whenever it is over."""
    return await tell(lambda session: queue.holding(session, heard))


@router.post("/held")
async def held(heard: HeardBy, tell: Telling) -> Response:
    """A key while they wait."""
    return await tell(lambda session: queue.held(session, heard))


@router.post("/left")
async def left(form: SignedForm, heard: HeardBy, tell: Telling) -> Response:
    """They are out of Twilio's queue."""
    ending = read_ending(form)
    return await tell(lambda session: queue.left(session, heard, ending))


@router.post("/connect")
async def connect(heard: HeardBy, tell: Telling, time: int) -> Response:
    """An agent has taken them for the `time`-th time."""
    return await tell(lambda session: queue.connect(session, heard, time))


@router.post("/rung")
async def rung(form: SignedForm, heard: HeardBy, tell: Telling, time: int) -> Response:
    """What became of ringing that agent."""
    through = was_put_through(form)
    return await tell(lambda session: queue.rung(session, heard, time, through=through))


@router.post("/status")
async def status(
    form: SignedForm, heard: HeardBy, _line: Annotated[VoiceLine, Depends(line_on)], database: DatabaseOf
) -> Response:
    """The call is over."""
    if is_over(form):
        async with database.transaction() as session:
            await service.end(session, await service.answer(session, heard))
    return Response()


async def _tell(line: VoiceLine, database: Database, step: Step) -> Response:
    async with database.transaction() as session:
        answer = await step(session)
    return Response(line.twiml(answer), media_type="text/xml")
