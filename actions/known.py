"""The catalogue as the database had it when the turn began."""

from collections.abc import Iterable
from contextvars import ContextVar

from contact_center.agencies import catalogue as shipped
from contact_center.agencies import queries
from contact_center.agencies.entries import Catalogue
from contact_center.database import Database

Guesses = tuple[tuple[str, float], ...]
"""Category codes with the router's confidence, best first."""
NO_CATEGORY = "none"
"""What the router says of words that are about nothing yet."""

_known: ContextVar[Catalogue] = ContextVar("catalogue")


async def look_it_up(database: Database) -> None:
    """Have `catalogue` return what the database has, for the rest of this request: one query if nothing changed."""
    async with database.transaction() as session:
        _known.set(await queries.catalogue(session))


def catalogue() -> Catalogue:
    """The catalogue of this turn; outside of one, that of this version of the service."""
    return _known.get(None) or shipped.catalogue()


def still_offered(guesses: Iterable[tuple[str, float]]) -> Guesses:
    """What the router guessed without the categories that are offered no more: it learnt them when they still were."""
    return tuple((code, sure) for code, sure in guesses if code == NO_CATEGORY or code in catalogue().offered)
