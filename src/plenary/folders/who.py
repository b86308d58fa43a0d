"""Who is meant: ``SEAT``, ``SEAT/PERSON``, ``@GROUP``, ``@GROUP[1..60]``, ``!SEAT``, ``$DRAWN``.

Rule: a group is a kind of the profile, ``@members`` (who decide in the body that meets), a group of the
summit, or, while it sits, ``@electorate``, ``@waiting`` and ``@present``; always in the organisation's order.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from plenary.folders.folder import Summit
from plenary.rules.names import SeatId
from plenary.rules.profile import Profile

GROUP = re.compile(
    r"@(?P<name>[A-Za-z0-9._-]+)(?:\[(?P<first>[0-9]{1,4})\.\.(?P<last>[0-9]{1,4})\])?"
)

SITTING: Final = ("electorate", "waiting", "present")
"""Groups that are known only while the meeting sits: who has a say, who waits to speak, who is there."""


class NotAWhoError(ValueError):
    """A group nobody defined."""


def seats_of(
    given: Iterable[str],
    profile: Profile,
    summit: Summit,
    sitting: Mapping[str, Iterable[SeatId]] | None = None,
) -> tuple[SeatId, ...]:
    """Return the seats that *given* means; *sitting* are groups known only while the meeting sits."""
    chosen: list[SeatId] = []
    for each in given:
        if each.startswith("!"):
            chosen = [seat for seat in chosen if seat != each[1:]]
            continue
        found = _group(each, profile, summit, sitting or {}) if each[0] == "@" else [SeatId(each)]
        chosen += [seat for seat in found if seat not in chosen]
    return tuple(chosen)


def taken_names(profile: Profile, summit: Summit) -> list[str]:
    """Return the names of the summit's groups that mean something else already."""
    known = {"members", *SITTING, *profile.procedure.kinds}
    return sorted(known & set(summit.groups))


def _group(
    given: str, profile: Profile, summit: Summit, sitting: Mapping[str, Iterable[SeatId]]
) -> list[SeatId]:
    parts = GROUP.fullmatch(given)
    if parts is None:
        raise NotAWhoError(f"{given} is no group; expected such as @members or @members[1..60]")
    seats = _named(parts["name"], profile, summit, sitting)
    if parts["first"] is None:
        return seats
    return seats[int(parts["first"]) - 1 : int(parts["last"])]


def _named(
    name: str, profile: Profile, summit: Summit, sitting: Mapping[str, Iterable[SeatId]]
) -> list[SeatId]:
    if name in sitting:
        return list(sitting[name])
    if name in summit.groups:
        return list(seats_of(summit.groups[name], profile, summit, sitting))
    if name == "members":
        body = next((each for each in profile.organisation.bodies if each.id == summit.body), None)
        name = body.members if body else name
    if name in profile.procedure.kinds:
        further = [seat.id for seat in profile.organisation.seats if seat.kind == name]
        parties = [SeatId(party) for party in profile.in_order(name, summit.date)]
        guests = profile.procedure.opening.guest_kind == name
        return further + parties + ([guest.seat for guest in summit.guests] if guests else [])
    known = sorted({"members", *sitting, *summit.groups, *profile.procedure.kinds})
    raise NotAWhoError(f"nobody is called @{name}; known: {', '.join(known)}")
