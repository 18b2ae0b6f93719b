"""What Twilio's refusals mean: https://www.twilio.com/docs/api/errors."""

from http import HTTPStatus

import httpx

from contact_center.channels.base import Refused, SendError, TemporarilyFailed, Throttled
from contact_center.channels.http import json_object

THROTTLED = {
    "14107": 1.0,  # send rate limit exceeded
    "20429": 1.0,  # too many requests
    "63018": 5.0,  # WhatsApp: the number's rate limit
    "63038": 3600.0,  # the account's daily limit
}
"""Seconds to wait where Twilio tells none."""

OPERATORS_TO_MEND = {
    "20003",  # wrong account or token
    "20005",  # the account is not active
    "21606",  # our number may not send to there
    "21659",  # our number is not a Twilio number
    "63007",  # our number is no WhatsApp sender
}
"""Nothing is wrong with the message: it goes out once the settings or the account are mended."""

WORTH_RETRYING = {HTTPStatus.UNAUTHORIZED, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY}


def send_error(response: httpx.Response) -> SendError:
    """The `SendError` that an answer other than 2xx amounts to.

    What is not listed is refused for good: 63016 (outside the 24 hours), 21610 (opted out), 21211 and 21614 (no such
    number), 21617 (too long), … each with its code.
    """
    told = json_object(response.content)
    code = str(told.get("code") or response.status_code)
    reason = str(told.get("message") or f"Twilio answered {response.status_code}")[:200]
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS or code in THROTTLED:
        return Throttled(reason, retry_after=_retry_after(response, code), code=code)
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or response.status_code in WORTH_RETRYING:
        return TemporarilyFailed(reason, code=code)
    return (TemporarilyFailed if code in OPERATORS_TO_MEND else Refused)(reason, code=code)


def _retry_after(response: httpx.Response, code: str) -> float:
    told = response.headers.get("retry-after", "")
    return float(told) if told.isdecimal() else THROTTLED.get(code, 1.0)
