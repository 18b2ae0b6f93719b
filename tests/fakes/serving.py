"""Serving an application over real HTTP from within a test."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.types import ASGIApp


class _Server(uvicorn.Server):
    """Leaves Ctrl-C to whoever runs us."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(port: int = 0) -> socket.socket:
    """A socket on loopback (port 0: a free one), for when an address has to be known before there is an application."""
    return socket.create_server(("127.0.0.1", port))


def address_of(listener: socket.socket) -> str:
    """The base address of what will be served there."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextlib.asynccontextmanager
async def serve(app: ASGIApp, *, port: int = 0, listener: socket.socket | None = None) -> AsyncIterator[str]:
    """Serve `app` on loopback for as long as the block lasts; yields its base address. Its lifespan is the caller's."""
    listener = listener or listen(port)
    config = uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield address_of(listener)
    finally:
        server.should_exit = True
        await task
        listener.close()
