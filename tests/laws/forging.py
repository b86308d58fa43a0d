"""A secretariat that writes what it likes: well chained, well signed, and not in order.

`Forger` goes on from where an honest meeting stands and writes deeds without asking the rules; what it
writes is sealed, hung in the tree and signed with the true key, so that only deciding again finds it.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

from msgspec.structs import replace
from tests.laws.walking import KEY, PRESIDING, Key, Walk

from plenary.desk.codec import PROFILE, Body, Deed, decode_deed, encode
from plenary.desk.desk import consultation_ended
from plenary.record import (
    Attachment,
    Bundle,
    Checkpoint,
    Entry,
    Tree,
    encode_bundle,
    first_seal,
    seal_entry,
    sign_checkpoint,
    verifier_key,
)
from plenary.rules import acts as a
from plenary.rules.decide import decide
from plenary.rules.events import AnyEvent
from plenary.rules.evolve import evolve_all
from plenary.rules.meeting import Document, Meeting, Window
from plenary.rules.names import SeatId
from plenary.rules.profile import Profile
from plenary.rules.visibility import connected_apart, is_confidential, told, visibility


def sealed(bodies: Sequence[bytes], origin: str) -> list[Entry]:
    previous = first_seal(origin)
    entries = []
    for number, body in enumerate(bodies):
        entries.append(seal_entry(previous, number, sha256(b"salt %d" % number).digest(), body))
        previous = entries[-1].seal
    return entries


def note(entries: Sequence[Entry], size: int, origin: str, key: Key = KEY) -> str:
    tree = Tree()
    for entry in entries:
        tree.append(entry.seal)
    return sign_checkpoint(Checkpoint(origin, size, tree.root(size)), key.name, key)


def signed(
    bodies: Sequence[Body],
    profile: Profile,
    origin: str,
    key: Key = KEY,
    earlier: int | None = None,
) -> Bundle:
    """The bundle of these bodies, chained and signed as they stand; *earlier*: of a first checkpoint."""
    entries = sealed([encode(body) for body in bodies], origin)
    sizes = [size for size in (earlier, len(entries)) if size is not None]
    return Bundle(
        origin=origin,
        keys=(verifier_key(key.name, key.public_key()),),
        attachments=(Attachment(PROFILE, encode(profile)),),
        entries=tuple(entries),
        checkpoints=tuple(note(entries, size, origin, key) for size in sizes),
    )


class Forger:
    """Writes on from an honest meeting; `forged` is the entry that ought to be named."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.meeting = walk.meeting
        self.bodies = walk.bodies()
        self.held = [decode_deed(deed) for deed in walk.minutes.held()]
        self.at = walk.now
        self.forged = -1

    # ---- what it needs to know -------------------------------------------------------------------

    @property
    def chair(self) -> a.Actor:
        return self.walk.head(PRESIDING)

    @property
    def window(self) -> Window:
        assert self.meeting.window is not None
        return self.meeting.window

    @property
    def everybody(self) -> tuple[SeatId, ...]:
        return tuple(sorted(self.meeting.seats))

    @property
    def put(self) -> Document:
        assert isinstance(self.window.subject, a.Texts)
        return self.meeting.documents[self.window.subject.documents[0]]

    def facts(self, act: a.AnyAct) -> a.Facts:
        return a.Facts(at=self.at, connected=self.everybody if act.sees_connections else None)

    def would_follow(
        self, by: a.Actor, act: a.AnyAct, on: Meeting | None = None
    ) -> tuple[AnyEvent, ...]:
        """What would follow, had the meeting been in the state *on* and everybody been connected."""
        return tuple(decide(on or self.meeting, by, act, self.facts(act)))

    # ---- writing ---------------------------------------------------------------------------------

    def write(
        self,
        by: a.Actor,
        act: a.AnyAct,
        events: Sequence[AnyEvent],
        facts: a.Facts | None = None,
    ) -> None:
        """Write a deed as the desk would, with its consultation before it; nobody asks if it is in order."""
        facts = facts or self.facts(act)
        kept = told(self.meeting, by, act, facts)
        deed = Deed(by=by, act=act, facts=kept, events=tuple(events))
        if is_confidential(self.meeting, act):
            self.held.append(replace(deed, after=len(self.bodies) - 1))
            self.forged = -1
        else:
            self._written(deed, facts.connected)
        self.meeting = evolve_all(self.meeting, deed.events)
        self.at = facts.at

    def _written(self, deed: Deed, connected: tuple[SeatId, ...] | None) -> None:
        ending = consultation_ended(self.meeting, evolve_all(self.meeting, deed.events))
        if ending is not None:
            self._body(tuple(self.held), "secretariat", deed.facts.at, ending.id)
            if connected_apart(self.meeting, deed.act):
                self.bodies[-1] = replace(self.bodies[-1], connected=connected)
            self.held = []
        level = visibility(self.meeting, deed.by, deed.act)
        self._body((deed,), level, deed.facts.at, None)
        self.forged = len(self.bodies) - 1

    def _body(self, deeds: tuple[Deed, ...], level: str, at: int, consultation: str | None) -> None:
        self.bodies.append(
            Body(
                meeting=self.walk.minutes.origin,
                number=len(self.bodies),
                at=at,
                visibility=level,
                deeds=deeds,
                consultation=consultation,  # type: ignore[arg-type]
            )
        )

    def honestly(self, by: a.Actor, act: a.AnyAct) -> None:
        """Write what is in order."""
        self.write(by, act, self.would_follow(by, act))

    def change(self, number: int, change: Callable[[Body], Body]) -> None:
        """Write an entry anew; it is the one to be named."""
        self.bodies[number] = change(self.bodies[number])
        self.forged = number

    def change_deed(self, number: int, change: Callable[[Deed], Deed], place: int = 0) -> None:
        deeds = list(self.bodies[number].deeds)
        deeds[place] = change(deeds[place])
        self.change(number, lambda body: replace(body, deeds=tuple(deeds)))

    def leave_out(self, number: int) -> None:
        """Leave an entry out, and number the others anew, inside and out."""
        kept = self.bodies[:number] + self.bodies[number + 1 :]
        self.bodies = [replace(b, number=n, deeds=_moved(b, number)) for n, b in enumerate(kept)]

    def close(self) -> None:
        """End the record as it must end."""
        forged = self.forged
        act = a.CloseMeeting()
        events = self.walk_end()
        self.write(self.chair, act, events)
        self.forged = forged

    def walk_end(self) -> tuple[AnyEvent, ...]:
        nothing = replace(
            self.meeting,
            window=None,
            silences={},
            floor=replace(self.meeting.floor, speaking=None),
            point_of_order=None,
            ruling=replace(self.meeting.ruling, appealed=False),
        )
        return self.would_follow(self.chair, a.CloseMeeting(), on=nothing)

    def bundle(self, key: Key = KEY) -> bytes:
        return encode_bundle(signed(self.bodies, self.walk.profile, self.walk.minutes.origin, key))


def _moved(body: Body, left_out: int) -> tuple[Deed, ...]:
    return tuple(
        deed if deed.after is None or deed.after < left_out else replace(deed, after=deed.after - 1)
        for deed in body.deeds
    )
