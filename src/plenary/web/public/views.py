"""The meetings, a meeting's live page, its documents, and the shells of the live room."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from plenary.feed.viewers import Viewer
from plenary.rules.events import Annotation, QuestionAgreed
from plenary.rules.meeting import Document, DocumentStage, Meeting, Stage
from plenary.rules.names import DocumentId, Language, SeatId
from plenary.store.access import NotFoundError
from plenary.web.event_phrases import count_in_words
from plenary.web.languages import reader, said, said_in, tag
from plenary.web.live.reading import Paragraph, paragraphs
from plenary.web.naming import Naming, word
from plenary.web.public.so_far import adopted_documents, so_far
from plenary.web.reading import Sitting, sitting, sittings
from plenary.web.seating import is_a_delegation
from plenary.web.who import keeper, person_id

REFRESH_SECONDS = 10


@dataclass(frozen=True)
class Listed:
    """A meeting in a list, and the seats its reader may take."""

    sitting: Sitting
    titles: dict[Language, str]
    date: str
    stage: str
    organisation: str
    seats: list[tuple[Viewer, str, str]]
    serves: bool
    closed: bool


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the meetings, and the seats that are the reader's own."""
    person = person_id(request)
    listed = []
    for each in sittings():
        meeting, act, language = each.seen_by(None), each.convened(), reader()
        naming = Naming(each.profile, language, each.whole)
        kind = each.profile.procedure.opening.secretariat_kind
        mine = each.seats_of(person)
        listed.append(
            Listed(
                sitting=each,
                titles=act.titles,
                date=act.date,
                stage=word(meeting.stage.value),
                organisation=said(each.profile.organisation.names),
                seats=[(viewer, naming.seat(viewer.seat), _role(each, viewer)) for viewer in mine],
                serves=any(each.whole.seats[v.seat].kind == kind for v in mine if v.seat),
                closed=meeting.stage is Stage.CLOSED,
            )
        )
    return render(request, "public/home.html", {"listed": listed, "keeps": _keeps(request)})


def _role(found: Sitting, viewer: Viewer) -> str:
    seat = found.whole.seats[SeatId(str(viewer.seat))]
    return word(viewer.role or "") if is_a_delegation(found.whole, seat) else ""


def _keeps(request: HttpRequest) -> bool:
    try:
        keeper(request)
    except NotFoundError:
        return False
    return True


# ---- the meeting, live ---------------------------------------------------------------------------


def for_meeting(request: HttpRequest, found: Sitting, here: str) -> dict[str, object]:
    """Return what every page of a meeting says: whose it is, and where one can go."""
    act = found.convened()
    person = person_id(request)
    try:
        secretariat: SeatId | None = found.secretariat_seat(person)
    except NotFoundError:
        secretariat = None
    return {
        "sitting": found,
        "org": found.origin.split("/", 1)[0],
        "name": found.origin.split("/", 1)[1],
        "organisation": found.profile.organisation,
        "body": next((b for b in found.profile.organisation.bodies if b.id == act.body), None),
        "convened": act,
        "here": here,
        "secretariat": secretariat,
    }


@require_safe
def live(request: HttpRequest, org: str, name: str) -> HttpResponse:
    """Show what is on now, the agenda, and what was adopted."""
    found = sitting(f"{org}/{name}")
    meeting = found.seen_by(None)
    naming = Naming(found.profile, reader(), meeting)
    still = "still" in request.GET
    renews = meeting.stage is not Stage.CLOSED and not still
    context = {
        **for_meeting(request, found, "live"),
        "meeting": meeting,
        "stage": meeting.stage.value,
        "speaker": _speaker(meeting, naming),
        "considered": naming.subject(meeting.window.subject) if meeting.window else None,
        "considered_documents": _considered(meeting),
        "item": naming.item(meeting.item) if meeting.item else None,
        "agenda": meeting.agenda or (),
        "concluded": meeting.concluded,
        **so_far(found, meeting, naming),
        "form": word(meeting.form.value),
        "refresh": REFRESH_SECONDS if renews else None,
        "still": still,
        "entries": len(found.entries),
    }
    answer = render(request, "public/live.html", context)
    if renews:  # the header does what a meta element would, and a reader can stop it
        answer.headers["Refresh"] = str(REFRESH_SECONDS)
    if not request.user.is_authenticated:
        answer.headers["Cache-Control"] = "private, max-age=2"
    return answer


