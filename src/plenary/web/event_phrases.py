"""Events in one line of the reader's language, as minutes would have them.

Rule 1: every event has its line; the type checker and a test know which one was forgotten.
Rule 2: a line is impersonal and takes names as they stand, so that it reads well in every language.
Rule 3: what a person typed is not part of the line; ``event_passage`` gives it apart.
"""

from typing import Final

import msgspec
from django.utils.translation import gettext, gettext_noop, override

from plenary.rules import events as e
from plenary.rules.events import AnyEvent, Event
from plenary.rules.meeting import Meeting
from plenary.rules.profile import Profile
from plenary.web.languages import apart, listed, said
from plenary.web.naming import Naming, word

LINES: Final[dict[type[Event], str]] = {
    e.Convened: gettext_noop("Meeting convened: %(titles)s"),
    e.GuestInvited: gettext_noop("Guest invited: %(titles)s"),
    e.LetterReceived: gettext_noop("Letter of accreditation received: %(names)s (%(seat)s)"),
    e.LetterExamined: gettext_noop("Letter examined: %(person)s (%(seat)s) – %(finding)s"),
    e.HeadReplaced: gettext_noop("New head of delegation: %(person)s (%(seat)s)"),
    e.SeatTaken: gettext_noop("Seat taken: %(seat)s"),
    e.MeetingLeft: gettext_noop("Left the meeting: %(seat)s"),
    e.ReturnedToMeeting: gettext_noop("Returned to the meeting: %(seat)s"),
    e.ActingChairInstalled: gettext_noop("Acting presiding officer: %(person)s (%(seat)s)"),
    e.ChairRestored: gettext_noop("The presiding officer presides again"),
    e.MeetingOpened: gettext_noop("Meeting opened; members present: %(members_present)s"),
    e.RollCalled: gettext_noop("Roll called; present: %(present)s"),
    e.SegmentOpened: gettext_noop("The meeting continues in this format: %(format)s"),
    e.MeetingSuspended: gettext_noop("Meeting suspended"),
    e.MeetingResumed: gettext_noop("Meeting resumed after %(after)s"),
    e.MeetingClosed: gettext_noop("Meeting closed"),
    e.MeetingAdjourned: gettext_noop("The meeting decided to adjourn"),
    e.ItemTakenUp: gettext_noop("Item taken up: %(item)s"),
    e.ItemConcluded: gettext_noop("Item concluded: %(item)s"),
    e.FloorRequested: gettext_noop("Request for the floor: %(seat)s"),
    e.RequestWithdrawn: gettext_noop("Request for the floor withdrawn: %(seat)s"),
    e.ListReordered: gettext_noop("New order of the list of speakers: %(order)s"),
    e.ListClosed: gettext_noop("List of speakers closed"),
    e.ListReopened: gettext_noop("List of speakers reopened"),
    e.ConsentGiven: gettext_noop("Consent given to a speech: %(seat)s"),
    e.ReadySignalled: gettext_noop("Ready: %(seat)s"),
    e.FloorGiven: gettext_noop("Floor given: %(seat)s"),
    e.FloorTakenBack: gettext_noop("Floor given by mistake, taken back: %(seat)s"),
    e.TimeExtended: gettext_noop("More time for the speaker: %(seat)s, %(seconds)s"),
    e.FloorEnded: gettext_noop("End of speech: %(seat)s, after %(lasted)s"),
    e.PointOfOrderRaised: gettext_noop("Point of order: %(seat)s"),
    e.RulingGiven: gettext_noop("Ruling of the presiding officer"),
    e.RulingChallenged: gettext_noop("Appeal against the ruling: %(seat)s"),
    e.RulingDecided: gettext_noop("The ruling stands"),
    e.MotionMoved: gettext_noop("Motion moved: %(kind)s (%(seat)s)"),
    e.MotionWithdrawn: gettext_noop("Motion withdrawn"),
    e.SpokenOnMotion: gettext_noop("Spoke in favour of the motion: %(seat)s"),
    e.MotionDecided: gettext_noop("Motion carried"),
    e.DebateAdjourned: gettext_noop("Debate adjourned: %(item)s"),
    e.DebateClosed: gettext_noop("Debate closed: %(item)s"),
    e.SpeechesLimited: gettext_noop("Time limit on speeches: %(seconds)s"),
    e.CompetenceDenied: gettext_noop("The meeting is not competent to adopt: %(document)s"),
    e.Reconsidered: gettext_noop("To be considered again: %(document)s"),
    e.DocumentTabled: gettext_noop("Document tabled: %(titles)s"),
    e.DocumentAmended: gettext_noop("New text, version %(version)s: %(document)s"),
    e.DocumentWithdrawn: gettext_noop("Document withdrawn: %(document)s"),
    e.QuestionPut: gettext_noop("Put to the meeting: %(subject)s"),
    e.TextAcknowledged: gettext_noop("Acknowledged: %(seat)s"),
    e.ObjectionRaised: gettext_noop("Objection: %(seat)s"),
    e.ObjectionLifted: gettext_noop("Objection lifted: %(seat)s"),
    e.StoodAside: gettext_noop("Stands aside: %(seat)s – %(scope)s"),
    e.OpinionPlaced: gettext_noop("Placed on record (%(kind)s): %(seat)s – %(scope)s"),
    e.TakenBack: gettext_noop("Taken back: %(seat)s – %(scope)s"),
    e.ConfirmedByTelephone: gettext_noop("Confirmed by telephone: %(person)s (%(seat)s)"),
    e.ProceededWithout: gettext_noop("Proceeded without: %(seat)s"),
    e.SilenceBroken: gettext_noop("Silence broken: %(seat)s"),
    e.QuestionAgreed: gettext_noop("No objection: agreed"),
    e.QuestionSetAside: gettext_noop("Consideration ended without adoption"),
    e.VoteCast: gettext_noop("Vote: %(seat)s – %(vote)s"),
    e.VoteDeclared: gettext_noop("Result of the vote: %(tally)s"),
    e.DocumentAdopted: gettext_noop("Adopted: %(titles)s (%(symbols)s)"),
    e.DocumentRejected: gettext_noop("Not adopted: %(document)s"),
    e.AmendmentIncorporated: gettext_noop(
        "Amendment incorporated: %(document)s, version %(version)s"
    ),
    e.FormAgreed: gettext_noop("Agreed: the meeting is held %(form)s"),
    e.AgendaAdopted: gettext_noop("Agenda adopted; items: %(items)s"),
    e.DocumentsListed: gettext_noop("List of documents agreed; documents: %(documents)s"),
    e.RuleWaived: gettext_noop("Rule waived until the meeting closes: %(rule)s"),
    e.ChairmanshipDecided: gettext_noop("Next chairmanship of the organisation: %(party)s"),
    e.ChairmanshipPassed: gettext_noop("The chairmanship of the organisation passed to: %(party)s"),
    e.ReportApproved: gettext_noop("Report approved: %(author)s (%(period)s)"),
    e.MandateGiven: gettext_noop("Mandate to sign: %(signatory)s – %(instrument)s"),
    e.InitiativeDecided: gettext_noop("Initiative decided: %(party)s – %(document)s"),
    e.StatementRecorded: gettext_noop("Statement after adoption: %(seat)s – %(document)s"),
    e.JoinedLater: gettext_noop("Joined later: %(seat)s – %(scope)s"),
    e.DocumentSigned: gettext_noop("Signed: %(seat)s, %(person)s – %(document)s (%(means)s)"),
    e.EnteredLate: gettext_noop("Entered late; done at %(done_at)s"),
}

