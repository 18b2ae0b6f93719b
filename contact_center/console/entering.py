"""From one step of signing in to the next: sessions begin, cookies are set, and what was wanted is led to."""

from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.ext.asyncio import AsyncSession

from contact_center.accounts import audit, sessions
from contact_center.accounts.models import Account
from contact_center.api.dependencies import over_https, staff_cookie
from contact_center.console.rendering import BASE
from contact_center.console.staff import actor
from contact_center.settings import Settings

SIGN_IN = f"{BASE}/sign-in"


async def first_step_taken(
    session: AsyncSession, request: Request, settings: Settings, account: Account, by: str
) -> tuple[str, bool]:
    """A new session, whatever cookie was there before: the cookie's value, and whether it is all that it takes.

    `by`: `password` or `openid`.
    """
    earlier = request.cookies.get(staff_cookie(settings))
    if earlier:
        await sessions.end(session, earlier)
    if account.two_factor_since is not None:
        return await sessions.start(session, account, half=True), False
    return await enter(session, account, by), True


async def enter(session: AsyncSession, account: Account, by: str) -> str:
    """A new whole session, noted in the audit trail; the cookie's value. `by`: the last step that was taken."""
    await audit.record(session, actor(account), "sign_in", account.username, by=by)
    return await sessions.start(session, account)


def go_on(request: Request, settings: Settings, token: str, next: str, *, whole: bool) -> Response:
    """To the page that was wanted, with the cookie; where the session is not whole, to the second step before."""
    if whole:
        response = RedirectResponse(safe_next(next), 303)
    else:
        language = "en" if request.query_params.get("lang") == "en" else "ar"
        response = RedirectResponse(f"{SIGN_IN}/code?lang={language}&next={quote(next, safe='')}", 303)
    set_cookie(response, settings, staff_cookie(settings), token, int(sessions.TOTAL.total_seconds()))
    return response


def set_cookie(response: Response, settings: Settings, name: str, value: str, max_age: int) -> None:
    """A cookie that neither scripts nor other sites' forms can use; `max_age` in seconds."""
    secure = over_https(settings)
    response.set_cookie(name, value, max_age=max_age, path="/", httponly=True, secure=secure, samesite="lax")


def safe_next(next: str) -> str:
    """The wanted page if it is one of the console's, else the home page."""
    parts = urlsplit(next)
    ours = not parts.scheme and not parts.netloc and parts.path.startswith(f"{BASE}/") and "\\" not in next
    return next if ours and next.isprintable() else f"{BASE}/"
