"""The console's own application: its routes, its files and its error pages."""

from pathlib import Path

from fastapi import Depends, FastAPI
from starlette.datastructures import State
from starlette.staticfiles import StaticFiles

from contact_center.api.dependencies import same_origin
from contact_center.console import errors
from contact_center.console.routes import (
    attachments,
    bulk,
    calls,
    case,
    cases,
    choices,
    compliments,
    configuration,
    configuration_history,
    escalations,
    home,
    language,
    merging,
    messages,
    routing,
    sign_in,
)
from contact_center.console.staff import Staff
from contact_center.errors import NotFound

STATIC = Path(__file__).with_name("static")


def console_app(state: State) -> FastAPI:
    """The console; `state` is the web application's."""
    app = FastAPI(openapi_url=None, dependencies=[Depends(same_origin)])
    app.state = state
    cases_ = (cases, bulk, compliments, case, merging, escalations, routing, attachments, messages)
    for topic in (sign_in, home, *cases_, calls, choices, configuration, configuration_history, language):
        app.include_router(topic.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_api_route("/{address:path}", _nothing_here)
    errors.install(app)
    return app


async def _nothing_here(account: Staff) -> None:
    """Any other address: who is signed in is told in their language, others may sign in first."""
    raise NotFound("There is no such page.")
