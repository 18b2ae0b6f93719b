"""action_ask_case_form_category: what the case is about, proposed or to be chosen."""

import json
from collections.abc import Iterable

from actions.base import Answer, TurnAction
from actions.category_groups import SECTIONS, choices
from actions.known import catalogue
from actions.texts import Button, Slots, Utterance, text, utterance
from actions.turn import Turn

_TOP = 3
_FAULTS = ("say_category_proposed", "say_category_top", "say_category_sections")
_THANKS = ("say_thanks_proposed", "say_thanks_which", "say_thanks_which")


class AskCategory(TurnAction):
    """Proposes the likeliest category, the likeliest three, or a list of sections, groups or categories."""

    called = "action_ask_case_form_category"

    async def act(self, turn: Turn) -> Answer:
        """Asks; changes nothing."""
        return Answer([question(turn.slots)])


def question(slots: Slots) -> Utterance:
    """The question for the step that the draft is at: `propose`, `top` or the code of a list."""
    step, options = slots.get("category_step"), slots.get("category_options") or []
    proposed, top, sections = _THANKS if slots.get("case_type") == "compliment" else _FAULTS
    if step == "propose" and options:
        return utterance(proposed, slots, category=_name(options[0], slots))
    if step == "top" and options:
        return utterance(top, slots, [*_categories(options[:_TOP], slots), _none_of_these(slots)])
    choice = choices().get(step or SECTIONS) or choices()[SECTIONS]
    buttons = [*_groups(choice.groups, slots), *_categories(choice.categories, slots), _none_of_these(slots)]
    if not choice.title:
        return utterance(sections, slots, buttons)
    return utterance("say_category_group", slots, buttons, group=choice.title[slots.get("language") or "ar"])


def _categories(codes: Iterable[str], slots: Slots) -> list[Button]:
    offered = (code for code in codes if code in catalogue().offered)
    return [{"title": _name(code, slots), "payload": _payload("category", code)} for code in offered]


def _groups(codes: Iterable[str], slots: Slots) -> list[Button]:
    language = slots.get("language") or "ar"
    return [{"title": choices()[code].title[language], "payload": _payload("category_group", code)} for code in codes]


def _none_of_these(slots: Slots) -> Button:
    return {"title": text("button_none_of_these", slots), "payload": "/deny"}


def _payload(entity: str, value: str) -> str:
    return f"/inform{json.dumps({entity: value})}"


def _name(code: str, slots: Slots) -> str:
    return catalogue().categories[code].name(slots.get("language") or "ar")
