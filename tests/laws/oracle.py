"""Two small judges that know the profile and the acts, and nothing of how the rules are written.

`Rights` says whether somebody may do an act at all; `Consensus` whether what was declared adopted was
agreed to by everybody who had a say. Both keep their own book from the deeds that were done, in order.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from plenary.desk.codec import Deed
from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.profile import Profile


@dataclass
class Rights:
    """Who is accredited where, who heads what, and by that and the profile who may do what."""

    profile: Profile
    kinds: dict[str, str] = field(default_factory=dict)
    findings: dict[tuple[str, str], str] = field(default_factory=dict)
    roles: dict[tuple[str, str], a.Role] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    acting: str | None = None

    def allows(self, by: a.Actor, act: a.AnyAct) -> bool:
        if isinstance(act, a.Convene):
            return self._of_the_secretariat(by, act)
        level = self._level(by.seat, act)
        if level is None:
            return False
        if isinstance(act, a.EnterLate) and not self.allows(act.done_by, act.done):
            return False
        if self._heads(by.person, by.seat):
            return by.instructed_by is None
        if not self._accredited(by.person, by.seat) or level == "head":
            return False
        if by.instructed_by is None:
            return level == "staff"
        return self._heads(by.instructed_by, by.seat)

    def _level(self, seat: str, act: a.Act) -> str | None:
        kind = self.kinds.get(seat)
        return self.profile.procedure.kinds[kind].acts.get(a.name_of(act)) if kind else None

    def _of_the_secretariat(self, by: a.Actor, act: a.Convene) -> bool:
        kind = self.profile.procedure.opening.secretariat_kind
        seats = [seat.id for seat in self.profile.organisation.seats if seat.kind == kind]
        return not self.kinds and by.seat in seats and by.person in act.secretariat

    def _accredited(self, person: str, seat: str) -> bool:
        return self.findings.get((seat, person)) in self.profile.procedure.accreditation.may_act

    def _heads(self, person: str, seat: str) -> bool:
        presiding = self.kinds.get(seat) == self.profile.procedure.opening.presiding_kind
        provided_by = self.acting if presiding and self.acting is not None else seat
        return self.heads.get(provided_by) == person and self._accredited(person, provided_by)

    def done(self, act: a.AnyAct) -> None:  # noqa: C901  # one case for each act
        match act:
            case a.Convene():
                self._convened(act)
            case a.InviteGuest():
                self.kinds[act.seat] = self.profile.procedure.opening.guest_kind
            case a.ReceiveLetter():
                self.roles[act.seat, act.person] = act.role
            case a.ExamineLetter():
                self.findings[act.seat, act.person] = act.finding
                is_head = self.roles.get((act.seat, act.person)) is a.Role.HEAD
                if is_head and self._accredited(act.person, act.seat):
                    self.heads.setdefault(act.seat, act.person)
            case a.ReplaceHead():
                self.heads[act.seat] = act.person
            case a.InstallActingChair():
                self.acting = act.seat
            case a.RestoreChair():
                self.acting = None
            case a.EnterLate():
                self.done(act.done)
            case _:
                pass

    def _convened(self, act: a.Convene) -> None:
        organisation = self.profile.organisation
        self.kinds = {str(party.id): party.kind for party in organisation.parties}
        self.kinds |= {str(seat.id): seat.kind for seat in organisation.seats}
        kind = self.profile.procedure.opening.secretariat_kind
        for seat in organisation.seats:
            if seat.kind == kind:
                self.findings |= {
                    (str(seat.id), str(person)): "accepted" for person in act.secretariat
                }


@dataclass
class Consultation:
    """What was put, and what each seat did about it."""

    way: str
    digest: str
    electorate: tuple[str, ...]
    objecting: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)
    telephoned: set[str] = field(default_factory=set)
    without: set[str] = field(default_factory=set)
    votes: dict[str, a.Vote] = field(default_factory=dict)
    broken: bool = False


class Consensus:
    """Whether what was declared adopted was agreed to, from the deeds in the order of doing.

    *gavels*: who was connected when the consultation on each question ended.
    """

    def __init__(self, profile: Profile, gavels: Mapping[str, Iterable[str]]) -> None:
        self.profile = profile
        self.gavels = gavels
        self.questions: dict[str, Consultation] = {}
        self.objected: defaultdict[str, set[str]] = defaultdict(set)
        self.left: set[str] = set()
        self.special_rules: set[str] = set()
        self.adopted: defaultdict[str, int] = defaultdict(int)

    def go_through(self, deeds: Iterable[Deed]) -> None:
        for deed in deeds:
            self._one(deed.by, deed.act, deed)

    def _one(self, by: a.Actor, act: a.AnyAct, deed: Deed) -> None:
        match act:
            case a.EnterLate():
                self._one(act.done_by, act.done, deed)
            case a.LeaveMeeting():
                self.left.add(by.seat)
            case a.ReturnToMeeting():
                self.left.discard(by.seat)
            case a.Put():
                self._put(deed)
            case a.DeclareAdopted():
                self._declared(act.window, deed)
            case a.DeclareResult():
                self._counted(act.window, deed)
            case _:
                self._raised(by.seat, act)

    def _raised(self, seat: str, act: a.AnyAct) -> None:  # noqa: C901  # one case for each act
        question = self.questions.get(getattr(act, "window", None) or "")
        if question is None:
            return
        match act:
            case a.Object():
                question.objecting.add(seat)
                self.objected[question.digest].add(seat)
            case a.LiftObjection():
                question.objecting.discard(seat)
                self.objected[question.digest].discard(seat)
            case a.BreakSilence():
                question.broken = True
            case a.AcknowledgeText():
                assert act.digest == question.digest
                question.acknowledged.add(seat)
            case a.ConfirmByTelephone():
                assert act.digest == question.digest
                question.telephoned.add(act.seat)
            case a.ProceedWithout():
                assert act.special_rule in self.special_rules
                question.without.add(act.seat)
            case a.CastVote():
                question.votes[seat] = act.vote
            case _:
                pass

    def _put(self, deed: Deed) -> None:
        put = next(event for event in deed.events if isinstance(event, e.QuestionPut))
        decision = self.profile.procedure.decisions[put.decision]
        kinds = {str(party.id): party.kind for party in self.profile.organisation.parties}
        assert all(kinds[seat] in decision.electorate for seat in put.electorate)
        if put.way == "vote":  # nobody who may vote was left out
            assert set(put.electorate) == {s for s, k in kinds.items() if k in decision.electorate}
        self.questions[put.window] = Consultation(put.way, put.digest, tuple(put.electorate))

    def _declared(self, window: str, deed: Deed) -> None:
        question = self.questions[window]
        assert not question.objecting, "adopted over an objection"
        assert question.way in {"consensus", "silence"}
        if question.way == "silence":
            assert not question.broken
        else:
            there = question.acknowledged & set(self.gavels[window])
            excused = question.telephoned | question.without | self.left
            assert set(question.electorate) <= there | excused, "adopted with a lost line"
            before = self.objected[question.digest] & set(question.electorate)
            assert before <= there | question.telephoned, "adopted around an earlier objection"
            assert set(question.electorate) & there, "adopted by nobody"
        self._adopted(question.way, deed)

    def _counted(self, window: str, deed: Deed) -> None:
        votes = list(self.questions[window].votes.values())
        assert set(self.questions[window].votes) <= set(self.questions[window].electorate)
        declared = next(event for event in deed.events if isinstance(event, e.VoteDeclared))
        if declared.carried:  # both profiles count heads, of those present and voting
            assert votes.count(a.Vote.YES) > votes.count(a.Vote.NO)
            self._adopted("vote", deed)

    def _adopted(self, way: str, deed: Deed) -> None:
        for event in deed.events:
            if isinstance(event, e.FormAgreed):
                self.special_rules = set(event.special_rules)
            if isinstance(event, e.DocumentAdopted):
                self.adopted[way] += 1
