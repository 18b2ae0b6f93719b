"""What an error of Telegram's means for the message that was being sent."""

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from contact_center.channels.base import Ambiguous, Refused, SendError, TemporarilyFailed, Throttled
from contact_center.channels.http import network_error

_MEANINGS: list[tuple[type[TelegramError], type[SendError], str]] = [
    # The first that fits wins: `BadRequest` is a `NetworkError` to the library.
    (Forbidden, Refused, "403"),
    (BadRequest, Refused, "400"),
    (ChatMigrated, Refused, "migrated"),
    (InvalidToken, TemporarilyFailed, "401"),
    (Conflict, TemporarilyFailed, "409"),
]


def send_error(error: TelegramError) -> SendError:
    """The `SendError` that the library's error amounts to."""
    if isinstance(error, RetryAfter):
        return Throttled(str(error), retry_after=seconds(error), code="429")
    for theirs, ours, code in _MEANINGS:
        if isinstance(error, theirs):
            return ours(str(error), code=code)
    if isinstance(error, NetworkError):
        return _network(error)
    return Ambiguous(str(error), code="unreadable")  # a success whose body could not be read


def seconds(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _network(error: NetworkError) -> SendError:
    """The library hides which of httpx's errors it met in `__cause__`; with none, Telegram answered 5xx."""
    if isinstance(error.__cause__, httpx.HTTPError):
        return network_error(error.__cause__)
    return TemporarilyFailed(str(error), code="5xx")
