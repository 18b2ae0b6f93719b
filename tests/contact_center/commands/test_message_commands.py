"""`tawasul messages`: what failed is seen, without its words, and gets another chance."""

from collections.abc import Callable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from typer.testing import Result

from contact_center.channels.base import ChannelCode, InboundMessage
from contact_center.commands.database import in_transaction
from contact_center.conversations import inbox, outbox
from contact_center.conversations.models import Conversation, InboxMessage, OutboxMessage
from contact_center.conversations.queries import conversation_at
from contact_center.errors import Conflict, InvalidInput, NotFound

Tawasul = Callable[..., Result]
ADDRESS = "987654321"


def fail_both_ways() -> tuple[str, str]:
    """A message in and one out that were given up on; their ids."""

    async def fail(session: AsyncSession) -> tuple[str, str]:
        message = InboundMessage(channel=ChannelCode.TELEGRAM, address=ADDRESS, provider_id="1", text="كلمات خاصة")
        await inbox.receive(session, message)
        conversation = await conversation_at(session, ChannelCode.TELEGRAM, ADDRESS)
        assert isinstance(conversation, Conversation)
        out_id = await outbox.add(session, conversation, "جواب")
        await session.execute(text("UPDATE inbox_messages SET status = 'failed', error = 'ValueError', attempts = 6"))
        await session.execute(text("UPDATE outbox_messages SET status = 'failed', error = 'blocked', attempts = 12"))
        await session.execute(text("DELETE FROM procrastinate_jobs"))
        in_id = await session.scalar(text("SELECT id FROM inbox_messages"))
        return str(in_id), str(out_id)

    return in_transaction(fail)


async def jobs(session: AsyncSession) -> set[str]:
    return set(await session.scalars(text("SELECT task_name FROM procrastinate_jobs")))


def test_failed_messages_are_listed_without_their_words(tawasul: Tawasul) -> None:
    in_id, out_id = fail_both_ways()
    listed = tawasul("messages", "failed").stdout
    assert {line.split()[0] for line in listed.splitlines()} == {in_id, out_id}
    assert "ValueError" in listed
    assert "خاصة" not in listed
    assert ADDRESS not in listed


def test_replayed_they_are_on_their_way_again(tawasul: Tawasul) -> None:
    in_id, out_id = fail_both_ways()
    assert tawasul("messages", "replay", "--all").stdout == "2 messages are on their way again.\n"
    assert in_transaction(jobs) == {"handle_message", "deliver"}
    assert tawasul("messages", "failed").stdout == ""
    assert in_transaction(lambda session: session.get_one(OutboxMessage, int(out_id))).status == "queued"
    assert in_transaction(lambda session: session.get_one(InboxMessage, in_id)).status == "received"
    assert isinstance(tawasul("messages", "replay", in_id).exception, Conflict)


def test_what_cannot_be_replayed_is_said(tawasul: Tawasul) -> None:
    assert isinstance(tawasul("messages", "replay").exception, InvalidInput)
    assert isinstance(tawasul("messages", "replay", "what").exception, InvalidInput)
    assert isinstance(tawasul("messages", "replay", "42").exception, NotFound)
