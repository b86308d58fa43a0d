"""What people do: acts, presence, notes; parsed strictly, and answered once it is done."""

from typing import Annotated, Any, Final

import msgspec

from plenary.desk.desk import Receipt
from plenary.feed.frames import event
from plenary.feed.notes import Note
from plenary.feed.viewers import viewer_in
from plenary.rules.acts import (
    AnyAct,
    Convene,
    LiftObjection,
    Object,
    PlaceOpinion,
    StandAside,
    TakeBack,
)
from plenary.rules.names import Identifier, PersonId, SeatId, Value, unfit_character
from plenary.rules.refusals import Refused
from plenary.web.live.asking import NotAnsweredError, Request, decoded, not_found
from plenary.web.live.rooms import Asked, Room
from plenary.web.live.session import Sessions
from plenary.web.phrases import RuleInWords, refusal, rule_in_words

Key = Annotated[str, msgspec.Meta(min_length=8, max_length=80)]
Seat = Annotated[SeatId, msgspec.Meta(min_length=1, max_length=40)]
Number = Annotated[int, msgspec.Meta(ge=-1, lt=10**12)]


class ActPosted(Value, kw_only=True):
    """The body of a POST to ``acts``."""

    key: Key
    seen: Number
    seat: Seat
    act: AnyAct
    on_instruction: bool = False


class ActHandedOver(Value, kw_only=True):
    """The body of a POST to ``/internal/acts``: the pages process says whose act it is."""

    origin: Annotated[str, msgspec.Meta(max_length=120)]
    person: Annotated[PersonId, msgspec.Meta(min_length=1, max_length=80)]
    key: Key
    seat: Seat
    act: AnyAct
    on_instruction: bool = False
    language: str = "en"


class PresencePosted(Value, kw_only=True):
    """The body of a POST to ``presence``."""

    seat: Seat
    screen: Identifier
    number: Number
    whole: bool


class NotePosted(Value, kw_only=True):
    """The body of a POST to ``notes``."""

    key: Key
    seat: Seat
    to: Seat
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4_000)]


RAISED: Final = (Object, LiftObjection, StandAside, PlaceOpinion, TakeBack)
"""Acts that a running consultation holds and resends."""

ACT: Final = msgspec.json.Decoder(ActPosted)
HANDED_OVER: Final = msgspec.json.Decoder(ActHandedOver)
PRESENCE: Final = msgspec.json.Decoder(PresencePosted)
NOTE: Final = msgspec.json.Decoder(NotePosted)


class RefusedAnswer(Value, kw_only=True):
    """The body of a 409: the reason, in words of the reader's language, the rule and the facts."""

    refused: str
    message: str
    rule: RuleInWords | None
    facts: dict[str, Any]


class Done(Value, kw_only=True, omit_defaults=False):
    """The body of a 200: the entry's number (None: a consultation holds it) and the server's time."""

    number: int | None
    at: int


def done(room: Room, receipt: Receipt) -> Done:
    """Return the answer to an act that is done."""
    return Done(number=receipt.number, at=room.steady())


def refused_answer(refused: Refused, room: Room, seat: SeatId, language: str) -> RefusedAnswer:
    """Return why an act was refused, in *language*; names come from what *seat* may see."""
    facts: dict[str, Any] = msgspec.to_builtins(refused.facts, str_keys=True)
    return RefusedAnswer(
        refused=refused.reason.value,
        message=refusal(refused, room.profile, language, room.feed.seen(seat)),
        rule=rule_in_words(room.profile, refused.rule, language),
        facts=facts,
    )


async def person_asking(
    request: Request, sessions: Sessions, *, believing: bool = False
) -> PersonId:
    """Return who is signed in, or answer that nothing is there."""
    person = await sessions.person(sessions.key(request), believing=believing)
    if person is None:
        raise not_found()
    return person


def act_asked(posted: ActPosted, room: Room, person: PersonId) -> Asked:
    """Return the act as it goes to the desk."""
    if posted.seen >= room.feed.size:
        raise NotAnsweredError(400, "malformed", "no such entry yet", "$.seen")
    if viewer_in(room.meeting, posted.seat, person) is None:
        raise not_found()
    return Asked(
        person=person,
        seat=posted.seat,
        act=posted.act,
        key=posted.key,
        on_instruction=posted.on_instruction,
    )


def act_handed_over(data: bytes) -> tuple[ActHandedOver, Asked]:
    """Return what the pages process asks for, and the act as it goes to the desk."""
    given = decoded(data, HANDED_OVER)
    asked = Asked(
        person=given.person,
        seat=given.seat,
        act=given.act,
        key=given.key,
        on_instruction=given.on_instruction,
        convening=isinstance(given.act, Convene),
    )
    return given, asked


def said_present(posted: PresencePosted, room: Room, person: PersonId) -> bool:
    """Take in that a screen of a seat is there; return whether another one took its place."""
    if viewer_in(room.meeting, posted.seat, person) is None:
        raise not_found()
    if room.presence.is_displaced(posted.seat, posted.screen):
        return True
    room.checked(posted.seat, posted.screen, posted.number, whole=posted.whole)
    return False


def send_note(posted: NotePosted, room: Room, person: PersonId) -> Note | None:
    """Send a private note, once, to both seats; returns it, or None if it was sent before."""
    if viewer_in(room.meeting, posted.seat, person) is None or posted.to not in room.meeting.seats:
        raise not_found()
    if unfit_character(posted.text) is not None:
        raise NotAnsweredError(400, "malformed", "a character that misleads", "$.text")
    note = room.notes.send(
        posted.key, room.steady(), by=(person, posted.seat), to=posted.to, text=posted.text
    )
    if note is not None:
        both = {posted.seat, posted.to}
        room.feed.tell(event("note", note), lambda viewer: viewer.seat in both)
    return note
