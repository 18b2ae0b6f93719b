"""The service with our number for calls, on a real database, called by a Twilio of our own."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from phone_line import PhoneLine
from pydantic import SecretStr

from contact_center.app import create_app
from contact_center.database import Database
from contact_center.settings import Settings
from tests.fakes.serving import address_of, listen, serve
from tests.fakes.twilio import TwilioServer


@pytest.fixture
async def line(database: Database, database_url: str, tmp_path: Path) -> AsyncIterator[PhoneLine]:
    """Calls are on, WhatsApp and SMS are not."""
    listener = listen()
    async with TwilioServer.running(address_of(listener)) as twilio:
        settings = Settings(
            _env_file=None,
            data_dir=tmp_path,
            database_url=SecretStr(database_url),
            public_url=twilio.public_url,
            twilio_account_sid=twilio.account_sid,
            twilio_auth_token=SecretStr(twilio.auth_token),
            twilio_api_url=twilio.url,
            voice_number=twilio.voice_number,
        )
        app = create_app(settings)
        async with (
            app.router.lifespan_context(app),
            serve(app, listener=listener),
            httpx.AsyncClient(base_url=twilio.public_url, timeout=30, trust_env=False) as http,
        ):
            yield PhoneLine(twilio, database, http, app.state.voice)
