"""The webhooks as providers meet them: over HTTP, on a real database, from the fakes' citizens."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from pydantic import SecretStr
from sqlalchemy import make_url, select
from twilio.request_validator import RequestValidator

from contact_center.app import create_app
from contact_center.conversations import outbox
from contact_center.conversations.models import Conversation, InboxMessage, OutboxMessage
from contact_center.database import Database
from contact_center.settings import Settings
from tests.fakes.serving import address_of, listen, serve
from tests.fakes.telegram import TelegramServer
from tests.fakes.twilio import TwilioServer

SECRET = "a-secret_of_ours"
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


@dataclass
class Service:
    """The web process, and the providers that call it."""

    url: str
    telegram: TelegramServer
    twilio: TwilioServer
    database: Database
    http: httpx.AsyncClient

    async def stored(self) -> list[dict[str, Any]]:
        """The messages in the inbox, oldest first."""
        async with self.database.transaction() as session:
            rows = await session.scalars(select(InboxMessage).order_by(InboxMessage.received_at))
            return [row.content for row in rows]

    async def post_update(self, **request: Any) -> httpx.Response:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET} | request.pop("headers", {})
        return await self.http.post(f"{self.url}/webhooks/telegram", headers=headers, **request)


@pytest.fixture
async def service(database: Database, database_url: str, tmp_path: Path) -> AsyncIterator[Service]:
    async with _service(database, database_url, tmp_path) as service:
        yield service


def _settings(database_url: str, tmp_path: Path, **values: Any) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path, database_url=SecretStr(database_url), **values)


class _service:
    """The whole service with the providers' addresses in its settings; `without` leaves some out."""

    def __init__(self, database: Database, database_url: str, tmp_path: Path, *without: str, **settings: Any) -> None:
        self._arguments = database, database_url, tmp_path, without, settings
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Service:
        database, database_url, tmp_path, without, changes = self._arguments
        listener = listen()
        url = address_of(listener)
        telegram = await self._stack.enter_async_context(TelegramServer.running())
        twilio = await self._stack.enter_async_context(TwilioServer.running(url))
        values = {
            "public_url": url,
            "telegram_token": telegram.token,
            "telegram_secret": SECRET,
            "telegram_api_url": telegram.url,
            "twilio_account_sid": twilio.account_sid,
            "twilio_auth_token": twilio.auth_token,
            "twilio_api_url": twilio.url,
            "whatsapp_number": twilio.whatsapp_number,
            "sms_number": twilio.sms_number,
        } | changes
        settings = _settings(database_url, tmp_path, **{k: v for k, v in values.items() if k not in without})
        app = create_app(settings)
        await self._stack.enter_async_context(app.router.lifespan_context(app))
        await self._stack.enter_async_context(serve(app, listener=listener))
        http = await self._stack.enter_async_context(httpx.AsyncClient(timeout=30))
        telegram.set_webhook(f"{url}/webhooks/telegram", SECRET, None)
        return Service(url, telegram, twilio, database, http)

    async def __aexit__(self, *error: object) -> None:
        await self._stack.aclose()


# Telegram


async def test_what_a_person_writes_on_telegram_is_stored_with_its_job(service: Service) -> None:
    citizen = service.telegram.citizen()
    await citizen.says("في حفرة كبيرة قدام البيت")
    await service.telegram.settled()
    (content,) = await service.stored()
    assert (content["text"], content["address"]) == ("في حفرة كبيرة قدام البيت", str(citizen.id))
    async with service.database.transaction() as session:
        jobs = (await (await session.connection()).exec_driver_sql("SELECT task_name FROM procrastinate_jobs")).all()
    assert [job.task_name for job in jobs] == ["handle_message"]


