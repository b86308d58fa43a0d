"""The server of a rehearsal: the live process, but time, lines and who asks are the script's.

    python -m plenary.cli.rehearsal.server FOLDER ORIGIN SEED     (``apart.py`` starts it)

Rule 1: it is a program of its own, which ``plenary serve`` and ``plenary demo`` never start, and they have no
    switch that turns into it.
Rule 2: with each request comes the secret of whoever started it, or nothing is there; that one says the moment,
    whose lines are there and who asks.
"""

import asyncio
import hmac
import logging
import os
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any, Final

import msgspec
import uvloop

from plenary import wiring
from plenary.desk.desk import Desk
from plenary.desk.ports import Minutes, Presence
from plenary.rules.names import Moment, PersonId, SeatId, Value
from plenary.rules.profile import Profile
from plenary.rules.visibility import PUBLIC
from plenary.web.live.settings import Settings

PROFILE: Final = "profile.json"
"""What lies in the server's folder."""

SECRET: Final = "x-plenary-secret"  # noqa: S105 - a header's name
SCRIPT: Final = "x-plenary-rehearsal"
PERSON: Final = "rehearsed_person"
"""The headers and the cookie with which a request says what stands in the script, and who asks."""

MORE_THAN_BOTS_DO: Final = 1_000_000

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]


class Script(Value, kw_only=True):
    """What the script says at that moment."""

    at: Moment = 0
    connected: tuple[SeatId, ...] = ()


class Scripted:
    """Stands before the live process: takes the script's word, and lets nobody else in."""

    def __init__(self, secret: str, seed: str) -> None:
        self._secret = secret.encode()
        self._salts = wiring.seeded_salts(seed)
        self._now = Script()

    def desk(self, profile: Profile, minutes: Minutes, present: Presence) -> Desk:
        """Open a desk whose time and lines are the script's."""
        del present
        return Desk(
            profile,
            minutes,
            clock=lambda: self._now.at,
            salts=self._salts,
            presence=lambda: self._now.connected,
        )

    def before(self, app: App) -> App:
        """Return *app* with the script before it."""

        async def asked(scope: Scope, receive: Any, send: Any) -> None:
            if scope["type"] == "http" and not self._takes(dict(scope["headers"])):
                await send({"type": "http.response.start", "status": 404, "headers": []})
                await send({"type": "http.response.body"})
                return
            await app(scope, receive, send)

        return asked

    def _takes(self, headers: dict[bytes, bytes]) -> bool:
        given = headers.get(SECRET.encode(), b"")
        if not self._secret or not hmac.compare_digest(given, self._secret):
            return False
        said = headers.get(SCRIPT.encode())
        if said is not None:
            self._now = msgspec.json.decode(said, type=Script)
        return True


def settings_in(folder: Path) -> Settings:
    """Return the live process's settings, with the limits of one who waits for every answer."""
    return Settings(
        data=folder,
        internal_port=int(os.environ["PLENARY_INTERNAL_PORT"]),
        secret=os.environ["PLENARY_LIVE_SECRET"],
        acts_per_second=MORE_THAN_BOTS_DO,
        reads_per_second=MORE_THAN_BOTS_DO,
        streams_per_address=MORE_THAN_BOTS_DO,
        largest_body=Settings().largest_upload,
    )


def main(arguments: list[str]) -> None:
    """Serve the meeting *origin* of the profile in *folder*, until told to stop."""
    folder, origin, seed = Path(arguments[0]), arguments[1], arguments[2]
    logging.basicConfig(level=logging.WARNING, format="rehearsal server: %(message)s")
    wiring.use_database(migrate=True)
    # Imported here, for the tables exist only once Django is set up.
    from plenary.store.files import keep_file  # noqa: PLC0415
    from plenary.web.live.app import Live  # noqa: PLC0415
    from plenary.web.live.serving import serve  # noqa: PLC0415

    keep_file(origin, (folder / PROFILE).read_bytes(), PUBLIC)
    settings = settings_in(folder)
    scripted = Scripted(settings.secret, seed)
    live = Live(settings, PersonId, cookies=(PERSON, "language"), desk=scripted.desk)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(live, scripted.before(live)))


if __name__ == "__main__":
    main(sys.argv[1:])
