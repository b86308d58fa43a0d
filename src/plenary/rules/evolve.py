"""How each event changes the state of a meeting.

Rule 1: ``evolve`` never refuses and never fails, also where the events before were withheld.
Rule 2: it is told everything by the event; it decides nothing.
"""

from collections.abc import Callable, Iterable
from typing import assert_never

from msgspec.structs import replace

from plenary.rules import events as e
from plenary.rules.acts import Finding, Role, Texts
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import (
    ClosedSegment,
    Document,
    DocumentStage,
    Floor,
    Letter,
    Meeting,
    Motion,
    Opinion,
    Request,
    Ruling,
    Seat,
    Speech,
    Stage,
    Window,
    WindowState,
)
from plenary.rules.names import DocumentId, Moment, SeatId, WindowId, day_of


def evolve_all(meeting: Meeting, events: Iterable[AnyEvent]) -> Meeting:
    """Return the meeting after *events*, in their order."""
    for event in events:
        meeting = evolve(meeting, event)
    return meeting


def evolve(meeting: Meeting, event: AnyEvent) -> Meeting:  # noqa: C901, PLR0915  # one table
    """Return the meeting after *event*."""
    match event:
        case e.Convened():
            return _convened(meeting, event)
        case e.GuestInvited():
            seat = Seat(
                id=event.seat,
                kind=meeting.profile.procedure.opening.guest_kind,
                titles=event.titles,
            )
            return replace(meeting, seats={**meeting.seats, event.seat: seat})
        case e.LetterReceived():
            letter = Letter(names=event.names, role=event.role, titles=event.titles)
            return _seat(
                meeting,
                event.seat,
                lambda s: replace(s, letters={**s.letters, event.person: letter}),
            )
        case e.LetterExamined():
            may_act = meeting.profile.procedure.accreditation.may_act
            return _seat(meeting, event.seat, lambda s: _examined(s, event, may_act))
        case e.HeadReplaced():
            return _seat(meeting, event.seat, lambda s: replace(s, head=event.person, screen=None))
        case e.SeatTaken():
            return _seat(
                meeting, event.seat, lambda s: replace(s, screen=event.screen, attending=True)
            )
        case e.MeetingLeft():
            return _left(meeting, event.seat)
        case e.ReturnedToMeeting():
            return _seat(meeting, event.seat, lambda s: replace(s, left=False, attending=True))
        case e.ActingChairInstalled():
            return replace(
                meeting, acting_chair=event.seat if event.seat in meeting.seats else None
            )
        case e.ChairRestored():
            return replace(meeting, acting_chair=None)
        case e.MeetingOpened():
            return _opened(meeting, event.present)
        case e.RollCalled():
            return _attending(meeting, [line.seat for line in event.present])
        case e.SegmentOpened():
            return _segment_opened(meeting, event)
        case e.MeetingSuspended():
            meeting = _floor(meeting, lambda f: _interrupted(f, event.at))
            return replace(meeting, stage=Stage.SUSPENDED, suspended=event.at)
        case e.MeetingResumed():
            return _resumed(meeting, event.after)
        case e.MeetingClosed():
            return replace(meeting, stage=Stage.CLOSED)
        case e.MeetingAdjourned():
            return replace(meeting, adjourning=True)
        case e.ItemTakenUp():
            floor = replace(meeting.floor, closed=False, spoken=frozenset(), replies={}, limit=None)
            return replace(meeting, item=event.item, floor=floor)
        case e.ItemConcluded():
            return replace(meeting, item=None, concluded=meeting.concluded | {event.item})
        case e.FloorRequested():
            return _floor(meeting, lambda f: replace(f, waiting=(*f.waiting, _request(event))))
        case e.RequestWithdrawn():
            return _floor(meeting, lambda f: replace(f, waiting=_unlisted(f, event.seat)))
        case e.ListReordered():
            return _floor(meeting, lambda f: _reordered(f, event.order))
        case e.ListClosed():
            return _floor(meeting, lambda f: replace(f, closed=True))
        case e.ListReopened():
            return _floor(meeting, lambda f: replace(f, closed=False))
        case e.ConsentGiven():
            return _floor(meeting, lambda f: _consented(f, event.seat))
        case e.ReadySignalled():
            return _seat(meeting, event.seat, lambda s: replace(s, ready=event.ready))
        case e.FloorGiven():
            return _floor(meeting, lambda f: _given(f, event))
        case e.FloorTakenBack():
            return _floor(meeting, _taken_back)
        case e.TimeExtended():
            return _floor(meeting, lambda f: _extended(f, event.seconds))
        case e.FloorEnded():
            return _floor(meeting, lambda f: _ended(f, event.seat))
        case e.PointOfOrderRaised():
            meeting = _floor(meeting, lambda f: _interrupted(f, event.at))
            return replace(meeting, point_of_order=event.seat)
        case e.RulingGiven():
            meeting = replace(meeting, ruling=Ruling(number=event.number, rule=event.rule))
            if event.upheld is not None:
                meeting = _speech_goes_on(replace(meeting, point_of_order=None), event.at)
            return meeting
        case e.RulingChallenged():
            return replace(meeting, ruling=replace(meeting.ruling, appealed=True))
        case e.RulingDecided():
            return replace(meeting, ruling=replace(meeting.ruling, appealed=False, rule=None))
        case e.MotionMoved():
            return _moved(meeting, event)
        case e.MotionWithdrawn() | e.MotionDecided():
            return replace(
                meeting, motions=tuple(m for m in meeting.motions if m.id != event.motion)
            )
        case e.SpokenOnMotion():
            return replace(meeting, motions=tuple(_spoken(m, event) for m in meeting.motions))
        case e.DebateAdjourned():
            return replace(meeting, adjourned=meeting.adjourned | {event.item})
        case e.DebateClosed():
            return _floor(meeting, lambda f: replace(f, closed=True, waiting=()))
        case e.SpeechesLimited():
            return _floor(meeting, lambda f: replace(f, limit=event.seconds))
        case e.CompetenceDenied():
            return _document(
                meeting, event.document, lambda d: replace(d, stage=DocumentStage.REJECTED)
            )
        case e.Reconsidered():
            return _document(meeting, event.document, _tabled_again)
        case e.DocumentTabled():
            return replace(meeting, documents={**meeting.documents, event.document: _tabled(event)})
        case e.AmendmentIncorporated():
            return _incorporated(meeting, event)
        case e.DocumentAmended():
            return _document(
                meeting,
                event.document,
                lambda d: replace(d, texts=event.texts, digest=event.digest, version=event.version),
            )
        case e.DocumentWithdrawn():
            return _document(
                meeting, event.document, lambda d: replace(d, stage=DocumentStage.WITHDRAWN)
            )
        case e.QuestionPut():
            return _put(meeting, event)
        case e.TextAcknowledged():
            return _window(
                meeting,
                event.window,
                lambda w: replace(w, acknowledged=w.acknowledged | {event.seat}),
            )
        case e.ObjectionRaised():
            return _window(meeting, event.window, lambda w: _objected(w, event.seat, event.reason))
        case e.ObjectionLifted():
            return _window(meeting, event.window, lambda w: _lifted(w, event.seat))
        case e.StoodAside():
            return _window(
                meeting,
                event.window,
                lambda w: replace(
                    w, aside=(*w.aside, (event.seat, event.scope)), raised=_counted(w, event.seat)
                ),
            )
        case e.OpinionPlaced():
            opinion = Opinion(seat=event.seat, kind=event.kind, scope=event.scope, text=event.text)
            return _window(
                meeting,
                event.window,
                lambda w: replace(
                    w, opinions=(*w.opinions, opinion), raised=_counted(w, event.seat)
                ),
            )
        case e.TakenBack():
            return _window(meeting, event.window, lambda w: _taken_back_in(w, event))
        case e.ConfirmedByTelephone():
            return _window(
                meeting,
                event.window,
                lambda w: replace(w, by_telephone=w.by_telephone | {event.seat}),
            )
        case e.ProceededWithout():
            return _window(
                meeting, event.window, lambda w: replace(w, without=w.without | {event.seat})
            )
        case e.SilenceBroken():
            broken = _window(meeting, event.window, lambda w: replace(w, state=WindowState.BROKEN))
            return _objections_stand(broken, event.window, frozenset({event.seat}))
        case e.VoteCast():
            return _window(
                meeting,
                event.window,
                lambda w: replace(w, votes={**w.votes, event.seat: event.vote}),
            )
        case e.QuestionAgreed():
            return _window_ended(meeting, event.window)
        case e.QuestionSetAside():
            window = meeting.window_of(event.window)
            objecting = frozenset(window.objections if window else ())
            return _window_ended(_objections_stand(meeting, event.window, objecting), event.window)
        case e.VoteDeclared():
            return _vote_declared(meeting, event)
        case e.DocumentAdopted():
            return _adopted(meeting, event)
        case e.DocumentRejected():
            return _document(
                meeting, event.document, lambda d: replace(d, stage=DocumentStage.REJECTED)
            )
        case e.FormAgreed():
            return replace(
                meeting,
                form=event.form,
                form_agreed=True,
                special_rules=frozenset(event.special_rules),
            )
        case e.AgendaAdopted():
            return replace(meeting, agenda=event.items)
        case e.DocumentsListed():
            return replace(meeting, listed=event.documents)
        case e.RuleWaived():
            return replace(meeting, waived=meeting.waived | {event.rule})
        case e.ChairmanshipDecided():
            on_closing = event.takes_effect == "on_closing"
            return replace(meeting, next_chair=event.party, chair_passes_on_closing=on_closing)
        case e.StatementRecorded():
            return _document(
                meeting,
                event.document,
                lambda d: replace(d, annotations=(*d.annotations, event.annotation)),
            )
        case e.JoinedLater():
            return _document(meeting, event.scope.document, lambda d: _joined(d, event))
        case e.DocumentSigned():
            return _document(
                meeting,
                event.document,
                lambda d: replace(d, signatures=(*d.signatures, event.seat)),
            )
        case (
            e.ChairmanshipPassed()
            | e.ReportApproved()
            | e.MandateGiven()
            | e.InitiativeDecided()
            | e.EnteredLate()
        ):
            return meeting  # told for the reader; nothing that is decided later rests on it
        case _:
            assert_never(event)


