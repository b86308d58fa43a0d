"""Why an act was refused: one refusal, with a reason, the rule it rests on, and the facts.

Rule 1: refused means that nothing changed.
Rule 2: words are written at the edge, in the reader's language; here are a reason and its facts.
"""

from enum import StrEnum

from plenary.rules.names import RuleId


class Reason(StrEnum):
    """Every reason for which an act can be refused."""

    # who acts
    UNKNOWN_SEAT = "unknown_seat"
    NOT_ACCREDITED = "not_accredited"
    NOT_ENTITLED = "not_entitled"
    HEAD_ALONE = "head_alone"
    NO_INSTRUCTION = "no_instruction"
    WRONG_PRINCIPAL = "wrong_principal"
    HAS_LEFT = "has_left"
    NOT_IN_THIS_FORMAT = "not_in_this_format"
    # the course of the meeting
    NOT_NOW = "not_now"
    UNFIT_TEXT = "unfit_text"
    LANGUAGE_MISSING = "language_missing"
    UNKNOWN_BODY = "unknown_body"
    NO_SUCH_DATE = "no_such_date"
    UNKNOWN_PARTY = "unknown_party"
    UNKNOWN_RULE = "unknown_rule"
    UNKNOWN_FORMAT = "unknown_format"
    NO_PRESIDING_OFFICER = "no_presiding_officer"
    QUORUM = "quorum"
    FORM_NOT_AGREED = "form_not_agreed"
    AGENDA_NOT_ADOPTED = "agenda_not_adopted"
    UNKNOWN_ITEM = "unknown_item"
    ITEM_CONCLUDED = "item_concluded"
    ITEM_UNDER_DISCUSSION = "item_under_discussion"
    NO_ITEM = "no_item"
    MEETING_ADJOURNED = "meeting_adjourned"
    QUESTION_OPEN = "question_open"
    TOO_MANY = "too_many"
    # accreditation
    SEAT_EXISTS = "seat_exists"
    NO_LETTER = "no_letter"
    LETTER_EXISTS = "letter_exists"
    ONES_OWN_LETTER = "ones_own_letter"
    ALREADY_FOUND = "already_found"
    OFFICE_UNKNOWN = "office_unknown"
    ALREADY_HEAD = "already_head"
    SEAT_TAKEN = "seat_taken"
    NOT_AWAY = "not_away"
    PRESIDING_OFFICER_HERE = "presiding_officer_here"
    NOT_NEXT_IN_SUCCESSION = "not_next_in_succession"
    NO_ACTING_CHAIR = "no_acting_chair"
    # the floor
    ALREADY_LISTED = "already_listed"
    NOT_LISTED = "not_listed"
    LIST_CLOSED = "list_closed"
    LIST_OPEN = "list_open"
    LIST_CHANGED = "list_changed"
    FLOOR_TAKEN = "floor_taken"
    FLOOR_FREE = "floor_free"
    NOT_SPEAKING = "not_speaking"
    TOO_LATE = "too_late"
    CONSENT_NEEDED = "consent_needed"
    NO_CONSENT_NEEDED = "no_consent_needed"
    NO_RECORDING = "no_recording"
    NO_SUCH_RIGHT = "no_such_right"
    REPLIES_USED = "replies_used"
    HAS_NOT_SPOKEN = "has_not_spoken"
    POINT_OF_ORDER_PENDING = "point_of_order_pending"
    NO_POINT_OF_ORDER = "no_point_of_order"
    NO_RULING = "no_ruling"
    NO_APPEAL = "no_appeal"
    APPEAL_PENDING = "appeal_pending"
    # motions
    NO_SUCH_MOTION = "no_such_motion"
    MOTION_EXISTS = "motion_exists"
    PRECEDENCE = "precedence"
    VOTING_HAS_BEGUN = "voting_has_begun"
    SPEAKERS_USED = "speakers_used"
    NOT_THE_MOVER = "not_the_mover"
    NOTHING_TO_MOVE_ON = "nothing_to_move_on"
    # documents
    UNKNOWN_TYPE = "unknown_type"
    UNKNOWN_MATTER = "unknown_matter"
    DOCUMENT_EXISTS = "document_exists"
    UNKNOWN_DOCUMENT = "unknown_document"
    NOT_ON_THE_TABLE = "not_on_the_table"
    NOT_LISTED_DOCUMENT = "not_listed_document"
    NOT_THE_SPONSOR = "not_the_sponsor"
    NO_SPONSOR = "no_sponsor"
    NOTHING_CONCERNED = "nothing_concerned"
    DEBATE_ADJOURNED = "debate_adjourned"
    AMENDMENTS_FIRST = "amendments_first"
    SAME_TEXT = "same_text"
    TWICE_IN_PACKAGE = "twice_in_package"
    MIXED_MATTERS = "mixed_matters"
    # decisions
    ALREADY_AGREED = "already_agreed"
    UNKNOWN_DECISION = "unknown_decision"
    ANOTHER_WINDOW = "another_window"
    ANOTHER_TEXT = "another_text"
    ANOTHER_WAY = "another_way"
    NO_SAY = "no_say"
    ALREADY_OBJECTING = "already_objecting"
    NOT_OBJECTING = "not_objecting"
    OBJECTION_STANDS = "objection_stands"
    WINDOW_RUNNING = "window_running"
    WINDOW_EXPIRED = "window_expired"
    NOT_PRESENT = "not_present"
    LINE_IS_THERE = "line_is_there"
    NO_SPECIAL_RULE = "no_special_rule"
    SILENCE_BROKEN = "silence_broken"
    NO_SILENCE_PROCEDURE = "no_silence_procedure"
    TOO_SHORT = "too_short"
    NO_STANDING_ASIDE = "no_standing_aside"
    NO_SUCH_ANNOTATION = "no_such_annotation"
    NOTHING_RAISED = "nothing_raised"
    ALREADY_RAISED = "already_raised"
    RAISED_TOO_OFTEN = "raised_too_often"
    NOT_ADOPTED = "not_adopted"
    NOT_WAIVABLE = "not_waivable"
    ALREADY_WAIVED = "already_waived"
    # signature and the rest
    WITHOUT_SIGNING = "without_signing"
    ALREADY_SIGNED = "already_signed"
    STOOD_ASIDE = "stood_aside"
    NO_TERM = "no_term"
    DATE_MISSING = "date_missing"
    NOT_ENTERED_LATE = "not_entered_late"
    LATER_THAN_NOW = "later_than_now"
    # the desk
    KEY_USED = "key_used"


class Refused(Exception):  # noqa: N818  # "refused" is the word; it is no error
    """An act that was not in order: the reason, the rule it rests on, and the facts."""

    def __init__(self, reason: Reason, rule: RuleId, /, **facts: object) -> None:
        super().__init__(f"{reason} (rule {rule}): {facts}" if facts else f"{reason} (rule {rule})")
        self.reason = reason
        self.rule = rule
        self.facts = facts
