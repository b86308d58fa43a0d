"""The timeline with its filters, one entry's proof, and what the record is verified with."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from plenary import wiring
from plenary.desk.codec import Deed
from plenary.record import NotProven, prove, signers, verifier_key
from plenary.rules import acts as a
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import Meeting
from plenary.rules.names import PersonId
from plenary.store.access import NotFoundError
from plenary.store.settings import DATA
from plenary.web.event_phrases import event_line, event_passage
from plenary.web.languages import reader
from plenary.web.naming import Naming
from plenary.web.phrases import RuleInWords, rule_in_words
from plenary.web.public.views import for_meeting
from plenary.web.reading import Reading, Sitting, minutes_of, sitting
from plenary.web.who import person_id

PAGE = 200
LOG_PUB = "log.pub"

KINDS = {
    "accreditation": (
        "guest_invited",
        "letter_received",
        "letter_examined",
        "head_replaced",
        "seat_taken",
    ),
    "floor": (
        "floor",
        "speech",
        "request",
        "list",
        "consent",
        "ready",
        "time",
        "point_of_order",
        "ruling",
    ),
    "documents": ("document", "amendment", "reconsidered", "competence"),
    "decisions": (
        "question",
        "objection",
        "text_",
        "stood",
        "opinion",
        "taken_back",
        "confirmed",
        "proceeded",
        "silence",
        "vote",
        "adopted",
    ),
    "motions": ("motion", "spoken", "debate"),
    "signature": ("document_signed", "joined", "statement", "mandate", "report", "initiative"),
}


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of events one can look for, with their names."""
    return [
        ("accreditation", gettext("Accreditation")),
        ("floor", gettext("Floor")),
        ("documents", gettext("Documents")),
        ("decisions", gettext("Decisions")),
        ("motions", gettext("Motions")),
        ("signature", gettext("Signature and follow-up")),
        ("rulings", gettext("Departures from the rules")),
    ]


@dataclass(frozen=True)
class Done:
    """One deed in words: what followed from it (with a passage to quote), who did it, and when."""

    lines: list[tuple[str, str | None]]
    by: str
    at: int


@dataclass(frozen=True)
class Told:
    """One entry in words; the deeds of a consultation were done before it was written."""

    number: int
    withheld: bool
    digest: str
    provable: bool
    at: int | None = None
    deeds: tuple[Done, ...] = ()
    rules: tuple[RuleInWords, ...] = ()
    consultation: bool = False

    @property
    def name(self) -> str:
        """Return what the entry is called."""
        return gettext("Entry %(n)s") % {"n": self.number}

    @property
    def name_of_proof(self) -> str:
        """Return what its proof is called."""
        return gettext("Proof of entry %(n)s") % {"n": self.number}


@dataclass(frozen=True)
class Run:
    """Withheld entries that follow one another."""

    entries: list[Told]

    @property
    def withheld_run(self) -> bool:
        """Tell a run from an entry."""
        return True


def runs_together(told: list[Told]) -> list[Told | Run]:
    """Return *told* with withheld entries that follow one another as one run, from three on."""
    found: list[Told | Run] = []
    for withheld, group in groupby(told, key=lambda each: each.withheld):
        entries = list(group)
        if withheld and len(entries) > 2:
            found.append(Run(entries))
        else:
            found += entries
    return found


@require_safe
def history(request: HttpRequest, org: str, name: str) -> HttpResponse:
    """Show the record as its reader may read it, filtered by kind, seat and document."""
    found = sitting(f"{org}/{name}")
    viewer = found.viewer(request.GET.get("seat") or None, person_id(request))
    seen = found.seen_by(viewer.seat)
    wanted = {key: request.GET.get(key, "")[:80] for key in ("kind", "of", "document")}
    signed = _signed_size(found)
    entries = found.read_by(viewer.seat)
    chosen = [each for each in entries if _wanted(each, wanted)]
    page = max(0, _number(request.GET.get("page", "0")))
    shown = chosen[page * PAGE : (page + 1) * PAGE]
    naming = Naming(found.profile, reader(), seen)
    context = {
        **for_meeting(request, found, "history"),
        "told": runs_together([_told(each, seen, naming, signed) for each in shown]),
        "count": sum(each.body is not None for each in chosen),
        "page": page,
        "more": len(chosen) > (page + 1) * PAGE,
        "seat": viewer.seat or "",
        "asking": f"?{urlencode({'seat': viewer.seat})}" if viewer.seat else "",
        "seat_name": naming.seat(viewer.seat) if viewer.seat else None,
        "own": [] if viewer.seat else _own_seats(found, person_id(request), naming),
        "wanted": wanted,
        "kinds": kinds(),
        "seats": [(key, naming.seat(key)) for key in seen.seats],
        "documents": [(key, naming.document(key)) for key in seen.documents],
        "withheld": sum(each.body is None for each in entries),
        "everything": viewer.seat is not None and seen is found.whole,
    }
    return render(request, "history/history.html", {**context, **verifying(found)})


def _own_seats(found: Sitting, person: PersonId | None, naming: Naming) -> list[tuple[str, str]]:
    """Return the seats from which *person* may read more than the public, with their names."""
    seats = [viewer.seat for viewer in found.seats_of(person)]
    return [(seat, naming.seat(seat)) for seat in seats if seat is not None]


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


