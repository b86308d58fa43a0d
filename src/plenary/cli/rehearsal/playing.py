"""Playing a script: bots do its acts one after another, and the meeting is what the desk answers.

Rule 1: what a bot knows of the meeting it folded from the desk's own answers.
Rule 2: a refusal nobody expected, and an expected one that did not come, both end the rehearsal.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Protocol

import msgspec

from plenary.cli.rehearsal.chance import lot
from plenary.cli.rehearsal.desks import Answered, Asked, RehearsalDesk
from plenary.cli.rehearsal.folder import Folder, Paper, Placed, Racer, Step, Who
from plenary.cli.rehearsal.reading import moment
from plenary.cli.rehearsal.weaving import Woven
from plenary.cli.rehearsal.who import NotAWhoError, seats_of
from plenary.cli.rehearsal.words import DRAWN, NotAWordError, fill
from plenary.rules.acts import Actor, AnyAct, TakeSeat
from plenary.rules.chairmanship import electing
from plenary.rules.drafting import digest_of
from plenary.rules.evolve import evolve_all
from plenary.rules.meeting import Meeting, Window, new_meeting
from plenary.rules.names import DocumentId, PersonId, SeatId, Text
from plenary.rules.refusals import Reason


class CourseError(Exception):
    """The rehearsal went another way than its script says; the text names file and step."""


class Telling(Protocol):
    """Tells whoever watches what is happening."""

    def says(self, at: int, words: Text) -> None:
        """The presiding officer's words."""
        ...

    def happens(self, at: int, place: tuple[int, int], did: "list[Did]", line: str) -> None:
        """What one step did; *line* says which lines were lost or came back."""
        ...


class Did(msgspec.Struct, frozen=True):
    """One act, who did it, and what the desk said."""

    by: Actor
    act: AnyAct
    answered: Answered


class Scene:
    """One step while it is played."""

    def __init__(self, player: "Player", placed: Placed) -> None:
        self.player = player
        self.placed = placed
        self.step = placed.step
        self._sent = 0

    def all_of(self, step: Step | Racer) -> Iterator[tuple[Actor, AnyAct]]:
        """Yield the act of *step*, once for each who does it."""
        given = step.by or ()
        for each in (given,) if isinstance(given, str) else given:
            for by in self._actors(each, on_instruction=step.on_instruction):
                yield by, self.act(step, by)

    def _actors(self, given: str, *, on_instruction: bool) -> Iterator[Actor]:
        seat, slash, person = given.partition("/")
        for each in self.player.seats(seat, self.placed):
            named = f"{each}{slash}{person.replace('{seat}', each)}"
            yield self.player.actor(named, on_instruction=on_instruction)

    def act(self, step: Step | Racer, by: Actor) -> AnyAct:
        """Return the act of *step*, with what its words mean now."""
        filled = fill(step.with_, lambda name, arg: self.player.meaning(name, arg, by, self.placed))
        if not isinstance(filled, dict):
            raise NotAWordError("with: expected a table")
        return self.decoded({"act": step.act, **filled})

    def decoded(self, plain: object) -> AnyAct:
        """Return an act, decoded as strictly as one from outside."""
        try:
            return msgspec.convert(plain, AnyAct)  # type: ignore[no-any-return]
        except msgspec.ValidationError as error:
            raise CourseError(f"{self.placed.place}: with: {error}") from error

    def do(self, by: Actor, act: AnyAct, *, kill: bool = False) -> Did:
        """Do one act."""
        if self.player.is_lost(self.player.place_of(by)):
            raise CourseError(f"{self.placed.place}: the line of {by.seat} is lost; it cannot act")
        self._sent += 1
        return Did(by, act, self.player.send(self.placed, self._sent, by, act, kill=kill))

    def as_expected(self, did: Did, refused: Reason | None) -> None:
        """Raise ``CourseError`` unless the desk's answer is the one the script expects."""
        answered = did.answered
        if answered.reason == refused:
            return
        who = f"{did.by.seat}/{did.by.person}"
        what = did.act.__struct_config__.tag
        if answered.reason is None:
            raise CourseError(
                f"{self.placed.place}: {what} by {who} was done; expected: refused, {refused}"
            )
        facts = ", ".join(f"{key} {value}" for key, value in answered.facts.items())
        expected = f"; expected: {refused}" if refused else ""
        raise CourseError(
            f"{self.placed.place}: {what} by {who} was refused: {answered.reason}, "
            f"by the rule {answered.rule} ({facts}){expected}"
        )


Macros = dict[str, Callable[[Scene], Iterator[tuple[Actor, AnyAct]]]]


class Player:
    """Plays one script at one desk."""

    def __init__(
        self, folder: Folder, woven: Woven, desk: RehearsalDesk, seed: str, telling: Telling
    ) -> None:
        self.folder = folder
        self.meeting: Meeting = new_meeting(folder.profile)
        self.now = moment(folder.summit.begins)
        self.connected: set[SeatId] = set()
        self.refused: Counter[Reason] = Counter()
        self._woven = woven
        self._desk = desk
        self._seed = seed
        self._telling = telling
        self._lost: set[SeatId] = set()
        acting = [each.key for each in woven.steps if each.step.act or each.step.do]
        self._killed = set(lot(seed, "kill").sample(acting, min(woven.kill, len(acting))))

    def play(self, pause: Callable[[float], object], macros: Macros) -> None:
        """Play the script to its end, or raise ``CourseError``."""
        steps = self._woven.steps
        for number, placed in enumerate(steps, 1):
            before = self.now
            self._advance(placed)
            pause((self.now - before) / 1000)
            try:
                self._one(placed, (number, len(steps)), macros)
            except (NotAWordError, NotAWhoError) as error:
                raise CourseError(f"{placed.place}: {error}") from error

    def _advance(self, placed: Placed) -> None:
        step = placed.step
        if step.at is not None:
            if moment(step.at) < self.now:
                raise CourseError(f"{placed.place}: at: it is later than that already")
            self.now = moment(step.at)
        elif placed.key != self._woven.steps[0].key:
            wait = self.folder.summit.seconds_between_steps if step.after is None else step.after
            self.now += 1000 * wait

    def _one(self, placed: Placed, place: tuple[int, int], macros: Macros) -> None:
        step = placed.step
        line = self._lines(placed)
        if placed.key in self._killed:
            line = "the desk is killed while it works, started anew, and sent the act again"
        begun = self.now
        if step.say is not None:
            self._telling.says(begun, step.say)
        scene = Scene(self, placed)
        did = self._race(scene, step) if step.race else self._acts(scene, step, macros)
        self._telling.happens(begun, place, did, line)

    def _lines(self, placed: Placed) -> str:
        lost = self.seats(placed.step.lose, placed)
        back = self.seats(placed.step.restore, placed)
        unknown = [seat for seat in (*lost, *back) if seat not in self.meeting.seats]
        if unknown:
            raise NotAWhoError(f"there is no seat {unknown[0]}")
        self._lost = (self._lost | set(lost)) - set(back)
        self.connected = (self.connected - set(lost)) | set(back)
        said = [f"line lost: {', '.join(lost)}"] if lost else []
        said += [f"line back: {', '.join(back)}"] if back else []
        return "; ".join(said)

    def _acts(self, scene: Scene, step: Step, macros: Macros) -> list[Did]:
        if step.do is not None:
            doing: Iterator[tuple[Actor, AnyAct]] = macros[step.do](scene)
        elif step.act is not None:
            doing = scene.all_of(step)
        else:
            return []
        did: list[Did] = []
        for by, act in doing:
            if did:
                self.now += 1000 * step.pace
            did.append(scene.do(by, act, kill=not did and scene.placed.key in self._killed))
            scene.as_expected(did[-1], step.refused)
        if step.act is not None and not did:
            raise NotAWhoError(f"{step.by} is nobody at this moment")
        return did

    def _race(self, scene: Scene, step: Step) -> list[Did]:
        """All are ready before the first is sent; in which order they arrive is drawn by lot."""
        ready = [(racer, by, act) for racer in step.race for by, act in list(scene.all_of(racer))]
        lot(self._seed, scene.placed.key, "race").shuffle(ready)
        did = [(racer, scene.do(by, act)) for racer, by, act in ready]
        won = [each for _, each in did if each.answered.reason is None]
        if len(won) != 1:
            raise CourseError(
                f"{scene.placed.place}: race: expected that one succeeds; {len(won)} did"
            )
        for racer, each in did:
            if each not in won:
                scene.as_expected(each, racer.refused)
        return [each for _, each in did]

    # ---- what a step's words mean ------------------------------------------------------------------

    def seats(self, given: Who, placed: Placed) -> tuple[SeatId, ...]:
        """Return the seats that *given* means now."""
        each = (given,) if isinstance(given, str) else given
        named = [self._drawn(one, placed) for one in each]
        return seats_of(named, self.folder.profile, self.folder.summit, self._sitting())

    def _sitting(self) -> dict[str, tuple[SeatId, ...]]:
        meeting = self.meeting
        window = the_window(meeting)
        return {
            "electorate": window.electorate if window else (),
            "waiting": tuple(request.seat for request in meeting.floor.waiting),
            "present": tuple(key for key in electing(meeting) if key in self.connected)
            if meeting.body
            else (),
        }

    def _drawn(self, given: str, placed: Placed) -> str:
        mark = f"${DRAWN}"
        if mark not in given:
            return given
        before, _, rest = given.partition(mark)
        name, slash, person = rest.partition("/")
        found = self._woven.drawn.get(f"{placed.fault}/{name}")
        if found is None:
            raise NotAWordError(f"{given}: nobody was drawn under that name")
        return f"{before}{found}{slash}{person}"

    def actor(self, given: str, *, on_instruction: bool) -> Actor:
        """Return who acts: the person named, else the head of the seat, else its first person."""
        seat, _, named = given.partition("/")
        place = self.meeting.seats.get(SeatId(seat))
        head = self.meeting.head_of(place) if place else None
        person = PersonId(named) if named else head or self._first(SeatId(seat))
        if on_instruction and person == head:
            raise NotAWhoError(f"{given} is the head, who needs no instruction")
        return Actor(
            person=person, seat=SeatId(seat), instructed_by=head if on_instruction else None
        )

    def _first(self, seat: SeatId) -> PersonId:
        place = self.meeting.seats.get(seat)
        if place is not None and place.letters:
            return next(iter(place.letters))
        raise NotAWhoError(f"nobody is accredited to {seat}")

    def place_of(self, by: Actor) -> SeatId:
        """Return where *by* sits: an acting chair presides from his or her own delegation's seat."""
        acting = self.meeting.acting_chair
        presides = acting is not None and by.seat == self.meeting.presiding().id
        return acting if presides and acting is not None else by.seat

    def is_lost(self, seat: SeatId) -> bool:
        """Return whether the script has cut the line of *seat*."""
        return seat in self._lost

    def meaning(self, name: str, argument: str, by: Actor, placed: Placed) -> object:
        """Return what a word stands for at this moment, in an act by *by*."""
        if name.startswith(DRAWN):
            return self._drawn(f"${name}", placed)
        match name:
            case "window" | "digest":
                return self._window_word(name)
            case "waiting":
                return [request.seat for request in self.meeting.floor.waiting]
            case "speaking":
                speaking = self.meeting.floor.speaking
                return speaking.request.seat if speaking else None
            case "seat":
                return by.seat
            case "head" | "head_of":
                return self.actor(
                    self._drawn(argument or by.seat, placed), on_instruction=False
                ).person
            case _:
                return self._further_word(name, argument)

    def _window_word(self, name: str) -> str:
        window = the_window(self.meeting)
        if window is None:
            raise NotAWordError(f"${name}: no question is before the meeting")
        return window.id if name == "window" else window.digest

    def _further_word(self, name: str, argument: str) -> object:
        match name:
            case "ruling":
                return self.meeting.ruling.number
            case "agenda":
                return msgspec.to_builtins(self.folder.items)
            case "documents":
                return [paper.id for paper in self.folder.papers if paper.amends is None]
            case "digest_of":
                return self._document_digest(DocumentId(argument))
            case "texts_of":
                return self.folder.texts[DocumentId(argument)]
            case "ago":
                return self.now - 1000 * int(argument)
            case "in":
                return self.now + 1000 * int(argument)
            case _:
                return sha256_of(argument)

    def tabling(self, paper: Paper) -> dict[str, object]:
        """Return the act that tables *paper*, with the digests of its texts."""
        plain = msgspec.to_builtins(paper)
        document = plain.pop("id")
        texts = self.folder.texts[paper.id]
        return {**plain, "act": "table", "document": document, "texts": texts}

    def shuffle(self, placed: Placed, seats: list[SeatId]) -> None:
        """Put *seats* into an order drawn by lot."""
        lot(self._seed, placed.key, "order").shuffle(seats)

    def _document_digest(self, document: DocumentId) -> str:
        found = self.meeting.documents.get(document)
        return found.digest if found else digest_of(self.folder.texts[document])

    def send(self, placed: Placed, number: int, by: Actor, act: AnyAct, *, kill: bool) -> Answered:
        """Send one act to the desk and take note of its answer."""
        asked = Asked(
            by=by,
            act=act,
            key=f"{placed.key}/{number}",
            at=self.now,
            connected=tuple(sorted(self.connected)),
        )
        answered = self._desk.do(asked, killed=kill)
        if answered.reason is not None:
            self.refused[answered.reason] += 1
            return answered
        self.meeting = evolve_all(self.meeting, answered.events)
        if isinstance(act, TakeSeat):
            self.connected.add(by.seat)
        return answered


def the_window(meeting: Meeting) -> Window | None:
    """Return the question before the meeting, else the silence procedure begun last."""
    if meeting.window is not None:
        return meeting.window
    return next(reversed(meeting.silences.values()), None)


def sha256_of(words: str) -> str:
    """Return the SHA-256 of some words, in place of a recording nobody made."""
    return hashlib.sha256(words.encode()).hexdigest()
