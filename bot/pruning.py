"""What a stored conversation has to keep, so that it goes on as if nothing had been left out."""

from __future__ import annotations

from collections.abc import Sequence

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker


def pruned(tracker: DialogueStateTracker, slots: Sequence[Slot], turns_kept: int) -> list[Event]:
    """The events of a conversation, with those before its last turns replaced by their outcome.

    Nothing changes until twice `turns_kept` turns are there; then the last `turns_kept` stay as they are. What came
    before becomes what those events had led to: slot values and the open form, begun by the message that opened it.
    Rules look back over a turn or two, so they decide the same.
    """
    events = list(tracker.events)
    turns = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(turns) < 2 * turns_kept:
        return events
    cut = turns[-turns_kept]
    before = DialogueStateTracker.from_events(tracker.sender_id, events[:cut], slots)
    return [*_outcome(before, slots), *events[cut:]]


def _outcome(tracker: DialogueStateTracker, slots: Sequence[Slot]) -> list[Event]:
    """The shortest history with the same slots and the same open form as `tracker`, ending in listening."""
    initial = {slot.name: slot.initial_value for slot in slots}
    values = [SlotSet(name, slot.value) for name, slot in tracker.slots.items() if slot.value != initial.get(name)]
    events: list[Event] = [SessionStarted(), ActionExecuted(ACTION_LISTEN_NAME), *values]
    if tracker.active_loop_name:
        events += _opening(tracker)
    return [_at(event, tracker) for event in events]


def _opening(tracker: DialogueStateTracker) -> list[Event]:
    """The open form as if it had just been opened."""
    opened_by = (tracker.active_loop and tracker.active_loop.trigger_message) or {}
    return [
        UserUttered(
            opened_by.get("text"),
            opened_by.get("intent"),
            opened_by.get("entities"),
            opened_by,
            message_id=opened_by.get("message_id"),
            metadata=opened_by.get("metadata"),
        ),
        ActionExecuted(tracker.active_loop_name),
        ActiveLoop(tracker.active_loop_name),
        ActionExecuted(ACTION_LISTEN_NAME),
    ]


def _at(event: Event, tracker: DialogueStateTracker) -> Event:
    """Give an event the time of the last one that it stands for."""
    event.timestamp = tracker.events[-1].timestamp
    return event