# ---- seats ---------------------------------------------------------------------------------------


def _convened(meeting: Meeting, event: e.Convened) -> Meeting:
    profile = meeting.profile
    kinds = profile.procedure.kinds
    seats = {
        SeatId(seat.id): Seat(id=seat.id, kind=seat.kind) for seat in profile.organisation.seats
    }
    # in the order of the parties: that of a table of kinds does not outlast its canonical spelling
    for kind in dict.fromkeys(party.kind for party in profile.organisation.parties):
        if kinds[kind].formats:
            for party in profile.in_order(kind, day_of(event.date)):
                seats[SeatId(party)] = Seat(id=SeatId(party), kind=kind, party=party)
    secretariat_kind = profile.procedure.opening.secretariat_kind
    for key, seat in seats.items():
        if seat.kind == secretariat_kind:
            letters = {
                person: Letter(names=names, role=Role.STAFF, titles=None, finding=Finding.ACCEPTED)
                for person, names in event.secretariat.items()
            }
            seats[key] = replace(seat, letters=letters, attending=True)
    return replace(
        meeting,
        stage=Stage.CONVENED,
        body=event.body,
        titles=event.titles,
        date=event.date,
        form=event.form,
        convened=event.at,
        seats=seats,
        format=profile.procedure.opening.first_format,
    )


