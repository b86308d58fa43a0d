"""Random walks through a meeting: real desk, real minutes, lines that are lost, a clock that jumps.

A walk is a list of numbers; each decides one step from the state the walk is in, so that a walk that
breaks a law is still a walk when numbers are left out of it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from random import Random
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec.structs import replace
from tests.laws.oracle import Rights
from tests.laws.values import ACTS_THAT_CAN_BE_LATE, ALIEN, Pool, any_act

from plenary import wiring
from plenary.desk.codec import Body, Deed, decode_body, decode_deed, in_order_of_doing
from plenary.desk.desk import RULES_VERSION, Desk, Receipt
from plenary.desk.memory import MemoryMinutes
from plenary.desk.publishing import profile_digest
from plenary.record import verifier_key
from plenary.rules import acts as a
from plenary.rules.meeting import DocumentStage, Meeting, Stage, Window
from plenary.rules.names import DocumentId, ItemId, MotionId, PartyId, PersonId, RuleId, SeatId
from plenary.rules.profile import Profile
from plenary.rules.refusals import Refused

NOON = 1_605_000_000_000
SECRETARY = a.Actor(person=PersonId("secretary"), seat=SeatId("secretariat"))
PRESIDING = SeatId("presiding")


class Key:
    """A log key that everybody knows."""

    name = "secretariat.example"

    def __init__(self, secret: bytes = b"\x01" * 32) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(secret)

    def sign(self, data: bytes, /) -> bytes:
        return self._key.sign(data)

    def public_key(self) -> Ed25519PublicKey:
        return self._key.public_key()


KEY = Key()
LOG_KEY = verifier_key(KEY.name, KEY.public_key())


@cache
def profile(name: str) -> Profile:
    """The profile of that name, with few enough members that a walk gets somewhere."""
    whole = wiring.profile(name)
    few = [
        party
        for kind, most in (("member", 7), ("observer", 2), ("body", 1), ("partner", 1))
        for party in [p for p in whole.organisation.parties if p.kind == kind][:most]
    ]
    chairmanship = whole.organisation.chairmanship
    if chairmanship is not None:
        there = {party.id for party in few}
        chairmanship = replace(
            chairmanship,
            terms=tuple(term for term in chairmanship.terms if term.party in there),
            rotation=tuple(party for party in chairmanship.rotation if party in there),
            skips=(),
        )
    organisation = replace(whole.organisation, parties=tuple(few), chairmanship=chairmanship)
    return replace(whole, organisation=organisation)


PROFILES = ("sco", "un-ga")


class Tried(NamedTuple):
    by: a.Actor
    act: a.AnyAct


class Walk:
    """One meeting, what was tried in it, and the laws that hold after every step."""

    def __init__(self, name: str) -> None:
        self.profile = profile(name)
        self.minutes = MemoryMinutes(f"{name}/laws")
        self.now = NOON
        self.lines: set[SeatId] = set()
        self.desk = self.another_desk()
        self.rights = Rights(self.profile)
        self.accepted: Counter[str] = Counter()
        self.accepted_late: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.reached: Counter[str] = Counter()
        self.marked: list[tuple[a.AnyAct, str]] = []
        self.steps = 0

    def another_desk(self) -> Desk:
        return Desk(
            self.profile,
            self.minutes,
            clock=lambda: self.now,
            salts=lambda number: sha256(b"salt %d" % number).digest(),
            presence=lambda: self.lines,
        )

    @property
    def meeting(self) -> Meeting:
        return self.desk.meeting

    # ---- one act, and what holds after it --------------------------------------------------------

    def perform(self, by: a.Actor, act: a.AnyAct) -> bool:
        """Try *act* and hold the desk to the laws; return whether it was accepted."""
        self.steps += 1
        before = (self.desk.meeting, tuple(self.minutes.entries()), self.minutes.held())
        allowed = self.rights.allows(by, act)
        key = f"key-{self.steps}" if self.steps % 7 == 0 else None
        receipt = self._done_or_refused(by, act, key)
        if isinstance(receipt, Refused):
            after = (self.desk.meeting, tuple(self.minutes.entries()), self.minutes.held())
            assert before == after, "refused means that nothing changed"
            assert receipt.rule in self.profile.procedure.rules, receipt
            self.refused[receipt.reason] += 1
            return False
        assert allowed, f"the profile does not let {by} do this: {act}"
        deed = self._last_deed(held=receipt.number is None)
        assert (deed.by, deed.act, deed.events) == (by, act, receipt.events)
        self._says_of_nobody_else_who_was_connected(before[0], deed)
        if key is not None:
            self._done_once(by, act, key)
        self.rights.done(act)
        self.accepted[a.name_of(act)] += 1
        if isinstance(act, a.EnterLate):
            self.accepted_late[a.name_of(act.done)] += 1
        self._count_what_was_reached()
        if self.steps % 16 == 0:
            self.the_record_alone_rebuilds_the_room()
        return True

    def _done_or_refused(self, by: a.Actor, act: a.AnyAct, key: str | None) -> Receipt | Refused:
        try:
            return self.desk.perform(by, act, key=key)
        except Refused as refused:
            return refused

    def _says_of_nobody_else_who_was_connected(self, before: Meeting, deed: Deed) -> None:
        """An entry says of no other seats who was connected; the consultation's says it of all."""
        there = frozenset(self.lines)
        connected = deed.facts.connected
        assert (connected is not None) == deed.act.sees_connections
        act = deed.act.done if isinstance(deed.act, a.EnterLate) else deed.act
        by = deed.act.done_by if isinstance(deed.act, a.EnterLate) else deed.by
        if connected is not None and isinstance(act, a.OpenMeeting | a.CallTheRoll):
            assert frozenset(connected) == there
        elif connected is not None:
            named = {by.seat, PRESIDING, getattr(act, "seat", None)}
            if isinstance(act, a.DeclareResult):
                assert before.window is not None
                named |= set(before.window.electorate)
            assert frozenset(connected) <= there & named
        if isinstance(act, a.DeclareAdopted) and before.window is not None:
            assert not connected
            if before.window.id == act.window:
                assert self.bodies()[-2].connected == tuple(sorted(there))

    def _last_deed(self, *, held: bool) -> Deed:
        if held:
            return decode_deed(self.minutes.held()[-1])
        last = tuple(self.minutes.entries())[-1]
        assert last.body is not None
        return decode_body(last.body).deeds[0]

    def _done_once(self, by: a.Actor, act: a.AnyAct, key: str) -> None:
        before = (self.desk.meeting, self.desk.written, self.minutes.held())
        self.desk.perform(by, act, key=key)
        assert before == (self.desk.meeting, self.desk.written, self.minutes.held())

    def the_record_alone_rebuilds_the_room(self) -> None:
        assert self.another_desk().meeting == self.desk.meeting

    def _count_what_was_reached(self) -> None:
        meeting = self.meeting
        self.reached[f"stage {meeting.stage}"] += 1
        if meeting.window is not None:
            self.reached[f"window {meeting.window.way} {meeting.window.state}"] += 1
            for what in ("objections", "aside", "opinions", "by_telephone", "without", "votes"):
                self.reached[f"window with {what}"] += bool(getattr(meeting.window, what))
        for window in meeting.silences.values():
            self.reached[f"silence {window.state}"] += 1
        self.reached["point of order"] += meeting.point_of_order is not None
        self.reached["appeal"] += meeting.ruling.appealed
        self.reached["closed segment"] += meeting.segment_closed
        self.reached["acting chair"] += meeting.acting_chair is not None
        self.reached["somebody speaks"] += meeting.floor.speaking is not None
        self.reached["motions"] += bool(meeting.motions)
        self.reached["waived"] += bool(meeting.waived)
        self.reached["adjourning"] += meeting.adjourning
        self.reached["somebody left"] += any(seat.left for seat in meeting.seats.values())
        for document in meeting.documents.values():
            self.reached[f"document {document.stage}"] += 1

    # ---- the record so far -----------------------------------------------------------------------

    def bodies(self) -> list[Body]:
        return [decode_body(e.body) for e in self.minutes.entries() if e.body is not None]

    def deeds(self) -> list[Deed]:
        """Every deed that was written, in the order of doing."""
        return [deed for _, deed in in_order_of_doing(self.bodies())]

    # ---- steps -----------------------------------------------------------------------------------

    def step(self, number: int) -> None:
        chance = Random(number)
        pool = Pool(self.meeting, chance)
        pool.now = self.now
        pool.step = self.steps
        self.now += chance.choice([0, 1, 700, 4000, 11_000, -500])
        what = chance.random()
        if what < 0.08:
            self._lines(chance)
        elif what < 0.65 and self.meeting.stage is not Stage.NOT_CONVENED:
            self._in_order(chance, pool)
        elif what < 0.82:
            by, act = self._somebody_entitled(chance, pool)
            self._try(by, act, pool)
        else:
            pool.aliens = 0.15
            act = any_act(chance.choice(list(a.ACTS.values())), pool)
            self._try(self._anybody(chance, pool), act, pool)

    def _try(self, by: a.Actor, act: a.AnyAct, pool: Pool) -> bool:
        done = act.done if isinstance(act, a.EnterLate) else act
        if isinstance(done, a.ExamineLetter) and done.person == SECRETARY.person:
            return False  # a secretariat that contests its only person has nobody left to examine
        if not self.perform(by, act):
            return False
        self.marked += [(act, mark) for mark in pool.marked]
        return True

    def _lines(self, chance: Random) -> None:
        """Lines are lost and restored; once in a while all of them come back."""
        everybody = set(self.meeting.seats)
        change = chance.random()
        if change < 0.4:
            self.lines = everybody
        elif change < 0.7:
            self.lines -= set(chance.sample(sorted(everybody), min(2, len(everybody))))
        elif change < 0.85:
            self.lines.discard(PRESIDING)
        else:
            self.lines = {seat for seat in everybody if chance.random() < 0.8}

    def _somebody_entitled(self, chance: Random, pool: Pool) -> Tried:
        """Any act, by the head of a seat whose kind may do it."""
        act = any_act(chance.choice(list(a.ACTS.values())), pool)
        kinds = self.profile.procedure.kinds
        seats = [
            seat
            for seat in self.meeting.seats.values()
            if a.name_of(act) in kinds[seat.kind].acts and seat.letters
        ]
        if not seats:
            return Tried(SECRETARY, act)
        return Tried(self.head(chance.choice(seats).id), act)

    def _anybody(self, chance: Random, pool: Pool) -> a.Actor:
        seat = SeatId(pool.one("SeatId"))
        letters = list(self.meeting.seats[seat].letters) if seat in self.meeting.seats else []
        head = self.head(seat).person
        persons = [head, *letters, *pool.there["PersonId"][:3], PersonId(ALIEN)]
        person = PersonId(chance.choice(persons))
        principal = chance.choice([None, head, PersonId(pool.one("PersonId"))])
        return a.Actor(person=person, seat=seat, instructed_by=principal)

    def head(self, key: SeatId) -> a.Actor:
        seat = self.meeting.seats.get(key)
        if seat is None:
            return a.Actor(person=PersonId(ALIEN), seat=key)
        head = self.meeting.head_of(seat)
        if head is None and seat.letters:
            head = next(iter(seat.letters))
        return a.Actor(person=head or PersonId(ALIEN), seat=key)

    def instructed(self, key: SeatId) -> a.Actor:
        seat = self.meeting.seats[key]
        head = self.meeting.head_of(seat)
        staff = next((person for person in seat.letters if person != head), PersonId(ALIEN))
        return a.Actor(person=staff, seat=key, instructed_by=head)

    def _in_order(self, chance: Random, pool: Pool) -> None:
        """One of those acts that somebody would now do."""
        sensible = list(sensible_acts(self, chance, pool))
        if not sensible:
            return
        by, act = chance.choice(sensible)
        if isinstance(act, a.DeclareAdopted | a.DeclareResult):
            self._until_the_gavel(act, chance)
        if chance.random() < 0.06 and type(act) in ACTS_THAT_CAN_BE_LATE:
            act = a.EnterLate(done=act, done_by=by, done_at=self.now, ground=pool.words())
            by = SECRETARY
        elif chance.random() < 0.15 and by.seat in self.meeting.seats and by.seat != SECRETARY.seat:
            by = self.instructed(by.seat)
        self._try(by, act, pool)

    def _until_the_gavel(self, act: a.DeclareAdopted | a.DeclareResult, chance: Random) -> None:
        """Often everybody comes to the text, or to the vote, before the gavel is tried."""
        window = self.meeting.window_of(act.window)
        if window is None or chance.random() < 0.3:
            return
        self.now = max(self.now, window.closes)
        if window.way != "silence" and chance.random() < 0.8:
            self.lines |= set(self.meeting.seats)
        for seat in window.electorate:
            if window.way == "consensus" and seat not in window.acknowledged:
                self.perform(
                    self.head(seat), a.AcknowledgeText(window=window.id, digest=window.digest)
                )
            if window.way == "vote" and seat not in window.votes:
                vote = chance.choice([a.Vote.YES, a.Vote.YES, a.Vote.NO, a.Vote.ABSTAIN])
                self.perform(self.head(seat), a.CastVote(window=window.id, vote=vote))

    # ---- the course of a meeting -----------------------------------------------------------------

    def start(self, how_far: int) -> None:
        """Begin the meeting: 0 not at all, 1 convened, 2 accredited, 3 open, 4 ready to decide."""
        pool = Pool(self.meeting, Random(how_far))
        for place, part in enumerate((_convene, _accredit, _open, _ready)):
            if place < how_far:
                for by, act in part(self, pool):
                    assert self.perform(by, act), act

    def close(self) -> None:
        """Bring the meeting to its end, from wherever it is: it must be possible."""
        if self.meeting.stage is Stage.NOT_CONVENED:
            self.start(1)
        if self.meeting.stage is Stage.CONVENED:
            self.lines = set(self.meeting.seats)
            self._presided_by_its_officer()
            assert self.perform(self.head(PRESIDING), a.OpenMeeting())
        for _ in range(200):
            if self.meeting.stage is Stage.CLOSED:
                return
            self.lines = set(self.meeting.seats)
            self._presided_by_its_officer()
            by, act = _next_towards_the_end(self)
            assert self.perform(by, act), (act, self.meeting.stage)
        raise AssertionError("a meeting that cannot be closed")

    def _presided_by_its_officer(self) -> None:
        if self.meeting.acting_chair is not None:
            assert self.perform(SECRETARY, a.RestoreChair())
        seat = self.meeting.presiding()
        if seat.head is None:
            self.perform(
                SECRETARY,
                a.ReceiveLetter(
                    seat=PRESIDING,
                    person=PersonId("last"),
                    names=Pool(self.meeting, Random(0)).text(),
                    role=a.Role.HEAD,
                ),
            )
            self.perform(
                SECRETARY,
                a.ExamineLetter(
                    seat=PRESIDING, person=PersonId("last"), finding=a.Finding.ACCEPTED
                ),
            )
        elif seat.letters[seat.head].finding is a.Finding.CONTESTED:
            again = a.ExamineLetter(seat=PRESIDING, person=seat.head, finding=a.Finding.ACCEPTED)
            assert self.perform(SECRETARY, again)


