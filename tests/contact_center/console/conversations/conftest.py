"""A contact centre at work: two agents who are there, a worker, and something in the assistant's place.

The real assistant takes in an agent's form in tests/e2e.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from desk import People
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from talks import GREETING

from contact_center.accounts import service as accounts
from contact_center.conversations.delivery import Delivery
from contact_center.conversations.dialogue import Assistant
from contact_center.conversations.handling import Handler
from contact_center.conversations.outgoing_files import open_files
from contact_center.database import Database
from contact_center.jobs import open_queue
from contact_center.tasks import register
from tests.fakes.serving import serve


@pytest.fixture
async def there(people: People, database: Database) -> None:
    """Amal and Adel take conversations now."""
    async with database.transaction() as session:
        for name in ("amal", "adel"):
            await accounts.set_duty(session, name, on=True, actor="test")


@pytest.fixture
async def assistant() -> AsyncIterator[Assistant]:
    """Greets whoever writes; what is set in the form it keeps, save for an area that is none."""
    drafts: dict[str, dict[str, object]] = {}

    async def turn(request: Request) -> JSONResponse:
        said = await request.json()
        draft = drafts.setdefault(said["conversation"], {"description": "حفرة كبيرة", "area": "سند"})
        wanted = said["metadata"].get("draft") or {}
        draft |= {name: value for name, value in wanted.items() if value != "أطلنطس"}
        return JSONResponse({"messages": [{"text": GREETING}], "expects": "address", "draft": draft, "language": "ar"})

    async with serve(Starlette(routes=[Route("/webhooks/gateway/turn", turn, methods=["POST"])])) as url:
        client = Assistant(url, "token")
        yield client
        await client.close()


@pytest.fixture
async def worker(app: FastAPI, database: Database, database_url: str, assistant: Assistant) -> AsyncIterator[None]:
    """Carries out what is to be done, as `tawasul worker` does."""
    queue = open_queue(database_url)
    handler = Handler(database, assistant, app.state.channels, app.state.storage)
    register(queue, database, handler, Delivery(database, app.state.channels, open_files(app.state.settings)))
    async with queue.open_async():
        working = asyncio.create_task(queue.run_worker_async(install_signal_handlers=False))
        yield
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working
