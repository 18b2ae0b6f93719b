"""The input channel `gateway`: the service's dialogue client sends each turn here and gets the whole answer back."""

from __future__ import annotations

import asyncio
import hmac
import traceback
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import unquote

import structlog
from aiohttp import ClientConnectionError
from psycopg import OperationalError
from psycopg_pool import PoolTimeout
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as answer

from bot import tuning
from bot.incoming import BadTurn, Incoming, words_of
from bot.matters import understand_matters
from bot.rows import Overtaken
from bot.turn import AlreadyAnswered, NoModel, Replies, Turn, TurnFailed, current_turn
from bot.understanding import Understood, UnknownPayload, understand_payload, understand_text

_SURROUNDINGS = (
    NoModel,
    Overtaken,
    OSError,
    asyncio.TimeoutError,
    ClientConnectionError,
    OperationalError,
    PoolTimeout,
)

log = structlog.get_logger()
tuning.apply()


class GatewayInput(InputChannel):
    """Answers turns on loopback for whoever knows the token."""

    def __init__(self, token: str, timeout_seconds: float) -> None:
        self._token = token
        self._timeout = timeout_seconds

    @classmethod
    def name(cls) -> str:
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GatewayInput:
        """`token` (required) and `timeout_seconds` of a turn, as credentials.yml gives them."""
        token = (credentials or {}).get("token")
        if not token:
            raise RasaException("credentials.yml gives the gateway channel no token; set TAWASUL_INTERNAL_TOKEN.")
        return cls(str(token), float((credentials or {}).get("timeout_seconds", 20)))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes under /webhooks/gateway."""
        gateway = Blueprint("gateway")

        @gateway.get("/")
        async def health(request: Request) -> HTTPResponse:
            return await self._health(request)

        @gateway.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            return await self._turn(request)

        @gateway.post("/intent")
        async def intent(request: Request) -> HTTPResponse:
            return await self._meant(request, lambda understood: {"intent": understood["intent"]["name"]})

        @gateway.post("/categories")
        async def categories(request: Request) -> HTTPResponse:
            return await self._meant(request, lambda understood: {"categories": understood.get("categories", [])})

        @gateway.delete("/conversations/<conversation:path>")
        async def forget(request: Request, conversation: str) -> HTTPResponse:
            return await self._forget(request, unquote(conversation))

        @gateway.listener("after_server_stop")
        async def let_go(app: Any, loop: Any) -> None:
            await app.ctx.agent.tracker_store.close()
            await tuning.close_sessions(app.ctx.agent.action_endpoint)

        return gateway

    async def _health(self, request: Request) -> HTTPResponse:
        """200 when a model is loaded and conversations can be stored, else 503."""
        agent: Agent = request.app.ctx.agent
        try:
            await asyncio.wait_for(agent.tracker_store.exists("health"), self._timeout)
        except Exception as error:
            return _unavailable("gateway.not_ready", error)
        if not agent.is_ready():
            return _unavailable("gateway.not_ready", NoModel("no model is loaded"))
        return answer({"status": "ok"})

    async def _turn(self, request: Request) -> HTTPResponse:
        """The reply to a turn; 400 for what is no turn, 401 without the token, 503 when it failed and left no trace."""
        if not self._knows_token(request):
            return answer({"error": "unauthorized"}, 401)
        try:
            incoming = Incoming.parse(request.body)
        except BadTurn as error:
            return answer({"error": str(error)}, 400)
        try:
            return answer(await asyncio.wait_for(_reply(request.app.ctx.agent, incoming), self._timeout))
        except BadTurn as error:
            return answer({"error": str(error)}, 400)
        except (Exception, TurnFailed) as error:
            return _unavailable(
                "gateway.turn_failed", error, conversation=incoming.conversation, message_id=incoming.message_id
            )

    async def _meant(self, request: Request, told: Callable[[Understood], dict[str, Any]]) -> HTTPResponse:
        """What is `told` of `{"text"}`, outside any conversation; 400 and 401 as for a turn, 503 without a model."""
        if not self._knows_token(request):
            return answer({"error": "unauthorized"}, 401)
        agent: Agent = request.app.ctx.agent
        if not agent.is_ready():
            return _unavailable("gateway.not_understood", NoModel("no model is loaded"))
        try:
            text = words_of(request.body)
        except BadTurn as error:
            return answer({"error": str(error)}, 400)
        return answer(told(understand_matters(text, partial(understand_text, agent))))

    async def _forget(self, request: Request, conversation: str) -> HTTPResponse:
        """Forgets a conversation, for privacy; 204 also where there was none."""
        if not self._knows_token(request):
            return answer({"error": "unauthorized"}, 401)
        agent: Agent = request.app.ctx.agent
        try:
            async with agent.lock_store.lock(conversation):
                await asyncio.wait_for(agent.tracker_store.forget(conversation), self._timeout)
        except Exception as error:
            return _unavailable("gateway.forget_failed", error, conversation=conversation)
        return answer(None, 204)

    def _knows_token(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode())


async def _reply(agent: Agent, incoming: Incoming) -> dict[str, Any]:
    """Run a turn. Raises whatever made it fail; nothing of it is then stored."""
    if not agent.is_ready():
        raise NoModel("no model is loaded")
    understood = _understand(agent, incoming)
    replies = Replies(str(incoming.metadata.get("channel") or GatewayInput.name()))
    turn = Turn(incoming.message_id, understood, replies)
    message = incoming.message(understood, replies)
    token = current_turn.set(turn)
    try:
        await agent.handle_message(message)
    except AlreadyAnswered as before:
        return before.reply
    finally:
        current_turn.reset(token)
    if turn.reply is None:
        raise TurnFailed("the conversation was not saved")
    return turn.reply


def _understand(agent: Agent, incoming: Incoming) -> Understood:
    if incoming.payload is None:
        return understand_matters(incoming.text or "", partial(understand_text, agent))
    try:
        return understand_payload(agent, incoming.payload)
    except UnknownPayload as error:
        raise BadTurn(str(error)) from error


def _unavailable(event: str, error: BaseException, **known: str) -> HTTPResponse:
    """503, and one line for the operator: what failed and where, without the person's words."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else None
    reason = str(error) if isinstance(error, TurnFailed) else type(error).__name__
    log.error(event, reason=reason, where=where, **known)
    return answer({"error": reason, "kind": _kind(error)}, 503)


def _kind(error: BaseException | None) -> str:
    """`unavailable` where the database or the action server did not answer: nothing is wrong with the message. Else
    `failed`, and the service tries it a few times only."""
    while error is not None:
        if isinstance(error, _SURROUNDINGS):
            return "unavailable"
        error = error.__cause__ or error.__context__
    return "failed"