def _seat(meeting: Meeting, key: SeatId, change: Callable[[Seat], Seat]) -> Meeting:
    seat = meeting.seats.get(key)
    if seat is None:
        return meeting
    return replace(meeting, seats={**meeting.seats, key: change(seat)})


def _examined(seat: Seat, event: e.LetterExamined, may_act: tuple[str, ...]) -> Seat:
    letter = seat.letters.get(event.person)
    if letter is None:
        return seat
    letters = {**seat.letters, event.person: replace(letter, finding=event.finding)}
    heads = letter.role is Role.HEAD and seat.head is None and event.finding in may_act
    return replace(seat, letters=letters, head=event.person if heads else seat.head)


def _left(meeting: Meeting, key: SeatId) -> Meeting:
    meeting = _seat(meeting, key, lambda s: replace(s, left=True, attending=False, screen=None))
    return _floor(meeting, lambda f: replace(f, waiting=_unlisted(f, key)))


def _attending(meeting: Meeting, present: Iterable[SeatId]) -> Meeting:
    seats = dict(meeting.seats)
    for key in present:
        if key in seats:
            seats[key] = replace(seats[key], attending=True)
    return replace(meeting, seats=seats)


def _opened(meeting: Meeting, present: tuple[SeatId, ...]) -> Meeting:
    return replace(_attending(meeting, present), stage=Stage.OPEN)


