"""Open the Moscow summit of 10 November 2020 on this machine, ready to be held from browsers.

Everything is kept in var/demo: the next start goes on with the same meeting, until it is closed.
An earlier meeting is never deleted: its folder is moved aside, and its new name said.
Every seat can be taken with one click, and therefore it listens on this machine's own address alone.

Exit status: 0 stopped, 1 could not begin, 2 a setting was not understood.
"""

import argparse
import contextlib
import fcntl
import ipaddress
import os
import secrets
import shutil
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from plenary.cli import serve
from plenary.cli.rehearsal import pace

if TYPE_CHECKING:
    from plenary.folders.folder import Folder
    from plenary.rules.names import SeatId

SUMMIT: Final = "moscow-2020"
PRESIDING: Final = ""
"""What ``--autoplay`` without a seat means: the presiding officer's, whatever its name is there."""

UNFINISHED: Final = "being-set-up"
"""A file that is there while the folder is set up; with it, nobody has held anything there yet."""

LOG_KEY: Final = "log.pub"
"""What the record's checkpoints are verified with."""

NOT_OURS: Final = ("DATABASE_URL", "PLENARY_ORIGIN", "PLENARY_HOSTS", "PLENARY_SMTP")
"""Settings of a real installation, which a demonstration must not touch."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--port", help="where it listens (PLENARY_PORT, else 8000); 0: a free one")
    parser.add_argument("--address", help="a loopback address (127.0.0.1)")
    parser.add_argument("--fresh", action="store_true", help="begin anew, whatever is there")
    parser.add_argument(
        "--autoplay",
        nargs="?",
        const=PRESIDING,
        metavar="SEAT",
        help="sit alone in SEAT (the presiding officer's), and let bots play the others, from the beginning",
    )
    parser.add_argument(
        "--speed",
        type=pace.speed,
        default=40.0,
        metavar="N",
        help="how many times faster than the meeting itself the bots are (40: a speech takes 15 s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Set up what is missing, then serve until told to stop."""
    address = arguments.address or os.environ.get("PLENARY_ADDRESS") or "127.0.0.1"
    if not _is_loopback(address):
        print(
            f"plenary demo: {address} is not this machine's own address; whoever reaches a "
            "demonstration may take every seat, so it listens on 127.0.0.1 or ::1 alone",
            file=sys.stderr,
        )
        return 2
    os.umask(0o077)
    folder = (Path(os.environ.get("PLENARY_DATA") or "var") / "demo").absolute()
    environment = _environment(os.environ, folder, address, arguments.port)
    try:
        supervisor = serve.Supervisor(environment)
    except ValueError as error:
        print(f"plenary demo: {error}", file=sys.stderr)
        return 2
    try:
        with _alone(folder):
            autoplay = arguments.autoplay
            _set_up(folder, environment, fresh=arguments.fresh or autoplay is not None)
            if autoplay is None:
                return supervisor.run(_ready)
            return _accompany(supervisor, autoplay, arguments.speed)
    except serve.CannotBeginError as why:
        print(f"plenary demo: {why}", file=sys.stderr)
        return 1


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _environment(
    given: Mapping[str, str], folder: Path, address: str, port: str | None
) -> dict[str, str]:
    """Return the settings of the demonstration: a folder, a database and mail of its own."""
    kept = {name: value for name, value in given.items() if name not in NOT_OURS}
    # the empty ones overrule what this process was started with
    settings = {**kept, **dict.fromkeys(NOT_OURS, "")}
    settings.setdefault("PLENARY_TIMEZONE", "Europe/Moscow")  # the clocks of the screens say Moscow
    settings |= {"PLENARY_DATA": str(folder), "PLENARY_DEMO": "1", "PLENARY_ADDRESS": address}
    return settings if port is None else {**settings, "PLENARY_PORT": port}


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one demonstration at a time use *folder*."""
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with folder.with_name("demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise serve.CannotBeginError(
                f"another demonstration is running on {folder}; stop it first"
            ) from None
        yield


def _set_up(folder: Path, environment: Mapping[str, str], *, fresh: bool) -> None:
    """See to it that *folder* holds a meeting that is not closed."""
    if (folder / UNFINISHED).exists():
        shutil.rmtree(folder)
    if fresh and folder.exists():
        _move_aside(folder)
    if (folder / "plenary.sqlite3").exists():
        serve.prepare(environment)
    else:
        _make(folder, environment)
    over = _over()
    if over is not None:
        print(f"{over}; the summit is set up anew.", flush=True)
        _move_aside(folder)
        _make(folder, environment)
    _let_go()


def _make(folder: Path, environment: Mapping[str, str]) -> None:
    """Set the summit up in a folder that is new."""
    if folder.exists():
        _move_aside(folder)
    folder.mkdir(mode=0o700)
    (folder / UNFINISHED).touch()
    (folder / "secret.key").write_text(secrets.token_urlsafe(48), "ascii")
    print("Setting up the Moscow summit of 10 November 2020 …", flush=True)
    _let_go()
    serve.prepare(environment)
    from plenary import wiring  # noqa: PLC0415 - what needs the tables, once they are in use
    from plenary.cli.rehearsal.preparing import prepare  # noqa: PLC0415
    from plenary.record import verifier_key  # noqa: PLC0415

    summit = _summit()
    prepare(summit)
    key = wiring.log_key(folder / "log.key", summit.summit.origin)
    (folder / LOG_KEY).write_text(f"{verifier_key(key.name, key.public_key())}\n", "ascii")
    (folder / UNFINISHED).unlink()


def _summit() -> "Folder":
    from plenary import wiring  # noqa: PLC0415
    from plenary.folders.reading import read_folder  # noqa: PLC0415

    return read_folder(Path(str(resources.files("plenary") / "summits" / SUMMIT)), wiring.profile)


def _over() -> str | None:
    """Return why the meeting of the demonstration cannot go on; ``None``: it can."""
    from plenary.desk.codec import NotABodyError  # noqa: PLC0415
    from plenary.rules.meeting import Stage  # noqa: PLC0415
    from plenary.store.access import NotFoundError  # noqa: PLC0415
    from plenary.web.reading import sittings  # noqa: PLC0415

    try:
        found = sittings()
    except (NotABodyError, NotFoundError):
        return "The meeting held here was written by another version of Plenary"
    closed = bool(found) and all(each.whole.stage is Stage.CLOSED for each in found)
    return "The meeting held here is closed" if closed else None


def _let_go() -> None:
    """Forget the database that was open; its folder may be another one from now on."""
    from django.conf import settings  # noqa: PLC0415

    if not settings.configured:
        return
    from django.db import connections  # noqa: PLC0415

    from plenary.web.reading import forget  # noqa: PLC0415

    connections.close_all()
    forget()


def _move_aside(folder: Path) -> None:
    """Keep what was held in *folder* under another name."""
    named = folder.with_name(f"{folder.name}-until-{time.strftime('%Y%m%d-%H%M%S')}")
    while named.exists():
        named = named.with_name(f"{named.name}-")
    folder.rename(named)
    print(f"What was held before is kept in {named}{_its_key(named)}", flush=True)


def _its_key(folder: Path) -> str:
    """Return with what a record that was held in *folder* is verified; "" where its key is not there."""
    key = folder / LOG_KEY
    return f"; its records are verified with --key {key}" if key.exists() else ""


def _accompany(supervisor: serve.Supervisor, asked: str, speed: float) -> int:
    """Serve, and let bots play every seat but the one *asked* for."""
    from plenary.rules.names import SeatId  # noqa: PLC0415
    from plenary.web.reading import sittings  # noqa: PLC0415

    [sitting] = sittings()  # it was set up just now
    meeting = sitting.whole
    seat = meeting.presiding() if asked == PRESIDING else meeting.seats.get(SeatId(asked))
    if seat is None:
        known = ", ".join(meeting.seats)
        print(f"plenary demo: there is no seat {asked}; the seats: {known}", file=sys.stderr)
        return 2
    return supervisor.run(lambda url: _accompanied(url, seat.id, speed))


def _accompanied(url: str, seat: "SeatId", speed: float) -> None:
    """Let bots play the other seats, for as long as this process lives."""
    from plenary.cli.naming import named  # noqa: PLC0415
    from plenary.cli.rehearsal.accompanying import accompany  # noqa: PLC0415

    summit = _summit()
    own = named(summit.profile, seat)
    print(
        f"Bots play every seat but {own}; take it, and the meeting begins: {url}/demo/", flush=True
    )
    print("Stop it with Ctrl-C.", flush=True)
    threading.Thread(
        target=accompany,
        args=(url, summit, seat, speed, lambda line: print(line, flush=True)),
        daemon=True,
    ).start()


def _ready(url: str) -> None:
    print(f"Take a seat, in one browser for each person: {url}/demo/", flush=True)
    print("Stop it with Ctrl-C; the next ./plenary demo goes on from there.", flush=True)