def _convene(walk: Walk, pool: Pool) -> Iterator[Tried]:
    yield Tried(
        SECRETARY,
        a.Convene(
            body=walk.profile.organisation.bodies[0].id,
            titles=pool.text(),
            form=a.Form.VIDEOCONFERENCE,
            date="2020-11-10",
            place_of_record=pool.text(),
            profile=profile_digest(walk.profile),
            rules_version=RULES_VERSION,
            secretariat={SECRETARY.person: pool.text()},
        ),
    )


def _accredit(walk: Walk, pool: Pool) -> Iterator[Tried]:
    for key, seat in list(walk.meeting.seats.items()):
        if seat.kind in {"secretariat", "operator"} or (seat.kind == "booth" and key[-1] != "n"):
            continue
        for person, role in (("head", a.Role.HEAD), ("staff", a.Role.STAFF)):
            letter = PersonId(f"{key}.{person}")
            yield Tried(
                SECRETARY,
                a.ReceiveLetter(seat=key, person=letter, names=pool.text(), role=role),
            )
            yield Tried(
                SECRETARY,
                a.ExamineLetter(seat=key, person=letter, finding=a.Finding.ACCEPTED),
            )


def _open(walk: Walk, pool: Pool) -> Iterator[Tried]:
    walk.lines = set(walk.meeting.seats)
    yield Tried(walk.head(PRESIDING), a.OpenMeeting())


