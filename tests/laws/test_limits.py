"""What comes from outside is bounded, and holds no character that misleads: for every field of every act."""

import typing
from collections.abc import Iterator
from functools import cache
from random import Random

import msgspec
import pytest
from tests.laws.values import Pool, any_act
from tests.laws.walking import NOON, SECRETARY, a_known_walk, walked

from plenary.desk.codec import NotABodyError, decode_body, encode
from plenary.rules import acts as a
from plenary.rules.decide import decide
from plenary.rules.meeting import Meeting
from plenary.rules.refusals import Reason, Refused

MISLEADING = {
    "a null": "\x00",
    "an escape": "\x1b",
    "a carriage return": "\r",
    "a delete": "\x7f",
    "a C1 control": "\x85",
    "an override to the left": "\u202e",
    "an override to the right": "\u202d",
    "an isolate": "\u2066",
    "a line separator": "\u2028",
    "a byte order mark": "\ufeff",
}
ACT = msgspec.json.Decoder(a.AnyAct)
LONGEST_TEXT = 20_000
MOST = 400
FACTS = a.Facts(at=NOON + 10**9, connected=())

Path = tuple[str | int, ...]


@cache
def _meeting() -> Meeting:
    return walked("sco", [0]).meeting


@cache
def _filled(name: str) -> list[dict[str, typing.Any]]:
    """Plain acts of that name which, together, have every field of it filled."""
    made = [any_act(a.ACTS[name], Pool(_meeting(), Random(number))) for number in range(60)]
    return [msgspec.to_builtins(act) for act in made]


def _strings(value: object, path: Path = ()) -> Iterator[Path]:
    """Where in a plain value there are strings, but for the names of acts and subjects."""
    if isinstance(value, str) and path[-1] not in {"act", "subject"}:
        yield path
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _strings(part, (*path, key))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _strings(part, (*path, place))


def _with(value: typing.Any, path: Path, new: object) -> typing.Any:
    if not path:
        return new
    copied = value.copy()
    copied[path[0]] = _with(value[path[0]], path[1:], new)
    return copied


def _fields(name: str) -> dict[tuple[str, ...], tuple[dict[str, typing.Any], Path]]:
    """For every field of text of an act, an act that has it and the place where it stands there."""
    found = {}
    for plain in _filled(name):
        for path in _strings(plain):
            found[tuple(str(part) for part in path if isinstance(part, str))] = (plain, path)
    return found


def _taken(plain: object) -> list[object]:
    """What the decoder and then the rules make of an act that somebody sends."""
    act = ACT.decode(msgspec.json.encode(plain))
    return list(decide(_meeting(), SECRETARY, act, FACTS))


TEXT_FIELDS = [(name, field) for name in a.ACTS for field in _fields(name)]


def test_most_acts_have_text_to_be_checked() -> None:
    assert len(TEXT_FIELDS) > 150


@pytest.mark.parametrize("character", MISLEADING.values(), ids=list(MISLEADING))
@pytest.mark.parametrize("name", a.ACTS)
def test_no_text_of_an_act_holds_a_misleading_character(name: str, character: str) -> None:
    """The decoder refuses it where the field has a pattern; else the refusal names the character."""
    for plain, path in _fields(name).values():
        unfit = _with(plain, path, f"a{character}b")
        try:
            act = ACT.decode(msgspec.json.encode(unfit))
        except msgspec.ValidationError:
            continue
        with pytest.raises(Refused) as refused:
            decide(_meeting(), SECRETARY, act, FACTS)
        assert refused.value.reason is Reason.UNFIT_TEXT
        assert refused.value.facts == {"character": f"U+{ord(character):04X}"}


@pytest.mark.parametrize("character", MISLEADING.values(), ids=list(MISLEADING))
def test_neither_does_a_name_of_who_acts_or_a_language(character: str) -> None:
    words = f"a{character}b"
    raised = a.RaisePointOfOrder(point="Order")
    guest = a.InviteGuest(
        seat=_meeting().presiding().id,
        titles={typing.cast(typing.Any, words): "A guest"},
        delivery=a.Delivery.LIVE,
    )
    tried: list[tuple[a.Actor, a.AnyAct]] = [
        (msgspec.structs.replace(SECRETARY, person=words), raised),
        (msgspec.structs.replace(SECRETARY, instructed_by=words), raised),
        (msgspec.structs.replace(SECRETARY, seat=words), raised),
        (SECRETARY, guest),
    ]
    for by, act in tried:
        with pytest.raises(Refused) as refused:
            decide(_meeting(), by, act, FACTS)
        assert refused.value.reason is Reason.UNFIT_TEXT


