"""How a case stands, for a caller who has its number: what the number alone opens.

A number that the network shows can be forged, so it opens nothing more; it only spares people the pause for guessing
while they ask about what was filed with it.
"""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.agencies.entries import Catalogue
from contact_center.cases import guessing, queries
from contact_center.cases.lifecycle import OPEN, Status
from contact_center.cases.reference import Reference
from contact_center.cases.views import PublicView, public_view
from contact_center.channels.base import ChannelCode
from contact_center.channels.voice import Line
from contact_center.citizens.service import identity_for
from contact_center.clock import now
from contact_center.notifications.dates import readable_day
from contact_center.telephone.models import PhoneCall
from contact_center.telephone.speech import digit_by_digit
from contact_center.telephone.words import line, words

WITHHELD = "withheld"
"""Callers without a number cannot be told apart: they share one count of numbers asked for."""


@dataclass(frozen=True)
class Wait:
    """So many numbers were not theirs that nothing is said of the next for these minutes."""

    minutes: int


async def look_up(session: AsyncSession, call: PhoneCall, reference: Reference) -> PublicView | Wait | None:
    """What may be heard of a case; None where there is none. Commit it: what is not their own is counted."""
    case = await queries.by_reference(session, reference)
    if case is not None and await queries.may_see_all(session, case, None, call.phone):
        return public_view(case)
    asker = await identity_for(session, ChannelCode.CALL_CENTER, call.phone or WITHHELD)
    minutes = await guessing.minutes_to_wait(session, asker.id, reference.display)
    if minutes is not None:
        return Wait(minutes)
    return public_view(case) if case else None


def stands(view: PublicView, catalogue: Catalogue, language: str) -> list[Line]:
    """The number again, what it is about, where it is, and by when an answer comes."""
    said = [
        line(
            "stands",
            language,
            digits=digit_by_digit(view.reference.replace("-", ""), language),
            type=words(f"type_{view.type}", language),
            category=catalogue.categories[view.category].name(language),
            agency=catalogue.agencies[view.agency].name(language),
            status=words(f"status_{view.status}", language),
        )
    ]
    if view.status == Status.ANSWERED:
        said.append(line("answer_sent", language))
    elif view.status in OPEN and view.due_at is not None:
        late = view.status != Status.WAITING and view.due_at < now()
        said.append(line("late" if late else "due", language, date=readable_day(view.due_at, language)))
    return said