def _ready(walk: Walk, pool: Pool) -> Iterator[Tried]:
    special = tuple(RuleId(key) for key in walk.profile.procedure.special_rules)
    subject = a.RemoteForm(form=a.Form.VIDEOCONFERENCE, special_rules=special)
    yield from _agreed(walk, subject)
    documents = list(_documents(walk, pool))
    for document in documents:
        yield Tried(_tabling(walk), document)
    keys = tuple(document.document for document in documents)
    items = (
        a.Item(id=ItemId("1"), titles=pool.text(), documents=keys[:2]),
        a.Item(id=ItemId("2"), titles=pool.text(), documents=keys[2:]),
    )
    yield from _agreed(walk, a.Agenda(items=items))
    yield from _agreed(walk, a.DocumentList(documents=keys))


def _tabling(walk: Walk) -> a.Actor:
    if "table" in walk.profile.procedure.kinds["secretariat"].acts:
        return SECRETARY
    members = [seat.id for seat in walk.meeting.seats.values() if seat.kind == "member"]
    return walk.head(members[0])


def _documents(walk: Walk, pool: Pool) -> Iterator[a.Table]:
    decisions = walk.profile.procedure.decisions
    member = next(p.id for p in walk.profile.organisation.parties if p.kind == "member")
    matters = walk.profile.procedure.matters
    excluding = [m for m, name in matters.items() if decisions[name].excluded == "concerned"]
    for number, kind in enumerate(walk.profile.procedure.document_types):
        for matter in (None, *excluding) if number == 0 else (None, None):
            yield a.Table(
                document=DocumentId(f"d-{kind}-{pool.chance.getrandbits(16):x}"),
                type=kind,
                titles=pool.text(),
                texts=pool.texts(),
                matter=matter,
                concerns=member if matter else None,
            )


