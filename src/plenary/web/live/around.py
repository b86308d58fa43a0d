"""What the rooms of a process share, and how a meeting's desk is opened."""

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Protocol, TypeVar

from django.db import Error as DatabaseError
from django.db import connections

from plenary import wiring
from plenary.desk.desk import Desk
from plenary.desk.ports import LogKey, Minutes, Presence
from plenary.rules.names import Value
from plenary.rules.profile import Profile

T = TypeVar("T")


class Tells(Protocol):
    """Wakes other processes."""

    def tell(self, origin: str) -> None: ...


class OpensDesk(Protocol):
    """Opens the desk of a meeting: with which time and chance is decided, and who is connected."""

    def __call__(self, profile: Profile, minutes: Minutes, present: Presence) -> Desk: ...


def desk_now(profile: Profile, minutes: Minutes, present: Presence) -> Desk:
    """Open a desk whose time is the machine's, and whose lines are those that are there."""
    return Desk(
        profile,
        minutes,
        clock=wiring.system_clock,
        salts=wiring.random_salts,
        presence=present,
    )


class Around(Value, kw_only=True):
    """What every room of a process shares: threads, log key, who else must be woken, how a desk is opened."""

    threads: Executor
    key: Callable[[str], LogKey]
    others: Tells
    desk: OpensDesk = desk_now


def guarded(work: Callable[[], T]) -> T:
    """Do *work* in a thread; after a failure of the database the thread gets a new line to it."""
    try:
        return work()
    except DatabaseError:
        connections.close_all()
        raise
