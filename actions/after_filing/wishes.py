"""What is done for each wish, and what is said of it. Each is done once per message, however often a turn is tried."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from actions.after_filing.scene import Scene
from actions.base import Answer
from actions.case_status import due_day
from actions.texts import Button, counted, for_kind, text
from contact_center.agencies.entries import AgencyEntry
from contact_center.agencies.queries import catalogue
from contact_center.cases import aftercare
from contact_center.cases.lifecycle import OPEN, Status
from contact_center.cases.models import Case
from contact_center.cases.reopening import TooLate, TooOften, refusal
from contact_center.clock import now
from contact_center.errors import Conflict

_NOT_REOPENED = {TooLate.code: "say_reopen_too_late", TooOften.code: "say_reopen_too_often"}
_LOW = 2
"""Up to this rating the case is offered to be reopened."""


async def add_information(scene: Scene, case: Case) -> Answer:
    """Add what came; ask for it, or for more."""
    care = scene.care
    if care.step == "reopen" and care.answer == "yes":
        return await reopen_case(scene, case)
    if care.answer == "no":
        return scene.says("say_added_all" if care.step == "more" else "say_left_as_it_is", case)
    if care.step == "photo" and care.answer != "yes":
        return scene.asks("say_photo_for_case_again" if care.answer else "say_photo_for_case", "photo", case)
    if care.answer == "again" and care.step == "more":
        return scene.asks("say_anything_more", "more", case)
    if not care.words and not care.files:
        takes = case.status in {*OPEN, Status.DUPLICATE}
        return scene.asks("say_what_to_add", "words", case) if takes else await _ended(scene, case)
    try:
        added = await aftercare.add_information(
            scene.session,
            case,
            care.words,
            attachments=scene.files,
            conversation_id=scene.conversation,
            idempotency_key=scene.key("information"),
        )
    except Conflict:
        return await _ended(scene, case)
    if added.data["before"] == Status.WAITING and case.due_at is not None:
        return await _answered(scene, case)
    if scene.in_form:
        return scene.says("say_added", case)
    return scene.asks("say_added_more", "more", case, care=replace(care, words="", files=()))


async def _answered(scene: Scene, case: Case) -> Answer:
    """What the agency had asked for is there, and the case goes on."""
    slots = scene.turn.slots
    agency = (await _agency(scene, case)).name(slots.get("language") or "ar")
    values = {"agency": agency, "date": due_day(case.due_at, slots)}
    if scene.in_form:
        return scene.says("say_answered", case, **values)
    return scene.asks("say_answered_more", "more", case, care=replace(scene.care, words="", files=()), **values)


async def withdraw_case(scene: Scene, case: Case) -> Answer:
    """Ask once, then withdraw."""
    care = scene.care
    if care.answer == "no":
        return scene.says("say_left_as_it_is")
    if care.step == "sure" and care.answer == "yes":
        try:
            await aftercare.withdraw(scene.session, case, care.words, idempotency_key=scene.key("withdrawn"))
        except Conflict:
            return _over(scene, case)
        said = scene.says("say_withdrawn", case)
        return replace(said, slots={**said.slots, "filed_at": None})  # a photo that comes next is of something else
    if case.status not in OPEN and case.status != "answered":
        return _over(scene, case)
    return scene.asks("say_withdraw_sure", "sure", case)


async def reopen_case(scene: Scene, case: Case) -> Answer:
    """Reopen with the reason; ask for it where it was not said."""
    care = scene.care
    if care.answer == "no":
        return scene.says("say_left_as_it_is")
    if not care.words and not care.files:
        if case.status in OPEN:
            return scene.says(for_kind("say_still_open", case.type), case, date=due_day(case.due_at, scene.turn.slots))
        if refused := await _refused(scene, case):
            return await _not_reopened(scene, case, refused)
        return scene.asks("say_reopen_reason", "reason", case, care=replace(care, wish="reopen_case"))
    try:
        await aftercare.reopen(
            scene.session,
            case,
            care.words or text("word_see_files", scene.turn.slots),
            attachments=scene.files,
            conversation_id=scene.conversation,
            idempotency_key=scene.key("reopened"),
        )
    except (TooLate, TooOften) as refused:
        return await _not_reopened(scene, case, refused)
    except Conflict:
        return await _add_instead(scene, case)
    return scene.says(for_kind("say_reopened", case.type), case, date=due_day(case.due_at, scene.turn.slots))


async def rate_reply(scene: Scene, case: Case) -> Answer:
    """Keep the rating; then a word on it is welcome, and a low one may reopen the case."""
    care = scene.care
    if care.step == "reopen" and care.answer == "yes":
        return await reopen_case(replace(scene, care=replace(care, wish="reopen_case", answer=None)), case)
    if care.answer == "no":
        return scene.says("say_rating_kept", case)
    if care.answer == "again":
        return await _after_rating(scene, case)
    try:
        await aftercare.rate(scene.session, case, care.rating or 0, care.words, idempotency_key=scene.key("rating"))
    except TooLate:
        return scene.says("say_rating_too_late", case)
    except Conflict:
        return scene.says("say_not_answered_yet", case)
    return await _after_rating(scene, case)


async def _after_rating(scene: Scene, case: Case) -> Answer:
    care = scene.care
    if scene.in_form or care.rating is None:
        return scene.says("say_rating_thanks", case)
    if care.rating <= _LOW and not await _refused(scene, case):
        again = "say_reopen_offered_again" if care.step == "reopen" else "say_reopen_offered"
        return scene.asks(again, "reopen", case)
    if care.words or care.step == "comment":
        return scene.says("say_rating_thanks", case)
    return scene.asks("say_rating_comment", "comment", case)


async def _ended(scene: Scene, case: Case) -> Answer:
    """Something to add to what has ended: it may be reopened with it."""
    if not scene.in_form and not await _refused(scene, case):
        return scene.asks("say_ended_reopen", "reopen", case, status=_status(scene, case))
    return _over(scene, case)


async def _add_instead(scene: Scene, case: Case) -> Answer:
    """To be reopened, though it is open: what is wrong is added to it. A duplicate is not open."""
    if case.status not in OPEN:
        return _over(scene, case)
    await aftercare.add_information(
        scene.session,
        case,
        scene.care.words,
        attachments=scene.files,
        conversation_id=scene.conversation,
        idempotency_key=scene.key("information"),
    )
    return scene.says(for_kind("say_still_open_added", case.type), case, date=due_day(case.due_at, scene.turn.slots))


async def _refused(scene: Scene, case: Case) -> Conflict | None:
    """Why the case is not reopened, by its agency's rule; None where it may be."""
    return refusal(case, await _agency(scene, case), now())


