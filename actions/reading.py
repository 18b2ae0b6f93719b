"""What one message changes: slots to set and sentences to say, gathered while it is read."""

from typing import Any

from actions.draft import QUESTIONS, agency_is_open, empty, needed
from actions.turn import Turn

_LONGEST_NAME = 100


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

    def unusable(self) -> int:
        """Count an answer that cannot be used; returns how many there were in a row."""
        tries = int(self.slots.get("tries") or 0) + 1
        self.set(tries=tries)
        self.answered()
        return tries

    def not_understood(self) -> None:
        """Say so, and have the open question asked again."""
        misses = int(self.turn.slots.get("misses") or 0) + 1
        self.set(misses=misses, lost=misses % 2 == 0)
        self.say("utter_not_understood")
        self.answered()

    def reopen(self, question: str) -> None:
        """Have a question asked again."""
        self.set(**{question: None, "confirm": None, "tries": 0, "reopened": question})

    def settle(self) -> None:
        """Fill in what is known of the person, and leave empty what need not be asked."""
        known = {"contact_phone": "phone", "contact_name": "profile_name"}
        for question, name in known.items():
            if self.slots.get(question) is None and question != self.slots.get("reopened"):
                value = self.turn.metadata.get(name)
                self.set(**{question: value[:_LONGEST_NAME] if value else None})
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

    def _opening(self) -> str:
        if self.slots.get("reopened") == "description":
            return "again"
        if self.slots.get("attachments"):
            return "photo"
        if self.slots.get("lat") is not None:
            return "location"
        return self.slots.get("case_type") or "complaint"
