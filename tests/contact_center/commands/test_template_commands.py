"""`tawasul templates`: what WhatsApp is to approve is listed, and handed in once."""

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest
from typer.testing import Result

from contact_center.notifications.templates import told
from contact_center.settings import get_settings
from tests.fakes.twilio import TwilioServer

Tawasul = Callable[..., Result]


@pytest.fixture
def twilio(settled: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[TwilioServer]:
    """An account that the settings name, served beside the command."""
    ready, done = threading.Event(), threading.Event()
    servers: list[TwilioServer] = []

    async def serve() -> None:
        async with TwilioServer.running("https://tawasul.example.bh") as server:
            servers.append(server)
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(20)
    (server,) = servers
    for name, value in {
        "PUBLIC_URL": server.public_url,
        "TWILIO_ACCOUNT_SID": server.account_sid,
        "TWILIO_AUTH_TOKEN": server.auth_token,
        "TWILIO_API_URL": server.url,
        "WHATSAPP_NUMBER": server.whatsapp_number,
    }.items():
        monkeypatch.setenv(f"TAWASUL_{name}", value)
    get_settings.cache_clear()
    yield server
    done.set()
    thread.join()


def test_templates_are_listed_and_handed_in_once(tawasul: Tawasul, twilio: TwilioServer) -> None:
    count = 2 * len(told())
    listed = tawasul("templates", "list")
    assert (listed.exit_code, listed.stdout.count("unsubmitted "), len(twilio.templates)) == (0, count, 0)
    for _ in range(2):
        submitted = tawasul("templates", "submit")
        assert (submitted.exit_code, len(twilio.approvals)) == (0, count)
        assert submitted.stdout.count("received ") == count
    twilio.decide("approved")
    assert tawasul("templates", "list").stdout.count("approved ") == count


def test_without_whatsapp_it_says_what_is_missing(tawasul: Tawasul) -> None:
    answer = tawasul("templates", "list")
    assert answer.exit_code == 1
    assert "TAWASUL_WHATSAPP_NUMBER" in str(answer.exception)
