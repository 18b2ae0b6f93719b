"""Whoever is erased has gone from every table, from the disk and from the assistant; nobody else has lost a word."""

from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from dump import everything
from lives import MARKS, OTHERS, PHONE, Lives
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from bot.rows import PostgresRows
from contact_center import jobs
from contact_center.accounts.models import SavedFilter
from contact_center.attachments.storage import Storage
from contact_center.cases.models import Case, CaseEvent
from contact_center.channels.base import ChannelCode
from contact_center.channels.base import InboundMessage as Inbound
from contact_center.citizens.models import PrivacyRequest
from contact_center.conversations import call_desk, inbox, outbox
from contact_center.conversations.dialogue import Assistant
from contact_center.conversations.models import Conversation, InboxMessage
from contact_center.database import Database
from contact_center.jobs import RetryLater
from contact_center.privacy import erasing, requests, traces
from contact_center.privacy.person import person
from contact_center.privacy.requests import Kind, Recognised
from contact_center.privacy.search import search
from contact_center.settings import Settings
from contact_center.tasks import register_privacy
from contact_center.telephone import service as telephone
from tests.moved_clock import clock_moved

FIGURES = (
    Case.reference, Case.category, Case.agency, Case.area, Case.governorate, Case.status, Case.created_at,
    Case.due_at, Case.answered_at, Case.closed_at, Case.rating, Case.channel, Case.marks, Case.times_reopened,
)  # fmt: skip


async def ask(database: Database, lives: Lives) -> PrivacyRequest:
    async with database.transaction() as session:
        known = await person(session, lives.mariam)
        number = await requests.ask(session, known, Kind.ERASURE, Recognised.CALLED_BACK, "amal")
        return await session.get_one(PrivacyRequest, number)


async def approve(database: Database, request: PrivacyRequest) -> None:
    async with database.transaction() as session:
        decided = await requests.decide(session, request.id, "adel", approve=True)
        await erasing.erase(session, decided)


async def figures(database: Database, lives: Lives) -> list[object]:
    async with database.transaction() as session:
        theirs = select(*FIGURES).where(Case.id.in_(lives.cases)).order_by(Case.reference)
        return [tuple(row) for row in await session.execute(theirs)]


async def happened(database: Database, lives: Lives) -> list[object]:
    """What happened to her cases, and when: without words."""
    columns = (CaseEvent.id, CaseEvent.at, CaseEvent.kind, CaseEvent.actor, CaseEvent.public)
    async with database.transaction() as session:
        theirs = select(*columns).where(CaseEvent.case_id.in_(lives.cases)).order_by(CaseEvent.id)
        return [tuple(row) for row in await session.execute(theirs)]


def marked(tables: dict[str, list[str]], marks: tuple[str, ...]) -> dict[str, list[str]]:
    found = {name: [row for row in rows if any(mark in row for mark in marks)] for name, rows in tables.items()}
    return {name: rows for name, rows in found.items() if rows}


async def test_nothing_of_hers_is_left_anywhere_and_nothing_of_others_is_lost(
    database: Database, database_url: str, lives: Lives, rows: PostgresRows, assistant: Assistant, storage: Storage
) -> None:
    before = everything(database_url)
    full = {"citizens", "channel_identities", "phone_codes", "cases", "case_events", "case_followers", "conversations"}
    full |= {
        "inbox_messages",
        "outbox_messages",
        "phone_calls",
        "callbacks",
        "attachments",
        "review_items",
        "conversation_notes",
        "saved_filters",
    }
    assert {f"public.{table}" for table in full} - {"public.citizens"} <= set(marked(before, MARKS))
    assert before["public.reference_guesses"]
    assert marked(before, MARKS)["rasa.conversations"]
    others, stands, was = marked(before, (OTHERS,)), await figures(database, lives), await happened(database, lives)
    assert {"public.cases", "public.case_events", "public.outbox_messages", "public.case_followers"} <= set(
        marked(before, ("36777888", OTHERS))
    )

    request = await ask(database, lives)
    await approve(database, request)
    left = set(marked(everything(database_url), MARKS))
    assert left == {"rasa.conversations"}
    assert storage.path(lives.photo).exists()

    await traces.remove(database, assistant, storage, request.id)
    after = everything(database_url)
    assert marked(after, MARKS) == {}
    assert marked(after, (OTHERS,)) == others
    assert await figures(database, lives) == stands
    assert [event for event in await happened(database, lives) if event[2] != "erased"] == was  # type: ignore[index]
    with pytest.raises(FileNotFoundError):
        storage.path(lives.photo)
    async with database.transaction() as session:
        assert (await session.get_one(PrivacyRequest, request.id)).state == "done"
        assert not await search(session, "3912 3456")
        assert [saved.name for saved in await session.scalars(select(SavedFilter))] == [OTHERS]
        assert (await person(session, lives.mariam)).erased


async def test_whoever_writes_again_is_somebody_new(database: Database, lives: Lives) -> None:
    await approve(database, await ask(database, lives))
    message = Inbound(channel=ChannelCode.WHATSAPP, address=PHONE, provider_id="new", text="هلا", verified_phone=PHONE)
    async with database.transaction() as session:
        assert await inbox.receive(session, message)
    async with database.transaction() as session:
        (hit,) = await search(session, PHONE)
        known = await person(session, hit.id)
        assert hit.id != lives.mariam
        assert not known.erased
        assert list(await session.scalars(known.cases())) == []


