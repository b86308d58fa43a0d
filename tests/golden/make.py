"""Writes what every reader must fold to the same state: ``python -m tests.golden.make``.

``summit.jsonl`` and ``assembly.jsonl`` in this folder. The first line is
``{"origin", "profile", "viewers"}``; a viewer is a seat, or "" for the public. Each line after it is

* ``{"entry", "commitment", "read_by", "changes"}``: the next entry as the feed sends it, who may read
  it (the others get number, seal and commitment), and how it changed the state of each viewer, or
* ``{"window", "held", "changes"}``: what the running consultation holds, and how the state with what
  the viewer may see of it differs from the state without.

A state is ``Meeting`` without its profile, with every default written out, sets as sorted lists. A change
is ``[path, value]``, or ``[path]`` for what is gone.
"""

import datetime
import json
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace
from tests.golden.meetings import MEETINGS, Sitting

from plenary.desk.codec import Body, Deed, decode_body, decode_deed, encode
from plenary.desk.desk import fold
from plenary.desk.projections import may_read, room_as_seen_by
from plenary.record import Entry
from plenary.rules.events import AnyEvent, SilenceBroken
from plenary.rules.evolve import evolve_all
from plenary.rules.meeting import Meeting
from plenary.rules.names import SeatId
from plenary.rules.visibility import sees_everything

FOLDER = Path(__file__).parent
PUBLIC = ""
VIEWERS = {
    "summit": ["presiding", "KZ", "AF", PUBLIC],
    "assembly": ["secretariat", "FR", PUBLIC],
}

Change = list[Any]


def plain(value: Any) -> Any:
    """Return *value* as JSON, with every default written out and sets sorted."""
    if isinstance(value, msgspec.Struct):
        tag = value.__struct_config__
        fields = {
            field.encode_name: plain(getattr(value, field.name))
            for field in msgspec.structs.fields(value)
        }
        return {tag.tag_field: tag.tag, **fields} if tag.tag_field else fields
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(plain, value))
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, datetime.date) else value


def state(meeting: Meeting) -> dict[str, Any]:
    """Return what the screens hold of *meeting*."""
    whole: dict[str, Any] = plain(replace(meeting, profile=None))
    del whole["profile"]
    return whole


def changes(before: Any, after: Any, path: tuple[str, ...] = ()) -> Iterator[Change]:
    """Yield what to set, and what to take away, to come from *before* to *after*."""
    if before == after:
        return
    if not (isinstance(before, dict) and isinstance(after, dict)):
        yield [list(path), after]
        return
    for key in before.keys() - after.keys():
        yield [[*path, key]]
    for key, value in after.items():
        if key in before:
            yield from changes(before[key], value, (*path, key))
        else:
            yield [[*path, key], value]


class Watching:
    """Writes down each entry, and what each viewer's state is after it."""

    def __init__(self, name: str) -> None:
        profile, origin, self._holding = MEETINGS[name]
        self._sitting = Sitting(profile(), origin, self._look)
        self._viewers = VIEWERS[name]
        self._read: dict[str, list[Entry]] = {viewer: [] for viewer in self._viewers}
        self._states = {viewer: self._folded(viewer) for viewer in self._viewers}
        self._held: list[bytes] = []
        self._written = 0
        self.lines: list[dict[str, Any]] = [
            {
                "origin": origin,
                "profile": json.loads(encode(self._sitting.profile)),
                "viewers": self._viewers,
            }
        ]

    def go_through(self) -> list[dict[str, Any]]:
        self._holding(self._sitting)
        return self.lines

    def _look(self) -> None:
        for entry in self._sitting.minutes.entries(self._written - 1):
            self._entry(entry)
            self._written += 1
        held = list(self._sitting.minutes.held())
        if held != self._held:
            self._held = held
            if held:
                self._consultation([decode_deed(data) for data in held])

    def _entry(self, entry: Entry) -> None:
        meeting = self._sitting.desk.meeting
        assert entry.body is not None
        assert entry.salt is not None
        level = decode_body(entry.body).visibility
        changed = {}
        read_by = [viewer for viewer in self._viewers if may_read(meeting, _seat(viewer), level)]
        for viewer in read_by:
            self._read[viewer].append(entry)
            folded = self._folded(viewer)
            changed[viewer] = sorted(changes(state(self._states[viewer]), state(folded)))
            self._states[viewer] = folded
            self._nothing_to_take_away(viewer, folded)
        self.lines.append(
            {
                "entry": {
                    "number": entry.number,
                    "seal": entry.seal.hex(),
                    "salt": entry.salt.hex(),
                    "body": entry.body.decode(),
                },
                "commitment": entry.commitment.hex(),
                "read_by": read_by,
                "changes": changed,
            }
        )

    def _nothing_to_take_away(self, viewer: str, folded: Meeting) -> None:
        """In a consultation what a viewer folds is what a viewer may see.

        Whose objection outlives its window is kept from a viewer only as far as no entry says it:
        who broke a silence stands in one that members read.
        """
        if folded.window is not None and folded.window.way != "consensus":
            return
        seen = room_as_seen_by(folded, _seat(viewer))
        assert state(replace(seen, objected=folded.objected)) == state(folded)
        seat = _seat(viewer)
        if seat is None or not sees_everything(folded, seat):
            named = {
                event.seat for event in self._events(viewer) if isinstance(event, SilenceBroken)
            }
            assert frozenset().union(*folded.objected.values()) <= named

    def _consultation(self, deeds: list[Deed]) -> None:
        meeting = self._sitting.desk.meeting
        changed = {}
        for viewer in self._viewers:
            seat = _seat(viewer)
            if seat is None:
                continue
            everything = sees_everything(meeting, seat)
            own = [deed for deed in deeds if everything or deed.by.seat == seat]
            with_held = evolve_all(
                self._states[viewer], (event for deed in own for event in deed.events)
            )
            if everything:  # with what is held, they see the meeting as the desk does
                assert state(with_held) == state(meeting)
            changed[viewer] = sorted(changes(state(self._states[viewer]), state(with_held)))
        assert meeting.window is not None
        self.lines.append(
            {
                "window": meeting.window.id,
                "held": [json.loads(encode(deed)) for deed in deeds],
                "changes": changed,
            }
        )

    def _folded(self, viewer: str) -> Meeting:
        return fold(self._sitting.profile, self._bodies(viewer))[0]

    def _bodies(self, viewer: str) -> list[Body]:
        return [decode_body(each.body) for each in self._read[viewer] if each.body is not None]

    def _events(self, viewer: str) -> Iterator[AnyEvent]:
        for body in self._bodies(viewer):
            for deed in body.deeds:
                yield from deed.events


def _seat(viewer: str) -> SeatId | None:
    return SeatId(viewer) if viewer else None


def lines(name: str) -> Iterable[str]:
    """Return the lines of one file."""
    return (
        json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        for line in Watching(name).go_through()
    )


if __name__ == "__main__":
    for name in MEETINGS:
        (FOLDER / f"{name}.jsonl").write_text("\n".join(lines(name)) + "\n", encoding="utf-8")
