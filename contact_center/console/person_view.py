"""Everything that a person's page shows, read in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts.models import Account
from contact_center.accounts.queries import display_names
from contact_center.agencies.queries import catalogue
from contact_center.channels.base import ChannelCode
from contact_center.citizens.models import ChannelIdentity, PrivacyRequest
from contact_center.console.case_rows import Row, rows
from contact_center.console.permissions import may_see, serves_people
from contact_center.conversations.subscription import has_a_say
from contact_center.privacy import held, requests
from contact_center.privacy.held import Note, Talked
from contact_center.privacy.person import Person
from contact_center.privacy.requests import Kind, Recognised, Waits
from contact_center.privacy.search import name_of
from contact_center.telephone.models import PhoneCall


@dataclass(frozen=True)
class Identity:
    """An address of the person's. `has_a_say`: whether messages go there by themselves."""

    identity: ChannelIdentity
    has_a_say: bool


@dataclass(frozen=True)
class RequestsView:
    """What was asked for a person, and what the reader may do about it. `names`: of staff, by username."""

    person: Person
    asked: Sequence[Waits]
    names: Mapping[str, str]
    may_serve: bool
    kinds: Sequence[Kind]
    """What may be asked for now."""
    recognised: Sequence[Recognised]


@dataclass(frozen=True)
class PersonView:
    """A person with all that is known of them; names are in the reader's language."""

    person: Person
    name: str | None
    identities: Sequence[Identity]
    cases: Sequence[Row]
    joined: Sequence[Row]
    conversations: Sequence[Talked]
    calls: Sequence[tuple[PhoneCall, str | None]]
    """Each with what the agent is called who took it."""
    notes: Sequence[tuple[Note, str]]
    """Each with what its writer is called."""
    requests: RequestsView


async def view(session: AsyncSession, account: Account, known: Person, language: str) -> PersonView:
    """All of it; of cases only those that the account may see."""
    entries = await catalogue(session)
    filed = [case for case in await held.cases(session, known) if may_see(account, case)]
    joined = [case for case in await held.joined(session, known) if may_see(account, case)]
    calls, notes = await held.calls(session, known), await held.notes(session, known)
    names = await display_names(
        session, {call.taken_by for call in calls if call.taken_by} | {note.author for note in notes}
    )
    return PersonView(
        person=known,
        name=await name_of(session, known),
        identities=_identities(known),
        cases=await rows(session, filed, entries, language),
        joined=await rows(session, joined, entries, language),
        conversations=await held.conversations(session, known),
        calls=[(call, names.get(call.taken_by or "")) for call in calls],
        notes=[(note, names.get(note.author, note.author)) for note in notes],
        requests=await requests_view(session, account, known),
    )


async def requests_view(session: AsyncSession, account: Account, known: Person) -> RequestsView:
    """What was asked for a person."""
    asked = await requests.of_person(session, known)
    waiting = {each.request.kind for each in asked if each.request.state == "asked"}
    may_serve = serves_people(account)
    return RequestsView(
        person=known,
        asked=asked,
        names=await names_in(session, [each.request for each in asked]),
        may_serve=may_serve,
        kinds=[kind for kind in Kind if kind not in waiting] if may_serve and not known.erased else [],
        recognised=list(Recognised),
    )


async def names_in(session: AsyncSession, asked: Sequence[PrivacyRequest]) -> dict[str, str]:
    """What the staff are called who asked and decided, by username."""
    return await display_names(session, {one for each in asked for one in (each.asked_by, each.decided_by) if one})


def _identities(known: Person) -> list[Identity]:
    """Where they write from; each call has an identity of its own, which says nothing."""
    shown = [identity for identity in known.identities if identity.channel != ChannelCode.CALL_CENTER]
    return [Identity(identity, has_a_say(identity)) for identity in shown]
