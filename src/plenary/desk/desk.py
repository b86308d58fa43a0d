"""Doing an act: decide on the present state, write, and only then say that it is done.

Rule 1: one desk for one meeting, and one thread at a time; whoever serves many people queues them.
Rule 2: what a consultation holds is as durable as an entry, and is written as one when it ends, also when
    nothing was raised: how many entries are withheld, and when, says nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from plenary.desk.codec import (
    LONGEST_KEY,
    Body,
    Deed,
    decode_body,
    decode_deed,
    encode,
    in_order_of_doing,
)
from plenary.desk.ports import Clock, LogKey, Minutes, NumberTakenError, Presence, Salts
from plenary.record import Checkpoint, Entry, Tree, first_seal, seal_entry, sign_checkpoint
from plenary.rules.acts import Act, Actor, AnyAct, Facts
from plenary.rules.decide import decide
from plenary.rules.events import AnyEvent
from plenary.rules.evolve import evolve_all
from plenary.rules.meeting import Meeting, Window, new_meeting
from plenary.rules.names import Moment, PersonId, RuleId, SeatId, Value, unfit_character
from plenary.rules.profile import Profile
from plenary.rules.refusals import Reason, Refused
from plenary.rules.visibility import (
    SECRETARIAT,
    connected_apart,
    is_confidential,
    told,
    visibility,
)

RULES_VERSION = "1"
"""The version of ``plenary.rules`` that entry 0 pins; raised when a decision could come out otherwise."""

TRIES = 5
"""How often an act is decided anew when another writer was first."""


class Receipt(Value, kw_only=True):
    """That an act is done and durable: its entry's number, or None while a consultation holds it."""

    number: int | None
    events: tuple[AnyEvent, ...]


def record_key(person: PersonId, seat: SeatId, key: str) -> str:
    """Return *key* as the record has it: another person's same key is another."""
    return hashlib.sha256(f"{person}\n{seat}\n{key}".encode()).hexdigest()