def _segment_opened(meeting: Meeting, event: e.SegmentOpened) -> Meeting:
    before = (
        each if each.until is not None else replace(each, until=event.at)
        for each in meeting.closed_segments
    )
    begun = (ClosedSegment(format=event.format, since=event.at),) if event.closed else ()
    return replace(
        meeting,
        format=event.format,
        segment_closed=event.closed,
        closed_segments=(*before, *begun),
    )


def _resumed(meeting: Meeting, after: int) -> Meeting:
    window = meeting.window
    if window is not None:  # the time of a suspension does not count
        window = replace(window, closes=window.closes + after)
    at = (meeting.suspended or 0) + after
    meeting = replace(meeting, stage=Stage.OPEN, suspended=None, window=window)
    return _speech_goes_on(meeting, at)


# ---- the floor -----------------------------------------------------------------------------------


def _floor(meeting: Meeting, change: Callable[[Floor], Floor]) -> Meeting:
    return replace(meeting, floor=change(meeting.floor))


def _interrupted(floor: Floor, at: Moment) -> Floor:
    speech = floor.speaking
    if speech is None or speech.interrupted is not None:
        return floor
    return replace(floor, speaking=replace(speech, interrupted=at))


def _speech_goes_on(meeting: Meeting, at: Moment) -> Meeting:
    """Let a speech go on once neither a suspension nor a point of order interrupts it."""
    speech = meeting.floor.speaking
    if speech is None or speech.interrupted is None:
        return meeting
    if meeting.suspended is not None or meeting.point_of_order is not None:
        return meeting
    paused = speech.paused + at - speech.interrupted
    speech = replace(speech, interrupted=None, paused=paused)
    return _floor(meeting, lambda f: replace(f, speaking=speech))


def _request(event: e.FloorRequested) -> Request:
    return Request(
        seat=event.seat,
        delivery=event.delivery,
        recording=event.recording,
        check_against_delivery=event.check_against_delivery,
        needs_consent=event.needs_consent,
        reply_to=event.reply_to,
    )


def _unlisted(floor: Floor, seat: SeatId) -> tuple[Request, ...]:
    return tuple(request for request in floor.waiting if request.seat != seat)


def _reordered(floor: Floor, order: tuple[SeatId, ...]) -> Floor:
    by_seat = {request.seat: request for request in floor.waiting}
    return replace(floor, waiting=tuple(by_seat[seat] for seat in order if seat in by_seat))


def _consented(floor: Floor, seat: SeatId) -> Floor:
    waiting = tuple(
        replace(request, needs_consent=False) if request.seat == seat else request
        for request in floor.waiting
    )
    return replace(floor, waiting=waiting)


