"""Handling one inbound message: fetch its files, ask the assistant, store the replies with "processed".

No transaction is open while a provider or the assistant is called. Each step may be repeated: files are stored once
per message, the assistant answers a repeated message id with the same reply, and the replies are stored once.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from contact_center.attachments.storage import Storage
from contact_center.channels.base import Channel, ChannelCode, SendError
from contact_center.clock import now
from contact_center.conversations import outbox, parts, rating_question, subscription
from contact_center.conversations.dialogue import Assistant, AssistantUnavailable, Reply, Turn, TurnFailed
from contact_center.conversations.doubts import keep_doubt
from contact_center.conversations.inbound_files import InboundFiles
from contact_center.conversations.models import Conversation, InboxMessage
from contact_center.conversations.one_message import as_sent
from contact_center.conversations.queries import last_said
from contact_center.conversations.turns import turn_of
from contact_center.conversations.wording import reworded
from contact_center.conversations.work import Work, end, load, locked
from contact_center.database import Database
from contact_center.jobs import RetryLater
from contact_center.listening import HANDOFFS, conversation_changed
from contact_center.notifications.sentences import sentence

PATIENCE = timedelta(seconds=5)
"""How long a person waits before they are told that the message is kept (the promise is 10 s)."""
EMERGENCY = "emergency"
"""The assistant's intent for words that call for help."""
TYPING_AFTER_SECONDS = 1.0
MAX_FAILURES = 6
FAILURE_BACKOFF_SECONDS = [1, 2, 4, 8, 15]
OUTAGE_BACKOFF_SECONDS = [0.5, 1, 1, 2, 2, 3, 5]

log = structlog.get_logger()


