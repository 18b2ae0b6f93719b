"""Telling everything to everybody on every way, and what each of them received, as a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from contact_center.agencies.queries import catalogue
from contact_center.cases import service
from contact_center.cases.models import Case, CaseFollower
from contact_center.cases.new_case import NewCase
from contact_center.channels.base import ChannelCode
from contact_center.channels.twilio import WhatsAppChannel
from contact_center.conversations.models import OutboxMessage
from contact_center.notifications import followers
from contact_center.notifications.case_events import tell_event
from contact_center.notifications.templates import told
from tests.contact_center.notifications.happenings import HAPPENINGS, WITH_ANOTHER, WORDS
from tests.contact_center.notifications.ways import APPROVED, WAYS, Person, Way, World

_REFERENCE = "26-0123-4567"
AUDIENCES = {"filer": "who filed the case", "follower": "who joined it"}
LANGUAGES = ("ar", "en")
Key = tuple[str, str, str, Way]
"""Event, audience, language and way."""


@dataclass(frozen=True)
class Received:
    """What a provider received for one person: where, the words, the buttons, and the name of an approved template."""

    where: str
    text: str
    buttons: Sequence[str] = ()
    template: str | None = None


@dataclass(frozen=True)
class Cell:
    """What arrived, and how the messages stand that the outbox has of it, with their errors."""

    received: Sequence[Received]
    rows: Sequence[tuple[str, str, str | None]]


async def tell_everything(world: World) -> dict[Key, Cell]:
    """Every event told to each audience in both languages on every way; what nobody can hear is told in Arabic."""
    cells: dict[Key, Cell] = {}
    for way in WAYS:
        if way.how == APPROVED:
            _approve(world)
        for language in LANGUAGES if way.well else LANGUAGES[:1]:
            for event, audience in told():
                if event not in WITH_ANOTHER and _is_told(event, way):
                    cells |= await _tell(world, way, language, event, audience)
    return cells


def _is_told(event: str, way: Way) -> bool:
    """Who writes is told in the conversation that a case is filed."""
    return not event.startswith("filed") or way.channel == ChannelCode.CALL_CENTER


def _approve(world: World) -> None:
    world.twilio.decide("approved")
    whatsapp = world.channels[ChannelCode.WHATSAPP]
    assert isinstance(whatsapp, WhatsAppChannel)
    whatsapp.approvals.look_again()


async def _tell(world: World, way: Way, language: str, event: str, audience: str) -> dict[Key, Cell]:
    """One event told to one person; what is told with it has a cell of its own."""
    person = await way.meet(world, language)
    before = {name: len(telephone.heard) for name, telephone in person.telephones.items()}
    reference, event_id = await _happen(world, person, language, event, audience)
    await world.deliver()
    rows = await _rows(world, event_id)
    heard = [_named(one, reference) for one in (*_heard(world, person, before), *_read(rows))]
    cells = {}
    for name in (event, *(other for other, with_ in WITH_ANOTHER.items() if with_ == event and audience == "filer")):
        mine = [row for row in rows if row.notification and row.notification["event"] == name]
        received = [one for one in heard if _asks(one) == (name == "rate")]
        cells[name, audience, language, way] = Cell(received, [(row.channel, row.status, row.error) for row in mine])
    return cells


def _asks(one: Received) -> bool:
    """Whether a message is the question what a reply was worth, and not the reply."""
    return "شرايك" in one.text or "What do you think" in one.text


async def _happen(world: World, person: Person, language: str, event: str, audience: str) -> tuple[str, int]:
    """File a case, let the thing happen to it, and tell it; the case's reference, and the event's id."""
    happening = HAPPENINGS[event]
    theirs = person.conversation
    async with world.database.transaction() as session:
        own = {"conversation_id": theirs.id, "identity_id": theirs.identity_id, "channel": theirs.channel}
        filer = own if audience == "filer" else {"channel": ChannelCode.WEBCHAT.value}
        form = {"type": happening.type, "category": "road.pothole", "description": happening.description}
        case = await service.file(session, NewCase(**form, language=language, governorate="muharraq", **filer))
        if audience == "follower":
            session.add(CaseFollower(case_id=case.id, identity_id=theirs.identity_id, conversation_id=theirs.id))
    async with world.database.transaction() as session:
        case = await session.get_one(Case, case.id)
        told_of = await happening.act(session, case, WORDS[language])
        await tell_event(session, await catalogue(session), case, told_of)
    await followers.tell(world.database, told_of.id)
    return case.reference, told_of.id


async def _rows(world: World, event_id: int) -> Sequence[OutboxMessage]:
    """What the outbox has of an event, by whichever channel."""
    of_it = select(OutboxMessage).where(OutboxMessage.case_event_id == event_id).order_by(OutboxMessage.id)
    async with world.database.transaction() as session:
        return list(await session.scalars(of_it))


def _heard(world: World, person: Person, before: Mapping[str, int]) -> Iterator[Received]:
    names = {sid: approval.name for sid, approval in world.twilio.approvals.items()}
    for where, telephone in person.telephones.items():
        for heard in telephone.heard[before[where] :]:
            template = names.get(getattr(heard, "template_sid", None) or "")
            yield Received(where, heard.text, list(heard.buttons), template)


def _read(rows: Sequence[OutboxMessage]) -> Iterator[Received]:
    for row in rows:
        if row.channel == ChannelCode.WEBCHAT:
            yield Received("webchat", row.text, [button["title"] for button in row.buttons])


def _named(one: Received, reference: str) -> Received:
    return Received(one.where, one.text.replace(reference, _REFERENCE), one.buttons, one.template)
