"""Deciding: objection, silence, standing aside, opinions, votes, and the gavel.

Rule 1: consensus is that nobody objects; nobody is asked to say so.
Rule 2: a seat is present for a text when it acknowledged exactly that text and is connected at the gavel.
Rule 3: a lost line is never consent, and never an endless veto: the delegation confirms by telephone, the
    meeting is suspended, or the presiding officer proceeds under a rule adopted at the opening.
Rule 4: none of this can be waived.
"""

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Facts, OpinionKind, Vote
from plenary.rules.adoption import consequences, not_carried
from plenary.rules.chairmanship import electing
from plenary.rules.drafting import known_document
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import DocumentStage, Meeting, Seat, Stage, Window, WindowState
from plenary.rules.names import PartyId, RuleId, SeatId, WindowId
from plenary.rules.order import may_act
from plenary.rules.profile import DecisionRule, Majority
from plenary.rules.refusals import Reason, Refused
from plenary.rules.sitting import check_quorum, here

MOST_RAISED = 50
"""What one seat may raise in one window, taken back or not; an objection that gives no reason is never too many."""


# ---- what a member raises ------------------------------------------------------------------------


def acknowledge_text(meeting: Meeting, seat: Seat, act: a.AcknowledgeText) -> list[AnyEvent]:
    """A seat says that it has exactly this text before it."""
    window = _with_a_say(meeting, seat, act.window, "consensus")
    _same_text(window, act.digest)
    if seat.id in window.acknowledged:
        raise Refused(Reason.ALREADY_RAISED, RuleId("presence"), seat=seat.id)
    return [e.TextAcknowledged(window=window.id, seat=seat.id)]


def object_(meeting: Meeting, seat: Seat, act: a.Object, facts: Facts) -> list[AnyEvent]:
    """An objection returns the text to the table; in a silence procedure it breaks the silence."""
    window = _with_a_say(meeting, seat, act.window, "consensus", "silence")
    if window.way == "silence":
        _unbroken(meeting, window, facts)
        return [e.SilenceBroken(window=window.id, seat=seat.id, reason=act.reason)]
    if seat.id in window.objections:
        raise Refused(Reason.ALREADY_OBJECTING, meeting.decision(window).rule, seat=seat.id)
    if act.reason is not None:
        _not_too_many(window, seat)
    return [e.ObjectionRaised(window=window.id, seat=seat.id, reason=act.reason)]


def lift_objection(meeting: Meeting, seat: Seat, act: a.LiftObjection) -> list[AnyEvent]:
    """Who objected may lift the objection; the window resumes when none stands."""
    window = _with_a_say(meeting, seat, act.window, "consensus")
    if seat.id not in window.objections:
        raise Refused(Reason.NOT_OBJECTING, meeting.decision(window).rule, seat=seat.id)
    return [e.ObjectionLifted(window=window.id, seat=seat.id)]


def stand_aside(meeting: Meeting, seat: Seat, act: a.StandAside) -> list[AnyEvent]:
    """A member stands aside without blocking, where the decision rule has it."""
    window = _with_a_say(meeting, seat, act.window, "consensus")
    if not meeting.decision(window).stand_aside:
        raise Refused(Reason.NO_STANDING_ASIDE, RuleId("annotations"), decision=window.decision)
    _in_the_window(window, act.scope)
    if (seat.id, act.scope) in window.aside:
        raise Refused(Reason.ALREADY_RAISED, RuleId("annotations"), seat=seat.id)
    _not_too_many(window, seat)
    return [e.StoodAside(window=window.id, seat=seat.id, scope=act.scope)]