def _speaker(meeting: Meeting, naming: Naming) -> dict[str, object] | None:
    speech = meeting.floor.speaking
    if speech is None:
        return None
    return {
        "name": naming.seat(speech.request.seat),
        "recorded": speech.request.delivery == "recorded",
        "reply_to": naming.seat(speech.request.reply_to) if speech.request.reply_to else None,
        "since": speech.since,
        "seconds": speech.seconds,
    }


def _considered(meeting: Meeting) -> list[Document]:
    subject = meeting.window.subject if meeting.window else None
    keys: tuple[DocumentId, ...] = getattr(subject, "documents", ())
    return [meeting.documents[key] for key in keys if key in meeting.documents]


@require_safe
def documents(request: HttpRequest, org: str, name: str) -> HttpResponse:
    """List the adopted documents."""
    found = sitting(f"{org}/{name}")
    meeting = found.seen_by(None)
    naming = Naming(found.profile, reader(), meeting)
    listed = [(each, naming.document_type(each.type)) for each in adopted_documents(meeting)]
    context = {**for_meeting(request, found, "documents"), "listed": listed}
    return render(request, "public/documents.html", context)


# ---- one document --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One paragraph, in the languages shown; ``note`` says which paragraph an annotation is about."""

    number: str | None
    heading: bool
    columns: list[tuple[str, str, bool]]


@require_safe
def document(request: HttpRequest, org: str, name: str, document: str) -> HttpResponse:
    """Show an adopted text, languages side by side, with its proof; to all others it is not found."""
    found = sitting(f"{org}/{name}")
    meeting = found.seen_by(None)
    known = meeting.documents.get(DocumentId(document))
    adoption = found.adoption(DocumentId(document))
    if known is None or adoption is None or known.stage is not DocumentStage.ADOPTED:
        raise NotFoundError
    body, event = adoption
    shown = _languages_shown(request, found, known)
    texts = {language: _paragraphs(found, known, language) for language in shown}
    naming = Naming(found.profile, reader(), meeting)
    titled = said_in(known.titles, reader())[1]
    context = {
        **for_meeting(request, found, "documents"),
        "document": known,
        "type": naming.document_type(known.type),
        "event": event,
        "body_entry": body,
        "other_titles": [(tag(k), v) for k, v in known.titles.items() if k != titled],
        "how": word(found.profile.procedure.decisions[event.decision].way),
        "present": _present(body.deeds[0].events),
        "authentic": [
            k for k in found.profile.organisation.languages.authentic if k in known.texts
        ],
        "shown": shown,
        "reading": _reading(found, known, shown),
        "columns": ["", "one", "two", "three"][min(len(shown), 3)],
        "rows": _rows(texts),
        "authentic_shown": all(k in found.profile.organisation.languages.authentic for k in shown),
        "notes": [_note(note, naming) for note in known.annotations],
        "signatures": [naming.seat(seat) for seat in known.signatures],
    }
    return render(request, "public/document.html", context)


def _languages_shown(request: HttpRequest, found: Sitting, known: Document) -> list[Language]:
    asked = [Language(each) for each in request.GET.get("in", "").split(",") if each in known.texts]
    if asked:
        return list(dict.fromkeys(asked))[:3]
    authentic = [k for k in found.profile.organisation.languages.authentic if k in known.texts]
    own = Language(reader())
    first = [own] if own in known.texts else []
    return list(dict.fromkeys([*first, *authentic, *known.texts]))[:2]