def _agreed(walk: Walk, subject: a.AnySubject) -> Iterator[Tried]:
    yield Tried(walk.head(PRESIDING), a.Put(subject=subject))
    window = walk.meeting.window
    assert window is not None
    for seat in window.electorate:
        yield Tried(walk.head(seat), a.AcknowledgeText(window=window.id, digest=window.digest))
    walk.now = max(walk.now, window.closes)
    yield Tried(walk.head(PRESIDING), a.DeclareAdopted(window=window.id))


def _next_towards_the_end(walk: Walk) -> Tried:  # one line for each thing under way
    meeting = walk.meeting
    chair = walk.head(PRESIDING)
    window = meeting.window
    if meeting.stage is Stage.SUSPENDED:
        return Tried(chair, a.Resume())
    if meeting.point_of_order is not None:
        rule = RuleId("points_of_order")
        return Tried(chair, a.Rule(upheld=True, rule=rule, ruling="So ruled"))
    if meeting.floor.speaking is not None:
        return Tried(chair, a.EndSpeech())
    if window is not None and window.votes:
        walk.now = max(walk.now, window.closes)
        return Tried(chair, a.DeclareResult(window=window.id))
    if window is not None:
        return Tried(chair, a.SetAside(window=window.id))
    if meeting.ruling.appealed:
        subject = a.AppealSubject(ruling=meeting.ruling.number)
        return Tried(chair, a.Put(subject=subject))
    if meeting.silences:
        return Tried(chair, a.SetAside(window=next(iter(meeting.silences))))
    return Tried(chair, a.CloseMeeting())