async def _agency(scene: Scene, case: Case) -> AgencyEntry:
    return (await catalogue(scene.session)).agencies[case.agency]


async def _not_reopened(scene: Scene, case: Case, refused: Conflict) -> Answer:
    """Why not, and the way on: a new case that names this one."""
    if refused.code not in _NOT_REOPENED:
        return _over(scene, case)
    slots = scene.turn.slots
    days = counted("days", (await _agency(scene, case)).reopen_days, slots)
    payload = f"/report_complaint{json.dumps({'follows': case.reference})}"
    follow_up: list[Button] = [{"title": text("button_follow_up", slots), "payload": payload}]
    return scene.says(_NOT_REOPENED[refused.code], case, days=days, buttons=follow_up)


def _over(scene: Scene, case: Case) -> Answer:
    return scene.says("say_case_is_over", case, status=_status(scene, case))


def _status(scene: Scene, case: Case) -> str:
    return text(f"word_status_{case.status}", scene.turn.slots)


WISHES: Mapping[str, Callable[[Scene, Case], Awaitable[Answer]]] = {
    "add_information": add_information,
    "withdraw_case": withdraw_case,
    "reopen_case": reopen_case,
    "rate_reply": rate_reply,
}
"""What fulfils a wish, by `Care.wish`."""
