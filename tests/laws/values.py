"""Values for every field of every act, made from the definitions of the acts.

What a field may hold is read from its type: an identifier of the meeting's (`SeatId`, `DocumentId` …) is
mostly one that exists there now, and sometimes an alien one.
"""

import types
import typing
from collections.abc import Mapping
from enum import Enum
from random import Random

import msgspec

from plenary.rules import acts as a
from plenary.rules import names as n
from plenary.rules.meeting import Meeting

ALIEN = "alien"
ALIEN_DIGEST = "f" * 64

# What a field holds whose type says only that it is an identifier.
BY_NAME = {
    "body": "bodies",
    "office": "offices",
    "screen": "screens",
    "format": "formats",
    "type": "types",
    "matter": "matters",
    "decision": "decisions",
    "special_rule": "special_rules",
    "special_rules": "special_rules",
}


class Pool:
    """What exists in a meeting now, by what it is called, and marks that make every text unique."""

    def __init__(self, meeting: Meeting, chance: Random, aliens: float = 0.0) -> None:
        self.chance = chance
        self.aliens = aliens
        self.now = 0
        self.step = 0
        self.marked: list[str] = []
        self._meeting = meeting
        profile = meeting.profile
        windows = [*([meeting.window] if meeting.window else []), *meeting.silences.values()]
        self.there: dict[str, list[str]] = {
            "SeatId": [str(key) for key in meeting.seats],
            "PartyId": [str(party.id) for party in profile.organisation.parties],
            "PersonId": [str(p) for seat in meeting.seats.values() for p in seat.letters],
            "DocumentId": [str(key) for key in meeting.documents] + ["new-1", "new-2", "new-3"],
            "ItemId": [str(item.id) for item in meeting.agenda or ()] + ["1", "2"],
            "WindowId": [str(window.id) for window in windows],
            "MotionId": [str(motion.id) for motion in meeting.motions] + ["m-1", "m-2", "m-3"],
            "RuleId": list(profile.procedure.rules),
            "Digest": [window.digest for window in windows]
            + [document.digest for document in meeting.documents.values()],
            "kind": list(profile.procedure.motions),
            "bodies": [body.id for body in profile.organisation.bodies],
            "offices": [o.id for party in profile.organisation.parties for o in party.offices],
            "screens": ["screen-1", "screen-2"],
            "formats": list(profile.procedure.formats),
            "types": list(profile.procedure.document_types),
            "matters": list(profile.procedure.matters),
            "decisions": list(profile.procedure.decisions),
            "special_rules": list(profile.procedure.special_rules),
        }

    def one(self, kind: str, alien: str = ALIEN) -> str:
        there = self.there[kind]
        if not there or self.chance.random() < self.aliens:
            return alien
        return self.chance.choice(there)

    def words(self) -> str:
        """Words that stand nowhere else."""
        self.marked.append(f"§{self.step}.{len(self.marked)}§")
        return f"Words {self.marked[-1]}"

    def text(self) -> dict[n.Language, str]:
        languages = self._meeting.profile.organisation.languages
        return dict.fromkeys((*languages.official, *languages.pages), self.words())

    def texts(self) -> dict[n.Language, str]:
        languages = self._meeting.profile.organisation.languages
        digest = f"{self.chance.getrandbits(256):064x}"
        return dict.fromkeys((*languages.official, *languages.pages), digest)

    def moment(self) -> int:
        return max(0, self.now + self.chance.choice([-10_000, 0, 1000, 260_000_000, 300_000_000]))


ACTS_THAT_CAN_BE_LATE = [act for act in a.ACTS.values() if act is not a.EnterLate]


def any_act(act: type[a.Act], pool: Pool) -> a.AnyAct:
    """An act of that type with values that its definition allows."""
    return typing.cast(a.AnyAct, _struct(act, pool))


def hints(struct: type[msgspec.Struct]) -> Mapping[str, object]:
    fields = {field.name for field in msgspec.structs.fields(struct)}
    found = typing.get_type_hints(struct, include_extras=True)
    return {name: hint for name, hint in found.items() if name in fields}


def _struct(struct: type[msgspec.Struct], pool: Pool) -> msgspec.Struct:
    given = {name: _value(hint, name, pool) for name, hint in hints(struct).items()}
    return msgspec.convert(  # so that what the definitions forbid is not tried here
        msgspec.to_builtins(struct(**given)), struct
    )


def _value(hint: typing.Any, name: str, pool: Pool) -> object:
    if hint in LEAVES:
        return LEAVES[hint](pool)
    if name in BY_NAME and (isinstance(hint, typing.NewType) or hint == n.Identifier):
        return pool.one(BY_NAME[name])
    if name == "kind" and hint == n.Identifier:
        return pool.one("kind")
    if isinstance(hint, typing.NewType):
        return pool.one(hint.__name__)
    return _composed(hint, name, pool)


def _composed(hint: typing.Any, name: str, pool: Pool) -> object:
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        return _annotated(hint, name, pool)
    if origin in (types.UnionType, typing.Union):
        return _one_of(typing.get_args(hint), name, pool)
    if origin is tuple:
        return tuple(_value(hint.__args__[0], name, pool) for _ in range(pool.chance.randrange(3)))
    if origin is dict:
        return {pool.one("PersonId"): pool.text() for _ in range(2)}
    if issubclass(hint, Enum):
        return pool.chance.choice(list(hint))
    if issubclass(hint, msgspec.Struct):
        return _struct(hint, pool)
    return {bool: pool.chance.random() < 0.5, int: pool.chance.randrange(4), str: ALIEN}[hint]


def _annotated(hint: typing.Any, name: str, pool: Pool) -> object:
    inner, *metas = typing.get_args(hint)
    meta = next(each for each in metas if isinstance(each, msgspec.Meta))
    if meta.pattern is not None and inner is str:
        examples = {"^(stand_aside|opinion)$": ["stand_aside", "opinion"]}
        return pool.chance.choice(examples.get(meta.pattern, ["2020-11-10", "2021-01-01"]))
    made = _value(inner, name, pool)
    while meta.min_length is not None and len(typing.cast(tuple[object, ...], made)) == 0:
        made = _value(inner, name, pool)
    return made


def _one_of(among: tuple[object, ...], name: str, pool: Pool) -> object:
    if type(None) in among and pool.chance.random() < 0.5:
        return None
    rest = [each for each in among if each not in {type(None), a.EnterLate}]
    return _value(pool.chance.choice(rest), name, pool)


LEAVES: dict[object, typing.Callable[[Pool], object]] = {
    n.Text: Pool.text,
    a.Digests: Pool.texts,
    n.Line: Pool.words,
    n.Passage: Pool.words,
    n.Digest: lambda pool: pool.one("Digest", ALIEN_DIGEST),
    n.Moment: Pool.moment,
    n.Seconds: lambda pool: pool.chance.randrange(1, 900),
}