def _given(floor: Floor, event: e.FloorGiven) -> Floor:
    waited = next((request for request in floor.waiting if request.seat == event.seat), None)
    request = waited or Request(
        seat=event.seat, delivery=event.delivery, recording=event.recording, reply_to=event.reply_to
    )
    return replace(
        floor,
        waiting=_unlisted(floor, event.seat),
        speaking=Speech(request=request, since=event.at, seconds=event.seconds),
    )


def _taken_back(floor: Floor) -> Floor:
    if floor.speaking is None:
        return floor
    return replace(floor, waiting=(floor.speaking.request, *floor.waiting), speaking=None)


def _extended(floor: Floor, seconds: int) -> Floor:
    speech = floor.speaking
    if speech is None or speech.seconds is None:  # without a limit there is nothing to extend
        return floor
    return replace(floor, speaking=replace(speech, seconds=speech.seconds + seconds))


def _ended(floor: Floor, seat: SeatId) -> Floor:
    speech = floor.speaking
    replies = floor.replies
    if speech is not None and speech.request.reply_to is not None:
        replies = {**replies, seat: replies.get(seat, 0) + 1}
    return replace(floor, speaking=None, spoken=floor.spoken | {seat}, replies=replies)


# ---- motions -------------------------------------------------------------------------------------


def _moved(meeting: Meeting, event: e.MotionMoved) -> Meeting:
    motion = Motion(
        id=event.motion,
        kind=event.kind,
        seat=event.seat,
        document=event.document,
        seconds=event.seconds,
    )
    return replace(
        meeting, motions=(*meeting.motions, motion), motions_moved=meeting.motions_moved + 1
    )


def _spoken(motion: Motion, event: e.SpokenOnMotion) -> Motion:
    if motion.id != event.motion:
        return motion
    if event.against:
        return replace(motion, spoken_against=motion.spoken_against + 1)
    return replace(motion, spoken_for=motion.spoken_for + 1)


# ---- documents -----------------------------------------------------------------------------------


def _document(meeting: Meeting, key: DocumentId, change: Callable[[Document], Document]) -> Meeting:
    document = meeting.documents.get(key)
    if document is None:
        return meeting
    return replace(meeting, documents={**meeting.documents, key: change(document)})


def _tabled(event: e.DocumentTabled) -> Document:
    return Document(
        id=event.document,
        type=event.type,
        titles=event.titles,
        texts=event.texts,
        digest=event.digest,
        matter=event.matter,
        sponsors=event.sponsors,
        initiative_of=event.initiative_of,
        concerns=event.concerns,
        report=event.report,
        authorises=event.authorises,
        amends=event.amends,
        furthest_removed=event.furthest_removed,
        tabled_by=event.seat,
    )


def _tabled_again(document: Document) -> Document:
    return replace(
        document,
        stage=DocumentStage.TABLED,
        tied=False,
        adoption=None,
        decision=None,
        symbols=None,
        annotations=(),
        signatures=(),
    )


def _adopted(meeting: Meeting, event: e.DocumentAdopted) -> Meeting:
    known = meeting.documents.get(event.document) or Document(
        id=event.document,
        type=event.type,
        titles=event.titles,
        texts=event.texts,
        digest=event.digest,
        matter="",
    )
    document = replace(
        known,
        stage=DocumentStage.ADOPTED,
        adoption=event.adoption,
        decision=event.decision,
        symbols=event.symbols,
        annotations=event.annotations,
    )
    return replace(
        meeting,
        documents={**meeting.documents, event.document: document},
        numbers={**meeting.numbers, event.type: event.number},
    )


def _incorporated(meeting: Meeting, event: e.AmendmentIncorporated) -> Meeting:
    meeting = _document(meeting, event.amendment, lambda d: replace(d, stage=DocumentStage.ADOPTED))
    return _document(
        meeting,
        event.document,
        lambda d: replace(d, texts=event.texts, digest=event.digest, version=event.version),
    )