# ---- what somebody would do now ------------------------------------------------------------------


def sensible_acts(walk: Walk, chance: Random, pool: Pool) -> Iterator[Tried]:
    """What somebody would do now; the act is often in order, not always."""
    meeting = walk.meeting
    chair = walk.head(PRESIDING)
    if meeting.stage is Stage.CONVENED:
        yield Tried(chair, a.OpenMeeting())
        yield from _seats(walk, chance, pool)
        return
    if meeting.stage is Stage.SUSPENDED and chance.random() < 0.5:
        yield Tried(chair, a.Resume())
        return
    if (meeting.point_of_order is not None or meeting.ruling.appealed) and chance.random() < 0.6:
        yield from _ruling(walk, chance, pool)
        return
    under_way = [
        *([_window] * 12 if meeting.window else [_putting] * 4),
        *([_silence] * 3 if meeting.silences else []),
        *([_pending] * 4 if meeting.motions else []),
        *([_afterwards] * 4 if any(d.adoption for d in meeting.documents.values()) else []),
    ]
    anyway = [_seats, _seats, _floor, _floor, _floor, _floor, _sitting, _motions, _texts, _ruling]
    about = chance.choice([*under_way, *anyway])
    yield from about(walk, chance, pool)


def _members(walk: Walk) -> list[SeatId]:
    return [seat.id for seat in walk.meeting.seats.values() if seat.kind == "member"]


