"""A case by its number, for whoever asks: their own whole, another's as far as the number alone opens it."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from actions.backend import identity_of
from actions.texts import Slots, Utterance, counted, utterance
from actions.turn import Turn
from contact_center.cases import guessing, queries
from contact_center.cases.merged import main_of
from contact_center.cases.reference import Reference
from contact_center.cases.views import PublicView, public_view


@dataclass(frozen=True)
class Wait:
    """So many numbers were not theirs that nothing is said of the next for these minutes."""

    minutes: int


async def look_up(session: AsyncSession, turn: Turn, reference: Reference) -> PublicView | Wait | None:
    """What may be seen of a case; None where there is none. Commit it: what is not their own is counted.

    Who joined a case that was merged into another sees that one, which they follow since.
    While somebody has to wait, the same is done and said whether or not the case exists.
    """
    identity = await identity_of(session, turn)
    if identity is None:
        case = await queries.by_reference(session, reference)
        return public_view(case) if case else None
    theirs = await queries.filed_or_joined(session, reference, identity)
    if theirs is not None:
        return (
            await queries.own(session, theirs.case)
            if theirs.filed
            else public_view(await main_of(session, theirs.case))
        )
    minutes = await guessing.minutes_to_wait(session, identity.id, reference.display)
    if minutes is not None:
        return Wait(minutes)
    case = await queries.by_reference(session, reference)
    return public_view(case) if case else None


def wait_said(wait: Wait, slots: Slots) -> Utterance:
    """When to try again, in the person's language."""
    return utterance("say_too_many_numbers", slots, minutes=counted("minutes", wait.minutes, slots))
