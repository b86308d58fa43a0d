"""Playing a script: bots do its acts one after another, and the meeting is what the desk answers.

Rule 1: what a bot knows of the meeting it folded from the desk's own answers.
Rule 2: a refusal nobody expected, and an expected one that did not come, both end the rehearsal.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Protocol

import msgspec

from plenary.cli.rehearsal.chance import lot
from plenary.cli.rehearsal.desks import ActingDesk, Answered, Asked
from plenary.cli.rehearsal.room import Room
from plenary.cli.rehearsal.weaving import Woven
from plenary.folders.folder import Folder, Placed, Racer, Step
from plenary.folders.reading import moment
from plenary.folders.who import NotAWhoError
from plenary.folders.words import NotAWordError, fill
from plenary.rules.acts import Actor, AnyAct, TakeSeat
from plenary.rules.evolve import evolve_all
from plenary.rules.names import Text
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


class Player(Room):
    """Plays one script at one desk."""

    def __init__(
        self, folder: Folder, woven: Woven, desk: ActingDesk, seed: str, telling: Telling
    ) -> None:
        super().__init__(folder, woven, seed)
        self.refused: Counter[Reason] = Counter()
        self._desk = desk
        self._telling = telling
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
            line = "the server is killed while it works, started anew, and sent the act again"
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

    def send(self, placed: Placed, number: int, by: Actor, act: AnyAct, *, kill: bool) -> Answered:
        """Send one act to the desk and take note of its answer."""
        asked = Asked(
            by=by,
            act=act,
            key=f"rehearsed {placed.key}/{number}"[-80:],
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