def _joined(document: Document, event: e.JoinedLater) -> Document:
    kept = tuple(
        note
        for note in document.annotations
        if not (note.kind is None and note.seat == event.seat and note.scope == event.scope)
    )
    return replace(document, annotations=kept)


# ---- windows -------------------------------------------------------------------------------------


def _put(meeting: Meeting, event: e.QuestionPut) -> Meeting:
    window = Window(
        id=event.window,
        subject=event.subject,
        decision=event.decision,
        way=event.way,
        digest=event.digest,
        electorate=event.electorate,
        opened=event.at,
        closes=event.closes,
    )
    meeting = replace(meeting, windows=meeting.windows + 1)
    for document in documents_of(window):
        meeting = _document(
            meeting, document, lambda d: replace(d, stage=DocumentStage.BEFORE_THE_MEETING)
        )
    if event.way == "silence":
        return replace(meeting, silences={**meeting.silences, event.window: window})
    return replace(meeting, window=window)


def documents_of(window: Window) -> tuple[DocumentId, ...]:
    """Return the documents that *window* would adopt."""
    return window.subject.documents if isinstance(window.subject, Texts) else ()


def _window(meeting: Meeting, key: WindowId, change: Callable[[Window], Window]) -> Meeting:
    if meeting.window is not None and meeting.window.id == key:
        return replace(meeting, window=change(meeting.window))
    if key in meeting.silences:
        silences = {**meeting.silences, key: change(meeting.silences[key])}
        return replace(meeting, silences=silences)
    return meeting


def _window_ended(meeting: Meeting, key: WindowId) -> Meeting:
    window = meeting.window_of(key)
    if window is None:
        return meeting
    for document in documents_of(window):
        meeting = _document(meeting, document, _back_on_the_table)
    if meeting.window is window:
        return replace(meeting, window=None)
    return replace(meeting, silences={k: w for k, w in meeting.silences.items() if k != key})


def _objections_stand(meeting: Meeting, key: WindowId, seats: frozenset[SeatId]) -> Meeting:
    """An objection outlives the window, so that putting the text again is no way round it."""
    window = meeting.window_of(key)
    if window is None or not seats:
        return meeting
    objected = dict(meeting.objected)
    for text in meeting.texts_of(window.subject, window.digest):
        objected[text] = objected.get(text, frozenset()) | seats
    return replace(meeting, objected=objected)


def _back_on_the_table(document: Document) -> Document:
    """A window that ended leaves its documents tabled; their adoption is an event of its own."""
    if document.stage is DocumentStage.BEFORE_THE_MEETING:
        return replace(document, stage=DocumentStage.TABLED)
    return document


def _vote_declared(meeting: Meeting, event: e.VoteDeclared) -> Meeting:
    window = meeting.window_of(event.window)
    meeting = _window_ended(meeting, event.window)
    if window is not None and event.tied:
        for document in documents_of(window):
            meeting = _document(meeting, document, lambda d: replace(d, tied=True))
    return meeting


def _objected(window: Window, seat: SeatId, reason: str | None) -> Window:
    return replace(
        window,
        objections={**window.objections, seat: reason},
        raised=_counted(window, seat),
        state=WindowState.RETURNED,
    )


def _counted(window: Window, seat: SeatId) -> dict[SeatId, int]:
    return {**window.raised, seat: window.raised.get(seat, 0) + 1}


def _lifted(window: Window, seat: SeatId) -> Window:
    objections = {key: reason for key, reason in window.objections.items() if key != seat}
    state = WindowState.RETURNED if objections else WindowState.OPEN
    return replace(window, objections=objections, state=state)


def _taken_back_in(window: Window, event: e.TakenBack) -> Window:
    if event.what == "stand_aside":
        aside = tuple(each for each in window.aside if each != (event.seat, event.scope))
        return replace(window, aside=aside)
    opinions = tuple(
        each for each in window.opinions if (each.seat, each.scope) != (event.seat, event.scope)
    )
    return replace(window, opinions=opinions)
