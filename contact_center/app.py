"""The web process: what it holds, its routes, and how errors become answers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from contact_center import console, embedded_postgres
from contact_center.accounts.first_steps import roles_named
from contact_center.accounts.openid import open_provider
from contact_center.api import (
    aftercare,
    bulk,
    callbacks,
    calls,
    case_lists,
    case_work,
    cases,
    conversations,
    figures,
    files,
    handoffs,
    health,
    voice,
    webhooks,
)
from contact_center.attachments.links import FileLinks
from contact_center.attachments.storage import open_storage
from contact_center.channels.registry import open_channels, open_voice
from contact_center.chat import routes as chat
from contact_center.conversations.dialogue import Assistant
from contact_center.database import Database
from contact_center.errors import TawasulError
from contact_center.listening import Listener
from contact_center.settings import Settings, get_settings

log = structlog.get_logger()


def create_app(settings: Settings | None = None) -> FastAPI:
    """The web application; what it holds is opened when it starts and closed when it stops.

    Raises `InvalidInput` for settings of signing in that cannot be.
    """
    settings = settings or get_settings()
    two_factor_roles, openid = roles_named(settings.require_two_factor), open_provider(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        url = embedded_postgres.database_url(settings)
        state = app.state
        state.settings = settings
        state.database = Database(url)
        state.listener = Listener(url)
        state.channels = open_channels(settings)
        state.voice = open_voice(settings)
        state.storage = open_storage(settings)
        state.file_links = FileLinks(settings.effective_secret_key, settings.public_url)
        state.two_factor_roles = two_factor_roles
        state.openid = openid
        state.assistant = Assistant(settings.rasa_url, settings.effective_internal_token)
        await state.listener.start()
        yield
        await state.listener.stop()
        for channel in state.channels.values():
            await channel.close()
        if state.voice:
            await state.voice.close()
        await state.assistant.close()
        await state.database.close()

    app = FastAPI(title="Tawasul", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    for part in (
        webhooks,
        voice,
        chat,
        calls,
        callbacks,
        conversations,
        figures,
        handoffs,
        case_lists,
        bulk,
        case_work,
        cases,
        aftercare,
        files,
        health,
    ):
        app.include_router(part.router)
    console.mount(app)
    app.add_exception_handler(TawasulError, _told)
    app.add_exception_handler(RequestValidationError, _not_understood)
    for failure in (DBAPIError, InterfaceError, PoolTimeout, OSError):
        app.add_exception_handler(failure, _database_away)
    return app


async def _told(_request: Request, error: Exception) -> Response:
    """One of our own errors: its status, code and sentence."""
    if not isinstance(error, TawasulError):
        raise error
    retry_after = error.details.get("retry_after")
    headers = {"Retry-After": str(retry_after)} if retry_after else None
    return JSONResponse({"error": error.code, "message": error.sentence}, error.status, headers)


async def _not_understood(request: Request, error: Exception) -> Response:
    """A request that does not fit the route: 400 where it is no JSON at all, else 422 with the fields."""
    if not isinstance(error, RequestValidationError):
        raise error
    faults = error.errors()
    status = 400 if any(fault["type"] == "json_invalid" for fault in faults) else 422
    fields = [".".join(str(part) for part in fault["loc"]) for fault in faults]
    return JSONResponse({"error": "invalid", "message": f"Not usable: {', '.join(fields)}"}, status)


async def _database_away(request: Request, error: Exception) -> Response:
    """The database does not answer: never a false 200."""
    log.error("database_unavailable", path=request.url.path, error=type(error).__name__)
    return JSONResponse({"error": "unavailable", "message": "Please try again shortly."}, 503, {"Retry-After": "5"})
