"""Errors as pages that staff understand, in their language; as JSON for the console's own scripts."""

from collections.abc import Mapping
from typing import cast
from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from contact_center.accounts.first_steps import NotYet
from contact_center.console.rendering import BASE, language_of, page
from contact_center.console.words import known, words
from contact_center.errors import TawasulError

SIGN_IN = f"{BASE}/sign-in"
FIRST_STEPS: Mapping[object, str] = {"password": f"{BASE}/account", "two_factor": f"{BASE}/account/two-factor"}
_CODES = {404: "not_found", 403: "forbidden", 405: "not_found", 400: "unparseable", 413: "too_large"}

log = structlog.get_logger()


def install(app: FastAPI) -> None:
    """Have the application answer every error with what is here."""
    app.add_exception_handler(TawasulError, _ours)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _http)
    for failure in (DBAPIError, InterfaceError, PoolTimeout, OSError):
        app.add_exception_handler(failure, _database_away)
    app.add_exception_handler(Exception, _unforeseen)


async def _ours(request: Request, error: Exception) -> Response:
    error = cast(TawasulError, error)
    if error.status == 401 and "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": SIGN_IN})
    if isinstance(error, NotYet) and not _wants_json(request):
        return _to_first_step(request, FIRST_STEPS[error.details["step"]])
    if error.status == 401 and not _wants_json(request):
        return _to_sign_in(request)
    return _answer(request, error.status, error.code)


async def _not_understood(request: Request, error: Exception) -> Response:
    faults = cast(RequestValidationError, error).errors()
    if any(fault["loc"][0] == "path" for fault in faults):
        return _answer(request, 404, "not_found")
    return _answer(request, 422, "invalid")


async def _http(request: Request, error: Exception) -> Response:
    status = cast(HTTPException, error).status_code
    return _answer(request, status, _CODES.get(status, "error"))


async def _database_away(request: Request, error: Exception) -> Response:
    log.error("database_unavailable", path=request.url.path, error=type(error).__name__)
    return _answer(request, 503, "unavailable")


async def _unforeseen(request: Request, error: Exception) -> Response:
    # The server logs the traceback: Starlette raises the error again once this has been answered.
    return _answer(request, 500, "error")


def _answer(request: Request, status: int, code: str) -> Response:
    name = code if known(f"errors.{code}.title") else "error"
    if _wants_json(request):
        sentence = words(f"errors.{name}.text", language_of(request))
        return JSONResponse({"error": code, "message": sentence}, status)
    return page(request, "error.html", status, code=name)


def _to_sign_in(request: Request) -> Response:
    """To the sign-in page, and from there back to the page that was wanted."""
    query = f"?{request.url.query}" if request.url.query else ""
    wanted = f"?next={quote(request.url.path + query, safe='')}" if request.method == "GET" else ""
    return RedirectResponse(SIGN_IN + wanted, 303)


def _to_first_step(request: Request, page: str) -> Response:
    """To what has to be done first; a part of a page that is asked for leads the whole page there."""
    if "hx-request" in request.headers:
        return Response(status_code=403, headers={"HX-Redirect": page})
    return RedirectResponse(page, 303)


def _wants_json(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return "application/json" in accepted or "text/event-stream" in accepted
