"""The meeting as a bot knows it: who sits where, whose line is there, and what a script's words mean now.

Rule: everything here was folded from the desk's own answers, or stands in the folder.
"""

import hashlib

import msgspec

from plenary.cli.rehearsal.chance import lot
from plenary.cli.rehearsal.weaving import Woven
from plenary.folders.folder import Folder, Placed, Who
from plenary.folders.reading import moment
from plenary.folders.who import NotAWhoError, seats_of
from plenary.folders.words import DRAWN, NotAWordError
from plenary.rules.acts import Actor
from plenary.rules.chairmanship import electing
from plenary.rules.drafting import digest_of
from plenary.rules.meeting import Meeting, Window, new_meeting
from plenary.rules.names import DocumentId, PersonId, SeatId


class Room:
    """The room during one rehearsal."""

    def __init__(self, folder: Folder, woven: Woven, seed: str) -> None:
        self.folder = folder
        self.meeting: Meeting = new_meeting(folder.profile)
        self.now = moment(folder.summit.begins)
        self.connected: set[SeatId] = set()
        self._woven = woven
        self._seed = seed
        self._lost: set[SeatId] = set()

    def seats(self, given: Who, placed: Placed) -> tuple[SeatId, ...]:
        """Return the seats that *given* means now."""
        each = (given,) if isinstance(given, str) else given
        named = [self._drawn(one, placed) for one in each]
        return seats_of(named, self.folder.profile, self.folder.summit, self._sitting())

    def _sitting(self) -> dict[str, tuple[SeatId, ...]]:
        meeting = self.meeting
        window = the_window(meeting)
        return {
            "electorate": window.electorate if window else (),
            "waiting": tuple(request.seat for request in meeting.floor.waiting),
            "present": tuple(key for key in electing(meeting) if key in self.connected)
            if meeting.body
            else (),
        }

    def _drawn(self, given: str, placed: Placed) -> str:
        mark = f"${DRAWN}"
        if mark not in given:
            return given
        before, _, rest = given.partition(mark)
        name, slash, person = rest.partition("/")
        found = self._woven.drawn.get(f"{placed.fault}/{name}")
        if found is None:
            raise NotAWordError(f"{given}: nobody was drawn under that name")
        return f"{before}{found}{slash}{person}"

    def actor(self, given: str, *, on_instruction: bool) -> Actor:
        """Return who acts: the person named, else the head of the seat, else its first person."""
        seat, _, named = given.partition("/")
        place = self.meeting.seats.get(SeatId(seat))
        head = self.meeting.head_of(place) if place else None
        person = PersonId(named) if named else head or self._first(SeatId(seat))
        if on_instruction and person == head:
            raise NotAWhoError(f"{given} is the head, who needs no instruction")
        return Actor(
            person=person, seat=SeatId(seat), instructed_by=head if on_instruction else None
        )

    def _first(self, seat: SeatId) -> PersonId:
        """Return whoever stands first in the folder; a record has no order of persons."""
        place = self.meeting.seats.get(seat)
        listed = [*map(PersonId, self.folder.summit.secretariat)]
        listed += [each.id for each in self.folder.people if each.seat == seat]
        for person in listed:
            if place is not None and person in place.letters:
                return person
        raise NotAWhoError(f"nobody is accredited to {seat}")

    def place_of(self, by: Actor) -> SeatId:
        """Return where *by* sits: an acting chair presides from his or her own delegation's seat."""
        acting = self.meeting.acting_chair
        presides = acting is not None and by.seat == self.meeting.presiding().id
        return acting if presides and acting is not None else by.seat

    def is_lost(self, seat: SeatId) -> bool:
        """Return whether the script has cut the line of *seat*."""
        return seat in self._lost

    def meaning(self, name: str, argument: str, by: Actor, placed: Placed) -> object:
        """Return what a word stands for at this moment, in an act by *by*."""
        if name.startswith(DRAWN):
            return self._drawn(f"${name}", placed)
        match name:
            case "window" | "digest":
                return self._window_word(name)
            case "waiting":
                return [request.seat for request in self.meeting.floor.waiting]
            case "speaking":
                speaking = self.meeting.floor.speaking
                return speaking.request.seat if speaking else None
            case "seat":
                return by.seat
            case "head" | "head_of":
                return self.actor(
                    self._drawn(argument or by.seat, placed), on_instruction=False
                ).person
            case _:
                return self._further_word(name, argument)

    def _window_word(self, name: str) -> str:
        window = the_window(self.meeting)
        if window is None:
            raise NotAWordError(f"${name}: no question is before the meeting")
        return window.id if name == "window" else window.digest

    def _further_word(self, name: str, argument: str) -> object:
        match name:
            case "ruling":
                return self.meeting.ruling.number
            case "agenda":
                return msgspec.to_builtins(self.folder.items)
            case "documents":
                return [paper.id for paper in self.folder.papers if paper.amends is None]
            case "digest_of":
                return self._document_digest(DocumentId(argument))
            case "texts_of":
                return self.folder.texts[DocumentId(argument)]
            case "ago":
                return self.now - 1000 * int(argument)
            case "in":
                return self.now + 1000 * int(argument)
            case _:
                return sha256_of(argument)

    def shuffle(self, placed: Placed, seats: list[SeatId]) -> None:
        """Put *seats* into an order drawn by lot."""
        lot(self._seed, placed.key, "order").shuffle(seats)

    def _document_digest(self, document: DocumentId) -> str:
        found = self.meeting.documents.get(document)
        return found.digest if found else digest_of(self.folder.texts[document])


def the_window(meeting: Meeting) -> Window | None:
    """Return the question before the meeting, else the silence procedure begun last."""
    if meeting.window is not None:
        return meeting.window
    return next(reversed(meeting.silences.values()), None)


def sha256_of(words: str) -> str:
    """Return the SHA-256 of some words, in place of a recording nobody made."""
    return hashlib.sha256(words.encode()).hexdigest()
