"""The server: its state, its two routes, and how updates reach the bot."""

import asyncio
import itertools
import json
import secrets
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

import httpx
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fakes.serving import serve
from tests.fakes.telegram.citizen import Citizen
from tests.fakes.telegram.errors import ApiError, Failure
from tests.fakes.telegram.methods import METHODS, Parameters
from tests.fakes.telegram.uploads import Uploaded

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
TOKEN = "123456:AAFakeTokenForTests-0123456789abcdef"
LONGEST_WAIT_TO_RESEND = 2.0
"""Seconds; the real server waits longer."""


@dataclass
class StoredFile:
    """A file that a citizen or the bot sent. `size` may be told larger than `content` is."""

    content: bytes
    path: str
    media_type: str
    size: int


class TelegramServer:
    """One bot's view of Telegram. `token` is the bot's; `url` is the base address once it runs."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.url = ""
        self.bot_user = {"id": int(token.split(":")[0]), "is_bot": True, "first_name": "تواصل", "username": "test_bot"}
        self.webhook_url = ""
        self.webhook_secret = ""
        self.allowed_updates: list[str] | None = None
        self.updates: deque[dict[str, Any]] = deque()
        self.citizens: dict[int, Citizen] = {}
        self.files: dict[str, StoredFile] = {}
        self.open_queries: set[str] = set()
        self.menus: dict[str, dict[str, str]] = {}
        self.calls: list[tuple[str, Parameters]] = []
        self.webhook_answers: list[int] = []
        self._failures: list[Failure] = []
        self._message_ids = itertools.count(1)
        self._update_ids = itertools.count(700_000_001)
        self._changed = asyncio.Event()
        self._poll = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.http = httpx.AsyncClient(timeout=60)
        self.app = Starlette(
            routes=[
                Route("/file/bot{token}/{path:path}", self._serve_file),
                Route("/bot{token}/{method}", self._serve_method, methods=["GET", "POST"]),
            ]
        )

    @classmethod
    @asynccontextmanager
    async def running(cls, *, port: int = 0, **options: Any) -> AsyncIterator[Self]:
        """A server that listens on loopback while the block lasts."""
        server = cls(**options)
        async with serve(server.app, port=port) as server.url:
            try:
                yield server
            finally:
                await server.close()

    async def close(self) -> None:
        """End the long polls and the resending."""
        self._poll += 1
        self._changed.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.http.aclose()

    # What a test does

    def citizen(self, name: str = "مريم أحمد", **options: Any) -> Citizen:
        """A person with a private chat with the bot; `started=False`: the bot may not write to them yet."""
        citizen = Citizen(self, name, **options)
        self.citizens[citizen.id] = citizen
        return citizen

    def fail_next(self, method: str | None = None, *, times: int = 1, **how: Any) -> None:
        """Make the next `times` calls fail; see `Failure`."""
        self._failures += [Failure(method.lower() if method else None, **how) for _ in range(times)]

    async def post(self, update: dict[str, Any], *, secret: str | None = None) -> int:
        """Post one update to the webhook once, whatever comes of it; the HTTP status (0: no connection)."""
        headers = {SECRET_HEADER: self.webhook_secret if secret is None else secret}
        try:
            answer = await self.http.post(self.webhook_url, json=update, headers=headers)
        except httpx.HTTPError:
            return 0
        self.webhook_answers.append(answer.status_code)
        return answer.status_code

    async def settled(self, seconds: float = 20) -> None:
        """Wait until the bot has taken every update."""
        async with asyncio.timeout(seconds):
            while self.updates or self._tasks:  # noqa: ASYNC110  (two things are waited for, not one event)
                await asyncio.sleep(0.01)

    def calls_of(self, method: str) -> list[Parameters]:
        """The parameters of all calls of a method so far."""
        return [parameters for name, parameters in self.calls if name == method.lower()]

    # What citizens and methods use

    def next_message_id(self) -> int:
        return next(self._message_ids)

    def store_file(self, content: bytes, name: str, media_type: str, size: int | None) -> str:
        """Keep a file; its id."""
        file_id = f"BQACAgQAAx{secrets.token_urlsafe(24)}"
        path = f"documents/file_{len(self.files)}_{name}"
        self.files[file_id] = StoredFile(content, path, media_type, len(content) if size is None else size)
        return file_id

    def reachable(self, chat_id: Any) -> Citizen:
        """The citizen behind a chat id. Raises what the API answers where the bot may not write to them."""
        citizen = self.citizens.get(int(chat_id)) if str(chat_id or "").lstrip("-").isdigit() else None
        if citizen is None or not citizen.started:
            raise ApiError(400, "Bad Request: chat not found")
        if citizen.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return citizen

    def set_webhook(self, url: str, secret: str, allowed: list[str] | None) -> None:
        self.webhook_url, self.webhook_secret, self.allowed_updates = url, secret, allowed
        waiting, self.updates = list(self.updates), deque()
        for update in waiting:
            self._dispatch(update)

    def publish(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """A new update on its way to the bot: posted until it is taken, or kept for getUpdates."""
        update = {"update_id": next(self._update_ids), kind: content}
        if self.allowed_updates is None or kind in self.allowed_updates:
            self._dispatch(update)
        return update

    async def wait_for_updates(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:
        """Long polling: what comes before `offset` is forgotten; a newer poll ends this one."""
        self._poll += 1
        mine = self._poll
        self._changed.set()
        while self.updates and self.updates[0]["update_id"] < offset:
            self.updates.popleft()
        deadline = asyncio.get_running_loop().time() + timeout
        while not self.updates and (left := deadline - asyncio.get_running_loop().time()) > 0:
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), left)
            except TimeoutError:
                break
            if self._poll != mine:
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
        return list(self.updates)[:limit]

    def _dispatch(self, update: dict[str, Any]) -> None:
        self.updates.append(update)
        self._changed.set()
        if self.webhook_url:
            task = asyncio.get_running_loop().create_task(self._post_until_taken(update))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _post_until_taken(self, update: dict[str, Any]) -> None:
        """A person's updates one after the other, each until 2xx; people do not wait for one another."""
        content = next(value for key, value in update.items() if key != "update_id")
        async with self.citizens[content["from"]["id"]].turn:
            wait = 0.05
            while self.webhook_url and not 200 <= await self.post(update) < 300:
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT_TO_RESEND)
        if update in self.updates and self.webhook_url:
            self.updates.remove(update)

    # Routes

    async def _serve_method(self, request: Request) -> Response:
        method = request.path_params["method"].lower()
        parameters = await _parameters(request)
        self.calls.append((method, parameters))
        failure = self._take_failure(method)
        try:
            self._check_token(request)
            if method not in METHODS:
                raise ApiError(404, "Not Found: method not found")
            if failure and failure.error() and not failure.applied:
                return await _fail(failure)
            result = await METHODS[method](self, parameters)
            if failure:
                return await _fail(failure, result)
            return JSONResponse({"ok": True, "result": result})
        except ApiError as error:
            return JSONResponse(error.body, status_code=error.code)

    async def _serve_file(self, request: Request) -> Response:
        try:
            self._check_token(request)
        except ApiError as error:
            return JSONResponse(error.body, status_code=error.code)
        file = next((file for file in self.files.values() if file.path == request.path_params["path"]), None)
        if file is None:
            return JSONResponse(ApiError(404, "Not Found").body, status_code=404)
        return Response(file.content, media_type="application/octet-stream")

    def _check_token(self, request: Request) -> None:
        if not secrets.compare_digest(request.path_params["token"].encode(), self.token.encode()):
            raise ApiError(401, "Unauthorized")

    def _take_failure(self, method: str) -> Failure | None:
        failure = next((failure for failure in self._failures if failure.method in (None, method)), None)
        if failure and failure.skip:
            failure.skip -= 1
            return None
        if failure:
            self._failures.remove(failure)
        return failure


async def _fail(failure: Failure, result: Any = None) -> Response:
    await asyncio.sleep(failure.delay)
    if failure.broken:
        return Response("<html>Bad Gateway</html>", status_code=failure.code or 200, media_type="text/html")
    if error := failure.error():
        return JSONResponse(error.body, status_code=error.code)
    return JSONResponse({"ok": True, "result": result})


async def _parameters(request: Request) -> Parameters:
    """A call's parameters, from wherever the API takes them: query, form, multipart or JSON."""
    parameters: Parameters = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        parameters |= json.loads(await request.body() or b"{}")
    elif request.method == "POST":
        for name, value in (await request.form()).items():
            parameters[name] = value if isinstance(value, str) else await _file_of(value)
    return parameters


async def _file_of(part: UploadFile) -> Uploaded:
    return Uploaded(await part.read(), part.filename or "", part.content_type or "")