class Handler:
    """Handles inbound messages; one instance a worker process, one message at a time per conversation."""

    def __init__(
        self,
        database: Database,
        assistant: Assistant,
        channels: Mapping[ChannelCode, Channel],
        storage: Storage,
        gather_seconds: float = 0.0,
        draft_pause_hours: float = 6,
    ) -> None:
        """`gather_seconds`: the pause after which several messages in a row are taken as one description; 0: none.

        `draft_pause_hours`: how long a person is away before they are welcomed back to their draft.
        """
        self._database = database
        self._assistant = assistant
        self._channels = channels
        self._files = InboundFiles(database, channels, storage)
        self._pause = timedelta(seconds=gather_seconds)
        self._absence = timedelta(hours=draft_pause_hours)

    async def handle(self, inbox_id: UUID, tries: int) -> None:
        """Handle a stored message; `tries` counts earlier ones. Raises `RetryLater`; a hopeless one ends `failed`."""
        async with self._database.transaction() as session:
            work = await load(session, inbox_id, tries, self._absence)
        if work is None:
            return
        try:
            if work.silent:
                await self._watch_for_danger(work)
                return
            await self._gather(work)
            await self._files.fetch(work)
            if work.conversation.mode == "assistant" or work.by_agent:
                await self._store_reply(work, await self._ask(work))
            else:
                await self._leave_to_agent(work)
        except (AssistantUnavailable, SendError) as error:
            await self._tell_kept_if_late(work)
            log.warning("message_waits", inbox_id=str(inbox_id), tries=tries, reason=str(error)[:200])
            raise RetryLater(_step(OUTAGE_BACKOFF_SECONDS, tries)) from error
        except TurnFailed as error:
            await self._failed(work, str(error))

    async def _gather(self, work: Work) -> None:
        """Wait for the rest of a description, where one is being told, and make one message of it.

        Which messages belong together is stored before the assistant hears them: a repeat of the turn is the same.
        """
        if work.inbox.gathered_into is not None:
            async with self._database.transaction() as session:
                work.parts = await parts.settled(session, work.inbox)
        elif self._is_description(work):
            work.parts = await self._wait_for_all(work)
        else:
            work.parts = (work.inbox,)
        work.message = parts.as_one(work.parts)

    async def _wait_for_all(self, work: Work) -> Sequence[InboxMessage]:
        while True:
            async with self._database.transaction() as session:
                work.conversation = await session.get_one(Conversation, work.conversation.id)
                gathered = await parts.settle(session, work.conversation, work.inbox, self._pause)
            if not isinstance(gathered, float):
                return gathered
            await asyncio.sleep(gathered)

    def _is_description(self, work: Work) -> bool:
        """Whether this may be the first of several messages that tell what the matter is, or answer an agency."""
        conversation = work.conversation
        asked = conversation.expects == "description" or not (conversation.expects or conversation.draft)
        asked = asked or bool(work.question and work.question.newest)
        return bool(self._pause) and asked and conversation.mode == "assistant" and work.payload is None

    async def _ask(self, work: Work) -> Reply:
        """The assistant's reply; the person is told that the message is kept if it takes too long."""
        turn = turn_of(
            str(work.conversation.id),
            str(work.inbox.id),
            work.message,
            phone=work.phone,
            payload=work.payload,
            attachments=work.attachments,
            refused_files=work.refused_files,
            edited_text=work.edited_text,
            rating_of=work.rating_of,
            question=work.question,
            remembered=work.remembered,
        )
        return await self._ask_patiently(work, turn)

    async def _ask_patiently(self, work: Work, turn: Turn) -> Reply:
        asking = asyncio.create_task(self._assistant.turn(turn))
        typing = asyncio.create_task(self._show_typing(work))  # beside it: a slow channel must not delay the promise
        try:
            await asyncio.wait({asking}, timeout=max(0.0, (_late_at(work) - now()).total_seconds()))
            if not asking.done():
                await self._tell_kept(work)
            return await asking
        finally:
            asking.cancel()
            typing.cancel()

    async def _show_typing(self, work: Work) -> None:
        if work.by_agent:
            return
        await asyncio.sleep(TYPING_AFTER_SECONDS)
        channel = self._channels.get(work.message.channel)
        if channel:
            await channel.show_typing(work.conversation.address)

    async def _store_reply(self, work: Work, reply: Reply) -> None:
        """Replies, conversation state and "processed", in one transaction."""
        async with self._database.transaction() as session:
            inbox, conversation = await locked(session, work)
            if inbox.status == "processed":
                return
            messages = [] if work.by_agent else as_sent(conversation.channel, reply.messages)
            said = await last_said(session, conversation.id)
            language = reply.language or conversation.language
            for number, message in enumerate(messages, start=1):
                asks = reply.expects is not None and number == len(messages)
                await outbox.add(
                    session,
                    conversation,
                    reworded(message.text, said, language, asks=asks) if number == 1 else message.text,
                    buttons=[button.model_dump() for button in message.buttons],
                    expects=reply.expects if number == len(messages) else None,
                    inbox_id=inbox.id,
                )
            await keep_doubt(session, inbox, conversation, work.message, reply)
            conversation.expects = reply.expects
            conversation.draft = reply.draft
            conversation.language = language
            end(inbox, "processed")
            await parts.end(session, inbox, work.parts)
            await outbox.send_off(session, conversation)
            if work.message.notice:  # an agent has handed it back
                await rating_question.ask_what_waited(session, conversation)

    async def _watch_for_danger(self, work: Work) -> None:
        """Name 999 to somebody who said STOP, where their words call for help; nothing else is answered or changed."""
        danger = await self._assistant.intent_of(work.message.text or "") == EMERGENCY
        async with self._database.transaction() as session:
            inbox, conversation = await locked(session, work)
            if inbox.status == "processed":
                return
            if danger:
                await subscription.name_999(session, inbox, conversation)
            end(inbox, "processed")

    async def _leave_to_agent(self, work: Work) -> None:
        async with self._database.transaction() as session:
            inbox = await session.get_one(InboxMessage, work.inbox.id)
            end(inbox, "processed")
            await parts.end(session, inbox, work.parts)
            for topic in (work.conversation.id, HANDOFFS):
                await conversation_changed(session, topic)

    async def _tell_kept_if_late(self, work: Work) -> None:
        if now() >= _late_at(work):
            await self._tell_kept(work)

    async def _tell_kept(self, work: Work) -> None:
        """Tell the person, once per message, that it is kept and will be answered."""
        if work.silent or work.by_agent:
            return
        async with self._database.transaction() as session:
            conversation = await session.get_one(Conversation, work.conversation.id)
            await outbox.say(
                session,
                conversation,
                sentence("kept", conversation.language),
                role="system",
                inbox_id=work.inbox.id,
                dedupe_key=f"kept:{work.inbox.id}",
            )

    async def _failed(self, work: Work, reason: str) -> None:
        """Try a message that the assistant cannot digest a few times, then set it aside so that it blocks nobody."""
        log.error("turn_failed", inbox_id=str(work.inbox.id), tries=work.tries, reason=reason)
        if work.tries + 1 < MAX_FAILURES:
            await self._tell_kept_if_late(work)
            raise RetryLater(_step(FAILURE_BACKOFF_SECONDS, work.tries))
        async with self._database.transaction() as session:
            inbox, conversation = await locked(session, work)
            end(inbox, "failed", error=reason[:500])
            await parts.end(session, inbox, work.parts)
            if work.by_agent:
                return
            await outbox.say(
                session,
                conversation,
                sentence("not_handled", conversation.language),
                role="system",
                inbox_id=inbox.id,
                dedupe_key=f"failed:{inbox.id}",
            )


def _late_at(work: Work) -> datetime:
    return work.newest_at + PATIENCE


def _step(backoff: list[float] | list[int], tries: int) -> float:
    return backoff[min(tries, len(backoff) - 1)]
