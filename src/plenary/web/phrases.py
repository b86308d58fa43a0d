"""Refusals in words of the reader's language: what was refused, by which rule, and what that rule is worth.

Rule 1: every reason has its sentence; a reason without one fails a test.
Rule 2: a rule is shown with its standing; what is our inference is never shown as law.
"""

from typing import Final

from django.utils.translation import gettext, gettext_noop, override

from plenary.rules.meeting import Meeting
from plenary.rules.names import Value
from plenary.rules.profile import Profile
from plenary.rules.refusals import Reason, Refused
from plenary.web.event_phrases import event_line, event_passage
from plenary.web.languages import said
from plenary.web.naming import Naming, word

__all__ = ["RuleInWords", "event_line", "event_passage", "refusal", "rule_in_words"]

REASONS: Final[dict[Reason, str]] = {
    # who acts
    Reason.UNKNOWN_SEAT: gettext_noop("There is no such seat at this meeting: %(seat)s."),
    Reason.NOT_ACCREDITED: gettext_noop(
        "This person has no letter of accreditation that allows acting here: %(person)s (%(seat)s)."
    ),
    Reason.NOT_ENTITLED: gettext_noop("This seat has no right to do this: %(act)s."),
    Reason.HEAD_ALONE: gettext_noop("The head of the delegation alone may do this: %(act)s."),
    Reason.NO_INSTRUCTION: gettext_noop(
        "Members of a delegation do this on the instruction of its head only: %(act)s."
    ),
    Reason.WRONG_PRINCIPAL: gettext_noop(
        "The person named does not head this delegation: %(principal)s."
    ),
    Reason.HAS_LEFT: gettext_noop("This delegation has left the meeting: %(seat)s."),
    Reason.NOT_IN_THIS_FORMAT: gettext_noop(
        "This seat does not take part in the present format: %(seat)s – %(format)s."
    ),
    # the course of the meeting
    Reason.NOT_NOW: gettext_noop("Not in order at this stage (%(stage)s): %(act)s."),
    Reason.UNFIT_TEXT: gettext_noop(
        "The text contains a character that is not allowed: %(character)s."
    ),
    Reason.LANGUAGE_MISSING: gettext_noop("The text is missing in these languages: %(languages)s."),
    Reason.UNKNOWN_BODY: gettext_noop("The organisation has no such body: %(body)s."),
    Reason.NO_SUCH_DATE: gettext_noop("There is no such date: %(date)s."),
    Reason.UNKNOWN_PARTY: gettext_noop("The organisation has no such participant: %(party)s."),
    Reason.UNKNOWN_RULE: gettext_noop("There is no such rule: %(rule)s."),
    Reason.UNKNOWN_FORMAT: gettext_noop("The meeting has no such format: %(format)s."),
    Reason.NO_PRESIDING_OFFICER: gettext_noop("Nobody is accredited to preside: %(seat)s."),
    Reason.QUORUM: gettext_noop(
        "The quorum is not reached: %(present)s of %(members)s members are present."
    ),
    Reason.FORM_NOT_AGREED: gettext_noop("The meeting has not yet agreed to be held %(form)s."),
    Reason.AGENDA_NOT_ADOPTED: gettext_noop("The agenda has not been adopted yet."),
    Reason.UNKNOWN_ITEM: gettext_noop("The agenda has no such item: %(item)s."),
    Reason.ITEM_CONCLUDED: gettext_noop("This item has been concluded: %(item)s"),
    Reason.ITEM_UNDER_DISCUSSION: gettext_noop("Another item is under discussion: %(item)s"),
    Reason.NO_ITEM: gettext_noop("No item is under discussion."),
    Reason.MEETING_ADJOURNED: gettext_noop(
        "The meeting has decided to adjourn; it can only be closed now."
    ),
    Reason.QUESTION_OPEN: gettext_noop(
        "A question is before the meeting; it must be decided first."
    ),
    Reason.TOO_MANY: gettext_noop("The limit is reached: %(most)s."),
    # accreditation
    Reason.SEAT_EXISTS: gettext_noop("There is a seat of that name already: %(seat)s."),
    Reason.NO_LETTER: gettext_noop(
        "No letter has been received for this person: %(person)s (%(seat)s)."
    ),
    Reason.LETTER_EXISTS: gettext_noop(
        "A letter has been received for this person already: %(person)s (%(seat)s)."
    ),
    Reason.ONES_OWN_LETTER: gettext_noop("Nobody examines his or her own letter: %(person)s."),
    Reason.ALREADY_FOUND: gettext_noop(
        "The examination cannot go from “%(finding)s” to this finding."
    ),
    Reason.OFFICE_UNKNOWN: gettext_noop("The profile knows no such office: %(seat)s – %(office)s."),
    Reason.ALREADY_HEAD: gettext_noop(
        "This person heads the delegation already: %(person)s (%(seat)s)."
    ),
    Reason.SEAT_TAKEN: gettext_noop("The seat is taken at another screen: %(seat)s."),
    Reason.NOT_AWAY: gettext_noop("This delegation has not left the meeting: %(seat)s."),
    Reason.PRESIDING_OFFICER_HERE: gettext_noop("The presiding officer is connected."),
    Reason.NOT_NEXT_IN_SUCCESSION: gettext_noop(
        "Another delegation is next to preside: %(next)s, not %(seat)s."
    ),
    Reason.NO_ACTING_CHAIR: gettext_noop("Nobody is presiding in the presiding officer’s place."),
    # the floor
    Reason.ALREADY_LISTED: gettext_noop("Already on the list of speakers: %(seat)s."),
    Reason.NOT_LISTED: gettext_noop("Not on the list of speakers: %(seat)s."),
    Reason.LIST_CLOSED: gettext_noop("The list of speakers is closed."),
    Reason.LIST_OPEN: gettext_noop("The list of speakers is open."),
    Reason.LIST_CHANGED: gettext_noop("The list of speakers has changed meanwhile: %(waiting)s."),
    Reason.FLOOR_TAKEN: gettext_noop("Another speaker has the floor: %(speaking)s."),
    Reason.FLOOR_FREE: gettext_noop("Nobody has the floor."),
    Reason.NOT_SPEAKING: gettext_noop("Somebody else has the floor: %(speaking)s."),
    Reason.TOO_LATE: gettext_noop(
        "It is too late to take this back; the time for it was %(seconds)s."
    ),
    Reason.CONSENT_NEEDED: gettext_noop(
        "The presiding officer must first consent to this speech: %(seat)s."
    ),
    Reason.NO_CONSENT_NEEDED: gettext_noop("No consent is needed for this speech: %(seat)s."),
    Reason.NO_RECORDING: gettext_noop("A recorded statement needs its recording."),
    Reason.NO_SUCH_RIGHT: gettext_noop("The rules of procedure have no right of reply."),
    Reason.REPLIES_USED: gettext_noop(
        "The right of reply is used up under this item: %(used)s of %(most)s."
    ),
    Reason.HAS_NOT_SPOKEN: gettext_noop(
        "A reply can only be made to somebody who has spoken: %(seat)s."
    ),
    Reason.POINT_OF_ORDER_PENDING: gettext_noop(
        "A point of order must first be ruled on: %(seat)s."
    ),
    Reason.NO_POINT_OF_ORDER: gettext_noop("No point of order is pending."),
    Reason.NO_RULING: gettext_noop("There is no ruling to appeal against."),
    Reason.NO_APPEAL: gettext_noop("The rules of procedure have no appeal against a ruling."),
    Reason.APPEAL_PENDING: gettext_noop("The appeal against the ruling must be decided first."),
    # motions
    Reason.NO_SUCH_MOTION: gettext_noop("There is no such motion."),
    Reason.MOTION_EXISTS: gettext_noop("This motion has been moved already: %(kind)s."),
    Reason.PRECEDENCE: gettext_noop("Another motion has precedence: %(first)s."),
    Reason.VOTING_HAS_BEGUN: gettext_noop("Voting has begun."),
    Reason.SPEAKERS_USED: gettext_noop(
        "No further speaker is heard on this motion: %(used)s of %(most)s have spoken."
    ),
    Reason.NOT_THE_MOVER: gettext_noop("Only its mover may withdraw the motion: %(mover)s."),
    Reason.NOTHING_TO_MOVE_ON: gettext_noop(
        "There is nothing this motion could be about: %(kind)s."
    ),
    # documents
    Reason.UNKNOWN_TYPE: gettext_noop("There is no such type of document: %(type)s."),
    Reason.UNKNOWN_MATTER: gettext_noop(
        "The profile names no decision rule for this matter: %(matter)s."
    ),
    Reason.DOCUMENT_EXISTS: gettext_noop("There is a document of that name already: %(document)s"),
    Reason.UNKNOWN_DOCUMENT: gettext_noop("There is no such document here: %(document)s"),
    Reason.NOT_ON_THE_TABLE: gettext_noop(
        "The document is not on the table (%(stage)s): %(document)s"
    ),
    Reason.NOT_LISTED_DOCUMENT: gettext_noop(
        "The document is not on the agreed list: %(document)s"
    ),
    Reason.NOT_THE_SPONSOR: gettext_noop(
        "Only its sponsors may change this document: %(sponsors)s."
    ),
    Reason.NO_SPONSOR: gettext_noop(
        "This participant cannot sponsor such a document: %(sponsor)s."
    ),
    Reason.NOTHING_CONCERNED: gettext_noop(
        "The document must name the member it concerns: %(document)s"
    ),
    Reason.DEBATE_ADJOURNED: gettext_noop(
        "The debate on its item is adjourned; no action is taken on it: %(document)s"
    ),
    Reason.AMENDMENTS_FIRST: gettext_noop("Amendments to it are decided first: %(first)s"),
    Reason.SAME_TEXT: gettext_noop("The new text is the same as the old one: %(document)s"),
    Reason.TWICE_IN_PACKAGE: gettext_noop("Something stands in the list twice."),
    Reason.MIXED_MATTERS: gettext_noop(
        "These documents are decided by different rules and cannot be put together: %(documents)s"
    ),
    # decisions
    Reason.ALREADY_AGREED: gettext_noop("This has been agreed already."),
    Reason.UNKNOWN_DECISION: gettext_noop("This cannot be decided in that way: %(decision)s."),
    Reason.ANOTHER_WINDOW: gettext_noop("The question is no longer before the meeting."),
    Reason.ANOTHER_TEXT: gettext_noop(
        "The text has changed; this is not the one before the meeting."
    ),
    Reason.ANOTHER_WAY: gettext_noop("The question is decided in another way: %(way)s."),
    Reason.NO_SAY: gettext_noop("This seat has no say in this decision: %(seat)s."),
    Reason.ALREADY_OBJECTING: gettext_noop("The objection of this delegation stands: %(seat)s."),
    Reason.NOT_OBJECTING: gettext_noop("This delegation has not objected: %(seat)s."),
    Reason.OBJECTION_STANDS: gettext_noop("An objection stands: %(seats)s."),
    Reason.WINDOW_RUNNING: gettext_noop(
        "The time for objections is still running: %(seconds)s left."
    ),
    Reason.WINDOW_EXPIRED: gettext_noop("The time has expired: %(closed)s."),
    Reason.NOT_PRESENT: gettext_noop(
        "Not present for this text: %(seats)s. A lost line is not consent."
    ),
    Reason.LINE_IS_THERE: gettext_noop("The line of this delegation is there: %(seat)s."),
    Reason.NO_SPECIAL_RULE: gettext_noop(
        "The meeting has not adopted a special rule that allows this."
    ),
    Reason.SILENCE_BROKEN: gettext_noop("The silence has been broken."),
    Reason.NO_SILENCE_PROCEDURE: gettext_noop("The rules of procedure have no silence procedure."),
    Reason.TOO_SHORT: gettext_noop("A silence procedure runs for at least %(seconds)s."),
    Reason.NO_STANDING_ASIDE: gettext_noop(
        "The decision rule does not provide for standing aside."
    ),
    Reason.NO_SUCH_ANNOTATION: gettext_noop(
        "The decision rule does not provide for this: %(kind)s. It provides for: %(allowed)s."
    ),
    Reason.NOTHING_RAISED: gettext_noop(
        "This delegation has raised nothing of the kind: %(seat)s."
    ),
    Reason.ALREADY_RAISED: gettext_noop("This has been entered already."),
    Reason.RAISED_TOO_OFTEN: gettext_noop(
        "This seat has raised all that may be raised on one question (%(most)s). "
        "An objection without a reason is always in order."
    ),
    Reason.NOT_ADOPTED: gettext_noop("The document has not been adopted: %(document)s"),
    Reason.NOT_WAIVABLE: gettext_noop("This rule cannot be waived; it rests on: %(standing)s."),
    Reason.ALREADY_WAIVED: gettext_noop("The meeting has waived this rule already."),
    # signature and the rest
    Reason.WITHOUT_SIGNING: gettext_noop("This document is adopted without signing: %(document)s"),
    Reason.ALREADY_SIGNED: gettext_noop(
        "This delegation has signed the document already: %(document)s"
    ),
    Reason.STOOD_ASIDE: gettext_noop("This delegation stood aside from the document: %(document)s"),
    Reason.NO_TERM: gettext_noop("The profile knows no chairmanship that could pass."),
    Reason.DATE_MISSING: gettext_noop("The date on which the chairmanship passes is missing."),
    Reason.NOT_ENTERED_LATE: gettext_noop("This is not entered late: %(act)s."),
    Reason.LATER_THAN_NOW: gettext_noop("The time given lies in the future: %(done_at)s."),
    # the desk
    Reason.KEY_USED: gettext_noop("The page was sent before with other content; open it again."),
}


class RuleInWords(Value, kw_only=True):
    """A rule as a reader sees it; ``standing`` is the profile's word, ``standing_in_words`` the reader's."""

    key: str
    text: str
    standing: str
    standing_in_words: str
    source: str


def refusal(
    refused: Refused, profile: Profile, language: str, meeting: Meeting | None = None
) -> str:
    """Return in *language* why an act was refused; *meeting* lends the names of guests and documents."""
    named = Naming(profile, language, meeting).facts(refused.facts)
    with override(language):
        return gettext(REASONS[refused.reason]) % _Known(named)


def rule_in_words(profile: Profile, key: str, language: str) -> RuleInWords | None:
    """Return the rule of that key in *language*, or None where the profile has none."""
    rule = profile.procedure.rules.get(key)
    if rule is None:
        return None
    with override(language):
        return RuleInWords(
            key=key,
            text=said(rule.texts, language),
            standing=rule.standing.value,
            standing_in_words=word(rule.standing.value),
            source=said(rule.source, language),
        )


class _Known(dict[str, str]):
    """Facts by name; one that a refusal does not state is shown as missing, and breaks nothing."""

    def __missing__(self, key: str) -> str:
        return "–"
