"""`python -m tests.fakes.telegram --port N`: a Bot API server; what you type is what a citizen says.

Give the service `TAWASUL_TELEGRAM_API_URL` and `TAWASUL_TELEGRAM_TOKEN` as printed. `[title]` presses a button.
"""

import argparse
import asyncio
import sys

from tests.fakes.telegram import Citizen, TelegramServer


async def main() -> None:
    """Serve until the input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    port = parser.parse_args().port
    async with TelegramServer.running(port=port) as server:
        print(f"TAWASUL_TELEGRAM_API_URL={server.url}\nTAWASUL_TELEGRAM_TOKEN={server.token}", flush=True)  # noqa: T201
        citizen = server.citizen()
        listening = asyncio.create_task(_print_what(citizen))
        while line := await asyncio.to_thread(sys.stdin.readline):
            await _speak(citizen, line.strip())
        listening.cancel()


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
