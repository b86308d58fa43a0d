"""Verifying: that nobody rewrote the record, and that every act in it was in order.

Rule 1: every deed is decided again from its act and its facts, and must have the same consequences.
Rule 2: what rests on withheld entries is listed as not checked again, never passed over in silence.
Rule 3: a departure from the rules is reported as a ruling, with its ground; it is no failure.
Rule 4: a record without its closing entry fails, so that a tail cannot be cut off unseen.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from plenary.desk.codec import (
    PROFILE,
    Body,
    Deed,
    NotABodyError,
    decode_body,
    decode_profile,
    in_order_of_doing,
)
from plenary.desk.desk import RULES_VERSION, consultation_ended
from plenary.desk.publishing import profile_digest
from plenary.record import Entry, NotProven, Proven, check_proof, prove_bundle
from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.decide import decide
from plenary.rules.evolve import evolve_all
from plenary.rules.meeting import Meeting, Stage, new_meeting
from plenary.rules.names import Moment, RuleId, SeatId, Value
from plenary.rules.profile import Profile
from plenary.rules.profile_reading import check_profile
from plenary.rules.refusals import Refused
from plenary.rules.visibility import (
    SECRETARIAT,
    connected_apart,
    is_confidential,
    told,
    visibility,
)

ENDS_A_WINDOW: Final = (e.QuestionAgreed, e.QuestionSetAside)
"""How a window of consensus ends."""


class Departure(Value, kw_only=True):
    """A ruling, waiver, acting chair or late entry: in which entry, whose, by which rule, on what ground."""

    number: int
    kind: str
    seat: SeatId | None = None
    rule: RuleId
    ground: str


class Verified(Value, kw_only=True):
    """What was verified.

    ``checked`` counts the deeds that were decided again; ``not_checked`` are the numbers of open
    entries that rest on withheld ones, ``withheld`` the numbers of those. ``self_declared``: no key
    from outside was given. ``meeting`` is what the record amounts to.
    """

    origin: str
    size: int
    root: str
    head: str
    self_declared: bool
    rules_version: str
    profile: str
    checked: int
    not_checked: tuple[int, ...]
    withheld: tuple[int, ...]
    departures: tuple[Departure, ...]
    meeting: Meeting


class VerifiedEntry(Value, kw_only=True):
    """One entry that its proof shows to be in the signed record; ``body`` is None where it is withheld."""

    origin: str
    size: int
    number: int
    commitment: str
    self_declared: bool
    body: Body | None


def verify_entry(data: bytes, *, key: str | None = None) -> VerifiedEntry:
    """Return the entry that *data*, a proof, shows, or raise ``NotProven``; its act is not decided again."""
    proven = check_proof(data, key)
    entry, checkpoint = proven.entry, proven.checkpoint
    return VerifiedEntry(
        origin=checkpoint.origin,
        size=checkpoint.size,
        number=entry.number,
        commitment=entry.commitment.hex(),
        self_declared=proven.self_declared,
        body=_body(checkpoint.origin, entry),
    )


def verify_bundle(
    data: bytes,
    *,
    key: str | None = None,
    checkpoint: str | None = None,
    profile: Profile | None = None,
) -> Verified:
    """Return what *data*, a bundle, proves, or raise ``NotProven`` naming section or entry.

    Args:
        key: the log's verifier key, received on another way than the bundle.
        checkpoint: a signed note received earlier, of which this record must be a continuation.
        profile: the organisation's profile, where the reader has it from elsewhere.
    """
    proven = prove_bundle(data, key, checkpoint)
    attached = _profile(proven, profile)
    written = [_body(proven.origin, entry) for entry in proven.bundle.entries]
    _convening(written)
    reading = _Reading(attached, proven.withheld)
    reading.go_through([body for body in written if body is not None])
    _closed(proven, reading.meeting, written[-1] if written else None)
    return Verified(
        origin=proven.origin,
        size=proven.size,
        root=proven.root,
        head=proven.head,
        self_declared=proven.self_declared,
        rules_version=reading.rules_version,
        profile=profile_digest(attached),
        checked=reading.checked,
        not_checked=tuple(sorted(reading.not_checked)),
        withheld=proven.withheld,
        departures=tuple(reading.departures),
        meeting=reading.meeting,
    )


def _profile(proven: Proven, outside: Profile | None) -> Profile:
    carried = {each.name: each.content for each in proven.bundle.attachments}
    if PROFILE not in carried:
        raise NotProven("attachments", "the profile is missing")
    try:
        attached = decode_profile(carried[PROFILE])
    except NotABodyError as error:
        raise NotProven("attachments", f"the profile cannot be read: {error}") from error
    if any(check_profile(attached)):
        raise NotProven("attachments", "the profile is faulty")
    if outside is not None and profile_digest(outside) != profile_digest(attached):
        raise NotProven("attachments", "the profile is not the one you hold")
    return attached


def _body(origin: str, entry: Entry) -> Body | None:
    if entry.body is None:
        return None
    try:
        body = decode_body(entry.body)
    except NotABodyError as error:
        raise NotProven("entries", f"its body cannot be read: {error}", entry.number) from error
    if body.meeting != origin:
        raise NotProven("entries", f"it belongs to {body.meeting}", entry.number)
    if body.number != entry.number:
        raise NotProven("entries", f"it was written as entry {body.number}", entry.number)
    return body


def _convening(written: Sequence[Body | None]) -> None:
    """Entry 0 pins the profile, so it is open in every bundle."""
    first = written[0] if written else None
    if first is None or [type(deed.act) for deed in first.deeds] != [a.Convene]:
        raise NotProven("entries", "the first does not convene the meeting for all to read", 0)


def _closed(proven: Proven, meeting: Meeting, last: Body | None) -> None:
    closing = last is not None and any(
        isinstance(event, e.MeetingClosed) for deed in last.deeds for event in deed.events
    )
    if not closing or meeting.stage is not Stage.CLOSED:
        number = proven.size - 1 if proven.size else None
        raise NotProven("entries", "the last is no closing entry; a tail may be cut off", number)


class _Reading:
    """Goes through a record in the order in which things were done, deciding each again."""

    def __init__(self, profile: Profile, withheld: Sequence[int]) -> None:
        self.meeting = new_meeting(profile)
        self.checked = 0
        self.not_checked: set[int] = set()
        self.departures: list[Departure] = []
        self.rules_version = ""
        self._profile = profile
        self._withheld = frozenset(withheld)
        self._first_withheld = min(withheld, default=None)
        self._at: Moment = 0
        self._consultations: dict[int, Body] = {}

    def go_through(self, written: Sequence[Body]) -> None:
        self._consultations = {
            body.number: body for body in written if body.consultation is not None
        }
        for body in self._consultations.values():
            _consultation_in_order(body)
        for body in written:
            if body.consultation is None and [deed.after for deed in body.deeds] != [None]:
                raise NotProven("entries", "it holds other than one act, done now", body.number)
            if body.consultation is None and body.connected is not None:
                raise NotProven(
                    "entries", "who was connected stands where it must not", body.number
                )
        for body, deed in in_order_of_doing(written):
            self._one(body, deed)
        unused = set(self._consultations)
        if unused:
            raise NotProven("entries", "no window of consensus ended after it", min(unused))

    def _one(self, body: Body, deed: Deed) -> None:
        if deed.facts.at < self._at:
            raise NotProven("entries", "it was done before the entry before it", body.number)
        self._at = deed.facts.at
        self._visible_as_it_must(body, deed)
        problem = self._decided_otherwise(body, deed)
        if problem is None:
            self.checked += 1
        elif self._rests_on_withheld(body):
            self.not_checked.add(body.number)
        else:
            raise NotProven("entries", problem, body.number)
        after = evolve_all(self.meeting, deed.events)
        if body.consultation is None:
            self._consultation_written(body, deed, after)
        self.meeting = after
        self._convened(body, deed)
        self.departures.extend(_departures(body, deed))

    def _decided_otherwise(self, body: Body, deed: Deed) -> str | None:
        """Return what is wrong with *deed*, decided again, or None."""
        if is_confidential(self.meeting, deed.act) != (body.consultation is not None):
            return "what is raised in a consultation was written at the wrong place"
        try:
            facts = self._facts(body, deed)
            if isinstance(facts, str):
                return facts
            events = tuple(decide(self.meeting, deed.by, deed.act, facts))
        except Refused as refused:
            return f"the act was not in order: {refused}"
        except (KeyError, StopIteration):  # what it speaks of is in no entry that can be read
            return "the act rests on what the record does not hold"
        if events != deed.events:
            return "other consequences follow from the act than the entry says"
        return None

    def _facts(self, body: Body, deed: Deed) -> a.Facts | str:
        """Return what *deed* was decided on, or what is wrong with that."""
        facts = deed.facts
        if (facts.connected is not None) != deed.act.sees_connections:
            return "it was decided on other facts than its act is decided on"
        if told(self.meeting, deed.by, deed.act, facts) != facts:
            return "it says of other seats than its own whether they were connected"
        if connected_apart(self.meeting, deed.act):
            before = self._consultations.get(body.number - 1)
            connected = before.connected if before is not None else None
            if connected is None:
                return "who was connected does not stand with the consultation it ended"
            facts = replace(facts, connected=connected)
        if facts.connected is not None and list(facts.connected) != sorted(set(facts.connected)):
            return "the seats that were connected are not listed once each, in order"
        return facts

    def _visible_as_it_must(self, body: Body, deed: Deed) -> None:
        must = (
            SECRETARIAT
            if body.consultation is not None
            else visibility(self.meeting, deed.by, deed.act)
        )
        if body.visibility != must:
            raise NotProven(
                "entries", f"its visibility is {body.visibility}, not {must}", body.number
            )
        if body.consultation is None and body.at != deed.facts.at:
            raise NotProven("entries", "its time is not that of its act", body.number)

    def _rests_on_withheld(self, body: Body) -> bool:
        return self._first_withheld is not None and self._first_withheld < body.number

    def _consultation_written(self, body: Body, deed: Deed, after: Meeting) -> None:
        """A window of consensus that ends has its consultation written just before."""
        ended = consultation_ended(self.meeting, after)
        if ended is None:
            return
        if not any(
            isinstance(event, ENDS_A_WINDOW) and event.window == ended.id for event in deed.events
        ):
            return  # a withheld entry ended it; this one opens the next
        before = body.number - 1
        if before in self._withheld:
            return
        consultation = self._consultations.pop(before, None)
        if consultation is None or consultation.consultation != ended.id:
            raise NotProven(
                "entries", "the consultation it ended was not written before it", body.number
            )
        if consultation.at != body.at:
            raise NotProven("entries", "its time is not that of the window's end", before)
        if consultation.connected is not None and not connected_apart(self.meeting, deed.act):
            raise NotProven("entries", "who was connected stands where it must not", before)

    def _convened(self, body: Body, deed: Deed) -> None:
        if not isinstance(deed.act, a.Convene):
            return
        self.rules_version = deed.act.rules_version
        if deed.act.profile != profile_digest(self._profile):
            raise NotProven("attachments", "the profile is not the one entry 0 pins")
        if deed.act.rules_version != RULES_VERSION:
            raise NotProven(
                "entries",
                f"it was decided by version {deed.act.rules_version} of the rules; this is {RULES_VERSION}",
                body.number,
            )


def _consultation_in_order(body: Body) -> None:
    """The deeds of a consultation were done one after another, before it was written."""
    places = [deed.after for deed in body.deeds]
    in_order = all(place is not None and 0 <= place < body.number for place in places)
    if not in_order or places != sorted(place for place in places if place is not None):
        raise NotProven("entries", "the acts of the consultation are not in order", body.number)


def _departures(body: Body, deed: Deed) -> Iterator[Departure]:
    for event in deed.events:
        match event:
            case e.RulingGiven():
                yield _departure(body, "ruling", event.rule, event.ground or event.ruling)
            case e.RuleWaived():
                yield _departure(body, "waiver", event.rule, event.ground)
            case e.ProceededWithout():
                yield _departure(body, "proceeded_without", event.why, event.ground, event.seat)
            case e.ActingChairInstalled():
                yield _departure(body, "acting_chair", event.why, event.ground, event.seat)
            case e.EnteredLate():
                yield _departure(
                    body, "late_entry", RuleId("rulings"), event.ground, event.done_by.seat
                )
            case _:
                pass


def _departure(
    body: Body, kind: str, rule: RuleId, ground: str, seat: SeatId | None = None
) -> Departure:
    return Departure(number=body.number, kind=kind, seat=seat, rule=rule, ground=ground)