def _seats(walk: Walk, chance: Random, pool: Pool) -> Iterator[Tried]:
    seats = [seat for seat in walk.meeting.seats.values() if seat.letters]
    seat = chance.choice(seats)
    person = PersonId(f"{seat.id}.{chance.randrange(3)}")
    yield Tried(walk.head(seat.id), a.TakeSeat(screen="s1", displace=chance.random() < 0.5))
    yield Tried(walk.head(seat.id), a.SignalReady(ready=True))
    yield Tried(SECRETARY, a.ReceiveLetter(seat=seat.id, person=person, names=pool.text(),
                                           role=chance.choice(list(a.Role)), signed_by=pool.words()))  # fmt: skip
    for known in seat.letters:
        finding = chance.choice([*a.Finding, a.Finding.ACCEPTED])
        yield Tried(
            SECRETARY,
            a.ExamineLetter(seat=seat.id, person=known, finding=finding, note=pool.words()),
        )
        yield Tried(SECRETARY, a.ReplaceHead(seat=seat.id, person=known, ground=pool.words()))
    guest = SeatId(f"guest-{chance.randrange(4)}")
    yield Tried(SECRETARY, a.InviteGuest(seat=guest, titles=pool.text(), delivery=a.Delivery.LIVE))
    for away in [each.id for each in seats if each.left]:
        for _ in range(4):
            yield Tried(walk.head(away), a.ReturnToMeeting())
    if chance.random() < 0.4:
        member = chance.choice(_members(walk))
        yield Tried(walk.head(member), a.LeaveMeeting(statement=pool.words()))
    next_one = [key for key in walk.meeting.seats if key in walk.lines and key != PRESIDING]
    for key in next_one[:8]:
        if PRESIDING not in walk.lines:
            yield Tried(SECRETARY, a.InstallActingChair(seat=key, ground=pool.words()))
    if walk.meeting.acting_chair:
        yield Tried(SECRETARY, a.RestoreChair())


def _floor(  # noqa: C901  # one line for each act
    walk: Walk, chance: Random, pool: Pool
) -> Iterator[Tried]:
    floor = walk.meeting.floor
    chair = walk.head(PRESIDING)
    seats = [seat.id for seat in walk.meeting.seats.values() if seat.letters]
    for _ in range(3):
        yield Tried(walk.head(chance.choice(seats)), a.AskForTheFloor())
    yield Tried(walk.head(chance.choice(_members(walk))), a.RaisePointOfOrder(point=pool.words()))
    waiting = [request.seat for request in floor.waiting]
    for request in floor.waiting[:3]:
        if request.needs_consent:
            yield Tried(chair, a.ConsentToSpeak(seat=request.seat))
            yield Tried(chair, a.ConsentToSpeak(seat=request.seat))
        yield Tried(chair, a.GiveTheFloor(seat=request.seat))
        yield Tried(chair, a.GiveTheFloor(seat=request.seat))
    for seat in waiting[:1]:
        yield Tried(walk.head(seat), a.WithdrawRequest())
    if len(waiting) > 1:
        yield Tried(chair, a.ReorderList(order=tuple(reversed(waiting))))
    if floor.closed or chance.random() < 0.3:
        yield Tried(chair, a.ReopenList() if floor.closed else a.CloseList())
    if floor.speaking is not None:
        yield from [Tried(chair, a.UndoFloor())] * 3
        yield Tried(chair, a.ExtendTime(seconds=60))
        yield Tried(chair, a.EndSpeech())
        yield Tried(walk.head(floor.speaking.request.seat), a.YieldTheFloor())
    for seat in sorted(floor.spoken)[:2]:
        yield Tried(walk.head(chance.choice(_members(walk))), a.AskForReply(to=seat))


def _sitting(walk: Walk, chance: Random, pool: Pool) -> Iterator[Tried]:
    meeting = walk.meeting
    chair = walk.head(PRESIDING)
    yield Tried(chair, a.CallTheRoll())
    formats = list(walk.profile.procedure.formats)
    segment = a.OpenSegment(format=chance.choice(formats), closed=chance.random() < 0.4)
    yield Tried(chair, segment)
    if chance.random() < 0.3:
        yield Tried(chair, a.Suspend(ground=pool.words(), consultations=True))
    yield Tried(chair, a.ConcludeItem())
    for item in meeting.agenda or ():
        yield Tried(chair, a.TakeUpItem(item=item.id))
    if chance.random() < 0.02:
        yield Tried(chair, a.CloseMeeting())


