"""What one message changes: slots to set and sentences to say, gathered while it is read."""

from typing import Any

from actions.draft import QUESTIONS, agency_is_open, empty, needed
from actions.known import catalogue
from actions.turn import Turn

_LONGEST_NAME = 100
_OFFERS = ("first", "help", "human")
_LATER_OFFERS = ("help", "human")
OFFERED_AFTER = 2
OFFERED = "agent_offered"
"""The topic after «نوصلك بموظف؟» outside the form: a yes is a yes to that."""
NAMED = "agent_named"
"""The topic after the form named the word «موظف» before its question."""


class Reading:
    """The slots as they will be after this message, and what is said about it before the next question.

    The form goes on when at least one of its slots is set, be it to None; else rules answer the message.
    """

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.slots: dict[str, Any] = dict(turn.slots)
        self.changes: dict[str, Any] = {}
        self.said: list[tuple[str, dict[str, object]]] = []

    def set(self, **values: Any) -> None:
        """Set slots."""
        self.slots.update(values)
        self.changes.update(values)

    def say(self, response: str, **values: object) -> None:
        """Say a response of domain.yml before the next question."""
        self.said.append((response, values))

    @property
    def handled(self) -> bool:
        """Whether a slot of the case form was set, so that the form goes on."""
        return any(question in self.changes for question in QUESTIONS)

    def answered(self) -> None:
        """Take the message as dealt with inside the form, which then asks its open question (again)."""
        if self.turn.question:
            self.changes.setdefault(self.turn.question, self.slots.get(self.turn.question))

    def unusable(self, explanation: str | None = None) -> int:
        """Count an answer that cannot be used, and explain; every second time a human being is offered too. Returns how
        many there were in a row."""
        tries = int(self.slots.get("tries") or 0) + 1
        self.set(tries=tries)
        if explanation:
            self.say(explanation)
        if tries % OFFERED_AFTER == 0:
            self.say("say_offer_agent")
            self.set(topic=NAMED)
        self.answered()
        return tries

    def not_understood(self) -> None:
        """Say so, and have the open question asked again."""
        self.missed()
        self.say("utter_not_understood")
        self.answered()

    def leave_out(self, **values: Any) -> None:
        """Leave a question empty that was answered unusably too often, and say so instead of explaining once more."""
        self.said.clear()
        self.say("say_left_out")
        self.set(**values)

    def missed(self) -> None:
        """Count a message in a row that was not understood: after the first help is offered, then a human being.

        Both again from then on, by turns; nobody is told once more to put it another way.
        """
        misses = int(self.turn.slots.get("misses") or 0) + 1
        later = misses - len(_OFFERS)
        lost = _LATER_OFFERS[(later - 1) % len(_LATER_OFFERS)] if later > 0 else _OFFERS[misses - 1]
        self.set(misses=misses, lost=lost)
        if self.turn.form == "case_form" and lost != "first":
            self.set(topic=NAMED)
        elif lost == "human":
            self.set(topic=OFFERED)

    def reopen(self, question: str) -> None:
        """Have a question asked again; what was answered before is kept, should it stand after all."""
        before = {**(self.slots.get("kept") or {}), question: self.slots.get(question)}
        self.set(**{"kept": before, question: None, "confirm": None, "tries": 0, "reopened": question})

    def leave_as_it_was(self) -> None:
        """Close a question that was opened again, with the answer that it had."""
        question = self.slots["reopened"]
        self.set(**{question: (self.slots.get("kept") or {})[question], "reopened": None, "changing": False})
        self.say("say_left_as_it_was")

    def settle(self) -> None:
        """Fill in what is known of the person, and leave empty what need not be asked."""
        self._settle_anonymity()
        self._fill_in_person()
        if agency_is_open(self.slots) and self.slots.get("area") is not None and self.slots["area_step"] == "name":
            self.set(area=None, area_words=self.slots["area"] or None, area_step="governorate")
        for question in QUESTIONS:
            if self.slots.get(question) is None and not needed(question, self.slots, self.turn):
                self.set(**{question: empty(question)})
        self.set(opening=self._opening())
        if self.slots.get(self.turn.question or "") is not None:
            self.set(tries=0)
        if self.slots.get(self.slots.get("reopened") or "") is not None:
            self.set(reopened=None)

    def _fill_in_person(self) -> None:
        """Name and number as the channel vouches for them; else the name of the person's last case."""
        told = self.turn.metadata
        before = (told.get("before") or {}).get("name")
        known = {"contact_phone": told.get("phone"), "contact_name": told.get("profile_name") or before}
        for question, value in known.items():
            if self.slots.get(question) is None and question != self.slots.get("reopened"):
                self.set(**{question: value[:_LONGEST_NAME] if value else None})
                if question == "contact_name" and value and not told.get("profile_name"):
                    self.set(name_before=self.slots["contact_name"])

    def _settle_anonymity(self) -> None:
        """Who gives a name or number after all is not unknown any more; nor where the category needs to know who."""
        if not self.slots.get("anonymous"):
            return
        if self.slots.get("contact_name") or self.slots.get("contact_phone"):
            self.set(anonymous=False)
        elif self.slots.get("category") in catalogue().named:
            self.set(anonymous=False, contact_name=None, contact_phone=None)
            self.say("say_name_needed")

    def _opening(self) -> str:
        if self.slots.get("reopened") == "description":
            return "again"
        if self.slots.get("attachments"):
            return "photo"
        if self.slots.get("lat") is not None:
            return "location"
        return self.slots.get("case_type") or "complaint"
