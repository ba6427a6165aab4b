"""The server, in a thread of its own beside the watch."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import uvicorn
from starlette.types import ASGIApp

_PATIENCE = 2.0
"""Seconds that what is being sent may take when the server ends."""


@contextmanager
def served(app: ASGIApp, listening: socket.socket) -> Iterator[asyncio.AbstractEventLoop]:
    """Serve an application on a socket that listens; gives the loop that it runs in."""
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="error",
        access_log=False,
        lifespan="off",
        ws="none",
        loop="asyncio",
        http="h11",
        server_header=False,
        timeout_graceful_shutdown=int(_PATIENCE),
    )
    server = uvicorn.Server(config)
    loop = asyncio.new_event_loop()

    def serve() -> None:
        with closing(loop):
            loop.run_until_complete(server.serve([listening]))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        server.should_exit = True
        thread.join(2 * _PATIENCE)
