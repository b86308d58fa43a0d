"""The live process, as ``plenary serve`` starts it: ``python -m plenary.web.live``.

It serves on sockets that the supervisor opened (so that a restart refuses nobody), and ends with it.
"""

import asyncio
import gc
import logging
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
import uvloop

from plenary import wiring
from plenary.web.live.settings import Settings, from_environment

log = logging.getLogger("plenary.live")


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


async def serve(settings: Settings) -> None:
    """Serve until told to stop, or until the supervisor is gone."""
    # Imported here, for the tables exist only once Django is set up.
    from django.conf import settings as django_settings  # noqa: PLC0415

    from plenary.store.access import person_of_session  # noqa: PLC0415
    from plenary.web.live.app import Live  # noqa: PLC0415

    live = Live(
        settings,
        person_of_session,
        cookies=(django_settings.SESSION_COOKIE_NAME, django_settings.LANGUAGE_COOKIE_NAME),
    )
    server = Server(
        uvicorn.Config(
            live,
            http="httptools",
            ws="none",
            lifespan="on",
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_config=None,
            backlog=4096,
            limit_concurrency=settings.streams + settings.streams_of_the_room + 2_000,
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
    if os.environ.get("PLENARY_LIFELINE"):
        loop.add_reader(
            int(os.environ["PLENARY_LIFELINE"]), stop
        )  # it ends when the supervisor does
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)
    await server.serve(sockets_given())
    await asyncio.gather(*stopping)


def main() -> None:
    """Run the live process."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s live   %(message)s", datefmt="%H:%M:%S"
    )
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    wiring.use_database()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(from_environment()))


if __name__ == "__main__":
    main()
