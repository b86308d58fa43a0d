"""Whose line is there: what the screens last said, and when.

Rule 1: pure: whoever calls says what time it is.
Rule 2: a seat is connected while the screen that took it says so; an aide's tablet does not stand in for it.
Rule 3: until a screen took the seat, any screen of the seat counts.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from plenary.rules.names import Moment, SeatId

MILLISECONDS: Final = 1_800
"""A screen speaks every 0.7 s; after two that did not come the third is waited for, no longer."""
MOST_SCREENS = 20
"""Screens remembered for one seat."""


class Presence:
    """What the screens of one meeting said last."""

    def __init__(self) -> None:
        self._heard: dict[SeatId, dict[str, Moment]] = {}
        self._taken: dict[SeatId, str | None] = {}
        self._displaced: dict[SeatId, dict[str, None]] = {}
        self._were: dict[SeatId, Moment] = {}
        self._checks: dict[tuple[SeatId, str], tuple[int, bool]] = {}

    def took(self, seat: SeatId, screen: str, displaced: str | None) -> None:
        """Remember which screen the record says has the seat, and which one it displaced."""
        self._taken[seat] = screen
        gone = self._displaced.setdefault(seat, {})
        gone.pop(screen, None)
        if displaced is not None:
            gone[displaced] = None
            _keep(gone)

    def freed(self, seat: SeatId) -> None:
        """Remember that no screen has the seat: its head changed, or it left."""
        self._taken[seat] = None

    def is_displaced(self, seat: SeatId, screen: str) -> bool:
        """Return whether another screen took the place of this one."""
        return screen in self._displaced.get(seat, ())

    def heard(self, seat: SeatId, screen: str, at: Moment) -> None:
        """Remember that a screen of *seat* spoke."""
        screens = self._heard.setdefault(seat, {})
        screens.pop(screen, None)
        screens[screen] = at
        _keep(screens)

    def checked(self, seat: SeatId, screen: str, number: int, *, whole: bool) -> bool:
        """Remember how a screen's check of the chain came out; return whether that is news."""
        before = self._checks.pop((seat, screen), None)
        self._checks[seat, screen] = (number, whole)
        while len(self._checks) > 50 * MOST_SCREENS:
            del self._checks[next(iter(self._checks))]
        return before != (number, whole)

    def checks(self) -> Iterable[tuple[SeatId, str, int, bool]]:
        """Return how every screen's last check came out."""
        return [(*key, *value) for key, value in self._checks.items()]

    def connected(self, at: Moment) -> frozenset[SeatId]:
        """Return the seats that are connected; any thread may ask."""
        return frozenset(
            seat for seat in tuple(self._heard) if at - self._last(seat) <= MILLISECONDS
        )

    def lost(self, at: Moment) -> Mapping[SeatId, Moment]:
        """Return the seats that were connected and are not, and when each was last heard."""
        there = self.connected(at)
        for seat in there:
            self._were[seat] = self._last(seat)
        return {seat: self._last(seat) for seat in self._were if seat not in there}

    def _last(self, seat: SeatId) -> Moment:
        """Return when the seat was last heard (long ago: never)."""
        screens = self._heard.get(seat, {})
        taken = self._taken.get(seat)
        if taken is not None:
            return screens.get(taken, self._were.get(seat, -MILLISECONDS - 1))
        return max(tuple(screens.values()), default=self._were.get(seat, -MILLISECONDS - 1))


def _keep(screens: dict[str, Moment] | dict[str, None]) -> None:
    while len(screens) > MOST_SCREENS:
        del screens[next(iter(screens))]
