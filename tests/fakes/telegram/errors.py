"""How the Bot API says no, and how a test makes it."""

from dataclasses import dataclass
from typing import Any


class ApiError(Exception):
    """An answer that is not `ok`, in the API's own words."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.body = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters


@dataclass
class Failure:
    """What happens to the next call of `method` (None: of any).

    Without `code`: answer rightly, but late by `delay` seconds. `applied`: the call has its effect although it fails.
    `broken`: the body is no JSON (as from a proxy on the way). `skip`: so many calls go well first.
    """

    method: str | None = None
    code: int = 0
    description: str = "Internal Server Error"
    retry_after: int | None = None
    delay: float = 0
    applied: bool = False
    broken: bool = False
    skip: int = 0

    def error(self) -> ApiError | None:
        """The error to answer with, if any."""
        if self.retry_after:
            words = f"Too Many Requests: retry after {self.retry_after}"
            return ApiError(429, words, retry_after=self.retry_after)
        return ApiError(self.code, self.description) if self.code else None