def _putting(walk: Walk, chance: Random, pool: Pool) -> Iterator[Tried]:
    meeting = walk.meeting
    chair = walk.head(PRESIDING)
    if meeting.window is not None:
        yield from _window(walk, chance, pool)
        return
    tabled = [d for d in meeting.documents.values() if d.stage is DocumentStage.TABLED]
    decisions = [None, *walk.profile.procedure.decisions]
    if tabled:
        chosen = chance.sample(tabled, min(len(tabled), chance.choice([1, 1, 2])))
        subject = a.Texts(documents=tuple(document.id for document in chosen))
        yield Tried(chair, a.Put(subject=subject))
        yield Tried(chair, a.Put(subject=subject))
        yield Tried(chair, a.Put(subject=subject, decision=chance.choice(decisions)))
        yield Tried(chair, a.Put(subject=subject, expires=walk.now + 300_000_000))
    for motion in meeting.motions:
        yield Tried(chair, a.Put(subject=a.MotionSubject(motion=motion.id)))
    if not meeting.form_agreed:
        special = tuple(RuleId(key) for key in walk.profile.procedure.special_rules)
        form = a.RemoteForm(form=a.Form.VIDEOCONFERENCE, special_rules=special)
        yield Tried(chair, a.Put(subject=form))
    rule = RuleId(chance.choice(["speaking", "reply", *walk.profile.procedure.rules]))
    yield Tried(chair, a.Put(subject=a.Waiver(rule=rule, ground=pool.words())))
    member = PartyId(chance.choice(_members(walk)))
    effect = a.TakesEffect.ON_CLOSING
    yield Tried(chair, a.Put(subject=a.NextChair(party=member, takes_effect=effect)))


def _window(walk: Walk, chance: Random, pool: Pool) -> Iterator[Tried]:
    window = walk.meeting.window
    if window is None:
        return
    chair = walk.head(PRESIDING)
    if window.way == "vote":
        yield from _vote(walk, window, chance)
        return
    for seat in chance.sample(window.electorate, min(2, len(window.electorate))):
        yield Tried(walk.head(seat), a.AcknowledgeText(window=window.id, digest=window.digest))
    yield from _raised(walk, window, chance, pool)
    lost = [seat for seat in window.electorate if seat not in walk.lines]
    for seat in lost[:2]:
        person = next(iter(walk.meeting.seats[seat].letters), PersonId(ALIEN))
        yield Tried(SECRETARY, a.ConfirmByTelephone(window=window.id, seat=seat, person=person,
                                                    digest=window.digest))  # fmt: skip
        yield Tried(chair, a.ProceedWithout(window=window.id, seat=seat, ground=pool.words(),
                                            special_rule=RuleId("proceed_without")))  # fmt: skip
    yield Tried(chair, a.DeclareAdopted(window=window.id))
    yield Tried(chair, a.DeclareAdopted(window=window.id))
    if chance.random() < 0.3:
        yield Tried(chair, a.SetAside(window=window.id, ground=pool.words()))
        yield Tried(chair, a.Suspend(ground=pool.words()))


def _raised(  # noqa: C901  # one line for each act
    walk: Walk, window: Window, chance: Random, pool: Pool
) -> Iterator[Tried]:
    if not window.electorate:
        return
    head = walk.head(chance.choice(window.electorate))
    for objecting in window.objections:
        yield Tried(walk.head(objecting), a.LiftObjection(window=window.id))
        yield Tried(walk.head(objecting), a.LiftObjection(window=window.id))
    if len(window.objections) < 2:
        yield Tried(head, a.Object(window=window.id, reason=pool.words()))
    if not isinstance(window.subject, a.Texts):
        return
    scope = a.Scope(document=chance.choice(window.subject.documents))
    kinds = walk.meeting.decision(window).annotations or tuple(a.OpinionKind)
    for _ in range(3):
        yield from [Tried(head, a.StandAside(window=window.id, scope=scope))] * 2
        yield Tried(head, a.PlaceOpinion(window=window.id, kind=chance.choice(kinds), scope=scope,
                                         text=pool.words()))  # fmt: skip
    for seat, what in window.aside[:1]:
        yield Tried(walk.head(seat), a.TakeBack(window=window.id, what="stand_aside", scope=what))
    for each in window.opinions[:1]:
        back = a.TakeBack(window=window.id, what="opinion", scope=each.scope)
        yield Tried(walk.head(each.seat), back)
    if chance.random() < 0.3:
        texts = pool.texts()
        yield Tried(SECRETARY, a.Amend(document=scope.document, texts=texts, ground=pool.words()))


def _vote(walk: Walk, window: Window, chance: Random) -> Iterator[Tried]:
    for seat in window.electorate:
        yield Tried(walk.head(seat), a.CastVote(window=window.id, vote=chance.choice(list(a.Vote))))
    for _ in range(4):
        yield Tried(walk.head(PRESIDING), a.DeclareResult(window=window.id))
    yield Tried(walk.head(PRESIDING), a.SetAside(window=window.id))


