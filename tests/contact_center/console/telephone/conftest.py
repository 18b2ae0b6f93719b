"""The console beside our number for calls, and a Twilio that calls it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from contact_center.app import create_app
from contact_center.settings import Settings
from tests.fakes.serving import address_of, listen, serve
from tests.fakes.twilio import TwilioServer


@pytest.fixture
async def twilio() -> AsyncIterator[TwilioServer]:
    """An account with a number for calls."""
    async with TwilioServer.running() as server:
        yield server


@pytest.fixture
async def app(database_url: str, tmp_path: Path, twilio: TwilioServer) -> AsyncIterator[FastAPI]:
    """The web application with our number for calls, where Twilio reaches it."""
    listener = listen()
    twilio.public_url = address_of(listener)
    made = create_app(
        Settings(
            _env_file=None,
            data_dir=tmp_path,
            database_url=SecretStr(database_url),
            public_url=twilio.public_url,
            twilio_account_sid=twilio.account_sid,
            twilio_auth_token=SecretStr(twilio.auth_token),
            twilio_api_url=twilio.url,
            voice_number=twilio.voice_number,
        )
    )
    async with made.router.lifespan_context(made), serve(made, listener=listener):
        yield made


@pytest.fixture
async def address(app: FastAPI, twilio: TwilioServer) -> str:
    """Where the application is served."""
    return twilio.public_url
