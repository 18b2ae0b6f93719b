"""Telephone calls by Twilio: what it posts about one, and TwiML for what the caller is told.

Fields: https://www.twilio.com/docs/voice/twiml#request-parameters
"""

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from contact_center.channels.base import Refused
from contact_center.channels.twilio_client import TwilioClient
from contact_center.channels.twilio_parse import Form, phone_or_none, required
from contact_center.channels.voice import CLIENT, Ask, Connect, End, Ending, Heard, Hold, Leave, Line, Queue, Told

VOICE_PATH = "/webhooks/twilio/voice"
QUEUE = "tawasul"
"""The name of our queue at Twilio, which makes it when the first caller waits."""

VOICES = {"ar": ("Polly.Hala-Neural", "ar-AE"), "en": ("Polly.Amy-Neural", "en-GB")}
"""Voice and language by https://www.twilio.com/docs/voice/twiml/say/text-speech: Hala speaks the Gulf's Arabic."""

_KEYS = ("abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz")
_WITHHELD_WORDS = ("anonymous", "restricted", "blocked", "unknown", "unavailable", "private")


def _dialled(word: str) -> str:
    """A word as it is typed on a telephone's keys: `anonymous` is 266696687."""
    return "".join(str(number) for letter in word for number, letters in enumerate(_KEYS, 2) if letter in letters)


WITHHELD = frozenset({*_WITHHELD_WORDS, *(f"+{_dialled(word)}" for word in _WITHHELD_WORDS)})
"""What stands in `From` where the caller's number is withheld: a word, or the word as it is typed."""

_ENDINGS = {"hangup": Ending.GONE, "redirected": Ending.TAKEN, "bridged": Ending.TAKEN, "leave": Ending.LEFT}
"""Twilio's `QueueResult`; the others (`queue-full`, `error`, `system-error`) mean that the caller could not wait."""
_OVER = {"completed", "busy", "failed", "no-answer", "canceled"}
_NO_SUCH_CALL = {"21220", "20404"}


class CallGone(Exception):
    """The caller has hung up."""


class VoiceLine:
    """Our number for calls."""

    def __init__(self, client: TwilioClient, number: str, public_url: str) -> None:
        self._client, self._number, self._public_url = client, number, public_url

    def address(self, step: str) -> str:
        """Where Twilio asks for a step (`choice?tries=1`; empty: the first)."""
        return f"{self._public_url}{VOICE_PATH}{'/' if step else ''}{step}"

    async def bring(self, provider_id: str, step: str) -> None:
        """Have a call that waits go on at another step. Raises `CallGone`, or a `SendError`."""
        try:
            await self._client.redirect_call(provider_id, self.address(step))
        except Refused as error:
            if error.code in _NO_SUCH_CALL:
                raise CallGone from error
            raise

    async def close(self) -> None:
        """Close connections."""
        await self._client.close()

    def twiml(self, told: Told) -> str:
        """TwiML for what the caller is told."""
        response = VoiceResponse()
        match told:
            case Ask():
                response.append(self._gather(told.lines, told.step, told.digits, told.seconds))
                response.redirect(self.address(told.step), method="POST")
            case Hold():
                response.append(self._gather(told.lines, told.step, 1, told.seconds))
            case Queue():
                _say(response, told.lines)
                response.enqueue(QUEUE, action=self.address("left"), wait_url=self.address("waiting"))
            case Connect():
                _say(response, told.lines)
                response.append(self._dial(told))
            case Leave():
                response.leave()
            case End():
                _say(response, told.lines)
                response.hangup()
        return str(response)

    def _gather(self, lines: tuple[Line, ...], step: str, digits: int | None, seconds: int) -> Gather:
        ends = {"num_digits": digits} if digits else {"finish_on_key": "#"}
        gather = Gather(input="dtmf", action=self.address(step), method="POST", timeout=seconds, **ends)
        _say(gather, lines)
        return gather

    def _dial(self, told: Connect) -> Dial:
        dial = Dial(
            action=self.address(told.step),
            method="POST",
            timeout=told.seconds,
            caller_id=self._number,
        )
        kind, _, name = told.to.partition(":")
        if kind == CLIENT:
            dial.client(name)
        else:
            dial.number(told.to)
        return dial


def read_call(form: Form) -> Heard:
    """What every request about a call says. Raises `Unparseable`."""
    return Heard(
        provider_id=required(form, "CallSid"),
        phone=None if form.get("From", "").lower() in WITHHELD else phone_or_none(form.get("From", "")),
        digits=form.get("Digits", ""),
    )


def read_ending(form: Form) -> Ending:
    """Why the caller is no longer in the queue. Raises `Unparseable`."""
    return _ENDINGS.get(required(form, "QueueResult").lower(), Ending.FAILED)


def was_put_through(form: Form) -> bool:
    """Whether the agent who was rung has answered. Raises `Unparseable`."""
    return required(form, "DialCallStatus").lower() in ("completed", "answered")


def is_over(form: Form) -> bool:
    """Whether a status callback says that the call has ended. Raises `Unparseable`."""
    return required(form, "CallStatus").lower() in _OVER


def _say(where: VoiceResponse | Gather, lines: tuple[Line, ...]) -> None:
    for line in lines:
        voice, language = VOICES[line.language]
        where.say(line.text, voice=voice, language=language)
