"""Documents: tabling them, amending them, withdrawing them.

Rule 1: a document is its texts in several languages, held together by one digest.
Rule 2: a text that is before the meeting changes only by ending the window on it.
"""

import hashlib

import msgspec

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import Document, DocumentStage, Meeting, Seat
from plenary.rules.names import DocumentId, Language, PartyId, RuleId
from plenary.rules.order import require
from plenary.rules.refusals import Reason, Refused

MOST_DOCUMENTS = 1000

_encoder = msgspec.json.Encoder(order="deterministic")


def digest_of(texts: dict[Language, str]) -> str:
    """Return the digest of a document: SHA-256 over its languages and their texts' digests, as JSON."""
    return hashlib.sha256(_encoder.encode(texts)).hexdigest()


def table(meeting: Meeting, seat: Seat, act: a.Table) -> list[AnyEvent]:
    """A document of a type the profile has, with sponsors that may sponsor it."""
    kind = meeting.profile.procedure.document_types.get(act.type)
    if kind is None:
        raise Refused(Reason.UNKNOWN_TYPE, RuleId("documents"), type=act.type)
    if act.document in meeting.documents:
        raise Refused(Reason.DOCUMENT_EXISTS, RuleId("documents"), document=act.document)
    require(
        meeting,
        len(meeting.documents) < MOST_DOCUMENTS,
        Reason.TOO_MANY,
        "documents",
        most=MOST_DOCUMENTS,
    )
    matter = act.matter or kind.matter
    if matter not in meeting.profile.procedure.matters:
        raise Refused(Reason.UNKNOWN_MATTER, RuleId("documents"), matter=matter)
    _sponsors(meeting, seat, act, kind.sponsors)
    _references(meeting, act)
    return [
        e.DocumentTabled(
            document=act.document,
            type=act.type,
            titles=act.titles,
            texts=act.texts,
            digest=digest_of(act.texts),
            matter=matter,
            seat=seat.id,
            annexes=act.annexes,
            sponsors=act.sponsors,
            initiative_of=act.initiative_of,
            concerns=act.concerns,
            report=act.report,
            authorises=act.authorises,
            amends=act.amends,
            furthest_removed=act.furthest_removed,
        )
    ]


def _sponsors(meeting: Meeting, seat: Seat, act: a.Table, allowed: tuple[str, ...]) -> None:
    kinds = {seat.party: seat.kind for seat in meeting.seats.values() if seat.party is not None}
    for sponsor in act.sponsors:
        require(
            meeting,
            kinds.get(sponsor) in allowed,
            Reason.NO_SPONSOR,
            "documents",
            sponsor=sponsor,
            allowed=list(allowed),
        )
    require(
        meeting,
        seat.kind in allowed,
        Reason.NO_SPONSOR,
        "documents",
        sponsor=seat.id,
        allowed=list(allowed),
    )


def _references(meeting: Meeting, act: a.Table) -> None:
    named: list[PartyId] = [
        party for party in (act.initiative_of, act.concerns) if party is not None
    ]
    named += [act.report.author] if act.report else []
    named += [act.authorises.signatory] if act.authorises else []
    for party in named:
        if meeting.profile.party(party) is None:
            raise Refused(Reason.UNKNOWN_PARTY, RuleId("documents"), party=party)
    if act.amends is not None:
        on_the_table(known_document(meeting, act.amends))


def amend(meeting: Meeting, seat: Seat, act: a.Amend) -> list[AnyEvent]:
    """New texts replace the old; a window on the old ones ends, and a new one must be opened."""
    document = known_document(meeting, act.document)
    _its_own(meeting, seat, document)
    if document.stage not in {DocumentStage.TABLED, DocumentStage.BEFORE_THE_MEETING}:
        raise Refused(
            Reason.NOT_ON_THE_TABLE, RuleId("documents"), document=document.id, stage=document.stage
        )
    digest = digest_of(act.texts)
    if digest == document.digest:
        raise Refused(Reason.SAME_TEXT, RuleId("documents"), document=document.id)
    amended = e.DocumentAmended(
        document=document.id,
        texts=act.texts,
        digest=digest,
        version=document.version + 1,
        ground=act.ground,
    )
    return [*_windows_on(meeting, document), amended]


