"""What a seat is called in a terminal: by its name, with the identifier that records and commands know."""

from plenary.rules.names import Language, PartyId, SeatId, Text
from plenary.rules.profile import Profile

ENGLISH = Language("en")


def named(profile: Profile, seat: SeatId | PartyId) -> str:
    """Return ``Name (IDENTIFIER)`` where *profile* has a name for *seat*, else the identifier alone."""
    names = _names(profile, seat)
    name = names.get(ENGLISH) or next(iter(names.values()), None)
    return f"{name} ({seat})" if name else seat


def _names(profile: Profile, seat: SeatId | PartyId) -> Text:
    party = profile.party(seat)
    if party is not None:
        return party.short
    further = {each.id: each.names for each in profile.organisation.seats}
    return further.get(SeatId(seat), {})


def ranges(numbers: tuple[int, ...]) -> str:
    """Return ``3, 4, 6 to 8`` for 3, 4, 6, 7, 8; *numbers* ascend."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )
