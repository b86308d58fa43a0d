"""What every meeting does in the same way, as one step of a script: ``do = "accredit"``.

Rule: a macro yields ordinary acts, one by one, on the meeting as it is then.
"""

from collections.abc import Iterable, Iterator

from plenary.cli.rehearsal.playing import Macros, Scene
from plenary.cli.rehearsal.room import the_window
from plenary.folders.preparation import convening, inviting, letter, secretariat_seat, tabling
from plenary.rules import acts as a
from plenary.rules.acts import Actor, AnyAct, SignatureMeans
from plenary.rules.chairmanship import electing
from plenary.rules.events import Annotation
from plenary.rules.meeting import Document, DocumentStage
from plenary.rules.names import PersonId, SeatId

Doing = Iterator[tuple[Actor, AnyAct]]


def _secretariat(scene: Scene) -> Actor:
    """The person of the secretariat that the step names, else its first."""
    folder = scene.player.folder
    named = scene.step.by if isinstance(scene.step.by, str) else ""
    person = named.partition("/")[2] or next(iter(folder.summit.secretariat))
    return Actor(person=PersonId(person), seat=secretariat_seat(folder))


def _of(scene: Scene, otherwise: Iterable[SeatId]) -> set[SeatId]:
    """The seats the step is about: those it names, else *otherwise*."""
    step = scene.step
    return set(scene.player.seats(step.of, scene.placed) if step.of else otherwise)


def convene(scene: Scene) -> Doing:
    """Entry 0, from summit.toml."""
    yield _secretariat(scene), convening(scene.player.folder)


def accredit(scene: Scene) -> Doing:
    """The guests' seats, then every letter of the roster: received, and examined."""
    folder = scene.player.folder
    by = _secretariat(scene)
    about = _of(scene, (person.seat for person in folder.people))
    for guest in folder.summit.guests:
        if guest.seat in about:
            yield by, inviting(guest)
    for person in folder.people:
        if person.seat in about:
            yield from ((by, act) for act in letter(person))


def take_seats(scene: Scene) -> Doing:
    """Each seat not taken yet is taken at a screen of its own, by its head or else its first person."""
    meeting = scene.player.meeting
    about = _of(scene, (key for key, seat in meeting.seats.items() if seat.letters))
    for key in meeting.seats:
        if key in about and key not in scene.player.connected and not scene.player.is_lost(key):
            by = scene.player.actor(key, on_instruction=False)
            yield by, a.TakeSeat(screen=f"{key}-1")


def table_documents(scene: Scene) -> Doing:
    """The documents the step is about; else every one not tabled yet, but no amendment."""
    folder = scene.player.folder
    by = (
        scene.player.actor(scene.step.by, on_instruction=scene.step.on_instruction)
        if isinstance(scene.step.by, str)
        else _secretariat(scene)
    )
    named = scene.step.of
    for paper in folder.papers:
        wanted = paper.id in named if named else paper.amends is None
        if wanted and paper.id not in scene.player.meeting.documents:
            yield by, scene.decoded(tabling(folder, paper))


def acknowledge(scene: Scene) -> Doing:
    """Screens acknowledge by themselves what is put; in which order they do is drawn by lot."""
    player = scene.player
    window = the_window(player.meeting)
    if window is None:
        return
    seats = [
        seat
        for seat in window.electorate
        if seat in player.connected and seat in _of(scene, window.electorate)
    ]
    player.shuffle(scene.placed, seats)
    for seat in seats:
        now = player.meeting.window_of(window.id)
        if now is not None and seat not in now.acknowledged:
            by = player.actor(seat, on_instruction=False)
            yield by, a.AcknowledgeText(window=window.id, digest=window.digest)


def sign(scene: Scene) -> Doing:
    """Every document adopted with a view to signature, by every member in order that has not signed it."""
    player = scene.player
    about = _of(scene, electing(player.meeting))
    means = scene.step.means or SignatureMeans.ELECTRONIC
    for key in list(player.meeting.documents):
        for seat in electing(player.meeting):
            document = player.meeting.documents[key]
            if seat in about and _signs(document, seat):
                by = player.actor(seat, on_instruction=False)
                yield by, a.Sign(document=key, means=means, digest=document.digest)


def _signs(document: Document, seat: SeatId) -> bool:
    aside = Annotation(seat=seat, scope=a.Scope(document=document.id))
    return (
        document.stage is DocumentStage.ADOPTED
        and document.adoption == "for_signature"
        and seat not in document.signatures
        and aside not in document.annotations
    )


MACROS: Macros = {
    "convene": convene,
    "accredit": accredit,
    "take_seats": take_seats,
    "table_documents": table_documents,
    "acknowledge": acknowledge,
    "sign": sign,
}