def place_opinion(meeting: Meeting, seat: Seat, act: a.PlaceOpinion) -> list[AnyEvent]:
    """An opinion is no obstacle to adoption; after the gavel it is a statement, not an objection."""
    if act.window is None:
        return _statement(meeting, seat, act)
    window = _with_a_say(meeting, seat, act.window, "consensus", "vote", "silence")
    _annotation_allowed(meeting.decision(window), act.kind)
    _in_the_window(window, act.scope)
    if any(
        (each.seat, each.kind, each.scope) == (seat.id, act.kind, act.scope)
        for each in window.opinions
    ):
        raise Refused(Reason.ALREADY_RAISED, RuleId("annotations"), seat=seat.id)
    _not_too_many(window, seat)
    return [
        e.OpinionPlaced(
            window=window.id, seat=seat.id, kind=act.kind, scope=act.scope, text=act.text
        )
    ]


def _statement(meeting: Meeting, seat: Seat, act: a.PlaceOpinion) -> list[AnyEvent]:
    document = known_document(meeting, act.scope.document)
    if document.decision is None:  # not adopted, or an amendment, which lives on in another text
        raise Refused(Reason.NOT_ADOPTED, RuleId("annotations"), document=document.id)
    decision = meeting.profile.procedure.decisions[document.decision]
    if seat.kind not in decision.electorate:
        raise Refused(Reason.NO_SAY, decision.rule, seat=seat.id)
    _annotation_allowed(decision, act.kind)
    if sum(note.seat == seat.id for note in document.annotations) >= MOST_RAISED:
        raise Refused(Reason.TOO_MANY, RuleId("annotations"), most=MOST_RAISED)
    note = e.Annotation(seat=seat.id, kind=act.kind, scope=act.scope, text=act.text)
    return [e.StatementRecorded(document=document.id, annotation=note)]


def take_back(meeting: Meeting, seat: Seat, act: a.TakeBack) -> list[AnyEvent]:
    """Until the gavel a stand-aside or an opinion may be taken back."""
    window = _with_a_say(meeting, seat, act.window, "consensus", "vote", "silence")
    raised = (
        (seat.id, act.scope) in window.aside
        if act.what == "stand_aside"
        else any((each.seat, each.scope) == (seat.id, act.scope) for each in window.opinions)
    )
    if not raised:
        raise Refused(Reason.NOTHING_RAISED, RuleId("annotations"), seat=seat.id)
    return [e.TakenBack(window=window.id, seat=seat.id, what=act.what, scope=act.scope)]


def break_silence(
    meeting: Meeting, seat: Seat, act: a.BreakSilence, facts: Facts
) -> list[AnyEvent]:
    """A proposed amendment breaks a silence procedure, as an objection does."""
    window = _with_a_say(meeting, seat, act.window, "silence")
    _unbroken(meeting, window, facts)
    return [e.SilenceBroken(window=window.id, seat=seat.id, amendment=act.amendment)]


def join_later(meeting: Meeting, seat: Seat, act: a.JoinLater) -> list[AnyEvent]:
    """A member that stood aside may join later."""
    document = known_document(meeting, act.scope.document)
    if document.stage is not DocumentStage.ADOPTED:
        raise Refused(Reason.NOT_ADOPTED, RuleId("annotations"), document=document.id)
    aside = e.Annotation(seat=seat.id, scope=act.scope)
    if aside not in document.annotations:
        raise Refused(Reason.NOTHING_RAISED, RuleId("annotations"), seat=seat.id)
    return [e.JoinedLater(seat=seat.id, scope=act.scope)]


# ---- lost lines ----------------------------------------------------------------------------------


def confirm_by_telephone(meeting: Meeting, act: a.ConfirmByTelephone) -> list[AnyEvent]:
    """The secretariat enters that a person accredited to the seat confirmed this text by telephone."""
    window = _window(meeting, act.window, "consensus")
    rule = RuleId("presence")
    seat = meeting.seats.get(act.seat)
    if seat is None or act.seat not in {*window.electorate, *_still_objecting(meeting, window)}:
        raise Refused(Reason.NO_SAY, rule, seat=act.seat)
    if not may_act(meeting, seat.letters.get(act.person)):
        raise Refused(
            Reason.NOT_ACCREDITED, RuleId("accreditation"), seat=act.seat, person=act.person
        )
    _same_text(window, act.digest)
    if act.seat in window.objections:
        raise Refused(Reason.OBJECTION_STANDS, meeting.decision(window).rule, seats=[act.seat])
    if act.seat in window.by_telephone:
        raise Refused(Reason.ALREADY_RAISED, rule, seat=act.seat)
    return [e.ConfirmedByTelephone(window=window.id, seat=act.seat, person=act.person)]


