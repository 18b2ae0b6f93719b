"""The console's own application: its routes, its files and its error pages."""

from fastapi import Depends, FastAPI
from starlette.datastructures import State

from contact_center.api.dependencies import same_origin
from contact_center.console import errors
from contact_center.console.routes import (
    attachments,
    audit,
    bulk,
    callers,
    calls,
    case,
    cases,
    choices,
    citizens,
    compliments,
    configuration,
    configuration_history,
    conversation,
    conversation_files,
    conversations,
    escalations,
    home,
    keys,
    language,
    live,
    merging,
    messages,
    openid,
    own_account,
    privacy,
    routing,
    saved_filters,
    second_step,
    sign_in,
    staff,
    staff_account,
    unclear,
)
from contact_center.console.staff import Staff
from contact_center.console.static_files import VersionedFiles
from contact_center.errors import NotFound


def console_app(state: State) -> FastAPI:
    """The console; `state` is the web application's."""
    app = FastAPI(openapi_url=None, dependencies=[Depends(same_origin)])
    app.state = state
    cases_ = (cases, saved_filters, bulk, compliments, case, merging, escalations, routing, attachments, messages)
    door = (sign_in, second_step, openid, own_account)
    calls_ = (callers, calls, choices)
    talks = (conversations, conversation, conversation_files)
    people = (citizens, privacy)
    settings = (configuration, configuration_history, unclear, staff, staff_account, keys, audit)
    for topic in (*door, home, *cases_, *calls_, *talks, *people, *settings, language, live):
        app.include_router(topic.router)
    app.mount("/static", VersionedFiles(), name="static")
    app.add_api_route("/{address:path}", _nothing_here)
    errors.install(app)
    return app


async def _nothing_here(account: Staff) -> None:
    """Any other address: who is signed in is told in their language, others may sign in first."""
    raise NotFound("There is no such page.")
