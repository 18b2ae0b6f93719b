"""Conversations with the running assistant that stand at any question of the form, without the channels around it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy import text

from contact_center.agencies.catalogue import catalogue
from contact_center.cases import service
from contact_center.cases.new_case import NewCase
from contact_center.citizens.models import ChannelIdentity, Citizen
from contact_center.conversations.dialogue import Assistant, Reply, Turn
from contact_center.conversations.models import Conversation
from contact_center.database import Database
from tests.e2e.system import System

QUESTIONS = (
    "description", "category", "area", "address", "attachments", "contact_name", "contact_phone", "confirm",
    "case_type",
)  # fmt: skip
"""In the order in which `WAY` opens them."""

WAY: Mapping[str, Mapping[str, str]] = {
    "ar": {
        "description": "ابي اسجل شكوى",
        "category": "في حفرة كبيرة وسط الشارع والسيارات تتضرر منها",
        "area": "/affirm",
        "address": "سند",
        "attachments": "/skip",
        "contact_name": "/skip",
        "contact_phone": "سلمان أحمد",
        "confirm": "36001122",
        "case_type": '/correct_information{"field": "case_type"}',
    },
    "en": {
        "description": "I want to file a complaint",
        "category": "There is a big pothole in the middle of the street and cars get damaged",
        "area": "/affirm",
        "address": "Sanad",
        "attachments": "/skip",
        "contact_name": "/skip",
        "contact_phone": "Salman Ahmed",
        "confirm": "36001122",
        "case_type": '/correct_information{"field": "case_type"}',
    },
}
"""What a person says, by language, to be asked each question."""

_COPY = text(
    "INSERT INTO rasa.conversations (id, version, events, replies)"
    " SELECT :copy, version, events, '[]' FROM rasa.conversations WHERE id = :original"
)


@dataclass
class Talk:
    """A conversation: `reply` is the assistant's last answer, `lines` both sides as (who, words)."""

    assistant: Assistant
    conversation: str
    language: str
    reply: Reply = field(default_factory=lambda: Reply(messages=[]))
    lines: list[tuple[str, str]] = field(default_factory=list)

    async def says(self, words: str, **metadata: Any) -> Reply:
        """Say something, or send a payload (with a slash). Raises what the assistant's client raises."""
        metadata = {"channel": "webchat", **metadata}
        kind = "payload" if words.startswith("/") else "text"
        turn = Turn(self.conversation, str(uuid4()), metadata, **{kind: words})
        self.lines.append(("citizen", words))
        self.reply = await self.assistant.turn(turn)
        self.lines += [("assistant", message.text) for message in self.reply.messages]
        return self.reply

    @property
    def texts(self) -> list[str]:
        """All that the assistant said."""
        return [words for who, words in self.lines if who == "assistant"]

    @property
    def transcript(self) -> str:
        """The conversation so far."""
        return "\n".join(f"{who}: {words}" for who, words in self.lines)


class OpenQuestions:
    """Brings conversations to a question: once by talking, afterwards as copies of what was reached then."""

    def __init__(self, system: System) -> None:
        settings = json.loads((system.data_dir / "secrets.json").read_text())
        self._assistant = Assistant(system.environment["TAWASUL_RASA_URL"], settings["internal_token"])
        self._database = Database(system.database_url)
        self._reached: dict[tuple[str, str], Talk] = {}

    async def close(self) -> None:
        """Let go of connections."""
        await self._assistant.close()
        await self._database.close()

    async def begin(self, language: str) -> Talk:
        """Somebody in the web chat who has not said anything yet."""
        async with self._database.transaction() as session:
            citizen, conversation = Citizen(language=language), uuid4()
            session.add(citizen)
            await session.flush()
            identity = ChannelIdentity(citizen_id=citizen.id, channel="webchat", address=str(conversation))
            session.add(identity)
            await session.flush()
            session.add(
                Conversation(
                    id=conversation, channel="webchat", address=str(conversation), identity_id=identity.id,
                    language=language,
                )
            )  # fmt: skip
        return Talk(self._assistant, str(conversation), language)

    async def at(self, question: str, language: str) -> Talk:
        """A conversation of its own in which `question` has just been asked."""
        if (language, question) not in self._reached:
            await self._talk_through(language)
        original = self._reached[language, question]
        talk = await self.begin(language)
        async with self._database.transaction() as session:
            await session.execute(_COPY, {"copy": talk.conversation, "original": original.conversation})
        talk.reply, talk.lines = original.reply, list(original.lines)
        return talk

    async def another_case(self) -> str:
        """The number of a case that somebody else has filed."""
        category = catalogue().categories["waste.collection"].code
        new = NewCase(
            type="complaint", category=category, description="محد شال القمامة", governorate="capital", area="سترة",
            channel="sms", source_message_id=str(uuid4()),
        )  # fmt: skip
        async with self._database.transaction() as session:
            return (await service.file(session, new)).reference

    async def _talk_through(self, language: str) -> None:
        """Answer every question, and keep a copy of the conversation where each was asked."""
        talk = await self.begin(language)
        for question in QUESTIONS:
            reply = await talk.says(WAY[language][question])
            assert reply.expects == question, f"{question} was to be asked:\n{talk.transcript}"
            kept = await self.begin(language)
            kept.reply, kept.lines = reply, talk.lines[-1 - len(reply.messages) :]
            async with self._database.transaction() as session:
                await session.execute(_COPY, {"copy": kept.conversation, "original": talk.conversation})
            self._reached[language, question] = kept
