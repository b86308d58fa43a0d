"""Reading a meeting for a page: its record as one viewer may have it, and the state that it amounts to.

Rule 1: a page's state is folded from the entries its reader may read, never from more.
Rule 2: who may sit where is asked of the whole record, here and nowhere else in the pages.
Rule 3: what a running consultation holds is read for the seats that see everything, and for no page else.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from plenary import wiring
from plenary.desk.codec import (
    Body,
    Deed,
    decode_body,
    decode_deed,
    decode_profile,
    in_order_of_doing,
)
from plenary.desk.desk import fold
from plenary.desk.ports import Minutes
from plenary.desk.projections import may_read, room_as_seen_by
from plenary.desk.publishing import profile_digest
from plenary.feed.viewers import Viewer, viewer_in
from plenary.record import Entry
from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.meeting import Meeting
from plenary.rules.names import DocumentId, Language, PersonId, SeatId
from plenary.rules.profile import Profile
from plenary.rules.visibility import sees_everything
from plenary.store.access import NotFoundError, named_file, origins, text_for
from plenary.web.course import Course, course_of

REMEMBERED: Final = 40
"""Meetings whose decoded record a process keeps at hand."""


@dataclass(frozen=True)
class Reading:
    """One entry of the record as somebody may read it; a withheld one has no body."""

    entry: Entry
    body: Body | None

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """The deeds that can be read."""
        return () if self.body is None else self.body.deeds


class Sitting:
    """A meeting's whole record, decoded; the pages' only way to it."""

    def __init__(self, origin: str, profile: Profile, entries: tuple[Entry, ...]) -> None:
        self.origin = origin
        self.profile = profile
        self.entries = entries
        self._bodies = tuple(decode_body(entry.body or b"") for entry in entries)
        self._seen: dict[SeatId | None, Meeting] = {}

    @cached_property
    def whole(self) -> Meeting:
        """The state that all written entries amount to; shown to nobody as it is."""
        return fold(self.profile, self._bodies)[0]

    def with_held(self) -> Meeting:
        """Return the state with what a running consultation holds, for a seat that sees everything."""
        held = [decode_deed(data) for data in minutes_of(self.origin).held()]
        return fold(self.profile, self._bodies, held)[0] if held else self.whole

    def seen_by(self, seat: SeatId | None) -> Meeting:
        """Return the meeting as *seat* (None: the public) may see it."""
        if seat not in self._seen:
            self._seen[seat] = self._as_seen_by(seat)
        return self._seen[seat]

    def _as_seen_by(self, seat: SeatId | None) -> Meeting:
        if seat is not None and sees_everything(self.whole, seat):
            return self.whole
        may = [body for body in self._bodies if may_read(self.whole, seat, body.visibility)]
        return room_as_seen_by(fold(self.profile, may)[0], seat)

    def read_by(self, seat: SeatId | None) -> list[Reading]:
        """Return the record as *seat* may read it, entry by entry."""
        return [
            Reading(entry, body)
            if may_read(self.whole, seat, body.visibility)
            else Reading(entry.withhold(), None)
            for entry, body in zip(self.entries, self._bodies, strict=True)
        ]

    def entry(self, number: int, seat: SeatId | None) -> Entry:
        """Return one entry as *seat* may read it."""
        if not 0 <= number < len(self.entries):
            raise NotFoundError
        readable = may_read(self.whole, seat, self._bodies[number].visibility)
        return self.entries[number] if readable else self.entries[number].withhold()

    def adoption(self, document: DocumentId) -> tuple[Body, e.DocumentAdopted] | None:
        """Return the public entry in which a document was adopted, and its event."""
        for body, deed in in_order_of_doing(self.public_bodies()):
            for event in deed.events:
                if isinstance(event, e.DocumentAdopted) and event.document == document:
                    return body, event
        return None

    @cached_property
    def course(self) -> Course:
        """What everybody may know of the course of the meeting."""
        return course_of(deed for _, deed in in_order_of_doing(self.public_bodies()))

    def public_bodies(self) -> list[Body]:
        """Return the bodies that everybody may read."""
        return [body for body in self._bodies if may_read(self.whole, None, body.visibility)]

    def convened(self) -> a.Convene:
        """Return the act of entry 0."""
        act = self._bodies[0].deeds[0].act
        if not isinstance(act, a.Convene):
            raise NotFoundError
        return act

    def text(self, seat: SeatId | None, document: DocumentId, language: Language) -> bytes:
        """Return a document's text, if *seat* may know of it."""
        return text_for(self.seen_by(seat), self.origin, document, language)

    # ---- who may sit where -----------------------------------------------------------------------

    def viewer(self, seat: str | None, person: PersonId | None) -> Viewer:
        """Return who looks on from *seat*, or raise ``NotFoundError``; without a seat it is the public."""
        if seat is None:
            return Viewer()
        found = viewer_in(self.whole, SeatId(seat), person) if person is not None else None
        if found is None:
            raise NotFoundError
        return found

    def seats_of(self, person: PersonId | None) -> list[Viewer]:
        """Return every seat that *person* may take, in the order of the room."""
        if person is None:
            return []
        found = (viewer_in(self.whole, seat, person) for seat in self.whole.seats)
        return [viewer for viewer in found if viewer is not None]

    def secretariat_seat(self, person: PersonId | None) -> SeatId:
        """Return the secretariat's seat that *person* may act in, or raise ``NotFoundError``."""
        kind = self.profile.procedure.opening.secretariat_kind
        for viewer in self.seats_of(person):
            if viewer.seat is not None and self.whole.seats[viewer.seat].kind == kind:
                return viewer.seat
        raise NotFoundError


@cache
def minutes_of(origin: str) -> Minutes:
    """Return the minutes of a meeting that was convened; each asks its connections how they write, once."""
    return wiring.minutes(origin)


_known: OrderedDict[str, Sitting] = OrderedDict()
_lock = threading.Lock()


def sitting(origin: str) -> Sitting:
    """Return the meeting of that name, up to its last entry.

    Raises:
        NotFoundError: if there is none.
    """
    with _lock:
        known = _known.get(origin)
    after = len(known.entries) - 1 if known else -1
    news = tuple(minutes_of(origin).entries(after)) if known or origin in origins() else ()
    if known is not None and not news:
        return known
    entries = (known.entries if known else ()) + news
    if not entries:
        raise NotFoundError
    found = Sitting(origin, known.profile if known else _profile(origin, entries[0]), entries)
    with _lock:
        _known[origin] = found
        _known.move_to_end(origin)
        while len(_known) > REMEMBERED:
            _known.popitem(last=False)
    return found


def sittings() -> list[Sitting]:
    """Return every meeting that was convened, the latest first."""
    found = [sitting(origin) for origin in origins()]
    return sorted(found, key=lambda each: (each.convened().date, each.origin), reverse=True)


def forget() -> None:
    """Forget what was read; the database is another one now."""
    with _lock:
        _known.clear()


def _profile(origin: str, first: Entry) -> Profile:
    act = decode_body(first.body or b"").deeds[0].act
    if not isinstance(act, a.Convene):
        raise NotFoundError
    try:
        return decode_profile(named_file(origin, act.profile))
    except NotFoundError:
        shipped = wiring.profile(origin.split("/", 1)[0])
        if profile_digest(shipped) != act.profile:
            raise NotFoundError from None
        return shipped