@pytest.mark.parametrize("name", a.ACTS)
def test_an_unknown_field_is_refused_wherever_it_stands(name: str) -> None:
    for plain in _filled(name):
        for path in _objects(plain):
            unknown = _grown(plain, path)
            with pytest.raises(msgspec.ValidationError, match="surplus"):
                ACT.decode(msgspec.json.encode(unknown))


def _objects(value: object, path: Path = ()) -> Iterator[Path]:
    """Where in a plain act there are structs (and not tables of texts by language or person)."""
    if isinstance(value, dict):
        if path == () or path[-1] in {
            "scope",
            "report",
            "authorises",
            "subject",
            "done",
            "done_by",
        }:
            yield path
        for key, part in value.items():
            yield from _objects(part, (*path, key))


def _grown(plain: typing.Any, path: Path) -> typing.Any:
    inner = plain
    for part in path:
        inner = inner[part]
    return _with(plain, path, {**inner, "surplus": 1})


@pytest.mark.parametrize(("name", "field"), TEXT_FIELDS)
def test_no_text_of_an_act_is_longer_than_the_longest(name: str, field: tuple[str, ...]) -> None:
    plain, path = _fields(name)[field]
    with pytest.raises((msgspec.ValidationError, Refused)):
        _taken(_with(plain, path, "x" * (LONGEST_TEXT + 1)))


def _parts(value: object) -> list[tuple[str | int, object]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def _lists(value: object, path: Path = ()) -> Iterator[Path]:
    if isinstance(value, list):
        yield path
    for key, part in _parts(value):
        yield from _lists(part, (*path, key))


@pytest.mark.parametrize("name", a.ACTS)
def test_no_list_of_an_act_is_longer_than_the_longest(name: str) -> None:
    for plain in _filled(name):
        for path in _lists(plain):
            inner: typing.Any = plain
            for part in path:
                inner = inner[part]
            if inner:
                with pytest.raises(msgspec.ValidationError):
                    ACT.decode(msgspec.json.encode(_with(plain, path, [inner[0]] * (MOST + 1))))


@pytest.mark.parametrize("name", a.ACTS)
def test_no_table_of_an_act_is_larger_than_the_largest(name: str) -> None:
    for plain in _filled(name):
        for field, value in plain.items():
            if isinstance(value, dict) and field in {"titles", "names", "texts", "place_of_record"}:
                some = next(iter(value.values()))
                many = {f"l{number}": some for number in range(21)}
                with pytest.raises(msgspec.ValidationError):
                    ACT.decode(msgspec.json.encode({**plain, field: many}))


def test_a_body_with_an_unknown_field_or_another_spelling_is_no_body() -> None:
    entry = next(iter(a_known_walk("sco", 0).minutes.entries()))
    assert entry.body is not None
    assert encode(decode_body(entry.body)) == entry.body
    spellings = [
        entry.body.replace(b'{"meeting"', b'{"surplus":1,"meeting"', 1),
        entry.body.replace(b'{"meeting"', b'{ "meeting"', 1),
        entry.body.replace(b'"visibility":"public"', b'"visibility":"publi\\u0063"', 1),
        entry.body.replace(b'"number":0', b'"number":0.0', 1),
        entry.body + b" ",
        b"\xef\xbb\xbf" + entry.body,
    ]
    for spelling in spellings:
        assert spelling != entry.body
        with pytest.raises(NotABodyError):
            decode_body(spelling)


@pytest.mark.parametrize("key", ["k" * 81, "k\x00", "k\u202e", "\ud800"])
def test_a_key_that_could_not_be_read_back_is_refused(key: str) -> None:
    """Else the record, once written, could never be opened again."""
    walk = walked("sco", [0])
    before = (walk.desk.meeting, walk.desk.written)
    with pytest.raises(Refused) as refused:
        walk.desk.perform(SECRETARY, a.CallTheRoll(), key=key)
    assert refused.value.reason is Reason.UNFIT_TEXT
    assert (walk.another_desk().meeting, walk.another_desk().written) == before


def test_no_person_of_the_secretariat_has_an_endless_name() -> None:
    plain = _filled("convene")[0]
    names = next(iter(plain["secretariat"].values()))
    with pytest.raises(msgspec.ValidationError):
        ACT.decode(msgspec.json.encode({**plain, "secretariat": {"p" * 81: names}}))
