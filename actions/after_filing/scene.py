"""Who wants something of a case, and what is said back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from actions.after_filing.care import Care
from actions.backend import conversation_id_of
from actions.base import Answer
from actions.texts import Button, utterance
from actions.turn import Turn
from contact_center.cases.models import Case
from contact_center.citizens.models import ChannelIdentity


@dataclass(frozen=True)
class Scene:
    """A wish in a transaction."""

    session: AsyncSession
    turn: Turn
    identity: ChannelIdentity | None
    care: Care

    @property
    def in_form(self) -> bool:
        """Whether a case is being filed meanwhile: then nothing is asked beside the form's own question."""
        return self.turn.form == "case_form"

    @property
    def conversation(self) -> UUID | None:
        """The conversation, whose files may be given to the case."""
        return conversation_id_of(self.turn)

    @property
    def files(self) -> list[UUID]:
        """The files that came with the wish."""
        return [UUID(file) for file in self.care.files]

    def key(self, what: str) -> str | None:
        """The idempotency key of what this message causes; None where the message has no id (`rasa shell`)."""
        message_id = self.turn.metadata.get("message_id")
        return f"{message_id}:{what}" if message_id else None

    def says(self, name: str, case: Case | None = None, **values: Any) -> Answer:
        """An answer after which nothing is open."""
        return self._answer(name, case, None, values.pop("buttons", ()), values)

    def asks(
        self, name: str, step: str, case: Case | None = None, /, *, care: Care | None = None, **values: Any
    ) -> Answer:
        """A question; inside the form it is not asked, but what to write once the form is done is said."""
        if self.in_form:
            return self.says("say_after_this_form", case)
        kept = replace(care or self.care, step=step, answer=None, reference=case.reference if case else None)
        return self._answer(name, case, kept, values.pop("buttons", ()), values)

    def _answer(
        self, name: str, case: Case | None, care: Care | None, buttons: Sequence[Button], values: dict[str, Any]
    ) -> Answer:
        shown = {"reference": f"\u2066{case.reference}\u2069"} if case else {}
        slots: dict[str, Any] = {"care": care.kept() if care else None}
        if case:
            slots["spoken_of"] = case.reference
        return Answer([utterance(name, self.turn.slots, buttons, **shown, **values)], slots)
