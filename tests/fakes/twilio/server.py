"""The account: its numbers, messages, templates and media, and the webhooks it calls."""

import asyncio
import base64
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Self

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from twilio.request_validator import RequestValidator

from tests.fakes.serving import serve
from tests.fakes.twilio.approvals import Approval, checked_request
from tests.fakes.twilio.caller import Caller
from tests.fakes.twilio.citizen import Citizen
from tests.fakes.twilio.content import Shown, checked_definition, shown
from tests.fakes.twilio.errors import ApiError, Failure
from tests.fakes.twilio.media import Fetched, checked_addresses, fetched

ACCOUNT_SID = "AC" + "0123456789abcdef" * 2
AUTH_TOKEN = "fedcba9876543210fedcba9876543210"
WEBHOOK_SECONDS = 15
WINDOW = timedelta(hours=24)
MAX_BODY = 1600


class TwilioServer:
    """One account. `public_url` is where our service is reached; its message webhooks are set in Twilio's console."""

    def __init__(
        self,
        public_url: str = "",
        *,
        account_sid: str = ACCOUNT_SID,
        auth_token: str = AUTH_TOKEN,
        whatsapp_number: str = "+97317000001",
        sms_number: str = "+97317000002",
        voice_number: str = "+97317000003",
    ) -> None:
        self.public_url, self.url = public_url, ""
        self.account_sid, self.auth_token = account_sid, auth_token
        self.whatsapp_number, self.sms_number, self.voice_number = whatsapp_number, sms_number, voice_number
        self.calls: dict[str, Caller] = {}
        self.citizens: dict[str, Citizen] = {}
        self.messages: list[dict[str, Any]] = []
        self.templates: dict[str, dict[str, Any]] = {}
        self.approvals: dict[str, Approval] = {}
        self.media: dict[str, tuple[bytes, str]] = {}
        self.redirects: dict[str, str] = {}
        self.webhook_answers: list[tuple[int, str]] = []
        self.clock_ahead = timedelta()
        self._failures: list[Failure] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self.http = httpx.AsyncClient(timeout=WEBHOOK_SECONDS)
        account = "/2010-04-01/Accounts/{account}"
        self.app = Starlette(
            routes=[
                Route(f"{account}/Messages.json", self._guarded(self._messages), methods=["GET", "POST"]),
                Route(f"{account}/Calls/{{call}}.json", self._guarded(self._redirect_call), methods=["POST"]),
                Route(f"{account}/Messages/{{message}}/Media/{{media}}", self._guarded(self._media)),
                Route("/v1/Content", self._guarded(self._contents), methods=["GET", "POST"]),
                Route("/v1/Content/{sid}", self._guarded(self._content)),
                Route("/v1/ContentAndApprovals", self._guarded(self._contents_and_approvals)),
                Route(
                    "/v1/Content/{sid}/ApprovalRequests/whatsapp",
                    self._guarded(self._request_approval),
                    methods=["POST"],
                ),
            ]
        )

    @classmethod
    @asynccontextmanager
    async def running(cls, public_url: str = "", *, port: int = 0, **options: Any) -> AsyncIterator[Self]:
        """A server that listens on loopback while the block lasts."""
        server = cls(public_url, **options)
        async with serve(server.app, port=port) as server.url:
            try:
                yield server
            finally:
                for task in server._tasks:
                    task.cancel()
                await asyncio.gather(*server._tasks, return_exceptions=True)
                await server.http.aclose()

    # What a test does

    def citizen(self, phone: str = "+97339001122", *, channel: str = "whatsapp", name: str = "مريم أحمد") -> Citizen:
        """A person with a telephone, on `whatsapp` or `sms`."""
        citizen = Citizen(self, phone, channel, name)
        self.citizens[citizen.address] = citizen
        return citizen

    def caller(self, phone: str = "+97339001122") -> Caller:
        """A person who calls our number; the network may withhold theirs (`anonymous`, `+266696687`)."""
        return Caller(self, phone)

    def fail_next(self, path: str = "Messages.json", *, times: int = 1, **how: Any) -> None:
        """Make the next `times` requests to `path` fail; see `Failure`."""
        self._failures += [Failure(path, **how) for _ in range(times)]

    def decide(self, status: str = "approved") -> list[str]:
        """Let WhatsApp decide on all templates that were handed in; their names."""
        for approval in self.approvals.values():
            approval.status = status
        return [approval.name for approval in self.approvals.values()]

    async def post(self, path: str, form: dict[str, str], *, signature: str | None = None) -> tuple[int, str]:
        """Call one of our webhooks (a path, or a whole address), signed; (0, "") where nothing answers in 15 s."""
        url = path if path.startswith("http") else self.public_url + path
        if signature is None:
            signature = RequestValidator(self.auth_token).compute_signature(url, form)
        try:
            answer = await self.http.post(url, data=form, headers={"X-Twilio-Signature": signature})
        except httpx.HTTPError:
            return 0, ""
        self.webhook_answers.append((answer.status_code, answer.text))
        return answer.status_code, answer.text

    async def settled(self, seconds: float = 20) -> None:
        """Wait until all webhooks have been called."""
        async with asyncio.timeout(seconds):
            while self._tasks:
                await asyncio.gather(*self._tasks)

    # What citizens use

    def now(self) -> datetime:
        return datetime.now(UTC) + self.clock_ahead

    def store_media(self, message_sid: str, content: bytes, media_type: str) -> str:
        """Keep a file; its address."""
        sid = new_sid("ME")
        self.media[sid] = (content, media_type)
        return f"{self.url}/2010-04-01/Accounts/{self.account_sid}/Messages/{message_sid}/Media/{sid}"

    def later(self, work: Awaitable[Any]) -> None:
        """Do it beside the rest."""

        async def run() -> None:
            await work

        task = asyncio.get_running_loop().create_task(run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # Routes

    def _guarded(self, route: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def guarded(request: Request) -> Response:
            failure = self._take_failure(request)
            try:
                self._check_credentials(request)
                if failure and failure.status and not failure.applied:
                    raise ApiError(failure.status, failure.code, failure.message)
                request.state.fails_later = failure.later if failure else 0
                answer = await route(request)
                if failure:
                    await asyncio.sleep(failure.delay)
                if failure and failure.status:
                    raise ApiError(failure.status, failure.code, failure.message)
                return answer
            except ApiError as error:
                return error.response(failure.retry_after if failure else None)

        return guarded

    def _check_credentials(self, request: Request) -> None:
        told = request.headers.get("authorization", "").removeprefix("Basic ")
        expected = base64.b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        if not secrets.compare_digest(told.encode(), expected.encode()):
            raise ApiError(401, 20003, "Authenticate")
        if request.path_params.get("account", self.account_sid) != self.account_sid:
            raise ApiError(404, 20404, "The requested resource was not found")

    def _take_failure(self, request: Request) -> Failure | None:
        failure = next((failure for failure in self._failures if failure.path in request.url.path), None)
        if failure and failure.skip:
            failure.skip -= 1
            return None
        if failure:
            self._failures.remove(failure)
        return failure

    async def _messages(self, request: Request) -> Response:
        if request.method == "GET":
            wanted = {key.lower(): request.query_params[key] for key in ("To", "From") if key in request.query_params}
            found = [m for m in reversed(self.messages) if all(m[key] == value for key, value in wanted.items())]
            return JSONResponse({"messages": found, "page": 0, "next_page_uri": None})
        sent = await request.form()
        form = {key: str(value) for key, value in sent.items()}
        citizen, content = self._checked(form)
        content = replace(content, media_urls=checked_addresses(sent.getlist("MediaUrl"), citizen.channel))
        message = {
            "sid": new_sid("SM"), "account_sid": self.account_sid, "to": form["To"], "from": form["From"],
            "body": content.text, "status": "queued", "error_code": None, "direction": "outbound-api",
            "date_created": format_datetime(self.now()), "num_segments": "1",
        }  # fmt: skip
        self.messages.append(message)
        error = request.state.fails_later
        self.later(self._deliver(message, citizen, content, form.get("StatusCallback"), error))
        return JSONResponse(message, 201)

    def _checked(self, form: dict[str, str]) -> tuple[Citizen, Shown]:
        """Who gets the message, and what they see. Raises what Twilio answers where it takes none."""
        to, sender = form.get("To", ""), form.get("From", "")
        whatsapp = to.startswith("whatsapp:")
        if sender != (f"whatsapp:{self.whatsapp_number}" if whatsapp else self.sms_number):
            code, words = (63007, "no WhatsApp sender") if whatsapp else (21659, "not a Twilio phone number")
            raise ApiError(400, code, f"The From {sender} is {words}")
        if not to.removeprefix("whatsapp:").removeprefix("+").isdecimal() or "+" not in to:
            raise ApiError(400, 21211, f"The 'To' number {to} is not a valid phone number.")
        if to not in self.citizens:
            raise ApiError(400, 63003 if whatsapp else 21614, f"'To' number {to} cannot be reached")
        citizen = self.citizens[to]
        if citizen.opted_out:
            raise ApiError(400, 21610, "Attempt to send to unsubscribed recipient")
        return citizen, self._content_of(form)

    def _content_of(self, form: dict[str, str]) -> Shown:
        if form.get("ContentSid"):
            if form["ContentSid"] not in self.templates:
                raise ApiError(400, 21655, "The ContentSid parameter is invalid.")
            seen = shown(self.templates[form["ContentSid"]], form.get("ContentVariables", ""))
            return replace(seen, template_sid=form["ContentSid"])
        if form.get("ContentVariables"):
            raise ApiError(400, 21654, "ContentSid Required")
        if not form.get("Body") and not form.get("MediaUrl"):
            raise ApiError(400, 21602, "Message body is required.")
        if len(form.get("Body", "")) > MAX_BODY:
            raise ApiError(400, 21617, "The concatenated message body exceeds the 1600 character limit.")
        return Shown(form.get("Body", ""))

    async def _deliver(
        self, message: dict[str, Any], citizen: Citizen, content: Shown, callback: str | None, error: int
    ) -> None:
        """Bring it to the telephone and report each step; outside the 24 hours WhatsApp does not take it."""
        if not error and citizen.channel == "whatsapp" and not citizen.window_open(self.now(), WINDOW):
            error = 0 if self._may_begin(content) else 63016
        files: list[Fetched] = []
        if not error:
            files, error = await fetched(self.http, content.media_urls)
        if not error:
            citizen.take(message["sid"], content, files)
        for status in ("queued", "failed") if error else ("queued", "sent", "delivered"):
            message["status"] = status
            message["error_code"] = error if status == "failed" else None
            if callback:
                await self._report(message, callback)

    def _may_begin(self, content: Shown) -> bool:
        """Whether WhatsApp takes this outside the 24 hours: an approved template, and no list."""
        approval = self.approvals.get(content.template_sid or "")
        return approval is not None and approval.status == "approved" and len(content.buttons) <= 3

    async def _report(self, message: dict[str, Any], callback: str) -> None:
        form = {
            "MessageSid": message["sid"], "SmsSid": message["sid"], "AccountSid": self.account_sid,
            "MessageStatus": message["status"], "SmsStatus": message["status"], "To": message["to"],
            "From": message["from"], "ApiVersion": "2010-04-01",
        }  # fmt: skip
        if message["error_code"]:
            form["ErrorCode"] = str(message["error_code"])
        await self.post(callback, form)

    async def _redirect_call(self, request: Request) -> Response:
        """Have a call that is in progress go on elsewhere."""
        form = await request.form()
        call = self.calls.get(request.path_params["call"])
        if call is None:
            raise ApiError(404, 20404, "The requested resource was not found")
        if call.ended:
            raise ApiError(400, 21220, "Call is not in-progress. Cannot redirect.")
        self.later(call.redirected(str(form["Url"])))
        return JSONResponse({"sid": call.sid, "status": "in-progress"})

    async def _contents(self, request: Request) -> Response:
        if request.method == "GET":
            return JSONResponse({"contents": list(reversed(self.templates.values())), "meta": {"next_page_url": None}})
        definition = checked_definition(await request.json())
        template = definition | {"sid": new_sid("HX"), "account_sid": self.account_sid}
        self.templates[template["sid"]] = template
        return JSONResponse(template, 201)

    async def _content(self, request: Request) -> Response:
        template = self.templates.get(request.path_params["sid"])
        if template is None:
            raise ApiError(404, 20404, "The requested resource was not found")
        return JSONResponse(template)

    async def _contents_and_approvals(self, _request: Request) -> Response:
        contents = [
            template | {"approval_requests": self.approvals[sid].told() if sid in self.approvals else {}}
            for sid, template in reversed(self.templates.items())
        ]
        return JSONResponse({"contents": contents, "meta": {"next_page_url": None}})

    async def _request_approval(self, request: Request) -> Response:
        sid = request.path_params["sid"]
        if sid not in self.templates:
            raise ApiError(404, 20404, "The requested resource was not found")
        self.approvals[sid] = checked_request(await request.json(), self.templates[sid])
        return JSONResponse(self.approvals[sid].told(), 201)

    async def _media(self, request: Request) -> Response:
        media = request.path_params["media"]
        if media in self.redirects:
            return RedirectResponse(self.redirects[media])
        if media not in self.media:
            raise ApiError(404, 20404, "The requested resource was not found")
        content, media_type = self.media[media]
        return Response(content, media_type=media_type)


def new_sid(kind: str) -> str:
    """A SID: two letters and 32 hexadecimal digits."""
    return kind + secrets.token_hex(16)
