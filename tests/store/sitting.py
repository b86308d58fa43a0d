"""A sitting of a real organisation, which several people keep busy at once.

Started as a program, `sitting.py ORIGIN RUN`, it is the process that gets killed: it acts in the database of
DATABASE_URL until it dies and, after each act, writes a line `KEY NUMBER` (`KEY held` while a consultation
holds the act), unbuffered, when and only when the desk has said that the act is done.
"""

import os
import sys
import threading
from collections.abc import Callable
from typing import Protocol

from plenary import wiring
from plenary.desk.desk import RULES_VERSION, Desk, Receipt
from plenary.desk.ports import Minutes, NumberTakenError
from plenary.desk.publishing import profile_digest
from plenary.rules import acts as a
from plenary.rules.meeting import Meeting
from plenary.rules.names import PersonId, SeatId, WindowId
from plenary.rules.refusals import Refused

PROFILE = wiring.profile("sco")
_OPENING = PROFILE.procedure.opening
SECRETARIAT, PRESIDING = (
    next(seat.id for seat in PROFILE.organisation.seats if seat.kind == kind)
    for kind in (_OPENING.secretariat_kind, _OPENING.presiding_kind)
)
MEMBERS = [SeatId(each.id) for each in PROFILE.organisation.parties if each.kind == "member"][:3]
NAMES = dict.fromkeys(PROFILE.organisation.languages.pages, "A person")


class Performing(Protocol):
    def __call__(self, by: a.Actor, act: a.AnyAct, *, key: str | None = None) -> Receipt: ...


def head(seat: SeatId) -> a.Actor:
    return a.Actor(person=PersonId(f"head-{seat}"), seat=seat)


SECRETARY = a.Actor(person=PersonId("secretary"), seat=SECRETARIAT)


def desk(minutes: Minutes) -> Desk:
    return Desk(
        PROFILE,
        minutes,
        clock=wiring.system_clock,
        salts=wiring.random_salts,
        presence=lambda: (PRESIDING, *MEMBERS),
    )


def opening() -> list[tuple[a.Actor, a.AnyAct]]:
    """What brings a meeting to the point where everybody can act."""
    done: list[tuple[a.Actor, a.AnyAct]] = [
        (
            SECRETARY,
            a.Convene(
                body=PROFILE.organisation.bodies[0].id,
                titles=NAMES,
                form=a.Form.VIDEOCONFERENCE,
                date="2020-11-10",
                place_of_record=NAMES,
                profile=profile_digest(PROFILE),
                rules_version=RULES_VERSION,
                secretariat={SECRETARY.person: NAMES},
            ),
        )
    ]
    for seat in (PRESIDING, *MEMBERS):
        person = head(seat).person
        done += [
            (
                SECRETARY,
                a.ReceiveLetter(seat=seat, person=person, names=NAMES, role=a.Role.HEAD),
            ),
            (
                SECRETARY,
                a.ExamineLetter(seat=seat, person=person, finding=a.Finding.ACCEPTED),
            ),
            (head(seat), a.TakeSeat(screen=f"screen-{seat}")),
        ]
    done.append((head(PRESIDING), a.OpenMeeting()))
    return done


def open_the_sitting(perform: Performing) -> None:
    """Each act has a key of its own, so that after a kill it goes on where it was."""
    for place, (by, act) in enumerate(opening()):
        perform(by, act, key=f"opening-{place}")


ABOUT_TO_END = "# a consultation is about to end\n"
"""Said before the act whose entry is written together with the consultation's."""

# The question put again and again: a procedural one, whose window may end at once.
PUT = a.Put(subject=a.RemoteForm(form=a.Form.VIDEOCONFERENCE))


def of_the_chair(meeting: Meeting, turn: int) -> a.AnyAct:
    """Put, and three turns later set aside: then what the consultation held is written."""
    if meeting.window is None:
        return PUT
    if turn % 4:
        return a.AcknowledgeText(window=WindowId("none"), digest="0" * 64)  # refused: just a turn
    return a.SetAside(window=meeting.window.id)


def of_a_member(meeting: Meeting, seat: SeatId, turn: int) -> a.AnyAct:
    """In a consultation acknowledge, object, lift; and on every other turn ask or withdraw."""
    window = meeting.window
    if window is not None and turn % 2:
        if seat not in window.acknowledged:
            return a.AcknowledgeText(window=window.id, digest=window.digest)
        if seat in window.objections:
            return a.LiftObjection(window=window.id)
        return a.Object(window=window.id)
    if any(request.seat == seat for request in meeting.floor.waiting):
        return a.WithdrawRequest()
    return a.AskForTheFloor()


def keep_busy(
    seat: SeatId, perform: Performing, now: Callable[[], Meeting], told: Callable[[str], None], run: str,
    turns: range | None = None,
) -> None:  # fmt: skip
    """Act for *seat*, turn after turn; what is refused was overtaken, and is passed over."""
    for turn in turns or range(10**9):
        meeting = now()
        act = of_the_chair(meeting, turn) if seat == PRESIDING else of_a_member(meeting, seat, turn)
        key = f"{run}.{seat}.{turn}"
        if isinstance(act, a.SetAside):
            told(ABOUT_TO_END)
        try:
            receipt = perform(head(seat), act, key=key)
        except Refused:
            continue
        told(f"{key} {'held' if receipt.number is None else receipt.number}\n")


def again_when_beaten(perform: Performing) -> Performing:
    """Where two desks write, one may be beaten to it more often than it tries; the key makes that safe."""

    def doing(by: a.Actor, act: a.AnyAct, *, key: str | None = None) -> Receipt:
        while True:
            try:
                return perform(by, act, key=key)
            except NumberTakenError:
                continue

    return doing


def main() -> None:
    origin, run = sys.argv[1:3]
    turns = range(int(sys.argv[3])) if len(sys.argv) > 3 else None
    wiring.use_database()
    writer = wiring.OneWriter(desk(wiring.minutes(origin)))
    perform = again_when_beaten(writer.perform)
    open_the_sitting(perform)
    people = [
        threading.Thread(
            target=keep_busy,
            args=(
                seat,
                perform,
                lambda: writer.meeting,
                lambda line: os.write(1, line.encode()),
                run,
                turns,
            ),
        )
        for seat in (PRESIDING, *MEMBERS)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()


if __name__ == "__main__":
    main()
