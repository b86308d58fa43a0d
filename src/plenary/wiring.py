"""Wiring: chooses the real parts behind the desk's ports.

Rule 1: this is the only place that asks what time it is, draws chance, and reads the environment.
Rule 2: a table is touched only after ``use_database``; what needs none (rehearsing, verifying) never
calls it, and pays nothing for it.
"""

import hashlib
import os
import secrets
import stat
import threading
import time
from collections.abc import Callable
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import django
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from plenary.desk.desk import Desk, Receipt
from plenary.desk.ports import LogKey, Minutes, Salts
from plenary.record import verifier_key
from plenary.record.checkpoint import read_verifier_key
from plenary.rules.acts import Actor, AnyAct
from plenary.rules.meeting import Meeting
from plenary.rules.names import Moment
from plenary.rules.profile import Profile
from plenary.rules.profile_reading import ORGANISATION, PROCEDURE, read_profile

# ---- clock and chance ---------------------------------------------------------------------------


def system_clock() -> Moment:
    """Return the machine's time."""
    return time.time_ns() // 1_000_000


def random_salts(number: int) -> bytes:
    """Return 32 bytes from the system's source of chance."""
    return secrets.token_bytes(32)


def seeded_salts(seed: str) -> Salts:
    """Return salts that follow from *seed*: a rehearsal gives the same bytes again, and hides nothing."""
    return lambda number: hashlib.sha256(f"salt {number} {seed}".encode()).digest()


# ---- profiles -----------------------------------------------------------------------------------


def profile(name_or_path: str | Path) -> Profile:
    """Return the profile that comes with the house under that name, or the one in that folder.

    Raises:
        FileNotFoundError: if there is neither.
        ProfileFaultyError: if it cannot be used, with everything that is wrong in it.
    """
    shipped = resources.files("plenary") / "profiles"
    name = str(name_or_path)
    folder: Traversable = Path(name_or_path)
    if isinstance(name_or_path, str) and name in {each.name for each in shipped.iterdir()}:
        folder = shipped / name
    return read_profile(
        (folder / ORGANISATION).read_text(encoding="utf-8"),
        (folder / PROCEDURE).read_text(encoding="utf-8"),
    )


# ---- the log key --------------------------------------------------------------------------------


class LogKeyError(ValueError):
    """A log key that cannot be used; the text says why."""


class KeyInHand:
    """A log key this process holds itself.

    Raises:
        LogKeyError: if the name is none that signed notes allow.
    """

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        try:
            read_verifier_key(verifier_key(name, key.public_key()))
        except ValueError as error:
            raise LogKeyError(
                f"not a key's name: {name!r}; it is printable ASCII without space and '+'"
            ) from error
        self._name = name
        self._key = key

    @property
    def name(self) -> str:
        """The key's name in signed notes."""
        return self._name

    def sign(self, data: bytes, /) -> bytes:
        """Return the signature of *data*, 64 bytes."""
        return self._key.sign(data)

    def public_key(self) -> Ed25519PublicKey:
        """Return what others check the signatures with."""
        return self._key.public_key()


def log_key(path: Path, name: str, *, make: bool = False) -> LogKey:
    """Return the log key kept in the file *path* (Ed25519, PKCS #8, PEM), which only its owner may read.

    With *make*, a missing one is made first; of several who make it at once, all get the same.

    Raises:
        FileNotFoundError: if there is none, and none was to be made.
        LogKeyError: if others may read the file, or it holds no such key.
    """
    if make and not path.exists():
        _make_log_key(path)
    with path.open("rb") as file:
        others = stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077
        if others:
            raise LogKeyError(f"others than its owner may read {path}: chmod 600 {path}")
        pem = file.read()
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise LogKeyError(f"{path} holds no private key that can be read") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise LogKeyError(f"{path} holds another key than an Ed25519 one")
    return KeyInHand(name, key)