def proceed_without(meeting: Meeting, act: a.ProceedWithout, facts: Facts) -> list[AnyEvent]:
    """Under a special rule of this meeting the presiding officer goes on without a lost seat."""
    window = _window(meeting, act.window, "consensus")
    special = meeting.profile.procedure.special_rules.get(act.special_rule)
    adopted = act.special_rule in meeting.special_rules
    if special is None or special.allows != "proceed_without" or not adopted:
        raise Refused(Reason.NO_SPECIAL_RULE, RuleId("presence"), special_rule=act.special_rule)
    if act.seat not in window.electorate:
        raise Refused(Reason.NO_SAY, RuleId("presence"), seat=act.seat)
    if act.seat in window.objections or act.seat in _still_objecting(meeting, window):
        raise Refused(Reason.OBJECTION_STANDS, meeting.decision(window).rule, seats=[act.seat])
    if act.seat in (facts.connected or ()) and act.seat in window.acknowledged:
        raise Refused(Reason.LINE_IS_THERE, RuleId("presence"), seat=act.seat)
    if act.seat in window.without:
        raise Refused(Reason.ALREADY_RAISED, RuleId("presence"), seat=act.seat)
    return [
        e.ProceededWithout(
            window=window.id,
            seat=act.seat,
            special_rule=act.special_rule,
            ground=act.ground,
            why=special.rule,
        )
    ]


# ---- the gavel -----------------------------------------------------------------------------------