async def test_fifty_copies_at_once_are_stored_once(service: Service) -> None:
    service.telegram.set_webhook("", "", None)
    update = await service.telegram.citizen().says("واحدة")
    answers = await asyncio.gather(*(service.post_update(json=update) for _ in range(50)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(await service.stored()) == 1


async def test_a_wrong_secret(service: Service) -> None:
    service.telegram.set_webhook("", "", None)
    update = await service.telegram.citizen().says("x")
    for secret in (None, "", "wrong", SECRET + "x"):
        headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
        answer = await service.http.post(f"{service.url}/webhooks/telegram", json=update, headers=headers)
        assert answer.status_code == 403
    assert await service.stored() == []


async def test_a_body_that_is_no_update(service: Service) -> None:
    for body in (b"", b"{", b"\xff", b"[1]", b'{"a": 1}', b"update_id=1", b"[" * 50_000):
        answer = await service.post_update(content=body)
        assert (answer.status_code, answer.json()["error"]) == (400, "unparseable"), body[:20]


async def test_a_body_above_the_limit(service: Service) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(300):
            yield b"x" * 4096

    for content in (b"x" * (1024 * 1024 + 1), endless()):
        assert (await service.post_update(content=content)).status_code == 413


async def test_what_is_no_message_is_acknowledged_and_not_stored(service: Service) -> None:
    citizen = service.telegram.citizen()
    citizen.blocks_the_bot()
    citizen.sends(text="في مجموعة", chat={"id": -1001, "type": "supergroup", "title": "أهل الحي"})
    await service.telegram.settled()
    assert service.telegram.webhook_answers == [200, 200]
    assert await service.stored() == []


async def test_a_press_is_stored_and_its_spinner_stopped(service: Service) -> None:
    citizen = service.telegram.citizen()
    keyboard = {"inline_keyboard": [[{"text": "نعم", "callback_data": "b1.0"}]]}
    citizen.take({"message_id": 9, "text": "؟", "reply_markup": keyboard})
    await citizen.presses("نعم")
    await service.telegram.settled()
    (content,) = await service.stored()
    assert content["button"] == "b1.0"
    async with asyncio.timeout(5):
        while service.telegram.open_queries:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_each_kind_is_stored(service: Service) -> None:
    citizen = service.telegram.citizen(phone="97339001122")
    said = await citizen.says("حفرة")
    await citizen.sends_photo(b"\xff\xd8", "الصورة")
    await citizen.sends_voice(b"OggS")
    await citizen.sends_document(b"%PDF", "رخصة.pdf", "application/pdf")
    await citizen.sends_location(26.2, 50.5)
    await citizen.sends_contact()
    await citizen.edits(said, "حفرة كبيرة")
    await citizen.sends_sticker()
    await service.telegram.settled()
    contents = await service.stored()
    assert [content["media"][0]["kind"] for content in contents if "media" in content] == ["photo", "voice", "document"]
    assert contents[4]["location"] == {"lat": 26.2, "lon": 50.5}
    assert contents[5]["verified_phone"] == "+97339001122"
    assert contents[6]["edits"] == contents[0]["message_id"]
    assert contents[7]["unsupported"] == "sticker"


async def test_what_no_database_can_store_is_stored_without(service: Service) -> None:
    sender = {"id": 5, "is_bot": False, "first_name": "a\0"}
    message = {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "from": sender}
    for update_id, text in enumerate(("a\0b", "a\ud800b")):
        update = {"update_id": update_id, "message": message | {"text": text}}
        assert (await service.post_update(content=json.dumps(update))).status_code == 200
    assert [content["text"] for content in await service.stored()] == ["ab", "a?b"]


async def test_while_the_database_is_away_nothing_is_acknowledged_or_lost(
    service: Service, database_url: str, postgres: str
) -> None:
    name = make_url(database_url).database
    await service.telegram.citizen().says("قبل")
    await service.telegram.settled()
    with psycopg.connect(postgres, autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            await service.telegram.citizen(name="علي").says("أثناء")
            form = service.twilio.citizen().sends(Body="أثناء")
            async with asyncio.timeout(20):
                while not service.twilio.webhook_answers or len(service.telegram.webhook_answers) < 3:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
        finally:
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert set(service.telegram.webhook_answers[1:]) == {503}
    assert service.twilio.webhook_answers[0][0] == 503
    await service.telegram.settled()
    assert (await service.twilio.post("/webhooks/twilio/messages", form))[0] == 200
    assert {content["text"] for content in await service.stored()} == {"قبل", "أثناء"}
    assert len(await service.stored()) == 3


# Twilio


async def test_what_a_person_writes_is_stored_and_answered_with_empty_twiml(service: Service) -> None:
    for channel in ("whatsapp", "sms"):
        citizen = service.twilio.citizen(channel=channel)
        form = await citizen.says("الماي مقطوع من أمس & الحر + شديد")
        await service.twilio.settled()
        assert service.twilio.webhook_answers[-1] == (200, EMPTY_TWIML)
        content = (await service.stored())[-1]
        assert (content["channel"], content["address"]) == (channel, citizen.phone)
        assert (content["text"], content["provider_id"]) == (form["Body"], form["MessageSid"])


async def test_twiml_is_xml(service: Service) -> None:
    form = service.twilio.citizen().sends(Body="x")
    signature = RequestValidator(service.twilio.auth_token).compute_signature(f"{service.url}{MESSAGES}", form)
    answer = await service.http.post(service.url + MESSAGES, data=form, headers={"X-Twilio-Signature": signature})
    assert answer.headers["content-type"].startswith("text/xml")


MESSAGES, STATUS = "/webhooks/twilio/messages", "/webhooks/twilio/status"


async def test_fifty_copies_of_a_form_are_stored_once(service: Service) -> None:
    form = await service.twilio.citizen().says("واحدة")
    answers = await asyncio.gather(*(service.twilio.post(MESSAGES, form) for _ in range(50)))
    assert {status for status, _ in answers} == {200}
    assert len(await service.stored()) == 1


async def test_a_wrong_signature(service: Service) -> None:
    form = {"MessageSid": "SM1", "From": "+97339001122", "To": "+97317000002", "Body": "x", "MessageStatus": "sent"}
    for path in (MESSAGES, STATUS):
        good = RequestValidator(service.twilio.auth_token).compute_signature(service.url + path, form)
        for signature in ("", "wrong", good[::-1]):
            assert (await service.twilio.post(path, form, signature=signature))[0] == 403
        assert (await service.twilio.post(path, form | {"Body": "y"}, signature=good))[0] == 403
        assert (await service.http.post(service.url + path, data=form)).status_code == 403
    assert await service.stored() == []


async def test_a_signed_form_that_is_no_message(service: Service) -> None:
    good = {"MessageSid": "SM1", "From": "+97339001122"}
    for form in (
        {},
        {"From": good["From"]},
        {"MessageSid": "SM1"},
        good | {"NumMedia": "x"},
        good | {"Latitude": "99", "Longitude": "0"},
    ):
        status, body = await service.twilio.post(MESSAGES, form)
        assert status == 400
        assert '"unparseable"' in body


async def test_the_signature_is_over_the_public_address(database: Database, database_url: str, tmp_path: Path) -> None:
    public = "https://tawasul.example.bh/gov"
    async with _service(database, database_url, tmp_path, public_url=public) as service:
        form = {"MessageSid": "SM1", "From": "+97339001122", "To": "+97317000002", "Body": "عبر وسيط"}
        signature = RequestValidator(service.twilio.auth_token).compute_signature(f"{public}{MESSAGES}?a=1", form)
        status, _ = await service.twilio.post(f"{service.url}{MESSAGES}?a=1", form, signature=signature)
        assert status == 200
        assert (await service.twilio.post(f"{service.url}{MESSAGES}?a=2", form, signature=signature))[0] == 403


async def test_a_contact_card_is_read_before_it_is_stored(service: Service) -> None:
    await service.twilio.citizen().sends_contact("+97336001122", "علي")
    await service.twilio.settled()
    (content,) = await service.stored()
    assert content["contact"] == {"phone": "+97336001122", "name": "علي"}


async def test_channels_that_are_off(database: Database, database_url: str, tmp_path: Path) -> None:
    form = {"MessageSid": "SM1", "From": "whatsapp:+97339001122", "To": "whatsapp:+97317000001", "Body": "x"}
    off = ("telegram_token", "whatsapp_number")
    async with _service(database, database_url, tmp_path, *off) as service:
        assert (await service.post_update(json={"update_id": 1})).status_code == 404
        assert (await service.twilio.post(MESSAGES, form))[0] == 404
        assert (await service.twilio.post(MESSAGES, form | {"From": "+97339001122"}))[0] == 200
    async with _service(database, database_url, tmp_path, *off, "twilio_account_sid") as service:
        assert (await service.twilio.post(MESSAGES, form))[0] == 404
        assert (await service.twilio.post(STATUS, form))[0] == 404


async def _sent(service: Service, provider_id: str) -> int:
    """A message of ours that Twilio took; its outbox id."""
    await service.twilio.citizen(channel="sms").says("مرحبا")
    await service.twilio.settled()
    async with service.database.transaction() as session:
        conversation = (await session.scalars(select(Conversation))).one()
        outbox_id = await outbox.add(session, conversation, "حياك الله")
        message = await session.get_one(OutboxMessage, outbox_id)
        message.status, message.provider_id = "sent", provider_id
        return message.id


async def _status(service: Service, outbox_id: int) -> tuple[str, str | None]:
    async with service.database.transaction() as session:
        message = await session.get_one(OutboxMessage, outbox_id)
        return message.status, message.error


async def test_delivery_reports_move_forward_only(service: Service) -> None:
    outbox_id = await _sent(service, "SM77")
    report = {"MessageSid": "SM77", "From": "+97317000002", "To": "+97339001122"}
    for told, ours in (("queued", "sent"), ("delivered", "delivered"), ("sent", "delivered"), ("read", "read")):
        path = f"{STATUS}?message={outbox_id}"
        assert (await service.twilio.post(path, report | {"MessageStatus": told}))[0] == 200
        assert await _status(service, outbox_id) == (ours, None)


async def test_a_failed_delivery_keeps_its_code(service: Service) -> None:
    outbox_id = await _sent(service, "SM78")
    report = {"MessageSid": "SM78", "To": "+97339001122", "MessageStatus": "undelivered", "ErrorCode": "30003"}
    assert (await service.twilio.post(STATUS, report))[0] == 200
    assert await _status(service, outbox_id) == ("failed", "30003")


async def test_a_report_finds_a_message_whose_id_we_never_learnt(service: Service) -> None:
    outbox_id = await _sent(service, "SM79")
    async with service.database.transaction() as session:
        message = await session.get_one(OutboxMessage, outbox_id)
        message.status, message.provider_id = "unknown", None
    report = {"MessageSid": "SM80", "To": "+97339001122", "MessageStatus": "delivered"}
    assert (await service.twilio.post(f"{STATUS}?message={outbox_id}", report))[0] == 200
    assert await _status(service, outbox_id) == ("delivered", None)


async def test_a_report_on_a_message_that_is_not_ours(service: Service) -> None:
    report = {"MessageSid": "SM404", "To": "+97339001122", "MessageStatus": "delivered"}
    assert (await service.twilio.post(STATUS, report))[0] == 200
    assert (await service.twilio.post(STATUS, {"MessageSid": "SM404"}))[0] == 400