class Desk:
    """The desk of one meeting."""

    def __init__(
        self, profile: Profile, minutes: Minutes, *, clock: Clock, salts: Salts, presence: Presence
    ) -> None:
        self.minutes = minutes
        self.refused: Counter[Reason] = Counter()
        self._profile = profile
        self._clock = clock
        self._salts = salts
        self._presence = presence
        self._meeting = new_meeting(profile)
        self._at: Moment = 0
        self._read_all()

    @property
    def meeting(self) -> Meeting:
        """The state of the meeting, with everything a running consultation holds."""
        return self._meeting

    @property
    def written(self) -> int:
        """How many entries the record has."""
        return self._written

    def perform(self, by: Actor, act: AnyAct, *, key: str | None = None) -> Receipt:
        """Do *act*; the same *key* again returns the first receipt and does nothing.

        Raises:
            Refused: if the act is not in order; nothing was written.
        """
        self._fit_to_be_kept(key)
        for _ in range(TRIES):
            done = self._done_before(by, act, key)
            if done is not None:
                return done
            try:
                return self._perform(by, act, key)
            except NumberTakenError:
                self._read_all()
        raise NumberTakenError

    def _fit_to_be_kept(self, key: str | None) -> None:
        """A key that cannot be read back would make the whole record unreadable."""
        if key is not None and (len(key) > LONGEST_KEY or unfit_character(key)):
            self.refused[Reason.UNFIT_TEXT] += 1
            raise Refused(Reason.UNFIT_TEXT, RuleId("record"), longest=LONGEST_KEY)

    def _done_before(self, by: Actor, act: AnyAct, key: str | None) -> Receipt | None:
        if key is None or key not in self._keys:
            return None
        deed, number = self._keys[key]
        if (deed.by, deed.act) != (by, act):
            self.refused[Reason.KEY_USED] += 1
            raise Refused(Reason.KEY_USED, RuleId("record"), key=key)
        return Receipt(number=number, events=deed.events)

    def _perform(self, by: Actor, act: AnyAct, key: str | None) -> Receipt:
        facts = self._facts(act)
        try:
            events = tuple(decide(self._meeting, by, act, facts))
        except Refused as refused:
            self.refused[refused.reason] += 1
            raise
        then = evolve_all(self._meeting, events)
        confidential = is_confidential(self._meeting, act)
        after = self._written - 1 if confidential else None
        kept = told(self._meeting, by, act, facts)
        deed = Deed(by=by, act=act, facts=kept, events=events, key=key, after=after)
        if confidential:
            self.minutes.hold(len(self._held), encode(deed), after=self._written - 1)
            self._held.append(deed)
            number = None
        else:
            apart = facts.connected if connected_apart(self._meeting, act) else None
            number = self._write(deed, then, apart)
        self._at = facts.at
        self._meeting = then
        if key is not None:
            self._keys[key] = (deed, number)
        return Receipt(number=number, events=events)

    def _facts(self, act: Act) -> Facts:
        connected = tuple(sorted(self._presence())) if act.sees_connections else None
        return Facts(at=max(self._clock(), self._at), connected=connected)

    def _write(self, deed: Deed, then: Meeting, connected: tuple[SeatId, ...] | None) -> int:
        ending = consultation_ended(self._meeting, then)
        at = deed.facts.at
        written: list[Entry] = []
        if ending is not None:
            held = self._body(self._written, tuple(self._held), at, SECRETARIAT)
            self._seal_body(written, replace(held, consultation=ending.id, connected=connected))
        level = visibility(self._meeting, deed.by, deed.act)
        self._seal_body(written, self._body(self._written + len(written), (deed,), at, level))
        self.minutes.append(written, held=len(self._held), ends_consultation=ending is not None)
        if ending is not None:
            number = self._written
            for each in self._held:
                if each.key is not None:
                    self._keys[each.key] = (each, number)
            self._held.clear()
        self._written += len(written)
        self._seal = written[-1].seal
        return self._written - 1

    def _body(self, number: int, deeds: tuple[Deed, ...], at: Moment, level: str) -> Body:
        return Body(
            meeting=self.minutes.origin, number=number, at=at, visibility=level, deeds=deeds
        )

    def _seal_body(self, written: list[Entry], body: Body) -> None:
        before = written[-1].seal if written else self._seal
        salt = self._salts(body.number)
        written.append(seal_entry(before, body.number, salt, encode(body)))

    def _read_all(self) -> None:
        entries = list(self.minutes.entries())
        self._held = [decode_deed(data) for data in self.minutes.held()]
        self._written = len(entries)
        self._seal = entries[-1].seal if entries else first_seal(self.minutes.origin)
        read = [decode_body(entry.body) for entry in entries if entry.body is not None]
        self._meeting, self._at = fold(self._profile, read, self._held)
        self._keys: dict[str, tuple[Deed, int | None]] = {
            deed.key: (deed, body.number)
            for body in read
            for deed in body.deeds
            if deed.key is not None
        }
        self._keys |= {deed.key: (deed, None) for deed in self._held if deed.key is not None}

    def checkpoint(self, key: LogKey) -> str:
        """Sign what the record is now and keep the note; returns it."""
        tree = Tree()
        for entry in self.minutes.entries():
            tree.append(entry.seal)
        state = Checkpoint(self.minutes.origin, tree.size, tree.root())
        note = sign_checkpoint(state, key.name, key)
        self.minutes.keep_checkpoint(note)
        return note


def fold(
    profile: Profile, read: Iterable[Body], held: Iterable[Deed] = ()
) -> tuple[Meeting, Moment]:
    """Return the meeting that bodies and held deeds amount to, and the moment of the last of them."""
    meeting = new_meeting(profile)
    written = list(read)
    running = list(held)
    done = [deed for _, deed in in_order_of_doing(written)]
    # what is held was done between entries already written: put each deed in its place
    if running:
        last = Body(meeting="", number=len(written), at=0, visibility="", deeds=tuple(running))
        done = [deed for _, deed in in_order_of_doing([*written, last])]
    at = 0
    for deed in done:
        meeting = evolve_all(meeting, deed.events)
        at = max(at, deed.facts.at)
    return meeting, at


def consultation_ended(before: Meeting, after: Meeting) -> Window | None:
    """Return the window of consensus that was open before and is no longer, if any."""
    window = before.window
    if window is None or window.way != "consensus":
        return None
    return window if after.window is None or after.window.id != window.id else None
