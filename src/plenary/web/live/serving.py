"""Serving the live process with uvicorn, on sockets that somebody else opened.

Rule: a restart refuses nobody, for the sockets outlive it; and it ends when whoever opened them does.
"""

import asyncio
import gc
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from plenary.web.live.app import Live


class Server(uvicorn.Server):
    """uvicorn, whose signals are ours."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


def sockets_given() -> list[socket.socket]:
    """Return the listening sockets the supervisor passed on, by their numbers."""
    given = [socket.socket(fileno=int(fd)) for fd in os.environ["PLENARY_SOCKETS"].split(",")]
    for each in given:
        each.settimeout(0.0)
    return given


async def serve(live: Live, app: Any = None) -> None:
    """Serve *live* until told to stop, or until the supervisor is gone; *app*: what stands before it."""
    limits = live.settings
    server = Server(
        uvicorn.Config(
            app or live,
            http="httptools",
            ws="none",
            lifespan="on",
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_config=None,
            backlog=4096,
            limit_concurrency=limits.streams + limits.streams_of_the_room + 2_000,
            timeout_keep_alive=20,
            timeout_graceful_shutdown=5,
        )
    )
    loop = asyncio.get_running_loop()
    stopping: set[asyncio.Task[None]] = set()

    def stop() -> None:
        if not server.should_exit:
            server.should_exit = True
            stopping.add(loop.create_task(live.stop()))

    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop)
    if os.environ.get("PLENARY_LIFELINE"):  # it ends when the supervisor does
        loop.add_reader(int(os.environ["PLENARY_LIFELINE"]), stop)
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)
    await server.serve(sockets_given())
    await asyncio.gather(*stopping)
