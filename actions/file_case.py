"""action_file_case: the confirmed form becomes a case, once per confirming message."""

from sqlalchemy.ext.asyncio import AsyncSession

from actions.backend import conversation_id_of, database, identity_of
from actions.base import Answer, TurnAction
from actions.case_status import due_day
from actions.draft import INITIAL
from actions.known import catalogue
from actions.other_matters import offer
from actions.similar import JOIN, join_similar
from actions.texts import Slots, Utterance, for_kind, text, utterance
from actions.turn import Turn
from contact_center.cases import service
from contact_center.cases.models import Case
from contact_center.cases.new_case import NewCase
from contact_center.notifications.case_events import tell_filed

_PLACE = ("area", "block", "road", "building", "address", "contact_name")


class FileCase(TurnAction):
    """Files the case, or joins an open one; tells number, agency and date; a repeated turn finds the same."""

    called = "action_file_case"

    async def act(self, turn: Turn) -> Answer:
        """Empties the draft. A database that does not answer raises: nothing is then said, and the turn is repeated."""
        wants_to_join = turn.slots.get("similar") == JOIN
        async with database().transaction() as session:
            joined = await join_similar(session, turn) if wants_to_join else None
            case = joined or await file(session, turn)
            if not joined:
                await tell_filed(session, case)
        said = receipt(case, turn, _heading(turn) if joined else "say_filed")
        if wants_to_join and not joined:
            said.insert(0, utterance("say_similar_has_ended", turn.slots))
        offered = offer(turn.slots)
        spoken_of = None if joined or offered else case.reference
        topic = {"topic": "other_offered"} if offered else {}
        filed_at = case.created_at.isoformat() if spoken_of else None
        known = {"last_reference": case.reference, "spoken_of": spoken_of, "filed_at": filed_at}
        return Answer([*said, *offered], {**INITIAL, **known, **topic})


async def file(session: AsyncSession, turn: Turn) -> Case:
    """File the draft of a turn as a case; committing is the caller's."""
    slots = turn.slots
    identity = await identity_of(session, turn)
    new = NewCase(
        type=slots["case_type"],
        category=slots["category"],
        description=slots["description"],
        governorate=slots.get("governorate"),
        **{field: slots.get(field) or None for field in _PLACE},
        lat=slots.get("lat"),
        lon=slots.get("lon"),
        contact_phone=slots.get("contact_phone") or None,
        anonymous=bool(slots.get("anonymous")),
        channel=turn.channel,
        language=slots.get("language") or "ar",
        conversation_id=conversation_id_of(turn) if identity else None,
        identity_id=identity.id if identity else None,
        follows=slots.get("follows"),
        attachments=tuple(slots.get("attachments") or ()),
        source_message_id=turn.metadata.get("message_id"),
    )
    return await service.file(session, new)


def _heading(turn: Turn) -> str:
    """What somebody is told who joined a case, or added to their own."""
    if (turn.slots.get("similar_case") or {}).get("filed"):
        return "say_added_to_own"
    return "say_joined_on_call" if turn.channel == "call_center" else "say_joined"


def receipt(case: Case, turn: Turn, heading: str = "say_filed") -> list[Utterance]:
    """What the person is told; on a call also that the number is to be read back."""
    slots: Slots = turn.slots
    language = slots.get("language") or "ar"
    said = [
        utterance(
            for_kind(heading, case.type),
            slots,
            reference=f"\u2066{case.reference}\u2069",
            agency=catalogue().agencies[case.agency].name(language),
            date=due_day(case.due_at, slots),
            person=text("word_and_supervisor", slots, praised=case.praised) if case.praised else "",
        )
    ]
    if turn.channel == "call_center":
        said.append(utterance("say_read_back", slots, groups=case.reference.replace("-", " – ")))
    return said
