"""Writes what the screens know of the protocol from the structs that speak it.

``python -m tests.house.protocol_types > frontend/src/protocol/types.ts``

Rule 1: a name on the wire is a name in TypeScript; only names the browser has already get another.
Rule 2: what was read has every field (``SHAPES`` fills in what the wire leaves out); what is sent may
    leave out what has a default, and is called ``...Given``.
"""

import datetime
import json
import re
import sys
from collections.abc import Iterator
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, NewType, Union, get_args, get_origin, get_type_hints

import msgspec

from plenary.desk import codec
from plenary.rules import acts, events, meeting, names, order, profile
from plenary.rules.refusals import Reason

RENAMED: dict[type, str] = {
    codec.Body: "EntryBody",
    meeting.Request: "FloorRequest",
    meeting.Document: "MeetingDocument",
    meeting.Window: "DecisionWindow",
}
ALIASES: dict[str, Any] = {
    "Text": names.Text,
    "Moment": names.Moment,
    "Seconds": names.Seconds,
    "Digest": names.Digest,
}
LEFT_OUT = {(meeting.Meeting, "profile")}
"""The state travels without the profile, which the screens fetch once."""
UNIONS: dict[str, tuple[str, Any]] = {
    "Act": ("act", acts.AnyAct),
    "Subject": ("subject", acts.AnySubject),
    "AnyEvent": ("event", events.AnyEvent),
}
WORDS = re.compile(r"^\^\(([a-z_|]+)\)\$$")
ROOTS = (codec.Body, meeting.Meeting, profile.Profile)

HEAD = """\
// Made from the code by `python -m tests.house.protocol_types > frontend/src/protocol/types.ts`;
// a test holds it to that. What was read has every field; what is sent may leave out what has a default.
"""


