"""Rasa's tracker store: one row for a conversation, one write for a turn, the reply stored with it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

from bot.pruning import pruned
from bot.rows import MemoryRows, PostgresRows, Reply, Row, Rows
from bot.turn import AlreadyAnswered, current_turn

_CACHED_CONVERSATIONS = 1000
# A retried message is almost always the last one; an agent's edit may have come in between.
_REPLIES_KEPT = 5


class StoredTracker(DialogueStateTracker):
    """A tracker that knows which version of its row it was read from (0: of none) and the replies stored with it."""

    version: int = 0
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class _Conversation:
    version: int
    events: tuple[Event, ...]
    replies: tuple[Reply, ...]


class ConversationStore(TrackerStore):
    """Keeps conversations in PostgreSQL, or in memory where endpoints.yml gives no `url`.

    Within a turn of the gateway, reading a conversation raises AlreadyAnswered for a message that has its reply, and
    saving stores the reply in the same statement. Two processes that serve one conversation at once: the one that
    writes second fails with Overtaken, and its turn is sent again by the service.
    """

    def __init__(
        self,
        domain: Domain | None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        turns_kept: int = 3,
    ) -> None:
        super().__init__(domain, event_broker)
        self._rows: Rows = PostgresRows(host) if host else MemoryRows()
        self._turns_kept = turns_kept
        self._cache: OrderedDict[str, _Conversation] = OrderedDict()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        conversation = await self._conversation(sender_id)
        if conversation is None:
            return None
        turn = current_turn.get()
        reply = dict(conversation.replies).get(turn.message_id) if turn else None
        if reply is not None:
            raise AlreadyAnswered(reply)
        tracker = self.init_tracker(sender_id)
        tracker.version, tracker.replies = conversation.version, conversation.replies
        tracker.events.extend(conversation.events)
        tracker.replay_events()
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        await self.stream_events(tracker)
        version, replies = getattr(tracker, "version", None), getattr(tracker, "replies", ())
        if version is None:
            stored = await self._conversation(tracker.sender_id)
            version = stored.version if stored else 0
        turn = current_turn.get()
        if turn:
            replies = (*replies, (turn.message_id, turn.conclude(tracker)))[-_REPLIES_KEPT:]
        events = pruned(tracker, self.domain.slots, self._turns_kept)
        row = Row(version, [event.as_dict() for event in events], list(replies))
        self._cache.pop(tracker.sender_id, None)
        await self._rows.write(tracker.sender_id, row)
        self._remember(tracker.sender_id, _Conversation(version + 1, tuple(events), replies))
        if isinstance(tracker, StoredTracker):
            tracker.version, tracker.replies = version + 1, replies

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """A new conversation; unlike Rasa's own, not stored before it has had a turn."""
        return self.init_tracker(sender_id)

    def init_tracker(self, sender_id: str) -> StoredTracker:
        return StoredTracker(sender_id, self.domain.slots, max_event_history=self.max_event_history)

    async def exists(self, conversation_id: str) -> bool:
        return await self._conversation(conversation_id) is not None

    async def keys(self) -> Iterable[str]:
        return await self._rows.ids()

    async def forget(self, conversation_id: str) -> None:
        """Delete a conversation for good."""
        self._cache.pop(conversation_id, None)
        await self._rows.delete(conversation_id)

    async def close(self) -> None:
        """Let go of the database."""
        await self._rows.close()

    async def _conversation(self, conversation_id: str) -> _Conversation | None:
        """What is stored, from the cache where that is of the same version."""
        version = await self._rows.version(conversation_id)
        known = self._cache.get(conversation_id)
        if known is None or known.version != version:
            row = await self._rows.read(conversation_id) if version else None
            if row is None:
                return None
            known = _Conversation(row.version, tuple(deserialise_events(row.events)), tuple(row.replies))
        self._remember(conversation_id, known)
        return known

    def _remember(self, conversation_id: str, conversation: _Conversation) -> None:
        self._cache[conversation_id] = conversation
        self._cache.move_to_end(conversation_id)
        if len(self._cache) > _CACHED_CONVERSATIONS:
            self._cache.popitem(last=False)
