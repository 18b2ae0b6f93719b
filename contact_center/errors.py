"""The errors that callers may meet, and the HTTP status each one becomes (`contact_center.app`)."""


class TawasulError(Exception):
    """Base of our own errors. `sentence` is safe to show to staff and API users."""

    status = 500
    code = "error"

    def __init__(self, sentence: str, **details: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.details = details


class InvalidInput(TawasulError):
    """What was sent cannot be used; the sentence says what to change."""

    status = 422
    code = "invalid"


class Unparseable(TawasulError):
    """A body that is not what its content type promises."""

    status = 400
    code = "unparseable"


class Unauthenticated(TawasulError):
    """No valid sign-in, key or token."""

    status = 401
    code = "unauthenticated"


class Forbidden(TawasulError):
    """Known, but not allowed; also a wrong webhook signature or secret."""

    status = 403
    code = "forbidden"


class NotFound(TawasulError):
    """There is no such thing, or it is not for the one who asks."""

    status = 404
    code = "not_found"


class Conflict(TawasulError):
    """The thing changed meanwhile, or is in a state that does not allow this."""

    status = 409
    code = "conflict"


class TooMany(TawasulError):
    """Slow down; `details['retry_after']` holds seconds."""

    status = 429
    code = "too_many"


class Unavailable(TawasulError):
    """Something behind us does not answer; trying again later is right."""

    status = 503
    code = "unavailable"
