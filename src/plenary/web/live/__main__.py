"""The live process, as ``plenary serve`` starts it: ``python -m plenary.web.live``."""

import asyncio
import logging

import uvloop

from plenary import wiring
from plenary.web.live.settings import from_environment


def main() -> None:
    """Run the live process."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s live   %(message)s", datefmt="%H:%M:%S %Z"
    )
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    wiring.use_database()
    # Imported here, for the tables exist only once Django is set up.
    from django.conf import settings  # noqa: PLC0415

    from plenary.store.access import person_of_session  # noqa: PLC0415
    from plenary.web.live.app import Live  # noqa: PLC0415
    from plenary.web.live.serving import serve  # noqa: PLC0415

    cookies = (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME)
    live = Live(from_environment(), person_of_session, cookies=cookies)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(live))


if __name__ == "__main__":
    main()