class Writer:
    """Collects the types that are needed, and writes them in the order of their names."""

    def __init__(self) -> None:
        self.written: dict[str, str] = {}
        self.shapes: dict[str, str] = {}

    def page(self) -> str:
        for root in ROOTS:
            self.name(root, given=False)
        self._union("Act", given=True)
        for name, alias in ALIASES.items():
            self.written[name] = f"export type {name} = {self._kind(alias, given=False, top=True)}"
        self.written["Reason"] = _strings("Reason", Reason)
        parts = [HEAD, *(self.written[name] for name in sorted(self.written))]
        parts += [
            "export type ActName = Act['act']",
            "export type ActOf<Name extends ActName> = Extract<Act, { act: Name }>",
            "export type EventName = AnyEvent['event']",
            "export type EventOf<Name extends EventName> = Extract<AnyEvent, { event: Name }>",
            self._order(),
            self._shapes(),
        ]
        return "\n\n".join(part.strip() for part in parts) + "\n"

    def name(self, kind: type, *, given: bool) -> str:
        """Return the TypeScript name of a struct or an enumeration, and have it written."""
        if issubclass(kind, StrEnum):
            self.written.setdefault(kind.__name__, _strings(kind.__name__, kind))
            return kind.__name__
        given = given and _leaves_out(kind)
        name = RENAMED.get(kind, kind.__name__) + ("Given" if given else "")
        if name not in self.written:
            self.written[name] = ""  # for those that hold themselves
            fields = "\n".join(f"  {line}" for line in self._fields(kind, given=given))
            self.written[name] = f"export interface {name} {{\n{fields}\n}}"
            if not given:
                self._shape(name, kind)
        return name

    def _fields(self, kind: type, *, given: bool) -> Iterator[str]:
        hints = get_type_hints(kind, include_extras=True)
        for field in msgspec.structs.fields(kind):
            if (kind, field.name) not in LEFT_OUT:
                mark = "?" if given and not field.required else ""
                said = self._kind(hints[field.name], given=given)
                yield f"{field.encode_name}{mark}: {said}"

    def _kind(self, hint: Any, *, given: bool, top: bool = False) -> str:
        if not top:
            for name, alias in ALIASES.items():
                if hint == alias:
                    return name
        if isinstance(hint, NewType):
            self.written[hint.__name__] = f"export type {hint.__name__} = string"
            return hint.__name__
        if isinstance(hint, type) and get_origin(hint) is None:
            return self._plain(hint, given=given)
        return self._compound(hint, given=given)

    def _compound(self, hint: Any, *, given: bool) -> str:
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Annotated:
            words = _words(arguments[1:])
            return " | ".join(map(repr, words)) or self._kind(arguments[0], given=given)
        if origin in {Union, UnionType}:
            for name, (_, union) in UNIONS.items():
                if set(get_args(union)) <= set(arguments):
                    return self._union(name, given=given)
            return " | ".join(self._kind(each, given=given) for each in arguments)
        if origin is dict:
            return f"Record<{self._kind(arguments[0], given=given)}, {self._kind(arguments[1], given=given)}>"
        if origin is tuple and arguments[-1] is not ...:
            return (
                "readonly [" + ", ".join(self._kind(each, given=given) for each in arguments) + "]"
            )
        if origin in {tuple, frozenset}:
            return f"readonly {_in_brackets(self._kind(arguments[0], given=given))}[]"
        raise TypeError(hint)

    def _plain(self, hint: type, *, given: bool) -> str:
        plain: dict[type, str] = {
            str: "string",
            int: "number",
            bool: "boolean",
            type(None): "null",
            datetime.date: "string",
        }
        return plain[hint] if hint in plain else self.name(hint, given=given)

    def _union(self, name: str, *, given: bool) -> str:
        """Write a union that its tag tells apart, member by member."""
        tag, union = UNIONS[name]
        called = name + ("Given" if given and name != "Act" else "")
        given = given or name == "Act"
        if called not in self.written:
            self.written[called] = ""
            members = []
            for kind in get_args(union):
                bears = msgspec.inspect.type_info(kind).tag  # type: ignore[attr-defined]
                fields = [f"{tag}: '{bears}'", *self._fields(kind, given=given)]
                members.append(f"  | {{ {'; '.join(fields)} }}")
                if not given:
                    self._shape(f"{name}.{bears}", kind)
            self.written[called] = f"export type {called} =\n" + "\n".join(members)
        return called

    def _shape(self, name: str, kind: type) -> None:
        """Note what the wire leaves out of a struct, and which of its fields hold structs."""
        hints = get_type_hints(kind, include_extras=True)
        fields = [f for f in msgspec.structs.fields(kind) if (kind, f.name) not in LEFT_OUT]
        defaults = {f.encode_name: _default(f) for f in fields if not f.required}
        holds = {f.encode_name: self._holds(hints[f.name]) for f in fields}
        nested = {field: held for field, held in holds.items() if held}
        if defaults or nested:
            self.shapes[name] = f"[{json.dumps(defaults)}, {json.dumps(nested)}]"

    def _holds(self, hint: Any) -> str:
        """Return the struct a field holds: ``Item[]`` in a list, ``Seat{}`` by key, ``Scope[1]`` in a pair."""
        origin, arguments = get_origin(hint), get_args(hint)
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
            return self.name(hint, given=False) if _leaves_out(hint) else ""
        if origin is Annotated:
            return self._holds(arguments[0])
        if origin in {Union, UnionType}:
            return self._union_held(arguments)
        if origin is dict:
            return _marked(self._holds(arguments[1]), "{}")
        if origin is tuple and arguments[-1] is not ...:
            held = [_marked(self._holds(each), f"[{at}]") for at, each in enumerate(arguments)]
            return next(filter(None, held), "")
        return _marked(self._holds(arguments[0]), "[]") if origin is tuple else ""

    def _union_held(self, members: tuple[Any, ...]) -> str:
        for name, (_, union) in UNIONS.items():
            if set(get_args(union)) <= set(members):
                return "" if name == "Act" else name
        return next(filter(None, map(self._holds, members)), "")

    def _shapes(self) -> str:
        tags = {name: tag for name, (tag, _) in UNIONS.items() if name != "Act"}
        lines = [f"  {json.dumps(name)}: {self.shapes[name]}," for name in sorted(self.shapes)]
        return (
            f"export const TAGS: Record<string, string> = {json.dumps(tags)}\n\n"
            "/** What the wire leaves out of each struct, and which fields hold structs. */\n"
            "export const SHAPES: Record<string, readonly [Record<string, unknown>, Record<string, string>]> = {\n"
            + "\n".join(lines)
            + "\n}"
        )

    def _order(self) -> str:
        """Write when acts are in order; the desk decides, the screens only offer what it would hear."""
        stages = {
            name: [stage.value for stage, able in order.IN_ORDER.items() if act in able]
            for name, act in acts.ACTS.items()
        }
        lists = {
            "IN_ANY_FORMAT": order.ATTENDING_OR_NOT,
            "NOT_ONCE_ADJOURNED": order.NOT_ONCE_ADJOURNED,
            "AFTER_THE_POINT_OF_ORDER": order.AFTER_THE_POINT_OF_ORDER,
        }
        parts = [f"export const IN_ORDER: Record<ActName, readonly Stage[]> = {json.dumps(stages)}"]
        parts += [
            f"export const {name}: readonly ActName[] = "
            + json.dumps([key for key, act in acts.ACTS.items() if act in listed])
            for name, listed in lists.items()
        ]
        return "\n".join(parts)


def _strings(name: str, kind: type[StrEnum]) -> str:
    return f"export type {name} = {' | '.join(repr(str(each)) for each in kind)}"


def _words(limits: tuple[Any, ...]) -> list[str]:
    """Return the words a text is limited to by a pattern such as ``^(consensus|vote)$``."""
    patterns = [each.pattern or "" for each in limits if isinstance(each, msgspec.Meta)]
    found = [match for match in map(WORDS.match, patterns) if match]
    return found[0].group(1).split("|") if found else []


def _marked(held: str, mark: str) -> str:
    return held and held + mark


def _in_brackets(kind: str) -> str:
    return f"({kind})" if " " in kind else kind


def _default(field: msgspec.structs.FieldInfo) -> object:
    value = (
        field.default if field.default is not msgspec.NODEFAULT else _made(field.default_factory)
    )
    return msgspec.to_builtins(value, order="deterministic")


def _made(factory: Any) -> object:
    return factory()


def _leaves_out(kind: type, seen: frozenset[type] = frozenset()) -> bool:
    """Return whether the wire may leave something out of *kind*, or of what it holds."""
    if kind in seen:
        return False
    fields = msgspec.structs.fields(kind)
    hints = get_type_hints(kind, include_extras=True)
    held = {struct for field in fields for struct in _structs_in(hints[field.name])}
    return any(not field.required for field in fields) or any(
        _leaves_out(each, seen | {kind}) for each in held
    )


def _structs_in(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield hint
    for each in get_args(hint):
        yield from _structs_in(each)


def page() -> str:
    """Return the whole module."""
    return Writer().page()


if __name__ == "__main__":
    sys.stdout.write(page())