def _wanted(reading: Reading, wanted: dict[str, str]) -> bool:
    if not any(wanted.values()):
        return True
    events = [event for deed in reading.deeds for event in deed.events]
    if wanted["kind"] and not any(_of_kind(event, wanted["kind"]) for event in events):
        return False
    if wanted["of"] and not any(
        _concerns(deed.by.seat, deed.events, wanted["of"]) for deed in reading.deeds
    ):
        return False
    return not wanted["document"] or any(_mentions(event, wanted["document"]) for event in events)


def _of_kind(event: AnyEvent, kind: str) -> bool:
    name = str(msgspec.to_builtins(event)["event"])
    if kind == "rulings":
        return name in (
            "ruling_given",
            "rule_waived",
            "proceeded_without",
            "acting_chair_installed",
            "entered_late",
        )
    return any(part in name for part in KINDS.get(kind, ()))


def _concerns(by: str, events: Iterable[AnyEvent], seat: str) -> bool:
    return by == seat or any(getattr(event, "seat", None) == seat for event in events)


def _mentions(event: AnyEvent, document: str) -> bool:
    if getattr(event, "document", None) == document:
        return True
    scope, subject = getattr(event, "scope", None), getattr(event, "subject", None)
    return getattr(scope, "document", None) == document or document in (
        getattr(subject, "documents", None) or ()
    )


def _told(reading: Reading, seen: Meeting, naming: Naming, signed: int) -> Told:
    entry, body = reading.entry, reading.body
    digest, provable = entry.commitment.hex(), entry.number < signed
    if body is None:
        return Told(number=entry.number, withheld=True, digest=digest, provable=provable)
    events = [event for deed in body.deeds for event in deed.events]
    keys = dict.fromkeys(str(why) for event in events if (why := _rule_of(event)))
    rules = (rule_in_words(seen.profile, key, naming.language) for key in keys)
    return Told(
        number=entry.number,
        withheld=False,
        digest=digest,
        provable=provable,
        at=body.at,
        deeds=tuple(_done(deed, seen, naming) for deed in body.deeds),
        rules=tuple(rule for rule in rules if rule is not None),
        consultation=body.consultation is not None,
    )


def _done(deed: Deed, seen: Meeting, naming: Naming) -> Done:
    return Done(
        lines=[
            (event_line(event, seen, naming.language), event_passage(event))
            for event in deed.events
        ],
        by=_by(deed.by, naming),
        at=deed.facts.at,
    )


def _rule_of(event: AnyEvent) -> str | None:
    return getattr(event, "why", None) or getattr(event, "rule", None)


def _by(actor: a.Actor, naming: Naming) -> str:
    name = naming.person(actor.person, actor.seat)
    if name == actor.person:  # no letter the reader may see names the person
        return naming.seat(actor.seat)
    who = f"{naming.seat(actor.seat)} · {name}"
    if actor.instructed_by is None:
        return who
    principal = naming.person(actor.instructed_by, actor.seat)
    return gettext("%(who)s, on the instruction of %(principal)s") % {
        "who": who,
        "principal": principal,
    }


# ---- proofs --------------------------------------------------------------------------------------


def _signed_size(found: Sitting) -> int:
    """Return up to which entry the last checkpoint reaches."""
    notes = minutes_of(found.origin).checkpoints()
    return int(notes[-1].split("\n", 2)[1]) if notes else 0


@require_safe
def proof(request: HttpRequest, org: str, name: str, number: int) -> HttpResponse:
    """Send the proof that an entry stands in the signed record; a withheld one goes as its digest."""
    found = sitting(f"{org}/{name}")
    viewer = found.viewer(request.GET.get("seat") or None, person_id(request))
    shown = found.entry(number, viewer.seat)
    notes = minutes_of(found.origin).checkpoints()
    if not notes or number >= int(notes[-1].split("\n", 2)[1]):
        raise NotFoundError
    entries = list(found.entries)
    entries[number] = shown
    try:
        data = prove(entries, number, [_verifier_key(signers(notes[-1])[0])], notes[-1])
    except NotProven as error:
        raise NotFoundError from error
    answer = HttpResponse(data, content_type="application/octet-stream")
    file = f"{org}-{name}-{number}.proof"
    answer.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return answer


def _verifier_key(name: str) -> str:
    """Return the log's verifier key under that name, from its public half."""
    try:
        return verifier_key(name, wiring.public_half(DATA / LOG_PUB))
    except FileNotFoundError as error:
        raise NotFoundError from error


def _log_pub(found: Sitting) -> bytes:
    return f"{_verifier_key(found.origin)}\n".encode("ascii")


@require_safe
def log_pub(request: HttpRequest, org: str, name: str) -> HttpResponse:
    """Send the public half of the log key, under the name that signs this meeting's record."""
    answer = HttpResponse(_log_pub(sitting(f"{org}/{name}")), content_type="text/plain")
    answer.headers["Content-Disposition"] = f'attachment; filename="{LOG_PUB}"'
    return answer


def verifying(found: Sitting) -> dict[str, object]:
    """Return what a page says on verifying the record: the fingerprint of the key, if it is there."""
    try:
        digest = hashlib.sha256(_log_pub(found)).hexdigest()
    except NotFoundError:
        return {"fingerprint": None}
    return {"fingerprint": " ".join(digest[place : place + 8] for place in range(0, 64, 8))}