NAMELESS: Final[dict[type[Event], str]] = {
    e.LetterExamined: gettext_noop("Letter examined: %(seat)s – %(finding)s"),
    e.HeadReplaced: gettext_noop("New head of delegation: %(seat)s"),
    e.ActingChairInstalled: gettext_noop(
        "Acting presiding officer: the head of the delegation of %(seat)s"
    ),
    e.ConfirmedByTelephone: gettext_noop("Confirmed by telephone: %(seat)s"),
    e.DocumentSigned: gettext_noop("Signed: %(seat)s – %(document)s (%(means)s)"),
}
"""Lines for readers who know no letter that names the person: the seat stands for whoever sat there."""


def _varied(event: AnyEvent) -> str | None:  # noqa: C901 - one table
    """Return the line of an event that says two things, where it is not the first of them."""
    match event:
        case e.MeetingLeft(under_protest=True):
            return gettext_noop("Left the meeting under protest: %(seat)s")
        case e.SegmentOpened(closed=True):
            return gettext_noop("The meeting continues in closed session: %(format)s")
        case e.MeetingSuspended(consultations=True):
            return gettext_noop("Meeting suspended for consultations")
        case e.FloorRequested(reply_to=str()):
            return gettext_noop("Right of reply requested: %(seat)s, to %(reply_to)s")
        case e.FloorRequested(delivery="recorded"):
            return gettext_noop("Request for the floor with a recorded statement: %(seat)s")
        case e.ReadySignalled(ready=False):
            return gettext_noop("No longer ready: %(seat)s")
        case e.FloorGiven(reply_to=str()):
            return gettext_noop("Floor given in reply: %(seat)s, to %(reply_to)s")
        case e.FloorGiven(delivery="recorded"):
            return gettext_noop("Recorded statement begins: %(seat)s")
        case e.RulingGiven(upheld=True):
            return gettext_noop("Ruling: the point of order is upheld")
        case e.RulingGiven(upheld=False):
            return gettext_noop("Ruling: the point of order is not upheld")
        case e.RulingDecided(stands=False):
            return gettext_noop("The ruling is overruled")
        case e.SpokenOnMotion(against=True):
            return gettext_noop("Spoke against the motion: %(seat)s")
        case e.MotionDecided(carried=False):
            return gettext_noop("Motion not carried")
        case e.QuestionAgreed(count=count) if count != e.Count(present=0):
            return gettext_noop("Agreed; %(count)s")
        case e.DocumentSigned(ad_referendum=True):
            return gettext_noop(
                "Signed ad referendum: %(seat)s, %(person)s – %(document)s (%(means)s)"
            )
        case _:
            return None