def _silence(walk: Walk, chance: Random, pool: Pool) -> Iterator[Tried]:
    for window in list(walk.meeting.silences.values())[:2]:
        yield from _raised(walk, window, chance, pool)
        head = walk.head(chance.choice(window.electorate))
        yield from [Tried(head, a.BreakSilence(window=window.id, amendment=pool.words()))] * 2
        for _ in range(4):
            yield Tried(walk.head(PRESIDING), a.DeclareAdopted(window=window.id))
        yield Tried(walk.head(PRESIDING), a.SetAside(window=window.id))


def _motions(walk: Walk, chance: Random, pool: Pool) -> Iterator[Tried]:
    head = walk.head(chance.choice(_members(walk)))
    kinds = list(walk.profile.procedure.motions)
    document = DocumentId(pool.one("DocumentId"))
    motion = MotionId(f"m-{chance.getrandbits(16):x}")
    yield Tried(
        head, a.Move(motion=motion, kind=chance.choice(kinds), document=document, seconds=90)
    )
    yield from _pending(walk, chance, pool)


def _pending(walk: Walk, chance: Random, pool: Pool) -> Iterator[Tried]:
    head = walk.head(chance.choice(_members(walk)))
    for each in walk.meeting.motions:
        yield Tried(head, a.SpeakOnMotion(motion=each.id, against=chance.random() < 0.5))
        yield Tried(walk.head(each.seat), a.WithdrawMotion(motion=each.id))
        for _ in range(3):
            yield Tried(walk.head(PRESIDING), a.Put(subject=a.MotionSubject(motion=each.id)))


def _texts(walk: Walk, chance: Random, pool: Pool) -> Iterator[Tried]:
    document = chance.choice([*_documents(walk, pool)])
    tabled = list(walk.meeting.documents.values())
    if tabled and chance.random() < 0.4:
        document = replace(document, amends=chance.choice(tabled).id, matter=None, concerns=None)
    yield Tried(_tabling(walk), document)
    listed = tuple(each.id for each in tabled)
    if listed and len(tabled) < 20:
        yield Tried(walk.head(PRESIDING), a.Put(subject=a.DocumentList(documents=listed)))
    for each in tabled[-3:]:
        yield Tried(SECRETARY, a.Amend(document=each.id, texts=pool.texts(), ground=pool.words()))
    if tabled and chance.random() < 0.3:
        yield Tried(SECRETARY, a.WithdrawDocument(document=tabled[-1].id))


def _afterwards(walk: Walk, chance: Random, pool: Pool) -> Iterator[Tried]:
    head = walk.head(chance.choice(_members(walk)))
    for document in walk.meeting.documents.values():
        if document.stage is not DocumentStage.ADOPTED:
            continue
        means = chance.choice(list(a.SignatureMeans))
        yield Tried(head, a.Sign(document=document.id, means=means, digest=document.digest))
        scope = a.Scope(document=document.id)
        kind = chance.choice(list(a.OpinionKind))
        yield Tried(head, a.PlaceOpinion(kind=kind, scope=scope, text=pool.words()))
        for note in document.annotations:
            if note.kind is None:
                yield from [Tried(walk.head(note.seat), a.JoinLater(scope=note.scope))] * 6


def _ruling(walk: Walk, chance: Random, pool: Pool) -> Iterator[Tried]:
    meeting = walk.meeting
    chair = walk.head(PRESIDING)
    rule = RuleId(pool.one("RuleId"))
    yield Tried(chair, a.Rule(upheld=chance.random() < 0.5, rule=rule, ruling=pool.words()))
    yield Tried(chair, a.GiveRuling(rule=rule, ruling=pool.words(), ground=pool.words()))
    yield Tried(walk.head(chance.choice(_members(walk))), a.Appeal())
    if meeting.ruling.appealed:
        appeal = a.AppealSubject(ruling=meeting.ruling.number)
        yield Tried(chair, a.Put(subject=appeal))
        yield Tried(chair, a.Put(subject=appeal))


def walked(name: str, numbers: Sequence[int]) -> Walk:
    """A walk: how far the meeting has come when it begins is decided by the first number."""
    walk = Walk(name)
    walk.start([4, 4, 4, 4, 3, 3, 2, 1, 0][numbers[0] % 9] if numbers else 4)
    for number in numbers:
        if walk.meeting.stage is Stage.CLOSED:
            break
        walk.step(number)
    return walk


@cache
def a_known_walk(name: str, number: int, steps: int = 240) -> Walk:
    """The same walk each time, brought to its end."""
    chance = Random(f"{name} {number}")
    walk = walked(name, [0, *(chance.getrandbits(32) for _ in range(steps))])
    walk.close()
    return walk
