"""What things of a meeting are called: seats, persons, documents, items, rules, in one language.

Rule 1: names come from the profile and the record; words for the house's own terms come from the catalogue.
Rule 2: what is not known is called by its identifier; naming never fails.
Rule 3: a name is put into a sentence as it stands, so sentences take names in the nominative.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext, gettext_noop, ngettext, override, pgettext

from plenary.rules import acts as a
from plenary.rules.meeting import Meeting
from plenary.rules.names import DocumentId, PartyId, PersonId, SeatId
from plenary.rules.profile import Profile
from plenary.web.languages import day_and_time, listed, said

WORDS: Final = {
    # acts, as what somebody wanted to do
    "convene": gettext_noop("convene the meeting"),
    "invite_guest": gettext_noop("invite a guest"),
    "receive_letter": gettext_noop("enter a letter of accreditation"),
    "examine_letter": gettext_noop("enter the examination of a letter"),
    "replace_head": gettext_noop("replace the head of a delegation"),
    "take_seat": gettext_noop("take the seat"),
    "leave_meeting": gettext_noop("leave the meeting"),
    "return_to_meeting": gettext_noop("return to the meeting"),
    "install_acting_chair": gettext_noop("install an acting presiding officer"),
    "restore_chair": gettext_noop("give the presiding officer the seat back"),
    "open_meeting": gettext_noop("open the meeting"),
    "call_the_roll": gettext_noop("call the roll"),
    "open_segment": gettext_noop("go over to another format"),
    "suspend": gettext_noop("suspend the meeting"),
    "resume": gettext_noop("resume the meeting"),
    "close_meeting": gettext_noop("close the meeting"),
    "take_up_item": gettext_noop("take up an item of the agenda"),
    "conclude_item": gettext_noop("conclude the item"),
    "ask_for_the_floor": gettext_noop("ask for the floor"),
    "withdraw_request": gettext_noop("withdraw a request for the floor"),
    "reorder_list": gettext_noop("reorder the list of speakers"),
    "close_list": gettext_noop("close the list of speakers"),
    "reopen_list": gettext_noop("reopen the list of speakers"),
    "consent_to_speak": gettext_noop("consent to a speech"),
    "signal_ready": gettext_noop("signal readiness"),
    "give_the_floor": gettext_noop("give the floor"),
    "undo_floor": gettext_noop("take back the floor given"),
    "extend_time": gettext_noop("give the speaker more time"),
    "yield_the_floor": gettext_noop("end one's own speech"),
    "end_speech": gettext_noop("end the speech"),
    "ask_for_reply": gettext_noop("ask for the right of reply"),
    "raise_point_of_order": gettext_noop("raise a point of order"),
    "rule": gettext_noop("rule on a point of order"),
    "give_ruling": gettext_noop("give a ruling"),
    "appeal": gettext_noop("appeal against a ruling"),
    "move": gettext_noop("move a motion"),
    "withdraw_motion": gettext_noop("withdraw a motion"),
    "speak_on_motion": gettext_noop("speak on a motion"),
    "table": gettext_noop("table a document"),
    "amend": gettext_noop("amend a document"),
    "withdraw_document": gettext_noop("withdraw a document"),
    "put": gettext_noop("put a question to the meeting"),
    "acknowledge_text": gettext_noop("acknowledge the text"),
    "object": gettext_noop("object"),
    "lift_objection": gettext_noop("lift an objection"),
    "stand_aside": gettext_noop("stand aside"),
    "place_opinion": gettext_noop("place an opinion on record"),
    "take_back": gettext_noop("take back what was raised"),
    "confirm_by_telephone": gettext_noop("enter a confirmation by telephone"),
    "proceed_without": gettext_noop("proceed without a delegation"),
    "break_silence": gettext_noop("break the silence"),
    "declare_adopted": gettext_noop("declare the text adopted"),
    "set_aside": gettext_noop("end the consideration without adoption"),
    "cast_vote": gettext_noop("vote"),
    "declare_result": gettext_noop("declare the result of a vote"),
    "join_later": gettext_noop("join later"),
    "sign": gettext_noop("sign a document"),
    "enter_late": gettext_noop("enter an act late"),
    # stages of a meeting and of a document
    "not_convened": gettext_noop("not convened"),
    "convened": gettext_noop("convened"),
    "tabled": gettext_noop("tabled"),
    "before_the_meeting": gettext_noop("before the meeting"),
    "adopted": gettext_noop("adopted"),
    "rejected": gettext_noop("not adopted"),
    "withdrawn": gettext_noop("withdrawn"),
    # findings, forms, deliveries
    "accepted": gettext_noop("accepted"),
    "provisional": gettext_noop("provisionally accepted"),
    "contested": gettext_noop("contested"),
    "in_person": gettext_noop("in person"),
    "videoconference": gettext_noop("by videoconference"),
    "hybrid": gettext_noop("in hybrid form"),
    "live": gettext_noop("live"),
    "recorded": gettext_noop("recorded beforehand"),
    "head": gettext_noop("head of delegation"),
    "staff": gettext_noop("member of delegation"),
    # what may be attached to an adoption
    "opinion": gettext_noop("opinion"),
    "interpretative_statement": gettext_noop("interpretative statement"),
    "reservation": gettext_noop("reservation"),
    "explanation_of_position": gettext_noop("explanation of position"),
    "explanation_of_vote": gettext_noop("explanation of vote"),
    "dissociation": gettext_noop("dissociation"),
    # ways, votes, signatures
    "consensus": gettext_noop("consensus"),
    "silence": gettext_noop("silence procedure"),
    "yes": gettext_noop("in favour"),
    "no": gettext_noop("against"),
    "abstain": gettext_noop("abstention"),
    "circulated_original": gettext_noop("circulated original"),
    "counterpart_page": gettext_noop("counterpart page"),
    "electronic": gettext_noop("electronic signature"),
    "for_signature": gettext_noop("for signature"),
    "without_signing": gettext_noop("without signing"),
    "on_closing": gettext_noop("on closing of the meeting"),
    "on_date": gettext_noop("on a given date"),
    # what a rule rests on
    "treaty": gettext_noop("treaty"),
    "rules of procedure": gettext_noop("rules of procedure"),
    "practice": gettext_noop("practice"),
    "our inference": gettext_noop("drafters’ inference"),
}


IN_CONTEXT: Final[dict[str, Callable[[], str]]] = {
    "open": lambda: pgettext("stage of the meeting", "open"),
    "suspended": lambda: pgettext("stage of the meeting", "suspended"),
    "closed": lambda: pgettext("stage of the meeting", "closed"),
    "vote": lambda: pgettext("way of deciding", "vote"),
}
"""Terms that are other words elsewhere."""

SEATS: Final = (
    *("seat", "to", "speaking", "next", "sponsor", "party", "mover", "reply_to", "before"),
    *("author", "signatory", "concerns", "initiative_of"),
)
"""Facts that are a seat or a party."""


def word(term: str) -> str:
    """Return one of the house's terms in the active language, else the term itself."""
    if term in IN_CONTEXT:
        return IN_CONTEXT[term]()
    return gettext(WORDS[term]) if term in WORDS else term


