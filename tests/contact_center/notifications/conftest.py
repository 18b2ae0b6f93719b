"""An agency's own system, and a case that somebody filed in the web chat."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from contact_center.accounts.api_keys import create_key
from contact_center.app import create_app
from contact_center.cases import service
from contact_center.cases.models import Case
from contact_center.cases.new_case import NewCase
from contact_center.citizens.service import identity_for
from contact_center.conversations.models import Conversation
from contact_center.database import Database
from contact_center.settings import Settings


@pytest.fixture
async def agency(database: Database, database_url: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Speaks to the API with a key of its own."""
    settings = Settings(_env_file=None, database_url=database_url, data_dir=tmp_path)
    async with database.transaction() as session:
        key = await create_key(session, "agency", actor="test")
    app = create_app(settings)
    headers = {"Authorization": f"Bearer {key}"}
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test", headers=headers) as client,
    ):
        yield client


@pytest.fixture
async def case(database: Database) -> Case:
    """Filed by somebody in the web chat, whose conversation it names."""
    async with database.transaction() as session:
        address = uuid4()
        identity = await identity_for(session, "webchat", str(address), None, None)
        session.add(Conversation(id=address, channel="webchat", address=str(address), identity_id=identity.id))
        form = {"type": "complaint", "category": "waste.collection", "description": "زبالة", "channel": "webchat"}
        return await service.file(
            session, NewCase(**form, governorate="muharraq", conversation_id=address, identity_id=identity.id)
        )
