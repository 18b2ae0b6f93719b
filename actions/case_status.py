"""action_case_status: how the case stands whose number was given."""

from datetime import datetime
from typing import Any

from actions.after_filing.care import Care
from actions.backend import database
from actions.base import Answer, TurnAction
from actions.known import catalogue
from actions.lookups import Wait, look_up, wait_said
from actions.summary import shortened
from actions.texts import Slots, Utterance, for_kind, text, utterance
from actions.turn import Turn
from contact_center.cases.lifecycle import OPEN
from contact_center.cases.reference import NotAReference, Reference, WrongCheckDigit, parse
from contact_center.cases.views import Happened, OwnView, PublicView
from contact_center.clock import now
from contact_center.notifications.case_words import outcome_words
from contact_center.notifications.dates import readable_day

_LONGEST_DESCRIPTION = 150
_LONGEST_REPLY = 1000
_KINDS = {
    *("filed", "reply", "information", "interim", "transferred", "merged", "reopened", "withdrawn"),
    *("outcome", "passed_on"),
}
_ANSWERED = {"answered", "closed"}
_WITH_WORDS = {"status", "interim", "outcome"}
"""Kinds of events whose words are no reply and are told with them."""


class CaseStatus(TurnAction):
    """Tells who filed it everything that matters, anyone else what the number alone opens."""

    called = "action_case_status"

    async def act(self, turn: Turn) -> Answer:
        """Forgets the number afterwards, so that the next one is a question of its own."""
        given = str(turn.slots.get("reference") or "")
        as_written = f"{given[:2]}-{given[2:6]}-{given[6:]}"
        try:
            reference = parse(given)
        except NotAReference:
            said = [utterance("say_reference_unreadable", turn.slots)]
        except WrongCheckDigit:
            said = [utterance("say_reference_wrong", turn.slots, reference=shown(as_written))]
        else:
            return await _status(turn, reference)
        return Answer(said, {"reference": None})


async def _status(turn: Turn, reference: Reference) -> Answer:
    """How it stands; what is said of a case of one's own next is then about this one."""
    async with database().transaction() as session:
        view = await look_up(session, turn, reference)
    if isinstance(view, Wait):
        return Answer([wait_said(view, turn.slots)], {"reference": None})
    if view is None:
        said = [utterance("say_reference_unknown", turn.slots, reference=shown(reference.display))]
        return Answer(said, {"reference": None})
    about: dict[str, Any] = {"spoken_of": view.reference} if isinstance(view, OwnView) else {}
    if isinstance(view, OwnView) and view.question and turn.form != "case_form":
        about["care"] = Care("add_information", view.reference, step="words").kept()
    other = view.reference != reference.display
    said = as_merged(reference.display, view, turn.slots) if other else as_said(view, turn.slots)
    return Answer(said, {"reference": None, **about})


def as_said(view: PublicView, slots: Slots) -> list[Utterance]:
    """A case in words: status, agency and date; for who filed it also their words and the newest reply."""
    language = slots.get("language") or "ar"
    values = {
        "reference": shown(view.reference),
        "type": text(f"word_type_{view.type}", slots),
        "category": catalogue().categories[view.category].name(language),
        "agency": catalogue().agencies[view.agency].name(language),
        "status": status_said(view.status, view.type, view.outcome if isinstance(view, OwnView) else None, slots),
        "date": due_day(view.due_at, slots),
    }
    if not isinstance(view, OwnView):
        return [utterance(for_kind("say_status", view.type), slots, **values)]
    values |= {
        "description": shortened(view.description, _LONGEST_DESCRIPTION),
        "happened": happened(view, slots),
        "next": comes_next(view, slots),
    }
    said = [utterance("say_status_own", slots, **values)]
    if view.replies:
        said.append(utterance("say_status_reply", slots, reply=shortened(view.replies[-1].text, _LONGEST_REPLY)))
    return said if view.merged_into is None else [*said, *as_merged(view.reference, view.merged_into, slots)]


def as_merged(reference: str, main: PublicView, slots: Slots) -> list[Utterance]:
    """That a case was merged into another, and how that one stands."""
    return [utterance("say_merged", slots, reference=shown(reference)), *as_said(main, slots)]


def status_said(status: str, kind: str, outcome: str | None, slots: Slots) -> str:
    """Where a case of some kind stands; of an answered suggestion also what becomes of it."""
    said = text(for_kind(f"word_status_{status}", kind), slots)
    words = outcome_words(outcome, slots.get("language") or "ar") if status in _ANSWERED else ""
    judged = text("word_outcome", slots, outcome=words) if words else ""
    return text("word_comma", slots).join(filter(None, [said, judged]))


def happened(view: OwnView, slots: Slots) -> str:
    """What was done last, and when: «الأحد 29 نوفمبر 2026: ردت الجهة»."""
    newest = view.happened
    if newest is None:
        return readable_day(view.created_at, slots.get("language") or "ar")
    known = f"word_event_{newest.kind}" if newest.kind in _KINDS else f"word_status_{newest.status or view.status}"
    tells = newest.text if newest.kind in _WITH_WORDS and newest.text != view.question else None
    words = f" – {shortened(tells, _LONGEST_DESCRIPTION)}" if tells else ""
    said = text(known, slots, **_named(newest, slots))
    return f"{readable_day(newest.at, slots.get('language') or 'ar')}: {said}{words}"


def _named(newest: Happened, slots: Slots) -> dict[str, str]:
    """What the words for an event may name: the new date, the agency that it went on to, the case that it joined."""
    agency = catalogue().agencies[newest.agency].name(slots.get("language") or "ar") if newest.agency else ""
    other = shown(newest.into) if newest.into else ""
    return {"date": due_day(newest.due_at, slots), "agency": agency, "other": other}


def comes_next(view: PublicView, slots: Slots) -> str:
    """What comes next and by when; that it is late, where it is, and what can be done."""
    if isinstance(view, OwnView) and view.outcome and view.status in _ANSWERED:
        return text(f"word_next_outcome_{view.outcome}", slots)
    if isinstance(view, OwnView) and view.question:
        return text("word_next_asked", slots, question=shortened(view.question, _LONGEST_REPLY))
    late = view.status in OPEN and view.status != "waiting" and view.due_at is not None and view.due_at < now()
    name = "word_next_late" if late else for_kind(f"word_next_{view.status}", view.type)
    return text(name, slots, date=due_day(view.due_at, slots))


def due_day(due_at: datetime | None, slots: Slots) -> str:
    """The day of a deadline in words; nothing for a case that has none, whose wordings do not name it."""
    return readable_day(due_at, slots.get("language") or "ar") if due_at else ""


def shown(reference: str) -> str:
    """A number that keeps its order between Arabic words."""
    return f"\u2066{reference}\u2069"
