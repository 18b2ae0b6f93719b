"""What every answer of the console carries, and how much a request may bring."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from contact_center.api.dependencies import TooLarge
from contact_center.console.static_files import version

MAX_BODY_BYTES = 256 * 1024
"""Forms of words; a route that takes files lets more in (`allow`) once it knows who is there."""
_LIMIT = "console.body_limit"

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}


def allow(request: Request, body_bytes: int) -> None:
    """Let this request bring so much."""
    request.scope[_LIMIT] = body_bytes


def _kept(path: str) -> str:
    """For how long browsers keep an answer: files of ours for ever by their version's address, else asked after each
    time; pages not at all, since they hold personal data."""
    if "/static/" not in path:
        return "no-store"
    return "public, max-age=31536000, immutable" if f"/static/{version()}/" in path else "no-cache"


class Headers:
    """Adds the console's headers, where the route has not set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", _kept(scope["path"]))
            await send(message)

        await self._app(scope, receive, with_headers)


class BodyLimit:
    """Refuses bodies that no form of ours has, before anybody has signed in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        seen, scope[_LIMIT] = 0, MAX_BODY_BYTES

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > scope[_LIMIT]:
                raise TooLarge("The form is too large.")
            return message

        await self._app(scope, counted, send)
