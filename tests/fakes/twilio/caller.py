"""A person who calls: follows our TwiML as Twilio does, hears what is said, and presses keys."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, fromstring

if TYPE_CHECKING:
    from tests.fakes.twilio.server import TwilioServer

VOICE_PATH = "/webhooks/twilio/voice"
STATUS_PATH = f"{VOICE_PATH}/status"
WAITING_VERBS = {"Say", "Play", "Pause", "Gather", "Redirect", "Hangup", "Leave"}
"""Those that Twilio takes from a `waitUrl`."""
VOICES = {"Polly.Hala-Neural": "ar-AE", "Polly.Zayd-Neural": "ar-AE", "Polly.Zeina": "arb", "Polly.Amy-Neural": "en-GB"}
QUEUE_SID = "QU" + "0" * 32


@dataclass(frozen=True)
class Said:
    """Words as they were read aloud."""

    text: str
    language: str


@dataclass
class _Gathering:
    """Keys are waited for; `rest`: what comes after silence."""

    element: Element
    rest: Sequence[Element]
    at: str


class Caller:
    """One call. `phone`: what the network shows of the caller."""

    def __init__(self, server: "TwilioServer", phone: str) -> None:
        self.phone, self.sid = phone, "CA" + secrets.token_hex(16)
        self.heard: list[Said] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        """Address and fields of each request of this call, so that one can be repeated."""
        self.ended, self.ringing = False, ""
        """`ringing`: the agent's number or client that rings, if one does."""
        self._server = server
        self._gathering: _Gathering | None = None
        self._queue: tuple[str, str] | None = None
        self._dial = ""
        server.calls[self.sid] = self

    # What a caller does

    async def calls(self) -> list[Said]:
        """Call our number; what is heard until we want something."""
        return await self._hearing(self._server.public_url + VOICE_PATH, {"CallStatus": "ringing"})

    async def presses(self, keys: str) -> list[Said]:
        """Press keys where they are waited for; what is heard then."""
        wanted = self._asked()
        limit = int(wanted.element.get("numDigits") or 0)
        ended_by = wanted.element.get("finishOnKey", "#")
        assert limit or ended_by in keys, f"{keys}: nothing says that these are all"
        digits = (keys[:limit] if limit else keys).partition(ended_by)[0]
        return await self._hearing(urljoin(wanted.at, wanted.element.get("action", "")), {"Digits": digits})

    async def stays_silent(self) -> list[Said]:
        """Press nothing until we go on; what is heard then."""
        wanted, before = self._asked(), len(self.heard)
        await self._follow(wanted.rest, wanted.at)
        if self._queue and self._gathering is None and not self.ended:
            await self._waits_on()
        return self.heard[before:]

    async def hangs_up(self) -> None:
        """Put the phone down, wherever the call stands."""
        if self._queue:
            await self._ask(self._queue[0], {"QueueResult": "hangup", **self._in_queue()}, status="completed")
        await self._over()

    async def repeats(self, number: int = -1) -> str:
        """Send one request of this call a second time, as Twilio may; our answer, which nobody hears."""
        address, form = self.requests[number]
        status, text = await self._server.post(address, form)
        assert status == 200, (address, status)
        return text

    # What the other side does

    async def agent_hangs_up(self) -> list[Said]:
        """The agent has answered, and the talk is over."""
        return await self._dialled("completed")

    async def agent_does_not_answer(self, why: str = "no-answer") -> list[Said]:
        """The agent lets it ring (`busy`, `failed`)."""
        return await self._dialled(why)

    async def redirected(self, url: str) -> None:
        """The call is sent on by the API."""
        if self._queue:
            action, self._queue = self._queue[0], None
            await self._ask(action, {"QueueResult": "redirected", **self._in_queue()})
        self._gathering = None
        await self._run(url, {})

    @property
    def waits(self) -> bool:
        """Whether the caller is in the queue."""
        return self._queue is not None

    @property
    def words(self) -> str:
        """Everything that was heard."""
        return "\n".join(said.text for said in self.heard)

    # TwiML

    async def _hearing(self, address: str, fields: dict[str, str]) -> list[Said]:
        before, self._gathering = len(self.heard), None
        await self._run(address, fields)
        return self.heard[before:]

    async def _run(self, address: str, fields: dict[str, str]) -> None:
        queued = self._in_queue() if self._queue else {}
        await self._follow(list(fromstring(await self._ask(address, fields | queued))), address)  # noqa: S314 (our own)

    async def _follow(self, verbs: Sequence[Element], at: str) -> None:
        for number, verb in enumerate(verbs):
            assert not self._queue or verb.tag in WAITING_VERBS, f"<{verb.tag}> while waiting"
            if verb.tag == "Say":
                self._hear(verb)
            elif verb.tag == "Gather":
                for said in verb:
                    self._hear(said)
                self._gathering = _Gathering(verb, verbs[number + 1 :], at)
                return None
            elif verb.tag == "Redirect":
                return await self._run(urljoin(at, verb.text or ""), {})
            elif verb.tag == "Enqueue":
                self._queue = (urljoin(at, verb.get("action", "")), urljoin(at, verb.get("waitUrl", "")))
                return await self._waits_on()
            elif verb.tag == "Leave":
                return await self._leaves()
            elif verb.tag == "Dial":
                return self._ring(verb, at)
            elif verb.tag == "Hangup":
                return await self._over()
        if not self._queue:
            await self._over()
        return None

    def _hear(self, verb: Element) -> None:
        assert verb.tag == "Say", verb.tag
        voice, language = verb.get("voice", ""), verb.get("language", "")
        assert VOICES.get(voice) == language, f"{voice} does not speak {language}"
        assert verb.text, "nothing is said"
        self.heard.append(Said(verb.text, language[:2]))

    def _ring(self, verb: Element, at: str) -> None:
        assert verb.get("callerId") == self._server.voice_number
        (party,) = list(verb)
        assert party.tag in ("Number", "Client")
        self.ringing = f"client:{party.text}" if party.tag == "Client" else party.text or ""
        self._dial = urljoin(at, verb.get("action", ""))

    async def _dialled(self, status: str) -> list[Said]:
        assert self.ringing, "nobody rings"
        self.ringing = ""
        return await self._hearing(self._dial, {"DialCallStatus": status, "DialCallSid": "CA" + secrets.token_hex(16)})

    async def _waits_on(self) -> None:
        assert self._queue
        await self._run(self._queue[1], {})

    async def _leaves(self) -> None:
        assert self._queue
        (action, _), fields = self._queue, {"QueueResult": "leave", **self._in_queue()}
        self._queue = None
        await self._run(action, fields)

    async def _over(self) -> None:
        self.ended, self._queue, self._gathering = True, None, None
        await self._ask(self._server.public_url + STATUS_PATH, {"CallDuration": "60"}, status="completed")

    def _asked(self) -> _Gathering:
        assert self._gathering is not None, "no key is waited for"
        wanted, self._gathering = self._gathering, None
        return wanted

    async def _ask(self, address: str, fields: dict[str, str], status: str = "in-progress") -> str:
        form = {
            "CallSid": self.sid, "AccountSid": self._server.account_sid, "From": self.phone, "Caller": self.phone,
            "To": self._server.voice_number, "Called": self._server.voice_number, "Direction": "inbound",
            "ApiVersion": "2010-04-01", "CallStatus": status, "FromCountry": "BH", "ToCountry": "BH",
        } | fields  # fmt: skip
        self.requests.append((address, form))
        answered, text = await self._server.post(address, form)
        assert answered == 200, (address, answered, text)
        return text

    def _in_queue(self) -> dict[str, str]:
        return {"QueueSid": QUEUE_SID, "QueueTime": "5", "QueuePosition": "1", "CurrentQueueSize": "1"}