def event_line(event: AnyEvent, about: Meeting | Profile, language: str) -> str:
    """Return what happened, in one line of *language*.

    *about* is the meeting, which lends names of guests, documents and persons, or its profile.
    """
    meeting = about if isinstance(about, Meeting) else None
    naming = Naming(about.profile if isinstance(about, Meeting) else about, language, meeting)
    with override(language):
        line = gettext(_nameless(event, naming) or _varied(event) or LINES[type(event)])
        return line % {**naming.facts(msgspec.structs.asdict(event)), **_special(event, naming)}


def _nameless(event: AnyEvent, naming: Naming) -> str | None:
    """Return the line of an event by somebody whose name the reader may not know, or None."""
    person = getattr(event, "person", None)
    if type(event) not in NAMELESS or naming.person(person) != person:
        return None
    if isinstance(event, e.DocumentSigned) and event.ad_referendum:
        return gettext_noop("Signed ad referendum: %(seat)s – %(document)s (%(means)s)")
    return NAMELESS[type(event)]


def _special(event: AnyEvent, naming: Naming) -> dict[str, str]:  # noqa: C901 - one table
    """Return the fields of *event* that are not said by their name alone."""
    match event:
        case e.QuestionPut():
            return {"subject": naming.subject(event.subject)}
        case e.StoodAside() | e.OpinionPlaced() | e.TakenBack() | e.JoinedLater():
            parts = [naming.document(event.scope.document)]
            if event.scope.paragraph:
                parts.append(gettext("paragraph %(number)s") % {"number": event.scope.paragraph})
            if event.scope.project:
                parts.append(event.scope.project)
            return {"scope": apart(parts, naming.language)}
        case e.StatementRecorded():
            return {"seat": naming.seat(event.annotation.seat)}
        case e.QuestionAgreed():
            return {"count": count_in_words(event.count)}
        case e.VoteDeclared():
            return {"tally": tally_in_words(event.tally)}
        case e.AgendaAdopted():
            return {"items": str(len(event.items))}
        case e.DocumentsListed():
            return {"documents": str(len(event.documents))}
        case e.LetterReceived():
            return {"names": said(event.names, naming.language)}
        case _:
            return {}


def count_in_words(count: e.Count) -> str:
    """Return how many were there when a question was agreed, how many telephoned, and how many were not."""
    parts = (
        (count.present, gettext("present %(n)s")),
        (count.by_telephone, gettext("confirmed by telephone %(n)s")),
        (count.proceeded_without, gettext("proceeded without %(n)s")),
    )
    return listed(line % {"n": many} for many, line in parts if many)


def tally_in_words(tally: e.Tally) -> str:
    """Return how a vote went."""
    return gettext(
        "%(yes)s in favour, %(no)s against, %(abstaining)s abstaining, %(not_voting)s not voting"
    ) % {
        "yes": tally.yes,
        "no": tally.no,
        "abstaining": tally.abstaining,
        "not_voting": tally.not_voting,
    }


def event_passage(event: AnyEvent) -> str | None:
    """Return what a person typed that goes with *event*: a reason, a ground, an opinion, a ruling."""
    match event:
        case e.StatementRecorded():
            return event.annotation.text
        case e.RulingGiven():
            return f"{event.ruling} ({event.ground})" if event.ground else event.ruling
        case e.SilenceBroken():
            return event.amendment or event.reason
        case _:
            for name in ("text", "statement", "reason", "point", "ground", "note"):
                typed = getattr(event, name, None)
                if typed:
                    return str(typed)
            return None


__all__ = ["LINES", "count_in_words", "event_line", "event_passage", "tally_in_words", "word"]
