"""Where a meeting that was prepared for people begins, and what of its script is done by then.

Rule: the demonstration prepares these steps, and bots at a server go on behind them.
"""

from plenary.cli.rehearsal.desks import desk_in_memory
from plenary.cli.rehearsal.macros import MACROS
from plenary.cli.rehearsal.playing import Player
from plenary.cli.rehearsal.telling import Silence
from plenary.cli.rehearsal.weaving import Woven
from plenary.folders.folder import Folder, Placed
from plenary.folders.preparation import before_opening
from plenary.rules.meeting import Meeting

AT_A_SCREEN = frozenset({"take_seat", "take_seats", "signal_ready"})
"""What only somebody at a screen can do."""


def steps_prepared(folder: Folder) -> Woven:
    """Return the steps that are done before people come."""
    steps = tuple(
        each for each in before_opening(folder) if not AT_A_SCREEN & {each.step.act, each.step.do}
    )
    return Woven(names=(), steps=steps, expected=folder.summit.expected, drawn={}, kill=0)


def steps_left(folder: Folder, woven: Woven) -> tuple[Placed, ...]:
    """Return the steps of *woven* that are left for the people of a prepared meeting.

    Raises:
        ValueError: if a fault changes a step that is done already.
    """
    done = {each.key for each in steps_prepared(folder).steps}
    gone = done - {each.key for each in woven.steps}
    if gone:
        raise ValueError(
            f"{', '.join(woven.names)}: replaces {', '.join(sorted(gone))}, which is done before "
            "anybody sits at the server; rehearse it without --url"
        )
    return tuple(each for each in woven.steps if each.key not in done)


def meeting_prepared(folder: Folder) -> Meeting:
    """Return the meeting as it is when people come."""
    desk = desk_in_memory(folder.profile, folder.summit.origin, "1")
    player = Player(folder, steps_prepared(folder), desk, "1", Silence())
    player.play(lambda _: None, MACROS)
    return player.meeting