def _windows_on(meeting: Meeting, document: Document) -> list[AnyEvent]:
    ended: list[AnyEvent] = []
    for window in (meeting.window, *meeting.silences.values()):
        if window is None or not isinstance(window.subject, a.Texts):
            continue
        if document.id in window.subject.documents:
            if window.way == "vote":
                raise Refused(Reason.VOTING_HAS_BEGUN, RuleId("decisions"), window=window.id)
            ended.append(e.QuestionSetAside(window=window.id, why=RuleId("decisions")))
    return ended


def withdraw_document(meeting: Meeting, seat: Seat, act: a.WithdrawDocument) -> list[AnyEvent]:
    """A document that is not before the meeting may be withdrawn."""
    document = known_document(meeting, act.document)
    _its_own(meeting, seat, document)
    on_the_table(document)
    return [e.DocumentWithdrawn(document=document.id)]


def _its_own(meeting: Meeting, seat: Seat, document: Document) -> None:
    """A delegation changes what it tabled or sponsors; the secretariat does so for all."""
    secretariat = seat.kind == meeting.profile.procedure.opening.secretariat_kind
    require(
        meeting,
        secretariat or seat.id == document.tabled_by or seat.party in document.sponsors,
        Reason.NOT_THE_SPONSOR,
        "documents",
        document=document.id,
        sponsors=list(document.sponsors),
    )


def known_document(meeting: Meeting, key: DocumentId) -> Document:
    """Return the document of that identifier, or refuse."""
    document = meeting.documents.get(key)
    if document is None:
        raise Refused(Reason.UNKNOWN_DOCUMENT, RuleId("documents"), document=key)
    return document


def on_the_table(document: Document) -> None:
    """Refuse unless the document is tabled and not put, decided or withdrawn."""
    if document.stage is not DocumentStage.TABLED:
        raise Refused(
            Reason.NOT_ON_THE_TABLE, RuleId("documents"), document=document.id, stage=document.stage
        )


def may_be_put(meeting: Meeting, document: Document) -> None:
    """Refuse unless the document is on the table, listed, in all authentic languages, and its turn."""
    on_the_table(document)
    needs_list = meeting.profile.procedure.opening.needs_listed_documents
    require(
        meeting,
        not needs_list or document.id in (meeting.listed or ()),
        Reason.NOT_LISTED_DOCUMENT,
        "documents",
        document=document.id,
    )
    missing = [
        language
        for language in meeting.profile.organisation.languages.authentic
        if language not in document.texts
    ]
    require(
        meeting,
        not missing,
        Reason.LANGUAGE_MISSING,
        "languages",
        document=document.id,
        languages=missing,
    )
    items = {item.id for item in meeting.agenda or () if document.id in item.documents}
    require(
        meeting,
        not items & meeting.adjourned,
        Reason.DEBATE_ADJOURNED,
        "motions",
        document=document.id,
    )
    _amendments_first(meeting, document)


def _amendments_first(meeting: Meeting, document: Document) -> None:
    undecided = (DocumentStage.TABLED, DocumentStage.BEFORE_THE_MEETING)
    pending = [
        each
        for each in meeting.documents.values()
        if each.stage in undecided and each.amends is not None
    ]
    on_this = [each for each in pending if each.amends == document.id]
    if document.amends is not None:  # the furthest removed in substance goes first
        on_this += [
            each
            for each in pending
            if each.amends == document.amends and each.furthest_removed > document.furthest_removed
        ]
        # what was adopted, rejected or withdrawn is not changed by an amendment any more
        on_the_table(known_document(meeting, document.amends))
    require(
        meeting,
        not on_this,
        Reason.AMENDMENTS_FIRST,
        "documents",
        document=document.id,
        first=max(on_this, key=lambda each: each.furthest_removed).id if on_this else None,
    )
