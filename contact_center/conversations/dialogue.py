"""The client of the assistant (`bot/channel.py`): one inbound message in, the assistant's replies out."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

CONNECT_SECONDS = 2.0
TURN_SECONDS = 30.0


@dataclass(frozen=True)
class Turn:
    """What is said to the assistant: `text` as typed by a person, or a trusted intent `payload`."""

    conversation: str
    message_id: str
    """Makes the turn idempotent: the same id again brings the same reply and changes nothing."""
    metadata: dict[str, Any]
    text: str | None = None
    payload: str | None = None


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore")


class ReplyButton(_Part):
    """A quick reply as the assistant names it."""

    title: str
    payload: str


class ReplyMessage(_Part):
    """One of the messages that the assistant answers with."""

    text: str
    buttons: list[ReplyButton] = []


class Doubt(_Part):
    """What the assistant was not sure of in a person's words, and its best guesses, as Rasa writes them."""

    about: Literal["intent", "category"]
    intents: list[dict[str, Any]]
    categories: list[dict[str, Any]]


class Reply(_Part):
    """The assistant's answer: messages, the slot it now asks for, the draft, the person's language, its doubt."""

    messages: list[ReplyMessage]
    expects: str | None = None
    draft: dict[str, Any] = {}
    language: str | None = None
    doubt: Doubt | None = None


class AssistantUnavailable(Exception):
    """The assistant, or something that it needs, does not answer: nothing is wrong with the message."""


class TurnFailed(Exception):
    """The assistant answered, but could not make anything of this message."""


class Assistant:
    """The assistant behind `TAWASUL_RASA_URL`."""

    def __init__(self, url: str, token: str) -> None:
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=_at_most(TURN_SECONDS),
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=64),
        )

    async def turn(self, turn: Turn) -> Reply:
        """Say something; raises `AssistantUnavailable` or `TurnFailed`. Safe to repeat with the same message id."""
        try:
            response = await self._client.post("/webhooks/gateway/turn", json=asdict(turn))
        except httpx.HTTPError as error:
            raise AssistantUnavailable(type(error).__name__) from error
        return _reply_of(response)

    async def intent_of(self, text: str) -> str:
        """What words mean, outside any conversation: an intent's name. Raises as `turn`; nothing changes by it."""
        return str((await self._meant("intent", text, TURN_SECONDS))["intent"])

    async def categories_of(self, text: str, seconds: float) -> dict[str, float]:
        """What words are about, the likeliest first: codes of categories, each with a confidence of 0 to 1.

        Raises as `turn`, and `AssistantUnavailable` where there is no answer in so many `seconds`.
        """
        told = await self._meant("categories", text, seconds)
        return {str(one["code"]): float(one["confidence"]) for one in told["categories"]}

    async def _meant(self, what: str, text: str, seconds: float) -> dict[str, Any]:
        try:
            response = await self._client.post(
                f"/webhooks/gateway/{what}", json={"text": text}, timeout=_at_most(seconds)
            )
        except httpx.HTTPError as error:
            raise AssistantUnavailable(type(error).__name__) from error
        if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            raise AssistantUnavailable(response.text[:200])
        if not response.is_success:
            raise TurnFailed(f"{response.status_code} {response.text[:200]}")
        return dict(response.json())

    async def forget(self, conversation: str) -> None:
        """Have a conversation forgotten; raises `AssistantUnavailable`. Safe to repeat."""
        try:
            response = await self._client.delete(f"/webhooks/gateway/conversations/{conversation}")
        except httpx.HTTPError as error:
            raise AssistantUnavailable(type(error).__name__) from error
        if not response.is_success:
            raise AssistantUnavailable(f"{response.status_code} {response.text[:200]}")

    async def ready(self) -> bool:
        """Whether the assistant answers and has a model loaded."""
        try:
            response = await self._client.get("/webhooks/gateway/", timeout=CONNECT_SECONDS)
        except httpx.HTTPError:
            return False
        return response.is_success

    async def close(self) -> None:
        """Close connections."""
        await self._client.aclose()


def _at_most(seconds: float) -> httpx.Timeout:
    return httpx.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))


def _reply_of(response: httpx.Response) -> Reply:
    if response.status_code == httpx.codes.SERVICE_UNAVAILABLE and _blames_surroundings(response):
        raise AssistantUnavailable(response.text[:200])
    if not response.is_success:
        raise TurnFailed(f"{response.status_code} {response.text[:200]}")
    try:
        reply = Reply.model_validate_json(response.content)
    except ValidationError as error:
        raise TurnFailed(f"unreadable reply: {error.error_count()} errors") from error
    if not reply.messages:
        raise TurnFailed("empty reply")
    return reply


def _blames_surroundings(response: httpx.Response) -> bool:
    """Whether it is the assistant's database or the action server that does not answer, by the channel's own word."""
    try:
        return bool(response.json().get("kind") == "unavailable")
    except (ValueError, AttributeError):
        return True
