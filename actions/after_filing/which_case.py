"""Which case a wish is about: the one whose number was given, was spoken of last, or is the only one it could be."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from actions.after_filing.scene import Scene
from actions.base import Answer
from actions.case_status import shown
from actions.lookups import Wait, look_up, wait_said
from actions.my_cases import line
from actions.texts import Button, text
from contact_center.agencies.entries import AgencyEntry
from contact_center.agencies.queries import catalogue
from contact_center.cases import queries
from contact_center.cases.lifecycle import OPEN
from contact_center.cases.models import Case, CaseEvent
from contact_center.cases.reference import NotAReference, WrongCheckDigit, parse
from contact_center.cases.reopening import refusal
from contact_center.cases.views import OwnView
from contact_center.clock import now

_NEWEST = 20
_OFFERED = 5


async def case_meant(scene: Scene) -> Case | Answer:
    """The case; or what is said where there is none, it is another person's, or it is asked which one it is."""
    if scene.care.reference:
        return await _by_reference(scene, scene.care.reference)
    cases = await _own_cases(scene)
    done_before = await _changed_by_this_message(scene, cases)
    if done_before:
        return done_before
    at, agencies = now(), (await catalogue(scene.session)).agencies
    fitting = [case for case in cases if _fits(scene.care.wish, case, agencies[case.agency], at)]
    spoken_of = [case for case in fitting if case.reference == scene.turn.slots.get("spoken_of")]
    if spoken_of or len(fitting) == 1:
        return (spoken_of or fitting)[0]
    last = [case for case in cases if case.reference == scene.turn.slots.get("spoken_of")]
    if fitting:
        return _choose(scene, fitting[:_OFFERED])
    if last or len(cases) == 1:
        return (last or list(cases))[0]  # and what is wanted of it is said not to be possible any more
    return _choose(scene, cases[:_OFFERED]) if cases else scene.says("say_no_case_of_yours")


async def _by_reference(scene: Scene, given: str) -> Case | Answer:
    try:
        reference = parse(given)
    except WrongCheckDigit:
        return scene.says("say_reference_wrong", reference=shown(f"{given[:2]}-{given[2:6]}-{given[6:]}"))
    except NotAReference:
        return scene.says("say_reference_unreadable")
    view = await look_up(scene.session, scene.turn, reference)
    if isinstance(view, Wait):
        return Answer([wait_said(view, scene.turn.slots)], {"care": None})
    if not isinstance(view, OwnView):
        unknown = "say_reference_unknown" if view is None else "say_not_your_case"
        return scene.says(unknown, reference=shown(reference.display))
    return await queries.by_reference(scene.session, reference) or scene.says("say_no_case_of_yours")


async def _own_cases(scene: Scene) -> Sequence[Case]:
    who = scene.identity
    return await queries.cases_of(scene.session, who.id, who.verified_phone, _NEWEST) if who else []


async def _changed_by_this_message(scene: Scene, cases: Sequence[Case]) -> Case | None:
    """The case that an earlier try of the same turn has changed, so that the answer is the same."""
    message_id = scene.turn.metadata.get("message_id")
    if not message_id or not cases:
        return None
    by_id = {case.id: case for case in cases}
    same = (CaseEvent.case_id.in_(by_id), CaseEvent.idempotency_key.startswith(f"{message_id}:", autoescape=True))
    changed = await scene.session.scalar(select(CaseEvent.case_id).where(*same).limit(1))
    return by_id.get(changed) if changed else None


def _fits(wish: str, case: Case, agency: AgencyEntry, at: datetime) -> bool:
    """Whether a case is such that the wish could be about it."""
    return refusal(case, agency, at) is None if wish == "reopen_case" else case.status in OPEN


def _choose(scene: Scene, cases: Sequence[Case]) -> Answer:
    """The person's own newest cases by buttons; on a channel of short messages what each is about is in its button."""
    slots, on_sms = scene.turn.slots, scene.turn.channel == "sms"
    buttons: list[Button] = [
        {
            "title": line(case, slots) if on_sms else case.reference,
            "payload": f"/inform{json.dumps({'reference': case.reference.replace('-', '')})}",
        }
        for case in cases
    ]
    lines = "" if on_sms else "\n\n" + "\n".join(line(case, slots) for case in cases)
    buttons.append({"title": text("button_none_of_these", slots), "payload": "/deny"})
    return scene.asks("say_which_case", "which", lines=lines, buttons=buttons)
