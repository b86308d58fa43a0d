"""The transcript of a rehearsal, line by line as it goes: the time, who, what, and what came of it."""

import datetime
import textwrap
from typing import TextIO

import msgspec

from plenary.cli.rehearsal.playing import Did
from plenary.rules.acts import AnyAct
from plenary.rules.names import Language, Text

SHOWN = ("seat", "to", "item", "document", "motion", "kind", "rule", "vote", "screen", "means")
"""What of an act stands in its line."""

SHOWN_OF_MANY = ("motion", "vote", "means")
"""What stands in the line of an act that many do."""


class Silence:
    """Tells nothing."""

    def says(self, at: int, words: Text) -> None:
        """Say nothing."""

    def happens(self, at: int, place: tuple[int, int], did: list[Did], line: str) -> None:
        """Say nothing."""


class Transcript:
    """Writes the transcript, in one language, with the clock of the place the meeting is held in."""

    def __init__(self, file: TextIO, language: Language, zone: datetime.tzinfo | None) -> None:
        self._file = file
        self._language = language
        self._zone = zone
        self._day = ""

    def says(self, at: int, words: Text) -> None:
        """Write the presiding officer's words."""
        self._dated(at)
        said = words.get(self._language) or next(iter(words.values()), "")
        for line in textwrap.wrap(f"“{said}”", 96):
            self._write(f"{'':8}    {line}")

    def happens(self, at: int, place: tuple[int, int], did: list[Did], line: str) -> None:
        """Write what one step did."""
        when = self._dated(at)
        progress = f"{place[0]}/{place[1]}"
        head = f"{when:%H:%M:%S}  {progress:>8}  "
        if line:
            self._write(f"{head}{line}")
        groups: list[list[Did]] = []
        for each in did:
            if groups and _alike(groups[-1][-1], each):
                groups[-1].append(each)
            else:
                groups.append([each])
        for group in _shortened(groups):
            self._write(head + group)

    def _dated(self, at: int) -> datetime.datetime:
        """Return the time at the place of the meeting; a new day has a line of its own."""
        when = datetime.datetime.fromtimestamp(at / 1000, self._zone)
        day = f"{when:%d %B %Y}"
        if day != self._day:
            self._day = day
            self._write(f"---- {day}, {when:%Z}".rstrip(", "))
        return when

    def _write(self, line: str) -> None:
        self._file.write(f"{line}\n")
        self._file.flush()


def _shortened(groups: list[list[Did]]) -> list[str]:
    if sum(map(len, groups)) <= 4 or len(groups) <= 2:
        return [_line(group) for group in groups]
    everything = [each for group in groups for each in group]
    kinds = " and ".join(dict.fromkeys(_name(each.act) for each in everything))
    numbers = [each.answered.number for each in everything if each.answered.number is not None]
    outcome = f"entries {numbers[0]} to {numbers[-1]}" if numbers else "kept until the window ends"
    return [f"{everything[0].by.seat:16} {kinds}: {len(everything)} acts  → {outcome}"]


def _line(group: list[Did]) -> str:
    first, last = group[0], group[-1]
    who = f"{first.by.seat}" if len(group) == 1 else f"{len(group)} seats"
    if len(group) == 1:
        who += f" ({first.by.person})"
    if first.by.instructed_by is not None:
        who += f" for {first.by.instructed_by}"
    return f"{who:32} {_said(first.act, SHOWN if len(group) == 1 else SHOWN_OF_MANY)}  → {_outcome(first, last)}"


def _outcome(first: Did, last: Did) -> str:
    answered = first.answered
    if answered.reason is not None:
        return f"refused: {answered.reason} (rule {answered.rule})"
    if answered.number is None:
        return "kept until the window ends"
    if last is not first:
        return f"entries {answered.number} to {last.answered.number}"
    return f"entry {answered.number}"


def _alike(one: Did, other: Did) -> bool:
    return (
        type(one.act) is type(other.act)
        and one.answered.reason == other.answered.reason
        and one.by.seat != other.by.seat
    )


def _name(act: AnyAct) -> str:
    return str(act.__struct_config__.tag).replace("_", " ")


def _said(act: AnyAct, shown: tuple[str, ...]) -> str:
    plain = msgspec.to_builtins(act)
    subject = plain.get("subject")
    parts = [str(plain[key]) for key in shown if key in plain]
    if isinstance(subject, dict):
        parts.append(str(subject["subject"]).replace("_", " "))
        documents = subject.get("documents", ())
        if documents:
            parts.append(f"of {len(documents)}" if len(documents) > 2 else ", ".join(documents))
    return " ".join([_name(act), *parts])