def declare_adopted(meeting: Meeting, act: a.DeclareAdopted, facts: Facts) -> list[AnyEvent]:
    """Nobody objects, everybody is present for the text: the presiding officer declares it adopted."""
    window = _window(meeting, act.window, "consensus", "silence")
    decision = meeting.decision(window)
    if window.state is WindowState.BROKEN:
        raise Refused(Reason.SILENCE_BROKEN, decision.rule, window=window.id)
    if window.objections:
        raise Refused(Reason.OBJECTION_STANDS, decision.rule, seats=sorted(window.objections))
    if facts.at < window.closes:
        seconds = -(-(window.closes - facts.at) // 1000)
        raise Refused(Reason.WINDOW_RUNNING, decision.rule, seconds=seconds)
    silent = window.way == "silence"  # by correspondence: nobody has to be in the room
    count = e.Count(present=0) if silent else _all_present(meeting, window, facts)
    agreed = e.QuestionAgreed(window=window.id, count=count, why=decision.rule)
    return [agreed, *consequences(meeting, window, facts)]


def _all_present(meeting: Meeting, window: Window, facts: Facts) -> e.Count:
    if meeting.stage is not Stage.OPEN:
        raise Refused(Reason.NOT_NOW, RuleId("sitting"), act="declare_adopted", stage=meeting.stage)
    members = electing(meeting)
    decision = meeting.decision(window)
    check_quorum(meeting, decision.quorum, len(here(meeting, members, facts)), len(members))
    lost = not_present(meeting, window, facts)
    if lost:
        raise Refused(Reason.NOT_PRESENT, RuleId("presence"), seats=sorted(lost), states=lost)
    present = [key for key in window.electorate if _is_present(window, key, facts)]
    if not present:
        raise Refused(Reason.QUORUM, RuleId("quorum"), present=0, members=len(members), needed="1")
    others = [
        key for key in window.electorate if key not in present and not meeting.seats[key].left
    ]
    telephoned = sum(key in window.by_telephone for key in others)
    return e.Count(
        present=len(present), by_telephone=telephoned, proceeded_without=len(others) - telephoned
    )


def not_present(meeting: Meeting, window: Window, facts: Facts) -> dict[SeatId, str]:
    """Return the seats that are not present for the text, and why: its line, or its acknowledgement."""
    connected = facts.connected or ()
    objected = _still_objecting(meeting, window)
    return {
        key: "not_acknowledged" if key in connected else "not_connected"
        for key in (*window.electorate, *sorted(objected))
        if not _is_present(window, key, facts)
        and key not in window.by_telephone
        and key not in window.without
        and (key in objected or not meeting.seats[key].left)
    }


def _still_objecting(meeting: Meeting, window: Window) -> frozenset[SeatId]:
    """Who objected to this very text before is there for it now, or telephones; also who has left.

    They stand in no list of the window: that they objected is not for everyone to read there.
    """
    return meeting.still_objecting(window.subject, window.digest)


def _is_present(window: Window, key: SeatId, facts: Facts) -> bool:
    return key in (facts.connected or ()) and key in window.acknowledged


def set_aside(meeting: Meeting, act: a.SetAside) -> list[AnyEvent]:
    """The window ends without adoption, and what was put is on the table again.

    A vote ends with its result; only one that too few took part in is given up, on a stated ground.
    """
    window = _window(meeting, act.window, "consensus", "silence", "vote")
    rule = meeting.decision(window).rule
    if window.votes and not (act.ground and _too_few_voted(meeting, window)):
        raise Refused(Reason.VOTING_HAS_BEGUN, rule, window=window.id)
    ended = e.QuestionSetAside(window=window.id, ground=act.ground, why=rule)
    return [ended, *not_carried(meeting, window)]


def _too_few_voted(meeting: Meeting, window: Window) -> bool:
    quorum = meeting.decision(window).quorum
    return quorum is not None and not quorum.met(len(window.votes), len(window.electorate))


# ---- votes ---------------------------------------------------------------------------------------


def cast_vote(meeting: Meeting, seat: Seat, act: a.CastVote) -> list[AnyEvent]:
    """A member votes, or changes its vote until the result is declared."""
    window = _with_a_say(meeting, seat, act.window, "vote")
    if window.votes.get(seat.id) is act.vote:
        raise Refused(Reason.ALREADY_RAISED, meeting.decision(window).rule, vote=act.vote)
    return [e.VoteCast(window=window.id, seat=seat.id, vote=act.vote)]


def declare_result(meeting: Meeting, act: a.DeclareResult, facts: Facts) -> list[AnyEvent]:
    """The votes are counted by the decision rule; a lost line has not voted."""
    window = _window(meeting, act.window, "vote")
    decision = meeting.decision(window)
    if facts.at < window.closes:
        seconds = -(-(window.closes - facts.at) // 1000)
        raise Refused(Reason.WINDOW_RUNNING, decision.rule, seconds=seconds)
    members = list(window.electorate)
    present = set(here(meeting, members, facts)) | set(window.votes)
    check_quorum(meeting, decision.quorum, len(present), len(members))
    vetoed = any(window.votes.get(SeatId(party)) is Vote.NO for party in decision.vetoes)
    carried = not vetoed and all(
        _reached(meeting, window, majority, present) for majority in decision.majorities
    )
    tied = not carried and not vetoed and _tied(meeting, window, decision)
    declared = e.VoteDeclared(
        window=window.id,
        tally=_tally(window),
        carried=carried,
        tied=tied,
        vetoed=vetoed,
        why=decision.rule,
    )
    if carried:
        return [declared, *consequences(meeting, window, facts)]
    return [declared, *([] if tied else not_carried(meeting, window, rejected=True))]


def _reached(meeting: Meeting, window: Window, majority: Majority, present: set[SeatId]) -> bool:
    def weight(seats: object) -> int:
        keys = [key for key in window.electorate if key in seats]  # type: ignore[operator]
        if majority.count == "heads":
            return len(keys)
        parties = [meeting.profile.party(meeting.seats[key].party or PartyId("")) for key in keys]
        return sum(party.weights.get(majority.count, 0) for party in parties if party is not None)

    for_it = {key for key, vote in window.votes.items() if vote is Vote.YES}
    voting = {key for key, vote in window.votes.items() if vote is not Vote.ABSTAIN}
    whole = {"present_and_voting": voting, "present": present}.get(
        majority.of, set(window.electorate)
    )
    return majority.met(weight(for_it), weight(whole))


def _tally(window: Window) -> e.Tally:
    votes = list(window.votes.values())
    return e.Tally(
        yes=votes.count(Vote.YES),
        no=votes.count(Vote.NO),
        abstaining=votes.count(Vote.ABSTAIN),
        not_voting=len(window.electorate) - len(votes),
    )


def _tied(meeting: Meeting, window: Window, decision: DecisionRule) -> bool:
    """A first tie on a document calls for a second vote, where the rule says so."""
    tally = _tally(window)
    if (
        decision.tie != "second_vote"
        or tally.yes != tally.no
        or not isinstance(window.subject, a.Texts)
    ):
        return False
    return tally.yes > 0 and not any(
        known_document(meeting, key).tied for key in window.subject.documents
    )


# ---- the window ----------------------------------------------------------------------------------


def _window(meeting: Meeting, key: WindowId, *ways: str) -> Window:
    window = meeting.window_of(key)
    if window is None:
        now = meeting.window.id if meeting.window else None
        raise Refused(Reason.ANOTHER_WINDOW, RuleId("decisions"), window=key, now=now)
    if window.way not in ways:
        raise Refused(Reason.ANOTHER_WAY, meeting.decision(window).rule, way=window.way)
    return window


def _with_a_say(meeting: Meeting, seat: Seat, key: WindowId, *ways: str) -> Window:
    window = _window(meeting, key, *ways)
    if seat.id not in window.electorate and not _came_since(meeting, window, seat):
        raise Refused(Reason.NO_SAY, meeting.decision(window).rule, seat=seat.id)
    return window


def _came_since(meeting: Meeting, window: Window, seat: Seat) -> bool:
    """Consensus is that no member present objects: also one that came when the window was open."""
    decision = meeting.decision(window)
    if window.way != "consensus" or seat.kind not in decision.electorate:
        return False
    documents = window.subject.documents if isinstance(window.subject, a.Texts) else ()
    concerned = {meeting.documents[key].concerns for key in documents if key in meeting.documents}
    return decision.excluded != "concerned" or seat.party not in concerned


def _same_text(window: Window, digest: str) -> None:
    if digest != window.digest:
        raise Refused(Reason.ANOTHER_TEXT, RuleId("presence"), digest=window.digest)


def _unbroken(meeting: Meeting, window: Window, facts: Facts) -> None:
    rule = meeting.decision(window).rule
    if window.state is WindowState.BROKEN:
        raise Refused(Reason.SILENCE_BROKEN, rule, window=window.id)
    if facts.at >= window.closes:
        raise Refused(Reason.WINDOW_EXPIRED, rule, closed=window.closes)


def _in_the_window(window: Window, scope: a.Scope) -> None:
    documents = window.subject.documents if isinstance(window.subject, a.Texts) else ()
    if scope.document not in documents:
        raise Refused(Reason.UNKNOWN_DOCUMENT, RuleId("annotations"), document=scope.document)


def _annotation_allowed(decision: DecisionRule, kind: OpinionKind) -> None:
    if kind not in decision.annotations:
        raise Refused(
            Reason.NO_SUCH_ANNOTATION,
            RuleId("annotations"),
            kind=kind,
            allowed=list(decision.annotations),
        )


def _not_too_many(window: Window, seat: Seat) -> None:
    if window.raised.get(seat.id, 0) >= MOST_RAISED:
        raise Refused(Reason.RAISED_TOO_OFTEN, RuleId("annotations"), most=MOST_RAISED)
