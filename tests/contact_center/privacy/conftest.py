"""Staff who ask and decide, files, and an assistant that forgets."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from lives import PNG, Lives, lived
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.rows import PostgresRows, Row
from contact_center.accounts.models import Account
from contact_center.attachments.storage import Storage
from contact_center.conversations.dialogue import Assistant
from contact_center.database import Database
from tests.fakes.serving import serve


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path)


@pytest.fixture
async def lives(database: Database, storage: Storage) -> Lives:
    roles = {"amal": None, "adel": None, "omar": "works", "sami": "works", "sara": "ewa"}
    async with database.transaction() as session:
        for name, agency in roles.items():
            role = "officer" if agency else "agent"
            session.add(Account(username=name, display_name=name, password_hash="", role=role, agency=agency))
        await session.flush()
        return await lived(session, storage, PNG)


@pytest.fixture
async def rows(database_url: str) -> AsyncIterator[PostgresRows]:
    """Where the assistant keeps its conversations: in the same database, by its own code."""
    kept = PostgresRows(database_url)
    yield kept
    await kept.close()


@pytest.fixture
async def assistant(rows: PostgresRows, lives: Lives) -> AsyncIterator[Assistant]:
    """What remembers conversations, and forgets them when it is told to, as `bot/channel.py` does."""
    await rows.write(str(lives.talk), Row(0, [{"event": "user", "text": "زعفران"}], [("m", {"text": "زعفران"})]))

    async def forget(request: Request) -> Response:
        await rows.delete(request.path_params["conversation"])
        return Response(status_code=204)

    app = Starlette(routes=[Route("/webhooks/gateway/conversations/{conversation}", forget, methods=["DELETE"])])
    async with serve(app) as base:
        client = Assistant(base, "token")
        yield client
        await client.close()
