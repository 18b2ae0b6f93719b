"""How Twilio says no, and how a test makes it."""

from dataclasses import dataclass

from starlette.responses import JSONResponse


class ApiError(Exception):
    """An answer other than 2xx, as Twilio words it."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message

    def response(self, retry_after: int | None = None) -> JSONResponse:
        """The error's JSON."""
        more = f"https://www.twilio.com/docs/errors/{self.code}"
        body = {"code": self.code, "message": self.message, "more_info": more, "status": self.status}
        headers = {"Retry-After": str(retry_after)} if retry_after else None
        return JSONResponse(body, self.status, headers)


@dataclass
class Failure:
    """What happens to the next request whose path contains `path`.

    Without `status`: answer rightly, but late by `delay` seconds. `applied`: it has its effect although it fails.
    `later`: it is taken, and fails afterwards with this code (a status callback tells). `skip`: so many go well first.
    """

    path: str = "Messages.json"
    status: int = 0
    code: int = 0
    message: str = "failed"
    retry_after: int | None = None
    delay: float = 0
    applied: bool = False
    later: int = 0
    skip: int = 0
