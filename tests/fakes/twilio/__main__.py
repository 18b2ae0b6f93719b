"""`python -m tests.fakes.twilio --port N --public-url URL`: a Twilio account; what you type is what a citizen says.

Give the service the settings that are printed. `[title]` presses a button; `--channel sms` writes by SMS.
"""

import argparse
import asyncio
import sys

from tests.fakes.twilio import Citizen, TwilioServer


async def main() -> None:
    """Serve until the input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8082)
    parser.add_argument("--public-url", default="http://127.0.0.1:8000")
    parser.add_argument("--channel", choices=["whatsapp", "sms"], default="whatsapp")
    options = parser.parse_args()
    async with TwilioServer.running(options.public_url, port=options.port) as server:
        for name, value in _settings(server).items():
            print(f"TAWASUL_{name}={value}", flush=True)  # noqa: T201
        citizen = server.citizen(channel=options.channel)
        listening = asyncio.create_task(_print_what(citizen))
        while line := await asyncio.to_thread(sys.stdin.readline):
            await _speak(citizen, line.strip())
        listening.cancel()


def _settings(server: TwilioServer) -> dict[str, str]:
    return {
        "PUBLIC_URL": server.public_url,
        "TWILIO_API_URL": server.url,
        "TWILIO_ACCOUNT_SID": server.account_sid,
        "TWILIO_AUTH_TOKEN": server.auth_token,
        "WHATSAPP_NUMBER": server.whatsapp_number,
        "SMS_NUMBER": server.sms_number,
        "VOICE_NUMBER": server.voice_number,
    }


async def _speak(citizen: Citizen, line: str) -> None:
    try:
        if line.startswith("[") and line.endswith("]"):
            await citizen.presses(line[1:-1])
        elif line:
            await citizen.says(line)
    except AssertionError as error:
        print(error, flush=True)  # noqa: T201


async def _print_what(citizen: Citizen) -> None:
    while True:
        heard = await citizen.hears(timeout=10**9)
        print("  «", heard.text, *(f"[{title}]" for title in heard.buttons), flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main())