async def test_nothing_is_written_into_an_erased_conversation(database: Database, lives: Lives) -> None:
    async with database.transaction() as session:
        talk = await session.get_one(Conversation, lives.talk)  # as a browser's request has it that was under way
    await approve(database, await ask(database, lives))
    late = Inbound(channel=ChannelCode.TELEGRAM, address=talk.address, provider_id="late", text="هلا")
    with pytest.raises(IntegrityError, match="erased"):
        async with database.transaction() as session:
            await inbox.store(session, talk, late)
    with pytest.raises(IntegrityError, match="erased"):
        async with database.transaction() as session:
            await outbox.say(session, talk, "هلا")


async def test_not_while_a_case_is_open_however_late_it_was_opened(database: Database, lives: Lives) -> None:
    request = await ask(database, lives)
    async with database.transaction() as session:
        await session.execute(update(Case).where(Case.id == lives.cases[0]).values(status="reopened"))
    with pytest.raises(requests.OpenCases):
        await approve(database, request)
    async with database.transaction() as session:
        assert (await session.get_one(PrivacyRequest, request.id)).state == "asked"
        await requests.withdraw(session, request.id, "amal")
    with pytest.raises(requests.OpenCases):
        await ask(database, lives)


async def test_not_while_they_are_with_us(database: Database, database_url: str, lives: Lives) -> None:
    request, before = await ask(database, lives), everything(database_url)
    message = Inbound(channel=ChannelCode.WHATSAPP, address=PHONE, provider_id="now", text="هلا")
    async with database.transaction() as session:
        await inbox.receive(session, message)
    with pytest.raises(erasing.Busy):
        await approve(database, request)
    async with database.transaction() as session:
        await session.execute(update(InboxMessage).values(status="processed"))
        await telephone.typed(session, await call_desk.begin_call(session, PHONE), "amal")
    with pytest.raises(erasing.Busy):
        await approve(database, request)
    assert everything(database_url)["public.case_events"] == before["public.case_events"]
    with clock_moved(timedelta(hours=7)):  # nobody has wrapped that call up
        await approve(database, request)


async def test_the_assistant_is_asked_again_until_it_answers(
    database: Database, lives: Lives, rows: PostgresRows, assistant: Assistant, storage: Storage
) -> None:
    request = await ask(database, lives)
    await traces.remove(database, assistant, storage, request.id)  # nobody has approved it
    assert await rows.ids()
    await approve(database, request)
    nobody = Assistant("http://127.0.0.1:1", "token")
    with pytest.raises(RetryLater):
        await traces.remove(database, nobody, storage, request.id)
    await nobody.close()
    assert storage.path(lives.photo).exists()
    await traces.remove(database, assistant, storage, request.id)
    assert await rows.ids() == []


async def test_the_worker_carries_it_out(
    database: Database, database_url: str, lives: Lives, rows: PostgresRows, assistant: Assistant, tmp_path: Path
) -> None:
    request = await ask(database, lives)
    await approve(database, request)
    queue = jobs.open_queue(database_url)
    register_privacy(queue, database, assistant, Settings(_env_file=None, storage_url=tmp_path.as_uri()))
    async with database.transaction() as session:
        other = text("DELETE FROM procrastinate_jobs WHERE task_name <> :name")
        await session.execute(other, {"name": jobs.REMOVE_TRACES})
    async with queue.open_async():
        await queue.run_worker_async(wait=False, install_signal_handlers=False, delete_jobs="successful")
    async with database.transaction() as session:
        assert (await session.get_one(PrivacyRequest, request.id)).state == "done"
    assert await rows.ids() == []
    with pytest.raises(FileNotFoundError):
        Storage(tmp_path).path(lives.photo)


async def test_a_photo_that_somebody_else_has_sent_too_stays(
    database: Database, lives: Lives, assistant: Assistant, storage: Storage
) -> None:
    async with database.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO attachments (id, source_key, kind, media_type, filename, size, sha256, storage_key, "
                "created_at) SELECT gen_random_uuid(), 'theirs', kind, media_type, 'a.png', size, sha256, storage_key, "
                "created_at FROM attachments"
            )
        )
    request = await ask(database, lives)
    await approve(database, request)
    await traces.remove(database, assistant, storage, request.id)
    assert storage.path(lives.photo).exists()


@pytest.mark.parametrize(
    "change",
    [
        "text = 'other'",
        "text = NULL, at = now()",
        "text = NULL, idempotency_key = NULL, actor = 'system'",
        "text = NULL",
    ],
)
async def test_the_database_lets_a_timeline_lose_words_for_an_approved_erasure_alone(
    database: Database, database_url: str, lives: Lives, change: str
) -> None:
    request = await ask(database, lives)
    statement = f"UPDATE case_events SET {change} WHERE kind = 'reply'"  # noqa: S608
    with psycopg.connect(database_url) as connection:
        connection.execute("SELECT set_config('tawasul.erasing', %s, true)", [str(request.id)])
        with pytest.raises(psycopg.errors.CheckViolation, match="only ever added to"):
            connection.execute(statement)
        connection.rollback()
        state = "UPDATE privacy_requests SET state = 'approved', decided_by = 'adel', decided_at = now()"
        connection.execute(state)
        connection.execute("SELECT set_config('tawasul.erasing', %s, true)", [str(request.id)])
        if change != "text = NULL":
            with pytest.raises(psycopg.errors.CheckViolation, match="only ever added to"):
                connection.execute(statement)
        else:
            connection.execute(statement + " AND idempotency_key IS NULL")
            with pytest.raises(psycopg.errors.CheckViolation):
                connection.execute("DELETE FROM case_events")
