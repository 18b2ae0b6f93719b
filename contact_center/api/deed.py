"""What is done to one case by the bearer of a key."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import Depends

from contact_center.agencies.queries import catalogue
from contact_center.api.dependencies import DatabaseOf, IdempotencyKey, KeyHolder
from contact_center.cases import queries
from contact_center.cases.as_json import as_json
from contact_center.cases.models import CaseEvent
from contact_center.notifications.case_events import tell_event


class Deed:
    """The case of a request's address, and who does something to it: once for each `Idempotency-Key`."""

    def __init__(
        self,
        reference: str,
        database: DatabaseOf,
        actor: KeyHolder,
        key: IdempotencyKey = None,
    ) -> None:
        """Taken by FastAPI from the request."""
        self._reference, self._database, self._actor, self._key = reference, database, actor, key

    async def do(self, act: Callable[..., Awaitable[CaseEvent]], *said: object, **more: object) -> dict[str, Any]:
        """Do it, tell the citizen what they are told of it, and return the case as it then is.

        `act` takes session and case, then what was `said`, `actor` and `idempotency_key`. Raises `NotFound`, and what
        `act` raises.
        """
        async with self._database.transaction() as session:
            case = await queries.required(session, self._reference)
            event = await act(session, case, *said, **more, actor=self._actor, idempotency_key=self._key)
            await tell_event(session, await catalogue(session), case, event)
            return await as_json(session, case)


DeedOf = Annotated[Deed, Depends()]
