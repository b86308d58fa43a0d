"""The pages process, as ``plenary serve`` starts it: Django as WSGI in threads, on a loopback port."""

import importlib
import logging
import os
import select
import signal
import socket
import sys
import threading
from types import FrameType

from waitress.server import create_server

THREADS = 8
LARGEST_UPLOAD = 40_000_000


def end_with_the_supervisor(lifeline: int) -> None:
    """End this process when the other end of the pipe does."""
    select.select([lifeline], [], [])  # not a read: the live process made the pipe non-blocking
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Run the pages process."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s pages  %(message)s", datefmt="%H:%M:%S %Z"
    )
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    module, _, name = os.environ.get("PLENARY_PAGES_APP", "plenary.web.wsgi:application").partition(
        ":"
    )
    application = getattr(importlib.import_module(module), name)
    server = create_server(
        application,
        sockets=[socket.socket(fileno=int(os.environ["PLENARY_SOCKETS"]))],
        threads=THREADS,
        trusted_proxy="127.0.0.1",
        trusted_proxy_count=1,
        trusted_proxy_headers={"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
        clear_untrusted_proxy_headers=True,
        log_untrusted_proxy_headers=False,
        ident=None,
        max_request_body_size=LARGEST_UPLOAD,
        channel_timeout=60,
        connection_limit=200,
        expose_tracebacks=False,
    )

    def stop(number: int, frame: FrameType | None) -> None:
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if os.environ.get("PLENARY_LIFELINE"):
        lifeline = int(os.environ["PLENARY_LIFELINE"])
        threading.Thread(target=end_with_the_supervisor, args=(lifeline,), daemon=True).start()
    try:
        server.run()
    finally:
        server.close()


if __name__ == "__main__":
    main()
