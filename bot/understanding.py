"""What a message means: of a person's words, by the trained graph; of a button's payload, by what it says."""

from __future__ import annotations

import re
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

Understood = dict[str, Any]

_PAYLOAD = re.compile(r"/([^\s{@]+)")


class UnknownPayload(ValueError):
    """A payload that names no intent of the domain."""


def understand_text(agent: Agent, text: str) -> Understood:
    """Intent, entities, language and categories of what a person typed.

    Rasa's graph ends in a node that runs any text beginning with "/" as a payload. Typed text is taken from the node
    before that one, so no spelling of it can ever be run.
    """
    processor: MessageProcessor = agent.processor
    last_node = processor.model_metadata.nlu_target
    target = processor.model_metadata.predict_schema.nodes[last_node].needs["messages"]
    inputs = {
        PLACEHOLDER_MESSAGE: [UserMessage(text)],
        PLACEHOLDER_TRACKER: DialogueStateTracker.from_events("", []),
    }
    (message,) = processor.graph_runner.run(inputs=inputs, targets=[target])[target]
    understood: Understood = message.as_dict(only_output_properties=True)
    # Where the tokens stand is of use to Rasa's reports only.
    understood.pop("text_tokens", None)
    return understood


def understand_payload(agent: Agent, payload: str) -> Understood:
    """Intent and entities that a payload (`/inform{"category": "road.pothole"}`) states. Raises UnknownPayload."""
    name = _PAYLOAD.match(payload)
    if not name or name[1] not in agent.domain.intents:
        raise UnknownPayload("the payload names no intent of the domain")
    message = YAMLStoryReader.unpack_regex_message(Message({TEXT: payload}), agent.domain, "payload")
    understood: Understood = message.as_dict(only_output_properties=True)
    return understood