def act_word(name: str) -> str:
    """Return what an act is, as what somebody wanted to do."""
    return gettext(WORDS[name]) if name in WORDS else name


def duration(seconds: int) -> str:
    """Return so many seconds as minutes and seconds in words."""
    minutes, rest = divmod(seconds, 60)
    parts = []
    if minutes:
        parts.append(
            ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
        )
    if rest or not minutes:
        parts.append(ngettext("%(count)d second", "%(count)d seconds", rest) % {"count": rest})
    return " ".join(parts)


class Naming:
    """Names of the things of one organisation, and where it is given of one meeting, in one language."""

    def __init__(self, profile: Profile, language: str, meeting: Meeting | None = None) -> None:
        self.profile = profile
        self.language = language
        self.meeting = meeting

    def seat(self, key: str | None) -> str:
        """Return the name of a seat or a party."""
        if key is None:
            return "–"
        party = self.profile.party(PartyId(key))
        if party is not None:
            return said(party.short, self.language)
        further = next((s for s in self.profile.organisation.seats if s.id == key), None)
        if further is not None:
            return said(further.names, self.language)
        guest = self.meeting.seats.get(SeatId(key)) if self.meeting else None
        return said(guest.titles, self.language) if guest and guest.titles else key

    def seats(self, keys: Iterable[str]) -> str:
        """Return the names of seats, as a list."""
        return listed((self.seat(key) for key in keys), self.language)

    def person(self, person: str | None, seat: str | None = None) -> str:
        """Return a person's name, as the letters of the meeting have it."""
        if person is None:
            return "–"
        if self.meeting is not None:
            first = [self.meeting.seats[SeatId(seat)]] if seat in self.meeting.seats else []
            for each in [*first, *self.meeting.seats.values()]:
                letter = each.letters.get(PersonId(person))
                if letter is not None:
                    return said(letter.names, self.language)
        return person

    def document(self, key: str) -> str:
        """Return a document's title."""
        known = self.meeting.documents.get(DocumentId(key)) if self.meeting else None
        return said(known.titles, self.language) if known else key

    def documents(self, keys: Iterable[str]) -> str:
        """Return the titles of documents, as a list."""
        return "; ".join(self.document(key) for key in keys)

    def item(self, key: str | None) -> str:
        """Return an item's number and title."""
        items = (self.meeting.agenda or ()) if self.meeting else ()
        found = next((item for item in items if item.id == key), None)
        return f"{key}. {said(found.titles, self.language)}" if found else str(key)

    def kind(self, key: str) -> str:
        """Return the name of a kind of participant, of motion, or of annotation."""
        procedure = self.profile.procedure
        if key in procedure.kinds:
            return said(procedure.kinds[key].names, self.language)
        if key in procedure.motions:
            return said(procedure.motions[key].names, self.language)
        return word(key)

    def heading(self, kind: str, count: int) -> str:
        """Return what stands over *count* seats of a kind of participant."""
        known = self.profile.procedure.kinds.get(kind)
        several = known.plural if known is not None and count > 1 else None
        return said(several, self.language) if several else self.kind(kind)

    def format(self, key: str | None) -> str:
        """Return the name of a format of the meeting."""
        return said(self.profile.procedure.formats.get(key or "", {}), self.language) or str(key)

    def document_type(self, key: str) -> str:
        """Return the name of a type of document."""
        known = self.profile.procedure.document_types.get(key)
        return said(known.names, self.language) if known else key

    def body(self, key: str | None) -> str:
        """Return the name of a body of the organisation."""
        bodies = self.profile.organisation.bodies
        found = next((body for body in bodies if body.id == key), None)
        return said(found.names, self.language) if found else str(key)

    def rule_text(self, key: str) -> str:
        """Return the text of a rule of the profile."""
        rule = self.profile.procedure.rules.get(key)
        return said(rule.texts, self.language) if rule else key

    def subject(self, subject: a.AnySubject) -> str:  # noqa: C901 - one table
        """Return what is put to the meeting, as the object of "the meeting considers"."""
        match subject:
            case a.RemoteForm():
                return gettext("the form of the meeting: %(form)s") % {"form": word(subject.form)}
            case a.Agenda():
                return gettext("the agenda")
            case a.DocumentList():
                return gettext("the list of documents")
            case a.Texts():
                return self._texts(subject)
            case a.Waiver():
                return gettext("a waiver of a rule of procedure")
            case a.NextChair():
                return gettext("the next chairmanship: %(party)s") % {
                    "party": self.seat(subject.party)
                }
            case a.MotionSubject():
                return gettext("a motion: %(motion)s") % {"motion": self.motion(subject.motion)}
            case a.AppealSubject():
                return gettext("an appeal against a ruling")

    def _texts(self, subject: a.Texts) -> str:
        known, count = self.meeting.documents if self.meeting else {}, len(subject.documents)
        if count == 1:  # of a draft the public knows neither title nor identifier
            only = subject.documents[0]
            return self.document(only) if only in known else gettext("a document")
        return ngettext("%(count)d document", "%(count)d documents", count) % {"count": count}

    def motion(self, key: str) -> str:
        """Return the kind of a motion before the meeting."""
        motions = self.meeting.motions if self.meeting else ()
        found = next((motion for motion in motions if motion.id == key), None)
        return self.kind(found.kind) if found else key

    # ---- facts of refusals, fields of events -----------------------------------------------------

    def facts(self, facts: Mapping[str, object]) -> dict[str, str]:
        """Return *facts* in words, each by what its name says it is."""
        with override(self.language):
            return {name: self._fact(name, value, facts) for name, value in facts.items()}

    def _fact(  # noqa: C901 - one table
        self, name: str, value: object, facts: Mapping[str, object]
    ) -> str:
        if value is None:
            return "–"
        if name in ("person", "head", "principal"):
            return self.person(str(value), str(facts["seat"]) if facts.get("seat") else None)
        if name in self.ONE:
            return self.ONE[name](self, str(value))
        if name in ("seats", "waiting", "order", "sponsors", "present") and isinstance(
            value, list | tuple
        ):
            return self.seats(str(getattr(each, "seat", each)) for each in value)
        if name in ("documents",) and isinstance(value, list | tuple):
            return self.documents(map(str, value))
        if name in ("seconds", "limit") and isinstance(value, int):
            return duration(value)
        if name in ("lasted", "after") and isinstance(value, int):
            return duration(value // 1000)
        if name in ("at", "closes", "closed", "done_at", "now") and isinstance(value, int):
            return day_and_time(value, self.language)
        if isinstance(value, dict):
            return said(value, self.language)
        if isinstance(value, list | tuple):
            return listed((word(str(each)) for each in value), self.language)
        return word(str(value)) if isinstance(value, StrEnum) else str(value)

    def _first(self, key: str) -> str:
        known = self.document(key)
        return known if known != key else self.motion(key)

    ONE: Final[dict[str, Callable[["Naming", str], str]]] = {
        **dict.fromkeys(SEATS, seat),
        **dict.fromkeys(("document", "amendment"), document),
        "first": _first,
        "item": item,
        "kind": kind,
        "format": format,
        "type": document_type,
        "body": body,
        "motion": motion,
        "act": lambda _, key: act_word(key),
        "rule": rule_text,
    }
    """How a fact is said, by its name."""
