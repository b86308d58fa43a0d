"""Paper for the day the network fails: the script, the roll, the list of documents, slips.

Rule: a sheet says when it was made and how far the record was, so that nobody takes it for the record.
"""

from django.http import HttpResponse

from plenary import wiring
from plenary.rules.meeting import DocumentStage
from plenary.store.access import NotFoundError
from plenary.web.languages import reader, said
from plenary.web.secretariat.at_work import AtWork, secretariat_page
from plenary.web.secretariat.prepared import draft_agenda, draft_list, script

SHEETS = ("script", "roll", "documents", "slips")


@secretariat_page
def prints(work: AtWork) -> HttpResponse:
    """Offer the sheets."""
    return work.page("prints", here_tab="print")


@secretariat_page
def sheet(work: AtWork, what: str) -> HttpResponse:
    """Show one sheet, made to be printed."""
    if what not in SHEETS:
        raise NotFoundError
    decide = [seat for seat in work.in_order() if _decides(work, seat.kind)]
    listed = work.meeting.listed or draft_list(work) or tuple(work.meeting.documents)
    return work.page(
        f"sheet_{what}",
        here_tab="print",
        made_at=wiring.system_clock(),
        size=len(work.found.entries),
        items=work.meeting.agenda or draft_agenda(work),
        steps=[(step.act, _own_first(step.say)) for step in script(work)],
        seats=[
            (s, work.naming.seat(s.id), work.naming.kind(s.kind), _head(work, s.id))
            for s in work.in_order()
        ],
        deciding=[(s.id, work.naming.seat(s.id)) for s in decide],
        documents=[
            (
                place,
                work.meeting.documents[key],
                work.naming.document_type(work.meeting.documents[key].type),
            )
            for place, key in enumerate(listed, 1)
            if key in work.meeting.documents
            and work.meeting.documents[key].stage is not DocumentStage.WITHDRAWN
        ],
        spoken=work.found.profile.organisation.languages.pages,
    )


def _own_first(say: dict[str, str]) -> list[tuple[str, str]]:
    """Return what is said, the reader's language before the others."""
    return sorted(say.items(), key=lambda each: each[0] != reader())


def _decides(work: AtWork, kind: str) -> bool:
    return any(kind in rule.electorate for rule in work.found.profile.procedure.decisions.values())


def _head(work: AtWork, key: str) -> tuple[str, str]:
    seat = next(s for s in work.meeting.seats.values() if s.id == key)
    letter = seat.letters.get(seat.head) if seat.head else None
    if letter is None:
        return "", ""
    return said(letter.names), said(letter.titles) if letter.titles else ""
