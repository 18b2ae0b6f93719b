"""The staff's pages, under /console: an application of its own, so that its errors are pages too."""

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount

from contact_center.console.application import console_app
from contact_center.console.http import BodyLimit, Headers


def mount(app: FastAPI) -> None:
    """Put the console under /console of the web application, whose state (database, storage, …) it shares."""
    # Around the whole application, so that its answer to an unforeseen error has the headers too.
    around = [Middleware(GZipMiddleware, compresslevel=5), Middleware(Headers), Middleware(BodyLimit)]
    app.router.routes.append(Mount("/console", console_app(app.state), name="console", middleware=around))
    app.add_api_route("/console", _home, include_in_schema=False)


async def _home() -> RedirectResponse:
    return RedirectResponse("/console/")
