"""Bots around one person: the script goes on, and waits where it is that person's turn.

Rule 1: what is done in the person's seat the person does; bots read it in the record, and never do it.
Rule 2: nobody is passed over: bots wait out an objection and a screen that is away, then the question is
    set aside, never adopted.
Rule 3: where the person goes another way than the script, bots follow, and leave out what is no longer in order.
"""

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Final

import httpx
from msgspec.structs import replace

from plenary.cli.rehearsal.attending import Attending, at_its_beginning
from plenary.cli.rehearsal.beginning import steps_left
from plenary.cli.rehearsal.desks import Answered
from plenary.cli.rehearsal.elsewhere import DeskElsewhere
from plenary.cli.rehearsal.line import Lines, a_seat_of_the_demonstration
from plenary.cli.rehearsal.macros import MACROS
from plenary.cli.rehearsal.pace import pausing
from plenary.cli.rehearsal.playing import CourseError, Telling
from plenary.cli.rehearsal.telling import Silence
from plenary.cli.rehearsal.weaving import Woven, weave
from plenary.folders.folder import Folder, Placed
from plenary.rules.acts import Actor, AnyAct, Rule, SetAside, name_of
from plenary.rules.evolve import evolve_all
from plenary.rules.names import RuleId, SeatId
from plenary.rules.refusals import Reason

BETWEEN_LOOKS: Final = 0.5
PATIENCE: Final = 180.0
"""Seconds bots wait for an objection to be lifted, or for the person's screen to be there for a text."""

COURTESY: Final = 20.0
"""Seconds bots wait for what a person may do and need not: ask for the floor, sign."""

BY_ITSELF: Final = frozenset({"acknowledge_text", "signal_ready"})
"""What a screen does by itself, or nobody waits for."""

IF_WISHED: Final = frozenset({"ask_for_the_floor", "sign", "stand_aside", "place_opinion"})
WAITED_OUT: Final = frozenset({Reason.OBJECTION_STANDS, Reason.NOT_PRESENT})

Mark = tuple[str, str]


def mark(act: AnyAct) -> Mark:
    """Return what kind of act it is, and whom or what it is about."""
    about = getattr(act, "seat", None) or getattr(act, "item", None) or ""
    return name_of(act), str(about)


class Accompanying(Attending):
    """Plays every seat but one."""

    def __init__(
        self, folder: Folder, woven: Woven, desk: DeskElsewhere, telling: Telling, seat: SeatId
    ) -> None:
        super().__init__(folder, woven, desk, "1", telling)
        self._seat = seat
        self._did: list[Mark] = []
        self._not_wished: set[str] = set()

    def send(self, placed: Placed, number: int, by: Actor, act: AnyAct, *, kill: bool) -> Answered:
        """Send a bot's act; wait for the person's."""
        self._look()
        if self.place_of(by) == self._seat:
            self._wait_for(placed, act)
            return Answered(reason=placed.step.refused)
        answered = super().send(placed, number, by, act, kill=kill)
        until = time.monotonic() + PATIENCE
        while answered.reason in WAITED_OUT and time.monotonic() < until:
            time.sleep(BETWEEN_LOOKS)
            self._look()
            answered = super().send(placed, number, by, act, kill=kill)
        if answered.reason in WAITED_OUT and self.meeting.window is not None:
            aside = SetAside(window=self.meeting.window.id)
            super().send(placed, number + 1_000, by, aside, kill=kill)
        if answered.reason is Reason.POINT_OF_ORDER_PENDING:
            self._rule(placed, number, kill=kill)
            answered = super().send(placed, number, by, act, kill=kill)
        return Answered(reason=placed.step.refused)  # what is not in order any more is left out

    def _rule(self, placed: Placed, number: int, *, kill: bool) -> None:
        """The presiding officer rules on the person's point of order."""
        presides = self.actor(self.meeting.presiding().id, on_instruction=False)
        points = RuleId("points_of_order")
        ruling = Rule(upheld=True, rule=points, ruling="The point is well taken.")
        super().send(placed, number + 2_000, presides, ruling, kill=kill)

    def _look(self) -> None:
        """Take note of what others than the bots did."""
        for deed in self._elsewhere.following.news():
            self.meeting = evolve_all(self.meeting, deed.events)
        heard = self._elsewhere.following.heard
        self._did += [mark(deed.act) for deed in heard if deed.by.seat == self._seat]
        heard.clear()

    def _wait_for(self, placed: Placed, act: AnyAct) -> None:
        """Wait until the person did *act*, or something that comes later in the script."""
        wanted = mark(act)
        if wanted[0] in BY_ITSELF:
            return
        later = self._still_to_come(placed)
        courtesy = time.monotonic() + COURTESY
        while True:
            if wanted in self._did:
                self._did = self._did[self._did.index(wanted) + 1 :]
                return
            if wanted[0] in self._not_wished:
                return
            if wanted[0] in IF_WISHED and time.monotonic() > courtesy:
                self._not_wished.add(wanted[0])
            if wanted[0] == "take_seat" and self._seated():
                return
            if not later.isdisjoint(self._did):
                return
            time.sleep(BETWEEN_LOOKS)
            self._look()

    def _seated(self) -> bool:
        place = self.meeting.seats.get(self._seat)
        return place is not None and place.screen is not None

    def _still_to_come(self, placed: Placed) -> set[Mark]:
        """Return what the script has the person's seat do later, but for what is said more than once."""
        steps = self._woven.steps
        later = steps[[each.key for each in steps].index(placed.key) + 1 :]
        found = [
            (each.step.act, str(each.step.with_.get("seat") or each.step.with_.get("item") or ""))
            for each in later
            if each.step.act and each.step.by == self._seat
        ]
        return {each for each in found if found.count(each) == 1}


def accompany(
    url: str, folder: Folder, seat: SeatId, speed: float, says: Callable[[str], None]
) -> None:
    """Hold the meeting of *folder* at *url* with bots in every seat but *seat*; say how it ended.

    *speed* is how many times faster than the meeting itself the bots are.
    """
    whole = weave(folder, {}, {})
    woven = replace(whole, steps=steps_left(folder, whole))
    try:
        with _company(url, folder, woven, seat, speed) as player:
            player.play(lambda _: None, MACROS)
    except (CourseError, ValueError, httpx.HTTPError) as error:
        says(f"The bots have stopped: {error}")
    else:
        says("The bots have come to the end of their script.")


@contextlib.contextmanager
def _company(
    url: str, folder: Folder, woven: Woven, seat: SeatId, speed: float
) -> Iterator[Accompanying]:
    way_in = a_seat_of_the_demonstration(folder.summit.origin)
    with contextlib.closing(Lines(url, folder.summit.origin, way_in)) as lines:
        desk = DeskElsewhere(folder, lines, pausing(speed))
        player = Accompanying(folder, woven, desk, Silence(), seat)
        player.meeting = at_its_beginning(folder, desk.following, apart=seat)
        with desk.screens():
            yield player