def _make_log_key(path: Path) -> None:
    """Put a new key at *path*, whole and durable, unless one came there meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(beside)
        except FileExistsError:
            return
    finally:
        beside.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def keep_public_half(path: Path, key: LogKey) -> None:
    """Write the public half of *key* to *path*, for everybody to read; what lies there already stays.

    Raises:
        LogKeyError: if it lies there and is another key's.
    """
    if not path.exists():
        beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        beside.write_text(f"{verifier_key(key.name, key.public_key())}\n", "ascii")
        beside.chmod(0o644)
        beside.replace(path)
    if public_half(path).public_bytes_raw() != key.public_key().public_bytes_raw():
        raise LogKeyError(f"{path} is the public half of another log key; put it elsewhere")


def public_half(path: Path) -> Ed25519PublicKey:
    """Return the log key's public half from the file *path*, which holds a verifier key of any name.

    Raises:
        FileNotFoundError: if there is none.
        LogKeyError: if it holds no such key.
    """
    try:
        known = read_verifier_key(path.read_text("ascii").strip())
    except ValueError as error:
        raise LogKeyError(f"{path} holds no verifier key: {error}") from error
    return Ed25519PublicKey.from_public_bytes(known.public)


def ephemeral_log_key(name: str) -> LogKey:
    """Return a log key that is gone with this process."""
    return KeyInHand(name, Ed25519PrivateKey.generate())


def seeded_log_key(name: str, seed: str) -> LogKey:
    """Return a log key that follows from *seed*: for rehearsals, since whoever knows the seed has it."""
    secret = hashlib.sha256(f"log key {name} {seed}".encode()).digest()
    return KeyInHand(name, Ed25519PrivateKey.from_private_bytes(secret))


# ---- the database -------------------------------------------------------------------------------


class TablesNotReadyError(RuntimeError):
    """The database's tables are missing, or older than this version of Plenary."""


def use_database(*, migrate: bool = False) -> None:
    """Take the database the environment names (see ``store/settings.py``) into use.

    With *migrate*, its tables are made or brought up to date first.

    Raises:
        TablesNotReadyError: if they are not up to date, and were not to be.
        ValueError: if ``DATABASE_URL`` names no database.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plenary.store.settings")
    django.setup()
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        file = Path(database["NAME"])
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)  # what a consultation holds is for nobody else on the machine
    if migrate:
        call_command("migrate", interactive=False, verbosity=0)
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise TablesNotReadyError("the database's tables are missing or older than this version")


def minutes(origin: str, *, using: str = "default") -> Minutes:
    """Return the minutes of the meeting *origin* in the database, once ``use_database`` was called.

    *using* is Django's name for the database, where there are several.
    """
    from plenary.store.minutes import DatabaseMinutes  # noqa: PLC0415 - tables exist only from then on

    return DatabaseMinutes(origin, using)


# ---- many people, one desk ----------------------------------------------------------------------


class OneWriter:
    """The desk of one meeting for any number of threads: each act waits until the one before is written."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()

    @property
    def meeting(self) -> Meeting:
        """The state of the meeting after the last act that was written."""
        return self._desk.meeting

    @property
    def written(self) -> int:
        """How many entries the record has."""
        return self._desk.written

    def perform(self, by: Actor, act: AnyAct, *, key: str | None = None) -> Receipt:
        """Do *act*; see ``Desk.perform``."""
        with self._lock:
            return self._desk.perform(by, act, key=key)

    def checkpoint(self, key: LogKey) -> str:
        """Sign what the record is now; see ``Desk.checkpoint``."""
        with self._lock:
            return self._desk.checkpoint(key)


class Desks:
    """The desks of this process, each opened when it is first asked for, and once."""

    def __init__(self, opening: Callable[[str], Desk]) -> None:
        self._opening = opening
        self._open: dict[str, OneWriter] = {}
        self._lock = threading.Lock()

    def at(self, origin: str) -> OneWriter:
        """Return the one writer of the meeting *origin*."""
        with self._lock:
            if origin not in self._open:
                self._open[origin] = OneWriter(self._opening(origin))
            return self._open[origin]