def _reading(found: Sitting, known: Document, shown: list[Language]) -> list[dict[str, object]]:
    single = [[language] for language in known.texts]
    own = Language(reader())
    pairs = [[own, k] for k in known.texts if k != own] if own in known.texts else []
    both = [*single, *pairs[:2], *([list(known.texts)] if len(known.texts) == 3 else [])]
    return [{"codes": each, "value": ",".join(each), "here": each == shown} for each in both]


def _paragraphs(found: Sitting, known: Document, language: Language) -> tuple[Paragraph, ...]:
    try:
        return paragraphs(found.text(None, known.id, language).decode(errors="replace"))
    except NotFoundError:
        return ()


def _rows(texts: dict[Language, tuple[Paragraph, ...]]) -> list[Row]:
    """Return the paragraphs side by side; texts of different build stand each by itself."""
    longest = max((len(each) for each in texts.values()), default=0)
    rows = []
    for place in range(longest):
        there = {k: v[place] if place < len(v) else None for k, v in texts.items()}
        first = next((each for each in there.values() if each is not None), None)
        columns = [(tag(k), *_set(each)) for k, each in there.items()]
        rows.append(Row(first.number if first else None, bool(first and first.heading), columns))
    return rows


def _set(paragraph: Paragraph | None) -> tuple[str, bool]:
    """Return a paragraph's words, and whether it is set in italics as a whole."""
    text = paragraph.text if paragraph else ""
    slanted = len(text) > 2 and text[0] == text[-1] == "*"
    return (text.strip("*"), True) if slanted else (text, False)


def _present(events: tuple[object, ...]) -> str | None:
    count = next((each.count for each in events if isinstance(each, QuestionAgreed)), None)
    return count_in_words(count) if count is not None and count.present else None


def _note(note: Annotation, naming: Naming) -> dict[str, str | None]:
    return {
        "kind": word(note.kind.value) if note.kind else gettext("stood aside"),
        "seat": naming.seat(note.seat),
        "paragraph": note.scope.paragraph,
        "project": note.scope.project,
        "text": note.text,
    }


# ---- the shells of the live room -----------------------------------------------------------------


@require_safe
def room(request: HttpRequest, org: str, name: str) -> HttpResponse:
    """Open the live room in one seat; to whoever may not sit there it is not found."""
    found = sitting(f"{org}/{name}")
    viewer = found.viewer(request.GET.get("seat", ""), person_id(request))
    return _shell(request, found, viewer, found.whole.seats[SeatId(str(viewer.seat))].kind)


@require_safe
def projector(request: HttpRequest, org: str, name: str) -> HttpResponse:
    """Open the room's shared screen; it shows what the public may see."""
    return _shell(request, sitting(f"{org}/{name}"), Viewer(), "projector")


def _shell(request: HttpRequest, found: Sitting, viewer: Viewer, kind: str) -> HttpResponse:
    context = {
        "sitting": found,
        "titles": found.convened().titles,
        "seat": viewer.seat or "",
        "kind": kind,
        "language": reader(),
        "telephone": settings.TELEPHONE,
        "timezone": settings.TIME_ZONE,
        **_assets(),
    }
    return render(request, "public/room.html", context)


def _assets() -> dict[str, object]:
    folder = Path(settings.ROOM_ASSETS)
    for path in (folder / "manifest.json", folder / ".vite" / "manifest.json"):
        if path.is_file():
            return _entry(path, path.stat().st_mtime_ns)
    return {"script": None, "styles": []}


@cache
def _entry(path: Path, changed: int) -> dict[str, object]:
    """Return the built room's script and stylesheets; *changed* makes a new build known."""
    parts = json.loads(path.read_text(encoding="utf-8"))
    entry = next(each for each in parts.values() if each.get("isEntry"))
    styles = list(entry.get("css", []))
    for name in entry.get("imports", []):
        styles += parts[name].get("css", [])
    return {"script": f"room/{entry['file']}", "styles": [f"room/{each}" for each in styles]}
